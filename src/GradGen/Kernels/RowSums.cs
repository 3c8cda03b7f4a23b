using System.Numerics;
using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

/// <summary>
/// y = Aᵀ·x, rows of A times entries of x. Where a row is short its sums stay in registers from the first row to the last;
/// a long one is read as it lies in memory, eight rows at once, so that y is loaded and stored once for eight rows.
/// </summary>
internal static class RowSums<T, TV, TW>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TV : struct
    where TW : struct, IWidth<T, TV>
{
    /// <summary>Up to eight vectors of y from all rows.</summary>
    /// <param name="a">The first entry of A that counts.</param>
    /// <param name="aRow">Bytes from one row to the next.</param>
    /// <param name="x">x.</param>
    /// <param name="m">The number of rows.</param>
    /// <param name="y">The first entry of y.</param>
    /// <param name="last">Entries from the first vector of y to the last, which may overlap the one before.</param>
    /// <param name="accumulate">Whether the sums are added to what y holds.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Narrow<TVectors>(ref T a, nint aRow, ref T x, int m, ref T y, nint last, bool accumulate)
        where TVectors : struct, IDimension
    {
        TV s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        for (; m > 0; m--)
        {
            var factor = TW.Broadcast(x);
            s0 = TW.MultiplyAdd(factor, TW.Load(ref a), s0);
            if (TVectors.Size > 1)
                s1 = TW.MultiplyAdd(factor, TW.Load(ref Unsafe.Add(ref a, TVectors.Size == 2 ? last : 1 * TW.Count)), s1);
            if (TVectors.Size > 2)
                s2 = TW.MultiplyAdd(factor, TW.Load(ref Unsafe.Add(ref a, TVectors.Size == 3 ? last : 2 * TW.Count)), s2);
            if (TVectors.Size > 3)
                s3 = TW.MultiplyAdd(factor, TW.Load(ref Unsafe.Add(ref a, TVectors.Size == 4 ? last : 3 * TW.Count)), s3);
            if (TVectors.Size > 4)
                s4 = TW.MultiplyAdd(factor, TW.Load(ref Unsafe.Add(ref a, TVectors.Size == 5 ? last : 4 * TW.Count)), s4);
            if (TVectors.Size > 5)
                s5 = TW.MultiplyAdd(factor, TW.Load(ref Unsafe.Add(ref a, TVectors.Size == 6 ? last : 5 * TW.Count)), s5);
            if (TVectors.Size > 6)
                s6 = TW.MultiplyAdd(factor, TW.Load(ref Unsafe.Add(ref a, TVectors.Size == 7 ? last : 6 * TW.Count)), s6);
            if (TVectors.Size > 7)
                s7 = TW.MultiplyAdd(factor, TW.Load(ref Unsafe.Add(ref a, TVectors.Size == 8 ? last : 7 * TW.Count)), s7);
            a = ref Unsafe.AddByteOffset(ref a, aRow);
            x = ref Unsafe.Add(ref x, 1);
        }

        if (accumulate)
        {
            // All are read before any is written: the last two may overlap.
            s0 = TW.Add(TW.Load(ref y), s0);
            if (TVectors.Size > 1)
                s1 = TW.Add(TW.Load(ref Unsafe.Add(ref y, TVectors.Size == 2 ? last : 1 * TW.Count)), s1);
            if (TVectors.Size > 2)
                s2 = TW.Add(TW.Load(ref Unsafe.Add(ref y, TVectors.Size == 3 ? last : 2 * TW.Count)), s2);
            if (TVectors.Size > 3)
                s3 = TW.Add(TW.Load(ref Unsafe.Add(ref y, TVectors.Size == 4 ? last : 3 * TW.Count)), s3);
            if (TVectors.Size > 4)
                s4 = TW.Add(TW.Load(ref Unsafe.Add(ref y, TVectors.Size == 5 ? last : 4 * TW.Count)), s4);
            if (TVectors.Size > 5)
                s5 = TW.Add(TW.Load(ref Unsafe.Add(ref y, TVectors.Size == 6 ? last : 5 * TW.Count)), s5);
            if (TVectors.Size > 6)
                s6 = TW.Add(TW.Load(ref Unsafe.Add(ref y, TVectors.Size == 7 ? last : 6 * TW.Count)), s6);
            if (TVectors.Size > 7)
                s7 = TW.Add(TW.Load(ref Unsafe.Add(ref y, TVectors.Size == 8 ? last : 7 * TW.Count)), s7);
        }

        TW.Store(s0, ref y);
        if (TVectors.Size > 1)
            TW.Store(s1, ref Unsafe.Add(ref y, TVectors.Size == 2 ? last : 1 * TW.Count));
        if (TVectors.Size > 2)
            TW.Store(s2, ref Unsafe.Add(ref y, TVectors.Size == 3 ? last : 2 * TW.Count));
        if (TVectors.Size > 3)
            TW.Store(s3, ref Unsafe.Add(ref y, TVectors.Size == 4 ? last : 3 * TW.Count));
        if (TVectors.Size > 4)
            TW.Store(s4, ref Unsafe.Add(ref y, TVectors.Size == 5 ? last : 4 * TW.Count));
        if (TVectors.Size > 5)
            TW.Store(s5, ref Unsafe.Add(ref y, TVectors.Size == 6 ? last : 5 * TW.Count));
        if (TVectors.Size > 6)
            TW.Store(s6, ref Unsafe.Add(ref y, TVectors.Size == 7 ? last : 6 * TW.Count));
        if (TVectors.Size > 7)
            TW.Store(s7, ref Unsafe.Add(ref y, TVectors.Size == 8 ? last : 7 * TW.Count));
    }

    /// <summary>All of y from up to eight rows.</summary>
    /// <param name="a">The first row.</param>
    /// <param name="aRow">Bytes from one row to the next.</param>
    /// <param name="x">The entry of x for the first row.</param>
    /// <param name="y">y.</param>
    /// <param name="k">The length of y, a vector at least.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Wide<TMode, TRows>(ref T a, nint aRow, ref T x, ref T y, int k)
        where TMode : struct, ISumMode
        where TRows : struct, IDimension
    {
        var x0 = TRows.Size > 0 ? TW.Broadcast(Unsafe.Add(ref x, 0)) : default;
        var x1 = TRows.Size > 1 ? TW.Broadcast(Unsafe.Add(ref x, 1)) : default;
        var x2 = TRows.Size > 2 ? TW.Broadcast(Unsafe.Add(ref x, 2)) : default;
        var x3 = TRows.Size > 3 ? TW.Broadcast(Unsafe.Add(ref x, 3)) : default;
        var x4 = TRows.Size > 4 ? TW.Broadcast(Unsafe.Add(ref x, 4)) : default;
        var x5 = TRows.Size > 5 ? TW.Broadcast(Unsafe.Add(ref x, 5)) : default;
        var x6 = TRows.Size > 6 ? TW.Broadcast(Unsafe.Add(ref x, 6)) : default;
        var x7 = TRows.Size > 7 ? TW.Broadcast(Unsafe.Add(ref x, 7)) : default;
        nint aRow2 = aRow + aRow, aRow3 = aRow2 + aRow;
        nint last = k - TW.Count;

        // From where a vector of the first row begins a line of the cache. The ends overlap: they are made before the rest
        // is written, and written after it.
        var start = ProductWidth.ToAligned(ref a, TW.Count);
        var j = start;
        var begin = Sums<TMode, TRows>(ref a, aRow, aRow2, aRow3, ref y, x0, x1, x2, x3, x4, x5, x6, x7);
        var end = Sums<TMode, TRows>(ref Unsafe.Add(ref a, last), aRow, aRow2, aRow3, ref Unsafe.Add(ref y, last), x0, x1, x2, x3, x4, x5, x6, x7);
        for (; j <= last; j += TW.Count)
        {
            ref var target = ref Unsafe.Add(ref y, j);
            TW.Store(Sums<TMode, TRows>(ref Unsafe.Add(ref a, j), aRow, aRow2, aRow3, ref target, x0, x1, x2, x3, x4, x5, x6, x7), ref target);
        }

        if (start > 0)
            TW.Store(begin, ref y);
        if (j < k)
            TW.Store(end, ref Unsafe.Add(ref y, last));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TV Sums<TMode, TRows>(
        ref T a, nint aRow, nint aRow2, nint aRow3, ref T y, TV x0, TV x1, TV x2, TV x3, TV x4, TV x5, TV x6, TV x7)
        where TMode : struct, ISumMode
        where TRows : struct, IDimension
    {
        var even = TMode.Adds ? TW.MultiplyAdd(x0, TW.Load(ref a), TW.Load(ref y)) : TW.Multiply(x0, TW.Load(ref a));
        TV odd = default;
        if (TRows.Size > 1)
            odd = TW.Multiply(x1, TW.Load(ref Unsafe.AddByteOffset(ref a, aRow)));
        if (TRows.Size > 2)
            even = TW.MultiplyAdd(x2, TW.Load(ref Unsafe.AddByteOffset(ref a, aRow2)), even);
        if (TRows.Size > 3)
            odd = TW.MultiplyAdd(x3, TW.Load(ref Unsafe.AddByteOffset(ref a, aRow3)), odd);
        ref var a4 = ref a;
        if (TRows.Size > 4)
            a4 = ref Unsafe.AddByteOffset(ref a, aRow2 + aRow2);
        if (TRows.Size > 4)
            even = TW.MultiplyAdd(x4, TW.Load(ref a4), even);
        if (TRows.Size > 5)
            odd = TW.MultiplyAdd(x5, TW.Load(ref Unsafe.AddByteOffset(ref a4, aRow)), odd);
        if (TRows.Size > 6)
            even = TW.MultiplyAdd(x6, TW.Load(ref Unsafe.AddByteOffset(ref a4, aRow2)), even);
        if (TRows.Size > 7)
            odd = TW.MultiplyAdd(x7, TW.Load(ref Unsafe.AddByteOffset(ref a4, aRow3)), odd);
        return TRows.Size > 1 ? TW.Add(even, odd) : even;
    }
}
