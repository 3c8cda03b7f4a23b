using GradGen.Compiler.Analyzers;

namespace GradGen.Compiler.Tests.Analyzers;

/// <summary>GRAD1010, and shape messages that say the names of sizes.</summary>
public class DimensionNameTests
{
    private static string File(string body, string parameters) => $$"""
        [Dimension(8)] public readonly struct Hidden : IDimension { public static int Size => 8; }
        [Dimension(8)] public readonly struct Features : IDimension { public static int Size => 8; }
        [Dimension(5)] public readonly struct Classes : IDimension { public static int Size => 5; }

        public static class C
        {
            public static object M({{parameters}}) => {{body}};
        }
        """;

    private const string Operands =
        "Matrix<double, Classes, Hidden> w, Matrix<double, Hidden, Features> v, Vector<double, Features> x, Vector<double, Hidden> h, Vector<double, N8> n, Matrix<double, Features, Classes> b, double s";

    [Theory]
    [InlineData("{|GRAD1010:w * x|}")]
    [InlineData("{|GRAD1010:x + h|}")]
    [InlineData("{|GRAD1010:Hadamard(h, x)|}")]
    [InlineData("{|GRAD1010:Dot(x, h)|}")]
    [InlineData("{|GRAD1010:v.T * x|}")]
    [InlineData("w * (s * ({|GRAD1010:h - x|}))")]
    [InlineData("{|GRAD1010:AddBias(b, h)|}")]
    public Task TwoNames_AreMixed(string body) => Check.Shapes(File(body, Operands));

    [Theory]
    [InlineData("w * h")]
    [InlineData("w * n")]
    [InlineData("n + x")]
    [InlineData("w * (v * x)")]
    [InlineData("Outer(h, x)")]
    [InlineData("s * x")]
    [InlineData("w * v.T.T")]
    [InlineData("h * x.T")]
    [InlineData("w * x.Reshape<Hidden, N1>()")]
    public Task OneName_OrANumber_OrSizesThatDoNotGoTogether_AreSilent(string body) => Check.Shapes(File(body, Operands));

    [Fact]
    public Task Message_SaysBothNames() => Check.Shapes(
        File("{|GRAD1010:w * x|}", Operands),
        "'Hidden' and 'Features' are both 8, and two dimensions: the columns of the left side go together with the entries of the right side");

    [Fact]
    public Task MixedNames_WithinAMistake_AreNotReportedToo() => Check.Shapes(
        File("w * ({|GRAD1001:w * w|}) * x", Operands),
        "Cannot multiply 5×8 by 5×8: the left side has 8 columns, the right side 5 rows. Classes is 5 and Hidden is 8. 'w.T * w' gives 8×8.");

    [Fact]
    public async Task Mistake_HasTheDimensionsAsOrigins()
    {
        var diagnostic = Assert.Single(await Check.Diagnostics<ShapeAnalyzer>(File("w + b", Operands)));
        Assert.Equal("GRAD1002", diagnostic.Id);
        Assert.Contains("Classes is 5, Hidden is 8 and Features is 8.", diagnostic.GetMessage(null), StringComparison.Ordinal);
        var origins = diagnostic.AdditionalLocations.Select(l => l.SourceTree!.ToString().Substring(l.SourceSpan.Start, l.SourceSpan.Length));
        Assert.Equal(["Matrix<double, Classes, Hidden>", "Matrix<double, Features, Classes>", "Classes", "Hidden", "Features"], origins);
    }
}
