namespace GradGen.Compiler.Tests.Analyzers;

/// <summary>GRAD1002: shapes must be equal.</summary>
public class DifferentShapesTests
{
    [Fact]
    public Task SumOfColumnAndRow_OffersEachTranspose() => Check.Statements(
        "var g = {|GRAD1002:x + w3|};", "",
        "'+' needs equal shapes: the left side is 2×1, the right side 1×2. 'x.T + w3' gives 1×2. 'x + w3.T' gives 2×1.");

    [Fact]
    public Task DifferenceInPlace_OffersTheRightSide() => Check.Statements(
        "{|GRAD1002:x -= w3|};", "",
        "'-' needs equal shapes: the left side is 2×1, the right side 1×2. 'x -= w3.T' gives 2×1.");

    [Fact]
    public Task Bias_IsAddedToEveryColumn() => Check.Statements(
        "var g = {|GRAD1002:z + b|}; var h = {|GRAD1002:b + z|};", "Matrix<double, N2, N5> z, Vector<double, N2> b",
        "'+' needs equal shapes: the left side is 2×5, the right side 2×1. 'AddBias(z, b)' gives 2×5.",
        "'+' needs equal shapes: the left side is 2×1, the right side 2×5. 'AddBias(z, b)' gives 2×5.");

    [Fact]
    public Task Function_IsNamedAsWritten() => Check.Statements(
        "var g = {|GRAD1002:Hadamard(x, w3)|};", "",
        "Hadamard needs equal shapes: the left side is 2×1, the right side 1×2. 'Hadamard(x.T, w3)' gives 1×2. 'Hadamard(x, w3.T)' gives 2×1.");

    [Fact]
    public Task Cast_NeedsASingleEntry() => Check.Statements(
        "var g = {|GRAD1002:(double)(w1 * x)|}; var h = (double)(x.T * x); var i = (double)(w3 * x);", "",
        "Only a 1×1 matrix is a scalar, got 2×1.");

    [Fact]
    public Task Bias_OfAnotherLength() => Check.Statements(
        "var g = {|GRAD1002:AddBias(z, b)|};", "Matrix<double, N5, N2> z, Vector<double, N2> b",
        "AddBias needs one entry for each row: the matrix is 5×2 and has 5 rows, the vector has 2 entries. 'AddBias(z.T, b)' gives 2×5.");

    [Fact]
    public Task Stacks_NeedOneSizeInCommon() => Check.Statements(
        "var g = {|GRAD1009:HStack(a, b)|}; var h = {|GRAD1009:VStack(a, b)|};", "Matrix<double, N2, N3> a, Matrix<double, N4, N5> b",
        "HStack needs equal numbers of rows: the left side is 2×3, the right side 4×5.",
        "VStack needs equal numbers of columns: the upper side is 2×3, the lower side 4×5.");

    [Fact]
    public Task Reshape_KeepsTheNumberOfEntries() => Check.Statements(
        "var g = {|GRAD1002:w1.Reshape<N3, N1>()|}; var h = w1.Flatten<N4>();", "",
        "Cannot reshape 2×2 to 3×1: 4 entries do not make 3.");

    [Fact]
    public Task LossesAndMasks_AreChecked() => Check.Statements("""
        var a = {|GRAD1002:MeanSquaredError(x, w3)|};
        var b = {|GRAD1002:Greater(x, w3)|};
        var c = {|GRAD1002:Max(w1, w3)|};
        var e = {|GRAD1002:Dot(w1, w3)|};
        """);

    [Theory]
    [InlineData("x + d - x")]
    [InlineData("x + 1.0")]
    [InlineData("1 - w1 / 2")]
    [InlineData("AddBias(w1, x)")]
    [InlineData("Hadamard(x, d)")]
    [InlineData("Where(Greater(x, d), x, d)")]
    public Task EqualShapes_AreSilent(string expression) => Check.Statements($"var g = {expression};");

    [Fact]
    public Task ShapesOfAMistake_AreNotCompared() => Check.Statements("var g = ({|GRAD1001:d * w2|}) + x; var h = Hadamard(g, x);");

    [Theory]
    [InlineData("TransposeLeft", "var g = x.T + w3;")]
    [InlineData("TransposeRight", "var g = x + w3.T;")]
    public Task EachTranspose_CanBeChosen(string key, string after) => Check.Repair(key, "var g = {|GRAD1002:x + w3|};", after);

    [Fact]
    public Task ArgumentsTranspose_CanBeChosen() => Check.Repair(
        "TransposeArgument1", "var g = {|GRAD1002:Hadamard(x, w3)|};", "var g = Hadamard(x, w3.T);");

    [Fact]
    public Task AddBias_CanBeChosen() => Check.Repair(
        "AddBias", "var g = {|GRAD1002:b + z|};", "var g = AddBias(z, b);", "Matrix<double, N2, N5> z, Vector<double, N2> b");

    [Fact]
    public Task InPlace_StaysInPlace() => Check.Repair("TransposeRight", "{|GRAD1002:x -= w3|};", "x -= w3.T;",
        "Matrix<double, N2, N1> x, Matrix<double, N1, N2> w3");
}
