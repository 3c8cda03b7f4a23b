using GradGen.CodeFixes;
using GradGen.Compiler.Analyzers;

namespace GradGen.Compiler.Tests.Analyzers;

/// <summary>GRAD4001–4007: formulas that are right on paper, their near-misses that are right in floating point, and the fixes.</summary>
public class NumericsAdviceTests
{
    private static string Method(string result, string parameters, string body) => $$"""
        public static partial class Model
        {
            [Differentiable]
            public static {{result}} F({{parameters}}) {{body}}
        }
        """;

    private static Task Fixed(string result, string parameters, string before, string after, string? key = null) =>
        Check.Fix<DifferentiableAnalyzer, AdviceFix>(Method(result, parameters, before), Method(result, parameters, after), key);

    [Theory]
    [InlineData("double", "Vector<double, N3> x", "Math.Log(Sum(Exp(x)))", "LogSumExp(x)")]
    [InlineData("float", "Vector<float, N3> x", "MathF.Log(Sum(Exp(2 * x)))", "LogSumExp(2 * x)")]
    [InlineData("double", "double x", "Math.Log(1 + Math.Exp(x))", "Softplus(x)")]
    [InlineData("double", "double x", "Math.Log(Math.Exp(-x) + 1)", "Softplus(-x)")]
    [InlineData("Vector<double, N3>", "Vector<double, N3> x", "Log(1 + Exp(x))", "Softplus(x)")]
    [InlineData("Vector<double, N3>", "Vector<double, N3> x", "Log1p(Exp(x))", "Softplus(x)")]
    [InlineData("Vector<double, N3>", "Vector<double, N3> x", "Log(Sigmoid(x))", "LogSigmoid(x)")]
    [InlineData("Vector<double, N3>", "Vector<double, N3> x, double s", "Log(1 - Sigmoid(s * x))", "LogSigmoid(-(s * x))")]
    [InlineData("double", "double x", "Math.Log(1 / (1 + Math.Exp(-x)))", "LogSigmoid(x)")]
    [InlineData("Vector<double, N3>", "Vector<double, N3> x", "Log(Softmax(x))", "LogSoftmax(x)")]
    [InlineData("Vector<double, N3>", "Vector<double, N3> x", "Log(Exp(x) / Sum(Exp(x)))", "LogSoftmax(x)")]
    [InlineData("double", "Vector<double, N3> z, [NoDerivative] Vector<double, N3> t", "-Dot(t, Log(Softmax(z)))", "SoftmaxCrossEntropy(z, t)")]
    [InlineData("double", "Vector<double, N3> z, [NoDerivative] Vector<double, N3> t", "-Sum(Hadamard(Log(Softmax(z)), t))", "SoftmaxCrossEntropy(z, t)")]
    [InlineData("double", "double a, double b", "Math.Log(Math.Exp(a) + Math.Exp(b))", "a + Softplus(b - a)")]
    [InlineData("Vector<double, N3>", "Vector<double, N3> x", "Exp(x) / Sum(Exp(x))", "Softmax(x)")]
    [InlineData("double", "double x", "(Math.Exp(x) - Math.Exp(-x)) / (Math.Exp(x) + Math.Exp(-x))", "Math.Tanh(x)")]
    [InlineData("double", "double x", "1 / (1 + Math.Exp(-x))", "Sigmoid(x)")]
    [InlineData("Vector<double, N3>", "Vector<double, N3> x", "Reciprocal(1 + Exp(-x))", "Sigmoid(x)")]
    [InlineData("double", "double x", "Math.Exp(x) / (1 + Math.Exp(x))", "Sigmoid(x)")]
    [InlineData("double", "double x", "Math.Log(1 + x)", "Log1p(x)")]
    [InlineData("double", "double x", "Math.Exp(x) - 1", "Expm1(x)")]
    public Task UnstableForm_IsWrittenAnew(string result, string parameters, string formula, string better) =>
        Fixed(result, parameters, $"=> {{|GRAD4003:{formula}|}};", $"=> {better};");

    [Theory]
    [InlineData("double", "Vector<double, N3> x", "Math.Log(Sum(Exp(x - MaxEntry(x))))")]
    [InlineData("double", "Vector<double, N3> x", "Math.Log(Sum(Exp(-Square(x))))")]
    [InlineData("double", "double x", "Math.Log(1 + Math.Exp(Math.Min(x, 30)))")]
    [InlineData("double", "double x", "Math.Log(2 + Math.Exp(x))")]
    [InlineData("double", "Vector<double, N3> x", "Math.Log(Sum(x))")]
    [InlineData("double", "double x, double y", "Math.Exp(x) / (1 + Math.Exp(y))")]
    [InlineData("Vector<double, N3>", "Vector<double, N3> x, Vector<double, N3> y", "Exp(x) / Sum(Exp(y))")]
    [InlineData("double", "double x", "Math.Log(2 - x)")]
    [InlineData("double", "double x", "Math.Log(1 + Math.Exp(Math.Tanh(x)))")]
    [InlineData("double", "Vector<double, N3> x, [NoDerivative] Vector<double, N3> t", "-Dot(t, LogSoftmax(x))")]
    [InlineData("double", "Vector<double, N3> x", "LogSumExp(x) + Sum(Softmax(x)) + Sum(Softplus(x))")]
    public Task StableForm_IsSilent(string result, string parameters, string formula) =>
        Check.Analyzer<DifferentiableAnalyzer>(Method(result, parameters, $"=> {formula};"));

    [Fact]
    public Task FormulaInSeveralLines_IsFound_AndItsTextIsThatOfTheLines() => Fixed(
        "double", "Matrix<double, N3, N2> w, [NoDerivative] Vector<double, N2> x",
        """
        {
            var z = w * x;
            var e = Exp(z);
            var s = Sum(e);
            return {|GRAD4003:Math.Log(s)|} + NormSquared(z);
        }
        """,
        """
        {
            var z = w * x;
            var e = Exp(z);
            var s = Sum(e);
            return LogSumExp(z) + NormSquared(z);
        }
        """);

    [Fact]
    public Task ArgumentThatHasChanged_IsNotWritten() => Check.Analyzer<DifferentiableAnalyzer>(
        Method("double", "double x", "{ var e = Math.Exp(x); x = 3; return {|GRAD4003:Math.Log(1 + e)|} + x; }"),
        "'Math.Log(1 + e)' is ∞ where what it is taken of is above 709, and its gradient NaN");

    [Fact]
    public Task Message_SaysWhereAndWhatToWrite() => Check.Analyzer<DifferentiableAnalyzer>(
        Method("double", "Vector<double, N3> x", "=> {|GRAD4003:Math.Log(Sum(Exp(x)))|};"),
        "'Math.Log(Sum(Exp(x)))' is ∞ where an entry of 'x' is above 709, and its gradient NaN: write 'LogSumExp(x)'");

    [Fact]
    public Task FormulaWithinAProduct_KeepsItsParentheses() => Fixed(
        "double", "double a, double b", "=> 2 * {|GRAD4003:Math.Log(Math.Exp(a) + Math.Exp(b))|};", "=> 2 * (a + Softplus(b - a));");

    [Fact]
    public Task HelperThatIsTheFormula_IsReportedAtItsCall() => Check.Analyzer<DifferentiableAnalyzer>("""
        public static partial class Model
        {
            [Differentiable]
            public static double F(double x) => 2 * {|GRAD4003:Own(3 * x)|};

            private static double Own(double z) => Math.Log(1 + Math.Exp(z));
        }
        """);

    [Fact]
    public Task FormulaInALoopThatIsUnrolled_IsReportedOnce() => Check.Analyzer<DifferentiableAnalyzer>(Method(
        "double", "Vector<double, N3> z, [NoDerivative] Vector<double, N3> t",
        "{ var s = 0.0; for (var i = 0; i < 3; i++) { s += {|GRAD4003:-Dot(t, Log(Softmax(i * z)))|}; } return s; }"));

    [Theory]
    [InlineData("Sum(Relu(x))", "'Relu(x)' has no derivative at 0: GradGen takes 0")]
    [InlineData("Sum(LeakyRelu(x, 0.1))", "'LeakyRelu(x, 0.1)' has no derivative at 0: GradGen takes that of the negative side")]
    [InlineData("Sum(Abs(x))", "'Abs(x)' has no derivative at 0: GradGen takes 0")]
    [InlineData("Sum(Max(x, 2 * x))", "'Max(x, 2 * x)' has no derivative where both are equal: GradGen gives each half")]
    [InlineData("Sum(Clamp(x, -1, 1))", "'Clamp(x, -1, 1)' has no derivative at its bounds: GradGen takes 1, as inside")]
    [InlineData("MinEntry(x)", "'MinEntry(x)' has no derivative where several entries are equal: GradGen gives all to the first")]
    [InlineData("Norm(x)", "'Norm(x)' has no derivative at 0: GradGen takes 0")]
    [InlineData("Sum(Tanh(x))", null)]
    public async Task Kink_IsSpokenOf_WhereThatIsSwitchedOn(string formula, string? message)
    {
        var compilation = Check.Compilation(
            Method("double", "Vector<double, N3> x", $"=> {formula};"), "global using System; global using GradGen; global using static GradGen.MatrixFunctions;");
        compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions([new("GRAD4006", Microsoft.CodeAnalysis.ReportDiagnostic.Info)]));
        Assert.Equal(message is null ? [] : [message], (await Check.DiagnosticsOf<DifferentiableAnalyzer>(compilation)).Select(d => d.GetMessage(null)));
    }

    [Fact]
    public Task WithoutUsingStatic_TheClassIsNamed() => Check.Fix<DifferentiableAnalyzer, AdviceFix>(
        Method("double", "double x", "=> {|GRAD4003:Math.Log(1 + Math.Exp(x))|};"),
        Method("double", "double x", "=> MatrixFunctions.Softplus(x);"),
        usings: "global using System; global using GradGen;");

    [Fact]
    public Task WhatIsNotDifferentiated_IsNotSpokenOf() => Check.Analyzer<DifferentiableAnalyzer>("""
        public static partial class Model
        {
            public static double Plain(double x) => Math.Log(1 + Math.Exp(x));

            [Differentiable]
            public static double F(double x, [NoDerivative] double y) => x * Math.Log(1 + Math.Exp(y));
        }
        """);

    [Theory]
    [InlineData("double", "Vector<double, N3> x", "Math.Sqrt(NormSquared(x))", "Norm(x)", "GradGen.Norm")]
    [InlineData("double", "Vector<double, N3> x, Vector<double, N3> y", "Math.Sqrt(Dot(x - y, x - y))", "Norm(x - y)", "GradGen.Norm")]
    [InlineData("double", "Matrix<double, N3, N2> x", "Math.Sqrt(Sum(Square(x)))", "Norm(x)", "GradGen.Norm")]
    [InlineData("double", "double x, double y", "Math.Sqrt(x * x + y * y)", "SafeSqrt(x * x + y * y)", "GradGen.SafeSqrt")]
    [InlineData("double", "double x", "Math.Sqrt(Math.Abs(x))", "SafeSqrt(Math.Abs(x))", "GradGen.SafeSqrt")]
    [InlineData("Vector<float, N3>", "Vector<float, N3> x", "Sqrt(Square(x))", "Sqrt(Square(x) + 1e-12f)", "GradGen.Epsilon")]
    [InlineData("Vector<double, N3>", "Vector<double, N3> x", "Sqrt(Relu(x))", "SafeSqrt(Relu(x))", "GradGen.SafeSqrt")]
    [InlineData("double", "double x", "Math.Cbrt(x * x)", "Math.Cbrt(x * x + 1e-12)", "GradGen.Epsilon")]
    [InlineData("double", "double x", "Math.Pow(Math.Abs(x), 0.25)", "Math.Pow(Math.Abs(x) + 1e-12, 0.25)", "GradGen.Epsilon")]
    public Task RootOfSquares_IsMadeSafe(string result, string parameters, string formula, string better, string key) =>
        Fixed(result, parameters, $"=> {{|GRAD4001:{formula}|}};", $"=> {better};", key);

    [Theory]
    [InlineData("double", "double x", "Math.Sqrt(x)")]
    [InlineData("double", "double x", "Math.Sqrt(1 - x * x)")]
    [InlineData("double", "double x", "Math.Sqrt(1 + x * x)")]
    [InlineData("double", "Vector<double, N3> x", "Math.Sqrt(NormSquared(x) + 1e-9)")]
    [InlineData("double", "Vector<double, N3> x", "Math.Sqrt(Sum(Exp(x - MaxEntry(x))))")]
    [InlineData("double", "double x, double y", "x * x + y * y > 0 ? Math.Sqrt(x * x + y * y) : 0")]
    [InlineData("double", "Vector<double, N3> x, [NoDerivative] Vector<double, N3> y", "Sum(x) * Math.Sqrt(NormSquared(y))")]
    [InlineData("double", "double x", "Math.Sqrt(Math.Max(x * x, 0.01))")]
    [InlineData("double", "double x", "Math.Cbrt(x)")]
    [InlineData("double", "double x", "Math.Pow(x * x, 1.5) + Math.Pow(x * x, 1)")]
    [InlineData("double", "double x, double p", "Math.Pow(x * x, p)")]
    public Task RootOfWhatMayBePositive_IsSilent(string result, string parameters, string formula) =>
        Check.Analyzer<DifferentiableAnalyzer>(Method(result, parameters, $"=> {formula};"));

    [Fact]
    public Task RootUnderACheck_IsSilent() => Check.Analyzer<DifferentiableAnalyzer>(Method(
        "double", "double x, double y",
        "{ var r2 = x * x + y * y; if (r2 == 0) { throw new ArgumentException(\"r\"); } return Math.Sqrt(r2); }"));

    [Fact]
    public Task RootThatIsDividedBy_IsOneMistake_AndTheFixMendsBoth() => Fixed(
        "double", "double x, double y", "=> x / {|GRAD4001:Math.Sqrt(x * x + y * y)|};", "=> x / Math.Sqrt(x * x + y * y + 1e-12);");

    [Theory]
    [InlineData("Vector<double, N3>", "Vector<double, N3> x", "x / Norm(x)", "x / (Norm(x) + 1e-12)")]
    [InlineData("double", "double x, double y", "y / (x * x)", "y / (x * x + 1e-12)")]
    [InlineData("double", "Vector<double, N3> x", "1 / NormSquared(x)", "1 / (NormSquared(x) + 1e-12)")]
    [InlineData("Vector<double, N3>", "Vector<double, N3> x", "Reciprocal(Abs(x))", "Reciprocal(Abs(x) + 1e-12)")]
    [InlineData("Vector<float, N3>", "Vector<float, N3> x", "Log(Relu(x))", "Log(Relu(x) + 1e-12f)")]
    [InlineData("double", "double x", "Math.Log(x * x)", "Math.Log(x * x + 1e-12)")]
    [InlineData("double", "double x", "Math.Pow(x * x, -0.5)", "Math.Pow(x * x + 1e-12, -0.5)")]
    [InlineData("double", "double x, double y", "y % (x * x)", "y % (x * x + 1e-12)")]
    [InlineData("System.Numerics.Vector3", "System.Numerics.Vector3 x", "System.Numerics.Vector3.Normalize(System.Numerics.Vector3.Abs(x))", null)]
    public Task DivisorThatCanBeZero_IsLifted(string result, string parameters, string formula, string? better) =>
        Fixed(result, parameters, $"=> {{|GRAD4002:{formula}|}};", better is null ? $"=> {{|GRAD4002:{formula}|}};" : $"=> {better};");

    [Fact]
    public Task DivisorThatStandsAboveTheLineToo_IsLiftedBelow() => Fixed(
        "double", "Vector<double, N3> x",
        "{ var n = Norm(x); return {|GRAD4002:n * Sum(x) / n|}; }",
        "{ var n = Norm(x); return n * Sum(x) / (n + 1e-12); }");

    [Theory]
    [InlineData("double", "double x, double y", "y / x")]
    [InlineData("double", "double x", "Math.Log(x)")]
    [InlineData("double", "double x", "1 / (1 + x * x)")]
    [InlineData("Vector<double, N3>", "Vector<double, N3> x", "x / Sum(Exp(x - MaxEntry(x)))")]
    [InlineData("Vector<double, N3>", "Vector<double, N3> x", "x / (Norm(x) + 1e-9)")]
    [InlineData("Vector<double, N3>", "Vector<double, N3> x", "Norm(x) > 1e-9 ? x / Norm(x) : x")]
    [InlineData("double", "double x, double y", "y / Math.Max(Math.Abs(x), 0.1)")]
    [InlineData("double", "Vector<double, N3> x", "Sum(x) / 3 + Mean(x)")]
    public Task DivisorOfWhichNothingIsKnown_IsSilent(string result, string parameters, string formula) =>
        Check.Analyzer<DifferentiableAnalyzer>(Method(result, parameters, $"=> {formula};"));

    [Fact]
    public Task Where_GuardsTheArgumentToo() => Fixed(
        "Vector<double, N3>", "Vector<double, N3> x",
        "=> Where(Greater(x, 0 * x), {|GRAD4004:Sqrt(x)|}, x);",
        "=> Where(Greater(x, 0 * x), Sqrt(Where(Greater(x, 0 * x), x, Vector<double, N3>.Ones())), x);");

    [Fact]
    public Task Where_GuardsOnTheOtherSide_AndThroughFurtherFunctions() => Fixed(
        "Vector<double, N3>", "Vector<double, N3> x, Vector<double, N3> y",
        """
        {
            var isSmall = Less(Abs(x), 0.1 * Vector<double, N3>.Ones());
            return Where(isSmall, y, 2 * {|GRAD4004:Divide(y, x)|});
        }
        """,
        """
        {
            var isSmall = Less(Abs(x), 0.1 * Vector<double, N3>.Ones());
            return Where(isSmall, y, 2 * Divide(y, Where(isSmall, Vector<double, N3>.Ones(), x)));
        }
        """);

    [Theory]
    [InlineData("Where(Greater(x, 0 * x), x, 2 * x)")]
    [InlineData("Where(Greater(x, 0 * x), Sqrt(Square(x) + 1), x)")]
    [InlineData("Where(Greater(y, 0 * y), Log(x), x)")]
    public Task Where_OfFiniteSlopes_OrThatGuardsNothing_IsSilent(string formula) =>
        Check.Analyzer<DifferentiableAnalyzer>(Method("Vector<double, N3>", "Vector<double, N3> x, [NoDerivative] Vector<double, N3> y", $"=> {formula};"));

    [Theory]
    [InlineData("float", "Vector<float, N3> x", "Mean(Square(x)) - Square(Mean(x))", "Mean(Square(x - Mean(x)))")]
    [InlineData("float", "Vector<float, N3> a, Vector<float, N3> b", "NormSquared(a) + NormSquared(b) - 2 * Dot(a, b)", "NormSquared(a - b)")]
    [InlineData("float", "float x", "1 - MathF.Cos(x)", "2 * Square(MathF.Sin(x / 2))")]
    [InlineData("float", "Vector<float, N3> x", "NormSquared(x) / 3 - Mean(x) * Mean(x)", "Mean(Square(x - Mean(x)))")]
    [InlineData("float", "Vector<float, N3> x", "Dot(x, x) / 3 - Square(Mean(x))", "Mean(Square(x - Mean(x)))")]
    [InlineData("float", "float x", "MathF.Cos(2 * x) - 1", "-2 * Square(MathF.Sin((2 * x) / 2))")]
    [InlineData("float", "float x", "MathF.Cosh(x) - 1", "2 * Square(MathF.Sinh(x / 2))")]
    [InlineData("float", "float x", "(MathF.Exp(x) - MathF.Exp(-x)) / 2", "MathF.Sinh(x)")]
    [InlineData("float", "float x", "0.5f * (MathF.Exp(x) - MathF.Exp(-x))", "MathF.Sinh(x)")]
    [InlineData("float", "float x", "MathF.Exp(x * x) - MathF.Exp(-(x * x))", "2 * MathF.Sinh(x * x)")]
    [InlineData("float", "float x", "MathF.Sqrt(1 + x * x) - 1", "(x * x) / (MathF.Sqrt(1 + x * x) + 1)")]
    [InlineData("float", "float x", "MathF.Sqrt(x + 1f) - 1f", "x / (MathF.Sqrt(x + 1f) + 1)")]
    [InlineData("float", "float x", "MathF.Sqrt(x + 1) - MathF.Sqrt(x)", "1 / (MathF.Sqrt(x + 1) + MathF.Sqrt(x))")]
    [InlineData("float", "float a, float b", "MathF.Sqrt(a * a - b * b)", "MathF.Sqrt((a - b) * (a + b))")]
    [InlineData("float", "float x", "Softplus(x) - x", "Softplus(-x)")]
    [InlineData("Vector<float, N3>", "Vector<float, N3> x", "x - Softplus(x)", "LogSigmoid(x)")]
    [InlineData("float", "Vector<float, N3> z, [NoDerivative] int label", "LogSumExp(z) - z[label]", "SoftmaxCrossEntropy(z, label)")]
    public Task DifferenceOfFloats_IsWrittenAnew(string result, string parameters, string formula, string better) =>
        Fixed(result, parameters, $"=> {{|GRAD4007:{formula}|}};", $"=> {better};");

    [Theory]
    [InlineData("{|GRAD4007:MathF.Sqrt(x + 1) - MathF.Sqrt(x)|} + y", "(1 / (MathF.Sqrt(x + 1) + MathF.Sqrt(x))) + y")]
    [InlineData("({|GRAD4007:1 - MathF.Cos(x)|}) * y * x", "(2 * Square(MathF.Sin(x / 2))) * y * x")]
    [InlineData("y * ({|GRAD4007:1 - MathF.Cos(x)|})", "y * (2 * Square(MathF.Sin(x / 2)))")]
    public Task DifferenceIsSeen_WhereverItStandsInAChain(string formula, string better) =>
        Fixed("float", "float x, float y", $"=> {formula};", $"=> {better};");

    [Theory]
    [InlineData("double", "Vector<double, N3> x", "Mean(Square(x)) - Square(Mean(x))")]
    [InlineData("double", "double x", "1 - Math.Cos(x)")]
    [InlineData("float", "Vector<float, N3> x", "Mean(Square(x - Mean(x)))")]
    [InlineData("float", "Vector<float, N3> a, Vector<float, N3> b", "NormSquared(a) + NormSquared(b) - 3 * Dot(a, b)")]
    [InlineData("float", "Vector<float, N3> x", "NormSquared(x) / 2 - Square(Mean(x))")]
    [InlineData("float", "float x", "MathF.Cosh(x) - 2")]
    [InlineData("float", "float x", "2 - MathF.Cos(x)")]
    [InlineData("float", "float x", "MathF.Exp(x) - MathF.Exp(-2 * x)")]
    [InlineData("float", "float x", "MathF.Exp(x) + MathF.Exp(-x)")]
    [InlineData("float", "float x", "MathF.Sqrt(2 + x * x) - 1")]
    [InlineData("float", "float x", "MathF.Sqrt(1 + MathF.Exp(x)) - 1")]
    [InlineData("float", "float x", "MathF.Sqrt(x + 1) + MathF.Sqrt(x)")]
    [InlineData("float", "float x, float y", "MathF.Sqrt(x + 1) - MathF.Sqrt(y)")]
    [InlineData("float", "float x, float y", "MathF.Sqrt(x + y) - MathF.Sqrt(x)")]
    [InlineData("float", "float x", "MathF.Sqrt(Sigmoid(x) + 1) - MathF.Sqrt(Sigmoid(x))")]
    [InlineData("float", "float a, float b", "MathF.Sqrt(a * a + b * b + 1)")]
    [InlineData("float", "float a, float b", "a * a - b * b")]
    [InlineData("float", "float x, float y", "Softplus(x) - y")]
    [InlineData("float", "float x", "Softplus(MathF.Sin(x)) - MathF.Sin(x)")]
    [InlineData("float", "Vector<float, N3> z, Vector<float, N3> y, [NoDerivative] int label", "LogSumExp(z) - y[label]")]
    [InlineData("double", "double x", "Math.Sqrt(1 + x * x) - 1 + Math.Cosh(x) - 1 + (Math.Exp(x) - Math.Exp(-x)) + Softplus(x) - x")]
    public Task DifferenceInDouble_OrAnother_IsSilent(string result, string parameters, string formula) =>
        Check.Analyzer<DifferentiableAnalyzer>(Method(result, parameters, $"=> {formula};"));
}
