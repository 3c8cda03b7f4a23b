namespace GradGen.Tests;

public class CollectionExpressionTests
{
    [Fact]
    public void Rows_MakeAMatrix()
    {
        Matrix<double, N2, N3> w = [[1, 2, 3], [4, 5, 6.5]];
        Assert.Equal([1, 2, 3, 4, 5, 6.5], w.AsSpan().ToArray());
        Matrix<float, Two, N1> v = [[1], [0.5f]];
        Assert.Equal([1, 0.5f], v.AsSpan().ToArray());
    }

    [Fact]
    public void Entries_MakeAVector()
    {
        Vector<double, N2> x = [1, 2];
        Assert.Equal([1, 2], x.AsSpan().ToArray());
        Vector<double, N4> y = [.. x, 3, 4];
        Assert.Equal([1, 2, 3, 4], y);
    }

    [Fact]
    public void Rows_CanBeSpread()
    {
        Matrix<double, N1, N2> a = [[1, 2]];
        Matrix<double, N2, N2> b = [.. a, [3, 4]];
        Assert.Equal([1, 2, 3, 4], b.AsSpan().ToArray());
    }

    [Fact]
    public void WrongRowCount_NamesBothCounts()
    {
        var error = Assert.Throws<ArgumentException>(() => { Matrix<double, N2, N2> w = [[1, 2]]; });
        Assert.StartsWith("Matrix 2×2 takes 2 rows, got 1.", error.Message);
    }

    [Fact]
    public void WrongRowLength_NamesTheRowAndBothCounts()
    {
        var error = Assert.Throws<ArgumentException>(() => { Matrix<double, N2, N2> w = [[1, 2], [3]]; });
        Assert.StartsWith("Matrix 2×2 takes 2 entries in each row, got 1 in row 1.", error.Message);
    }

    [Fact]
    public void WrongEntryCount_NamesBothCounts()
    {
        var error = Assert.Throws<ArgumentException>(() => { Vector<double, N3> x = [1, 2]; });
        Assert.StartsWith("Vector 3×1 takes 3 entries, got 2.", error.Message);
    }
}
