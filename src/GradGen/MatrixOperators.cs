using System.Numerics;

namespace GradGen;

/// <summary>
/// The operators of two matrices or vectors. They accept any two shapes and take the result's shape from their
/// operands, so that a product that does not fit is reported by GradGen's analyzer, which says both shapes, and at
/// run time by a <see cref="ShapeMismatchException"/> with the same words. Sizes decide, not the names of dimensions.
/// </summary>
public static class MatrixOperators
{
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows of the left side.</typeparam>
    /// <typeparam name="TColumns">The number of columns of the left side.</typeparam>
    /// <typeparam name="TRightRows">The number of rows of the right side.</typeparam>
    /// <typeparam name="TRightColumns">The number of columns of the right side.</typeparam>
    extension<TScalar, TRows, TColumns, TRightRows, TRightColumns>(Matrix<TScalar, TRows, TColumns>)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension
    {
        /// <summary>The product of two matrices.</summary>
        /// <param name="left">A matrix.</param>
        /// <param name="right">A matrix.</param>
        /// <returns>The product.</returns>
        /// <exception cref="ShapeMismatchException">The left side has not as many columns as the right side has rows.</exception>
        [Operation("matmul")]
        public static Matrix<TScalar, TRows, TRightColumns> operator *(
            Matrix<TScalar, TRows, TColumns> left, Matrix<TScalar, TRightRows, TRightColumns> right)
        {
            ArgumentNullException.ThrowIfNull(left);
            ArgumentNullException.ThrowIfNull(right);
            ShapeGuard.Product(TRows.Size, TColumns.Size, TRightRows.Size, TRightColumns.Size);
            var result = new Matrix<TScalar, TRows, TRightColumns>();
            Products.Multiply(left.AsSpan(), right.AsSpan(), result.AsSpan(), TRows.Size, TRightRows.Size, TRightColumns.Size);
            return result;
        }

        /// <summary>Adds entry by entry.</summary>
        /// <param name="left">A matrix.</param>
        /// <param name="right">A matrix.</param>
        /// <returns>The sum, with the shape of the left side.</returns>
        /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
        [Operation("add")]
        public static Matrix<TScalar, TRows, TColumns> operator +(
            Matrix<TScalar, TRows, TColumns> left, Matrix<TScalar, TRightRows, TRightColumns> right)
        {
            ArgumentNullException.ThrowIfNull(left);
            ArgumentNullException.ThrowIfNull(right);
            ShapeGuard.Same("+", TRows.Size, TColumns.Size, TRightRows.Size, TRightColumns.Size);
            var result = new Matrix<TScalar, TRows, TColumns>();
            Entrywise.Add(left.AsSpan(), right.AsSpan(), result.AsSpan());
            return result;
        }

        /// <summary>Subtracts entry by entry.</summary>
        /// <param name="left">A matrix.</param>
        /// <param name="right">A matrix.</param>
        /// <returns>The difference, with the shape of the left side.</returns>
        /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
        [Operation("sub")]
        public static Matrix<TScalar, TRows, TColumns> operator -(
            Matrix<TScalar, TRows, TColumns> left, Matrix<TScalar, TRightRows, TRightColumns> right)
        {
            ArgumentNullException.ThrowIfNull(left);
            ArgumentNullException.ThrowIfNull(right);
            ShapeGuard.Same("-", TRows.Size, TColumns.Size, TRightRows.Size, TRightColumns.Size);
            var result = new Matrix<TScalar, TRows, TColumns>();
            Entrywise.Subtract(left.AsSpan(), right.AsSpan(), result.AsSpan());
            return result;
        }
    }

    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows of the matrix.</typeparam>
    /// <typeparam name="TColumns">The number of columns of the matrix.</typeparam>
    /// <typeparam name="TSize">The number of entries of the vector.</typeparam>
    extension<TScalar, TRows, TColumns, TSize>(Matrix<TScalar, TRows, TColumns>)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
        where TSize : struct, IDimension
    {
        /// <summary>The product of a matrix and a column.</summary>
        /// <param name="left">A matrix.</param>
        /// <param name="right">A vector, taken as a column.</param>
        /// <returns>The product.</returns>
        /// <exception cref="ShapeMismatchException">The left side has not as many columns as the right side has rows.</exception>
        [Operation("matmul")]
        public static Vector<TScalar, TRows> operator *(Matrix<TScalar, TRows, TColumns> left, Vector<TScalar, TSize> right)
        {
            ArgumentNullException.ThrowIfNull(left);
            ArgumentNullException.ThrowIfNull(right);
            ShapeGuard.Product(TRows.Size, TColumns.Size, TSize.Size, 1);
            var result = new Vector<TScalar, TRows>();
            Products.Multiply(left.AsSpan(), right.AsSpan(), result.AsSpan(), TRows.Size, TSize.Size, 1);
            return result;
        }

        /// <summary>Adds entry by entry.</summary>
        /// <param name="left">A matrix.</param>
        /// <param name="right">A vector, taken as a column.</param>
        /// <returns>The sum, with the shape of the left side.</returns>
        /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
        [Operation("add")]
        public static Matrix<TScalar, TRows, TColumns> operator +(
            Matrix<TScalar, TRows, TColumns> left, Vector<TScalar, TSize> right)
        {
            ArgumentNullException.ThrowIfNull(left);
            ArgumentNullException.ThrowIfNull(right);
            ShapeGuard.Same("+", TRows.Size, TColumns.Size, TSize.Size, 1);
            var result = new Matrix<TScalar, TRows, TColumns>();
            Entrywise.Add(left.AsSpan(), right.AsSpan(), result.AsSpan());
            return result;
        }

        /// <summary>Subtracts entry by entry.</summary>
        /// <param name="left">A matrix.</param>
        /// <param name="right">A vector, taken as a column.</param>
        /// <returns>The difference, with the shape of the left side.</returns>
        /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
        [Operation("sub")]
        public static Matrix<TScalar, TRows, TColumns> operator -(
            Matrix<TScalar, TRows, TColumns> left, Vector<TScalar, TSize> right)
        {
            ArgumentNullException.ThrowIfNull(left);
            ArgumentNullException.ThrowIfNull(right);
            ShapeGuard.Same("-", TRows.Size, TColumns.Size, TSize.Size, 1);
            var result = new Matrix<TScalar, TRows, TColumns>();
            Entrywise.Subtract(left.AsSpan(), right.AsSpan(), result.AsSpan());
            return result;
        }
    }

    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries of the vector.</typeparam>
    /// <typeparam name="TRows">The number of rows of the matrix.</typeparam>
    /// <typeparam name="TColumns">The number of columns of the matrix.</typeparam>
    extension<TScalar, TSize, TRows, TColumns>(Vector<TScalar, TSize>)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        /// <summary>The product of a column and a matrix, which is their outer product where the matrix is a row.</summary>
        /// <param name="left">A vector, taken as a column.</param>
        /// <param name="right">A matrix; in a product, one with a single row.</param>
        /// <returns>The product.</returns>
        /// <exception cref="ShapeMismatchException">The left side has not as many columns as the right side has rows.</exception>
        [Operation("matmul")]
        public static Matrix<TScalar, TSize, TColumns> operator *(
            Vector<TScalar, TSize> left, Matrix<TScalar, TRows, TColumns> right)
        {
            ArgumentNullException.ThrowIfNull(left);
            ArgumentNullException.ThrowIfNull(right);
            ShapeGuard.Product(TSize.Size, 1, TRows.Size, TColumns.Size);
            var result = new Matrix<TScalar, TSize, TColumns>();
            Products.Multiply(left.AsSpan(), right.AsSpan(), result.AsSpan(), TSize.Size, TRows.Size, TColumns.Size);
            return result;
        }

        /// <summary>Adds entry by entry.</summary>
        /// <param name="left">A vector, taken as a column.</param>
        /// <param name="right">A matrix; in a product, one with a single row.</param>
        /// <returns>The sum, with the shape of the left side.</returns>
        /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
        [Operation("add")]
        public static Vector<TScalar, TSize> operator +(Vector<TScalar, TSize> left, Matrix<TScalar, TRows, TColumns> right)
        {
            ArgumentNullException.ThrowIfNull(left);
            ArgumentNullException.ThrowIfNull(right);
            ShapeGuard.Same("+", TSize.Size, 1, TRows.Size, TColumns.Size);
            var result = new Vector<TScalar, TSize>();
            Entrywise.Add(left.AsSpan(), right.AsSpan(), result.AsSpan());
            return result;
        }

        /// <summary>Subtracts entry by entry.</summary>
        /// <param name="left">A vector, taken as a column.</param>
        /// <param name="right">A matrix; in a product, one with a single row.</param>
        /// <returns>The difference, with the shape of the left side.</returns>
        /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
        [Operation("sub")]
        public static Vector<TScalar, TSize> operator -(Vector<TScalar, TSize> left, Matrix<TScalar, TRows, TColumns> right)
        {
            ArgumentNullException.ThrowIfNull(left);
            ArgumentNullException.ThrowIfNull(right);
            ShapeGuard.Same("-", TSize.Size, 1, TRows.Size, TColumns.Size);
            var result = new Vector<TScalar, TSize>();
            Entrywise.Subtract(left.AsSpan(), right.AsSpan(), result.AsSpan());
            return result;
        }
    }

    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries of the left side.</typeparam>
    /// <typeparam name="TRightSize">The number of entries of the right side.</typeparam>
    extension<TScalar, TSize, TRightSize>(Vector<TScalar, TSize>)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension
        where TRightSize : struct, IDimension
    {
        /// <summary>The product of two columns, which exists only where the right one has a single entry.</summary>
        /// <param name="left">A vector, taken as a column.</param>
        /// <param name="right">A vector, taken as a column; in a product, one with a single entry.</param>
        /// <returns>The product.</returns>
        /// <exception cref="ShapeMismatchException">The left side has not as many columns as the right side has rows.</exception>
        [Operation("matmul")]
        public static Vector<TScalar, TSize> operator *(Vector<TScalar, TSize> left, Vector<TScalar, TRightSize> right)
        {
            ArgumentNullException.ThrowIfNull(left);
            ArgumentNullException.ThrowIfNull(right);
            if (TRightSize.Size != 1)
                ShapeGuard.Mismatch(ShapeMessages.MultiplyColumns(TSize.Size, TRightSize.Size));
            var result = new Vector<TScalar, TSize>();
            Products.Multiply(left.AsSpan(), right.AsSpan(), result.AsSpan(), TSize.Size, TRightSize.Size, 1);
            return result;
        }

        /// <summary>Adds entry by entry.</summary>
        /// <param name="left">A vector, taken as a column.</param>
        /// <param name="right">A vector, taken as a column; in a product, one with a single entry.</param>
        /// <returns>The sum, with the shape of the left side.</returns>
        /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
        [Operation("add")]
        public static Vector<TScalar, TSize> operator +(Vector<TScalar, TSize> left, Vector<TScalar, TRightSize> right)
        {
            ArgumentNullException.ThrowIfNull(left);
            ArgumentNullException.ThrowIfNull(right);
            ShapeGuard.Same("+", TSize.Size, 1, TRightSize.Size, 1);
            var result = new Vector<TScalar, TSize>();
            Entrywise.Add(left.AsSpan(), right.AsSpan(), result.AsSpan());
            return result;
        }

        /// <summary>Subtracts entry by entry.</summary>
        /// <param name="left">A vector, taken as a column.</param>
        /// <param name="right">A vector, taken as a column; in a product, one with a single entry.</param>
        /// <returns>The difference, with the shape of the left side.</returns>
        /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
        [Operation("sub")]
        public static Vector<TScalar, TSize> operator -(Vector<TScalar, TSize> left, Vector<TScalar, TRightSize> right)
        {
            ArgumentNullException.ThrowIfNull(left);
            ArgumentNullException.ThrowIfNull(right);
            ShapeGuard.Same("-", TSize.Size, 1, TRightSize.Size, 1);
            var result = new Vector<TScalar, TSize>();
            Entrywise.Subtract(left.AsSpan(), right.AsSpan(), result.AsSpan());
            return result;
        }
    }
}
