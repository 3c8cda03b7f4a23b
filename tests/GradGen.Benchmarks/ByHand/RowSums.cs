using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static GradGen.Benchmarks.ByHand.Inlining;

namespace GradGen.Benchmarks.ByHand;

/// <summary>A matrix times a vector, where the matrix is stored by rows: one tree of sums for eight rows.</summary>
internal static class RowSums
{
    /// <summary>The sums of eight vectors, in one.</summary>
    [MethodImpl(Inline)]
    public static Vector512<double> Of(
        Vector512<double> a, Vector512<double> b, Vector512<double> c, Vector512<double> d, Vector512<double> e, Vector512<double> f, Vector512<double> g, Vector512<double> h)
    {
        if (!Avx512F.IsSupported)
        {
            return Vector512.Create(
                Vector512.Sum(a), Vector512.Sum(b), Vector512.Sum(c), Vector512.Sum(d), Vector512.Sum(e), Vector512.Sum(f), Vector512.Sum(g), Vector512.Sum(h));
        }

        // Quarters of 128 bits hold the sums of a pair; then the quarters are summed.
        var ab = Avx512F.UnpackLow(a, b) + Avx512F.UnpackHigh(a, b);
        var cd = Avx512F.UnpackLow(c, d) + Avx512F.UnpackHigh(c, d);
        var ef = Avx512F.UnpackLow(e, f) + Avx512F.UnpackHigh(e, f);
        var gh = Avx512F.UnpackLow(g, h) + Avx512F.UnpackHigh(g, h);
        return Quarters(Quarters(ab, cd), Quarters(ef, gh));
    }

    [MethodImpl(Inline)]
    private static Vector512<double> Quarters(Vector512<double> a, Vector512<double> b) =>
        Avx512F.Shuffle4x128(a, b, 0b10_00_10_00) + Avx512F.Shuffle4x128(a, b, 0b11_01_11_01);
}
