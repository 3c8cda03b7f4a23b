using GradGen.CodeFixes;
using GradGen.Compiler.Analyzers;

namespace GradGen.Compiler.Tests.Analyzers;

/// <summary>GRAD1010 with its fix, and shape messages that say the names of sizes.</summary>
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

    /// <summary>What is declared in C, with M's parameters and body.</summary>
    private static string InClass(string members) => $$"""
        [Dimension(8)] public readonly struct Hidden : IDimension { public static int Size => 8; }
        [Dimension(8)] public readonly struct Features : IDimension { public static int Size => 8; }
        public static class C
        {
            {{members}}
        }
        """;

    private static Task Fixed(string before, string after, string key) =>
        Check.Fix<ShapeAnalyzer, DimensionNameFix>(InClass(before), InClass(after), "GradGen." + key);

    [Theory]
    [InlineData("LeftDimension", "static object M(Matrix<double, N5, Features> w, Vector<double, Features> x) => w * x;")]
    [InlineData("RightDimension", "static object M(Matrix<double, N5, Hidden> w, Vector<double, Hidden> x) => w * x;")]
    public Task Parameter_GetsTheOthersDimension(string key, string after) =>
        Fixed("static object M(Matrix<double, N5, Hidden> w, Vector<double, Features> x) => {|GRAD1010:w * x|};", after, key);

    [Theory]
    [InlineData("Vector<double, Features> x = new(); return {|GRAD1010:x + h|};", "Vector<double, Hidden> x = new(); return x + h;")]
    [InlineData("GradGen.Vector<double, Features> x = [1, 2, 3, 4, 5, 6, 7, 8]; return {|GRAD1010:x.T * h|};", "GradGen.Vector<double, Hidden> x = [1, 2, 3, 4, 5, 6, 7, 8]; return x.T * h;")]
    [InlineData("Matrix<double, Features, N2> x = new(); return {|GRAD1010:x.T * h|};", "Matrix<double, Hidden, N2> x = new(); return x.T * h;")]
    public Task Local_GetsTheOthersDimension(string before, string after) => Fixed(
        $"static object M(Vector<double, Hidden> h) {{ {before} }}", $"static object M(Vector<double, Hidden> h) {{ {after} }}", "LeftDimension");

    [Fact]
    public Task FieldAndProperty_GetTheOthersDimension() => Fixed(
        "static readonly Vector<double, Features> F = new(); static Vector<double, Hidden> P => new(); static object M() => {|GRAD1010:F + P|};",
        "static readonly Vector<double, Hidden> F = new(); static Vector<double, Hidden> P => new(); static object M() => F + P;", "LeftDimension");

    /// <summary>Two are mixed with one: that one is changed, and the other two are right.</summary>
    [Fact]
    public Task WhatLeavesNothingMixed_IsOfferedAlone() => Fixed(
        "static object M(Matrix<double, N5, Hidden> w, Vector<double, Features> x, Vector<double, Features> y) => ({|GRAD1010:w * x|}) + ({|GRAD1010:w * y|});",
        "static object M(Matrix<double, N5, Features> w, Vector<double, Features> x, Vector<double, Features> y) => (w * x) + (w * y);", "LeftDimension");

    /// <summary>What else uses it would not fit then, or nobody has written its type here.</summary>
    [Theory]
    [InlineData("static object M(Matrix<double, Hidden, Hidden> w, Vector<double, Features> x) => ({|GRAD1010:w * x|}) + w * Other(x, new()); static Vector<double, Hidden> Other(Vector<double, Features> x, Matrix<double, Hidden, Hidden> w) => new();", "LeftDimension")]
    [InlineData("static object M(Matrix<double, N5, Hidden> w, Vector<double, Features> x) => {|GRAD1010:w * x|}; static object N(Vector<double, Features> x) => M(new(), x);", "RightDimension")]
    [InlineData("static object M(Matrix<double, N5, Hidden> w, Vector<double, Features> x, Vector<double, Hidden> h) => ({|GRAD1010:w * x|}) + w * h;", "LeftDimension")]
    [InlineData("static object M(Vector<double, Hidden> h) { var x = new Vector<double, Features>(); return {|GRAD1010:x + h|}; }", "LeftDimension")]
    [InlineData("static object M(Vector<double, Hidden> h, Vector<double, Features> x) => {|GRAD1010:2.0 * x + h|};", "LeftDimension")]
    public Task WhatWouldNotFit_IsNotOffered(string file, string key) => Fixed(file, file, key);
}
