using GradGen.CodeFixes;
using GradGen.Compiler.Analyzers;

namespace GradGen.Compiler.Tests.Analyzers;

/// <summary>C#'s own CS0029, CS0266 and CS1503 on matrices: fixes, and no second error.</summary>
public class DestinationTests
{
    private static Task Fixed(string key, string before, string after, string parameters = "") => Members(
        key, $"void M({(parameters.Length > 0 ? parameters : Check.Network)}) {{ {before} }}", $"void M({(parameters.Length > 0 ? parameters : Check.Network)}) {{ {after} }}");

    private static Task Members(string key, string before, string after) => Check.Fix<ShapeAnalyzer, DestinationFix>(
        $"class C {{ {before} static void Take(Vector<double, N2> v) {{ }} static void Row(Matrix<double, N1, N2> r) {{ }} }}",
        $"class C {{ {after} static void Take(Vector<double, N2> v) {{ }} static void Row(Matrix<double, N1, N2> r) {{ }} }}", "GradGen." + key);

    private static Task NotOffered(string key, string statements) => Fixed(key, statements, statements);

    [Theory]
    [InlineData("Matrix<double, N1, N2> g = {|CS0029:x|};", "Matrix<double, N1, N2> g = x.T;")]
    [InlineData("Matrix<double, N1, N2> g = {|CS0029:x + d|};", "Matrix<double, N1, N2> g = (x + d).T;")]
    [InlineData("Vector<double, N2> g = {|CS0029:x.T|};", "Vector<double, N2> g = x;")]
    [InlineData("Matrix<double, N2, N1> g; g = {|CS0029:w3|};", "Matrix<double, N2, N1> g; g = w3.T;")]
    [InlineData("Take({|CS1503:x.T|});", "Take(x);")]
    [InlineData("Row({|CS1503:w1 * x|});", "Row((w1 * x).T);")]
    [InlineData("Func<Matrix<double, N1, N2>> f = () => {|CS1662:{|CS0029:x|}|};", "Func<Matrix<double, N1, N2>> f = () => x.T;")]
    public Task Value_IsTransposed(string before, string after) => Fixed("TransposeValue", before, after);

    [Theory]
    [InlineData("Matrix<double, N1, N2> F(Vector<double, N2> x) => {|CS0029:x|};", "Matrix<double, N1, N2> F(Vector<double, N2> x) => x.T;")]
    [InlineData("Matrix<double, N1, N2> F(Vector<double, N2> x) { return {|CS0029:-x|}; }", "Matrix<double, N1, N2> F(Vector<double, N2> x) { return (-x).T; }")]
    [InlineData("Matrix<double, R, K> F<R, K>(Matrix<double, K, R> w) where R : struct, IDimension where K : struct, IDimension => {|CS0029:w|};",
        "Matrix<double, R, K> F<R, K>(Matrix<double, K, R> w) where R : struct, IDimension where K : struct, IDimension => w.T;")]
    public Task Result_IsTransposed(string before, string after) => Members("TransposeValue", before, after);

    [Theory]
    [InlineData("Vector<double, N2> g = {|CS0029:x.T * w1|};", "Vector<double, N2> g = (x.T * w1).Flatten<N2>();")]
    [InlineData("Take({|CS1503:w3|});", "Take(w3.Flatten<N2>());")]
    public Task RowThatIsMeantAsAVector_BecomesOne(string before, string after) => Fixed("AsVector", before, after);

    [Theory]
    [InlineData("double y = {|CS0266:w3 * x|};", "double y = (double)(w3 * x);")]
    [InlineData("var z = w3 * x; double y = {|CS0266:z|};", "var z = w3 * x; double y = (double)z;")]
    [InlineData("var y = Math.Sqrt({|CS1503:x.T * x|});", "var y = Math.Sqrt((double)(x.T * x));")]
    public Task OneNumber_IsTakenOut(string before, string after) => Fixed("OnlyEntry", before, after);

    [Fact]
    public Task OneNumberOfFloats_IsAFloat() => Fixed(
        "OnlyEntry", "double y = {|CS0266:x.T * x|}; float z = {|CS0266:x.T * x|};", "double y = (float)(x.T * x); float z = (float)(x.T * x);", "Vector<float, N2> x");

    [Theory]
    [InlineData("Vector<double, N2> g = {|CS0029:x.T|};", "Matrix<double, N1, N2> g = x.T;")]
    [InlineData("Vector<double, N2> g = {|CS0029:w1|}; var h = {|GRAD1002:g + w2|};", "Matrix<double, N2, N2> g = w1; var h = g + w2;")]
    [InlineData("Vector<double, N2> g; g = {|CS0029:w1 * w2|}; Row({|CS1503:w3 * g|});", "Matrix<double, N2, N2> g; g = w1 * w2; Row(w3 * g);")]
    [InlineData("Vector<double, N2> g = {|CS0029:x.T|}; Take(g);", "Vector<double, N2> g = {|CS0029:x.T|}; Take(g);")] // Its use does not fit then.
    [InlineData("Matrix<double, N1, N2> g = {|CS0029:x|}; g = {|CS0029:d|};", "Vector<double, N2> g = x; g = d;")] // Two say so: the transpose is not offered.
    [InlineData("double y = {|CS0266:w3 * x|};", "Vector<double, N1> y = w3 * x;")]
    public Task DeclaredType_IsChanged(string before, string after) => Fixed("DeclaredType", before, after);

    [Theory]
    [InlineData("TransposeValue", "Vector<double, N2> g = {|CS0029:{|GRAD1001:d * w2|}|};")] // The product is mended first.
    [InlineData("DeclaredType", "Vector<double, N2> g = {|CS0029:{|GRAD1001:d * w2|}|};")]
    [InlineData("TransposeValue", "Matrix<double, N1, N2> g = {|CS0029:w1|};")]
    [InlineData("TransposeValue", "Vector<double, N2> g = {|CS0029:w3|};")] // 2×1, but no vector.
    [InlineData("OnlyEntry", "double y = {|CS0266:x|};")]
    [InlineData("DeclaredType", "string s = {|CS0029:1|}; int i = {|CS0266:1L|};")]
    public Task NothingThatDoesNotHelp_IsOffered(string key, string statements) => NotOffered(key, statements);

    [Fact]
    public Task FixAll_InOneDocument() => Fixed(
        "TransposeValue", "Row({|CS1503:x|}); Take({|CS1503:x.T|}); Row({|CS1503:x + d|});", "Row(x.T); Take(x); Row((x + d).T);");
}
