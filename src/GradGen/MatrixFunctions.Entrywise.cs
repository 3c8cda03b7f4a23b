using System.Numerics;

namespace GradGen;

/// <content>Products and quotients of two, entry by entry.</content>
public static partial class MatrixFunctions
{
    /// <summary>The product entry by entry, A ⊙ B.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftRows">The number of rows of the left side.</typeparam>
    /// <typeparam name="TLeftColumns">The number of columns of the left side.</typeparam>
    /// <typeparam name="TRightRows">The number of rows of the right side.</typeparam>
    /// <typeparam name="TRightColumns">The number of columns of the right side.</typeparam>
    /// <param name="left">A matrix.</param>
    /// <param name="right">A matrix.</param>
    /// <returns>A matrix with the shape of the left side.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("mul")]
    public static Matrix<TScalar, TLeftRows, TLeftColumns> Hadamard<TScalar, TLeftRows, TLeftColumns, TRightRows, TRightColumns>(
        Matrix<TScalar, TLeftRows, TLeftColumns> left, Matrix<TScalar, TRightRows, TRightColumns> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension =>
        Entrywise.Zip(nameof(Hadamard), left, right, static (x, y) => x * y);

    /// <summary>The product entry by entry, A ⊙ B.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftRows">The number of rows of the left side.</typeparam>
    /// <typeparam name="TLeftColumns">The number of columns of the left side.</typeparam>
    /// <typeparam name="TRightSize">The number of entries of the right side.</typeparam>
    /// <param name="left">A matrix.</param>
    /// <param name="right">A vector, taken as a column.</param>
    /// <returns>A matrix with the shape of the left side.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("mul")]
    public static Matrix<TScalar, TLeftRows, TLeftColumns> Hadamard<TScalar, TLeftRows, TLeftColumns, TRightSize>(
        Matrix<TScalar, TLeftRows, TLeftColumns> left, Vector<TScalar, TRightSize> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightSize : struct, IDimension =>
        Entrywise.Zip(nameof(Hadamard), left, right, static (x, y) => x * y);

    /// <summary>The product entry by entry, A ⊙ B.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftSize">The number of entries of the left side.</typeparam>
    /// <typeparam name="TRightRows">The number of rows of the right side.</typeparam>
    /// <typeparam name="TRightColumns">The number of columns of the right side.</typeparam>
    /// <param name="left">A vector, taken as a column.</param>
    /// <param name="right">A matrix.</param>
    /// <returns>A vector with the shape of the left side.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("mul")]
    public static Vector<TScalar, TLeftSize> Hadamard<TScalar, TLeftSize, TRightRows, TRightColumns>(
        Vector<TScalar, TLeftSize> left, Matrix<TScalar, TRightRows, TRightColumns> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftSize : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension =>
        Entrywise.Zip(nameof(Hadamard), left, right, static (x, y) => x * y);

    /// <summary>The product entry by entry, A ⊙ B.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftSize">The number of entries of the left side.</typeparam>
    /// <typeparam name="TRightSize">The number of entries of the right side.</typeparam>
    /// <param name="left">A vector, taken as a column.</param>
    /// <param name="right">A vector, taken as a column.</param>
    /// <returns>A vector with the shape of the left side.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("mul")]
    public static Vector<TScalar, TLeftSize> Hadamard<TScalar, TLeftSize, TRightSize>(
        Vector<TScalar, TLeftSize> left, Vector<TScalar, TRightSize> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftSize : struct, IDimension
        where TRightSize : struct, IDimension =>
        Entrywise.Zip(nameof(Hadamard), left, right, static (x, y) => x * y);

    /// <summary>The quotient entry by entry, A ⊘ B.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftRows">The number of rows of the left side.</typeparam>
    /// <typeparam name="TLeftColumns">The number of columns of the left side.</typeparam>
    /// <typeparam name="TRightRows">The number of rows of the right side.</typeparam>
    /// <typeparam name="TRightColumns">The number of columns of the right side.</typeparam>
    /// <param name="left">A matrix.</param>
    /// <param name="right">A matrix.</param>
    /// <returns>A matrix with the shape of the left side.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("div")]
    public static Matrix<TScalar, TLeftRows, TLeftColumns> Divide<TScalar, TLeftRows, TLeftColumns, TRightRows, TRightColumns>(
        Matrix<TScalar, TLeftRows, TLeftColumns> left, Matrix<TScalar, TRightRows, TRightColumns> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension =>
        Entrywise.Zip(nameof(Divide), left, right, static (x, y) => x / y);

    /// <summary>The quotient entry by entry, A ⊘ B.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftRows">The number of rows of the left side.</typeparam>
    /// <typeparam name="TLeftColumns">The number of columns of the left side.</typeparam>
    /// <typeparam name="TRightSize">The number of entries of the right side.</typeparam>
    /// <param name="left">A matrix.</param>
    /// <param name="right">A vector, taken as a column.</param>
    /// <returns>A matrix with the shape of the left side.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("div")]
    public static Matrix<TScalar, TLeftRows, TLeftColumns> Divide<TScalar, TLeftRows, TLeftColumns, TRightSize>(
        Matrix<TScalar, TLeftRows, TLeftColumns> left, Vector<TScalar, TRightSize> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightSize : struct, IDimension =>
        Entrywise.Zip(nameof(Divide), left, right, static (x, y) => x / y);

    /// <summary>The quotient entry by entry, A ⊘ B.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftSize">The number of entries of the left side.</typeparam>
    /// <typeparam name="TRightRows">The number of rows of the right side.</typeparam>
    /// <typeparam name="TRightColumns">The number of columns of the right side.</typeparam>
    /// <param name="left">A vector, taken as a column.</param>
    /// <param name="right">A matrix.</param>
    /// <returns>A vector with the shape of the left side.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("div")]
    public static Vector<TScalar, TLeftSize> Divide<TScalar, TLeftSize, TRightRows, TRightColumns>(
        Vector<TScalar, TLeftSize> left, Matrix<TScalar, TRightRows, TRightColumns> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftSize : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension =>
        Entrywise.Zip(nameof(Divide), left, right, static (x, y) => x / y);

    /// <summary>The quotient entry by entry, A ⊘ B.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftSize">The number of entries of the left side.</typeparam>
    /// <typeparam name="TRightSize">The number of entries of the right side.</typeparam>
    /// <param name="left">A vector, taken as a column.</param>
    /// <param name="right">A vector, taken as a column.</param>
    /// <returns>A vector with the shape of the left side.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("div")]
    public static Vector<TScalar, TLeftSize> Divide<TScalar, TLeftSize, TRightSize>(
        Vector<TScalar, TLeftSize> left, Vector<TScalar, TRightSize> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftSize : struct, IDimension
        where TRightSize : struct, IDimension =>
        Entrywise.Zip(nameof(Divide), left, right, static (x, y) => x / y);
}
