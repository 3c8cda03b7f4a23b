using System.Numerics;

namespace GradGen;

/// <content>Transposes, parts, and matrices put together.</content>
public static partial class MatrixFunctions
{
    /// <summary>The transpose Aᵀ, a copy.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="a">Any matrix.</param>
    /// <returns>A matrix with rows and columns exchanged.</returns>
    [Operation("transpose")]
    public static Matrix<TScalar, TColumns, TRows> Transpose<TScalar, TRows, TColumns>(
        Matrix<TScalar, TRows, TColumns> a)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(a);
        return a.T;
    }

    /// <summary>The transpose xᵀ, a copy.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>The same entries as one row.</returns>
    [Operation("transpose")]
    public static Matrix<TScalar, N1, TSize> Transpose<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.T;
    }

    /// <summary>A + b·1ᵀ: the vector added to every column.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="a">Any matrix, such as one with a column for each example.</param>
    /// <param name="bias">A vector with an entry for each row.</param>
    /// <returns>A matrix of the same shape.</returns>
    /// <exception cref="ShapeMismatchException">The vector has not one entry for each row.</exception>
    [Operation("addBias")]
    public static Matrix<TScalar, TRows, TColumns> AddBias<TScalar, TRows, TColumns, TSize>(
        Matrix<TScalar, TRows, TColumns> a, Vector<TScalar, TSize> bias)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
        where TSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(bias);
        if (TRows.Size != TSize.Size)
            ShapeGuard.Mismatch(ShapeMessages.LengthMustFit(nameof(AddBias), TRows.Size, TColumns.Size, TSize.Size));
        var result = a.Clone();
        for (var i = 0; i < TRows.Size; i++)
        {
            foreach (ref var entry in result.AsSpan().Slice(i * TColumns.Size, TColumns.Size))
                entry += bias[i];
        }

        return result;
    }

    /// <summary>A copy of one row.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="a">Any matrix.</param>
    /// <param name="row">The row, counted from 0.</param>
    /// <returns>A matrix of one row.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    [Operation("row")]
    public static Matrix<TScalar, N1, TColumns> Row<TScalar, TRows, TColumns>(
        Matrix<TScalar, TRows, TColumns> a, int row)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(a);
        if ((uint)row >= (uint)TRows.Size)
            throw new ArgumentOutOfRangeException(nameof(row), ShapeMessages.RowOutOfRange(row, TRows.Size, TColumns.Size));
        return a.Block<N1, TColumns>(row, 0);
    }

    /// <summary>A copy of one column.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="a">Any matrix.</param>
    /// <param name="column">The column, counted from 0.</param>
    /// <returns>The column as a vector.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    [Operation("column")]
    public static Vector<TScalar, TRows> Column<TScalar, TRows, TColumns>(
        Matrix<TScalar, TRows, TColumns> a, int column)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(a);
        if ((uint)column >= (uint)TColumns.Size)
            throw new ArgumentOutOfRangeException(nameof(column), ShapeMessages.ColumnOutOfRange(column, TRows.Size, TColumns.Size));
        var result = new Vector<TScalar, TRows>();
        for (var i = 0; i < TRows.Size; i++)
            result[i] = a[i, column];
        return result;
    }

    /// <summary>Two matrices beside each other, [A B].</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftRows">The number of rows of the left side.</typeparam>
    /// <typeparam name="TLeftColumns">The number of columns of the left side.</typeparam>
    /// <typeparam name="TRightRows">The number of rows of the right side.</typeparam>
    /// <typeparam name="TRightColumns">The number of columns of the right side.</typeparam>
    /// <param name="left">A matrix.</param>
    /// <param name="right">A matrix with as many rows.</param>
    /// <returns>A matrix with the columns of both.</returns>
    /// <exception cref="ShapeMismatchException">The numbers of rows differ.</exception>
    [Operation("hstack")]
    public static Matrix<TScalar, TLeftRows, Plus<TLeftColumns, TRightColumns>> HStack<TScalar, TLeftRows, TLeftColumns, TRightRows, TRightColumns>(
        Matrix<TScalar, TLeftRows, TLeftColumns> left, Matrix<TScalar, TRightRows, TRightColumns> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (TLeftRows.Size != TRightRows.Size)
            ShapeGuard.Mismatch(ShapeMessages.StackRows(
                nameof(HStack), TLeftRows.Size, TLeftColumns.Size, TRightRows.Size, TRightColumns.Size));
        var result = new Matrix<TScalar, TLeftRows, Plus<TLeftColumns, TRightColumns>>();
        for (var i = 0; i < TLeftRows.Size; i++)
        {
            var row = result.AsSpan()[(i * result.Columns)..];
            left.AsSpan().Slice(i * TLeftColumns.Size, TLeftColumns.Size).CopyTo(row);
            right.AsSpan().Slice(i * TRightColumns.Size, TRightColumns.Size).CopyTo(row[TLeftColumns.Size..]);
        }

        return result;
    }

    /// <summary>Two matrices above each other.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TTopRows">The number of rows of the upper side.</typeparam>
    /// <typeparam name="TTopColumns">The number of columns of the upper side.</typeparam>
    /// <typeparam name="TBottomRows">The number of rows of the lower side.</typeparam>
    /// <typeparam name="TBottomColumns">The number of columns of the lower side.</typeparam>
    /// <param name="top">A matrix.</param>
    /// <param name="bottom">A matrix with as many columns.</param>
    /// <returns>A matrix with the rows of both.</returns>
    /// <exception cref="ShapeMismatchException">The numbers of columns differ.</exception>
    [Operation("vstack")]
    public static Matrix<TScalar, Plus<TTopRows, TBottomRows>, TTopColumns> VStack<TScalar, TTopRows, TTopColumns, TBottomRows, TBottomColumns>(
        Matrix<TScalar, TTopRows, TTopColumns> top, Matrix<TScalar, TBottomRows, TBottomColumns> bottom)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TTopRows : struct, IDimension
        where TTopColumns : struct, IDimension
        where TBottomRows : struct, IDimension
        where TBottomColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(top);
        ArgumentNullException.ThrowIfNull(bottom);
        if (TTopColumns.Size != TBottomColumns.Size)
            ShapeGuard.Mismatch(ShapeMessages.StackColumns(
                nameof(VStack), TTopRows.Size, TTopColumns.Size, TBottomRows.Size, TBottomColumns.Size));
        var result = new Matrix<TScalar, Plus<TTopRows, TBottomRows>, TTopColumns>();
        top.CopyTo(result.AsSpan());
        bottom.CopyTo(result.AsSpan()[top.AsSpan().Length..]);
        return result;
    }

    /// <summary>Two vectors, one after the other.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TTopSize">The number of entries of the upper side.</typeparam>
    /// <typeparam name="TBottomSize">The number of entries of the lower side.</typeparam>
    /// <param name="top">A vector.</param>
    /// <param name="bottom">A vector.</param>
    /// <returns>A vector with the entries of both.</returns>
    [Operation("vstack")]
    public static Vector<TScalar, Plus<TTopSize, TBottomSize>> VStack<TScalar, TTopSize, TBottomSize>(
        Vector<TScalar, TTopSize> top, Vector<TScalar, TBottomSize> bottom)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TTopSize : struct, IDimension
        where TBottomSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(top);
        ArgumentNullException.ThrowIfNull(bottom);
        var result = new Vector<TScalar, Plus<TTopSize, TBottomSize>>();
        top.CopyTo(result.AsSpan());
        bottom.CopyTo(result.AsSpan()[TTopSize.Size..]);
        return result;
    }

    /// <summary>A square matrix with the given diagonal and zeros elsewhere.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">The entries of the diagonal.</param>
    /// <returns>The matrix.</returns>
    [Operation("diagonalMatrix")]
    public static Matrix<TScalar, TSize, TSize> DiagonalMatrix<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        var result = new Matrix<TScalar, TSize, TSize>();
        for (var i = 0; i < TSize.Size; i++)
            result[i, i] = x[i];
        return result;
    }

    /// <summary>The diagonal of a square matrix.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="a">A square matrix.</param>
    /// <returns>The diagonal as a vector.</returns>
    /// <exception cref="ShapeMismatchException">The matrix is not square.</exception>
    [Operation("diagonal")]
    public static Vector<TScalar, TRows> Diagonal<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> a)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(a);
        ShapeGuard.Square(nameof(Diagonal), TRows.Size, TColumns.Size);
        var result = new Vector<TScalar, TRows>();
        for (var i = 0; i < TRows.Size; i++)
            result[i] = a[i, i];
        return result;
    }
}
