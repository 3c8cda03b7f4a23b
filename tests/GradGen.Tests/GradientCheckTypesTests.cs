using System.Numerics;
using static GradGen.MatrixFunctions;

namespace GradGen.Tests;

/// <summary>What a point may be made of, and what its entries are called.</summary>
public class GradientCheckTypesTests
{
    private static readonly Mlp Model = new(
        [[0.3, -0.5, 0.9], [0.8, 0.2, -0.7]],
        [new Layer { Weights = [1.5, -2], Bias = 0.25f }, new Layer { Weights = [3], Bias = -1 }],
        "relu")
    {
        Rate = 0.5,
        Steps = 3,
        Data = [1, 2],
    };

    [Fact]
    public void Record_WithInitStructsAndArrays_IsCompared_AndNamed()
    {
        var result = GradientCheck.Compare(Loss, LossGradient, Model);
        result.ThrowIfWrong();
        Assert.Equal(6 + 3 + 2 + 1, result.EntryCount);

        Assert.Equal("Model.Layers[1].Bias", Wrong(g => g.Layers[1] = g.Layers[1] with { Bias = 7 }));
        Assert.Equal("Model.Layers[0].Weights[1]", Wrong(g => g.Layers[0].Weights[1] = 7));
        Assert.Equal("Model.W1[1, 2]", Wrong(g => g.W1[1, 2] = 7));
        Assert.Equal("Model.Rate", Wrong(g => g.Rate = 7));
        Assert.Equal("Model.Layers[0].Weights: the gradient is missing (null)", WrongLine(g => g.Layers[0] = default));
        Assert.Equal("Model.Layers: the gradient has 0 elements, the point 2 elements", WrongLine(g => g.Layers = []));
    }

    [Fact]
    public void MembersWithoutDerivative_AreKept_AndNotCompared()
    {
        GradientCheck.Compare(
            m =>
            {
                Assert.Equal(("relu", 3, Model.Data), (m.Activation, m.Steps, m.Data));
                return m.Rate * m.Steps * m.Data[0];
            },
            m => new Mlp(new(), [new() { Weights = new double[2] }, new() { Weights = new double[1] }], null!) { Rate = 3 },
            Model).ThrowIfWrong();
    }

    [Fact]
    public void CallersRecord_IsNotWritten()
    {
        var model = Model with { W1 = Model.W1.Clone(), Layers = [.. Model.Layers] };
        GradientCheck.CompareAtRandomPoints(Loss, LossGradient, model, points: 3).ThrowIfWrong();
        Assert.Equal(Model.W1.AsSpan(), model.W1.AsSpan());
        Assert.Equal(Model.Layers, model.Layers);
        Assert.Equal([1.5, -2], model.Layers[0].Weights);
        Assert.Equal(Model.Rate, model.Rate);
    }

    [Fact]
    public void PositionalRecordStruct_ClassWithPrivateState_AndBaseTypes_AreCompared()
    {
        var point = new Pair(new Scale(2, 3), new Owner(1.5, 2.5));
        GradientCheck.Compare(p => p.Scale.X * p.Scale.Y * p.Owner.Product, Right, point).ThrowIfWrong();
        static Pair Right(Pair p) => new(
            new(p.Scale.Y * p.Owner.Product, p.Scale.X * p.Owner.Product),
            new(p.Scale.X * p.Scale.Y * p.Owner.Second, p.Scale.X * p.Scale.Y * p.Owner.First));

        var result = GradientCheck.Compare(p => p.Scale.X * p.Scale.Y * p.Owner.Product, _ => new(default, new(0, 0)), point);
        Assert.Equal(
            ["point.Owner.First", "point.Owner.second", "point.Scale.X", "point.Scale.Y"],
            result.Wrong.Select(e => e.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ExcludedMembers_AreNotCompared()
    {
        var point = new Excluded(1, 2) { Field = 3, Property = 4, Weight = 5 };
        var result = GradientCheck.Compare(
            p => p.Weight * p.Field * p.Property * p.Parameter * p.Kept,
            p => new Excluded(0, p.Weight * p.Field * p.Property * p.Parameter) { Weight = p.Field * p.Property * p.Parameter * p.Kept },
            point);
        result.ThrowIfWrong();
        Assert.Equal(2, result.EntryCount);
    }

    [Fact]
    public void Numerics_AreCompared()
    {
        var axis = new Vector3(1, -2, 0.5f);
        var other = new Vector3(0.3f, 0.7f, -1);
        GradientCheck.Compare(v => Vector3.Dot(v, other) * v.X, v => (v.X * other) + (Vector3.Dot(v, other) * Vector3.UnitX), axis).ThrowIfWrong();
        var turned = GradientCheck.Compare(v => Vector3.Cross(v, other), (_, u) => Vector3.Cross(u, other), axis);
        Assert.Equal(["axis.X", "axis.Y", "axis.Z"], turned.Wrong.Select(e => e.Name).Order(StringComparer.Ordinal));
        GradientCheck.Compare(v => Vector3.Cross(v, other), (_, u) => Vector3.Cross(other, u), axis).ThrowIfWrong();

        var rotation = new Quaternion(0.1f, 0.2f, 0.3f, 0.9f);
        GradientCheck.Compare(q => q.LengthSquared(), q => q * 2, rotation).ThrowIfWrong();
        Assert.Equal(
            "rotation.W",
            GradientCheck.Compare(q => q.LengthSquared(), q => new(2 * q.X, 2 * q.Y, 2 * q.Z, q.W), rotation).Worst.Name);

        var matrix = new Matrix4x4(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
        var result = GradientCheck.Compare(m => Vector3.Transform(other, m), (_, u) => OfTransform(other, u), matrix);
        result.ThrowIfWrong();
        Assert.Equal(16, result.EntryCount);
        Assert.Equal(
            ["matrix.M41", "matrix.M42", "matrix.M43"],
            GradientCheck.Compare(m => Vector3.Transform(other, m), (_, u) => OfTransform(other, u) with { M41 = 0, M42 = 0, M43 = 0 }, matrix)
                .Wrong.Select(e => e.Name).Order(StringComparer.Ordinal));

        Assert.Equal(6, GradientCheck.Compare(m => m.GetDeterminant(), m => new(m.M22, -m.M21, -m.M12, m.M11, 0, 0), new Matrix3x2(1, 2, 3, 5, 8, 13)).ComparedCount);
        Assert.Equal("plane.Normal.Y", GradientCheck.Compare(p => p.Normal.Y * p.D, p => new(0, 1, 0, p.Normal.Y), new Plane(1, 2, 3, 4), names: "plane").Worst.Name);
        Assert.Equal("z.Imaginary", GradientCheck.Compare(z => z.Real * z.Imaginary, z => new(z.Imaginary, 0), new Complex(2, 3), names: "z").Worst.Name);
    }

    [Fact]
    public void Tuples_HaveTheCallersNames()
    {
        var (a, b) = (2.0, new Pair(new(1, 2), new(3, 4)));
        Assert.Equal("a", GradientCheck.Compare(p => p.a * p.b.Scale.X, p => (0, p.b with { Scale = new(p.a, 0), Owner = new(0, 0) }), (a, b)).Worst.Name);
        Assert.Equal("b.Scale.X", GradientCheck.Compare(p => p.a * p.b.Scale.X, p => (p.b.Scale.X, new(default, new(0, 0))), (a, b)).Worst.Name);
        Assert.Equal("bias", GradientCheck.Compare(p => p.weight * p.bias, p => (p.bias, 0), (weight: a + 1, bias: 3.0)).Worst.Name);
        Assert.Equal("b.Scale.Y", GradientCheck.Compare(p => p.Item1 * p.Item2, p => (p.Item2, 0.0), (a, b.Scale.Y)).Worst.Name);
        Assert.Equal("Item2", GradientCheck.Compare(p => p.Item1 * p.Item2, p => (p.Item2, 0.0), (a, 3.0)).Worst.Name);
        var point = (a, 3.0);
        Assert.Equal("point.Item2", GradientCheck.Compare(p => p.Item1 * p.Item2, p => (p.Item2, 0.0), point).Worst.Name);
        Assert.Equal("slope", GradientCheck.Compare(p => p.Item1 * p.Item2, p => (p.Item2, 0.0), point, names: "(start, slope)").Worst.Name);
        Assert.Equal("y", GradientCheck.Compare(p => p.Item1 * p.Item2.y, p => (p.Item2.y, (0, 0)), (a, (x: 1.0, y: a))).Worst.Name);
        Assert.Equal("point.Item2", GradientCheck.Compare(p => p.Item1 * p.Item2, p => Tuple.Create(p.Item2, 0.0), Tuple.Create(1.0, 2.0)).Worst.Name);
    }

    [Fact]
    public void LongTuples_AreCompared()
    {
        var (a, b) = (1.0, 2.0);
        var result = GradientCheck.Compare(
            p => p.Item1 * p.Item8 * p.Item9[0],
            p => (p.Item8 * p.Item9[0], 0, 0, 0, 0, 0, 0, p.Item1 * p.Item9[0], [0]),
            (a, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, b, new[] { 3.0 }));
        Assert.Equal((9, "Item9[0]"), (result.EntryCount, Assert.Single(result.Wrong).Name));
        var item = GradientCheck.Compare(p => p.Item8, _ => default, (a, a, a, a, a, a, a, b));
        Assert.Equal((8, "b"), (item.EntryCount, Assert.Single(item.Wrong).Name));
    }

    [Fact]
    public void Collections_AreCompared()
    {
        double[][] jagged = [[1, 2], [], [3]];
        Assert.Equal("jagged[2][0]", GradientCheck.Compare(j => j[0][1] * j[2][0], j => [[0, j[2][0]], [], [0]], jagged).Worst.Name);
        float[,] grid = { { 1, 2, 3 }, { 4, 5, 6 } };
        Assert.Equal("grid[1, 2]", GradientCheck.Compare(g => g[1, 2], _ => new float[2, 3], grid).Worst.Name);
        var list = new List<Vector<double, N2>> { new([1, 2]), new([3, 4]) };
        var result = GradientCheck.Compare(l => Dot(l[0], l[1]), l => [l[1], l[0] + new Vector<double, N2>([0, 1])], list);
        Assert.Equal("list[1][1]", Assert.Single(result.Wrong).Name);
        Assert.Equal([1, 2], list[0]);
        var objects = new object?[] { 2.0, null, "text", 3f, new double?[] { 4, null } };
        Assert.Equal(3, GradientCheck.Compare(o => (double)o[0]! * (float)o[3]! * ((double?[])o[4]!)[0]!.Value, _ => [12.0, null, null, 8f, new double?[] { 6, 0 }], objects).EntryCount);
        object[] mixed = [1.0];
        Assert.Equal("mixed[0]: the gradient is of type float, the point of type double", Assert.Single(GradientCheck.Compare(o => (double)o[0], _ => [1f], mixed).Wrong).ToString());
        var cells = new Vector<double, N2>[,] { { new([1, 2]), new([3, 4]) } };
        Assert.Equal("cells[0, 1][0]", GradientCheck.Compare(c => c[0, 1][0], _ => new Vector<double, N2>[,] { { new(), new() } }, cells).Worst.Name);
    }

    [Fact]
    public void FieldsOfThePlatform_AreNobodysParameters()
    {
        var point = new Derived { Weight = 2, Timer = System.Diagnostics.Stopwatch.StartNew(), Random = new Random(1), Change = _ => { } };
        var result = GradientCheck.Compare(p => p.Weight * p.Weight, p => new Derived { Weight = 2 * p.Weight }, point);
        result.ThrowIfWrong();
        Assert.Equal(1, result.EntryCount);
    }

    [Fact]
    public void SameMatrixTwice_IsTwoParameters()
    {
        Vector<double, N2> x = [1, 2];
        var result = GradientCheck.Compare(p => Dot(p.Item1, p.Item2), p => (p.Item2, p.Item1), (x, x));
        result.ThrowIfWrong();
        Assert.Equal(4, result.EntryCount);
    }

    private static double Loss(Mlp m) =>
        Sum(Square(m.W1)) + (m.Rate * m.Layers.Sum(l => l.Bias * l.Weights.Sum(w => w * w)));

    private static Mlp LossGradient(Mlp m) => new(
        2.0 * m.W1,
        [.. m.Layers.Select(l => new Layer
        {
            Weights = [.. l.Weights.Select(w => 2 * m.Rate * l.Bias * w)],
            Bias = (float)(m.Rate * l.Weights.Sum(w => w * w)),
        })],
        m.Activation)
    {
        Rate = m.Layers.Sum(l => l.Bias * l.Weights.Sum(w => w * w)),
    };

    private static string Wrong(Action<Mlp> spoil) => Assert.Single(Spoiled(spoil).Wrong).Name;

    private static string WrongLine(Action<Mlp> spoil) => Spoiled(spoil).Worst.ToString();

    private static GradientCheckResult Spoiled(Action<Mlp> spoil) => GradientCheck.Compare(
        Loss,
        m =>
        {
            var gradient = LossGradient(m);
            spoil(gradient);
            return gradient;
        },
        Model);

    // rᵢ = Σⱼ vⱼ·Mⱼᵢ + M₄ᵢ
    private static Matrix4x4 OfTransform(Vector3 v, Vector3 u) => new(
        v.X * u.X, v.X * u.Y, v.X * u.Z, 0,
        v.Y * u.X, v.Y * u.Y, v.Y * u.Z, 0,
        v.Z * u.X, v.Z * u.Y, v.Z * u.Z, 0,
        u.X, u.Y, u.Z, 0);

    private sealed record Mlp(Matrix<double, N2, N3> W1, Layer[] Layers, string Activation)
    {
        public Layer[] Layers { get; set; } = Layers;

        public double Rate { get; set; }

        public int Steps { get; init; }

        public int[] Data { get; init; } = [];
    }

    private record struct Layer
    {
        public double[] Weights { get; init; }

        public float Bias { get; init; }
    }

    private readonly record struct Scale(double X, double Y);

    private sealed record Pair(Scale Scale, Owner Owner);

    private sealed class Derived : Exception
    {
        public double Weight { get; init; }

        public System.Diagnostics.Stopwatch? Timer { get; init; }

        public Random? Random { get; init; }

        public Action<double>? Change { get; init; }
    }

    private class Base(double first)
    {
        private readonly double _first = first;

        public double First => _first;
    }

    private sealed class Owner(double first, double second) : Base(first)
    {
        public double Second => second;

        public double Product => First * second;
    }

    private sealed record Excluded([NoDerivative] double Parameter, double Kept)
    {
        [NoDerivative]
        public double Field;

        [NoDerivative]
        public double Property { get; init; }

        public double Weight { get; init; }
    }
}
