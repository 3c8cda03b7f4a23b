using static GradGen.Compiler.Tests.Grading.Graded;

namespace GradGen.Compiler.Tests.Grading;

/// <summary>Gradients that are no single formula: loops, branches, arrays and records, in the method or in what was written by hand.</summary>
public class RunTests
{
    private const string LoopOverSamples = """
        [Differentiable]
        public static double Loss(Matrix<double, N2, N3> w, [NoDerivative] double[] x, [NoDerivative] int n)
        {
            var loss = 0.0;
            for (var i = 0; i < n; i++)
            {
                Vector<double, N3> sample = [x[i], 1, x[i] * x[i]];
                loss += NormSquared(w * sample);
            }

            return loss;
        }

        [GradientOf(nameof(Loss), "w")]
        public static Matrix<double, N2, N3> ByHand(Matrix<double, N2, N3> w, double[] x, int n)
        {
            var g = Matrix<double, N2, N3>.Zeros();
            for (var i = 0; i < n; i++)
            {
                Vector<double, N3> sample = [x[i], 1, x[i] * x[i]];
                g += FACTOR * sample.T;
            }

            return g;
        }
        """;

    [Fact]
    public Task Loop_IsRun() => Right(LoopOverSamples.Replace("FACTOR", "2 * (w * sample)"), "numerically at 8 points");

    [Fact]
    public Task Loop_ThatLosesAFactor() => Mistakes(LoopOverSamples.Replace("FACTOR", "(w * sample)"), "GRAD3007: g");

    [Fact]
    public Task Loop_WithAnotherMistake() => MistakeWithoutEdit(LoopOverSamples.Replace("FACTOR", "2 * Sigmoid(w * sample)"), "GRAD3005: g");

    [Fact]
    public async Task Loop_Messages()
    {
        Assert.Equal(["The factor 2 is missing in the gradient with respect to 'w'"], await Messages(LoopOverSamples.Replace("FACTOR", "(w * sample)")));
        Assert.StartsWith(
            "The gradient with respect to 'w' is wrong in entry [",
            Assert.Single(await Messages(LoopOverSamples.Replace("FACTOR", "2 * Sigmoid(w * sample)"))));
    }

    [Theory]
    [InlineData("x < 0 ? 0 : 2 * x", null)]
    [InlineData("x < 0 ? 0 : -2 * x", "GRAD3007: x < 0 ? 0 : -2 * x")]
    [InlineData("2 * x", "GRAD3005: 2 * x")]
    public Task Branch(string gradient, string? mistake)
    {
        var members = $$"""
            [Differentiable] public static double F(double x) => x < 0 ? 1 : x * x;
            [GradientOf(nameof(F))] public static double G(double x) => {{gradient}};
            """;
        return mistake is null ? Right(members, "numerically at 8 points")
            : mistake.StartsWith("GRAD3007", StringComparison.Ordinal) ? Mistakes(members, mistake)
            : MistakeWithoutEdit(members, mistake);
    }

    [Fact]
    public Task Transpose_OfASquare() => Mistakes(
        """
        [Differentiable]
        public static double F(Matrix<double, N2, N2> w, [NoDerivative] Vector<double, N2> x, [NoDerivative] Vector<double, N2> y, [NoDerivative] int n)
        {
            var s = 0.0;
            for (var i = 0; i <= n; i++)
            {
                s += Dot(x, w * y);
            }

            return s;
        }

        [GradientOf(nameof(F), "w")]
        public static Matrix<double, N2, N2> G(Matrix<double, N2, N2> w, Vector<double, N2> x, Vector<double, N2> y, int n) => (n + 1) * (y * x.T);
        """,
        "GRAD3001: (n + 1) * (y * x.T)");

    [Theory]
    [InlineData("2 * x[i] * w", null)]
    [InlineData("x[i] * w", "GRAD3007: g")]
    public Task Array(string term, string? mistake)
    {
        var members = $$"""
            [Differentiable]
            public static double F(double[] x, [NoDerivative] double w)
            {
                var s = 0.0;
                foreach (var e in x)
                {
                    s += w * e * e;
                }

                return s;
            }

            [GradientOf(nameof(F), "x")]
            public static double[] G(double[] x, double w)
            {
                var g = new double[x.Length];
                for (var i = 0; i < x.Length; i++)
                {
                    g[i] = {{term}};
                }

                return g;
            }
            """;
        return mistake is null ? Right(members, "numerically at 8 points") : MistakeWithoutEdit(members, mistake);
    }

    [Fact]
    public async Task ArrayAsResult_NeedsAnUpstream() => Assert.Equal(
        ["the result of 'F' has more than one entry: its gradient must take 'double[] upstream', the adjoint of the result"],
        await Messages("[Differentiable] public static double[] F(double x) => [x, 2 * x]; [GradientOf(nameof(F))] public static double G(double x) => 3;"));

    [Theory]
    [InlineData("upstream[0] + 2 * upstream[1]", null)]
    [InlineData("upstream[0] + upstream[1]", "GRAD3007: upstream[1]")]
    [InlineData("upstream[0] * upstream[1]", "GRAD3005: upstream[0] * upstream[1]")]
    public Task ArrayAsResult(string gradient, string? mistake)
    {
        var members = $"[Differentiable] public static double[] F(double x) => [x, 2 * x]; [GradientOf(nameof(F))] public static double G(double x, double[] upstream) => {gradient};";
        return mistake is null ? Right(members, "numerically at 8 points") : mistake.Contains("3007") ? Mistakes(members, mistake) : MistakeWithoutEdit(members, mistake);
    }

    [Theory]
    [InlineData("d * x.T, d", null)]
    [InlineData("d * x.T, 2 * d", "GRAD3007: new(d * x.T, 2 * d)")]
    public Task Record(string parts, string? mistake)
    {
        var members = $$"""
            public sealed record Layer(Matrix<double, N3, N2> W, Vector<double, N3> B);

            [Differentiable]
            public static double F(Layer layer, [NoDerivative] Vector<double, N2> x) => NormSquared(layer.W * x + layer.B);

            [GradientOf(nameof(F), "layer")]
            public static Layer G(Layer layer, Vector<double, N2> x)
            {
                var d = 2 * (layer.W * x + layer.B);
                return new({{parts}});
            }
            """;
        return mistake is null ? Right(members, "numerically at 8 points") : MistakeWithoutEdit(members, mistake);
    }

    [Fact]
    public Task SeveralParameters_OneOfThemWrong() => MistakeWithoutEdit(
        """
        [Differentiable]
        public static double F(double a, double b, [NoDerivative] int n)
        {
            var p = 1.0;
            for (var i = 0; i < n; i++)
            {
                p *= a;
            }

            return p * b;
        }

        [GradientOf(nameof(F))]
        public static (double A, double B) G(double a, double b, int n)
        {
            var p = 1.0;
            for (var i = 0; i < n - 1; i++)
            {
                p *= a;
            }

            return (n * p * b, n == 0 ? 1 : p);
        }
        """,
        "GRAD3005: (n * p * b, n == 0 ? 1 : p)");

    /// <summary>Σ s·xᵢ·tanh(w·xᵢ), by hand, with the upstream.</summary>
    private static string Terms(string setUp, string term, string result) => $$"""
        [Differentiable]
        public static double F(double w, double s, [NoDerivative] double[] x)
        {
            var sum = 0.0;
            for (var i = 0; i < x.Length; i++)
            {
                sum += s * x[i] * Math.Tanh(w * x[i]);
            }

            return sum / x.Length;
        }

        [GradientOf(nameof(F), "w")]
        public static double G(double w, double s, double[] x, double upstream)
        {
            var g = 0.0;
            for (var i = 0; i < x.Length; i++)
            {
                var t = Math.Tanh(w * x[i]);
                {{setUp}}g += {{term}};
            }

            return {{result}};
        }
        """;

    [Theory]
    [InlineData("", "s * x[i] * x[i] * (1 - t * t)", "upstream * g / x.Length", null, null)]
    [InlineData("", "s * x[i] * (1 - t * t)", "upstream * g / x.Length", "GRAD3005: s * x[i] * (1 - t * t)", "g += x[i] * (s * x[i] * (1 - t * t));")]
    [InlineData("", "s * x[i] * x[i]", "upstream * g / x.Length", "GRAD3005: s * x[i] * x[i]", "g += (1 - t * t) * (s * x[i] * x[i]);")]
    [InlineData("", "s * x[i] * x[i] * (1 - t * t)", "g / x.Length", "GRAD3005: g / x.Length", "return upstream * (g / x.Length);")]
    [InlineData("", "s * x[i] * x[i] * (1 - t * t)", "g * upstream", "GRAD3005: g * upstream", "return g * upstream / x.Length;")]
    [InlineData("", "s * x[i] * x[i] * (1 - t * t) / x.Length", "g", "GRAD3005: g", "return upstream * g;")]
    [InlineData("var d = 1 - t * t; ", "x[i] * x[i] * d", "s * upstream * g / x.Length", null, null)]
    [InlineData("var d = 1 - t * t; ", "x[i] * x[i] * d", "upstream * g / x.Length", "GRAD3005: upstream * g / x.Length", "return s * (upstream * g / x.Length);")]
    public async Task OneFactorThatIsMissing_IsWritten(string setUp, string term, string result, string? mistake, string? mended)
    {
        var members = Terms(setUp, term, result);
        if (mistake is null)
        {
            await Right(members, "numerically at 8 points");
            return;
        }

        await Mistakes(members, mistake);
        Assert.Contains(mended!, await Mended(members), StringComparison.Ordinal);
    }

    /// <summary>Two factors are missing, or one that has no name there.</summary>
    [Theory]
    [InlineData("s * (1 - t * t)", "upstream * g / x.Length", "GRAD3005: upstream * g / x.Length")]
    [InlineData("s * x[i]", "upstream * g / x.Length", "GRAD3005: upstream * g / x.Length")]
    [InlineData("s * x[i] * x[i] * Math.Cos(t)", "upstream * g / x.Length", "GRAD3005: upstream * g / x.Length")]
    public Task WhatIsNotOneFactor_HasNoEdit(string term, string result, string mistake) => MistakeWithoutEdit(Terms("", term, result), mistake);

    [Fact]
    public async Task FactorOfAVector_AndOfABranch_IsWritten()
    {
        const string Members = """
            [Differentiable]
            public static double F(Vector<double, N3> x, [NoDerivative] Vector<double, N3> y, [NoDerivative] bool isSquared) => isSquared ? Dot(y, Square(x)) : Dot(y, Sigmoid(x));

            [GradientOf(nameof(F), "x")]
            public static Vector<double, N3> G(Vector<double, N3> x, Vector<double, N3> y, bool isSquared)
            {
                var s = Sigmoid(x);
                return isSquared ? 2 * Hadamard(x, y) : Hadamard(s, y);
            }
            """;
        await Right(Members.Replace("Hadamard(s, y)", "Hadamard(Hadamard(s, 1 - s), y)"), "numerically at 8 points");
        await Mistakes(Members, "GRAD3005: Hadamard(s, y)");
        Assert.Contains(": Hadamard(1 - s, Hadamard(s, y));", await Mended(Members), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FactorThatIsMissing_IsSaid() => Assert.Equal(
        ["The factor 'x[i]' is missing in the gradient with respect to 'w': 's * x[i] * (1 - t * t)' should be 'x[i] * (s * x[i] * (1 - t * t))'"],
        await Messages(Terms("", "s * x[i] * (1 - t * t)", "upstream * g / x.Length")));

    [Fact]
    public Task LoopOnlyByHand_OfAPlainMethod() => Right(
        """
        [Differentiable] public static double F(Vector<double, N3> x) => NormSquared(x);
        [GradientOf(nameof(F))]
        public static Vector<double, N3> G(Vector<double, N3> x)
        {
            var g = Vector<double, N3>.Zeros();
            for (var i = 0; i < 3; i++)
            {
                g[i] = 2 * x[i];
            }

            return g;
        }
        """, "numerically at 8 points");
}
