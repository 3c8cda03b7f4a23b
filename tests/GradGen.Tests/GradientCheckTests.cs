using static GradGen.MatrixFunctions;

namespace GradGen.Tests;

/// <summary>Right gradients pass, and each kind of mistake is found under its own name.</summary>
public class GradientCheckTests
{
    private static readonly Matrix<double, N2, N3> W = [[0.3, -0.5, 0.9], [0.8, 0.2, -0.7]];
    private static readonly Vector<double, N3> X = [0.5, -0.25, 1.5];

    [Fact]
    public void RightGradient_OfATuple_IsRight()
    {
        var (w, x) = (W, X);
        var result = GradientCheck.Compare(p => Value(p.w, p.x), p => Gradient(p.w, p.x), (w, x));
        Assert.True(result.IsRight, result.ToString());
        Assert.Empty(result.Wrong);
        Assert.Equal((9, 9, 0, 0), (result.EntryCount, result.ComparedCount, result.DirectionCount, result.UnseenCount));
        Assert.InRange(result.Worst.Error, 0, 1e-11);
        result.ThrowIfWrong();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(5)]
    public void OneEntryOff_IsNamed_AndNothingElse(int entry)
    {
        var (w, x) = (W, X);
        var result = GradientCheck.Compare(
            p => Value(p.w, p.x),
            p =>
            {
                var gradient = Gradient(p.w, p.x);
                gradient.W.AsSpan()[entry] *= 1.00001;
                return gradient;
            },
            (w, x));
        var wrong = Assert.Single(result.Wrong);
        Assert.Same(wrong, result.Worst);
        Assert.Equal($"w[{entry / 3}, {entry % 3}]", wrong.Name);
        var right = Gradient(W, X).W.AsSpan()[entry];
        Assert.Equal(right * 1.00001, wrong.Given);
        Assert.Equal(right, wrong.Expected, 1e-11);
        Assert.Equal(Math.Abs(wrong.Given - wrong.Expected), wrong.Error);
        Assert.False(wrong.IsRight);
        Assert.Equal(result.ToString(), Assert.Throws<GradientCheckException>(result.ThrowIfWrong).Message);
    }

    [Fact]
    public void WorstEntry_IsTheOneThatIsFurthestOff()
    {
        var (w, x) = (W, X);
        var result = GradientCheck.Compare(
            p => Value(p.w, p.x),
            p =>
            {
                var gradient = Gradient(p.w, p.x);
                gradient.W[0, 1] *= 1.001;
                gradient.W[1, 0] *= 3;
                gradient.X[2] *= 1.1;
                return gradient;
            },
            (w, x));
        Assert.Equal(["w[1, 0]", "x[2]", "w[0, 1]"], result.Wrong.Select(e => e.Name));
    }

    [Fact]
    public void Transposed_IsWrong_OffTheDiagonal()
    {
        Matrix<double, N3, N3> a = [[1, 2, 3], [4, 5, 6], [7, 8, 10]];
        Vector<double, N3> left = [1, -1, 2];
        Vector<double, N3> right = [3, 0.5, 1];
        var result = GradientCheck.Compare(p => BilinearForm(left, p, right), _ => Outer(right, left), a);
        Assert.Equal(
            ["a[0, 1]", "a[0, 2]", "a[1, 0]", "a[1, 2]", "a[2, 0]", "a[2, 1]"],
            result.Wrong.Select(e => e.Name).Order(StringComparer.Ordinal));
        Assert.True(GradientCheck.Compare(p => BilinearForm(left, p, right), _ => Outer(left, right), a).IsRight);
    }

    [Fact]
    public void Zeros_AreWrong()
    {
        var result = GradientCheck.Compare(p => Value(p, X), _ => new(), W);
        Assert.Equal(6, result.Wrong.Count);
        Assert.All(result.Wrong, e => Assert.Equal(0, e.Given));
    }

    [Fact]
    public void WrongSign_AndLostFactor_AreWrong()
    {
        Assert.Equal(6, GradientCheck.Compare(p => Value(p, X), p => -Gradient(p, X).W, W).Wrong.Count);
        Assert.Equal(6, GradientCheck.Compare(p => Value(p, X), p => 2.0 * Gradient(p, X).W, W).Wrong.Count);
    }

    [Fact]
    public void NaN_AndInfinity_AreWrongByName()
    {
        var result = GradientCheck.Compare(
            p => Value(p, X),
            p =>
            {
                var gradient = Gradient(p, X).W;
                (gradient[1, 2], gradient[0, 0]) = (double.NaN, double.PositiveInfinity);
                return gradient;
            },
            W);
        Assert.Equal(["W[0, 0]", "W[1, 2]"], result.Wrong.Select(e => e.Name));
        Assert.Equal(Gradient(W, X).W[1, 2], result.Wrong[1].Expected, 1e-11);
        Assert.Contains("W[1, 2]  gradient NaN, differences ", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void MissingGradient_IsWrongByName()
    {
        var (w, x) = (W, X);
        var part = GradientCheck.Compare(p => Value(p.w, p.x), p => (Gradient(p.w, p.x).W, null!), (w, x));
        Assert.Equal("x: the gradient is missing (null)", Assert.Single(part.Wrong).ToString());
        var whole = GradientCheck.Compare(p => Value(p, x), _ => null!, w);
        Assert.Equal("w: the gradient is missing (null)", Assert.Single(whole.Wrong).ToString());
    }

    [Fact]
    public void OtherLength_IsWrongByName()
    {
        double[] coefficients = [1, 2, 3];
        var result = GradientCheck.Compare(c => c.Sum(), _ => [1, 1], coefficients);
        Assert.Equal("coefficients: the gradient has 2 entries, the point 3 entries", Assert.Single(result.Wrong).ToString());

        Vector<double, N3>[] layers = [X, X];
        var fewer = GradientCheck.Compare(l => l.Sum(Sum), _ => [Vector<double, N3>.Ones()], layers);
        Assert.Equal("layers: the gradient has 1 element, the point 2 elements", Assert.Single(fewer.Wrong).ToString());

        var grid = new double[2, 3];
        var turned = GradientCheck.Compare(g => g[0, 0], _ => new double[3, 2], grid);
        Assert.Equal("grid: the gradient has 3×2 entries, the point 2×3 entries", Assert.Single(turned.Wrong).ToString());
    }

    [Fact]
    public void Numbers_AreCompared()
    {
        Assert.True(GradientCheck.Compare(x => Math.Sin(x), x => Math.Cos(x), 0.7).IsRight);
        Assert.True(GradientCheck.Compare(x => Math.Sin(x), x => Math.Cos(x), 1e6).IsRight);
        Assert.True(GradientCheck.Compare(x => Math.Sin(100 * x), x => 100 * Math.Cos(100 * x), 0.7).IsRight);
        Assert.True(GradientCheck.Compare(x => MathF.Sin(x), x => MathF.Cos(x), 0.7f).IsRight);
        Assert.False(GradientCheck.Compare(x => Math.Sin(x), x => -Math.Cos(x), 1e6).IsRight);
        Assert.False(GradientCheck.Compare(x => MathF.Sin(x), x => 1.01f * MathF.Cos(x), 0.7f).IsRight);
        var angle = 0.7;
        Assert.Equal("angle", GradientCheck.Compare(x => Math.Sin(x), _ => 0, angle).Worst.Name);
        Assert.Equal("point", GradientCheck.Compare(x => Math.Sin(x), _ => 0, 0.7).Worst.Name);
    }

    [Fact]
    public void Float_IsComparedAsFarAsFloatGoes()
    {
        var w = Samples.Matrix<float, N17, N5>(1);
        var x = Samples.Vector<float, N5>(2);
        GradientCheck.Compare(
            p => Sum(Tanh(p.w * p.x)),
            p =>
            {
                var slope = 1f - Square(Tanh(p.w * p.x));
                return (Outer(slope, p.x), p.w.T * slope);
            },
            (w, x)).ThrowIfWrong();
        var wrong = GradientCheck.Compare(p => Sum(Tanh(p * x)), p => 1.005f * Outer(1f - Square(Tanh(p * x)), x), w);

        // Half a percent of them is more than the rounding of a sum of 17 over a step of 1/32.
        var large = Outer(1f - Square(Tanh(w * x)), x).AsSpan().ToArray().Count(g => Math.Abs(g) > 0.2);
        Assert.InRange(wrong.Wrong.Count, large, 85);
        Assert.True(large > 10);
    }

    [Fact]
    public void Upstream_IsRandomAndSeeded()
    {
        var seen = new List<double[]>();
        GradientCheckResult Check(int seed, double factor = 1) => GradientCheck.Compare(
            p => Sigmoid(p * X),
            (p, upstream) =>
            {
                seen.Add([.. upstream]);
                var y = Sigmoid(p * X);
                return factor * Outer(Hadamard(upstream, Hadamard(y, 1.0 - y)), X);
            },
            W,
            new() { Seed = seed });

        Check(1).ThrowIfWrong();
        Check(1).ThrowIfWrong();
        Check(2).ThrowIfWrong();
        Assert.Equal(seen[0], seen[1]);
        Assert.NotEqual(seen[0], seen[2]);
        Assert.All(seen.SelectMany(u => u), u => Assert.InRange(Math.Abs(u), 0.5, 1.5));
        Assert.Equal(6, Check(1, 1.1).Wrong.Count);
    }

    [Fact]
    public void Upstream_FindsWhatAnUpstreamOfOnesHides()
    {
        // Σ softmax = 1: with ones flowing in, zeros would be right.
        var result = GradientCheck.Compare(p => Softmax(p), (_, _) => new(), X);
        Assert.Equal(["X[0]", "X[1]", "X[2]"], result.Wrong.Select(e => e.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void RandomPoints_AreTheSameForASeed_AndLieWhereTheyShould()
    {
        List<double> Points(int seed)
        {
            var points = new List<double>();
            GradientCheck.CompareAtRandomPoints(
                p => Sum(Log(p)),
                p =>
                {
                    points.AddRange(p);
                    return Reciprocal(p);
                },
                X,
                points: 7,
                seed,
                new() { Low = 0.001, High = 0.002 }).ThrowIfWrong();
            return points;
        }

        Assert.Equal(21, Points(1).Distinct().Count());
        Assert.Equal(Points(1), Points(1));
        Assert.NotEqual(Points(1), Points(2));
        Assert.All(Points(3), p => Assert.InRange(p, 0.001, 0.002));
        Assert.Equal([0.5, -0.25, 1.5], X);
    }

    [Fact]
    public void RandomPoints_FindWhatOnePointHides()
    {
        // |x| is −x as well where x is below 0.
        Assert.True(GradientCheck.Compare(x => Math.Abs(x), _ => 1, 0.5).IsRight);
        var result = GradientCheck.CompareAtRandomPoints(x => Math.Abs(x), _ => 1, 0.5, points: 20);
        Assert.Equal((20, 20), (result.Points, result.EntryCount));
        Assert.NotEmpty(result.Wrong);
        Assert.All(result.Wrong, e => Assert.Equal(-1, e.Expected, 1e-10));
        Assert.All(result.Wrong, e => Assert.InRange(e.Point, 1, 20));
        Assert.Equal(result.Wrong.Count, result.Wrong.Select(e => e.Point).Distinct().Count());
    }

    [Fact]
    public void RandomPoints_WithUpstream_AreCompared()
    {
        GradientCheck.CompareAtRandomPoints(p => p.T, (_, upstream) => upstream.T, W, points: 3).ThrowIfWrong();
        var result = GradientCheck.CompareAtRandomPoints(p => Square(p), (p, upstream) => Hadamard(p, upstream), W, points: 3);
        Assert.Equal((18, 18), (result.EntryCount, result.Wrong.Count));
    }

    [Fact]
    public void CallersData_IsNotWritten_EvenByTheGradient()
    {
        var w = W.Clone();
        Assert.True(GradientCheck.Compare(
            p => NormSquared(p) / 2,
            p => p,
            w).IsRight);
        Assert.Equal(W.AsSpan(), w.AsSpan());
        double[] array = [1, 2];
        GradientCheck.Compare(
            a => (a[0] * a[0]) + a[1],
            a =>
            {
                (a[0], a[1]) = (2 * a[0], 1);
                return a;
            },
            array).ThrowIfWrong();
        Assert.Equal([1, 2], array);
    }

    private static double Value(Matrix<double, N2, N3> w, Vector<double, N3> x) => Sum(Tanh(w * x));

    private static (Matrix<double, N2, N3> W, Vector<double, N3> X) Gradient(Matrix<double, N2, N3> w, Vector<double, N3> x)
    {
        var slope = 1.0 - Square(Tanh(w * x));
        return (Outer(slope, x), w.T * slope);
    }
}
