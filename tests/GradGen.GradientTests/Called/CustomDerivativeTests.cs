using GradGen.Compiler.Ir;
using GradGen.Compiler.Optimization;
using GradGen.Compiler.Tests.Harness;

namespace GradGen.GradientTests.Called;

/// <summary>
/// Methods whose derivative is given by [DerivativeOf], called from where a differentiable method calls things. None of
/// them can be read: what comes out right came through the given derivative.
/// </summary>
public class CustomDerivativeTests
{
    /// <summary>Methods with loops over arrays and 'try', and their derivatives times a factor K.</summary>
    private const string Given = """
        [Dimension(3)] public readonly struct Three : IDimension { public static int Size => 3; }

        public static partial class Model
        {
            private const double K = 1;

            /// tanh(w·x)·(1 + n/4)
            private static Vector<double, N3> Warp(Matrix<double, N3, N2> w, Vector<double, N2> x, int n)
            {
                var y = new Vector<double, N3>();
                try { for (var i = 0; i < 3; i++) { y[i] = Math.Tanh(w[i, 0] * x[0] + w[i, 1] * x[1]) * (1 + n / 4.0); } } finally { }
                return y;
            }

            [DerivativeOf(nameof(Warp))]
            private static (Matrix<double, N3, N2> W, Vector<double, N2>) WarpDerivative(Matrix<double, N3, N2> w, Vector<double, N2> x, int n, Vector<double, N3> upstream)
            {
                var (dw, dx) = (new Matrix<double, N3, N2>(), new Vector<double, N2>());
                for (var i = 0; i < 3; i++)
                {
                    var t = Math.Tanh(w[i, 0] * x[0] + w[i, 1] * x[1]);
                    var d = K * upstream[i] * (1 - t * t) * (1 + n / 4.0);
                    for (var j = 0; j < 2; j++) { dw[i, j] = d * x[j]; dx[j] += d * w[i, j]; }
                }

                return (dw, dx);
            }

            /// x·e^(−x²/2), or its negative
            internal static double Bend(double x, bool turned) { try { return (turned ? -x : x) * Math.Exp(-x * x / 2); } finally { } }

            [DerivativeOf(nameof(Bend))]
            internal static double BendSlope(in double x, bool turned, double upstream) => K * upstream * (turned ? -1 : 1) * (1 - x * x) * Math.Exp(-x * x / 2);

            /// another overload: Σ v²·a − t·v
            internal static double Bend(Vector<double, N3> v, double a, [NoDerivative] Vector<double, N3> t) { try { return a * NormSquared(v) - Dot(t, v); } finally { } }

            [DerivativeOf(nameof(Bend))]
            internal static (Vector<double, N3>, double) OtherSlope(Vector<double, N3> v, double a, Vector<double, N3> t, double upstream) =>
                (K * upstream * (2 * a * v - t), K * upstream * NormSquared(v));

            /// s·mᵀ entry by entry cubed, large
            internal static Matrix<double, N12, N10> Large(Matrix<double, N10, N12> m, double s)
            {
                var y = new Matrix<double, N12, N10>();
                try { for (var i = 0; i < 10; i++) { for (var j = 0; j < 12; j++) { y[j, i] = s * m[i, j] * m[i, j] * m[i, j]; } } } finally { }
                return y;
            }

            [DerivativeOf(nameof(Large))]
            internal static (Matrix<double, N10, N12> @class, double s) LargeDerivative(Matrix<double, N10, N12> m, double s, Matrix<double, N12, N10> upstream)
            {
                var (dm, ds) = (new Matrix<double, N10, N12>(), 0.0);
                for (var i = 0; i < 10; i++) { for (var j = 0; j < 12; j++) { dm[i, j] = K * 3 * s * m[i, j] * m[i, j] * upstream[j, i]; ds += K * m[i, j] * m[i, j] * m[i, j] * upstream[j, i]; } }
                return (dm, ds);
            }

            /// s·(1 + d)·n of a plane: structs
            internal static System.Numerics.Vector3 Wind(System.Numerics.Plane p, float s) { try { return s * (1 + p.D) * p.Normal; } finally { } }

            [DerivativeOf(nameof(Wind))]
            internal static (System.Numerics.Plane, float S) WindDerivative(System.Numerics.Plane p, float s, System.Numerics.Vector3 upstream)
            {
                var along = System.Numerics.Vector3.Dot(upstream, p.Normal);
                return (new((float)K * s * (1 + p.D) * upstream, (float)K * s * along), (float)K * (1 + p.D) * along);
            }

            internal static System.Numerics.Matrix4x4 Spread(System.Numerics.Matrix4x4 m) { try { return m * m.M11; } finally { } }

            [DerivativeOf(nameof(Spread))]
            internal static System.Numerics.Matrix4x4 SpreadDerivative(System.Numerics.Matrix4x4 m, System.Numerics.Matrix4x4 upstream)
            {
                var d = upstream * m.M11;
                for (var i = 0; i < 16; i++) { d.M11 += upstream[i / 4, i % 4] * m[i / 4, i % 4]; }
                return d * (float)K;
            }

            /// a row from a 1×1
            internal static Matrix<double, N1, N3> Row(Vector<double, N1> x) { try { return [[x[0], x[0] * x[0], 1]]; } finally { } }

            [DerivativeOf(nameof(Row))]
            internal static Vector<double, N1> RowDerivative(Vector<double, N1> x, Matrix<double, N1, N3> upstream) => [K * (upstream[0, 0] + 2 * x[0] * upstream[0, 1])];
        """;

    private static readonly string[] Methods =
    [
        // Arguments and results: the method's own, computed, constant, numbers, rows and columns.
        "double F(Matrix<double, N3, N2> w, Vector<double, N2> x) => Sum(Tanh(Warp(w, x, 2)));",
        "Vector<double, N3> F(Matrix<double, N3, N2> w, [NoDerivative] Vector<double, N2> x, [NoDerivative] int n) => Warp(w, x, n);",
        "Vector<double, N3> F([NoDerivative] Matrix<double, N3, N2> w, Vector<double, N2> x, [NoDerivative] int n) => 2.0 * Warp(w, x, -n);",
        "Vector<double, N3> F(Matrix<double, N2, N3> w, Vector<double, N2> x) => Warp(w.T, Tanh(x), 1 + 1) + Warp(x: x + x, n: -1, w: 2.0 * w.T);",
        "double F(Matrix<double, N3, N2> w, double s) => Sum(Warp(w, Vector<double, N2>.Ones(), 0)) + Sum(Warp(Matrix<double, N3, N2>.Zeros(), [s, 2 * s], 0)) * s;",
        "double F(double x, [NoDerivative] bool turned) => Bend(x, turned) * Bend(x, turned) + Bend(2 * x, !turned) + Bend(3, true);",
        "double F(Vector<double, N3> v, double a, [NoDerivative] Vector<double, N3> t) => Bend(v, a, t) + Bend(Tanh(v), a * a, 2.0 * t) + Bend(v[1], false);",
        "Matrix<double, N1, N3> F(Vector<double, N1> x) => Row(x) + 2.0 * Row([x[0] * x[0]]);",
        "double F(double x) => Sum(Row([x])) + Row([x])[0, 1];",
        "System.Numerics.Vector3 F(System.Numerics.Plane p, float s) => Wind(p, s) + Wind(new(s * p.Normal, 2), s * s);",
        "float F([NoDerivative] System.Numerics.Plane p, float s) => Wind(p, s).X;",
        "System.Numerics.Matrix4x4 F(System.Numerics.Matrix4x4 m, [NoDerivative] int n) { for (var i = 0; i < n; i++) { m = Spread(m * 0.5f) + Spread(System.Numerics.Matrix4x4.Identity); m[i % 4, 2] *= 0.5f; } return Spread(m); }",
        "double F(double adjoints, double xEntries, Vector<double, N1> upstream) => Sum(Row([adjoints * xEntries])) + Sum(Row(upstream));",

        // Matrices that are not in locals.
        "double F(Matrix<double, N10, N12> m, double s) => Sum(Tanh(Large(m, s)));",
        "Matrix<double, N12, N10> F(Matrix<double, N10, N12> m, double s) => Large(m, 2 * s);",
        "double F(Matrix<double, N12, N10> m, double s) => NormSquared(Large(m.T, s)) + Sum(Large(Transpose(Large(m.T * s, s)), 1.5));",
        "double F(double s) => Sum(Large(Matrix<double, N10, N12>.Ones(), s)) * Sum(Large(s * Matrix<double, N10, N12>.Ones(), 2));",
        "double F(Matrix<double, N10, N12> m, [NoDerivative] int n) { var s = 0.5; for (var i = 0; i < n; i++) { m = Large(m, s).T * 0.1; s += 0.1; } return Sum(m); }",
        "double F(Matrix<double, N10, N12> m, double s) { if (s > 0) { m = Transpose(Large(m, s)); } return Sum(m) * s; }",

        // Branches.
        "double F(double x, [NoDerivative] bool b) => b ? Bend(x, true) : x > 0 ? 2 * x : Bend(Bend(x, false), true);",
        "Vector<double, N3> F(Matrix<double, N3, N2> w, Vector<double, N2> x, [NoDerivative] bool b) { var y = Warp(w, x, 1); if (b) { y = Tanh(y) + Warp(w * 2.0, x, 2); } else { x = Warp(w, x, 0).Slice<N2>(1); } return y * x[1]; }",
        "double F(double x, [NoDerivative] bool b) { if (b) { return Bend(x, b); } x *= 2; switch (x) { case > 0: return Bend(x, !b); default: x = Bend(-x, b); break; } return x * x; }",

        // Loops, unrolled and not.
        "double F(Matrix<double, N3, N2> w, Vector<double, N2> x) { for (var i = 0; i < 3; i++) { x = Warp(w, x, i).Slice<N2>(1); } return Sum(x); }",
        "double F(Matrix<double, N3, N2> w, Vector<double, N2> x, [NoDerivative] int n) { for (var i = 0; i < n; i++) { x = Warp(w, x, i).Slice<N2>(1); } return Sum(x); }",
        "Vector<double, N3> F(Matrix<double, N3, N2> w, Vector<double, N2> x, double s, [NoDerivative] int n) { Vector<double, N3> sum = new(); for (var i = 0; i < n; i++) { sum += Warp(w, x, i); for (var j = 0; j < i; j++) { s = Bend(s, j > 1); } x = x * s; } return sum; }",
        "double F(double x, [NoDerivative] int n) { var i = 0; while (Bend(x, false) > -9 && i < n) { x = Bend(x, i == 1) + 0.5; i++; } return x; }",
        "double F(double x, [NoDerivative] int n) { for (var i = 0; i < n; i++) { if (x > 0.4) { x = Bend(x, false); } else if (i > 3) { break; } else { x = 1 + x * x; } } return Bend(x, true); }",

        // Helpers, which are read in place.
        "double F(Matrix<double, N3, N2> w, Vector<double, N2> x) => Sum(Layer(w, x)) + Layer(w, 2.0 * x)[1]; static Vector<double, N3> Layer(Matrix<double, N3, N2> a, Vector<double, N2> b) { var z = Warp(a, b, 1); return z * Elsewhere.Twice(z[0]); }",
        "double F(Vector<double, N3> x) => Total(x) + Total(Tanh(x)); static double Total<T>(Vector<double, T> x) where T : struct, IDimension { var s = 0.0; for (var i = 0; i < x.Size; i++) { s += Bend(x[i], i == 1); } return s; }",
        "double F(Vector<double, Three> x) => Bend(x.Reshape<N3, N1>().Flatten<N3>(), 2, Vector<double, N3>.Ones()) + Elsewhere.Named(x)[2];",

        // Derivatives that stand elsewhere, of methods that are not the user's, in float, and kept by their methods.
        "double F(double x, [NoDerivative] int n) => Math.ScaleB(x * x, n) + Math.ScaleB(x, 1);",
        "double F(double x) => x.Halved() * Elsewhere.Halved(x * x);",
        "float F(float x) => Elsewhere.Single(x * x) + Elsewhere.Single(1);",
        "float F(Vector<float, N2> x) => Elsewhere.Single(Sum(x)) * x[0];",
        "double F(double x, Vector<double, N3> v) { var y = Warp([[x, 1], [x, x], [v[0], v[1]]], [x, 2], 1); return Elsewhere.Nested.Same(y)[1] * Elsewhere.Nested.Same(v)[1]; }",

        // A differentiable method whose own derivative is given.
        "Vector<double, N2> F(Vector<double, N2> x, double s) { try { return x * (s * s); } finally { } } [DerivativeOf(nameof(F))] static (Vector<double, N2>, double) Slope(Vector<double, N2> x, double s, Vector<double, N2> upstream) => (K * s * s * upstream, K * 2 * s * Dot(x, upstream));",
    ];

    private static readonly Dictionary<Passes, Lazy<UserProgram>> Programs =
        PassSets.EachOff.ToDictionary(p => p, p => new Lazy<UserProgram>(() => UserProgram.Compile(Source(Methods), p)));

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Methods.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradient_EqualsDifferencesAndInterpreter_WithAllPassesAndWithEachOff(int index)
    {
        foreach (var (passes, program) in Programs)
        {
            Witnesses.Check(program.Value, program.Value.Models[index], passes);
        }
    }

    /// <summary>In these each way from a parameter to the result leads through one call.</summary>
    [Fact]
    public void DerivativeThatIsTwiceTheTrueOne_GivesTwiceTheGradient()
    {
        string[] methods = [Methods[0], Methods[1], Methods[3], Methods[5], Methods[6], Methods[10], Methods[^1]];
        var program = UserProgram.Compile(Source(methods).Replace("K = 1", "K = 2", StringComparison.Ordinal));
        Assert.All(program.Models, model => Witnesses.Check(program, model, Passes.All, factor: 2));
    }

    [Fact]
    public void NoDerivative_OnAParameterOfTheCalledMethod_StopsTheGradient()
    {
        var program = UserProgram.Compile(Source(["double F(Vector<double, N3> v, double a) => Bend(2.0 * v, a, v) + Bend([a, a, a], 1, [a, a, a]);"]));
        double[] v = [0.5, -1, 2];
        var results = program.Backward(program.Models[0], [new Tensor(Shape.Of(3, 1), v), Tensor.Scalar(0.75)], Tensor.Scalar(10));

        // a‖2v‖² − t·2v and ‖(s, s, s)‖² − u·(s, s, s), of which t = v and u = (a, a, a) are constants.
        Assert.Equal([.. v.Select(e => 10 * ((8 * 0.75 * e) - (2 * e)))], results[1].Entries);
        Assert.Equal(10 * ((4 * v.Sum(e => e * e)) + (3 * ((2 * 0.75) - 0.75))), results[2].Entries[0], 12);
    }

    private static string Source(IEnumerable<string> methods) => Given + string.Concat(methods.Select((m, i) =>
        "\n    [Differentiable] public static " + m.Replace(" F(", $" F{i}(", StringComparison.Ordinal).Replace("nameof(F)", $"nameof(F{i})", StringComparison.Ordinal))) + """

        }

        internal static class Elsewhere
        {
            public static double Twice(double x) => Model.Bend(x, true) + Model.Bend(x, false) + 2 * x;

            public static Vector<double, Three> Named(Vector<double, Three> x) { try { return Tanh(x); } finally { } }

            public static double Halved(this double x) { try { return x / 2; } finally { } }

            [DerivativeOf(nameof(Halved))]
            public static double HalvedDerivative(double x, double upstream) => upstream / 2;

            public static float Single(float x) { try { return x * x * x; } finally { } }

            internal static class Nested
            {
                private static readonly Vector<double, N3> Kept = new();

                internal static Vector<double, N3> Same(Vector<double, N3> x) => x;

                [DerivativeOf(nameof(Same))]
                internal static Vector<double, N3> SameDerivative(Vector<double, N3> x, Vector<double, N3> upstream) { upstream.CopyTo(Kept); return Kept; }
            }
        }

        internal static class Derivatives
        {
            [DerivativeOf(typeof(Math), nameof(Math.ScaleB))]
            internal static double ScaleB(double x, int n, double upstream) => Math.ScaleB(upstream, n);

            [DerivativeOf(typeof(Elsewhere), nameof(Elsewhere.Named))]
            internal static Vector<double, Three> Named(Vector<double, Three> x, Vector<double, Three> upstream) => Hadamard(upstream, 1.0 - Square(Tanh(x)));

            [DerivativeOf(typeof(Elsewhere), "Single")]
            internal static float Single(float x, float upstream) => 3 * x * x * upstream;
        }
        """;
}
