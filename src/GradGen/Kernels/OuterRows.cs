using System.Numerics;
using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

/// <summary>C = x·yᵀ, or C += x·yᵀ: as fast as C can be written, or read and written.</summary>
internal static class OuterRows<T, TV, TW>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TV : struct
    where TW : struct, IWidth<T, TV>
{
    /// <summary>Writes or adds the product; rows are a vector at least.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(ref T x, ref T y, ref T c, int m, int n, bool accumulate, bool known)
    {
        if (!known)
            RunAny(ref x, ref y, ref c, m, n, accumulate);
        else if (accumulate)
            RunIn<Adding>(ref x, ref y, ref c, m, n);
        else
            RunIn<Writing>(ref x, ref y, ref c, m, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void RunAny(ref T x, ref T y, ref T c, int m, int n, bool accumulate)
    {
        if (accumulate)
            RunIn<Adding>(ref x, ref y, ref c, m, n);
        else
            RunIn<Writing>(ref x, ref y, ref c, m, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RunIn<TMode>(ref T x, ref T y, ref T c, int m, int n)
        where TMode : struct, ISumMode
    {
        switch ((n + TW.Count - 1) / TW.Count)
        {
            case 1:
                Narrow<TMode, N1>(ref x, ref y, ref c, m, n);
                break;
            case 2:
                Narrow<TMode, N2>(ref x, ref y, ref c, m, n);
                break;
            case 3:
                Narrow<TMode, N3>(ref x, ref y, ref c, m, n);
                break;
            case 4:
                Narrow<TMode, N4>(ref x, ref y, ref c, m, n);
                break;
            case 5:
                Narrow<TMode, N5>(ref x, ref y, ref c, m, n);
                break;
            case 6:
                Narrow<TMode, N6>(ref x, ref y, ref c, m, n);
                break;
            case 7:
                Narrow<TMode, N7>(ref x, ref y, ref c, m, n);
                break;
            case 8:
                Narrow<TMode, N8>(ref x, ref y, ref c, m, n);
                break;
            default:
                Wide<TMode>(ref x, ref y, ref c, m, n);
                break;
        }
    }

    /// <summary>Rows of up to eight vectors: y stays in registers.</summary>
    /// <param name="x">x.</param>
    /// <param name="y">y.</param>
    /// <param name="c">C.</param>
    /// <param name="m">The length of x.</param>
    /// <param name="n">The length of y.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow<TMode, TVectors>(ref T x, ref T y, ref T c, int m, nint n)
        where TMode : struct, ISumMode
        where TVectors : struct, IDimension
    {
        var last = n - TW.Count;
        var y0 = TW.Load(ref y);
        var y1 = TVectors.Size > 1 ? TW.Load(ref Unsafe.Add(ref y, TVectors.Size == 2 ? last : TW.Count)) : default;
        var y2 = TVectors.Size > 2 ? TW.Load(ref Unsafe.Add(ref y, TVectors.Size == 3 ? last : 2 * TW.Count)) : default;
        var y3 = TVectors.Size > 3 ? TW.Load(ref Unsafe.Add(ref y, TVectors.Size == 4 ? last : 3 * TW.Count)) : default;
        var y4 = TVectors.Size > 4 ? TW.Load(ref Unsafe.Add(ref y, TVectors.Size == 5 ? last : 4 * TW.Count)) : default;
        var y5 = TVectors.Size > 5 ? TW.Load(ref Unsafe.Add(ref y, TVectors.Size == 6 ? last : 5 * TW.Count)) : default;
        var y6 = TVectors.Size > 6 ? TW.Load(ref Unsafe.Add(ref y, TVectors.Size == 7 ? last : 6 * TW.Count)) : default;
        var y7 = TVectors.Size > 7 ? TW.Load(ref Unsafe.Add(ref y, TVectors.Size == 8 ? last : 7 * TW.Count)) : default;
        for (; m > 0; m--)
        {
            var factor = TW.Broadcast(x);

            // All are read before any is written: the last two may overlap.
            var p0 = Entry<TMode>(factor, y0, ref c);
            var p1 = TVectors.Size > 1 ? Entry<TMode>(factor, y1, ref Unsafe.Add(ref c, TVectors.Size == 2 ? last : TW.Count)) : default;
            var p2 = TVectors.Size > 2 ? Entry<TMode>(factor, y2, ref Unsafe.Add(ref c, TVectors.Size == 3 ? last : 2 * TW.Count)) : default;
            var p3 = TVectors.Size > 3 ? Entry<TMode>(factor, y3, ref Unsafe.Add(ref c, TVectors.Size == 4 ? last : 3 * TW.Count)) : default;
            var p4 = TVectors.Size > 4 ? Entry<TMode>(factor, y4, ref Unsafe.Add(ref c, TVectors.Size == 5 ? last : 4 * TW.Count)) : default;
            var p5 = TVectors.Size > 5 ? Entry<TMode>(factor, y5, ref Unsafe.Add(ref c, TVectors.Size == 6 ? last : 5 * TW.Count)) : default;
            var p6 = TVectors.Size > 6 ? Entry<TMode>(factor, y6, ref Unsafe.Add(ref c, TVectors.Size == 7 ? last : 6 * TW.Count)) : default;
            var p7 = TVectors.Size > 7 ? Entry<TMode>(factor, y7, ref Unsafe.Add(ref c, TVectors.Size == 8 ? last : 7 * TW.Count)) : default;
            TW.Store(p0, ref c);
            if (TVectors.Size > 1)
                TW.Store(p1, ref Unsafe.Add(ref c, TVectors.Size == 2 ? last : TW.Count));
            if (TVectors.Size > 2)
                TW.Store(p2, ref Unsafe.Add(ref c, TVectors.Size == 3 ? last : 2 * TW.Count));
            if (TVectors.Size > 3)
                TW.Store(p3, ref Unsafe.Add(ref c, TVectors.Size == 4 ? last : 3 * TW.Count));
            if (TVectors.Size > 4)
                TW.Store(p4, ref Unsafe.Add(ref c, TVectors.Size == 5 ? last : 4 * TW.Count));
            if (TVectors.Size > 5)
                TW.Store(p5, ref Unsafe.Add(ref c, TVectors.Size == 6 ? last : 5 * TW.Count));
            if (TVectors.Size > 6)
                TW.Store(p6, ref Unsafe.Add(ref c, TVectors.Size == 7 ? last : 6 * TW.Count));
            if (TVectors.Size > 7)
                TW.Store(p7, ref Unsafe.Add(ref c, TVectors.Size == 8 ? last : 7 * TW.Count));
            x = ref Unsafe.Add(ref x, 1);
            c = ref Unsafe.Add(ref c, n);
        }
    }

    /// <summary>
    /// Longer rows, four vectors at a time, from where a vector of the row begins a line of the cache: a vector that is
    /// written across two lines takes twice as long. The ends overlap, and so are made before the rest is written, and
    /// written after it.
    /// </summary>
    /// <param name="x">x.</param>
    /// <param name="y">y.</param>
    /// <param name="c">C.</param>
    /// <param name="m">The length of x.</param>
    /// <param name="n">The length of y, more than eight vectors.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wide<TMode>(ref T x, ref T y, ref T c, int m, nint n)
        where TMode : struct, ISumMode
    {
        var last = n - TW.Count;
        for (; m > 0; m--)
        {
            var factor = TW.Broadcast(x);
            var begin = Entry<TMode>(factor, TW.Load(ref y), ref c);
            var end = Entry<TMode>(factor, TW.Load(ref Unsafe.Add(ref y, last)), ref Unsafe.Add(ref c, last));
            var start = ProductWidth.ToAligned(ref c, TW.Count);
            var j = start;
            for (; j <= n - (4 * TW.Count); j += 4 * TW.Count)
            {
                ref var source = ref Unsafe.Add(ref y, j);
                ref var target = ref Unsafe.Add(ref c, j);
                var p0 = Entry<TMode>(factor, TW.Load(ref source), ref target);
                var p1 = Entry<TMode>(factor, TW.Load(ref Unsafe.Add(ref source, TW.Count)), ref Unsafe.Add(ref target, TW.Count));
                var p2 = Entry<TMode>(factor, TW.Load(ref Unsafe.Add(ref source, 2 * TW.Count)), ref Unsafe.Add(ref target, 2 * TW.Count));
                var p3 = Entry<TMode>(factor, TW.Load(ref Unsafe.Add(ref source, 3 * TW.Count)), ref Unsafe.Add(ref target, 3 * TW.Count));
                TW.Store(p0, ref target);
                TW.Store(p1, ref Unsafe.Add(ref target, TW.Count));
                TW.Store(p2, ref Unsafe.Add(ref target, 2 * TW.Count));
                TW.Store(p3, ref Unsafe.Add(ref target, 3 * TW.Count));
            }

            for (; j <= last; j += TW.Count)
                TW.Store(Entry<TMode>(factor, TW.Load(ref Unsafe.Add(ref y, j)), ref Unsafe.Add(ref c, j)), ref Unsafe.Add(ref c, j));
            if (start > 0)
                TW.Store(begin, ref c);
            if (j < n)
                TW.Store(end, ref Unsafe.Add(ref c, last));
            x = ref Unsafe.Add(ref x, 1);
            c = ref Unsafe.Add(ref c, n);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TV Entry<TMode>(TV factor, TV y, ref T c)
        where TMode : struct, ISumMode
        => TMode.Adds ? TW.MultiplyAdd(factor, y, TW.Load(ref c)) : TW.Multiply(factor, y);
}
