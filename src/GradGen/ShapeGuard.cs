using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace GradGen;

/// <summary>
/// Checks of sizes. They compare constants once the JIT has put in the dimensions, so that a fitting shape costs nothing.
/// </summary>
internal static class ShapeGuard
{
    /// <summary>The number of entries of a new matrix, once its scalar type and its sizes are known to be usable.</summary>
    /// <exception cref="NotSupportedException"><typeparamref name="TScalar"/> is neither float nor double.</exception>
    /// <exception cref="ArgumentException">A size is below 1, or there are more entries than an array holds.</exception>
    public static int EntryCount<TScalar>(int rows, int columns)
    {
        if (typeof(TScalar) != typeof(double) && typeof(TScalar) != typeof(float))
            throw new NotSupportedException($"The entries of a matrix are float or double, not {typeof(TScalar)}.");
        if (rows < 1 || columns < 1)
            throw new ArgumentException(ShapeMessages.InvalidSize(rows, columns));
        if ((long)rows * columns > int.MaxValue)
            throw new ArgumentException(ShapeMessages.TooLarge(rows, columns));
        return rows * columns;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Product(int leftRows, int leftColumns, int rightRows, int rightColumns)
    {
        if (leftColumns != rightRows)
            Mismatch(ShapeMessages.Multiply(leftRows, leftColumns, rightRows, rightColumns));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Same(string operation, int leftRows, int leftColumns, int rightRows, int rightColumns)
    {
        if (leftRows != rightRows || leftColumns != rightColumns)
            Mismatch(ShapeMessages.SameShape(operation, leftRows, leftColumns, rightRows, rightColumns));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Square(string function, int rows, int columns)
    {
        if (rows != columns)
            Mismatch(ShapeMessages.Square(function, rows, columns));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Reshape(int fromRows, int fromColumns, int toRows, int toColumns)
    {
        if ((long)fromRows * fromColumns != (long)toRows * toColumns)
            Mismatch(ShapeMessages.Reshape(fromRows, fromColumns, toRows, toColumns));
    }

    /// <summary>The check of xᵀAy, A having a row for each entry of x and a column for each entry of y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Form(string function, int leftSize, int rightSize, int rows, int columns)
    {
        if (leftSize != rows || rightSize != columns)
            Mismatch(ShapeMessages.Form(function, leftSize, rightSize, rows, columns));
    }

    [DoesNotReturn]
    public static void Mismatch(string message) => throw new ShapeMismatchException(message);
}
