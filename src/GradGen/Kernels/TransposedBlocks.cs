using System.Numerics;
using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

/// <summary>Transposes as many rows as a vector has lanes, a part of 128 bits of each row at a time.</summary>
/// <remarks>
/// A vector is put together from parts of rows that stand four apart (floats) or two (doubles); interleaving within the
/// parts then gives whole columns, in the order of the rows and in whole vectors.
/// </remarks>
internal static class TransposedBlocks<T, TV, TW>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TV : struct
    where TW : struct, IPartedWidth<T, TV>
{
    /// <summary>Copies, transposed, as many rows as the panel has columns; blocks at the ends overlap.</summary>
    /// <param name="b">The first entry that is copied.</param>
    /// <param name="bRow">Entries from one row to the next.</param>
    /// <param name="panel">Where to.</param>
    /// <param name="k">The rows of the panel, a part of 128 bits at least.</param>
    /// <param name="width">Its columns, a vector at least.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(ref T b, nint bRow, ref T panel, nint k, nint width)
    {
        var part = 16 / Unsafe.SizeOf<T>();
        for (nint j = 0; ; j = Math.Min(j + TW.Count, width - TW.Count))
        {
            ref var rows = ref Unsafe.Add(ref b, j * bRow);
            ref var columns = ref Unsafe.Add(ref panel, j);
            for (nint p = 0; ; p = Math.Min(p + part, k - part))
            {
                if (typeof(T) == typeof(float))
                    Four(ref Unsafe.Add(ref rows, p), bRow, ref Unsafe.Add(ref columns, p * width), width);
                else
                    Two(ref Unsafe.Add(ref rows, p), bRow, ref Unsafe.Add(ref columns, p * width), width);
                if (p == k - part)
                    break;
            }

            if (j == width - TW.Count)
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(ref T rows, nint row, ref T columns, nint width)
    {
        var r0 = TW.LoadParts(ref rows, 4 * row);
        var r1 = TW.LoadParts(ref Unsafe.Add(ref rows, row), 4 * row);
        var r2 = TW.LoadParts(ref Unsafe.Add(ref rows, 2 * row), 4 * row);
        var r3 = TW.LoadParts(ref Unsafe.Add(ref rows, 3 * row), 4 * row);
        var low02 = TW.InterleaveLow(r0, r2);
        var low13 = TW.InterleaveLow(r1, r3);
        var high02 = TW.InterleaveHigh(r0, r2);
        var high13 = TW.InterleaveHigh(r1, r3);
        TW.Store(TW.InterleaveLow(low02, low13), ref columns);
        TW.Store(TW.InterleaveHigh(low02, low13), ref Unsafe.Add(ref columns, width));
        TW.Store(TW.InterleaveLow(high02, high13), ref Unsafe.Add(ref columns, 2 * width));
        TW.Store(TW.InterleaveHigh(high02, high13), ref Unsafe.Add(ref columns, 3 * width));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Two(ref T rows, nint row, ref T columns, nint width)
    {
        var even = TW.LoadParts(ref rows, 2 * row);
        var odd = TW.LoadParts(ref Unsafe.Add(ref rows, row), 2 * row);
        TW.Store(TW.InterleaveLow(even, odd), ref columns);
        TW.Store(TW.InterleaveHigh(even, odd), ref Unsafe.Add(ref columns, width));
    }
}
