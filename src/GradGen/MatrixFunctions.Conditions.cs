using System.Numerics;

namespace GradGen;

/// <content>Comparisons, and choosing between entries.</content>
public static partial class MatrixFunctions
{
    /// <summary>
    /// 1 where the left entry is greater than the right one and 0 elsewhere. No gradient flows through it.
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
    [Operation("greater")]
    public static Matrix<TScalar, TLeftRows, TLeftColumns> Greater<TScalar, TLeftRows, TLeftColumns, TRightRows, TRightColumns>(
        Matrix<TScalar, TLeftRows, TLeftColumns> left, Matrix<TScalar, TRightRows, TRightColumns> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension =>
        Entrywise.Zip(nameof(Greater), left, right, static (x, y) => x > y ? TScalar.One : TScalar.Zero);

    /// <summary>
    /// 1 where the left entry is greater than the right one and 0 elsewhere. No gradient flows through it.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftRows">The number of rows of the left side.</typeparam>
    /// <typeparam name="TLeftColumns">The number of columns of the left side.</typeparam>
    /// <typeparam name="TRightSize">The number of entries of the right side.</typeparam>
    /// <param name="left">A matrix.</param>
    /// <param name="right">A vector, taken as a column.</param>
    /// <returns>A matrix with the shape of the left side.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("greater")]
    public static Matrix<TScalar, TLeftRows, TLeftColumns> Greater<TScalar, TLeftRows, TLeftColumns, TRightSize>(
        Matrix<TScalar, TLeftRows, TLeftColumns> left, Vector<TScalar, TRightSize> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightSize : struct, IDimension =>
        Entrywise.Zip(nameof(Greater), left, right, static (x, y) => x > y ? TScalar.One : TScalar.Zero);

    /// <summary>
    /// 1 where the left entry is greater than the right one and 0 elsewhere. No gradient flows through it.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftSize">The number of entries of the left side.</typeparam>
    /// <typeparam name="TRightRows">The number of rows of the right side.</typeparam>
    /// <typeparam name="TRightColumns">The number of columns of the right side.</typeparam>
    /// <param name="left">A vector, taken as a column.</param>
    /// <param name="right">A matrix.</param>
    /// <returns>A vector with the shape of the left side.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("greater")]
    public static Vector<TScalar, TLeftSize> Greater<TScalar, TLeftSize, TRightRows, TRightColumns>(
        Vector<TScalar, TLeftSize> left, Matrix<TScalar, TRightRows, TRightColumns> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftSize : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension =>
        Entrywise.Zip(nameof(Greater), left, right, static (x, y) => x > y ? TScalar.One : TScalar.Zero);

    /// <summary>
    /// 1 where the left entry is greater than the right one and 0 elsewhere. No gradient flows through it.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftSize">The number of entries of the left side.</typeparam>
    /// <typeparam name="TRightSize">The number of entries of the right side.</typeparam>
    /// <param name="left">A vector, taken as a column.</param>
    /// <param name="right">A vector, taken as a column.</param>
    /// <returns>A vector with the shape of the left side.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("greater")]
    public static Vector<TScalar, TLeftSize> Greater<TScalar, TLeftSize, TRightSize>(
        Vector<TScalar, TLeftSize> left, Vector<TScalar, TRightSize> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftSize : struct, IDimension
        where TRightSize : struct, IDimension =>
        Entrywise.Zip(nameof(Greater), left, right, static (x, y) => x > y ? TScalar.One : TScalar.Zero);

    /// <summary>
    /// 1 where the left entry is less than the right one and 0 elsewhere. No gradient flows through it.
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
    [Operation("less")]
    public static Matrix<TScalar, TLeftRows, TLeftColumns> Less<TScalar, TLeftRows, TLeftColumns, TRightRows, TRightColumns>(
        Matrix<TScalar, TLeftRows, TLeftColumns> left, Matrix<TScalar, TRightRows, TRightColumns> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension =>
        Entrywise.Zip(nameof(Less), left, right, static (x, y) => x < y ? TScalar.One : TScalar.Zero);

    /// <summary>
    /// 1 where the left entry is less than the right one and 0 elsewhere. No gradient flows through it.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftRows">The number of rows of the left side.</typeparam>
    /// <typeparam name="TLeftColumns">The number of columns of the left side.</typeparam>
    /// <typeparam name="TRightSize">The number of entries of the right side.</typeparam>
    /// <param name="left">A matrix.</param>
    /// <param name="right">A vector, taken as a column.</param>
    /// <returns>A matrix with the shape of the left side.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("less")]
    public static Matrix<TScalar, TLeftRows, TLeftColumns> Less<TScalar, TLeftRows, TLeftColumns, TRightSize>(
        Matrix<TScalar, TLeftRows, TLeftColumns> left, Vector<TScalar, TRightSize> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightSize : struct, IDimension =>
        Entrywise.Zip(nameof(Less), left, right, static (x, y) => x < y ? TScalar.One : TScalar.Zero);

    /// <summary>
    /// 1 where the left entry is less than the right one and 0 elsewhere. No gradient flows through it.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftSize">The number of entries of the left side.</typeparam>
    /// <typeparam name="TRightRows">The number of rows of the right side.</typeparam>
    /// <typeparam name="TRightColumns">The number of columns of the right side.</typeparam>
    /// <param name="left">A vector, taken as a column.</param>
    /// <param name="right">A matrix.</param>
    /// <returns>A vector with the shape of the left side.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("less")]
    public static Vector<TScalar, TLeftSize> Less<TScalar, TLeftSize, TRightRows, TRightColumns>(
        Vector<TScalar, TLeftSize> left, Matrix<TScalar, TRightRows, TRightColumns> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftSize : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension =>
        Entrywise.Zip(nameof(Less), left, right, static (x, y) => x < y ? TScalar.One : TScalar.Zero);

    /// <summary>
    /// 1 where the left entry is less than the right one and 0 elsewhere. No gradient flows through it.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftSize">The number of entries of the left side.</typeparam>
    /// <typeparam name="TRightSize">The number of entries of the right side.</typeparam>
    /// <param name="left">A vector, taken as a column.</param>
    /// <param name="right">A vector, taken as a column.</param>
    /// <returns>A vector with the shape of the left side.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("less")]
    public static Vector<TScalar, TLeftSize> Less<TScalar, TLeftSize, TRightSize>(
        Vector<TScalar, TLeftSize> left, Vector<TScalar, TRightSize> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftSize : struct, IDimension
        where TRightSize : struct, IDimension =>
        Entrywise.Zip(nameof(Less), left, right, static (x, y) => x < y ? TScalar.One : TScalar.Zero);

    /// <summary>Entry by entry, the one or the other of two entries.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TConditionRows">The number of rows of the condition.</typeparam>
    /// <typeparam name="TConditionColumns">The number of columns of the condition.</typeparam>
    /// <typeparam name="TLeftRows">The number of rows of the left side.</typeparam>
    /// <typeparam name="TLeftColumns">The number of columns of the left side.</typeparam>
    /// <typeparam name="TRightRows">The number of rows of the right side.</typeparam>
    /// <typeparam name="TRightColumns">The number of columns of the right side.</typeparam>
    /// <param name="condition">1 where the first is wanted and 0 where the second is; no gradient flows to it.</param>
    /// <param name="left">What is taken where the condition is not 0.</param>
    /// <param name="right">What is taken where the condition is 0.</param>
    /// <returns>A matrix with the shape of <paramref name="left"/>.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("where")]
    public static Matrix<TScalar, TLeftRows, TLeftColumns> Where<TScalar, TConditionRows, TConditionColumns, TLeftRows, TLeftColumns, TRightRows, TRightColumns>(
        Matrix<TScalar, TConditionRows, TConditionColumns> condition, Matrix<TScalar, TLeftRows, TLeftColumns> left, Matrix<TScalar, TRightRows, TRightColumns> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TConditionRows : struct, IDimension
        where TConditionColumns : struct, IDimension
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ShapeGuard.Same(nameof(Where), TConditionRows.Size, TConditionColumns.Size, TLeftRows.Size, TLeftColumns.Size);
        ShapeGuard.Same(nameof(Where), TLeftRows.Size, TLeftColumns.Size, TRightRows.Size, TRightColumns.Size);
        var result = new Matrix<TScalar, TLeftRows, TLeftColumns>();
        Entrywise.Choose(condition.AsSpan(), left.AsSpan(), right.AsSpan(), result.AsSpan());
        return result;
    }

    /// <summary>Entry by entry, the one or the other of two entries.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TConditionSize">The number of entries of the condition.</typeparam>
    /// <typeparam name="TLeftSize">The number of entries of the left side.</typeparam>
    /// <typeparam name="TRightSize">The number of entries of the right side.</typeparam>
    /// <param name="condition">1 where the first is wanted and 0 where the second is; no gradient flows to it.</param>
    /// <param name="left">What is taken where the condition is not 0.</param>
    /// <param name="right">What is taken where the condition is 0.</param>
    /// <returns>A vector with the shape of <paramref name="left"/>.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("where")]
    public static Vector<TScalar, TLeftSize> Where<TScalar, TConditionSize, TLeftSize, TRightSize>(
        Vector<TScalar, TConditionSize> condition, Vector<TScalar, TLeftSize> left, Vector<TScalar, TRightSize> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TConditionSize : struct, IDimension
        where TLeftSize : struct, IDimension
        where TRightSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ShapeGuard.Same(nameof(Where), TConditionSize.Size, 1, TLeftSize.Size, 1);
        ShapeGuard.Same(nameof(Where), TLeftSize.Size, 1, TRightSize.Size, 1);
        var result = new Vector<TScalar, TLeftSize>();
        Entrywise.Choose(condition.AsSpan(), left.AsSpan(), right.AsSpan(), result.AsSpan());
        return result;
    }
}
