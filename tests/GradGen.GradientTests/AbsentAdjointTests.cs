using GradGen.Compiler.Optimization;
using GradGen.Compiler.Tests.Harness;
using GradGen.GradientTests.Called;

namespace GradGen.GradientTests;

/// <summary>
/// A value computed before a branch, whose own derivative is infinite where one side does not use it: that side's gradient
/// must not know of it. The witnesses are a twin, which computes the value on the side that uses it, and, where the method is
/// smooth, central differences of the method.
/// </summary>
public class AbsentAdjointTests
{
    /// <summary>A method F of p, whose last entry is also the integer n, its twin G, and points; the first ones are singular, at the last ones it is smooth.</summary>
    private static readonly (string F, string G, double[][] Singular, double[][] Smooth)[] Cases =
    [
        // An early return
        (
            "var r = Math.Sqrt(p[0] * p[0] + p[1] * p[1]); if (r == 0) { return 3 * p[1]; } return p[0] / r;",
            "if (p[0] == 0 && p[1] == 0) { return 3 * p[1]; } return p[0] / Math.Sqrt(p[0] * p[0] + p[1] * p[1]);",
            [[0, 0]], [[3, 4], [-0.3, 0.2]]),
        // The two sides the other way round; what was computed from what was computed before
        (
            "var m = p[0] * p[0]; var r = Math.Sqrt(m); var q = Math.Log(r) / r; var s = p[1] * 2; if (m > 0) { s += q * p[1]; } return s * s;",
            "var m = p[0] * p[0]; var s = p[1] * 2; if (m > 0) { s += Math.Log(Math.Sqrt(m)) / Math.Sqrt(m) * p[1]; } return s * s;",
            [[0, 0.7]], [[0.5, 0.7]]),
        // An exponential that overflows
        (
            "var e = Math.Exp(p[0]); if (p[0] > 30) { return p[0]; } return Math.Log(1 + e);",
            "if (p[0] > 30) { return p[0]; } return Math.Log(1 + Math.Exp(p[0]));",
            [[1000]], [[1], [40]]),
        // Multiplied by what is not finite itself
        (
            "var u = p[0] / p[1]; var v = u * p[2]; if (p[1] == 0) { return p[2] * p[2]; } return v;",
            "if (p[1] == 0) { return p[2] * p[2]; } return p[0] / p[1] * p[2];",
            [[0, 0, 2], [1, 0, 2]], [[1, 3, 2]]),
        // Nested branches, each with a value of its own
        (
            """
            var (r, q, w) = (Math.Sqrt(p[0]), Math.Log(p[1]), Math.Acos(p[2]));
            if (p[0] > 0) { if (p[1] > 0) { return r * q; } return r + p[2]; }
            return p[2] < 1 ? w * p[1] : p[1];
            """,
            """
            if (p[0] > 0) { if (p[1] > 0) { return Math.Sqrt(p[0]) * Math.Log(p[1]); } return Math.Sqrt(p[0]) + p[2]; }
            return p[2] < 1 ? Math.Acos(p[2]) * p[1] : p[1];
            """,
            [[0, 0, 1], [0, 0, 0.5], [2, 0, 1], [2, 1.5, 1], [0, 3, 0.1]], [[2, 1.5, 0.3]]),
        // Both sides of one branch, one side of another: present whichever way the first one went
        (
            "var r = Math.Sqrt(p[0]); var s = p[1] > 0 ? r : 2 * r; if (p[0] > 0) { s *= 3; } return p[0] == 0 ? p[1] : s;",
            "if (p[0] == 0) { return p[1]; } return (p[1] > 0 ? 1 : 2) * Math.Sqrt(p[0]) * 3;",
            [[0, 1], [0, -1]], [[2, 1], [2, -1]]),
        // A switch with three ways
        (
            "var (a, b) = (1 / p[0], Math.Sqrt(p[1])); return p[2] switch { < 0 => a * p[2], > 0 => b * p[2], _ => p[0] + p[1] };",
            "return p[2] switch { < 0 => 1 / p[0] * p[2], > 0 => Math.Sqrt(p[1]) * p[2], _ => p[0] + p[1] };",
            [[0, 0, 0], [0, 2, 1], [2, 0, -1]], [[2, 3, 1], [2, 3, -1]]),
        // continue, in a loop
        (
            "var s = 0.0; for (var i = 0; i + 1 < p.Length; i += 1) { var r = Math.Sqrt(p[i] * p[i] + p[i + 1] * p[i + 1]); if (r == 0) { continue; } s += p[i] / r; } return s;",
            "var s = 0.0; for (var i = 0; i + 1 < p.Length; i += 1) { if (p[i] != 0 || p[i + 1] != 0) { s += p[i] / Math.Sqrt(p[i] * p[i] + p[i + 1] * p[i + 1]); } } return s;",
            [[0, 0, 1, 2, 0, 0], [0, 0, 0]], [[1, 2, 3, 4], [1]]),
        // break, in a loop, and what the loop carries
        (
            "var s = 1.0; var k = 0; while (k < p.Length) { var l = Math.Log(p[k]); if (p[k] <= 0) { break; } s *= l; k++; } return s + k;",
            "var s = 1.0; var k = 0; while (k < p.Length) { if (p[k] <= 0) { break; } s *= Math.Log(p[k]); k++; } return s + k;",
            [[2, 3, 0, 4], [0]], [[2, 3, 4], []]),
        // What an iteration leaves for the next, which may not use it
        (
            "var s = 0.0; var last = 1.0; foreach (var t in p) { if (t > 1) { s += last * t; } last = Math.Sqrt(t); } return s;",
            "var s = 0.0; for (var k = 0; k < p.Length; k++) { if (p[k] > 1) { s += (k == 0 ? 1 : Math.Sqrt(p[k - 1])) * p[k]; } } return s;",
            [[0, 1, 2], [2, 0, 0.5, 0]], [[2, 3, 4, 0.5, 2]]),
        // Two that change places in each iteration
        (
            "var (a, b) = (p[0], p[1]); for (var k = 0; k < n; k++) { var r = Math.Sqrt(a); (a, b) = (b + 1, k > 0 ? r : p[1]); } return a * b;",
            "var (a, b) = (p[0], p[1]); for (var k = 0; k < n; k++) { (a, b) = (b + 1, k > 0 ? Math.Sqrt(a) : p[1]); } return a * b;",
            [[0, 2, 1], [0, 2, 3]], [[0.5, 2, 3.5]]),
        // A loop that does not run
        (
            "var r = Math.Sqrt(p[0]); var s = p[0]; for (var k = 0; k < n; k++) { s += r * k; } return s;",
            "var s = p[0]; for (var k = 0; k < n; k++) { s += Math.Sqrt(p[0]) * k; } return s;",
            [[0, 0]], [[2, 3.5]]),
        // Before a nest of loops, used deep inside it on one side
        (
            "var r = 1 / p[0]; var s = p[1]; for (var i = 0; i < 9; i++) { for (var j = 0; j < i; j++) { if (p[0] > j) { s += r * p[1]; } s *= 0.9; } } return s;",
            "var s = p[1]; for (var i = 0; i < 9; i++) { for (var j = 0; j < i; j++) { if (p[0] > j) { s += 1 / p[0] * p[1]; } s *= 0.9; } } return s;",
            [[0, 2]], [[3.5, 2], [-1, 2]]),
        // In an array, and read on one side
        (
            "var a = new double[2]; a[0] = Math.Sqrt(p[0]); a[1] = Math.Log(p[0]); if (p[0] == 0) { return p[1]; } return a[0] * a[1] * p[1];",
            "if (p[0] == 0) { return p[1]; } return Math.Sqrt(p[0]) * Math.Log(p[0]) * p[1];",
            [[0, 2]], [[3, 2]]),
        // Helpers, tuples, records
        (
            "var (r, u, v) = Polar(p[0], p[1]); return r == 0 ? p[1] : u * v + r;",
            "if (p[0] == 0 && p[1] == 0) { return p[1]; } var (r, u, v) = Polar(p[0], p[1]); return u * v + r;",
            [[0, 0]], [[1, 2]]),
        (
            "var s = new State(p[0], Math.Sqrt(p[0])); s = s with { B = s.B * p[1] }; if (s.A > 0) { s = s with { A = s.B }; } return s.A + p[1];",
            "return (p[0] > 0 ? Math.Sqrt(p[0]) * p[1] : p[0]) + p[1];",
            [[0, 2]], [[3, 2]]),
        // Matrices
        (
            "Vector<double, N2> x = [p[0], p[1]]; var u = x / Sum(x); var l = Log(x); if (p[0] == 0) { return p[1]; } return Dot(u, l) * p[1];",
            "if (p[0] == 0) { return p[1]; } Vector<double, N2> x = [p[0], p[1]]; return Dot(x / Sum(x), Log(x)) * p[1];",
            [[0, 0], [0, 2]], [[3, 2]]),
        // A method whose derivative is given
        (
            "var r = Root(p[0]); if (p[0] == 0) { return p[1]; } return r * p[1];",
            "if (p[0] == 0) { return p[1]; } return Root(p[0]) * p[1];",
            [[0, 2]], [[3, 2]]),
    ];

    private static readonly Dictionary<Passes, Lazy<UserProgram>> Programs =
        PassSets.EachOff.ToDictionary(p => p, p => new Lazy<UserProgram>(() => UserProgram.Compile(Source, p)));

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Cases.Length)];

    private static string Source => """
        public record State(double A, double B);
        public static partial class C
        {
            private static (double R, double U, double V) Polar(double x, double y) { var r = Math.Sqrt(x * x + y * y); return (r, x / r, y / r); }
            private static double Root(double x) => Math.Sqrt(x);
            private static int Last(double[] p) => p.Length == 0 ? 0 : (int)p[^1];
            [DerivativeOf(nameof(Root))] private static double RootDerivative(double x, double upstream) => upstream / (2 * Math.Sqrt(x));
            [Differentiable] public static double Infinite(double x, double y) { var r = Math.Sqrt(x); if (y >= 0) { return y * r; } return y; }
            public static double OfInfinite(double x, double y) => InfiniteBackward(x, y).X;

        """ + string.Concat(Cases.Select((c, i) => $$"""
                [Differentiable] public static double F{{i}}(double[] p, [NoDerivative] int n) { {{c.F}} }
                [Differentiable] public static double G{{i}}(double[] p, [NoDerivative] int n) { {{c.G}} }
                public static double[] OfF{{i}}(double[] p) => F{{i}}Backward(p, Last(p)).P;
                public static double[] OfG{{i}}(double[] p) => G{{i}}Backward(p, Last(p)).P;

            """)) + "}\n";

    [Theory]
    [MemberData(nameof(Numbers))]
    public void SideThatDoesNotUseTheValue_DoesNotKnowItsDerivative_WithEachPassOff(int number)
    {
        foreach (var passes in PassSets.EachOff)
        {
            var program = Programs[passes].Value;
            double[] Gradient(string method, double[] point) => (double[])program.Invoke("C", method + number, point.Clone())!;
            foreach (var point in Cases[number].Singular.Concat(Cases[number].Smooth))
            {
                var (expected, actual) = (Gradient("OfG", point), Gradient("OfF", point));
                AssertClose($"F{number}({string.Join(", ", point)}) with {passes}, against its twin", expected, actual, 1e-13);
            }

            foreach (var point in Cases[number].Smooth)
            {
                double At(double[] p) => (double)program.Invoke("C", "F" + number, [p, point.Length == 0 ? 0 : (int)point[^1]])!;
                double[] expected = [.. point.Select((_, e) => Difference(t => At([.. point.Select((x, i) => i == e ? x + t : x)])))];
                AssertClose($"F{number}({string.Join(", ", point)}) with {passes}, against differences", expected, Gradient("OfF", point), 1e-8);
            }
        }
    }

    /// <summary>What does flow in is not asked whether it is 0: ∞ stays ∞, and 0·∞ is NaN.</summary>
    [Fact]
    public void InfiniteDerivativeOnTheSideThatUsesIt_StaysInfinite()
    {
        foreach (var program in Programs.Values)
        {
            double Of(double x, double y) => (double)program.Value.Invoke("C", "OfInfinite", x, y)!;
            Assert.Equal(double.PositiveInfinity, Of(0, 2));
            Assert.Equal(double.NaN, Of(0, 0));
            Assert.Equal(0, Of(0, -1));
        }
    }

    private static double Difference(Func<double, double> f)
    {
        const double Step = 1e-3;
        return ((8 * (f(Step) - f(-Step))) - (f(2 * Step) - f(-2 * Step))) / (12 * Step);
    }

    private static void AssertClose(string what, double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var e = 0; e < expected.Length; e++)
        {
            Assert.True(
                Math.Abs(expected[e] - actual[e]) <= tolerance * Math.Max(1, Math.Abs(expected[e])),
                FormattableString.Invariant($"{what}: [{e}] should be {expected[e]:R}, is {actual[e]:R}"));
        }
    }
}
