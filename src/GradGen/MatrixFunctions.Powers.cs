using System.Numerics;

namespace GradGen;

/// <content>Powers and roots, entry by entry.</content>
public static partial class MatrixFunctions
{
    /// <summary>1/x for every entry; not the inverse of a matrix.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("recip")]
    public static Matrix<TScalar, TRows, TColumns> Reciprocal<TScalar, TRows, TColumns>(
        Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        Entrywise.Map(x, static entry => TScalar.One / entry);

    /// <summary>1/x for every entry; not the inverse of a matrix.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("recip")]
    public static Vector<TScalar, TSize> Reciprocal<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        Entrywise.Map(x, static entry => TScalar.One / entry);

    /// <summary>x² for every entry.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("square")]
    public static Matrix<TScalar, TRows, TColumns> Square<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        Entrywise.Map(x, static entry => entry * entry);

    /// <summary>x² for every entry.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("square")]
    public static Vector<TScalar, TSize> Square<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        Entrywise.Map(x, static entry => entry * entry);

    /// <summary>x³ for every entry.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("cube")]
    public static Matrix<TScalar, TRows, TColumns> Cube<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        Entrywise.Map(x, static entry => entry * entry * entry);

    /// <summary>x³ for every entry.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("cube")]
    public static Vector<TScalar, TSize> Cube<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        Entrywise.Map(x, static entry => entry * entry * entry);

    /// <summary>
    /// xᵖ for every entry. At x = 0 the derivative is that of the exponent's own rule: 0 for p = 2, 1 for p = 1, 0 for
    /// p = 0, −∞ for p = −1 and +∞ for p = ½; the derivative with respect to p is 0 where x = 0 and p ≥ 0.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <param name="exponent">The power p.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("pow")]
    public static Matrix<TScalar, TRows, TColumns> Pow<TScalar, TRows, TColumns>(
        Matrix<TScalar, TRows, TColumns> x, TScalar exponent)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        Entrywise.MapWith(x, exponent, static (entry, exponent) => TScalar.Pow(entry, exponent));

    /// <summary>
    /// xᵖ for every entry. At x = 0 the derivative is that of the exponent's own rule: 0 for p = 2, 1 for p = 1, 0 for
    /// p = 0, −∞ for p = −1 and +∞ for p = ½; the derivative with respect to p is 0 where x = 0 and p ≥ 0.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <param name="exponent">The power p.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("pow")]
    public static Vector<TScalar, TSize> Pow<TScalar, TSize>(Vector<TScalar, TSize> x, TScalar exponent)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        Entrywise.MapWith(x, exponent, static (entry, exponent) => TScalar.Pow(entry, exponent));

    /// <summary>√x for every entry. The derivative at 0 is +∞.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("sqrt")]
    public static Matrix<TScalar, TRows, TColumns> Sqrt<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        Entrywise.Map(x, static entry => TScalar.Sqrt(entry));

    /// <summary>√x for every entry. The derivative at 0 is +∞.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("sqrt")]
    public static Vector<TScalar, TSize> Sqrt<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        Entrywise.Map(x, static entry => TScalar.Sqrt(entry));

    /// <summary>
    /// √x for every entry, whose derivative GradGen takes as 0 where the root is 0, instead of infinite: for roots of sums of squares.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("safeSqrt")]
    public static Matrix<TScalar, TRows, TColumns> SafeSqrt<TScalar, TRows, TColumns>(
        Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        Entrywise.Map(x, static entry => TScalar.Sqrt(entry));

    /// <summary>
    /// √x for every entry, whose derivative GradGen takes as 0 where the root is 0, instead of infinite: for roots of sums of squares.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("safeSqrt")]
    public static Vector<TScalar, TSize> SafeSqrt<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        Entrywise.Map(x, static entry => TScalar.Sqrt(entry));

    /// <summary>1/√x for every entry.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("rsqrt")]
    public static Matrix<TScalar, TRows, TColumns> ReciprocalSqrt<TScalar, TRows, TColumns>(
        Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        Entrywise.Map(x, static entry => TScalar.One / TScalar.Sqrt(entry));

    /// <summary>1/√x for every entry.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("rsqrt")]
    public static Vector<TScalar, TSize> ReciprocalSqrt<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        Entrywise.Map(x, static entry => TScalar.One / TScalar.Sqrt(entry));
}
