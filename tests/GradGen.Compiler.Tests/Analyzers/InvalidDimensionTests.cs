using GradGen.CodeFixes;
using GradGen.Compiler.Analyzers;

namespace GradGen.Compiler.Tests.Analyzers;

/// <summary>GRAD0004: a dimension without its interface or size.</summary>
public class InvalidDimensionTests
{
    [Fact]
    public Task WithoutInterface() => Check.Analyzer<DimensionAnalyzer>(
        "[Dimension(784)] public readonly partial struct {|GRAD0004:Pixels|};",
        "'Pixels' has [Dimension(784)] but does not name IDimension: write 'partial struct Pixels : IDimension'");

    [Fact]
    public Task NotPartial_AndWithoutSize() => Check.Analyzer<DimensionAnalyzer>(
        "[Dimension(784)] public readonly struct {|GRAD0004:Pixels|} : {|CS0535:IDimension|};",
        "'Pixels' has [Dimension(784)] but is not partial, so that GradGen cannot write its Size: write 'partial struct Pixels : IDimension'");

    [Fact]
    public Task InsideATypeThatIsNotPartial() => Check.Analyzer<DimensionAnalyzer>(
        "class Model { [Dimension(784)] public readonly partial struct {|GRAD0004:Pixels|} : {|CS0535:IDimension|}; }",
        "'Pixels' has [Dimension(784)] but 'Model' around it is not partial, so that GradGen cannot write its Size");

    [Theory]
    [InlineData("0")]
    [InlineData("-3")]
    public Task SizeBelowOne(string size) => Check.Analyzer<DimensionAnalyzer>(
        $"[Dimension({{|GRAD0004:{size}|}})] public readonly struct Pixels : IDimension {{ public static int Size => 1; }}",
        $"'Pixels' has [Dimension({size})]: a size is at least 1");

    [Fact]
    public Task MatrixWithTooManyEntries() => Check.Analyzer<DimensionAnalyzer>(
        """
        [Dimension(65536)] public readonly struct Many : IDimension { public static int Size => 65536; }
        class C { {|GRAD0004:Matrix<float, Many, Many>|} M() => new(); Matrix<float, Many, N1> Fits() => new(); }
        """,
        "A matrix cannot be 65536×65536: it would have more than 2147483647 entries.");

    [Fact]
    public Task SumThatIsTooLarge() => Check.Analyzer<DimensionAnalyzer>(
        """
        [Dimension(2147483647)] public readonly struct Most : IDimension { public static int Size => 2147483647; }
        class C { void M(Vector<float, {|GRAD0004:Plus<Most, N1>|}> x) { } }
        """,
        "'Plus<Most, N1>' cannot be a dimension: its size would be 2147483648, more than 2147483647.");

    [Fact]
    public Task WithoutAttribute_InADifferentiableMethod_IsReportedOnce() => Check.Analyzer<DimensionAnalyzer>(
        """
        public readonly struct Hidden : IDimension { public static int Size => 3; }
        static partial class C
        {
            [Differentiable]
            public static double Loss(Matrix<double, {|GRAD0004:Hidden|}, N2> w, Vector<double, Hidden> x) => 0;
            public static double Other(Vector<double, Hidden> x) => 0;
        }
        """,
        "'Hidden' has no [Dimension(n)]: 'Loss' is differentiated when the program is compiled, and needs to know the size then");

    [Theory]
    [InlineData("[Dimension(3)] public readonly partial struct Own : IDimension { public static int Size => 3; }")]
    [InlineData("[Dimension(3)] public readonly struct Own : IDimension { public static int Size => 3; }")]
    [InlineData("[Dimension(3)] public readonly struct Own : IDimension { static int IDimension.Size => 3; }")]
    [InlineData("[Dimension(3)] public readonly partial struct Own : {|CS0535:IDimension|};")] // the generator writes its Size
    [InlineData("public readonly struct Own : IDimension { public static int Size => 3; }")]
    [InlineData("[{|CS7036:Dimension|}] public struct Own;")]
    [InlineData("[Dimension({|CS1503:\"3\"|})] public struct Own;")]
    public Task RightOrUnfinished_IsSilent(string code) => Check.Analyzer<DimensionAnalyzer>(code);

    [Fact]
    public async Task UnfinishedCode_NeverCrashes()
    {
        const string Whole = "[Dimension(3)] readonly partial struct A : IDimension; "
            + "class C { [Differentiable] double F(Matrix<double, A, Plus<A, N1>> a) => 1; }";
        for (var length = 0; length < Whole.Length; length += 3)
        {
            Assert.DoesNotContain(await Check.Diagnostics<DimensionAnalyzer>(Whole[..length]), d => d.Id == "AD0001");
        }
    }

    [Theory]
    [InlineData("public readonly struct {|GRAD0004:Pixels|};", "public readonly partial struct Pixels : {|CS0535:IDimension|};")]
    [InlineData("public partial struct {|GRAD0004:Pixels|}\n{\n}", "public partial struct Pixels : {|CS0535:IDimension|}\n{\n}")]
    [InlineData("public struct {|GRAD0004:Pixels|} : IDisposable { public void Dispose() { } public static int Size => 7; }",
        "public struct Pixels : IDisposable, IDimension { public void Dispose() { } public static int Size => 7; }")]
    [InlineData("record struct {|GRAD0004:Pixels|}();", "partial record struct Pixels() : {|CS0535:IDimension|};")]
    public Task Fix_AddsWhatIsMissing(string before, string after) =>
        Check.Fix<DimensionAnalyzer, DimensionFix>("[Dimension(7)] " + before, "[Dimension(7)] " + after);

    [Fact]
    public Task Fix_MakesTheTypesAroundPartial() => Check.Fix<DimensionAnalyzer, DimensionFix>(
        "class Model { [Dimension(7)] struct {|GRAD0004:A|}; [Dimension(7)] partial struct {|GRAD0004:B|}; }",
        "partial class Model { [Dimension(7)] partial struct A : {|CS0535:IDimension|}; [Dimension(7)] partial struct B : {|CS0535:IDimension|}; }");
}
