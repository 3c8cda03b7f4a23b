using System.Numerics;

namespace GradGen;

/// <content>Absolute values, larger and smaller entries, entry by entry.</content>
public static partial class MatrixFunctions
{
    /// <summary>|x| for every entry. GradGen takes 0 as the derivative at 0.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("abs")]
    public static Matrix<TScalar, TRows, TColumns> Abs<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        Entrywise.Map(x, static entry => TScalar.Abs(entry));

    /// <summary>|x| for every entry. GradGen takes 0 as the derivative at 0.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("abs")]
    public static Vector<TScalar, TSize> Abs<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        Entrywise.Map(x, static entry => TScalar.Abs(entry));

    /// <summary>
    /// The larger of two entries, entry by entry; NaN where either is. Where they are equal, GradGen gives each half of
    /// the gradient.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftRows">The number of rows of the left side.</typeparam>
    /// <typeparam name="TLeftColumns">The number of columns of the left side.</typeparam>
    /// <typeparam name="TRightRows">The number of rows of the right side.</typeparam>
    /// <typeparam name="TRightColumns">The number of columns of the right side.</typeparam>
    /// <param name="left">A matrix.</param>
    /// <param name="right">A matrix.</param>
    /// <returns>A matrix with the shape of the left side.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("max")]
    public static Matrix<TScalar, TLeftRows, TLeftColumns> Max<TScalar, TLeftRows, TLeftColumns, TRightRows, TRightColumns>(
        Matrix<TScalar, TLeftRows, TLeftColumns> left, Matrix<TScalar, TRightRows, TRightColumns> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension =>
        Entrywise.Zip(nameof(Max), left, right, static (x, y) => TScalar.Max(x, y));

    /// <summary>
    /// The larger of two entries, entry by entry; NaN where either is. Where they are equal, GradGen gives each half of
    /// the gradient.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftRows">The number of rows of the left side.</typeparam>
    /// <typeparam name="TLeftColumns">The number of columns of the left side.</typeparam>
    /// <typeparam name="TRightSize">The number of entries of the right side.</typeparam>
    /// <param name="left">A matrix.</param>
    /// <param name="right">A vector, taken as a column.</param>
    /// <returns>A matrix with the shape of the left side.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("max")]
    public static Matrix<TScalar, TLeftRows, TLeftColumns> Max<TScalar, TLeftRows, TLeftColumns, TRightSize>(
        Matrix<TScalar, TLeftRows, TLeftColumns> left, Vector<TScalar, TRightSize> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightSize : struct, IDimension =>
        Entrywise.Zip(nameof(Max), left, right, static (x, y) => TScalar.Max(x, y));

    /// <summary>
    /// The larger of two entries, entry by entry; NaN where either is. Where they are equal, GradGen gives each half of
    /// the gradient.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftSize">The number of entries of the left side.</typeparam>
    /// <typeparam name="TRightRows">The number of rows of the right side.</typeparam>
    /// <typeparam name="TRightColumns">The number of columns of the right side.</typeparam>
    /// <param name="left">A vector, taken as a column.</param>
    /// <param name="right">A matrix.</param>
    /// <returns>A vector with the shape of the left side.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("max")]
    public static Vector<TScalar, TLeftSize> Max<TScalar, TLeftSize, TRightRows, TRightColumns>(
        Vector<TScalar, TLeftSize> left, Matrix<TScalar, TRightRows, TRightColumns> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftSize : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension =>
        Entrywise.Zip(nameof(Max), left, right, static (x, y) => TScalar.Max(x, y));

    /// <summary>
    /// The larger of two entries, entry by entry; NaN where either is. Where they are equal, GradGen gives each half of
    /// the gradient.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftSize">The number of entries of the left side.</typeparam>
    /// <typeparam name="TRightSize">The number of entries of the right side.</typeparam>
    /// <param name="left">A vector, taken as a column.</param>
    /// <param name="right">A vector, taken as a column.</param>
    /// <returns>A vector with the shape of the left side.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("max")]
    public static Vector<TScalar, TLeftSize> Max<TScalar, TLeftSize, TRightSize>(
        Vector<TScalar, TLeftSize> left, Vector<TScalar, TRightSize> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftSize : struct, IDimension
        where TRightSize : struct, IDimension =>
        Entrywise.Zip(nameof(Max), left, right, static (x, y) => TScalar.Max(x, y));

    /// <summary>
    /// The smaller of two entries, entry by entry; NaN where either is. Where they are equal, GradGen gives each half
    /// of the gradient.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftRows">The number of rows of the left side.</typeparam>
    /// <typeparam name="TLeftColumns">The number of columns of the left side.</typeparam>
    /// <typeparam name="TRightRows">The number of rows of the right side.</typeparam>
    /// <typeparam name="TRightColumns">The number of columns of the right side.</typeparam>
    /// <param name="left">A matrix.</param>
    /// <param name="right">A matrix.</param>
    /// <returns>A matrix with the shape of the left side.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("min")]
    public static Matrix<TScalar, TLeftRows, TLeftColumns> Min<TScalar, TLeftRows, TLeftColumns, TRightRows, TRightColumns>(
        Matrix<TScalar, TLeftRows, TLeftColumns> left, Matrix<TScalar, TRightRows, TRightColumns> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension =>
        Entrywise.Zip(nameof(Min), left, right, static (x, y) => TScalar.Min(x, y));

    /// <summary>
    /// The smaller of two entries, entry by entry; NaN where either is. Where they are equal, GradGen gives each half
    /// of the gradient.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftRows">The number of rows of the left side.</typeparam>
    /// <typeparam name="TLeftColumns">The number of columns of the left side.</typeparam>
    /// <typeparam name="TRightSize">The number of entries of the right side.</typeparam>
    /// <param name="left">A matrix.</param>
    /// <param name="right">A vector, taken as a column.</param>
    /// <returns>A matrix with the shape of the left side.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("min")]
    public static Matrix<TScalar, TLeftRows, TLeftColumns> Min<TScalar, TLeftRows, TLeftColumns, TRightSize>(
        Matrix<TScalar, TLeftRows, TLeftColumns> left, Vector<TScalar, TRightSize> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightSize : struct, IDimension =>
        Entrywise.Zip(nameof(Min), left, right, static (x, y) => TScalar.Min(x, y));

    /// <summary>
    /// The smaller of two entries, entry by entry; NaN where either is. Where they are equal, GradGen gives each half
    /// of the gradient.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftSize">The number of entries of the left side.</typeparam>
    /// <typeparam name="TRightRows">The number of rows of the right side.</typeparam>
    /// <typeparam name="TRightColumns">The number of columns of the right side.</typeparam>
    /// <param name="left">A vector, taken as a column.</param>
    /// <param name="right">A matrix.</param>
    /// <returns>A vector with the shape of the left side.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("min")]
    public static Vector<TScalar, TLeftSize> Min<TScalar, TLeftSize, TRightRows, TRightColumns>(
        Vector<TScalar, TLeftSize> left, Matrix<TScalar, TRightRows, TRightColumns> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftSize : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension =>
        Entrywise.Zip(nameof(Min), left, right, static (x, y) => TScalar.Min(x, y));

    /// <summary>
    /// The smaller of two entries, entry by entry; NaN where either is. Where they are equal, GradGen gives each half
    /// of the gradient.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftSize">The number of entries of the left side.</typeparam>
    /// <typeparam name="TRightSize">The number of entries of the right side.</typeparam>
    /// <param name="left">A vector, taken as a column.</param>
    /// <param name="right">A vector, taken as a column.</param>
    /// <returns>A vector with the shape of the left side.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("min")]
    public static Vector<TScalar, TLeftSize> Min<TScalar, TLeftSize, TRightSize>(
        Vector<TScalar, TLeftSize> left, Vector<TScalar, TRightSize> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftSize : struct, IDimension
        where TRightSize : struct, IDimension =>
        Entrywise.Zip(nameof(Min), left, right, static (x, y) => TScalar.Min(x, y));

    /// <summary>Every entry, held between two bounds. At the bounds themselves the gradient passes through.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <param name="low">The lower bound.</param>
    /// <param name="high">The upper bound.</param>
    /// <returns>A matrix of the same shape.</returns>
    /// <exception cref="ArgumentException">The lower bound is above the upper one.</exception>
    [Operation("clamp")]
    public static Matrix<TScalar, TRows, TColumns> Clamp<TScalar, TRows, TColumns>(
        Matrix<TScalar, TRows, TColumns> x, TScalar low, TScalar high)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        var result = new Matrix<TScalar, TRows, TColumns>();
        var entries = x.AsSpan();
        var clamped = result.AsSpan();
        for (var i = 0; i < clamped.Length; i++)
            clamped[i] = TScalar.Clamp(entries[i], low, high);
        return result;
    }

    /// <summary>Every entry, held between two bounds. At the bounds themselves the gradient passes through.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <param name="low">The lower bound.</param>
    /// <param name="high">The upper bound.</param>
    /// <returns>A vector of the same shape.</returns>
    /// <exception cref="ArgumentException">The lower bound is above the upper one.</exception>
    [Operation("clamp")]
    public static Vector<TScalar, TSize> Clamp<TScalar, TSize>(Vector<TScalar, TSize> x, TScalar low, TScalar high)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        var result = new Vector<TScalar, TSize>();
        var entries = x.AsSpan();
        var clamped = result.AsSpan();
        for (var i = 0; i < clamped.Length; i++)
            clamped[i] = TScalar.Clamp(entries[i], low, high);
        return result;
    }
}
