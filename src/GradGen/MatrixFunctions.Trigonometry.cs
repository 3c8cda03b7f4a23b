using System.Numerics;

namespace GradGen;

/// <content>Circular and hyperbolic functions, entry by entry.</content>
public static partial class MatrixFunctions
{
    /// <summary>sin x for every entry, in radians.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("sin")]
    public static Matrix<TScalar, TRows, TColumns> Sin<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        Entrywise.Map(x, static entry => TScalar.Sin(entry));

    /// <summary>sin x for every entry, in radians.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("sin")]
    public static Vector<TScalar, TSize> Sin<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        Entrywise.Map(x, static entry => TScalar.Sin(entry));

    /// <summary>cos x for every entry, in radians.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("cos")]
    public static Matrix<TScalar, TRows, TColumns> Cos<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        Entrywise.Map(x, static entry => TScalar.Cos(entry));

    /// <summary>cos x for every entry, in radians.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("cos")]
    public static Vector<TScalar, TSize> Cos<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        Entrywise.Map(x, static entry => TScalar.Cos(entry));

    /// <summary>tan x for every entry, in radians.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("tan")]
    public static Matrix<TScalar, TRows, TColumns> Tan<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        Entrywise.Map(x, static entry => TScalar.Tan(entry));

    /// <summary>tan x for every entry, in radians.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("tan")]
    public static Vector<TScalar, TSize> Tan<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        Entrywise.Map(x, static entry => TScalar.Tan(entry));

    /// <summary>The hyperbolic tangent for every entry.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("tanh")]
    public static Matrix<TScalar, TRows, TColumns> Tanh<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        Entrywise.Map(x, static entry => TScalar.Tanh(entry));

    /// <summary>The hyperbolic tangent for every entry.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("tanh")]
    public static Vector<TScalar, TSize> Tanh<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        Entrywise.Map(x, static entry => TScalar.Tanh(entry));
}
