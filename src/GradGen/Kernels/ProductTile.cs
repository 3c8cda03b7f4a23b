using System.Numerics;
using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

/// <summary>
/// One tile of C = op(A)·B, all of whose sums stay in registers: up to eight rows by up to three vectors. Each step of the
/// inner dimension is a rank-one update, columns of A spread over rows of B.
/// </summary>
/// <remarks>
/// One method for each height and width of tile, whatever the sizes of the matrices: what does not belong to the tile is
/// gone when the JIT has put in the constants. Offsets are in bytes; that makes the transposed A another pair of strides.
/// </remarks>
internal static class ProductTile<T, TV, TW>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TV : struct
    where TW : struct, IWidth<T, TV>
{
    /// <summary>Writes or adds a tile.</summary>
    /// <param name="a">The first entry of op(A) that belongs to the tile.</param>
    /// <param name="aRow">From one row of op(A) to the next.</param>
    /// <param name="aStep">From one column of op(A) to the next.</param>
    /// <param name="b">The first entry of B that belongs to the tile.</param>
    /// <param name="bStep">From one row of B to the next.</param>
    /// <param name="c">The first entry of the tile.</param>
    /// <param name="cRow">From one row of C to the next.</param>
    /// <param name="last">From the first vector of a row to the last: that one may overlap the one before, which then
    /// has the same numbers in the common lanes. So a row ends where it ends, and no lane is masked.</param>
    /// <param name="k">The number of steps.</param>
    /// <param name="accumulate">Whether the tile is added to what C holds.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRows, TVectors>(
        ref T a, nint aRow, nint aStep, ref T b, nint bStep, ref T c, nint cRow, nint last, nint k, bool accumulate)
        where TRows : struct, IDimension
        where TVectors : struct, IDimension
    {
        TV s00 = default, s01 = default, s02 = default;
        TV s10 = default, s11 = default, s12 = default;
        TV s20 = default, s21 = default, s22 = default;
        TV s30 = default, s31 = default, s32 = default;
        TV s40 = default, s41 = default, s42 = default;
        TV s50 = default, s51 = default, s52 = default;
        TV s60 = default, s61 = default, s62 = default;
        TV s70 = default, s71 = default, s72 = default;
        nint aRow2 = aRow + aRow, aRow3 = aRow2 + aRow;
        ref var a4 = ref a;
        if (TRows.Size > 4)
            a4 = ref Unsafe.AddByteOffset(ref a, aRow2 + aRow2);
        for (; k > 0; k--)
        {
            var b0 = TW.Load(ref b);
            var b1 = TVectors.Size > 1 ? TW.Load(ref Unsafe.AddByteOffset(ref b, TVectors.Size == 2 ? last : TW.Count * Unsafe.SizeOf<T>())) : default;
            var b2 = TVectors.Size > 2 ? TW.Load(ref Unsafe.AddByteOffset(ref b, last)) : default;
            Step<TVectors>(ref a, b0, b1, b2, ref s00, ref s01, ref s02);
            if (TRows.Size > 1)
                Step<TVectors>(ref Unsafe.AddByteOffset(ref a, aRow), b0, b1, b2, ref s10, ref s11, ref s12);
            if (TRows.Size > 2)
                Step<TVectors>(ref Unsafe.AddByteOffset(ref a, aRow2), b0, b1, b2, ref s20, ref s21, ref s22);
            if (TRows.Size > 3)
                Step<TVectors>(ref Unsafe.AddByteOffset(ref a, aRow3), b0, b1, b2, ref s30, ref s31, ref s32);
            if (TRows.Size > 4)
                Step<TVectors>(ref a4, b0, b1, b2, ref s40, ref s41, ref s42);
            if (TRows.Size > 5)
                Step<TVectors>(ref Unsafe.AddByteOffset(ref a4, aRow), b0, b1, b2, ref s50, ref s51, ref s52);
            if (TRows.Size > 6)
                Step<TVectors>(ref Unsafe.AddByteOffset(ref a4, aRow2), b0, b1, b2, ref s60, ref s61, ref s62);
            if (TRows.Size > 7)
                Step<TVectors>(ref Unsafe.AddByteOffset(ref a4, aRow3), b0, b1, b2, ref s70, ref s71, ref s72);

            a = ref Unsafe.AddByteOffset(ref a, aStep);
            if (TRows.Size > 4)
                a4 = ref Unsafe.AddByteOffset(ref a4, aStep);
            b = ref Unsafe.AddByteOffset(ref b, bStep);
        }

        End<TVectors>(s00, s01, s02, ref c, last, accumulate);
        if (TRows.Size > 1)
            End<TVectors>(s10, s11, s12, ref Unsafe.AddByteOffset(ref c, 1 * cRow), last, accumulate);
        if (TRows.Size > 2)
            End<TVectors>(s20, s21, s22, ref Unsafe.AddByteOffset(ref c, 2 * cRow), last, accumulate);
        if (TRows.Size > 3)
            End<TVectors>(s30, s31, s32, ref Unsafe.AddByteOffset(ref c, 3 * cRow), last, accumulate);
        if (TRows.Size > 4)
            End<TVectors>(s40, s41, s42, ref Unsafe.AddByteOffset(ref c, 4 * cRow), last, accumulate);
        if (TRows.Size > 5)
            End<TVectors>(s50, s51, s52, ref Unsafe.AddByteOffset(ref c, 5 * cRow), last, accumulate);
        if (TRows.Size > 6)
            End<TVectors>(s60, s61, s62, ref Unsafe.AddByteOffset(ref c, 6 * cRow), last, accumulate);
        if (TRows.Size > 7)
            End<TVectors>(s70, s71, s72, ref Unsafe.AddByteOffset(ref c, 7 * cRow), last, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TVectors>(ref T a, TV b0, TV b1, TV b2, ref TV s0, ref TV s1, ref TV s2)
        where TVectors : struct, IDimension
    {
        var factor = TW.Broadcast(a);
        s0 = TW.MultiplyAdd(factor, b0, s0);
        if (TVectors.Size > 1)
            s1 = TW.MultiplyAdd(factor, b1, s1);
        if (TVectors.Size > 2)
            s2 = TW.MultiplyAdd(factor, b2, s2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void End<TVectors>(TV s0, TV s1, TV s2, ref T c, nint last, bool accumulate)
        where TVectors : struct, IDimension
    {
        ref var c1 = ref Unsafe.AddByteOffset(ref c, TVectors.Size == 2 ? last : TW.Count * Unsafe.SizeOf<T>());
        ref var c2 = ref Unsafe.AddByteOffset(ref c, last);
        if (accumulate)
        {
            // All are read before any is written: the last two may overlap.
            s0 = TW.Add(TW.Load(ref c), s0);
            if (TVectors.Size > 1)
                s1 = TW.Add(TW.Load(ref c1), s1);
            if (TVectors.Size > 2)
                s2 = TW.Add(TW.Load(ref c2), s2);
        }

        TW.Store(s0, ref c);
        if (TVectors.Size > 1)
            TW.Store(s1, ref c1);
        if (TVectors.Size > 2)
            TW.Store(s2, ref c2);
    }
}
