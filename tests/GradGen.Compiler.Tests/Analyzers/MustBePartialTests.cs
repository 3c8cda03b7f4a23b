using GradGen.CodeFixes;
using GradGen.Compiler.Analyzers;

namespace GradGen.Compiler.Tests.Analyzers;

/// <summary>GRAD0001: a type with a differentiable method must be partial.</summary>
public class MustBePartialTests
{
    [Fact]
    public Task Fix_AddsPartial() => Check.Fix<DifferentiableAnalyzer, MustBePartialFix>(
        "public static class Model { [Differentiable] public static double {|GRAD0001:Loss|}(double x) => x * x; }",
        "public static partial class Model { [Differentiable] public static double Loss(double x) => x * x; }");

    [Fact]
    public Task Fix_AddsPartialToTheTypesAround() => Check.Fix<DifferentiableAnalyzer, MustBePartialFix>(
        "class A { partial class B { record struct C { [Differentiable] public static double {|GRAD0001:Loss|}(double x) => x * x; } } }",
        "partial class A { partial class B { partial record struct C { [Differentiable] public static double Loss(double x) => x * x; } } }");

    [Fact]
    public Task FixAll_AddsPartialOnce() => Check.Fix<DifferentiableAnalyzer, MustBePartialFix>(
        """
        class Model
        {
            [Differentiable] public static double {|GRAD0001:F|}(double x) => x * x;
            [Differentiable] public static double {|GRAD0001:G|}(double x) => x + x;
        }
        """,
        """
        partial class Model
        {
            [Differentiable] public static double F(double x) => x * x;
            [Differentiable] public static double G(double x) => x + x;
        }
        """);
}
