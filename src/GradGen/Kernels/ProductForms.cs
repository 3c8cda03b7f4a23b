using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GradGen.Kernels;

/// <summary>
/// Which kernel computes which form of product, and in which width. Lengths have been checked. Everything here is inlined
/// into the public form. Where sizes are <c>known</c>, constants, what is left of it for a small product is the call of
/// one tile; where they are numbers, the choice of the tile is not inlined.
/// <para>
/// The widths are chosen by what the JIT knows as it reads the condition: a property of ours would be a call that it
/// inlines later, when it has read all that the condition would have ruled out. Hence the repetition, and the number of
/// lanes as an argument.
/// </para>
/// </summary>
internal static class ProductForms
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int k, int n, bool accumulate, bool known)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (m == 1 || k == 1 || n == 1)
            Thin(a, false, b, false, c, m, k, n, accumulate);
        else
            Tiles(a, k, 1, b, n, false, c, m, k, n, accumulate, known);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyTransposed<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int k, int n, bool accumulate, bool known)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (m == 1 || k == 1 || n == 1)
            Thin(a, false, b, true, c, m, k, n, accumulate);
        else if (DotProduct.Pays(m, k))
            Dots(a, b, c, m, k, n, accumulate, known);
        else
            Tiles(a, k, 1, b, k, true, c, m, k, n, accumulate, known);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TransposedMultiply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int k, int n, bool accumulate, bool known)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (m == 1 || k == 1 || n == 1)
            Thin(a, true, b, false, c, m, k, n, accumulate);
        else
            Tiles(a, 1, m, b, n, false, c, m, k, n, accumulate, known);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TransposedMultiplyTransposed<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int k, int n, bool accumulate, bool known)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (m == 1 || k == 1 || n == 1)
            Thin(a, true, b, true, c, m, k, n, accumulate);
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
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            VectorProduct<T, T, Width1<T>>.ByRows(ref a0, ref x0, ref b0, ref y0, m, k, add, known);
        else if (Vector512.IsHardwareAccelerated && k >= Vector512<T>.Count)
            VectorProduct<T, Vector512<T>, Width512<T>>.ByRows(ref a0, ref x0, ref b0, ref y0, m, k, add, known);
        else if (Vector256.IsHardwareAccelerated && k >= Vector256<T>.Count)
            VectorProduct<T, Vector256<T>, Width256<T>>.ByRows(ref a0, ref x0, ref b0, ref y0, m, k, add, known);
        else if (Vector128.IsHardwareAccelerated && k >= Vector128<T>.Count)
            VectorProduct<T, Vector128<T>, Width128<T>>.ByRows(ref a0, ref x0, ref b0, ref y0, m, k, add, known);
        else if (Vector128.IsHardwareAccelerated && typeof(T) == typeof(float) && k >= 2)
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
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            VectorProduct<T, T, Width1<T>>.ByColumns(ref a0, ref x0, ref y0, m, k, accumulate, 1, known);
        else if (Vector512.IsHardwareAccelerated && k >= Vector512<T>.Count)
            VectorProduct<T, Vector512<T>, Width512<T>>.ByColumns(ref a0, ref x0, ref y0, m, k, accumulate, Vector512<T>.Count, known);
        else if (Vector256.IsHardwareAccelerated && k >= Vector256<T>.Count)
            VectorProduct<T, Vector256<T>, Width256<T>>.ByColumns(ref a0, ref x0, ref y0, m, k, accumulate, Vector256<T>.Count, known);
        else if (Vector128.IsHardwareAccelerated && k >= Vector128<T>.Count)
            VectorProduct<T, Vector128<T>, Width128<T>>.ByColumns(ref a0, ref x0, ref y0, m, k, accumulate, Vector128<T>.Count, known);
        else if (Vector128.IsHardwareAccelerated && typeof(T) == typeof(float) && k >= 2)
            VectorProduct<T, Vector128<T>, WidthPair<T>>.ByColumns(ref a0, ref x0, ref y0, m, k, accumulate, 2, known);
        else
            VectorProduct<T, T, Width1<T>>.ByColumns(ref a0, ref x0, ref y0, m, k, accumulate, 1, known);
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
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            OuterRows<T, T, Width1<T>>.Run(ref x, ref y, ref c, m, n, accumulate, 1, known);
        else if (Vector512.IsHardwareAccelerated && n >= Vector512<T>.Count)
            OuterRows<T, Vector512<T>, Width512<T>>.Run(ref x, ref y, ref c, m, n, accumulate, Vector512<T>.Count, known);
        else if (Vector256.IsHardwareAccelerated && n >= Vector256<T>.Count)
            OuterRows<T, Vector256<T>, Width256<T>>.Run(ref x, ref y, ref c, m, n, accumulate, Vector256<T>.Count, known);
        else if (Vector128.IsHardwareAccelerated && n >= Vector128<T>.Count)
            OuterRows<T, Vector128<T>, Width128<T>>.Run(ref x, ref y, ref c, m, n, accumulate, Vector128<T>.Count, known);
        else if (Vector128.IsHardwareAccelerated && typeof(T) == typeof(float) && n >= 2)
            OuterRows<T, Vector128<T>, WidthPair<T>>.Run(ref x, ref y, ref c, m, n, accumulate, 2, known);
        else
            OuterRows<T, T, Width1<T>>.Run(ref x, ref y, ref c, m, n, accumulate, 1, known);
    }

    /// <summary>
    /// A product with a side of 1 is one of a vector. Not inlined: code that is generated calls the form for vectors, and
    /// each form here costs the JIT a millisecond.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Thin<T>(
        ReadOnlySpan<T> a, bool aTransposed, ReadOnlySpan<T> b, bool bTransposed, Span<T> c, int m, int k, int n, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (k == 1)
            Outer(a, b, c, m, n, accumulate, known: false);
        else if (n == 1 && aTransposed)
            TransposedMultiplyVector(a, b, c, k, m, accumulate, known: false);
        else if (n == 1)
            MultiplyVector(a, b, c, c, m, k, accumulate, known: false);
        else if (bTransposed)
            MultiplyVector(b, a, c, c, n, k, accumulate, known: false);
        else
            TransposedMultiplyVector(b, a, c, k, n, accumulate, known: false);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tiles<T>(
        ReadOnlySpan<T> a, int aRow, int aStep, ReadOnlySpan<T> b, int bRow, bool transposed, Span<T> c, int m, int k, int n, bool accumulate, bool known)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref var a0 = ref MemoryMarshal.GetReference(a);
        ref var b0 = ref MemoryMarshal.GetReference(b);
        ref var c0 = ref MemoryMarshal.GetReference(c);
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            TiledProduct<T, T, Width1<T>>.Run(ref a0, aRow, aStep, ref b0, bRow, transposed, ref c0, m, k, n, accumulate, 1, known);
        else if (Vector512.IsHardwareAccelerated && n >= Vector512<T>.Count)
            TiledProduct<T, Vector512<T>, Width512<T>>.Run(ref a0, aRow, aStep, ref b0, bRow, transposed, ref c0, m, k, n, accumulate, Vector512<T>.Count, known);
        else if (Vector256.IsHardwareAccelerated && n >= Vector256<T>.Count)
            TiledProduct<T, Vector256<T>, Width256<T>>.Run(ref a0, aRow, aStep, ref b0, bRow, transposed, ref c0, m, k, n, accumulate, Vector256<T>.Count, known);
        else if (Vector128.IsHardwareAccelerated && n >= Vector128<T>.Count)
            TiledProduct<T, Vector128<T>, Width128<T>>.Run(ref a0, aRow, aStep, ref b0, bRow, transposed, ref c0, m, k, n, accumulate, Vector128<T>.Count, known);
        else if (Vector128.IsHardwareAccelerated && typeof(T) == typeof(float) && n >= 2)
            TiledProduct<T, Vector128<T>, WidthPair<T>>.Run(ref a0, aRow, aStep, ref b0, bRow, transposed, ref c0, m, k, n, accumulate, 2, known);
        else
            TiledProduct<T, T, Width1<T>>.Run(ref a0, aRow, aStep, ref b0, bRow, transposed, ref c0, m, k, n, accumulate, 1, known);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Dots<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int k, int n, bool accumulate, bool known)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ref var a0 = ref MemoryMarshal.GetReference(a);
        ref var b0 = ref MemoryMarshal.GetReference(b);
        ref var c0 = ref MemoryMarshal.GetReference(c);
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            DotProduct<T, T, Width1<T>>.Run(ref a0, ref b0, ref c0, m, k, n, accumulate);
        else if (Vector512.IsHardwareAccelerated && k >= Vector512<T>.Count)
            DotProduct<T, Vector512<T>, Width512<T>>.Run(ref a0, ref b0, ref c0, m, k, n, accumulate);
        else if (Vector256.IsHardwareAccelerated && k >= Vector256<T>.Count)
            DotProduct<T, Vector256<T>, Width256<T>>.Run(ref a0, ref b0, ref c0, m, k, n, accumulate);
        else if (Vector128.IsHardwareAccelerated && k >= Vector128<T>.Count)
            DotProduct<T, Vector128<T>, Width128<T>>.Run(ref a0, ref b0, ref c0, m, k, n, accumulate);
        else if (Vector128.IsHardwareAccelerated && typeof(T) == typeof(float) && k >= 2)
            DotProduct<T, Vector128<T>, WidthPair<T>>.Run(ref a0, ref b0, ref c0, m, k, n, accumulate);
        else
            DotProduct<T, T, Width1<T>>.Run(ref a0, ref b0, ref c0, m, k, n, accumulate);
    }
}
