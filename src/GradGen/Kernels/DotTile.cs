using System.Numerics;
using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

/// <summary>
/// One tile of C = A·Bᵀ, both factors in rows: up to six rows of A by up to four rows of B, a vector of partial sums for
/// each pair, added up at the end. For long rows; short ones are transposed first (<see cref="TransposedPanel"/>).
/// </summary>
internal static class DotTile<T, TV, TW>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TV : struct
    where TW : struct, IWidth<T, TV>
{
    /// <summary>Writes or adds a tile.</summary>
    /// <param name="a">The first row of A that belongs to the tile.</param>
    /// <param name="aRow">Bytes from one row of A to the next.</param>
    /// <param name="b">The first row of B that belongs to the tile.</param>
    /// <param name="bRow">Bytes from one row of B to the next.</param>
    /// <param name="c">The first entry of the tile.</param>
    /// <param name="cRow">Bytes from one row of C to the next.</param>
    /// <param name="k">The length of the rows, a vector at least.</param>
    /// <param name="accumulate">Whether the tile is added to what C holds.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRows, TColumns>(ref T a, nint aRow, ref T b, nint bRow, ref T c, nint cRow, int k, bool accumulate)
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        TV s00 = default, s01 = default, s02 = default, s03 = default;
        TV s10 = default, s11 = default, s12 = default, s13 = default;
        TV s20 = default, s21 = default, s22 = default, s23 = default;
        TV s30 = default, s31 = default, s32 = default, s33 = default;
        TV s40 = default, s41 = default, s42 = default, s43 = default;
        TV s50 = default, s51 = default, s52 = default, s53 = default;
        nint aRow2 = aRow + aRow, aRow3 = aRow2 + aRow, bRow2 = bRow + bRow, bRow3 = bRow2 + bRow;
        ref var a3 = ref a;
        if (TRows.Size > 3)
            a3 = ref Unsafe.AddByteOffset(ref a, aRow3);
        var left = k;
        for (; left >= TW.Count; left -= TW.Count)
        {
            var b0 = TW.Load(ref b);
            var b1 = TColumns.Size > 1 ? TW.Load(ref Unsafe.AddByteOffset(ref b, bRow)) : default;
            var b2 = TColumns.Size > 2 ? TW.Load(ref Unsafe.AddByteOffset(ref b, bRow2)) : default;
            var b3 = TColumns.Size > 3 ? TW.Load(ref Unsafe.AddByteOffset(ref b, bRow3)) : default;
            Step<TColumns>(TW.Load(ref a), b0, b1, b2, b3, ref s00, ref s01, ref s02, ref s03);
            if (TRows.Size > 1)
                Step<TColumns>(TW.Load(ref Unsafe.AddByteOffset(ref a, aRow)), b0, b1, b2, b3, ref s10, ref s11, ref s12, ref s13);
            if (TRows.Size > 2)
                Step<TColumns>(TW.Load(ref Unsafe.AddByteOffset(ref a, aRow2)), b0, b1, b2, b3, ref s20, ref s21, ref s22, ref s23);
            if (TRows.Size > 3)
                Step<TColumns>(TW.Load(ref a3), b0, b1, b2, b3, ref s30, ref s31, ref s32, ref s33);
            if (TRows.Size > 4)
                Step<TColumns>(TW.Load(ref Unsafe.AddByteOffset(ref a3, aRow)), b0, b1, b2, b3, ref s40, ref s41, ref s42, ref s43);
            if (TRows.Size > 5)
                Step<TColumns>(TW.Load(ref Unsafe.AddByteOffset(ref a3, aRow2)), b0, b1, b2, b3, ref s50, ref s51, ref s52, ref s53);

            a = ref Unsafe.Add(ref a, TW.Count);
            if (TRows.Size > 3)
                a3 = ref Unsafe.Add(ref a3, TW.Count);
            b = ref Unsafe.Add(ref b, TW.Count);
        }

        if (left > 0)
        {
            // The last whole vector of the rows again, without what has been counted. Both factors: 0·∞ is not 0.
            var counted = TW.Count - left;
            a = ref Unsafe.Subtract(ref a, counted);
            if (TRows.Size > 3)
                a3 = ref Unsafe.Subtract(ref a3, counted);
            b = ref Unsafe.Subtract(ref b, counted);
            var b0 = TW.From(TW.Load(ref b), counted);
            var b1 = TColumns.Size > 1 ? TW.From(TW.Load(ref Unsafe.AddByteOffset(ref b, bRow)), counted) : default;
            var b2 = TColumns.Size > 2 ? TW.From(TW.Load(ref Unsafe.AddByteOffset(ref b, bRow2)), counted) : default;
            var b3 = TColumns.Size > 3 ? TW.From(TW.Load(ref Unsafe.AddByteOffset(ref b, bRow3)), counted) : default;
            Step<TColumns>(TW.From(TW.Load(ref a), counted), b0, b1, b2, b3, ref s00, ref s01, ref s02, ref s03);
            if (TRows.Size > 1)
                Step<TColumns>(TW.From(TW.Load(ref Unsafe.AddByteOffset(ref a, aRow)), counted), b0, b1, b2, b3, ref s10, ref s11, ref s12, ref s13);
            if (TRows.Size > 2)
                Step<TColumns>(TW.From(TW.Load(ref Unsafe.AddByteOffset(ref a, aRow2)), counted), b0, b1, b2, b3, ref s20, ref s21, ref s22, ref s23);
            if (TRows.Size > 3)
                Step<TColumns>(TW.From(TW.Load(ref a3), counted), b0, b1, b2, b3, ref s30, ref s31, ref s32, ref s33);
            if (TRows.Size > 4)
                Step<TColumns>(TW.From(TW.Load(ref Unsafe.AddByteOffset(ref a3, aRow)), counted), b0, b1, b2, b3, ref s40, ref s41, ref s42, ref s43);
            if (TRows.Size > 5)
                Step<TColumns>(TW.From(TW.Load(ref Unsafe.AddByteOffset(ref a3, aRow2)), counted), b0, b1, b2, b3, ref s50, ref s51, ref s52, ref s53);
        }

        End<TColumns>(s00, s01, s02, s03, ref c, accumulate);
        if (TRows.Size > 1)
            End<TColumns>(s10, s11, s12, s13, ref Unsafe.AddByteOffset(ref c, 1 * cRow), accumulate);
        if (TRows.Size > 2)
            End<TColumns>(s20, s21, s22, s23, ref Unsafe.AddByteOffset(ref c, 2 * cRow), accumulate);
        if (TRows.Size > 3)
            End<TColumns>(s30, s31, s32, s33, ref Unsafe.AddByteOffset(ref c, 3 * cRow), accumulate);
        if (TRows.Size > 4)
            End<TColumns>(s40, s41, s42, s43, ref Unsafe.AddByteOffset(ref c, 4 * cRow), accumulate);
        if (TRows.Size > 5)
            End<TColumns>(s50, s51, s52, s53, ref Unsafe.AddByteOffset(ref c, 5 * cRow), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TColumns>(TV a, TV b0, TV b1, TV b2, TV b3, ref TV s0, ref TV s1, ref TV s2, ref TV s3)
        where TColumns : struct, IDimension
    {
        s0 = TW.MultiplyAdd(a, b0, s0);
        if (TColumns.Size > 1)
            s1 = TW.MultiplyAdd(a, b1, s1);
        if (TColumns.Size > 2)
            s2 = TW.MultiplyAdd(a, b2, s2);
        if (TColumns.Size > 3)
            s3 = TW.MultiplyAdd(a, b3, s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void End<TColumns>(TV s0, TV s1, TV s2, TV s3, ref T c, bool accumulate)
        where TColumns : struct, IDimension
    {
        if (TColumns.Size > 3)
        {
            TW.StoreSums(s0, s1, s2, s3, ref c, accumulate, ref c);
            return;
        }

        EndOne(s0, ref c, accumulate);
        if (TColumns.Size > 1)
            EndOne(s1, ref Unsafe.Add(ref c, 1), accumulate);
        if (TColumns.Size > 2)
            EndOne(s2, ref Unsafe.Add(ref c, 2), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EndOne(TV sum, ref T c, bool accumulate)
    {
        var total = TW.Sum(sum);
        c = accumulate ? c + total : total;
    }
}
