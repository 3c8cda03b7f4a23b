using System.Collections.Immutable;
using GradGen.CodeFixes;
using GradGen.Compiler.Analyzers;
using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Reading;
using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Tests.Differentiation;

/// <summary>The check of a gradient before it is emitted, and GRAD9001 for one that does not stand it.</summary>
public class SelfCheckTests
{
    private const string Network =
        "Vector<double, N1> F(Matrix<double, N2, N2> w1, Matrix<double, N2, N2> w2, Matrix<double, N1, N2> w3, [NoDerivative] Vector<double, N2> x)";

    private const string Square = "double F(Matrix<double, N3, N3> a, Vector<double, N3> x)";

    [Fact]
    public void NetworkOfTheQuestion_IsConfirmed() =>
        Assert.Equal(SelfCheckVerdict.Confirmed, Check(Network, "Sigmoid(w3 * Sigmoid(w2 * Sigmoid(w1 * x)))").Verdict);

    [Fact]
    public void LargeNetwork_IsConfirmed() => Assert.Equal(
        SelfCheckVerdict.Confirmed,
        Check(
            "float F(Matrix<float, N128, N784> w1, Vector<float, N128> b1, Matrix<float, N10, N128> w2, Vector<float, N10> b2, [NoDerivative] Vector<float, N784> x, [NoDerivative] Vector<float, N10> y)",
            "SoftmaxCrossEntropy(w2 * Relu(w1 * x + b1) + b2, y)").Verdict);

    [Theory]
    [InlineData(Network, "Sigmoid(w3 * Sigmoid(w2 * Sigmoid(w1 * x)))", "Sigmoid(w3 * Sigmoid(w2 * (w1 * x)))")]
    [InlineData(Network, "Sigmoid(w3 * Sigmoid(w2 * Sigmoid(w1 * x)))", "Sigmoid(w3 * Sigmoid(w2.T * Sigmoid(w1 * x)))")]
    [InlineData(Square, "Sum(a * x)", "Sum(a.T * x)")]
    [InlineData(Square, "NormSquared(a * x)", "0.5 * NormSquared(a * x)")]
    [InlineData(Square, "Sum(Hadamard(x, a * x))", "Sum(Hadamard(x, StopGradient(a * x)))")]
    [InlineData(Square, "Sum(Relu(a * x))", "Sum(a * x)")]
    [InlineData("double F(double[] x)", "x[0] * x[1]", "x[0] * x[2]")]
    public void GradientOfAnotherFunction_IsRefuted(string signature, string body, string other)
    {
        var (model, wrong) = (Model(signature, body), Model(signature, other));
        var result = SelfCheck.Run(model.Function!, Gradient(wrong), Differentiated(model));
        Assert.Equal(SelfCheckVerdict.Refuted, result.Verdict);
        Assert.NotEmpty(result.Reason);
    }

    [Fact]
    public void ValueOfAnotherFunction_IsRefuted()
    {
        // The gradients are the same, the values are not.
        var (model, wrong) = (Model(Square, "Sum(a * x)"), Model(Square, "Sum(a * x) + 1.0"));
        var result = SelfCheck.Run(model.Function!, Gradient(wrong), Differentiated(model));
        Assert.Equal(SelfCheckVerdict.Refuted, result.Verdict);
        Assert.StartsWith("the value", result.Reason);
    }

    [Theory]
    [InlineData("double F(double x)", "StopGradient(x) * x", "stopped")]
    [InlineData("double F(double x)", "Math.Sqrt(-x * x - 1)", "smooth")]
    [InlineData("double F(double x)", "{ while (x * x > -1) { x = Math.Sin(x); } return x; }", "too long")]
    [InlineData("double F(Matrix<double, N512, N512> a)", "NormSquared(a * a)", "too long")]
    [InlineData("double F(double x)", "x > -10 ? throw new InvalidOperationException() : x", "smooth")]
    public void WhatCannotBeJudged_IsNot(string signature, string body, string reason)
    {
        var result = Check(signature, body);
        Assert.Equal(SelfCheckVerdict.Unchecked, result.Verdict);
        Assert.Contains(reason, result.Reason);
    }

    [Theory]
    [InlineData(Square, "Sum(Relu(a * x)) + Sum(Abs(x)) + MaxEntry(a * x)")]
    [InlineData("double F(double x, [NoDerivative] int n)", "{ for (var i = 0; i < n; i++) { x = Math.Sin(x) * i + x; } return x; }")]
    [InlineData("double F(double x)", "Math.Floor(3 * x) * x + Math.Round(x) + (x > 0.3 ? x * x : Math.Exp(x))")]
    [InlineData("double F(double x)", "Math.Log(x) + Math.Sqrt(x) + Math.Acos(x / 3)")]
    [InlineData("double F(double x)", "Math.Acosh(x)")]
    [InlineData("double F(double[] x)", "{ double s = 0; foreach (var e in x) { s += e * e; } return s / x.Length; }")]
    [InlineData("float F(float x)", "1e8f * x - 1e8f * x + x")]
    public void WhatIsHardToJudge_IsConfirmed(string signature, string body) => Assert.Equal(SelfCheckVerdict.Confirmed, Check(signature, body).Verdict);

    [Fact]
    public void RefutedGradient_IsNotWritten_AndReported()
    {
        var source = File("", "x * 1.25 + 0.0625");
        Refute(source);
        var (output, result) = Compilations.Generate(Compilations.Create(Compilations.Usings + source));
        var text = Assert.Single(result.GeneratedTrees).ToString();
        Assert.Contains("GRAD9001", text);
        Assert.Contains("throw new", text);
        Assert.Empty(output.Problems());
    }

    [Fact]
    public async Task Analyzer_ReportsIt_UnderTheName()
    {
        var source = File("", "x * 1.5 + 0.03125");
        Refute(source);
        var diagnostic = Assert.Single(await Analyzers.Check.Diagnostics<DifferentiableAnalyzer>(source));
        Assert.Equal("GRAD9001", diagnostic.Id);
        Assert.Equal("F", source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.Contains("of 'F' wrong", diagnostic.GetMessage(null));
    }

    [Fact]
    public async Task Fix_SwitchesTheCheckOff()
    {
        var source = File("", "x * 1.75 + 0.015625");
        Refute(source);
        await Analyzers.Check.Fix<DifferentiableAnalyzer, SelfCheckFix>(source.Replace(" F(", " {|GRAD9001:F|}("), File("(SelfCheck = false)", "x * 1.75 + 0.015625"));
        var named = source.Replace("[Differentiable]", "[Differentiable(BackwardName = \"B\")]");
        await Analyzers.Check.Fix<DifferentiableAnalyzer, SelfCheckFix>(
            named.Replace(" F(", " {|GRAD9001:F|}("), named.Replace("\"B\")", "\"B\", SelfCheck = false)"));
    }

    [Fact]
    public void MethodWhoseCheckIsOff_IsWritten()
    {
        var source = File("(SelfCheck = false)", "x * 2.5 + 0.0078125");
        Refute(source);
        Assert.DoesNotContain("GRAD9001", Assert.Single(Compilations.Generate(Compilations.Create(Compilations.Usings + source)).Result.GeneratedTrees).ToString());
    }

    private static string File(string attribute, string body) =>
        $"internal static partial class C {{ [Differentiable{attribute}] public static double F(double x) => {body}; }}";

    /// <summary>Says of a method that its gradient is wrong, as a fault of GradGen would.</summary>
    private static void Refute(string source)
    {
        var model = ModelOf(Compilations.Create(Compilations.Usings + source));
        SelfCheck.Remember(model.Function!, Differentiated(model), new SelfCheckResult(SelfCheckVerdict.Refuted, "for a test"));
    }

    private static SelfCheckResult Check(string signature, string body)
    {
        var model = Model(signature, body);
        return SelfCheck.Run(model.Function!, Gradient(model), Differentiated(model));
    }

    private static GradientModel Model(string signature, string body)
    {
        var compilation = Compilations.Create(
            Compilations.Usings + "[Dimension(784)] internal readonly partial struct N784 : IDimension { public static int Size => 784; } "
            + $"internal static partial class C {{ [Differentiable] public static {signature} {(body[0] == '{' ? body : "=> " + body + ";")} }}");
        Assert.Empty(compilation.Problems());
        return ModelOf(compilation);
    }

    private static GradientModel ModelOf(Compilation compilation)
    {
        var method = compilation.GetTypeByMetadataName("C")!.GetMembers("F").OfType<IMethodSymbol>().Single();
        var read = ModelReader.Read(method, compilation, CancellationToken.None);
        Assert.Empty(read.Problems);
        return read.Model!;
    }

    private static ImmutableArray<bool> Differentiated(GradientModel model) => [.. model.Parameters.Select(p => p.IsDifferentiated)];

    private static Function Gradient(GradientModel model) => GradientFunction.Run(model.Function!, Differentiated(model)).Expanded;
}
