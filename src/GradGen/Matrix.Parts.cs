namespace GradGen;

/// <content>Parts of a matrix, and the same entries in another shape.</content>
public sealed partial class Matrix<TScalar, TRows, TColumns>
{
    /// <summary>A copy of a part of the matrix.</summary>
    /// <typeparam name="TBlockRows">The number of rows of the part.</typeparam>
    /// <typeparam name="TBlockColumns">The number of columns of the part.</typeparam>
    /// <param name="row">The first row of the part, counted from 0.</param>
    /// <param name="column">The first column of the part, counted from 0.</param>
    /// <returns>The part.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The part would reach outside the matrix.</exception>
    [Operation("block")]
    public Matrix<TScalar, TBlockRows, TBlockColumns> Block<TBlockRows, TBlockColumns>(int row, int column)
        where TBlockRows : struct, IDimension
        where TBlockColumns : struct, IDimension
    {
        if (row < 0 || row > TRows.Size - TBlockRows.Size)
            throw new ArgumentOutOfRangeException(nameof(row), OutOfRange());
        if (column < 0 || column > TColumns.Size - TBlockColumns.Size)
            throw new ArgumentOutOfRangeException(nameof(column), OutOfRange());

        var result = new Matrix<TScalar, TBlockRows, TBlockColumns>();
        for (var i = 0; i < TBlockRows.Size; i++)
        {
            AsSpan().Slice(((row + i) * TColumns.Size) + column, TBlockColumns.Size)
                .CopyTo(result.AsSpan()[(i * TBlockColumns.Size)..]);
        }

        return result;

        string OutOfRange() => ShapeMessages.BlockOutOfRange(
            row, column, TBlockRows.Size, TBlockColumns.Size, TRows.Size, TColumns.Size);
    }

    /// <summary>The same entries, row after row, in a matrix of another shape; a copy.</summary>
    /// <typeparam name="TNewRows">The number of rows of the result.</typeparam>
    /// <typeparam name="TNewColumns">The number of columns of the result.</typeparam>
    /// <returns>The matrix in its new shape.</returns>
    /// <exception cref="ShapeMismatchException">The new shape has another number of entries.</exception>
    [Operation("reshape")]
    public Matrix<TScalar, TNewRows, TNewColumns> Reshape<TNewRows, TNewColumns>()
        where TNewRows : struct, IDimension
        where TNewColumns : struct, IDimension
    {
        ShapeGuard.Reshape(TRows.Size, TColumns.Size, TNewRows.Size, TNewColumns.Size);
        return new Matrix<TScalar, TNewRows, TNewColumns>(_entries);
    }

    /// <summary>The same entries, row after row, as one column; a copy.</summary>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <returns>The entries as a vector.</returns>
    /// <exception cref="ShapeMismatchException">The vector has another number of entries.</exception>
    [Operation("reshape")]
    public Vector<TScalar, TSize> Flatten<TSize>()
        where TSize : struct, IDimension
    {
        ShapeGuard.Reshape(TRows.Size, TColumns.Size, TSize.Size, 1);
        return new Vector<TScalar, TSize>(_entries);
    }
}
