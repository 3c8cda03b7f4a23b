using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static GradGen.Benchmarks.ByHand.Entries;
using static GradGen.Benchmarks.ByHand.Inlining;
using Row = System.Runtime.Intrinsics.Vector512<double>;

namespace GradGen.Benchmarks.ByHand;

/// <summary>Transposes matrices whose rows are multiples of 8 long.</summary>
internal static class Transposed
{
    [MethodImpl(Inline)]
    public static void Of(ref double from, ref double to, int size, int stride)
    {
        if (!Avx512F.IsSupported)
        {
            for (var i = 0; i < size; i++)
            {
                for (var j = 0; j < size; j++)
                {
                    At(ref to, j * stride + i) = At(ref from, i * stride + j);
                }
            }

            return;
        }

        for (var i = 0; i < stride; i += 8)
        {
            for (var j = 0; j < stride; j += 8)
            {
                Eight(ref At(ref from, i * stride + j), ref At(ref to, j * stride + i), size, stride);
            }
        }
    }

    [MethodImpl(Inline)]
    private static void Eight(ref double from, ref double to, int size, int stride)
    {
        var (a, b) = (Vector512.LoadUnsafe(ref from), Vector512.LoadUnsafe(ref At(ref from, stride)));
        var (c, d) = (Vector512.LoadUnsafe(ref At(ref from, 2 * stride)), Vector512.LoadUnsafe(ref At(ref from, 3 * stride)));
        var (e, f) = (Vector512.LoadUnsafe(ref At(ref from, 4 * stride)), Vector512.LoadUnsafe(ref At(ref from, 5 * stride)));
        var (g, h) = size == 6
            ? (Row.Zero, Row.Zero)
            : (Vector512.LoadUnsafe(ref At(ref from, 6 * stride)), Vector512.LoadUnsafe(ref At(ref from, 7 * stride)));
        Half(Avx512F.UnpackLow(a, b), Avx512F.UnpackLow(c, d), Avx512F.UnpackLow(e, f), Avx512F.UnpackLow(g, h), ref to, size, stride);
        Half(Avx512F.UnpackHigh(a, b), Avx512F.UnpackHigh(c, d), Avx512F.UnpackHigh(e, f), Avx512F.UnpackHigh(g, h), ref At(ref to, stride), size, stride);
    }

    /// <summary>Columns 0, 2, 4, 6 (or those after them) of eight rows that came in pairs.</summary>
    [MethodImpl(Inline)]
    private static void Half(Row ab, Row cd, Row ef, Row gh, ref double to, int size, int stride)
    {
        var (low0, low1) = (Avx512F.Shuffle4x128(ab, cd, 0b10_00_10_00), Avx512F.Shuffle4x128(ef, gh, 0b10_00_10_00));
        var (high0, high1) = (Avx512F.Shuffle4x128(ab, cd, 0b11_01_11_01), Avx512F.Shuffle4x128(ef, gh, 0b11_01_11_01));
        Avx512F.Shuffle4x128(low0, low1, 0b10_00_10_00).StoreUnsafe(ref to);
        Avx512F.Shuffle4x128(high0, high1, 0b10_00_10_00).StoreUnsafe(ref At(ref to, 2 * stride));
        Avx512F.Shuffle4x128(low0, low1, 0b11_01_11_01).StoreUnsafe(ref At(ref to, 4 * stride));
        if (size != 6)
        {
            Avx512F.Shuffle4x128(high0, high1, 0b11_01_11_01).StoreUnsafe(ref At(ref to, 6 * stride));
        }
    }
}
