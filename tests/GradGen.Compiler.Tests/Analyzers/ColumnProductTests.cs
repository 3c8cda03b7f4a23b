namespace GradGen.Compiler.Tests.Analyzers;

/// <summary>GRAD1004: product of two column vectors.</summary>
public class ColumnProductTests
{
    [Fact]
    public Task EqualColumns_HaveThreeProducts() => Check.Statements(
        "var g = {|GRAD1004:x * d|};", "",
        "Cannot multiply two column vectors, 2×1 by 2×1: Dot (xᵀ·y) gives 1×1, Outer (x·yᵀ) gives 2×2, Hadamard (x ⊙ y) gives 2×1.");

    [Fact]
    public Task ColumnsOfDifferentSize_HaveOne() => Check.Statements(
        "var g = {|GRAD1004:x * y|};", "Vector<double, N2> x, Vector<double, N3> y",
        "Cannot multiply two column vectors, 2×1 by 3×1: Outer (x·yᵀ) gives 2×3.");

    [Fact]
    public Task WhereTheResultIsDeclared_ThatOneIsNamed() => Check.Shapes("""
        class C { double M(Vector<double, N2> x, Vector<double, N2> y, Matrix<double, N2, N2> w) => Sum(w + ({|GRAD1004:x * y|})); }
        """,
        "Cannot multiply two column vectors, 2×1 by 2×1: Dot (xᵀ·y) gives 1×1, Outer (x·yᵀ) gives 2×2, Hadamard (x ⊙ y) gives 2×1."
        + " 'Dot(x, y)' gives a scalar. 'Outer(x, y)' gives 2×2.");

    [Theory]
    [InlineData("x.T * d")]
    [InlineData("x * d.T")]
    [InlineData("Outer(x, d)")]
    [InlineData("x * (w3 * d)")] // by a single entry
    public Task OtherProductsOfColumns_AreSilent(string product) => Check.Statements($"var g = {product};");

    [Theory]
    [InlineData("Dot", "var g = Dot(x, d);")]
    [InlineData("Outer", "var g = Outer(x, d);")]
    [InlineData("Hadamard", "var g = Hadamard(x, d);")]
    public Task EachProduct_CanBeChosen(string key, string after) => Check.Repair(key, "var g = {|GRAD1004:x * d|};", after);

    [Fact]
    public Task OuterProductOfMatrices_IsWrittenWithATranspose() => Check.Repair(
        "TransposeRight", "var g = {|GRAD1004:x * y|};", "var g = x * y.T;", "Matrix<double, N2, N1> x, Matrix<double, N2, N1> y");

    [Fact]
    public Task FixAll_InOneDocument() => Check.Repair(
        "Hadamard",
        "var g = {|GRAD1004:x * d|} + {|GRAD1004:d * x|};",
        "var g = Hadamard(x, d) + Hadamard(d, x);");
}
