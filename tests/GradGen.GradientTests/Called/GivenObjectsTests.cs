using GradGen.Compiler.Optimization;
using GradGen.Compiler.Tests.Harness;

namespace GradGen.GradientTests.Called;

/// <summary>
/// Methods whose derivative is given by [DerivativeOf] and that take or return arrays, spans, tuples, records and objects,
/// or are generic. None of them can be read: what comes out right came through the given derivative.
/// </summary>
public class GivenObjectsTests
{
    private const string Given = """
        using System.Linq;

        public record Layer(Matrix<double, N3, N2> W, Vector<double, N3> B, string Name);
        public record Line(double Slope, double Offset) { public double[] Weights { get; init; } = []; }
        public record struct Pose(System.Numerics.Vector3 At, float Scale, int Count);
        public struct Pair { public Vector<double, N3> V; public double S; public string Text; }
        public class Box { public double[] Values { get; set; } = []; public Line Line { get; set; } = new(1, 2); [NoDerivative] public double Fixed { get; set; } public string Label = "x"; }
        public record struct Choice(StringComparison How, double Scale);
        public class Made { public double A { get; set; } public Vector<double, N3> V { get; set; } = new(); }

        public static partial class Model
        {
            private const double K = 1;

            /// Σ xᵢ²·i and t·x
            internal static double Weigh(double[] x, ReadOnlySpan<double> t, int[] n) { try { var s = 0.0; for (var i = 0; i < x.Length; i++) { s += x[i] * x[i] * (i + n.Length) + t[i % t.Length] * x[i]; } return s; } finally { } }

            [DerivativeOf(nameof(Weigh))]
            internal static (double[] X, double[] T) WeighDerivative(double[] x, ReadOnlySpan<double> t, int[] n, double upstream)
            {
                var (dx, dt) = (new double[x.Length], new double[t.Length]);
                for (var i = 0; i < x.Length; i++) { dx[i] = K * upstream * (2 * x[i] * (i + n.Length) + t[i % t.Length]); dt[i % t.Length] += K * upstream * x[i]; }
                return (dx, dt);
            }

            /// yᵢ = s·xᵢ·xᵢ₊₁, one after the other
            internal static double[] Chain(double[] x, double s) { try { var y = new double[x.Length]; for (var i = 0; i < x.Length; i++) { y[i] = s * x[i] * x[(i + 1) % x.Length]; } return y; } finally { } }

            [DerivativeOf(nameof(Chain))]
            internal static (double[], double) ChainDerivative(double[] x, double s, double[] upstream)
            {
                var (dx, ds) = (new double[x.Length], 0.0);
                for (var i = 0; i < x.Length; i++)
                {
                    var next = (i + 1) % x.Length;
                    dx[i] += K * upstream[i] * s * x[next];
                    dx[next] += K * upstream[i] * s * x[i];
                    ds += K * upstream[i] * x[i] * x[next];
                }

                return (dx, ds);
            }

            /// vₖ = wₖ·Σ(w) elementwise; it may keep what it returns
            internal static Vector<double, N3>[] Mix(Vector<double, N3>[] w) { try { var y = new Vector<double, N3>[w.Length]; for (var k = 0; k < w.Length; k++) { y[k] = Hadamard(w[k], w[(k + 1) % w.Length]); } return y; } finally { } }

            [DerivativeOf(nameof(Mix))]
            internal static Vector<double, N3>[] MixDerivative(Vector<double, N3>[] w, Vector<double, N3>[] upstream)
            {
                var d = new Vector<double, N3>[w.Length];
                for (var k = 0; k < w.Length; k++) { d[k] = K * (Hadamard(upstream[k], w[(k + 1) % w.Length]) + Hadamard(upstream[(k + w.Length - 1) % w.Length], w[(k + w.Length - 1) % w.Length])); }
                return d;
            }

            internal static System.Numerics.Vector2[] Turn(System.Numerics.Vector2[] v, float s) { try { var y = new System.Numerics.Vector2[v.Length]; for (var k = 0; k < v.Length; k++) { y[k] = new(-s * v[k].Y, v[k].X * v[k].X); } return y; } finally { } }

            [DerivativeOf(nameof(Turn))]
            internal static (System.Numerics.Vector2[] V, float S) TurnDerivative(System.Numerics.Vector2[] v, float s, System.Numerics.Vector2[] upstream)
            {
                var (d, ds) = (new System.Numerics.Vector2[v.Length], 0f);
                for (var k = 0; k < v.Length; k++) { d[k] = (float)K * new System.Numerics.Vector2(2 * v[k].X * upstream[k].Y, -s * upstream[k].X); ds -= (float)K * v[k].Y * upstream[k].X; }
                return (d, ds);
            }

            /// tanh(W·x + B), scaled by the length of the layer's name
            internal static Vector<double, N3> Predict(Layer layer, Vector<double, N2> x) { try { return Tanh(layer.W * x + layer.B) * (0.05 * layer.Name.Length); } finally { } }

            [DerivativeOf(nameof(Predict))]
            internal static (Layer Layer, Vector<double, N2> X) PredictDerivative(Layer layer, Vector<double, N2> x, Vector<double, N3> upstream)
            {
                var t = Tanh(layer.W * x + layer.B);
                var d = Hadamard(K * upstream, 1.0 - Square(t)) * (0.05 * layer.Name.Length);
                return (layer with { W = d * x.T, B = d }, layer.W.T * d);
            }

            internal static Line Fit(Line line, double x) { try { return new Line(line.Slope * x, line.Offset * line.Slope) { Weights = [line.Weights[0] * x, line.Slope] }; } finally { } }

            [DerivativeOf(nameof(Fit))]
            internal static (Line, double) FitDerivative(Line line, double x, Line upstream)
            {
                var weights = new double[line.Weights.Length];
                weights[0] = K * x * upstream.Weights[0];
                return (new Line(K * (x * upstream.Slope + line.Offset * upstream.Offset + upstream.Weights[1]), K * line.Slope * upstream.Offset) { Weights = weights },
                    K * (line.Slope * upstream.Slope + line.Weights[0] * upstream.Weights[0]));
            }

            internal static (double Sum, Vector<double, N3> Parts, int Count) Split(Vector<double, N3> v, (double A, double B) t) { try { return (t.A * Sum(v), t.B * v, 3); } finally { } }

            [DerivativeOf(nameof(Split))]
            internal static (Vector<double, N3>, (double, double)) SplitDerivative(Vector<double, N3> v, (double A, double B) t, (double Sum, Vector<double, N3> Parts, int Count) upstream) =>
                upstream.Count != 3 ? throw new InvalidOperationException() : (K * (t.A * upstream.Sum * Vector<double, N3>.Ones() + t.B * upstream.Parts), (K * Sum(v) * upstream.Sum, K * Dot(v, upstream.Parts)));

            internal static Pose Move(Pose p, float t) { try { return new Pose(t * p.Scale * p.At, p.Scale * p.Scale, p.Count + 1); } finally { } }

            [DerivativeOf(nameof(Move))]
            internal static (Pose, float) MoveDerivative(Pose p, float t, Pose upstream)
            {
                var along = System.Numerics.Vector3.Dot(upstream.At, p.At);
                return (p with { At = (float)K * t * p.Scale * upstream.At, Scale = (float)K * (t * along + 2 * p.Scale * upstream.Scale) }, (float)K * p.Scale * along);
            }

            internal static double Length(Pair p, [NoDerivative] Pair q) { try { return p.S * NormSquared(p.V) + q.S * Sum(p.V); } finally { } }

            [DerivativeOf(nameof(Length))]
            internal static Pair LengthDerivative(Pair p, Pair q, double upstream) =>
                new() { V = K * upstream * (2 * p.S * p.V + q.S * Vector<double, N3>.Ones()), S = K * upstream * NormSquared(p.V), Text = p.Text };

            internal static double Open(Box box) { try { return box.Values[0] * box.Values[1] * box.Line.Slope * box.Fixed + box.Line.Offset * box.Label.Length; } finally { } }

            [DerivativeOf(nameof(Open))]
            internal static Box OpenDerivative(Box box, double upstream)
            {
                upstream *= K;
                var d = new Box { Values = new double[box.Values.Length], Label = box.Label, Fixed = 99, Line = box.Line with { Slope = upstream * box.Values[0] * box.Values[1] * box.Fixed, Offset = upstream * box.Label.Length, Weights = new double[box.Line.Weights.Length] } };
                d.Values[0] = upstream * box.Values[1] * box.Line.Slope * box.Fixed;
                d.Values[1] = upstream * box.Values[0] * box.Line.Slope * box.Fixed;
                return d;
            }

            internal static double Use(Made made) { try { return made.A * Sum(made.V); } finally { } }

            [DerivativeOf(nameof(Use))]
            internal static Made UseDerivative(Made made, double upstream) => new() { A = K * upstream * Sum(made.V), V = K * upstream * made.A * Vector<double, N3>.Ones() };

            /// what GradGen does not know is handed on: a text, a table, a choice
            internal static double Look(double x, string name, System.Collections.Generic.List<double> table, StringComparison how) { try { return x * x * name.Length * table[1] * (how == StringComparison.Ordinal ? 3 : 5); } finally { } }

            [DerivativeOf(nameof(Look))]
            internal static double LookDerivative(double x, string name, System.Collections.Generic.List<double> table, StringComparison how, double upstream) => K * upstream * 2 * x * name.Length * table[1] * (how == StringComparison.Ordinal ? 3 : 5);

            internal static readonly System.Collections.Generic.List<double> Table = [7, 0.5];

            /// enums, which are computed with as integers
            internal static (double Y, StringComparison How) Choose(double x, Choice choice) { try { return ((choice.How == StringComparison.Ordinal ? 3 : -1) * x * choice.Scale, (StringComparison)((int)choice.How - 1)); } finally { } }

            [DerivativeOf(nameof(Choose))]
            internal static (double, Choice) ChooseDerivative(double x, Choice choice, (double Y, StringComparison How) upstream) =>
                upstream.How != (StringComparison)((int)choice.How - 1) ? throw new InvalidOperationException() : (K * (choice.How == StringComparison.Ordinal ? 3 : -1) * upstream.Y * choice.Scale, choice with { Scale = K * (choice.How == StringComparison.Ordinal ? 3 : -1) * upstream.Y * x });

            /// generic over dimensions and the scalar type
            internal static Vector<T, TSize> Bend<T, TSize>(Vector<T, TSize> x, T s) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> where TSize : struct, IDimension
            { try { var y = new Vector<T, TSize>(); for (var i = 0; i < x.Size; i++) { y[i] = s * x[i] * x[i]; } return y; } finally { } }

            [DerivativeOf(nameof(Bend))]
            internal static (Vector<TNumber, TAny> X, TNumber S) BendDerivative<TNumber, TAny>(Vector<TNumber, TAny> x, TNumber s, Vector<TNumber, TAny> upstream)
                where TNumber : unmanaged, System.Numerics.IFloatingPointIeee754<TNumber> where TAny : struct, IDimension
            {
                var (dx, ds) = (new Vector<TNumber, TAny>(), TNumber.Zero);
                for (var i = 0; i < x.Size; i++) { dx[i] = TNumber.CreateChecked(2 * K) * s * x[i] * upstream[i]; ds += TNumber.CreateChecked(K) * x[i] * x[i] * upstream[i]; }
                return (dx, ds);
            }

            internal static double Norms<TRows, TColumns>(Matrix<double, TRows, TColumns> m, Vector<double, TColumns>[] v) where TRows : struct, IDimension where TColumns : struct, IDimension
            { try { var s = 0.0; foreach (var e in v) { s += NormSquared(m * e); } return s; } finally { } }

            [DerivativeOf(nameof(Norms))]
            internal static (Matrix<double, TRows, TColumns>, Vector<double, TColumns>[]) NormsDerivative<TRows, TColumns>(Matrix<double, TRows, TColumns> m, Vector<double, TColumns>[] v, double upstream) where TRows : struct, IDimension where TColumns : struct, IDimension
            {
                var (dm, dv) = (new Matrix<double, TRows, TColumns>(), new Vector<double, TColumns>[v.Length]);
                for (var k = 0; k < v.Length; k++) { var y = 2 * K * upstream * (m * v[k]); dm += y * v[k].T; dv[k] = m.T * y; }
                return (dm, dv);
            }
        """;

    private static readonly string[] Methods =
    [
        // Arrays and spans: the method's own, local ones, written before and after, returned.
        "double F(double[] x, double[] t, [NoDerivative] int[] n) => Weigh(x, t, n) * x[0];",
        "double F(double[] x, [NoDerivative] int[] n) => Weigh(x, x, n);",
        "double F(double a, double b, [NoDerivative] int[] n) { double[] x = [a, b, a * b]; var first = Weigh(x, x, n); x[1] = first * 0.1; x[0] *= b; return first + Weigh(x, [a, 2], n) + x[1]; }",
        "double F(double[] x, double s) { var y = Chain(Chain(x, s), 2); return y[0] + y[1] * y[2] * s; }",
        "double F(double[] x, double s) { var y = Chain(x, s).ToArray(); y[0] *= 3; y[1] = s; return Sum3(Chain(y, y[0])); } static double Sum3(double[] x) => x[0] + 2 * x[1] + x[2] * x[2];",
        "double F(double[] x, [NoDerivative] int n) { var y = Chain(x, 1); for (var i = 0; i < n; i++) { y = Chain(y, 0.5 + x[i % 3]); } return y[0] - y[1]; }",
        "double F(double[] x, double s, [NoDerivative] int n) { var y = new double[n + 2]; for (var i = 0; i < n; i++) { y[i] = s * x[i] + y[(i + 1) % 3]; s += Chain(y, s)[i]; y[i + 1] += s * 0.1; } return s + y[0]; }",
        "double F(double[] x, double s, [NoDerivative] bool b) { var y = x.ToArray(); if (b) { y[0] = Chain(y, s)[1]; y[2] *= s; } else if (s > 0) { s = Chain(y, 2)[0]; y[1] = s; } return Chain(y, s)[0] + y[1]; }",
        "double F(double[] x, double s) { var y = x.ToArray(); for (var i = 0; i < 2; i++) { y = Chain(y, s); y[i] += x[i]; } return y[0] * y[2]; }",
        "double F(Vector<double, N3>[] w, double s) { var y = Mix(Mix(w)); return Sum(y[0]) * s + y[1][2]; }",
        "double F(Vector<double, N3> v, double s, [NoDerivative] int n) { Vector<double, N3>[] w = [v, s * v, Tanh(v)]; for (var i = 0; i < n; i++) { w[i % 3] = 0.5 * Mix(w)[1] + v; } return Sum(w[0]) + w[2][1]; }",
        "float F(System.Numerics.Vector2[] v, float s) { var y = Turn(v, s); var z = Turn([y[0], s * y[1], new(s, 1)], 2); return z[0].X + z[1].Y * z[2].X; }",
        "double F(double a) { var none = new double[0]; return Weigh(none, [a], []) + Weigh([a, 2 * a], [1.5], [1]); }",

        "double F(double[] x, double s) { var y = x.ToArray(); ReadOnlySpan<double> part = y.AsSpan(1); y[2] *= s; var z = Weigh(x[1..], part, [1]); y[1] = z; return z + Weigh(x, part[1..], []); }",
        "double F(double[] x, double s, [NoDerivative] int n) { var y = x.ToArray(); var same = y; for (var i = 0; i < n; i++) { Scale(same, Chain(y, s)[i % 3]); s += y[0]; } return s; } static void Scale(double[] y, double s) { y[1] *= s; y[0] = s; }",

        // Records, tuples, structs and objects: the method's own, changed, made.
        "Vector<double, N3> F(Layer layer, Vector<double, N2> x) => Predict(layer, x) + Predict(layer with { B = 2.0 * layer.B }, Tanh(x));",
        "double F(Layer layer, [NoDerivative] Vector<double, N2> x, [NoDerivative] int n) { for (var i = 0; i < n; i++) { layer = layer with { B = Predict(layer, x) }; } return Sum(layer.B); }",
        "double F(Line line, double x) { var (slope, offset) = Fit(line, x); var next = Fit(new Line(slope, x) { Weights = [offset, 2] }, 0.5); return next.Slope + next.Offset * next.Weights[0] + next.Weights[1]; }",
        "double F(Line line, double x, [NoDerivative] int n) { for (var i = 0; i < n; i++) { line = Fit(line, x); } return line.Slope + line.Offset * line.Weights[0]; }",
        "double F(Line line, Line other, [NoDerivative] bool b) { var both = b ? line : other; return Fit(both, 2).Offset + Fit(b ? line : line, 3).Slope; }",
        "double F(Vector<double, N3> v, (double A, double B) t) { var (sum, parts, count) = Split(v, t); var again = Split(parts, (sum, t.A)); return again.Parts[1] * count + again.Sum + sum; }",
        "float F(Pose p, float t) { var q = Move(Move(p, t), 2 * t); return q.At.X * q.Scale + q.At.Z; }",
        "float F(Pose p, [NoDerivative] int n) { for (var i = 0; i < n; i++) { p.Scale *= 0.5f; p = Move(p, 1.5f); p.At += new System.Numerics.Vector3(0, 0.25f, p.Scale); } return p.At.Y + p.At.X * p.Scale; }",
        "double F(Pair p, [NoDerivative] Pair q, double s) { p.S *= s; return Length(p, q) + Length(p with { V = Tanh(p.V) }, q with { S = 2 }); }",
        "double F(Box box, double s) => Open(box) * s + box.Values[0];",
        "double F(Box box, double s, [NoDerivative] int n) { var same = box; for (var i = 0; i < n; i++) { if (i % 2 == 0) { same = box; } s *= Open(same); } return s; }",
        "double F(Vector<double, N3> v, double s) => Use(new Made { A = s * s, V = Tanh(v) }) + Use(new() { V = v, A = 2 });",
        "double F(Line line, [NoDerivative] Line fixedLine) => Fit(line, 2).Slope + Fit(fixedLine, line.Slope).Offset * Fit(fixedLine, 2).Slope;",

        "double F(Layer layer, double x) => Look(x, layer.Name, Table, StringComparison.Ordinal) + Look(2 * x, \"a\\\"b\", Table, StringComparison.OrdinalIgnoreCase) + layer.B[0];",
        "double F(double x, Choice choice, [NoDerivative] int n) { var how = choice.How; for (var i = 0; i < n; i++) { (x, how) = Choose(x, choice with { How = how }); } return x + Choose(x, choice).Y + Choose(x, new Choice(StringComparison.Ordinal, x)).Y; }",

        // A call that one branch only leads to, and what it does not reach.
        "double F(double x, Vector<double, N3> v, [NoDerivative] bool b) { var (sum, parts, _) = Split(v, (x, Math.Sqrt(x * x))); return b ? sum : x; }",
        "double F(double[] x, double s, [NoDerivative] int n) { var y = Chain(x, s); for (var i = 0; i < n; i++) { if (i == 1) { s += Chain(y, s)[2]; } else if (i == 2) { var z = Chain(x, s); s *= z[0]; } } return s; }",

        // Generic methods, also in a generic helper.
        "double F(Vector<double, N3> v, double s) => Sum(Bend(v, s)) + Bend(Bend<double, N2>([s, v[0]], 2), s)[1];",
        "float F(Vector<float, N2> v) => Sum(Bend(v, v[0])) * Bend<float, N1>([v[1]], 3)[0];",
        "double F(Vector<double, N3> v, Vector<double, N2> u) => Twice(v) + Twice(u) * u[0]; static double Twice<TSize>(Vector<double, TSize> x) where TSize : struct, IDimension => Sum(Bend(Bend(x, 1.5), x[1]));",
        "double F(Matrix<double, N3, N2> m, Vector<double, N2>[] v) => Norms(m, v) + Norms(m.T, [m * v[0], Vector<double, N3>.Ones()]);",
    ];

    /// <summary>The methods of an object, whose members are passed on; and itself.</summary>
    private const string Instances = """

        public partial class Net
        {
            public Layer First { get; set; } = null!;
            public double[] Weights { get; init; } = [];
            public double Scale { get; set; }
            public Line Line { get; set; } = null!;

            [Differentiable] public double G0(Vector<double, N2> x) => Sum(Model.Predict(First, x)) * Scale + Model.Weigh(Weights, Weights, []);
            [Differentiable] public double G1(double x) { var y = Model.Chain(Weights, x); return y[0] * Helper(y); }
            [Differentiable] public double G2(double x) => Whole(this) * x;
            [Differentiable] public double G3(double x) => Scale > 0 ? Whole(this) * x : Model.Fit(Line with { Slope = x }, Scale).Slope;
            private double Helper(double[] y) => Model.Fit(Line, y[1]).Offset + Model.Weigh(y, Weights, []);

            private static double Whole(Net net) { try { return net.Scale * net.Weights[1] * net.Line.Slope + net.First.B[0]; } finally { } }

            [DerivativeOf(nameof(Whole))]
            private static Net WholeDerivative(Net net, double upstream)
            {
                var d = new Net
                {
                    Scale = upstream * net.Weights[1] * net.Line.Slope,
                    Weights = new double[net.Weights.Length],
                    Line = new Line(upstream * net.Scale * net.Weights[1], 0) { Weights = new double[net.Line.Weights.Length] },
                    First = net.First with { W = new(), B = [upstream, 0, 0] },
                };
                d.Weights[1] = upstream * net.Scale * net.Line.Slope;
                return d;
            }
        }
        """;

    private static readonly Dictionary<Passes, Lazy<UserProgram>> Programs =
        PassSets.EachOff.ToDictionary(p => p, p => new Lazy<UserProgram>(() => UserProgram.Compile(Source(Methods) + Instances, p)));

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Methods.Length + 4)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradient_EqualsDifferencesAndInterpreter_WithAllPassesAndWithEachOff(int index)
    {
        foreach (var (passes, program) in Programs)
        {
            Witnesses.Check(program.Value, program.Value.Models[index], passes);
        }
    }

    /// <summary>Called through a delegate, too, a method with a given derivative is not read.</summary>
    [Fact]
    public void Delegates_CallTheGivenDerivative()
    {
        var program = UserProgram.Compile("""
            public static partial class Model
            {
                [Differentiable] public static double F(double x) { Func<double, double> f = Cube; return f(x) + Twice(Cube, x); }
                private static double Twice(Func<double, double> f, double x) => f(f(x));
                private static double Cube(double x) => x * x * x;
                [DerivativeOf(nameof(Cube))] private static double CubeDerivative(double x, double upstream) => 6 * x * x * upstream;
            }
            """);
        var results = program.Backward(program.Models[0], [GradGen.Compiler.Ir.Tensor.Scalar(0.5)], GradGen.Compiler.Ir.Tensor.Scalar(1));
        Assert.Equal((6 * 0.25) + (6 * 0.125 * 0.125 * 6 * 0.25), results[1].Entries[0], 14);
    }

    /// <summary>In these each way from a parameter to the result leads through one call.</summary>
    [Fact]
    public void DerivativeThatIsTwiceTheTrueOne_GivesTwiceTheGradient()
    {
        string[] methods =
        [
            "double F(double[] x, double[] t, [NoDerivative] int[] n) => Weigh(x, t, n);",
            "double F(double[] x, double s) => Chain(x, s)[1];",
            "double F(Vector<double, N3>[] w) => Sum(Mix(w)[0]);",
            "double F(Layer layer, Vector<double, N2> x) => Sum(Predict(layer, x));",
            "double F(Vector<double, N3> v, (double A, double B) t) => Split(v, t).Parts[1];",
            "double F(Vector<double, N3> v, double s) => Sum(Bend(v, s));",
        ];
        var program = UserProgram.Compile(Source(methods).Replace("K = 1", "K = 2", StringComparison.Ordinal));
        Assert.All(program.Models, model => Witnesses.Check(program, model, Passes.All, factor: 2));
    }

    private static string Source(IEnumerable<string> methods) => Given + string.Concat(methods.Select((m, i) =>
        "\n    [Differentiable] public static " + m.Replace(" F(", $" F{i}(", StringComparison.Ordinal))) + "\n}\n";
}
