namespace GradGen.Compiler.Tests.Analyzers;

/// <summary>GRAD1007: a square matrix is required.</summary>
public class NotSquareTests
{
    [Fact]
    public Task TraceDiagonalIdentityAndForms() => Check.Statements("""
        var a = {|GRAD1007:Trace(w3)|};
        var b = {|GRAD1007:Diagonal(w3)|};
        var c = {|GRAD1007:Matrix<double, N2, N3>.Identity()|};
        var e = {|GRAD1007:QuadraticForm(x, w3)|};
        """, "",
        "Trace needs a square matrix, got 1×2.",
        "Diagonal needs a square matrix, got 1×2.",
        "Identity needs a square matrix, got 2×3.",
        "QuadraticForm needs a 2×2 matrix for a vector of 2 entries, got 1×2.");

    [Fact]
    public Task SquareMatrices_AreSilent() => Check.Statements(
        "var a = Trace(w1); var b = Diagonal(w3.T * w3); var c = Matrix<double, N2, N2>.Identity(); var e = QuadraticForm(x, w1);");

    [Fact]
    public Task TraceOfAWrongProduct_IsNotReportedAgain() => Check.Statements("var a = Trace({|GRAD1001:d * w2|});");
}
