using System.Numerics;

namespace GradGen;

/// <summary>Makes matrices from collection expressions; the C# compiler calls it.</summary>
public static class MatrixBuilder
{
    /// <summary>Makes a matrix of its rows.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="rows">The rows, from the first.</param>
    /// <returns>A new matrix.</returns>
    /// <exception cref="ArgumentException">The number of rows, or of entries in a row, is wrong.</exception>
    [Operation("assemble")]
    public static Matrix<TScalar, TRows, TColumns> Create<TScalar, TRows, TColumns>(ReadOnlySpan<MatrixRow<TScalar>> rows)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        var result = new Matrix<TScalar, TRows, TColumns>();
        if (rows.Length != TRows.Size)
            throw new ArgumentException(ShapeMessages.RowCount(TRows.Size, TColumns.Size, rows.Length), nameof(rows));
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i].AsSpan();
            if (row.Length != TColumns.Size)
                throw new ArgumentException(ShapeMessages.RowLength(TRows.Size, TColumns.Size, i, row.Length), nameof(rows));
            row.CopyTo(result.AsSpan()[(i * TColumns.Size)..]);
        }

        return result;
    }

    /// <summary>Makes a row of its entries.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="entries">The entries, from the first.</param>
    /// <returns>A new row.</returns>
    [Operation("assemble")]
    public static MatrixRow<TScalar> CreateRow<TScalar>(ReadOnlySpan<TScalar> entries)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar> =>
        new(entries.ToArray());
}

/// <summary>Makes vectors from collection expressions; the C# compiler calls it.</summary>
public static class VectorBuilder
{
    /// <summary>Makes a vector of its entries.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="entries">The entries, from the first.</param>
    /// <returns>A new vector.</returns>
    /// <exception cref="ArgumentException">The number of entries is wrong.</exception>
    [Operation("assemble")]
    public static Vector<TScalar, TSize> Create<TScalar, TSize>(ReadOnlySpan<TScalar> entries)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        new(entries);
}
