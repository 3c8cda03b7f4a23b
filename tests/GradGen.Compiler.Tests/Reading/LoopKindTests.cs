using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Tests.Reading;

/// <summary>Loops whose number of iterations is known: which are unrolled, and which would be too much for the JIT.</summary>
public class LoopKindTests
{
    private const string Heavy = "Matrix<double, N8, N8> w, Vector<double, N8> x";

    [Theory]
    [InlineData(Heavy, "for (var i = 0; i < 20; i++) { x = Tanh(w * x); } return Sum(x);", true)]
    [InlineData(Heavy, "var y = 0.0; for (var i = 0; i < 20; i++) { x = Tanh(w * x) + i * x; y += Sum(x); } return y;", true)]
    [InlineData(Heavy, "for (var i = 1; i <= 9; i++) { for (var j = 0; j < 2; j++) { x = Tanh(w * x) / i; } } return Sum(x);", true)]
    [InlineData(Heavy, "x = Tanh(w * x); return Sum(x);", false)]
    [InlineData(Heavy, "for (var i = 0; i < 1; i++) { x = Tanh(w * x); } return Sum(x);", false)]
    [InlineData("Vector<double, N3> x", "for (var i = 0; i < 5; i++) { x = 0.5 * x + x; } return Sum(x);", false)] // Light.
    [InlineData("double x", "for (var i = 0; i < 100; i++) { x = Math.Tanh(x) + 0.1 * x; } return x;", false)] // In numbers.
    [InlineData("Matrix<double, N16, N16> a", "var s = 0.0; for (var i = 0; i < 16; i++) { for (var j = 0; j < 16; j++) { s += a[i, j] * a[j, i]; } } return s;", false)]
    [InlineData("Matrix<double, N64, N64> a", "var s = 0.0; for (var i = 0; i < 64; i++) { for (var j = 0; j < 64; j++) { s += a[i, j] * a[j, i]; } } return s;", true)] // Long.
    [InlineData("Matrix<double, N128, N128> a", "var s = 0.0; for (var i = 0; i < 128; i++) { for (var j = 0; j < 128; j++) { s += a[i, j] * a[j, i]; } } return s;", true)]
    [InlineData(Heavy, "for (var i = 0; i < 8; i++) { x = Tanh(w * x) * w[i, 7 - i]; } return Sum(x);", true)]
    [InlineData(Heavy, "var k = 0; for (var i = 0; i < 8; i++) { x = Tanh(w * x); k += i % 3; } return w[k % 8, 0] * Sum(x);", false)] // k may have to be known.
    [InlineData(Heavy, "for (var i = 0; i < 20; i++) { x = Tanh(w * x); if (i == 5) { break; } } return Sum(x);", false)]
    [InlineData(Heavy, "for (var i = 20; i > 0; i -= 3) { x = Tanh(w * x); } return Sum(x);", false)]
    public void Loop(string parameters, string statements, bool isLoop)
    {
        var (compilation, _) = Compilations.Generate(Compilations.Create(
            $"{Compilations.Usings} public static partial class C {{ [Differentiable] public static double F({parameters}) {{ {statements} }} }}"));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        var generated = Assert.Single(compilation.SyntaxTrees, t => t.ToString().Contains("backward ──", StringComparison.Ordinal)).ToString();
        Assert.Equal(isLoop, generated.Contains("// for k = ", StringComparison.Ordinal) || generated.Contains("// for i = ", StringComparison.Ordinal));
    }
}
