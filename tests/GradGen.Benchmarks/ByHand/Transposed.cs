using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static GradGen.Benchmarks.ByHand.Entries;
using static GradGen.Benchmarks.ByHand.Inlining;

namespace GradGen.Benchmarks.ByHand;

/// <summary>Transposes n×n matrices into rows as long as a vector.</summary>
internal static class Transposed<N, TRow>
    where N : struct, IDimension
    where TRow : struct, ILanes<TRow>
{
    [MethodImpl(Inline)]
    public static void Of(ref double from, ref double to)
    {
        if (N.Size % 8 == 0 && Avx512F.IsSupported)
        {
            for (var i = 0; i < N.Size; i += 8)
            {
                for (var j = 0; j < N.Size; j += 8)
                {
                    Eight(ref At(ref from, i * N.Size + j), ref At(ref to, j * N.Size + i));
                }
            }
        }
        else if (N.Size == 4 && Avx2.IsSupported)
        {
            Four(ref from, ref to);
        }
        else
        {
            for (var i = 0; i < N.Size; i++)
            {
                for (var j = 0; j < N.Size; j++)
                {
                    At(ref to, j * TRow.Count + i) = At(ref from, i * N.Size + j);
                }
            }
        }
    }

    [MethodImpl(Inline)]
    private static void Four(ref double from, ref double to)
    {
        var (a, b) = (Vector256.LoadUnsafe(ref from), Vector256.LoadUnsafe(ref from, 4));
        var (c, d) = (Vector256.LoadUnsafe(ref from, 8), Vector256.LoadUnsafe(ref from, 12));
        var (even0, odd0) = (Avx.UnpackLow(a, b), Avx.UnpackHigh(a, b));
        var (even1, odd1) = (Avx.UnpackLow(c, d), Avx.UnpackHigh(c, d));
        Avx.Permute2x128(even0, even1, 0x20).StoreUnsafe(ref to);
        Avx.Permute2x128(odd0, odd1, 0x20).StoreUnsafe(ref to, 4);
        Avx.Permute2x128(even0, even1, 0x31).StoreUnsafe(ref to, 8);
        Avx.Permute2x128(odd0, odd1, 0x31).StoreUnsafe(ref to, 12);
    }

    [MethodImpl(Inline)]
    private static void Eight(ref double from, ref double to)
    {
        // Rows 2p and 2p + 1 interleaved, then columns q and q + 2, …, of four rows.
        var (a, b) = (Vector512.LoadUnsafe(ref from), Row(ref from, 1));
        var (c, d) = (Row(ref from, 2), Row(ref from, 3));
        var (e, f) = (Row(ref from, 4), Row(ref from, 5));
        var (g, h) = (Row(ref from, 6), Row(ref from, 7));
        Half(Avx512F.UnpackLow(a, b), Avx512F.UnpackLow(c, d), Avx512F.UnpackLow(e, f), Avx512F.UnpackLow(g, h), ref to);
        Half(Avx512F.UnpackHigh(a, b), Avx512F.UnpackHigh(c, d), Avx512F.UnpackHigh(e, f), Avx512F.UnpackHigh(g, h), ref At(ref to, N.Size));
    }

    /// <summary>Columns 0, 2, 4, 6 (or those after them) of eight rows that came in pairs.</summary>
    [MethodImpl(Inline)]
    private static void Half(Vector512<double> ab, Vector512<double> cd, Vector512<double> ef, Vector512<double> gh, ref double to)
    {
        var (low0, low1) = (Avx512F.Shuffle4x128(ab, cd, 0b10_00_10_00), Avx512F.Shuffle4x128(ef, gh, 0b10_00_10_00));
        var (high0, high1) = (Avx512F.Shuffle4x128(ab, cd, 0b11_01_11_01), Avx512F.Shuffle4x128(ef, gh, 0b11_01_11_01));
        Avx512F.Shuffle4x128(low0, low1, 0b10_00_10_00).StoreUnsafe(ref to);
        Avx512F.Shuffle4x128(high0, high1, 0b10_00_10_00).StoreUnsafe(ref At(ref to, 2 * N.Size));
        Avx512F.Shuffle4x128(low0, low1, 0b11_01_11_01).StoreUnsafe(ref At(ref to, 4 * N.Size));
        Avx512F.Shuffle4x128(high0, high1, 0b11_01_11_01).StoreUnsafe(ref At(ref to, 6 * N.Size));
    }

    [MethodImpl(Inline)]
    private static Vector512<double> Row(ref double from, int row) => Vector512.LoadUnsafe(ref At(ref from, row * N.Size));
}
