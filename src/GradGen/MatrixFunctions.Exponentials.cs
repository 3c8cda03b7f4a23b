using System.Numerics;

namespace GradGen;

/// <content>Exponentials and logarithms, entry by entry.</content>
public static partial class MatrixFunctions
{
    /// <summary>eˣ for every entry.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("exp")]
    public static Matrix<TScalar, TRows, TColumns> Exp<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        Entrywise.Map(x, static entry => TScalar.Exp(entry));

    /// <summary>eˣ for every entry.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("exp")]
    public static Vector<TScalar, TSize> Exp<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        Entrywise.Map(x, static entry => TScalar.Exp(entry));

    /// <summary>eˣ − 1 for every entry, to full accuracy also near 0.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("expm1")]
    public static Matrix<TScalar, TRows, TColumns> Expm1<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        Entrywise.Map(x, static entry => ScalarMath.Expm1(entry));

    /// <summary>eˣ − 1 for every entry, to full accuracy also near 0.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("expm1")]
    public static Vector<TScalar, TSize> Expm1<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        Entrywise.Map(x, static entry => ScalarMath.Expm1(entry));

    /// <summary>The natural logarithm ln x for every entry.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("log")]
    public static Matrix<TScalar, TRows, TColumns> Log<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        Entrywise.Map(x, static entry => TScalar.Log(entry));

    /// <summary>The natural logarithm ln x for every entry.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("log")]
    public static Vector<TScalar, TSize> Log<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        Entrywise.Map(x, static entry => TScalar.Log(entry));

    /// <summary>ln(1 + x) for every entry, to full accuracy also near 0.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("log1p")]
    public static Matrix<TScalar, TRows, TColumns> Log1p<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        Entrywise.Map(x, static entry => ScalarMath.Log1p(entry));

    /// <summary>ln(1 + x) for every entry, to full accuracy also near 0.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("log1p")]
    public static Vector<TScalar, TSize> Log1p<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        Entrywise.Map(x, static entry => ScalarMath.Log1p(entry));
}
