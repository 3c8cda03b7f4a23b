using System.Runtime.CompilerServices;

namespace GradGen.GradientTests.RandomPrograms.Duals;

/// <summary>The runtime's matrix over dual numbers, in plain loops; row by row in <see cref="Entries"/>.</summary>
/// <typeparam name="TScalar">The scalar type.</typeparam>
/// <typeparam name="TRows">The number of rows.</typeparam>
/// <typeparam name="TColumns">The number of columns.</typeparam>
[CollectionBuilder(typeof(Builders), nameof(Builders.OfRows))]
public class Matrix<TScalar, TRows, TColumns>
    where TScalar : IFloatingPointIeee754<TScalar>
    where TRows : struct, IDimension
    where TColumns : struct, IDimension
{
    public Matrix()
        : this(_ => TScalar.Zero)
    {
    }

    /// <summary>The entries by their positions, row by row.</summary>
    public Matrix(Func<int, TScalar> entry) => Entries = [.. Enumerable.Range(0, TRows.Size * TColumns.Size).Select(entry)];

    public Matrix(ReadOnlySpan<TScalar> entries) => Entries = entries.Length == TRows.Size * TColumns.Size
        ? entries.ToArray()
        : throw new ArgumentException("The number of entries is wrong.", nameof(entries));

    public Matrix(Func<int, int, TScalar> entry)
        : this(p => entry(p / TColumns.Size, p % TColumns.Size))
    {
    }

    public TScalar[] Entries { get; }

    public int Rows => TRows.Size;

    public int Columns => TColumns.Size;

    public Matrix<TScalar, TColumns, TRows> T => new((i, j) => this[j, i]);

    public TScalar this[int row, int column]
    {
        get => Entries[Position(row, column)];
        set => Entries[Position(row, column)] = value;
    }

    public static explicit operator TScalar(Matrix<TScalar, TRows, TColumns> operand) => operand.Entries.Single();

    public static Matrix<TScalar, TRows, TColumns> operator -(Matrix<TScalar, TRows, TColumns> a) => new(p => -a.Entries[p]);

    public static Matrix<TScalar, TRows, TColumns> operator +(Matrix<TScalar, TRows, TColumns> a, TScalar s) => new(p => a.Entries[p] + s);

    public static Matrix<TScalar, TRows, TColumns> operator +(TScalar s, Matrix<TScalar, TRows, TColumns> a) => new(p => s + a.Entries[p]);

    public static Matrix<TScalar, TRows, TColumns> operator -(Matrix<TScalar, TRows, TColumns> a, TScalar s) => new(p => a.Entries[p] - s);

    public static Matrix<TScalar, TRows, TColumns> operator -(TScalar s, Matrix<TScalar, TRows, TColumns> a) => new(p => s - a.Entries[p]);

    public static Matrix<TScalar, TRows, TColumns> operator *(Matrix<TScalar, TRows, TColumns> a, TScalar s) => new(p => a.Entries[p] * s);

    public static Matrix<TScalar, TRows, TColumns> operator *(TScalar s, Matrix<TScalar, TRows, TColumns> a) => new(p => s * a.Entries[p]);

    public static Matrix<TScalar, TRows, TColumns> operator /(Matrix<TScalar, TRows, TColumns> a, TScalar s) => new(p => a.Entries[p] / s);

    public static Matrix<TScalar, TRows, TColumns> operator /(TScalar s, Matrix<TScalar, TRows, TColumns> a) => new(p => s / a.Entries[p]);

    public static Matrix<TScalar, TRows, TColumns> Zeros() => new();

    public static Matrix<TScalar, TRows, TColumns> Ones() => new(_ => TScalar.One);

    public static Matrix<TScalar, TRows, TColumns> Identity() => new((i, j) => i == j ? TScalar.One : TScalar.Zero);

    public Span<TScalar> AsSpan() => Entries;

    public Matrix<TScalar, TBlockRows, TBlockColumns> Block<TBlockRows, TBlockColumns>(int row, int column)
        where TBlockRows : struct, IDimension
        where TBlockColumns : struct, IDimension => new((i, j) => this[row + i, column + j]);

    public Matrix<TScalar, TNewRows, TNewColumns> Reshape<TNewRows, TNewColumns>()
        where TNewRows : struct, IDimension
        where TNewColumns : struct, IDimension => new(p => Entries[p]);

    public Vector<TScalar, TSize> Flatten<TSize>()
        where TSize : struct, IDimension => new(p => Entries[p]);

    public IEnumerator<MatrixRow<TScalar>> GetEnumerator() => Entries.Chunk(Columns).Select(r => new MatrixRow<TScalar>(r)).GetEnumerator();

    private int Position(int row, int column) => row >= 0 && row < Rows && column >= 0 && column < Columns
        ? (row * Columns) + column
        : throw new ArgumentOutOfRangeException(nameof(row));
}
