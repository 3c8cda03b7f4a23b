namespace GradGen.Compiler.Tests.Analyzers;

/// <summary>GRAD1006: index or count out of range.</summary>
public class OutOfRangeTests
{
    [Fact]
    public Task Row_ThatIsNotThere() => Check.Statements(
        "var g = w1[{|GRAD1006:2|}, 0];", "", "A 2×2 matrix has rows 0..1; row 2 was asked for.");

    [Fact]
    public Task Column_ThatIsNotThere() => Check.Statements(
        "const int Last = 5; var g = w1[0, {|GRAD1006:Last|}];", "", "A 2×2 matrix has columns 0..1; column 5 was asked for.");

    [Fact]
    public Task Entry_ThatIsNotThere_ReadOrWritten() => Check.Statements(
        "x[{|GRAD1006:2|}] = x[{|GRAD1006:-1|}];", "",
        "A vector of 2 entries has indices 0..1; index 2 was asked for.",
        "A vector of 2 entries has indices 0..1; index -1 was asked for.");

    [Fact]
    public Task PartsOfAMatrix() => Check.Statements("""
        var a = {|GRAD1006:w1.Block<N2, N2>(1, 1)|};
        var b = x.Slice<N2>({|GRAD1006:1|});
        var c = Row(w1, {|GRAD1006:2|});
        var e = Column(w1, column: {|GRAD1006:2|});
        """, "",
        "A 2×2 block at (1, 1) does not fit in a 2×2 matrix.",
        "A slice of 2 entries at 1 does not fit in a vector of 2 entries.",
        "A 2×2 matrix has rows 0..1; row 2 was asked for.",
        "A 2×2 matrix has columns 0..1; column 2 was asked for.");

    [Fact]
    public Task Literal_WithTooManyRows() => Check.Statements(
        "Matrix<double, N2, N3> w = {|GRAD1006:[[1, 2, 3], [4, 5, 6], [7, 8, 9]]|};", "",
        "Matrix 2×3 takes 2 rows, got 3.");

    [Fact]
    public Task Literal_WithAShortRow() => Check.Statements(
        "Matrix<double, N2, N3> w = [[1, 2, 3], {|GRAD1006:[4, 5]|}];", "",
        "Matrix 2×3 takes 3 entries in each row, got 2 in row 1.");

    [Fact]
    public Task Vector_WithTooManyEntries() => Check.Statements(
        "Vector<double, N2> v = {|GRAD1006:[1, 2, 3]|}; x = {|GRAD1006:[]|};", "",
        "Vector 2×1 takes 2 entries, got 3.",
        "Vector 2×1 takes 2 entries, got 0.");

    [Theory]
    [InlineData("var g = w1[1, 1] + x[1];")]
    [InlineData("for (var i = 0; i < 9; i++) w1[i, i] = x[i];")]
    [InlineData("var g = w1.Block<N1, N2>(1, 0); var h = x.Slice<N1>(1); var r = Row(w1, 1);")]
    [InlineData("Matrix<double, N2, N3> w = [[1, 2, 3], [4, 5, 6]]; Vector<double, N2> v = [1, 2];")]
    [InlineData("double[] more = [1, 2, 3]; Vector<double, N2> v = [..more]; Matrix<double, N2, N2> w = [[..more], [1, 2]];")]
    [InlineData("var n = nameof(x); var g = Matrix<double, N2, N2>.Zeros();")]
    public Task InRangeOrUnknown_IsSilent(string statements) => Check.Statements(statements);
}
