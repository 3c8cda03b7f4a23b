using GradGen.CodeFixes;
using GradGen.Compiler.Analyzers;

namespace GradGen.Compiler.Tests.Analyzers;

/// <summary>Fixes for what C# itself reports: a value that goes to a place of another shape.</summary>
public class ConversionFixTests
{
    private static string InClass(string members) => $$"""
        public static class C
        {
            {{members}}
        }
        """;

    private static Task Fixed(string before, string after, string key) =>
        Check.Fix<ShapeAnalyzer, ConversionFix>(InClass(before), InClass(after), "GradGen." + key);

    private const string Parameters = "Matrix<double, N2, N3> a, Vector<double, N3> x, Matrix<double, N1, N3> r";

    [Theory]
    [InlineData("Matrix<double, N3, N2> g = {|CS0029:a|};", "Matrix<double, N3, N2> g = a.T;")]
    [InlineData("Matrix<double, N3, N2> g; g = {|CS0029:2 * a|};", "Matrix<double, N3, N2> g; g = (2 * a).T;")]
    [InlineData("Matrix<double, N1, N3> g = {|CS0029:x|};", "Matrix<double, N1, N3> g = x.T;")]
    [InlineData("Matrix<double, N2, N3> g = {|CS0029:a.T|};", "Matrix<double, N2, N3> g = a;")]
    public Task Value_IsTransposed(string before, string after) => Fixed(
        $"public static void M({Parameters}) {{ {before} }}", $"public static void M({Parameters}) {{ {after} }}", "Transpose");

    [Fact]
    public Task Result_IsTransposed() => Fixed(
        $"public static Matrix<double, N3, N2> M({Parameters}) => {{|CS0029:a|}};", $"public static Matrix<double, N3, N2> M({Parameters}) => a.T;", "Transpose");

    [Fact]
    public Task Argument_IsTransposed() => Fixed(
        $"static void Use(Matrix<double, N3, N2> g) {{ }} public static void M({Parameters}) => Use({{|CS1503:a|}});",
        $"static void Use(Matrix<double, N3, N2> g) {{ }} public static void M({Parameters}) => Use(a.T);", "Transpose");

    [Theory]
    [InlineData("double s = {|CS0266:r * x|};", "double s = (double)(r * x);")]
    [InlineData("double s; s = {|CS0266:r * x|};", "double s; s = (double)(r * x);")]
    public Task OneEntry_IsTakenAsANumber(string before, string after) =>
        Fixed($"public static void M({Parameters}) {{ {before} }}", $"public static void M({Parameters}) {{ {after} }}", "AsScalar");

    [Fact]
    public Task Local_IsDeclaredWithTheValuesType() => Fixed(
        $"public static void M({Parameters}) {{ Matrix<double, N3, N2> g = {{|CS0029:2 * a|}}; var h = {{|GRAD1001:g * x|}}; }}",
        $"public static void M({Parameters}) {{ Matrix<double, N2, N3> g = 2 * a; var h = g * x; }}", "DeclareAs");

    [Fact]
    public Task Local_IsNotDeclaredAnew_WhereItsUsesWouldNotFit()
    {
        var file = InClass($"public static void M({Parameters}) {{ Matrix<double, N3, N2> g = {{|CS0029:a|}}; Matrix<double, N3, N2> h = g; }}");
        return Check.Fix<ShapeAnalyzer, ConversionFix>(file, file, "GradGen.DeclareAs");
    }

    [Fact]
    public Task NothingIsOffered_WhereNothingFits()
    {
        var file = InClass($"public static Matrix<double, N5, N2> M({Parameters}) => {{|CS0029:a|}};");
        return Check.Fix<ShapeAnalyzer, ConversionFix>(file, file);
    }
}
