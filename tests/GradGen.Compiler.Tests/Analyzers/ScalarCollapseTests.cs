namespace GradGen.Compiler.Tests.Analyzers;

/// <summary>GRAD1005: a row times a column is one number.</summary>
public class ScalarCollapseTests
{
    [Fact]
    public Task CollapseBeforeAMatrix_IsTheMistake() => Check.Statements(
        "var g = {|GRAD1005:w3 * x|} * w2;", "",
        "'w3 * x' is 1×2 by 2×1 and gives 1×1, which does not multiply a 2×2: was a product entry by entry meant?"
        + " 'Hadamard(w3, x.T)' gives 1×2. '(double)(w3 * x)' gives a scalar.");

    [Fact]
    public Task CollapseAfterAMatrix_IsTheMistake() => Check.Statements(
        "var g = w2 * ({|GRAD1005:w3 * x|});", "",
        "'w3 * x' is 1×2 by 2×1 and gives 1×1, which does not multiply a 2×2: was a product entry by entry meant?"
        + " 'Hadamard(w3.T, x)' gives 2×1. '(double)(w3 * x)' gives a scalar.");

    [Fact]
    public Task FormulaOfTheQuestion_HasItAtTheFirstCollapse() => Check.Shapes("""
        class C
        {
            static Vector<double, TSize> Slope<TSize>(Vector<double, TSize> z) where TSize : struct, IDimension => Hadamard(Sigmoid(z), 1.0 - Sigmoid(z));

            void M(Matrix<double, N2, N2> w1, Matrix<double, N2, N2> w2, Matrix<double, N1, N2> w3, Vector<double, N2> x)
            {
                var g = {|GRAD1005:Slope(w3 * Sigmoid(w2 * Sigmoid(w1 * x))) * w3 * Slope(w2 * Sigmoid(w1 * x))|} * w2 * Slope(w1 * x) * x;
            }
        }
        """);

    [Theory]
    [InlineData("var g = w3 * x;")]
    [InlineData("var g = w3 * x * w3;")] // δ·hᵀ
    [InlineData("var g = x * (w3 * x);")]
    [InlineData("var g = x.T * w1 * x;")]
    [InlineData("var g = (double)(w3 * x) * w2;")]
    [InlineData("var g = Dot(x, d) * w2;")]
    [InlineData("var g = x.T * d * (x.T * d);")]
    public Task OneNumberThatFits_IsSilent(string statement) => Check.Statements(statement);

    [Fact]
    public Task NumberThatHasAName_IsAProductThatDoesNotFit() => Check.Statements("var y = w3 * x; var g = {|GRAD1001:y * w2|};");

    [Theory]
    [InlineData("HadamardOfRows", "var g = {|GRAD1005:w3 * x|} * w2;", "var g = Hadamard(w3, x.T) * w2;")]
    [InlineData("AsScalar", "var g = {|GRAD1005:w3 * x|} * w2;", "var g = (double)(w3 * x) * w2;")]
    [InlineData("HadamardOfColumns", "var g = w2 * ({|GRAD1005:w3 * x|});", "var g = w2 * (Hadamard(w3.T, x));")]
    public Task EachMeaning_CanBeChosen(string key, string before, string after) => Check.Repair(key, before, after);

    [Fact]
    public Task WhatDoesNotFitItsDestination_IsNotOffered() => Check.Shapes(
        "class C { Matrix<double, N1, N2> M(Matrix<double, N1, N2> w3, Vector<double, N2> x, Matrix<double, N2, N2> w2) => {|GRAD1005:w3 * x|} * w2; }",
        "'w3 * x' is 1×2 by 2×1 and gives 1×1, which does not multiply a 2×2: was a product entry by entry meant? 'Hadamard(w3, x.T)' gives 1×2.");

    [Fact]
    public Task FixAll_InOneDocument() => Check.Repair(
        "HadamardOfRows",
        "var g = {|GRAD1005:w3 * x|} * w2; var h = {|GRAD1005:w3 * d|} * w1;",
        "var g = Hadamard(w3, x.T) * w2; var h = Hadamard(w3, d.T) * w1;");
}
