namespace GradGen.Tests;

public class MatrixTests
{
    [Fact]
    public void New_IsZeros() =>
        Assert.All(new Matrix<double, N2, N3>().AsSpan().ToArray(), entry => Assert.Equal(0, entry));

    [Fact]
    public void Entries_LieRowAfterRow()
    {
        var a = new Matrix<double, N2, N3>([1, 2, 3, 4, 5, 6]);
        Assert.Equal((2, 3), (a.Rows, a.Columns));
        Assert.Equal(3, a[0, 2]);
        Assert.Equal(4, a[1, 0]);
        a[1, 0] = 7;
        Assert.Equal([1, 2, 3, 7, 5, 6], a.AsSpan().ToArray());
    }

    [Fact]
    public void Constructor_CopiesItsSource()
    {
        double[] entries = [1, 2];
        var x = new Vector<double, N2>(entries);
        entries[0] = 9;
        Assert.Equal(1, x[0]);
    }

    [Fact]
    public void WrongCount_NamesBothCounts()
    {
        var error = Assert.Throws<ArgumentException>(() => new Matrix<double, N2, N3>([1, 2, 3, 4, 5]));
        Assert.StartsWith("Matrix 2×3 takes 6 entries, got 5.", error.Message);
        error = Assert.Throws<ArgumentException>(() => new Vector<float, N3>([1]));
        Assert.StartsWith("Vector 3×1 takes 3 entries, got 1.", error.Message);
    }

    [Fact]
    public void UnsupportedScalar_IsNamed()
    {
        Assert.Contains("System.Half", Assert.Throws<NotSupportedException>(() => new Matrix<Half, N2, N2>()).Message);
        Assert.Contains("System.Half", Assert.Throws<NotSupportedException>(() => new Vector<Half, N2>()).Message);
    }

    [Fact]
    public void UnusableSizes_AreNamed()
    {
        Assert.Contains("0×3", Assert.Throws<ArgumentException>(() => new Matrix<double, Nothing, N3>()).Message);
        Assert.Contains("0×1", Assert.Throws<ArgumentException>(() => new Vector<double, Nothing>()).Message);
        Assert.Contains("100000×100000", Assert.Throws<ArgumentException>(() => new Matrix<double, Huge, Huge>()).Message);
    }

    [Fact]
    public void Index_OutOfRange_NamesTheRange()
    {
        var a = new Matrix<double, N2, N3>();
        Assert.StartsWith(
            "A 2×3 matrix has rows 0..1; row 2 was asked for.",
            Assert.Throws<ArgumentOutOfRangeException>(() => a[2, 0]).Message);
        Assert.StartsWith(
            "A 2×3 matrix has columns 0..2; column -1 was asked for.",
            Assert.Throws<ArgumentOutOfRangeException>(() => a[0, -1] = 1).Message);
        Assert.StartsWith(
            "A vector of 2 entries has indices 0..1; index 2 was asked for.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Vector<double, N2>()[2]).Message);
    }

    [Fact]
    public void Ones_AndIdentity_AreWhatTheySay()
    {
        Assert.Equal([1, 1, 1, 1, 1, 1], Matrix<double, N2, N3>.Ones().AsSpan().ToArray());
        Assert.Equal([1, 0, 0, 1], Matrix<double, N2, Two>.Identity().AsSpan().ToArray());
        Assert.Equal([0, 0], Matrix<double, N1, N2>.Zeros().AsSpan().ToArray());
        Assert.Equal([1, 1], Vector<float, N2>.Ones().AsSpan().ToArray());
        Assert.Equal([0, 0], Vector<float, N2>.Zeros().AsSpan().ToArray());
    }

    [Fact]
    public void Identity_NeedsASquare() =>
        Assert.Equal(
            "Identity needs a square matrix, got 2×3.",
            Assert.Throws<ShapeMismatchException>(Matrix<double, N2, N3>.Identity).Message);

    [Fact]
    public void FromFunction_GetsRowAndColumn()
    {
        Assert.Equal([0, 1, 2, 10, 11, 12], Matrix<double, N2, N3>.FromFunction((i, j) => (10 * i) + j).AsSpan().ToArray());
        Assert.Equal([0, 2, 4], Vector<float, N3>.FromFunction(i => 2 * i).AsSpan().ToArray());
    }

    [Fact]
    public void Random_StaysInItsScale_AndRepeatsWithItsSeed()
    {
        var a = Matrix<double, N32, N32>.Random(new Random(1), 0.5);
        Assert.All(a.AsSpan().ToArray(), entry => Assert.InRange(entry, -0.5, 0.5));
        Assert.True(MatrixFunctions.MinEntry(a) < -0.4 && MatrixFunctions.MaxEntry(a) > 0.4);
        Assert.Equal(a.AsSpan().ToArray(), Matrix<double, N32, N32>.Random(new Random(1), 0.5).AsSpan().ToArray());
        Assert.NotEqual(a.AsSpan().ToArray(), Matrix<double, N32, N32>.Random(new Random(2), 0.5).AsSpan().ToArray());
        Assert.All(Vector<float, N8>.Random(new Random(1), 2f), entry => Assert.InRange(entry, -2f, 2f));
    }

    [Fact]
    public void RandomNormal_HasItsStandardDeviation()
    {
        var a = Matrix<double, N128, N128>.RandomNormal(new Random(1), 2);
        Assert.InRange(MatrixFunctions.Mean(a), -0.1, 0.1);
        Assert.InRange(Math.Sqrt(MatrixFunctions.Mean(MatrixFunctions.Square(a))), 1.95, 2.05);
        Assert.InRange(MatrixFunctions.Norm(Vector<float, N1024>.RandomNormal(new Random(1), 1)), 30, 34);
    }

    [Fact]
    public void Transpose_ExchangesRowsAndColumns_AndIsACopy()
    {
        Matrix<double, N2, N3> a = [[1, 2, 3], [4, 5, 6]];
        var t = a.T;
        Assert.Equal((3, 2), (t.Rows, t.Columns));
        Assert.Equal([1, 4, 2, 5, 3, 6], t.AsSpan().ToArray());
        t[0, 0] = 9;
        Assert.Equal(1, a[0, 0]);

        Vector<double, N3> x = [1, 2, 3];
        Matrix<double, N1, N3> row = x.T;
        Assert.Equal([1, 2, 3], row.AsSpan().ToArray());
    }

    [Fact]
    public void Block_IsACopyOfAPart()
    {
        Matrix<double, N3, N4> a = [[0, 1, 2, 3], [10, 11, 12, 13], [20, 21, 22, 23]];
        Assert.Equal([12, 13, 22, 23], a.Block<N2, N2>(1, 2).AsSpan().ToArray());
        Assert.Equal([2, 3], new Vector<double, N4>([0, 1, 2, 3]).Slice<N2>(2).AsSpan().ToArray());
    }

    [Fact]
    public void Block_OutOfRange_NamesBothShapes()
    {
        Assert.StartsWith(
            "A 2×2 block at (2, 0) does not fit in a 3×3 matrix.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Matrix<double, N3, N3>().Block<N2, N2>(2, 0)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Matrix<double, N3, N3>().Block<N2, N2>(0, -1));
        Assert.StartsWith(
            "A slice of 3 entries at 2 does not fit in a vector of 4 entries.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Vector<double, N4>().Slice<N3>(2)).Message);
    }

    [Fact]
    public void Reshape_KeepsTheOrderOfEntries()
    {
        Matrix<double, N2, N3> a = [[1, 2, 3], [4, 5, 6]];
        Assert.Equal(4, a.Reshape<N3, N2>()[1, 1]);
        Assert.Equal([1, 2, 3, 4, 5, 6], a.Flatten<N6>());
        Assert.Equal(4, a.Flatten<N6>().Reshape<N3, N2>()[1, 1]);
        Assert.Equal(
            "Cannot reshape 2×3 to 2×2: 6 entries do not make 4.",
            Assert.Throws<ShapeMismatchException>(a.Reshape<N2, N2>).Message);
        Assert.Throws<ShapeMismatchException>(a.Flatten<N5>);
        Assert.Throws<ShapeMismatchException>(a.Flatten<N6>().Reshape<N2, N2>);
    }

    [Fact]
    public void OneByOne_ConvertsToItsEntry()
    {
        Assert.Equal(3.0, (double)new Matrix<double, N1, N1>([3]));
        Assert.Equal(3f, (float)new Vector<float, N1>([3]));
        Assert.Equal(
            "Only a 1×1 matrix is a scalar, got 1×2.",
            Assert.Throws<ShapeMismatchException>(() => (double)new Matrix<double, N1, N2>()).Message);
        Assert.Throws<ShapeMismatchException>(() => (float)new Vector<float, N2>());
    }

    [Fact]
    public void AddScaled_AddsInPlace()
    {
        Matrix<double, N1, N2> a = [[1, 2]];
        a.AddScaled(-0.5, [[4, 8]]);
        Assert.Equal([-1, -2], a.AsSpan().ToArray());
        Vector<float, N2> x = [1, 2];
        x.AddScaled(2, [4, 8]);
        Assert.Equal([9, 18], x);
    }

    [Fact]
    public void AddScaled_AllocatesNothing()
    {
        var a = Matrix<double, N8, N8>.Ones();
        var x = Vector<double, N8>.Ones();
        AddToBoth();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            AddToBoth();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void AddToBoth()
        {
            a.AddScaled(0.5, a);
            x.AddScaled(0.5, x);
        }
    }

    [Fact]
    public void Copies_DoNotShareEntries()
    {
        Matrix<double, N1, N2> a = [[1, 2]];
        var clone = a.Clone();
        var other = new Matrix<double, N1, N2>();
        var third = new Matrix<double, N1, N2>();
        a.CopyTo(other);
        third.CopyFrom(a);
        a.Clear();
        Assert.Equal([1, 2], clone.AsSpan().ToArray());
        Assert.Equal([1, 2], other.AsSpan().ToArray());
        Assert.Equal([1, 2], third.AsSpan().ToArray());
        Assert.Equal([0, 0], a.AsSpan().ToArray());

        Vector<double, N2> x = [1, 2];
        var y = x.Clone();
        var z = new Vector<double, N2>();
        z.CopyFrom(x);
        x.CopyTo(new Vector<double, N2>());
        x.Fill(3);
        Assert.Equal([3, 3], x);
        Assert.Equal([1, 2], y);
        Assert.Equal([1, 2], z);
        x.Clear();
        Assert.Equal([0, 0], x);
    }

    [Fact]
    public void Spans_AreCopiedToAndFrom()
    {
        Matrix<double, N2, N1> a = [[1], [2]];
        var entries = new double[3];
        a.CopyTo(entries);
        Assert.Equal([1, 2, 0], entries);
        Assert.Throws<ArgumentException>(() => a.CopyTo(new double[1]));
        Assert.Throws<ArgumentException>(() => a.CopyFrom([1, 2, 3]));
        Assert.Throws<ArgumentException>(() => new Vector<double, N1>().CopyFrom([1, 2, 3]));
    }

    [Fact]
    public void Rows_AreEnumerated_AndShowTheMatrix()
    {
        Matrix<double, N2, N3> a = [[1, 2, 3], [4, 5, 6]];
        var rows = a.ToArray();
        a[1, 0] = 7;
        Assert.Equal(2, rows.Length);
        Assert.Equal(3, rows[0].Count);
        Assert.Equal([7, 5, 6], rows[1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => rows[1][3]);
    }

    [Fact]
    public void Nulls_AreArgumentNullExceptions()
    {
        Matrix<double, N2, N2> a = new();
        Vector<double, N2> x = new();
        Assert.Throws<ArgumentNullException>(() => a.AddScaled(1, null!));
        Assert.Throws<ArgumentNullException>(() => x.AddScaled(1, null!));
        Assert.Throws<ArgumentNullException>(() => a.CopyTo((Matrix<double, N2, N2>)null!));
        Assert.Throws<ArgumentNullException>(() => x.CopyFrom((Vector<double, N2>)null!));
        Assert.Throws<ArgumentNullException>(() => Matrix<double, N2, N2>.FromFunction(null!));
        Assert.Throws<ArgumentNullException>(() => Vector<double, N2>.Random(null!, 1));
        Assert.Throws<ArgumentNullException>(() => a + (Matrix<double, N2, N2>)null!);
        Assert.Throws<ArgumentNullException>(() => (Matrix<double, N2, N2>)null! * x);
        Assert.Throws<ArgumentNullException>(() => 2 * (Matrix<double, N2, N2>)null!);
        Assert.Throws<ArgumentNullException>(() => -(Vector<double, N2>)null!);
        Assert.Throws<ArgumentNullException>(() => (double)(Matrix<double, N1, N1>)null!);
        Assert.Throws<ArgumentNullException>(() => MatrixFunctions.Sigmoid((Vector<double, N2>)null!));
        Assert.Throws<ArgumentNullException>(() => MatrixFunctions.Hadamard(a, (Vector<double, N2>)null!));
        Assert.Throws<ArgumentNullException>(() => MatrixFunctions.Dot((Vector<double, N2>)null!, x));
    }
}
