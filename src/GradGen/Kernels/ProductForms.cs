using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GradGen.Kernels;

/// <summary>
/// Which kernel computes which form of product, and in which width. Lengths have been checked. Everything here is inlined
/// into the public form. Where sizes are <c>known</c>, constants, what is left of it for a small product is the call of
/// one tile; where they are numbers, the choice of the tile is not inlined.
/// </summary>
internal static class ProductForms
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int k, int n, bool accumulate, bool known)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (n == 1)
            MultiplyVector(a, b, c, c, m, k, accumulate, known);
        else if (m == 1)
            TransposedMultiplyVector(b, a, c, k, n, accumulate, known);
        else if (k == 1)
            Outer(a, b, c, m, n, accumulate, known);
        else
            Tiles(a, k, 1, b, n, false, c, m, k, n, accumulate, known);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyTransposed<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int k, int n, bool accumulate, bool known)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (n == 1)
            MultiplyVector(a, b, c, c, m, k, accumulate, known);
        else if (m == 1)
            MultiplyVector(b, a, c, c, n, k, accumulate, known);
        else if (k == 1)
            Outer(a, b, c, m, n, accumulate, known);
        else if (DotProduct.Pays(m, k))
            Dots(a, b, c, m, k, n, accumulate, known);
        else
            Tiles(a, k, 1, b, k, true, c, m, k, n, accumulate, known);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TransposedMultiply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int k, int n, bool accumulate, bool known)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (n == 1)
            TransposedMultiplyVector(a, b, c, k, m, accumulate, known);
        else if (m == 1)
            TransposedMultiplyVector(b, a, c, k, n, accumulate, known);
        else if (k == 1)
            Outer(a, b, c, m, n, accumulate, known);
        else
            Tiles(a, 1, m, b, n, false, c, m, k, n, accumulate, known);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TransposedMultiplyTransposed<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int k, int n, bool accumulate, bool known)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (n == 1)
            TransposedMultiplyVector(a, b, c, k, m, accumulate, known);
        else if (m == 1)
            MultiplyVector(b, a, c, c, n, k, accumulate, known);
        else if (k == 1)
            Outer(a, b, c, m, n, accumulate, known);
        else
            Tiles(a, 1, m, b, k, true, c, m, k, n, accumulate, known);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyVector<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> x, ReadOnlySpan<T> added, Span<T> y, int m, int k, bool add, bool known)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref var a0 = ref MemoryMarshal.GetReference(a);
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var b0 = ref MemoryMarshal.GetReference(added);
        ref var y0 = ref MemoryMarshal.GetReference(y);
        if (ProductWidth.Fits512<T>(k))
            VectorProduct<T, Vector512<T>, Width512<T>>.ByRows(ref a0, ref x0, ref b0, ref y0, m, k, add, known);
        else if (ProductWidth.Fits256<T>(k))
            VectorProduct<T, Vector256<T>, Width256<T>>.ByRows(ref a0, ref x0, ref b0, ref y0, m, k, add, known);
        else if (ProductWidth.Fits128<T>(k))
            VectorProduct<T, Vector128<T>, Width128<T>>.ByRows(ref a0, ref x0, ref b0, ref y0, m, k, add, known);
        else if (ProductWidth.FitsPair<T>(k))
            VectorProduct<T, Vector128<T>, WidthPair<T>>.ByRows(ref a0, ref x0, ref b0, ref y0, m, k, add, known);
        else
            VectorProduct<T, T, Width1<T>>.ByRows(ref a0, ref x0, ref b0, ref y0, m, k, add, known);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TransposedMultiplyVector<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> x, Span<T> y, int m, int k, bool accumulate, bool known)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (k == 1)
        {
            MultiplyVector(a, x, y, y, 1, m, accumulate, known);
            return;
        }

        ref var a0 = ref MemoryMarshal.GetReference(a);
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var y0 = ref MemoryMarshal.GetReference(y);
        if (ProductWidth.Fits512<T>(k))
            VectorProduct<T, Vector512<T>, Width512<T>>.ByColumns(ref a0, ref x0, ref y0, m, k, accumulate, known);
        else if (ProductWidth.Fits256<T>(k))
            VectorProduct<T, Vector256<T>, Width256<T>>.ByColumns(ref a0, ref x0, ref y0, m, k, accumulate, known);
        else if (ProductWidth.Fits128<T>(k))
            VectorProduct<T, Vector128<T>, Width128<T>>.ByColumns(ref a0, ref x0, ref y0, m, k, accumulate, known);
        else if (ProductWidth.FitsPair<T>(k))
            VectorProduct<T, Vector128<T>, WidthPair<T>>.ByColumns(ref a0, ref x0, ref y0, m, k, accumulate, known);
        else
            VectorProduct<T, T, Width1<T>>.ByColumns(ref a0, ref x0, ref y0, m, k, accumulate, known);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Outer<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> c, int m, int n, bool accumulate, bool known)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var y0 = ref MemoryMarshal.GetReference(y);
        ref var c0 = ref MemoryMarshal.GetReference(c);
        if (n == 1)
            OuterInWidth(ref y0, ref x0, ref c0, 1, m, accumulate, known);
        else
            OuterInWidth(ref x0, ref y0, ref c0, m, n, accumulate, known);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OuterInWidth<T>(ref T x, ref T y, ref T c, int m, int n, bool accumulate, bool known)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (ProductWidth.Fits512<T>(n))
            OuterRows<T, Vector512<T>, Width512<T>>.Run(ref x, ref y, ref c, m, n, accumulate, known);
        else if (ProductWidth.Fits256<T>(n))
            OuterRows<T, Vector256<T>, Width256<T>>.Run(ref x, ref y, ref c, m, n, accumulate, known);
        else if (ProductWidth.Fits128<T>(n))
            OuterRows<T, Vector128<T>, Width128<T>>.Run(ref x, ref y, ref c, m, n, accumulate, known);
        else if (ProductWidth.FitsPair<T>(n))
            OuterRows<T, Vector128<T>, WidthPair<T>>.Run(ref x, ref y, ref c, m, n, accumulate, known);
        else
            OuterRows<T, T, Width1<T>>.Run(ref x, ref y, ref c, m, n, accumulate, known);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tiles<T>(
        ReadOnlySpan<T> a, int aRow, int aStep, ReadOnlySpan<T> b, int bRow, bool transposed, Span<T> c, int m, int k, int n, bool accumulate, bool known)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref var a0 = ref MemoryMarshal.GetReference(a);
        ref var b0 = ref MemoryMarshal.GetReference(b);
        ref var c0 = ref MemoryMarshal.GetReference(c);
        if (ProductWidth.Fits512<T>(n))
            TiledProduct<T, Vector512<T>, Width512<T>>.Run(ref a0, aRow, aStep, ref b0, bRow, transposed, ref c0, m, k, n, accumulate, known);
        else if (ProductWidth.Fits256<T>(n))
            TiledProduct<T, Vector256<T>, Width256<T>>.Run(ref a0, aRow, aStep, ref b0, bRow, transposed, ref c0, m, k, n, accumulate, known);
        else if (ProductWidth.Fits128<T>(n))
            TiledProduct<T, Vector128<T>, Width128<T>>.Run(ref a0, aRow, aStep, ref b0, bRow, transposed, ref c0, m, k, n, accumulate, known);
        else if (ProductWidth.FitsPair<T>(n))
            TiledProduct<T, Vector128<T>, WidthPair<T>>.Run(ref a0, aRow, aStep, ref b0, bRow, transposed, ref c0, m, k, n, accumulate, known);
        else
            TiledProduct<T, T, Width1<T>>.Run(ref a0, aRow, aStep, ref b0, bRow, transposed, ref c0, m, k, n, accumulate, known);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Dots<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int k, int n, bool accumulate, bool known)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref var a0 = ref MemoryMarshal.GetReference(a);
        ref var b0 = ref MemoryMarshal.GetReference(b);
        ref var c0 = ref MemoryMarshal.GetReference(c);
        if (ProductWidth.Fits512<T>(k))
            DotProduct<T, Vector512<T>, Width512<T>>.Run(ref a0, ref b0, ref c0, m, k, n, accumulate);
        else if (ProductWidth.Fits256<T>(k))
            DotProduct<T, Vector256<T>, Width256<T>>.Run(ref a0, ref b0, ref c0, m, k, n, accumulate);
        else if (ProductWidth.Fits128<T>(k))
            DotProduct<T, Vector128<T>, Width128<T>>.Run(ref a0, ref b0, ref c0, m, k, n, accumulate);
        else if (ProductWidth.FitsPair<T>(k))
            DotProduct<T, Vector128<T>, WidthPair<T>>.Run(ref a0, ref b0, ref c0, m, k, n, accumulate);
        else
            DotProduct<T, T, Width1<T>>.Run(ref a0, ref b0, ref c0, m, k, n, accumulate);
    }
}
