using GradGen.Compiler.Grading;
using Microsoft.CodeAnalysis;
using static GradGen.Compiler.Tests.Grading.Graded;

namespace GradGen.Compiler.Tests.Grading;

/// <summary>Gradients that are right (GRAD3012), the formula of the question, and what is not graded.</summary>
public class GradingTests
{
    public const string Network = """
        [Differentiable]
        public static Vector<double, N1> Forward(Matrix<double, N2, N2> w1, Matrix<double, N2, N2> w2, Matrix<double, N1, N2> w3, [NoDerivative] Vector<double, N2> x)
            => Sigmoid(w3 * Sigmoid(w2 * Sigmoid(w1 * x)));

        private static Vector<double, TSize> Prime<TSize>(Vector<double, TSize> z) where TSize : struct, IDimension => Hadamard(Sigmoid(z), 1 - Sigmoid(z));

        """;

    public const string Parameters = "Matrix<double, N2, N2> w1, Matrix<double, N2, N2> w2, Matrix<double, N1, N2> w3, Vector<double, N2> x";

    [Theory]
    [InlineData("d3 * a2.T", "(w3.T * d3)", "Hadamard(a1, 1 - a1)")]
    [InlineData("(a2 * d3.T).T", "(d3.T * w3).T", "(a1 - Hadamard(a1, a1))")]
    [InlineData("Outer(d3, a2)", "w3.T * d3", "Prime(w1 * x)")]
    public Task Right_ByAlgebra(string third, string second, string prime) => Right(Network + $$"""
        [GradientOf(nameof(Forward))]
        public static (Matrix<double, N2, N2> W1, Matrix<double, N2, N2> W2, Matrix<double, N1, N2> W3) Gradient({{Parameters}})
        {
            var a1 = Sigmoid(w1 * x);
            var a2 = Sigmoid(w2 * a1);
            var y = Sigmoid(w3 * a2);
            var d3 = Hadamard(y, 1 - y);
            var d2 = Hadamard({{second}}, Hadamard(a2, 1 - a2));
            var d1 = Hadamard(w2.T * d2, {{prime}});
            return (d1 * x.T, d2 * a1.T, {{third}});
        }
        """, "structurally");

    [Fact]
    public Task Right_OneParameterWithAnUpstream() => Right(
        """
        [Differentiable] static Vector<double, N3> F(Matrix<double, N3, N2> w, [NoDerivative] Vector<double, N2> x) => Tanh(w * x);
        [GradientOf(nameof(F), "w")] static Matrix<double, N3, N2> G(Matrix<double, N3, N2> w, Vector<double, N2> x, Vector<double, N3> upstream)
        {
            var a = Tanh(w * x);
            return Hadamard(upstream, 1 - Hadamard(a, a)) * x.T;
        }
        """, "structurally");

    [Fact]
    public Task Right_TheGeneratedRecord() => Right(
        """
        [Differentiable] static double F(Vector<double, N3> a, Vector<double, N3> b) => Dot(a, b);
        [GradientOf(nameof(F))] static FGradient G(Vector<double, N3> a, Vector<double, N3> b) => new(Dot(a, b), b, a);
        """, "structurally");

    [Fact]
    public Task Right_ByNumbers() => Right(
        """
        [Differentiable] static double F(double x) => Math.Sin(x) * Math.Cos(x);
        [GradientOf(nameof(F), nameof(x))] static double G(double x) => Math.Cos(2 * x);
        """, "numerically at 8 points");

    /// <summary>A third is another number as a float; the gradient is no other for that.</summary>
    [Fact]
    public Task Right_InFloats() => Right(
        """
        [Differentiable] static float F(Vector<float, N3> x) => Mean(Exp(x));
        [GradientOf(nameof(F), "x")] static Vector<float, N3> G(Vector<float, N3> x) => (1f / 3) * Exp(x);
        """, "numerically at 8 points");

    [Fact]
    public async Task TheQuestion_FirstParameter()
    {
        const string Formula = "Prime(w3 * Sigmoid(w2 * Sigmoid(w1 * x))) * w3 * Prime(w2 * Sigmoid(w1 * x)) * w2 * Prime(w1 * x) * x";
        var members = Network + $"[GradientOf(nameof(Forward), \"w1\")] public static Matrix<double, N2, N2> Gradient({Parameters}) => {Formula};";
        await Mistakes(members,
            "GRAD3004: w3", "GRAD3002: Prime(w2 * Sigmoid(w1 * x))", "GRAD3004: w2", "GRAD3002: Prime(w1 * x)", "GRAD3001: x");
        Assert.Contains(
            "=> Hadamard(w2.T * Hadamard(w3.T * Prime(w3 * Sigmoid(w2 * Sigmoid(w1 * x))), Prime(w2 * Sigmoid(w1 * x))), Prime(w1 * x)) * x.T;", await Mended(members));
    }

    [Theory]
    [InlineData("[GradientOf(nameof(F), \"w\")] static Vector<double, N2> G(Vector<double, N2> w, Vector<double, N2> x) => FBackward(w, x).W;")]
    [InlineData("[GradientOf(nameof(F), \"w\")] static Vector<double, N2> G(Vector<double, N2> w, Vector<double, N2> x) { for (;;) { } }")]
    [InlineData("[GradientOf(nameof(F), \"w\")] static Vector<double, N2> G(Vector<double, N2> w, Vector<double, N2> x) => ")]
    [InlineData("[GradientOf(nameof(F), \"w\")] static Vector<double, N2> G(Vector<double, N2> w, Vector<double, N2> x) => w.")]
    [InlineData("[GradientOf(nameof(F), \"w\")] static Vector<double, N2> G(Vector<double, N2> w, Vector<double, Nowhere> x) => w;")]
    [InlineData("[GradientOf(nameof(F), \"w\")] static Vector<double, N2> G(Vector<double, N2> w, Vector<double, N2> x) => G(w, x);")]
    public Task NotGraded(string gradient) => Silent(
        "[Differentiable] static double F(Vector<double, N2> w, [NoDerivative] Vector<double, N2> x) => Dot(w, x);\n" + gradient);

    [Theory]
    [InlineData("[GradientOf(\"Missing\")] static double G(double x) => 1;", "there is no method 'Missing' in 'C' for 'G' to be the gradient of")]
    [InlineData("[GradientOf(nameof(H))] static double G(double x) => 1; static double H(double x) => x;", "'H' is not marked [Differentiable]: 'G' can be compared with its gradient only then")]
    [InlineData("[GradientOf(nameof(F), \"z\")] static double G(double x) => 1;", "'F' has no parameter 'z'")]
    [InlineData("[GradientOf(nameof(F), \"k\")] static double G(double x) => 1;", "'F' has no gradient with respect to 'k', which is not differentiated")]
    [InlineData("[GradientOf(nameof(F), \"x\")] static Vector<double, N2> G(double x, double k) => Ones();", "the gradient of 'F' with respect to 'x' must return double; it returns Vector<double, N2>")]
    [InlineData("[GradientOf(nameof(F), \"x\")] static double G(double q, double k) => 1;", "a gradient of 'F' takes its parameters, by their names, and then may take 'double upstream': 'q' is none of them")]
    [InlineData("[GradientOf(nameof(F), \"x\")] static double G(float x, double k) => 1;", "'x' must be passed by value and be of the type that it has in 'F', double")]
    public async Task WrongSignature_IsGRAD2012(string gradient, string message)
    {
        var found = Assert.Single(await Reported(InClass("[Differentiable] static double F(double x, [NoDerivative] double k) => k * x;\n" + gradient)));
        Assert.Equal(("GRAD2012", message), (found.Id, found.GetMessage(null)));
    }

    [Fact]
    public async Task WrongSignature_WithoutAnUpstream_WhereTheResultHasSeveralEntries() => Assert.Equal(
        ["the result of 'F' has more than one entry: its gradient must take 'Vector<double, N2> upstream', the adjoint of the result"],
        await Messages("[Differentiable] static Vector<double, N2> F(Vector<double, N2> x) => Exp(x); [GradientOf(nameof(F), \"x\")] static Vector<double, N2> G(Vector<double, N2> x) => Exp(x);"));

    /// <summary>All mistakes of a file at once.</summary>
    [Fact]
    public Task FixAll_MakesEveryEdit()
    {
        static string Class(string first, string second) => $$"""
            public static partial class C
            {
                [Differentiable] static double F(Matrix<double, N2, N2> w, Matrix<double, N2, N2> x) => Sum(Exp(w * x));
                [GradientOf(nameof(F), "w")] static Matrix<double, N2, N2> {{first}};
                [GradientOf(nameof(F), "x")] static Matrix<double, N2, N2> {{second}};
            }
            """;
        const string Take = "(Matrix<double, N2, N2> w, Matrix<double, N2, N2> x) => ";
        return Analyzers.Check.Fix<Compiler.Analyzers.GradingAnalyzer, CodeFixes.GradingFix>(
            Class("G" + Take + "{|GRAD3001:Exp(w * x) * x|}", "H" + Take + "{|GRAD3001:w * Exp(w * x)|}"),
            Class("G" + Take + "Exp(w * x) * x.T", "H" + Take + "w.T * Exp(w * x)"),
            CodeFixes.GradingFix.EditKey);
    }

    /// <summary>Typing must not wait: what a keystroke costs in the longest of all searches. The bound leaves room for a busy machine.</summary>
    [Fact]
    public void TheQuestion_IsGradedInTime()
    {
        var compilation = Analyzers.Check.Compilation(Harness.Compilations.Usings + InClass(
            Network + $"[GradientOf(nameof(Forward), \"w1\")] public static Matrix<double, N2, N2> Gradient({Parameters}) => Prime(w3 * Sigmoid(w2 * Sigmoid(w1 * x))) * w3 * Prime(w2 * Sigmoid(w1 * x)) * w2 * Prime(w1 * x) * x;"));
        var gradient = compilation.GetTypeByMetadataName("C")!.GetMembers("Gradient").OfType<IMethodSymbol>().Single();
        var best = double.PositiveInfinity;
        for (var i = 0; i < 5; i++)
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            Assert.Equal(5, Grader.Grade(GradientClaim.Of(gradient).Claim!, compilation, default).Length);
            best = Math.Min(best, watch.Elapsed.TotalMilliseconds);
        }

        Assert.True(best < 500, $"{best} ms");
    }
}
