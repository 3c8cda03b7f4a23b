using System.Numerics;
using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

/// <content>The same products for sizes that no dimension of the program has.</content>
public static partial class Products
{
    /// <summary>C = A·B, or C += A·B.</summary>
    /// <typeparam name="T">The type of the entries: float or double, or (in scalar code) another one.</typeparam>
    /// <param name="a">A, m×k.</param>
    /// <param name="b">B, k×n.</param>
    /// <param name="c">C, m×n.</param>
    /// <param name="m">The rows of A and of C.</param>
    /// <param name="k">The columns of A and the rows of B.</param>
    /// <param name="n">The columns of B and of C.</param>
    /// <param name="accumulate">Whether the product is added to what C holds.</param>
    /// <exception cref="ArgumentException">A size is below 1, or a span has another length; nothing has been written.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int k, int n, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ProductSizes.RequireAtLeastOne(m, k, n);
        ProductSizes.Require(a.Length, m, k, nameof(a));
        ProductSizes.Require(b.Length, k, n, nameof(b));
        ProductSizes.Require(c.Length, m, n, nameof(c));
        ProductForms.Multiply(a, b, c, m, k, n, accumulate, false);
    }

    /// <summary>C = A·Bᵀ, or C += A·Bᵀ.</summary>
    /// <typeparam name="T">The type of the entries: float or double, or (in scalar code) another one.</typeparam>
    /// <param name="a">A, m×k.</param>
    /// <param name="b">B, n×k.</param>
    /// <param name="c">C, m×n.</param>
    /// <param name="m">The rows of A and of C.</param>
    /// <param name="k">The columns of A and of B.</param>
    /// <param name="n">The rows of B and the columns of C.</param>
    /// <param name="accumulate">Whether the product is added to what C holds.</param>
    /// <exception cref="ArgumentException">A size is below 1, or a span has another length; nothing has been written.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyTransposed<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int k, int n, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ProductSizes.RequireAtLeastOne(m, k, n);
        ProductSizes.Require(a.Length, m, k, nameof(a));
        ProductSizes.Require(b.Length, n, k, nameof(b));
        ProductSizes.Require(c.Length, m, n, nameof(c));
        ProductForms.MultiplyTransposed(a, b, c, m, k, n, accumulate, false);
    }

    /// <summary>C = Aᵀ·B, or C += Aᵀ·B.</summary>
    /// <typeparam name="T">The type of the entries: float or double, or (in scalar code) another one.</typeparam>
    /// <param name="a">A, k×m.</param>
    /// <param name="b">B, k×n.</param>
    /// <param name="c">C, m×n.</param>
    /// <param name="m">The columns of A and the rows of C.</param>
    /// <param name="k">The rows of A and of B.</param>
    /// <param name="n">The columns of B and of C.</param>
    /// <param name="accumulate">Whether the product is added to what C holds.</param>
    /// <exception cref="ArgumentException">A size is below 1, or a span has another length; nothing has been written.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransposedMultiply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int k, int n, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ProductSizes.RequireAtLeastOne(m, k, n);
        ProductSizes.Require(a.Length, k, m, nameof(a));
        ProductSizes.Require(b.Length, k, n, nameof(b));
        ProductSizes.Require(c.Length, m, n, nameof(c));
        ProductForms.TransposedMultiply(a, b, c, m, k, n, accumulate, false);
    }

    /// <summary>C = Aᵀ·Bᵀ, or C += Aᵀ·Bᵀ.</summary>
    /// <typeparam name="T">The type of the entries: float or double, or (in scalar code) another one.</typeparam>
    /// <param name="a">A, k×m.</param>
    /// <param name="b">B, n×k.</param>
    /// <param name="c">C, m×n.</param>
    /// <param name="m">The columns of A and the rows of C.</param>
    /// <param name="k">The rows of A and the columns of B.</param>
    /// <param name="n">The rows of B and the columns of C.</param>
    /// <param name="accumulate">Whether the product is added to what C holds.</param>
    /// <exception cref="ArgumentException">A size is below 1, or a span has another length; nothing has been written.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransposedMultiplyTransposed<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int k, int n, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ProductSizes.RequireAtLeastOne(m, k, n);
        ProductSizes.Require(a.Length, k, m, nameof(a));
        ProductSizes.Require(b.Length, n, k, nameof(b));
        ProductSizes.Require(c.Length, m, n, nameof(c));
        ProductForms.TransposedMultiplyTransposed(a, b, c, m, k, n, accumulate, false);
    }

    /// <summary>y = A·x, or y += A·x.</summary>
    /// <typeparam name="T">The type of the entries: float or double, or (in scalar code) another one.</typeparam>
    /// <param name="a">A, m×k.</param>
    /// <param name="x">x, of k entries.</param>
    /// <param name="y">y, of m entries.</param>
    /// <param name="m">The rows of A and the entries of y.</param>
    /// <param name="k">The columns of A and the entries of x.</param>
    /// <param name="accumulate">Whether the product is added to what y holds.</param>
    /// <exception cref="ArgumentException">A size is below 1, or a span has another length; nothing has been written.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyVector<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> x, Span<T> y, int m, int k, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ProductSizes.RequireAtLeastOne(m, k);
        ProductSizes.Require(a.Length, m, k, nameof(a));
        ProductSizes.Require(x.Length, k, 1, nameof(x));
        ProductSizes.Require(y.Length, m, 1, nameof(y));
        ProductForms.MultiplyVector(a, x, y, y, m, k, accumulate, false);
    }

    /// <summary>y = A·x + b.</summary>
    /// <typeparam name="T">The type of the entries: float or double, or (in scalar code) another one.</typeparam>
    /// <param name="a">A, m×k.</param>
    /// <param name="x">x, of k entries.</param>
    /// <param name="bias">b, of m entries; it may be y itself.</param>
    /// <param name="y">y, of m entries.</param>
    /// <param name="m">The rows of A and the entries of b and y.</param>
    /// <param name="k">The columns of A and the entries of x.</param>
    /// <exception cref="ArgumentException">A size is below 1, or a span has another length; nothing has been written.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyVectorAdd<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> x, ReadOnlySpan<T> bias, Span<T> y, int m, int k)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ProductSizes.RequireAtLeastOne(m, k);
        ProductSizes.Require(a.Length, m, k, nameof(a));
        ProductSizes.Require(x.Length, k, 1, nameof(x));
        ProductSizes.Require(bias.Length, m, 1, nameof(bias));
        ProductSizes.Require(y.Length, m, 1, nameof(y));
        ProductForms.MultiplyVector(a, x, bias, y, m, k, true, false);
    }

    /// <summary>y = Aᵀ·x, or y += Aᵀ·x.</summary>
    /// <typeparam name="T">The type of the entries: float or double, or (in scalar code) another one.</typeparam>
    /// <param name="a">A, m×k.</param>
    /// <param name="x">x, of m entries.</param>
    /// <param name="y">y, of k entries.</param>
    /// <param name="m">The rows of A and the entries of x.</param>
    /// <param name="k">The columns of A and the entries of y.</param>
    /// <param name="accumulate">Whether the product is added to what y holds.</param>
    /// <exception cref="ArgumentException">A size is below 1, or a span has another length; nothing has been written.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransposedMultiplyVector<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> x, Span<T> y, int m, int k, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ProductSizes.RequireAtLeastOne(m, k);
        ProductSizes.Require(a.Length, m, k, nameof(a));
        ProductSizes.Require(x.Length, m, 1, nameof(x));
        ProductSizes.Require(y.Length, k, 1, nameof(y));
        ProductForms.TransposedMultiplyVector(a, x, y, m, k, accumulate, false);
    }

    /// <summary>C = x·yᵀ, or C += x·yᵀ.</summary>
    /// <typeparam name="T">The type of the entries: float or double, or (in scalar code) another one.</typeparam>
    /// <param name="x">x, of m entries.</param>
    /// <param name="y">y, of n entries.</param>
    /// <param name="c">C, m×n.</param>
    /// <param name="m">The entries of x and the rows of C.</param>
    /// <param name="n">The entries of y and the columns of C.</param>
    /// <param name="accumulate">Whether the product is added to what C holds.</param>
    /// <exception cref="ArgumentException">A size is below 1, or a span has another length; nothing has been written.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Outer<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> c, int m, int n, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ProductSizes.RequireAtLeastOne(m, n);
        ProductSizes.Require(x.Length, m, 1, nameof(x));
        ProductSizes.Require(y.Length, n, 1, nameof(y));
        ProductSizes.Require(c.Length, m, n, nameof(c));
        ProductForms.Outer(x, y, c, m, n, accumulate, false);
    }
}
