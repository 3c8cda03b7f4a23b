using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GradGen;

/// <summary>
/// A matrix whose size is part of its type, over one contiguous array, row after row. Written
/// <c>Matrix&lt;double, N2, N3&gt; w = [[1, 2, 3], [4, 5, 6]];</c> it has two rows and three columns.
/// </summary>
/// <remarks>
/// Like every array in .NET it is a reference: assigning it shares its entries, and <see cref="Clone"/> copies them.
/// Enumerating it gives its rows.
/// </remarks>
/// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TRows">The number of rows.</typeparam>
/// <typeparam name="TColumns">The number of columns.</typeparam>
[CollectionBuilder(typeof(MatrixBuilder), nameof(MatrixBuilder.Create))]
public sealed partial class Matrix<TScalar, TRows, TColumns> : IEnumerable<MatrixRow<TScalar>>, IFormattable
    where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
    where TRows : struct, IDimension
    where TColumns : struct, IDimension
{
    private readonly TScalar[] _entries;

    /// <summary>Makes a matrix of zeros.</summary>
    /// <exception cref="NotSupportedException"><typeparamref name="TScalar"/> is neither float nor double.</exception>
    /// <exception cref="ArgumentException">A size is below 1, or there are more entries than an array holds.</exception>
    public Matrix()
    {
        _entries = new TScalar[ShapeGuard.EntryCount<TScalar>(TRows.Size, TColumns.Size)];
    }

    /// <summary>Makes a matrix from a copy of its entries, row after row.</summary>
    /// <param name="entries">As many entries as the matrix has.</param>
    /// <exception cref="ArgumentException">The number of entries is wrong.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="TScalar"/> is neither float nor double.</exception>
    public Matrix(ReadOnlySpan<TScalar> entries)
        : this()
    {
        CopyFrom(entries);
    }

    /// <summary>The number of rows.</summary>
    public int Rows => TRows.Size;

    /// <summary>The number of columns.</summary>
    public int Columns => TColumns.Size;

    /// <summary>The entry in a row and a column, both counted from 0.</summary>
    /// <param name="row">The row, from 0 to <see cref="Rows"/> − 1.</param>
    /// <param name="column">The column, from 0 to <see cref="Columns"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or column.</exception>
    [Operation("element")]
    public TScalar this[int row, int column]
    {
        get => _entries[Offset(row, column)];
        set => _entries[Offset(row, column)] = value;
    }

    /// <summary>The transpose, a copy: entry (i, j) of the result is entry (j, i) of this matrix.</summary>
    [Operation("transpose")]
    public Matrix<TScalar, TColumns, TRows> T
    {
        get
        {
            var result = new Matrix<TScalar, TColumns, TRows>();
            Products.Transpose(_entries, result.AsSpan(), TRows.Size, TColumns.Size);
            return result;
        }
    }

    /// <summary>The entries themselves, row after row; writing to the span writes to the matrix.</summary>
    /// <returns>A span over all entries.</returns>
    public Span<TScalar> AsSpan() => _entries;

    /// <summary>Adds a multiple of another matrix to this one, in place and without allocating: A ← A + factor·B.</summary>
    /// <param name="factor">What every entry of <paramref name="other"/> is multiplied by.</param>
    /// <param name="other">The matrix to add a multiple of.</param>
    public void AddScaled(TScalar factor, Matrix<TScalar, TRows, TColumns> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Entrywise.AddScaled(_entries, factor, other._entries);
    }

    /// <summary>Sets every entry to 0.</summary>
    public void Clear() => AsSpan().Clear();

    /// <summary>Sets every entry to the same value.</summary>
    /// <param name="value">The value.</param>
    public void Fill(TScalar value) => AsSpan().Fill(value);

    /// <summary>Copies the entries into another matrix.</summary>
    /// <param name="destination">The matrix to write to.</param>
    public void CopyTo(Matrix<TScalar, TRows, TColumns> destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        AsSpan().CopyTo(destination._entries);
    }

    /// <summary>Copies the entries into a span, row after row.</summary>
    /// <param name="destination">The span to write to, at least as long as there are entries.</param>
    /// <exception cref="ArgumentException">The span is too short.</exception>
    public void CopyTo(Span<TScalar> destination) => AsSpan().CopyTo(destination);

    /// <summary>Sets the entries to those of another matrix.</summary>
    /// <param name="source">The matrix to read.</param>
    public void CopyFrom(Matrix<TScalar, TRows, TColumns> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        source.CopyTo(this);
    }

    /// <summary>Sets the entries, given row after row.</summary>
    /// <param name="entries">As many entries as the matrix has.</param>
    /// <exception cref="ArgumentException">The number of entries is wrong.</exception>
    public void CopyFrom(ReadOnlySpan<TScalar> entries)
    {
        if (entries.Length != _entries.Length)
            throw new ArgumentException(ShapeMessages.EntryCount(TRows.Size, TColumns.Size, entries.Length), nameof(entries));
        entries.CopyTo(_entries);
    }

    /// <summary>Makes a copy with entries of its own.</summary>
    /// <returns>The copy.</returns>
    public Matrix<TScalar, TRows, TColumns> Clone() => new(_entries);

    /// <summary>Enumerates the rows, from the first. A row shows the matrix's own entries and takes no copy.</summary>
    /// <returns>The rows.</returns>
    public IEnumerator<MatrixRow<TScalar>> GetEnumerator()
    {
        for (var row = 0; row < TRows.Size; row++)
            yield return new MatrixRow<TScalar>(_entries.AsMemory(row * TColumns.Size, TColumns.Size));
    }

    /// <summary>
    /// A table for people: a line for each row, columns aligned, six digits at most, in the invariant culture.
    /// </summary>
    /// <returns>The table, its lines separated by <c>\n</c>.</returns>
    public override string ToString() => ToString(null, null);

    /// <summary>A table for people: a line for each row, columns aligned.</summary>
    /// <param name="format">The format of a number; <see langword="null"/> stands for <c>G6</c>.</param>
    /// <param name="formatProvider">The culture; <see langword="null"/> stands for the invariant one.</param>
    /// <returns>The table, its lines separated by <c>\n</c>.</returns>
    public string ToString([StringSyntax(StringSyntaxAttribute.NumericFormat)] string? format, IFormatProvider? formatProvider) =>
        Table.Format<TScalar>(_entries, TColumns.Size, format, formatProvider);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static int Offset(int row, int column)
    {
        if ((uint)row >= (uint)TRows.Size)
            throw new ArgumentOutOfRangeException(nameof(row), ShapeMessages.RowOutOfRange(row, TRows.Size, TColumns.Size));
        if ((uint)column >= (uint)TColumns.Size)
            throw new ArgumentOutOfRangeException(nameof(column), ShapeMessages.ColumnOutOfRange(column, TRows.Size, TColumns.Size));
        return (row * TColumns.Size) + column;
    }
}
