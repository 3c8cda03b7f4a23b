using System.Numerics;

namespace GradGen;

/// <content>Products other than <c>*</c>.</content>
public static partial class MatrixFunctions
{
    /// <summary>⟨A, B⟩, the sum of the products of entries; for two vectors xᵀ·y.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftRows">The number of rows of the left side.</typeparam>
    /// <typeparam name="TLeftColumns">The number of columns of the left side.</typeparam>
    /// <typeparam name="TRightRows">The number of rows of the right side.</typeparam>
    /// <typeparam name="TRightColumns">The number of columns of the right side.</typeparam>
    /// <param name="left">A matrix.</param>
    /// <param name="right">A matrix.</param>
    /// <returns>The sum.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("dot")]
    public static TScalar Dot<TScalar, TLeftRows, TLeftColumns, TRightRows, TRightColumns>(
        Matrix<TScalar, TLeftRows, TLeftColumns> left, Matrix<TScalar, TRightRows, TRightColumns> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ShapeGuard.Same(nameof(Dot), TLeftRows.Size, TLeftColumns.Size, TRightRows.Size, TRightColumns.Size);
        return Products.Dot<TScalar>(left.AsSpan(), right.AsSpan());
    }

    /// <summary>⟨A, B⟩, the sum of the products of entries; for two vectors xᵀ·y.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftRows">The number of rows of the left side.</typeparam>
    /// <typeparam name="TLeftColumns">The number of columns of the left side.</typeparam>
    /// <typeparam name="TRightSize">The number of entries of the right side.</typeparam>
    /// <param name="left">A matrix.</param>
    /// <param name="right">A vector, taken as a column.</param>
    /// <returns>The sum.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("dot")]
    public static TScalar Dot<TScalar, TLeftRows, TLeftColumns, TRightSize>(
        Matrix<TScalar, TLeftRows, TLeftColumns> left, Vector<TScalar, TRightSize> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ShapeGuard.Same(nameof(Dot), TLeftRows.Size, TLeftColumns.Size, TRightSize.Size, 1);
        return Products.Dot<TScalar>(left.AsSpan(), right.AsSpan());
    }

    /// <summary>⟨A, B⟩, the sum of the products of entries; for two vectors xᵀ·y.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftSize">The number of entries of the left side.</typeparam>
    /// <typeparam name="TRightRows">The number of rows of the right side.</typeparam>
    /// <typeparam name="TRightColumns">The number of columns of the right side.</typeparam>
    /// <param name="left">A vector, taken as a column.</param>
    /// <param name="right">A matrix.</param>
    /// <returns>The sum.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("dot")]
    public static TScalar Dot<TScalar, TLeftSize, TRightRows, TRightColumns>(
        Vector<TScalar, TLeftSize> left, Matrix<TScalar, TRightRows, TRightColumns> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftSize : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ShapeGuard.Same(nameof(Dot), TLeftSize.Size, 1, TRightRows.Size, TRightColumns.Size);
        return Products.Dot<TScalar>(left.AsSpan(), right.AsSpan());
    }

    /// <summary>⟨A, B⟩, the sum of the products of entries; for two vectors xᵀ·y.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftSize">The number of entries of the left side.</typeparam>
    /// <typeparam name="TRightSize">The number of entries of the right side.</typeparam>
    /// <param name="left">A vector, taken as a column.</param>
    /// <param name="right">A vector, taken as a column.</param>
    /// <returns>The sum.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("dot")]
    public static TScalar Dot<TScalar, TLeftSize, TRightSize>(
        Vector<TScalar, TLeftSize> left, Vector<TScalar, TRightSize> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftSize : struct, IDimension
        where TRightSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ShapeGuard.Same(nameof(Dot), TLeftSize.Size, 1, TRightSize.Size, 1);
        return Products.Dot<TScalar>(left.AsSpan(), right.AsSpan());
    }

    /// <summary>The outer product x·yᵀ, whose entry (i, j) is xᵢ·yⱼ.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftSize">The number of entries of the left side.</typeparam>
    /// <typeparam name="TRightSize">The number of entries of the right side.</typeparam>
    /// <param name="left">The vector that gives the rows.</param>
    /// <param name="right">The vector that gives the columns.</param>
    /// <returns>A matrix with a row for each entry of the left side and a column for each of the right.</returns>
    [Operation("outer")]
    public static Matrix<TScalar, TLeftSize, TRightSize> Outer<TScalar, TLeftSize, TRightSize>(
        Vector<TScalar, TLeftSize> left, Vector<TScalar, TRightSize> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftSize : struct, IDimension
        where TRightSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var result = new Matrix<TScalar, TLeftSize, TRightSize>();
        Products.Multiply(left.AsSpan(), right.AsSpan(), result.AsSpan(), TLeftSize.Size, 1, TRightSize.Size);
        return result;
    }

    /// <summary>The Gram matrix Aᵀ·A, the dot products of the columns with each other.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="a">Any matrix.</param>
    /// <returns>A symmetric matrix with a row and a column for each column of A.</returns>
    [Operation("gram")]
    public static Matrix<TScalar, TColumns, TColumns> Gram<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> a)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(a);
        var result = new Matrix<TScalar, TColumns, TColumns>();
        Products.Gram(a.AsSpan(), result.AsSpan(), TRows.Size, TColumns.Size);
        return result;
    }

    /// <summary>The quadratic form xᵀ·A·x.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">The vector.</param>
    /// <param name="a">A square matrix of the vector's size; it need not be symmetric.</param>
    /// <returns>The form's value.</returns>
    /// <exception cref="ShapeMismatchException">
    /// The matrix has not as many rows and columns as the vector has entries.
    /// </exception>
    [Operation("quadraticForm")]
    public static TScalar QuadraticForm<TScalar, TSize, TRows, TColumns>(
        Vector<TScalar, TSize> x, Matrix<TScalar, TRows, TColumns> a)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(a);
        ShapeGuard.Form(nameof(QuadraticForm), TSize.Size, TSize.Size, TRows.Size, TColumns.Size);
        return Products.Form<TScalar>(x.AsSpan(), a.AsSpan(), x.AsSpan());
    }

    /// <summary>The bilinear form xᵀ·A·y.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftSize">The number of entries of the left side.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <typeparam name="TRightSize">The number of entries of the right side.</typeparam>
    /// <param name="x">The vector on the left.</param>
    /// <param name="a">
    /// A matrix with a row for each entry of <paramref name="x"/> and a column for each of <paramref name="y"/>.
    /// </param>
    /// <param name="y">The vector on the right.</param>
    /// <returns>The form's value.</returns>
    /// <exception cref="ShapeMismatchException">The sizes do not fit.</exception>
    [Operation("bilinearForm")]
    public static TScalar BilinearForm<TScalar, TLeftSize, TRows, TColumns, TRightSize>(
        Vector<TScalar, TLeftSize> x, Matrix<TScalar, TRows, TColumns> a, Vector<TScalar, TRightSize> y)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftSize : struct, IDimension
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
        where TRightSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(y);
        ShapeGuard.Form(nameof(BilinearForm), TLeftSize.Size, TRightSize.Size, TRows.Size, TColumns.Size);
        return Products.Form<TScalar>(x.AsSpan(), a.AsSpan(), y.AsSpan());
    }

    /// <summary>The trace of a product, tr(A·B), without the product itself.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftRows">The number of rows of the left side.</typeparam>
    /// <typeparam name="TLeftColumns">The number of columns of the left side.</typeparam>
    /// <typeparam name="TRightRows">The number of rows of the right side.</typeparam>
    /// <typeparam name="TRightColumns">The number of columns of the right side.</typeparam>
    /// <param name="left">A matrix.</param>
    /// <param name="right">A matrix of the transposed shape.</param>
    /// <returns>The trace.</returns>
    /// <exception cref="ShapeMismatchException">
    /// The right side has not the shape of the left side's transpose.
    /// </exception>
    [Operation("traceOfProduct")]
    public static TScalar TraceOfProduct<TScalar, TLeftRows, TLeftColumns, TRightRows, TRightColumns>(
        Matrix<TScalar, TLeftRows, TLeftColumns> left, Matrix<TScalar, TRightRows, TRightColumns> right)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (TLeftRows.Size != TRightColumns.Size || TLeftColumns.Size != TRightRows.Size)
            ShapeGuard.Mismatch(ShapeMessages.TraceOfProduct(
                TLeftRows.Size, TLeftColumns.Size, TRightRows.Size, TRightColumns.Size));
        return Products.TraceOfProduct<TScalar>(left.AsSpan(), right.AsSpan(), TLeftRows.Size, TLeftColumns.Size);
    }
}
