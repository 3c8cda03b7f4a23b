using System.Numerics;

namespace GradGen;

/// <content>Sums, norms and extremes.</content>
public static partial class MatrixFunctions
{
    /// <summary>The sum of all entries.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>The sum.</returns>
    [Operation("sum")]
    public static TScalar Sum<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        return Reductions.Sum<TScalar>(x.AsSpan());
    }

    /// <summary>The sum of all entries.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>The sum.</returns>
    [Operation("sum")]
    public static TScalar Sum<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        return Reductions.Sum<TScalar>(x.AsSpan());
    }

    /// <summary>The mean of all entries.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>The mean.</returns>
    [Operation("mean")]
    public static TScalar Mean<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        return Reductions.Mean<TScalar>(x.AsSpan());
    }

    /// <summary>The mean of all entries.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>The mean.</returns>
    [Operation("mean")]
    public static TScalar Mean<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        return Reductions.Mean<TScalar>(x.AsSpan());
    }

    /// <summary>‖x‖², the sum of the squares of all entries; for a matrix the square of the Frobenius norm.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>The sum of squares.</returns>
    [Operation("normSquared")]
    public static TScalar NormSquared<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        return Products.Dot<TScalar>(x.AsSpan(), x.AsSpan());
    }

    /// <summary>‖x‖², the sum of the squares of all entries; for a matrix the square of the Frobenius norm.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>The sum of squares.</returns>
    [Operation("normSquared")]
    public static TScalar NormSquared<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        return Products.Dot<TScalar>(x.AsSpan(), x.AsSpan());
    }

    /// <summary>
    /// ‖x‖, the root of the sum of the squares of all entries; for a matrix the Frobenius norm. It does not overflow
    /// where the result does not. GradGen takes 0 as the gradient at 0, the subgradient of least norm.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>The norm.</returns>
    [Operation("norm")]
    public static TScalar Norm<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        return Reductions.Norm<TScalar>(x.AsSpan());
    }

    /// <summary>
    /// ‖x‖, the root of the sum of the squares of all entries; for a matrix the Frobenius norm. It does not overflow
    /// where the result does not. GradGen takes 0 as the gradient at 0, the subgradient of least norm.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>The norm.</returns>
    [Operation("norm")]
    public static TScalar Norm<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        return Reductions.Norm<TScalar>(x.AsSpan());
    }

    /// <summary>
    /// The largest of all entries; NaN if any is. Where several are the largest, GradGen gives the whole gradient to
    /// the first.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>The largest entry.</returns>
    [Operation("maxEntry")]
    public static TScalar MaxEntry<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        return Reductions.Max<TScalar>(x.AsSpan());
    }

    /// <summary>
    /// The largest of all entries; NaN if any is. Where several are the largest, GradGen gives the whole gradient to
    /// the first.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>The largest entry.</returns>
    [Operation("maxEntry")]
    public static TScalar MaxEntry<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        return Reductions.Max<TScalar>(x.AsSpan());
    }

    /// <summary>
    /// The smallest of all entries; NaN if any is. Where several are the smallest, GradGen gives the whole gradient to
    /// the first.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>The smallest entry.</returns>
    [Operation("minEntry")]
    public static TScalar MinEntry<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        return Reductions.Min<TScalar>(x.AsSpan());
    }

    /// <summary>
    /// The smallest of all entries; NaN if any is. Where several are the smallest, GradGen gives the whole gradient to
    /// the first.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>The smallest entry.</returns>
    [Operation("minEntry")]
    public static TScalar MinEntry<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        return Reductions.Min<TScalar>(x.AsSpan());
    }

    /// <summary>The sum of each row, A·1.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="a">Any matrix.</param>
    /// <returns>A vector with an entry for each row.</returns>
    [Operation("rowSum")]
    public static Vector<TScalar, TRows> RowSum<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> a)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(a);
        var result = new Vector<TScalar, TRows>();
        for (var i = 0; i < TRows.Size; i++)
            result[i] = Reductions.Sum<TScalar>(a.AsSpan().Slice(i * TColumns.Size, TColumns.Size));
        return result;
    }

    /// <summary>The sum of each column, 1ᵀ·A.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="a">Any matrix.</param>
    /// <returns>One row with an entry for each column.</returns>
    [Operation("columnSum")]
    public static Matrix<TScalar, N1, TColumns> ColumnSum<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> a)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(a);
        var result = new Matrix<TScalar, N1, TColumns>();
        for (var i = 0; i < TRows.Size; i++)
            Entrywise.AddScaled(result.AsSpan(), TScalar.One, a.AsSpan().Slice(i * TColumns.Size, TColumns.Size));
        return result;
    }

    /// <summary>The trace, the sum of the entries on the diagonal.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="a">A square matrix.</param>
    /// <returns>The trace.</returns>
    /// <exception cref="ShapeMismatchException">The matrix is not square.</exception>
    [Operation("trace")]
    public static TScalar Trace<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> a)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(a);
        ShapeGuard.Square(nameof(Trace), TRows.Size, TColumns.Size);
        var sum = TScalar.Zero;
        for (var i = 0; i < TRows.Size; i++)
            sum += a[i, i];
        return sum;
    }
}
