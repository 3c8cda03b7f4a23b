using System.Globalization;
using GradGen.Compiler.Analyzers;
using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Tests.Analyzers;

/// <summary>GRAD5002: methods that become thousands of statements.</summary>
public class GeneratedSizeTests
{
    [Fact]
    public async Task UnrolledVectors_AreToldOf()
    {
        var found = Assert.Single(await Report("Matrix<double, N4, N4> w, Vector<double, N4> x", "var k = 0; for (var i = 0; i < 110; i++) { x = Tanh(w * x); k++; } return Sum(x) + k;"));
        Assert.Equal("GRAD5002", found.Id);
        Assert.Equal(DiagnosticSeverity.Warning, found.Severity);
        Assert.Matches(
            @"^The gradient of 'F' is 1,\d\d\d statements in one method, too many for the JIT to inline its operations on vectors: a loop is not unrolled if its number of iterations is a \[NoDerivative\] parameter$",
            found.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal("F", found.Location.SourceTree!.GetText().ToString(found.Location.SourceSpan));
    }

    [Fact]
    public async Task UnrolledNumbers_AreToldOf()
    {
        var found = Assert.Single(await Report("double x, double y", "var k = 0; for (var i = 0; i < 40; i++) { for (var j = 0; j < 40; j++) { x = Math.Sin(x * y) + 0.5 * x; k++; } } return x + k;"));
        Assert.Contains("statements in one method, which takes long to compile: a loop is not unrolled", found.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StatementsThatAreWrittenOut_CountAlike() => Assert.Equal(
        "GRAD5002",
        Assert.Single(await Report("Matrix<double, N4, N4> w, Vector<double, N4> x", string.Concat(Enumerable.Repeat("x = Tanh(w * x); ", 110)) + "return Sum(x);")).Id);

    [Theory]
    [InlineData("Matrix<double, N4, N4> w, Vector<double, N4> x", "for (var i = 0; i < 30; i++) { x = Tanh(w * x); } return Sum(x);")]
    [InlineData("Matrix<double, N4, N4> w, Vector<double, N4> x", "for (var i = 0; i < 250; i++) { x = Tanh(w * x); } return Sum(x);")] // Too heavy to be unrolled.
    [InlineData("Matrix<double, N4, N4> w, Vector<double, N4> x, [NoDerivative] int n", "for (var i = 0; i < n; i++) { x = Tanh(w * x); } return Sum(x);")]
    [InlineData("Matrix<double, N4, N4> w, Vector<double, N4> x", "for (var i = 0; i < 1000; i++) { x = Tanh(w * x); } return Sum(x);")]
    [InlineData("double x, double y", "for (var i = 0; i < 256; i++) { x = Math.Sin(x * y) + 0.5 * x; } return x;")] // 256 are not too many to unroll.
    [InlineData("double x, double y", "for (var i = 0; i < 40; i++) { for (var j = 0; j < 40; j++) { x = Math.Sin(x * y) + 0.5 * x; } } return x;")] // Too long to be unrolled.
    [InlineData("double x, double y", "for (var i = 0; i < 20; i++) { for (var j = 0; j < 20; j++) { x = Math.Sin(x * y) + 0.5 * x; } } return x;")]
    public async Task GoodSize_IsSilent(string parameters, string statements) => Assert.Empty(await Report(parameters, statements));

    [Fact]
    public async Task MethodOfThatNameBesides_IsNotCounted()
    {
        var own = string.Concat(Enumerable.Repeat("x = x + 1; ", 5_500));
        var compilation = Check.Compilation($$"""
            public static partial class C
            {
                [GradGen.Differentiable]
                public static double F(double x) => x * x;

                public static int FBackward(int x) { {{own}} return x; }
            }
            """);
        Assert.Empty(await Check.DiagnosticsOf<CostAnalyzer>(Compilations.Generate(compilation).Compilation));
    }

    /// <summary>What is reported on a method whose gradient was generated and compiles.</summary>
    private static async Task<IReadOnlyList<Diagnostic>> Report(string parameters, string statements)
    {
        var (compilation, _) = Compilations.Generate(Compilations.Create(
            $"{Compilations.Usings} public static partial class C {{ [Differentiable] public static double F({parameters}) {{ {statements} }} }}"));
        var found = await Check.DiagnosticsOf<CostAnalyzer>(compilation);
        Assert.Contains(compilation.SyntaxTrees.Skip(1), t => t.ToString().Contains("backward ──", StringComparison.Ordinal));
        return found;
    }
}
