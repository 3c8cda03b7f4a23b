using GradGen.CodeFixes;
using GradGen.Compiler.Analyzers;

namespace GradGen.Compiler.Tests.Analyzers;

/// <summary>GRAD5003: what is computed again where it is known.</summary>
public class RepetitionTests
{
    private const string Parameters =
        "Matrix<double, N16, N16> w, Matrix<double, N16, N16> a, Vector<double, N16> x, Vector<double, N16> y, double s, [NoDerivative] bool isOn";

    [Theory]
    [InlineData("return Sum(w * x) + Norm({|GRAD5003:w * x|});", "'w * x' is computed twice: once would save 496 flops")]
    [InlineData("return Sum(w * x) + Norm({|GRAD5003:w * x|}) + Mean(w * x);", "'w * x' is computed 3 times: once would save 992 flops")]
    [InlineData("return Sum(Sigmoid(w * x)) * Norm({|GRAD5003:Sigmoid(w * x)|});", "'Sigmoid(w * x)' is computed twice: once would save 496 flops and 16 elementary functions")]
    [InlineData("return Sum(Exp(x)) + Mean({|GRAD5003:Exp(x)|});", "'Exp(x)' is computed twice: once would save 16 elementary functions")]
    [InlineData("var h = Sigmoid(w * x); return Sum(h) + Norm({|GRAD5003:Sigmoid(w * x)|});", "'Sigmoid(w * x)' is 'h' already: computing it again takes 496 flops and 16 elementary functions")]
    [InlineData("var h = Sum(w * x); h += Norm({|GRAD5003:w * x|}); return h;", "'w * x' is computed twice: once would save 496 flops")]
    [InlineData("var h = w * x; if (isOn) { return Sum({|GRAD5003:w * x|}); } return Norm(h);", "'w * x' is 'h' already: computing it again takes 496 flops")]
    [InlineData("if (Sum(w * x) > 0) { return Norm({|GRAD5003:w * x|}); } return s;", "'w * x' is computed twice: once would save 496 flops")]
    [InlineData("var h = Sum(w * x); for (var i = 0; i < 3; i++) { h = h + Norm({|GRAD5003:w * x|}); } return h;", "'w * x' is computed twice: once would save 496 flops")]
    [InlineData("var h = s; for (var i = 0; i < 3; i++) { h += Sum(w * y) * Norm({|GRAD5003:w * y|}); y = h * y; } return h;", "'w * y' is computed twice: once would save 496 flops")]
    [InlineData("return Sum((w * x)) + Norm({|GRAD5003:w * x|}); ", "'w * x' is computed twice: once would save 496 flops")]
    [InlineData("return Sum(w.T * x) + Norm({|GRAD5003:Transpose(w) * x|});", "'Transpose(w) * x' is computed twice: once would save 496 flops")]
    [InlineData("return isOn ? s : Sum(w * x) + Norm({|GRAD5003:w * x|});", "'w * x' is computed twice: once would save 496 flops")]
    public Task FormulaThatIsKnown_IsNamed(string statements, string message) => Check.Analyzer<CostAnalyzer>(Method(statements), message);

    [Theory]
    [InlineData("return Sum(w * x) + Norm(w * y);")]
    [InlineData("return Sum(w * x) + Norm(w.T * x);")]
    [InlineData("return Sum(x + y) + Norm(x + y);")] // 16 flops.
    [InlineData("return Math.Exp(-s) + Math.Exp(-s);")]
    [InlineData("var h = Sum(w * x); x = 2 * x; return h + Norm(w * x);")]
    [InlineData("x = Tanh(w * x); x = Tanh(w * x); return Sum(x);")]
    [InlineData("var h = Sum(w * x); for (var i = 0; i < 3; i++) { h += Norm(w * x); x = Tanh(x); } return h;")]
    [InlineData("if (isOn) { return Sum(w * x); } else { return Norm(w * x); }")]
    [InlineData("return isOn ? Sum(w * x) : Norm(w * x);")]
    [InlineData("var h = s; if (isOn) { h = Sum(w * x); } return h + Norm(w * x);")]
    [InlineData("if (isOn && Sum(w * x) > 0) { return s; } return Norm(w * x);")]
    [InlineData("var h = w * x; h[0] = 0; return Sum(h) + Norm(w * x);")] // Another matrix, as it was.
    [InlineData("double F() => Sum(w * x); return F() + Norm(w * x);")]
    [InlineData("var z = 2 * x; void Grow() { z = 2 * z; } var h = Sum(w * z); Grow(); return h + Norm(w * z);")]
    [InlineData("return Helper(x) + Helper(x);")] // It may do more than compute.
    [InlineData("var z = 2 * x; var h = Sum(w * z); Change(ref z); return h + Norm(w * z);")]
    [InlineData("var (p, q) = (w * x, w * y); (x, y) = (y, x); return Sum(p) + Sum(q) + Norm(w * x);")]
    [InlineData("return s + nameof(w).Length;")]
    public Task WhatIsNotKnown_IsSilent(string statements) => Check.Analyzer<CostAnalyzer>(Method(statements));

    [Fact]
    public Task MembersOfRecords_AreValues() => Check.Analyzer<CostAnalyzer>("""
        public record Layer(Matrix<double, N16, N16> W, Vector<double, N16> B);

        static partial class C
        {
            [Differentiable]
            public static double F(Layer layer, Vector<double, N16> x) => Sum(layer.W * x + layer.B) + Norm({|GRAD5003:layer.W * x + layer.B|});
        }
        """);

    [Fact]
    public Task PropertiesThatCompute_AreNot() => Check.Analyzer<CostAnalyzer>("""
        public class Layer
        {
            public int Reads { get; private set; }

            public Matrix<double, N16, N16> W { get { Reads++; return new(); } }
        }

        static partial class C
        {
            [Differentiable]
            public static double F([NoDerivative] Layer layer, Vector<double, N16> x) => Sum(layer.W * x) + Norm(layer.W * x);
        }
        """);

    [Fact]
    public Task MethodThatIsNotDifferentiable_IsSilent() => Check.Analyzer<CostAnalyzer>(
        $"static partial class C {{ public static double F({Parameters}) => Sum(w * x) + Norm(w * x); }}");

    [Fact]
    public Task ProductOfAChainThatCostsLessInAnotherOrder_IsNotNamedTwice() => Check.Analyzer<CostAnalyzer>(
        Method("return Sum({|GRAD5001:w * a * x|} + {|GRAD5001:w * a * y|});"));

    [Fact]
    public Task ProductThatIsWorthComputingOnce_IsNamed() => Check.Analyzer<CostAnalyzer>(
        Method("return Trace(w * a) + Sum({|GRAD5003:w * a|} * x);"));

    [Fact]
    public async Task OtherPlaces_AreShown()
    {
        var found = Assert.Single(await Check.Diagnostics<CostAnalyzer>(Check.Plain(Method("return Sum(w * x) + Norm(w * x) + Mean(w * x);"))));
        Assert.Equal(2, found.AdditionalLocations.Count);
        Assert.True(found.AdditionalLocations[0].SourceSpan.End < found.Location.SourceSpan.Start);
        Assert.True(found.AdditionalLocations[1].SourceSpan.Start > found.Location.SourceSpan.End);
        Assert.Equal(("992", "0"), (found.Properties["Flops"], found.Properties["Functions"]));
    }

    [Theory]
    [InlineData("return Sum(w * x) + Norm({|GRAD5003:w * x|});", "var product = w * x; return Sum(product) + Norm(product);")]
    [InlineData("return Sum((w * x).T) + ({|GRAD5003:w * x|})[0];", "var product = w * x; return Sum(product.T) + product[0];")]
    [InlineData("var product = s; return product * Sum(w * x) + Norm({|GRAD5003:w * x|});", "var product = s; var product2 = w * x; return product * Sum(product2) + Norm(product2);")]
    [InlineData("var h = Sigmoid(w * x); return Sum(h) + Norm({|GRAD5003:Sigmoid(w * x)|});", "var h = Sigmoid(w * x); return Sum(h) + Norm(h);")]
    [InlineData("var h = w * x; var g = Norm({|GRAD5003:w * x|}); h = 2 * h; return Sum(h) + g;", "var h = w * x; var g = Norm(h); h = 2 * h; return Sum(h) + g;")]
    [InlineData("var h = w * x; h = 2 * h; return Sum(h) + Norm({|GRAD5003:w * x|});", "var product = w * x; var h = product; h = 2 * h; return Sum(h) + Norm(product);")]
    [InlineData("if (Sum(w * x) > 0) { return Norm({|GRAD5003:w * x|}); } return s;", "var product = w * x; if (Sum(product) > 0) { return Norm(product); } return s;")]
    [InlineData("return Sum(Exp(w * x)) + Mean({|GRAD5003:Exp(w * x)|}) + Sum({|GRAD5003:w * x|});", "var product = w * x; var exp = Exp(product); return Sum(exp) + Mean(exp) + Sum(product);")]
    [InlineData("return Sum(w * x) + Norm({|GRAD5003:w * x|}) + Sum(w * y) + Norm({|GRAD5003:w * y|});", "var product = w * x; var product2 = w * y; return Sum(product) + Norm(product) + Sum(product2) + Norm(product2);")]
    public Task Fix_ComputesItOnce(string before, string after) => Check.Fix<CostAnalyzer, CostFix>(Method(before), Method(after));

    [Fact]
    public Task Fix_GivesStatementsALineEach() => Check.Fix<CostAnalyzer, CostFix>(
        """
        static partial class C
        {
            [Differentiable]
            public static double F(Matrix<double, N16, N16> w, Vector<double, N16> x)
            {
                var sum = 0.0;
                for (var i = 0; i < 3; i++)
                {
                    // Both of them.
                    sum += Sum(w * x)
                        + Norm({|GRAD5003:w * x|});
                }

                return sum;
            }
        }
        """,
        """
        static partial class C
        {
            [Differentiable]
            public static double F(Matrix<double, N16, N16> w, Vector<double, N16> x)
            {
                var sum = 0.0;
                for (var i = 0; i < 3; i++)
                {
                    // Both of them.
                    var product = w * x;
                    sum += Sum(product)
                        + Norm(product);
                }

                return sum;
            }
        }
        """);

    [Fact]
    public Task Fix_MakesABlockOfAnExpression() => Check.Fix<CostAnalyzer, CostFix>(
        """
        static partial class C
        {
            [Differentiable]
            public static double F(Matrix<double, N16, N16> w, Vector<double, N16> x)
                => Sum(w * x)
                    + Norm({|GRAD5003:w * x|}); // Both.
        }
        """,
        """
        static partial class C
        {
            [Differentiable]
            public static double F(Matrix<double, N16, N16> w, Vector<double, N16> x)
            {
                var product = w * x;
                return Sum(product)
                    + Norm(product);
            } // Both.
        }
        """);

    [Theory]
    [InlineData("if (isOn) return Sum(w * x) + Norm({|GRAD5003:w * x|}); return s;")]
    [InlineData("return isOn ? Sum(w * x) + Norm({|GRAD5003:w * x|}) : s;")]
    public Task WithoutABlock_NoFixIsOffered(string statements) => Check.Fix<CostAnalyzer, CostFix>(Method(statements), Method(statements));

    private static string Method(string statements) => $$"""
        static partial class C
        {
            [Differentiable]
            public static double F({{Parameters}}) { {{statements}} }

            static double Helper(Vector<double, N16> x) => Sum(x);

            static void Change(ref Vector<double, N16> x) => x = 2 * x;
        }
        """;
}
