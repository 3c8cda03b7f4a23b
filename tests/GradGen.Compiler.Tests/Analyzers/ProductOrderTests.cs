using GradGen.CodeFixes;
using GradGen.Compiler.Analyzers;

namespace GradGen.Compiler.Tests.Analyzers;

/// <summary>GRAD5001: chains of products, with the counts of both orders.</summary>
public class ProductOrderTests
{
    private const string Parameters =
        "Matrix<double, N6, N6> a, Matrix<double, N6, N6> b, Matrix<double, N6, N6> c, Vector<double, N6> v, Vector<double, N6> u, Matrix<double, N6, N1> k, double s";

    [Theory]
    [InlineData("{|GRAD5001:a * b * v|}", "'(a * b) * v' takes 252 multiplications, 'a * (b * v)' 72 (6×6, 6×6, 6×1)")]
    [InlineData("{|GRAD5001:(a * b) * v|}", "'(a * b) * v' takes 252 multiplications, 'a * (b * v)' 72 (6×6, 6×6, 6×1)")]
    [InlineData("{|GRAD5001:a * b * c * v|}", "'((a * b) * c) * v' takes 468 multiplications, 'a * (b * (c * v))' 108 (6×6, 6×6, 6×6, 6×1)")]
    [InlineData("Sum({|GRAD5001:a * b * c.T * (v.T * a).T|}) * v", "'((a * b) * c.T) * (a.T * v)' takes 504 multiplications, 'a * (b * (c.T * (a.T * v)))' 144 (6×6, 6×6, 6×6, 6×6, 6×1)")]
    [InlineData("{|GRAD5001:(a * b).T * v|}", "'(b.T * a.T) * v' takes 252 multiplications, 'b.T * (a.T * v)' 72 (6×6, 6×6, 6×1)")]
    [InlineData("{|GRAD5001:Transpose(a.T * b) * v|}", "'(b.T * a) * v' takes 252 multiplications, 'b.T * (a * v)' 72 (6×6, 6×6, 6×1)")]
    [InlineData("{|GRAD5001:2 * (a * b) * v|}", "'(a * b) * v' takes 252 multiplications, 'a * (b * v)' 72 (6×6, 6×6, 6×1)")]
    [InlineData("{|GRAD5001:2 * a * b * v|}", "'(2 * a * b) * v' takes 252 multiplications, '2 * a * (b * v)' 72 (6×6, 6×6, 6×1)")]
    [InlineData("2 * ({|GRAD5001:a * b * v|})", "'(a * b) * v' takes 252 multiplications, 'a * (b * v)' 72 (6×6, 6×6, 6×1)")]
    [InlineData("{|GRAD5001:(a + b) * Hadamard(a, b) * v|}", "'((a + b) * Hadamard(a, b)) * v' takes 252 multiplications, '(a + b) * (Hadamard(a, b) * v)' 72 (6×6, 6×6, 6×1)")]
    public Task DearOrder_IsNamedWithBothCounts(string expression, string message) => Check.Analyzer<CostAnalyzer>(Method(expression), message);

    [Theory]
    [InlineData("a * (b * v)")]
    [InlineData("a * (b * (c * v))")]
    [InlineData("v * (v.T * u)")]
    [InlineData("v * v.T * u")] // 60 fewer: not worth a word.
    [InlineData("Hadamard(a, b) * v")]
    [InlineData("2 * a * v")]
    [InlineData("s * v * s")]
    [InlineData("(a + b) * v")] // a·v + b·v would be two products.
    [InlineData("Hadamard(a * v, b * u)")]
    public Task BestOrder_IsSilent(string expression) => Check.Analyzer<CostAnalyzer>(Method(expression));

    [Theory]
    [InlineData("public static Vector<double, N2> F(Matrix<double, N2, N2> a, Matrix<double, N2, N2> b, Vector<double, N2> v) => a * b * v;")] // 12 and 8.
    [InlineData("public static Matrix<double, N6, N6> F(Matrix<double, N6, N6> a, Matrix<double, N6, N6> b, Matrix<double, N6, N5> v) => a * b * v * v.T;")] // 576 and 540.
    public Task SmallGain_IsSilent(string method) => Check.Analyzer<CostAnalyzer>($$"""static partial class C { [Differentiable] {{method}} }""");

    [Fact]
    public Task MethodThatIsNotDifferentiable_IsSilent() => Check.Analyzer<CostAnalyzer>(
        $"static partial class C {{ public static Vector<double, N6> F({Parameters}) => a * b * v; }}");

    [Fact]
    public Task SizesThatAreNotKnown_AreSilent() => Check.Analyzer<CostAnalyzer>("""
        static partial class C<TSize> where TSize : struct, IDimension
        {
            [Differentiable]
            public static Vector<double, TSize> F(Matrix<double, TSize, TSize> a, Matrix<double, TSize, TSize> b, Vector<double, TSize> v) => a * b * v;
        }
        """);

    [Fact]
    public async Task ShapesThatDoNotFit_AreAnothersAffair() => Assert.Empty(await Check.Diagnostics<CostAnalyzer>(
        "static partial class C { [Differentiable] public static object F(Matrix<double, N6, N6> a, Matrix<double, N5, N6> b, Vector<double, N6> v) => a * b * v; }"));

    [Fact]
    public Task ProductThatIsUsedElsewhere_IsBetterShared() => Check.Analyzer<CostAnalyzer>(Block("var t = Trace(a * b); return t * ({|GRAD5003:a * b|} * v);"));

    [Fact]
    public Task ProductThatOnlyDearChainsShare_IsWrittenInAnotherOrder() => Check.Analyzer<CostAnalyzer>(
        Method("{|GRAD5001:a * b * v|} + {|GRAD5001:a * b * u|}"));

    [Fact]
    public Task ProductThatManyChainsShare_IsBetterShared() => Check.Analyzer<CostAnalyzer>(
        Method(string.Join(" + ", Enumerable.Range(1, 8).Select(i => i == 2 ? "{|GRAD5003:a * b|} * (v + 2 * u)" : $"a * b * (v + {i} * u)"))));

    [Fact]
    public async Task Operands_AreShownWhereTheyAreDeclared()
    {
        var found = Assert.Single(await Check.Diagnostics<CostAnalyzer>(Check.Plain(Method("a * b * v"))));
        Assert.Equal(3, found.AdditionalLocations.Count);
        Assert.Equal(("252", "72"), (found.Properties["Written"], found.Properties["Best"]));
    }

    [Theory]
    [InlineData("{|GRAD5001:a * b * v|}", "a * (b * v)")]
    [InlineData("{|GRAD5001:a * b * c * v|}", "a * (b * (c * v))")]
    [InlineData("2 * ({|GRAD5001:(a * b) * v|})", "2 * (a * (b * v))")]
    [InlineData("{|GRAD5001:2 * (a * b) * v|}", "2 * (a * (b * v))")]
    [InlineData("{|GRAD5001:2 * a * b * v|}", "2 * a * (b * v)")]
    [InlineData("{|GRAD5001:a * (s + 1) * b * v|}", "a * (s + 1) * (b * v)")]
    [InlineData("{|GRAD5001:(a * b).T * v|}", "b.T * (a.T * v)")]
    [InlineData("{|GRAD5001:(a.T * (b + c)).T * v|}", "(b + c).T * (a * v)")]
    [InlineData("Tanh({|GRAD5001:a * b * Sigmoid({|GRAD5001:b * c * v|})|})", "Tanh(a * (b * Sigmoid(b * (c * v))))")]
    [InlineData("{|GRAD5001:a * b * v|} + {|GRAD5001:b * c * u|}", "a * (b * v) + b * (c * u)")]
    public Task Fix_KeepsTheOperands(string before, string after) => Check.Fix<CostAnalyzer, CostFix>(Method(before), Method(after));

    [Fact]
    public Task Comment_IsNotLost() => Check.Fix<CostAnalyzer, CostFix>(
        Method("{|GRAD5001:a * b /* the filter */ * v|}"), Method("{|GRAD5001:a * b /* the filter */ * v|}"));

    [Fact]
    public Task AnotherType_IsNotOffered() => Check.Fix<CostAnalyzer, CostFix>(
        Method("{|GRAD5001:a * b * (v.T * c).T|}", "Matrix<double, N6, N1>"), Method("{|GRAD5001:a * b * (v.T * c).T|}", "Matrix<double, N6, N1>"));

    [Fact]
    public async Task Counts_AreThoseOfTryingAllOrders()
    {
        var random = new Random(1);
        var sizes = Enumerable.Range(0, 40).Select(_ => Enumerable.Range(0, random.Next(4, 8)).Select(_ => random.Next(1, 33)).ToArray()).ToList();
        var methods = sizes.Select((s, number) =>
        {
            var parameters = string.Join(", ", Enumerable.Range(0, s.Length - 1).Select(i => $"Matrix<double, N{s[i]}, N{s[i + 1]}> m{i}"));
            return $"[Differentiable] public static Matrix<double, N{s[0]}, N{s[^1]}> F{number}({parameters}) => {string.Join(" * ", Enumerable.Range(0, s.Length - 1).Select(i => "m" + i))};";
        });
        var found = await Check.Diagnostics<CostAnalyzer>("static partial class C {\n" + string.Join("\n", methods) + "\n}");
        var expected = sizes.Select((s, number) => (Line: number + 1, Written: LeftToRight(s), Best: Fewest(s, 0, s.Length - 1)))
            .Where(e => e.Written - e.Best >= 64 && 3 * e.Best <= 2 * e.Written).Select(e => (e.Line, $"{e.Written:#,0}", $"{e.Best:#,0}")).ToList();
        Assert.InRange(expected.Count, 10, 35); // Some of them, and not all.
        Assert.Equal(expected, found.Select(d => (d.Location.GetLineSpan().StartLinePosition.Line, d.Properties["Written"]!, d.Properties["Best"]!)));

        static long LeftToRight(int[] s) => Enumerable.Range(1, s.Length - 2).Sum(k => (long)s[0] * s[k] * s[k + 1]);

        static long Fewest(int[] s, int from, int to) => to - from == 1 ? 0
            : Enumerable.Range(from + 1, to - from - 1).Min(k => Fewest(s, from, k) + Fewest(s, k, to) + ((long)s[from] * s[k] * s[to]));
    }

    private static string Method(string expression, string type = "Vector<double, N6>") =>
        $"static partial class C {{ [Differentiable] public static {type} F({Parameters}) => {expression}; }}";

    private static string Block(string statements) =>
        $$"""static partial class C { [Differentiable] public static Vector<double, N6> F({{Parameters}}) { {{statements}} } }""";
}
