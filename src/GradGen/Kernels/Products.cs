using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

/// <summary>
/// Products of dense matrices for generated code. Matrices are spans in row-major order, of exactly the length that their
/// sizes ask for. What is written must not overlap what is read. Sizes are dimensions here, and so constants to the JIT;
/// the forms that take them as numbers run the same kernels, and choose the tiles when they are called.
/// </summary>
/// <remarks>
/// Sums run in several lanes and with fused multiply-adds where the processor has them: the last bits depend on it.
/// Nothing is allocated, except that a thread keeps one small array where a product transposes a factor first.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Products
{
    /// <summary>C = A·B, or C += A·B.</summary>
    /// <typeparam name="T">The type of the entries: float or double, or (in scalar code) another one.</typeparam>
    /// <typeparam name="TM">The rows of A and of C.</typeparam>
    /// <typeparam name="TK">The columns of A and the rows of B.</typeparam>
    /// <typeparam name="TN">The columns of B and of C.</typeparam>
    /// <param name="a">A, m×k.</param>
    /// <param name="b">B, k×n.</param>
    /// <param name="c">C, m×n.</param>
    /// <param name="accumulate">Whether the product is added to what C holds.</param>
    /// <exception cref="ArgumentException">A span has another length; nothing has been written.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<T, TM, TK, TN>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TM : struct, IDimension
        where TK : struct, IDimension
        where TN : struct, IDimension
    {
        ProductSizes.Require(a.Length, TM.Size, TK.Size, nameof(a));
        ProductSizes.Require(b.Length, TK.Size, TN.Size, nameof(b));
        ProductSizes.Require(c.Length, TM.Size, TN.Size, nameof(c));
        ProductForms.Multiply(a, b, c, TM.Size, TK.Size, TN.Size, accumulate, true);
    }

    /// <summary>C = A·Bᵀ, or C += A·Bᵀ.</summary>
    /// <typeparam name="T">The type of the entries: float or double, or (in scalar code) another one.</typeparam>
    /// <typeparam name="TM">The rows of A and of C.</typeparam>
    /// <typeparam name="TK">The columns of A and of B.</typeparam>
    /// <typeparam name="TN">The rows of B and the columns of C.</typeparam>
    /// <param name="a">A, m×k.</param>
    /// <param name="b">B, n×k.</param>
    /// <param name="c">C, m×n.</param>
    /// <param name="accumulate">Whether the product is added to what C holds.</param>
    /// <exception cref="ArgumentException">A span has another length; nothing has been written.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyTransposed<T, TM, TK, TN>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TM : struct, IDimension
        where TK : struct, IDimension
        where TN : struct, IDimension
    {
        ProductSizes.Require(a.Length, TM.Size, TK.Size, nameof(a));
        ProductSizes.Require(b.Length, TN.Size, TK.Size, nameof(b));
        ProductSizes.Require(c.Length, TM.Size, TN.Size, nameof(c));
        ProductForms.MultiplyTransposed(a, b, c, TM.Size, TK.Size, TN.Size, accumulate, true);
    }

    /// <summary>C = Aᵀ·B, or C += Aᵀ·B.</summary>
    /// <typeparam name="T">The type of the entries: float or double, or (in scalar code) another one.</typeparam>
    /// <typeparam name="TM">The columns of A and the rows of C.</typeparam>
    /// <typeparam name="TK">The rows of A and of B.</typeparam>
    /// <typeparam name="TN">The columns of B and of C.</typeparam>
    /// <param name="a">A, k×m.</param>
    /// <param name="b">B, k×n.</param>
    /// <param name="c">C, m×n.</param>
    /// <param name="accumulate">Whether the product is added to what C holds.</param>
    /// <exception cref="ArgumentException">A span has another length; nothing has been written.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransposedMultiply<T, TM, TK, TN>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TM : struct, IDimension
        where TK : struct, IDimension
        where TN : struct, IDimension
    {
        ProductSizes.Require(a.Length, TK.Size, TM.Size, nameof(a));
        ProductSizes.Require(b.Length, TK.Size, TN.Size, nameof(b));
        ProductSizes.Require(c.Length, TM.Size, TN.Size, nameof(c));
        ProductForms.TransposedMultiply(a, b, c, TM.Size, TK.Size, TN.Size, accumulate, true);
    }

    /// <summary>C = Aᵀ·Bᵀ, or C += Aᵀ·Bᵀ.</summary>
    /// <typeparam name="T">The type of the entries: float or double, or (in scalar code) another one.</typeparam>
    /// <typeparam name="TM">The columns of A and the rows of C.</typeparam>
    /// <typeparam name="TK">The rows of A and the columns of B.</typeparam>
    /// <typeparam name="TN">The rows of B and the columns of C.</typeparam>
    /// <param name="a">A, k×m.</param>
    /// <param name="b">B, n×k.</param>
    /// <param name="c">C, m×n.</param>
    /// <param name="accumulate">Whether the product is added to what C holds.</param>
    /// <exception cref="ArgumentException">A span has another length; nothing has been written.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransposedMultiplyTransposed<T, TM, TK, TN>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TM : struct, IDimension
        where TK : struct, IDimension
        where TN : struct, IDimension
    {
        ProductSizes.Require(a.Length, TK.Size, TM.Size, nameof(a));
        ProductSizes.Require(b.Length, TN.Size, TK.Size, nameof(b));
        ProductSizes.Require(c.Length, TM.Size, TN.Size, nameof(c));
        ProductForms.TransposedMultiplyTransposed(a, b, c, TM.Size, TK.Size, TN.Size, accumulate, true);
    }

    /// <summary>y = A·x, or y += A·x.</summary>
    /// <typeparam name="T">The type of the entries: float or double, or (in scalar code) another one.</typeparam>
    /// <typeparam name="TM">The rows of A and the entries of y.</typeparam>
    /// <typeparam name="TK">The columns of A and the entries of x.</typeparam>
    /// <param name="a">A, m×k.</param>
    /// <param name="x">x, of k entries.</param>
    /// <param name="y">y, of m entries.</param>
    /// <param name="accumulate">Whether the product is added to what y holds.</param>
    /// <exception cref="ArgumentException">A span has another length; nothing has been written.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyVector<T, TM, TK>(ReadOnlySpan<T> a, ReadOnlySpan<T> x, Span<T> y, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TM : struct, IDimension
        where TK : struct, IDimension
    {
        ProductSizes.Require(a.Length, TM.Size, TK.Size, nameof(a));
        ProductSizes.Require(x.Length, TK.Size, 1, nameof(x));
        ProductSizes.Require(y.Length, TM.Size, 1, nameof(y));
        ProductForms.MultiplyVector(a, x, y, y, TM.Size, TK.Size, accumulate, true);
    }

    /// <summary>y = A·x + b.</summary>
    /// <typeparam name="T">The type of the entries: float or double, or (in scalar code) another one.</typeparam>
    /// <typeparam name="TM">The rows of A and the entries of b and y.</typeparam>
    /// <typeparam name="TK">The columns of A and the entries of x.</typeparam>
    /// <param name="a">A, m×k.</param>
    /// <param name="x">x, of k entries.</param>
    /// <param name="bias">b, of m entries; it may be y itself.</param>
    /// <param name="y">y, of m entries.</param>
    /// <exception cref="ArgumentException">A span has another length; nothing has been written.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyVectorAdd<T, TM, TK>(ReadOnlySpan<T> a, ReadOnlySpan<T> x, ReadOnlySpan<T> bias, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TM : struct, IDimension
        where TK : struct, IDimension
    {
        ProductSizes.Require(a.Length, TM.Size, TK.Size, nameof(a));
        ProductSizes.Require(x.Length, TK.Size, 1, nameof(x));
        ProductSizes.Require(bias.Length, TM.Size, 1, nameof(bias));
        ProductSizes.Require(y.Length, TM.Size, 1, nameof(y));
        ProductForms.MultiplyVector(a, x, bias, y, TM.Size, TK.Size, true, true);
    }

    /// <summary>y = Aᵀ·x, or y += Aᵀ·x.</summary>
    /// <typeparam name="T">The type of the entries: float or double, or (in scalar code) another one.</typeparam>
    /// <typeparam name="TM">The rows of A and the entries of x.</typeparam>
    /// <typeparam name="TK">The columns of A and the entries of y.</typeparam>
    /// <param name="a">A, m×k.</param>
    /// <param name="x">x, of m entries.</param>
    /// <param name="y">y, of k entries.</param>
    /// <param name="accumulate">Whether the product is added to what y holds.</param>
    /// <exception cref="ArgumentException">A span has another length; nothing has been written.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransposedMultiplyVector<T, TM, TK>(ReadOnlySpan<T> a, ReadOnlySpan<T> x, Span<T> y, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TM : struct, IDimension
        where TK : struct, IDimension
    {
        ProductSizes.Require(a.Length, TM.Size, TK.Size, nameof(a));
        ProductSizes.Require(x.Length, TM.Size, 1, nameof(x));
        ProductSizes.Require(y.Length, TK.Size, 1, nameof(y));
        ProductForms.TransposedMultiplyVector(a, x, y, TM.Size, TK.Size, accumulate, true);
    }

    /// <summary>C = x·yᵀ, or C += x·yᵀ.</summary>
    /// <typeparam name="T">The type of the entries: float or double, or (in scalar code) another one.</typeparam>
    /// <typeparam name="TM">The entries of x and the rows of C.</typeparam>
    /// <typeparam name="TN">The entries of y and the columns of C.</typeparam>
    /// <param name="x">x, of m entries.</param>
    /// <param name="y">y, of n entries.</param>
    /// <param name="c">C, m×n.</param>
    /// <param name="accumulate">Whether the product is added to what C holds.</param>
    /// <exception cref="ArgumentException">A span has another length; nothing has been written.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Outer<T, TM, TN>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> c, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TM : struct, IDimension
        where TN : struct, IDimension
    {
        ProductSizes.Require(x.Length, TM.Size, 1, nameof(x));
        ProductSizes.Require(y.Length, TN.Size, 1, nameof(y));
        ProductSizes.Require(c.Length, TM.Size, TN.Size, nameof(c));
        ProductForms.Outer(x, y, c, TM.Size, TN.Size, accumulate, true);
    }
}
