using System.Numerics;

namespace GradGen.Kernels;

/// <summary>Which kernel computes which form of product. Lengths have been checked.</summary>
internal static class ProductForms
{
    public static void Multiply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int k, int n, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Plain(a, k, 1, b, n, 1, c, m, k, n, accumulate);

    public static void MultiplyTransposed<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int k, int n, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Plain(a, k, 1, b, 1, k, c, m, k, n, accumulate);

    public static void TransposedMultiply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int k, int n, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Plain(a, 1, m, b, n, 1, c, m, k, n, accumulate);

    public static void TransposedMultiplyTransposed<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int k, int n, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Plain(a, 1, m, b, 1, k, c, m, k, n, accumulate);

    public static void MultiplyVector<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> x, ReadOnlySpan<T> added, Span<T> y, int m, int k, bool add)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < m; i++)
        {
            var sum = T.Zero;
            for (var p = 0; p < k; p++)
                sum += a[(i * k) + p] * x[p];
            y[i] = add ? added[i] + sum : sum;
        }
    }

    public static void TransposedMultiplyVector<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> x, Span<T> y, int m, int k, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Plain(a, 1, k, x, 1, 1, y, k, m, 1, accumulate);

    public static void Outer<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> c, int m, int n, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Plain(x, 1, 1, y, n, 1, c, m, 1, n, accumulate);

    private static void Plain<T>(
        ReadOnlySpan<T> a, int aRow, int aColumn, ReadOnlySpan<T> b, int bRow, int bColumn, Span<T> c, int m, int k, int n, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var sum = accumulate ? c[(i * n) + j] : T.Zero;
                for (var p = 0; p < k; p++)
                    sum += a[(i * aRow) + (p * aColumn)] * b[(p * bRow) + (j * bColumn)];
                c[(i * n) + j] = sum;
            }
        }
    }
}
