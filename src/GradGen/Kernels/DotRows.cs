using System.Numerics;
using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

/// <summary>
/// Entries of y = A·x (+ b) for up to eight rows of A at once: x is loaded once for all of them, and their sums do not
/// wait for each other.
/// </summary>
internal static class DotRows<T, TV, TW>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TV : struct
    where TW : struct, IWidth<T, TV>
{
    /// <summary>Vectors in a row from which on its alignment pays for one more step.</summary>
    private const int AlignedFrom = 16;

    /// <summary>Writes as many entries of y as there are rows.</summary>
    /// <param name="a">The first row.</param>
    /// <param name="aRow">Bytes from one row to the next.</param>
    /// <param name="x">x.</param>
    /// <param name="k">The length of x, a vector at least.</param>
    /// <param name="added">The first entry of what is added.</param>
    /// <param name="add">Whether anything is added.</param>
    /// <param name="y">The first entry of y.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRows>(ref T a, nint aRow, ref T x, int k, ref T added, bool add, ref T y)
        where TRows : struct, IDimension
    {
        TV s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        nint aRow2 = aRow + aRow, aRow3 = aRow2 + aRow;
        ref var a4 = ref a;
        if (TRows.Size > 4)
            a4 = ref Unsafe.AddByteOffset(ref a, aRow2 + aRow2);
        var left = k;
        if (k > AlignedFrom * TW.Count && aRow % (TW.Count * Unsafe.SizeOf<T>()) == 0)
        {
            // The rows begin alike, and are long: from where their vectors begin lines of the cache.
            var skip = (int)ProductWidth.ToAligned(ref a, TW.Count);
            if (skip > 0)
            {
                var factor = TW.Before(TW.Load(ref x), skip);
                s0 = TW.MultiplyAdd(TW.Before(TW.Load(ref a), skip), factor, s0);
                if (TRows.Size > 1)
                    s1 = TW.MultiplyAdd(TW.Before(TW.Load(ref Unsafe.AddByteOffset(ref a, aRow)), skip), factor, s1);
                if (TRows.Size > 2)
                    s2 = TW.MultiplyAdd(TW.Before(TW.Load(ref Unsafe.AddByteOffset(ref a, aRow2)), skip), factor, s2);
                if (TRows.Size > 3)
                    s3 = TW.MultiplyAdd(TW.Before(TW.Load(ref Unsafe.AddByteOffset(ref a, aRow3)), skip), factor, s3);
                if (TRows.Size > 4)
                    s4 = TW.MultiplyAdd(TW.Before(TW.Load(ref a4), skip), factor, s4);
                if (TRows.Size > 5)
                    s5 = TW.MultiplyAdd(TW.Before(TW.Load(ref Unsafe.AddByteOffset(ref a4, aRow)), skip), factor, s5);
                if (TRows.Size > 6)
                    s6 = TW.MultiplyAdd(TW.Before(TW.Load(ref Unsafe.AddByteOffset(ref a4, aRow2)), skip), factor, s6);
                if (TRows.Size > 7)
                    s7 = TW.MultiplyAdd(TW.Before(TW.Load(ref Unsafe.AddByteOffset(ref a4, aRow3)), skip), factor, s7);
                a = ref Unsafe.Add(ref a, skip);
                if (TRows.Size > 4)
                    a4 = ref Unsafe.Add(ref a4, skip);
                x = ref Unsafe.Add(ref x, skip);
                left -= skip;
            }
        }

        for (; left >= TW.Count; left -= TW.Count)
        {
            var factor = TW.Load(ref x);
            s0 = TW.MultiplyAdd(TW.Load(ref a), factor, s0);
            if (TRows.Size > 1)
                s1 = TW.MultiplyAdd(TW.Load(ref Unsafe.AddByteOffset(ref a, aRow)), factor, s1);
            if (TRows.Size > 2)
                s2 = TW.MultiplyAdd(TW.Load(ref Unsafe.AddByteOffset(ref a, aRow2)), factor, s2);
            if (TRows.Size > 3)
                s3 = TW.MultiplyAdd(TW.Load(ref Unsafe.AddByteOffset(ref a, aRow3)), factor, s3);
            if (TRows.Size > 4)
                s4 = TW.MultiplyAdd(TW.Load(ref a4), factor, s4);
            if (TRows.Size > 5)
                s5 = TW.MultiplyAdd(TW.Load(ref Unsafe.AddByteOffset(ref a4, aRow)), factor, s5);
            if (TRows.Size > 6)
                s6 = TW.MultiplyAdd(TW.Load(ref Unsafe.AddByteOffset(ref a4, aRow2)), factor, s6);
            if (TRows.Size > 7)
                s7 = TW.MultiplyAdd(TW.Load(ref Unsafe.AddByteOffset(ref a4, aRow3)), factor, s7);

            a = ref Unsafe.Add(ref a, TW.Count);
            if (TRows.Size > 4)
                a4 = ref Unsafe.Add(ref a4, TW.Count);
            x = ref Unsafe.Add(ref x, TW.Count);
        }

        if (left > 0)
        {
            // The last whole vector again, without what has been counted. Both factors: 0·∞ is not 0.
            var counted = TW.Count - left;
            a = ref Unsafe.Subtract(ref a, counted);
            if (TRows.Size > 4)
                a4 = ref Unsafe.Subtract(ref a4, counted);
            var factor = TW.From(TW.Load(ref Unsafe.Subtract(ref x, counted)), counted);
            s0 = TW.MultiplyAdd(TW.From(TW.Load(ref a), counted), factor, s0);
            if (TRows.Size > 1)
                s1 = TW.MultiplyAdd(TW.From(TW.Load(ref Unsafe.AddByteOffset(ref a, aRow)), counted), factor, s1);
            if (TRows.Size > 2)
                s2 = TW.MultiplyAdd(TW.From(TW.Load(ref Unsafe.AddByteOffset(ref a, aRow2)), counted), factor, s2);
            if (TRows.Size > 3)
                s3 = TW.MultiplyAdd(TW.From(TW.Load(ref Unsafe.AddByteOffset(ref a, aRow3)), counted), factor, s3);
            if (TRows.Size > 4)
                s4 = TW.MultiplyAdd(TW.From(TW.Load(ref a4), counted), factor, s4);
            if (TRows.Size > 5)
                s5 = TW.MultiplyAdd(TW.From(TW.Load(ref Unsafe.AddByteOffset(ref a4, aRow)), counted), factor, s5);
            if (TRows.Size > 6)
                s6 = TW.MultiplyAdd(TW.From(TW.Load(ref Unsafe.AddByteOffset(ref a4, aRow2)), counted), factor, s6);
            if (TRows.Size > 7)
                s7 = TW.MultiplyAdd(TW.From(TW.Load(ref Unsafe.AddByteOffset(ref a4, aRow3)), counted), factor, s7);
        }

        if (TRows.Size > 3)
            TW.StoreSums(s0, s1, s2, s3, ref added, add, ref y);
        if (TRows.Size > 7)
            TW.StoreSums(s4, s5, s6, s7, ref Unsafe.Add(ref added, 4), add, ref Unsafe.Add(ref y, 4));
        if (TRows.Size is > 0 and < 4)
            End(s0, 0, ref added, add, ref y);
        if (TRows.Size is > 1 and < 4)
            End(s1, 1, ref added, add, ref y);
        if (TRows.Size is 3)
            End(s2, 2, ref added, add, ref y);
        if (TRows.Size is > 4 and < 8)
            End(s4, 4, ref added, add, ref y);
        if (TRows.Size is > 5 and < 8)
            End(s5, 5, ref added, add, ref y);
        if (TRows.Size is > 6 and < 8)
            End(s6, 6, ref added, add, ref y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void End(TV sum, int row, ref T added, bool add, ref T y)
    {
        var total = TW.Sum(sum);
        Unsafe.Add(ref y, row) = add ? Unsafe.Add(ref added, row) + total : total;
    }

    /// <summary>⟨a, x⟩, in four sums that do not wait for each other.</summary>
    /// <param name="a">The one vector.</param>
    /// <param name="x">The other.</param>
    /// <param name="k">Their length, a vector at least.</param>
    /// <returns>The sum of the products.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Dot(ref T a, ref T x, int k)
    {
        TV s0 = default, s1 = default, s2 = default, s3 = default;
        var left = k;
        for (; left >= 4 * TW.Count; left -= 4 * TW.Count)
        {
            s0 = TW.MultiplyAdd(TW.Load(ref a), TW.Load(ref x), s0);
            s1 = TW.MultiplyAdd(TW.Load(ref Unsafe.Add(ref a, TW.Count)), TW.Load(ref Unsafe.Add(ref x, TW.Count)), s1);
            s2 = TW.MultiplyAdd(TW.Load(ref Unsafe.Add(ref a, 2 * TW.Count)), TW.Load(ref Unsafe.Add(ref x, 2 * TW.Count)), s2);
            s3 = TW.MultiplyAdd(TW.Load(ref Unsafe.Add(ref a, 3 * TW.Count)), TW.Load(ref Unsafe.Add(ref x, 3 * TW.Count)), s3);
            a = ref Unsafe.Add(ref a, 4 * TW.Count);
            x = ref Unsafe.Add(ref x, 4 * TW.Count);
        }

        for (; left >= TW.Count; left -= TW.Count)
        {
            s0 = TW.MultiplyAdd(TW.Load(ref a), TW.Load(ref x), s0);
            a = ref Unsafe.Add(ref a, TW.Count);
            x = ref Unsafe.Add(ref x, TW.Count);
        }

        if (left > 0)
        {
            var counted = TW.Count - left;
            s1 = TW.MultiplyAdd(
                TW.From(TW.Load(ref Unsafe.Subtract(ref a, counted)), counted),
                TW.From(TW.Load(ref Unsafe.Subtract(ref x, counted)), counted),
                s1);
        }

        return TW.Sum(TW.Add(TW.Add(s0, s1), TW.Add(s2, s3)));
    }
}
