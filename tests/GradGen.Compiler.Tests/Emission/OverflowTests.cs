using System.Reflection;
using System.Runtime.Loader;
using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Tests.Emission;

/// <summary>Integers overflow in the gradient as in the method: as it says itself, else as its project does.</summary>
public class OverflowTests
{
    private const string Source = Compilations.Usings + """
        public static partial class C
        {
            [Differentiable] public static double Plain(double x, [NoDerivative] int n) { var k = n; for (var i = 0; i < n; i++) { k = k * 1000 - i; k++; } return x * x * k; }
            [Differentiable] public static double Un(double x, [NoDerivative] int n) { unchecked { var k = n; for (var i = 0; i < n; i++) { k = k * 1000 - i; k += -k * 7; k++; } return x * x * k + (int)(StopGradient(x) * 1e12); } }
            [Differentiable] public static double In(double x, [NoDerivative] int n) { var k = n; checked { for (var i = 0; i < n; i++) { k = k * 1000 - i; } } return x * x * k; }
            [Differentiable] public static double Mixed(double x, [NoDerivative] int n) => x * checked(n + unchecked(n * 1_000_000_000)) * unchecked(n * 1_000_000_000 + checked(n * 3));
        }
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void IntegersOverflowAsInTheMethod(bool isChecked)
    {
        var (compilation, _) = Compilations.Generate(Compilations.Create([Source], o => o.WithOverflowChecks(isChecked).WithSpecificDiagnosticOptions([new("CS1591", ReportDiagnostic.Suppress)])));
        Assert.Empty(compilation.Problems());
        using var stream = new MemoryStream();
        Assert.True(compilation.Emit(stream).Success);
        stream.Position = 0;
        var type = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream).GetType("C")!;
        var thrown = 0;
        foreach (var name in new[] { "Plain", "Un", "In", "Mixed" })
        {
            var backward = type.GetMethods().Single(m => m.Name == name + "Backward" && m.ReturnType != typeof(void));
            foreach (var n in new[] { 0, 1, 2, 3, 5, 9 })
            {
                var value = Outcome(() => type.GetMethod(name)!.Invoke(null, [1.5, n])!);
                var gradient = Outcome(() => backward.Invoke(null, [1.5, n, 1.0])!);
                Assert.Equal(value, gradient is string ? gradient : gradient.GetType().GetProperty("Value")!.GetValue(gradient));
                thrown += value is string ? 1 : 0;
            }
        }

        // From n = 3 on, n steps of × 1000 are too many: in what says checked, and in what says nothing in such a project.
        Assert.Equal(isChecked ? 6 : 3, thrown);
    }

    private static object Outcome(Func<object> run)
    {
        try
        {
            return run();
        }
        catch (TargetInvocationException e)
        {
            return e.InnerException!.GetType().Name;
        }
    }
}
