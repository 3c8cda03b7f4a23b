namespace GradGen;

/// <content>Parts of a vector, and the same entries in another shape.</content>
public sealed partial class Vector<TScalar, TSize>
{
    /// <summary>A copy of a part of the vector.</summary>
    /// <typeparam name="TLength">The number of entries of the part.</typeparam>
    /// <param name="start">The first entry of the part, counted from 0.</param>
    /// <returns>The part.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The part would reach outside the vector.</exception>
    [Operation("block")]
    public Vector<TScalar, TLength> Slice<TLength>(int start)
        where TLength : struct, IDimension
    {
        if (start < 0 || start > TSize.Size - TLength.Size)
            throw new ArgumentOutOfRangeException(nameof(start), ShapeMessages.SliceOutOfRange(start, TLength.Size, TSize.Size));
        return new Vector<TScalar, TLength>(AsSpan().Slice(start, TLength.Size));
    }

    /// <summary>The same entries, row after row, as a matrix; a copy.</summary>
    /// <typeparam name="TRows">The number of rows of the result.</typeparam>
    /// <typeparam name="TColumns">The number of columns of the result.</typeparam>
    /// <returns>The entries as a matrix.</returns>
    /// <exception cref="ShapeMismatchException">The matrix has another number of entries.</exception>
    [Operation("reshape")]
    public Matrix<TScalar, TRows, TColumns> Reshape<TRows, TColumns>()
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        ShapeGuard.Reshape(TSize.Size, 1, TRows.Size, TColumns.Size);
        return new Matrix<TScalar, TRows, TColumns>(_entries);
    }
}
