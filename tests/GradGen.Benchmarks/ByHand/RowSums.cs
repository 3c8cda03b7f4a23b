using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static GradGen.Benchmarks.ByHand.Entries;
using static GradGen.Benchmarks.ByHand.Inlining;

namespace GradGen.Benchmarks.ByHand;

/// <summary>A matrix times a vector where the matrix is stored by rows: eight rows' products, then one tree of sums for all eight.</summary>
internal static class RowSums
{
    /// <summary>Eight rows of 16 entries times x.</summary>
    [MethodImpl(Inline)]
    public static Lanes8 Of(ref double w, int stride, Pair<Lanes8> x) => Of(
        Products(ref w, x),
        Products(ref At(ref w, stride), x),
        Products(ref At(ref w, 2 * stride), x),
        Products(ref At(ref w, 3 * stride), x),
        Products(ref At(ref w, 4 * stride), x),
        Products(ref At(ref w, 5 * stride), x),
        Products(ref At(ref w, 6 * stride), x),
        Products(ref At(ref w, 7 * stride), x));

    /// <summary>The sums of eight vectors, in one.</summary>
    [MethodImpl(Inline)]
    public static Lanes8 Of(
        Vector512<double> a, Vector512<double> b, Vector512<double> c, Vector512<double> d, Vector512<double> e, Vector512<double> f, Vector512<double> g, Vector512<double> h)
    {
        if (!Avx512F.IsSupported)
        {
            return new(Vector512.Create(
                Vector512.Sum(a), Vector512.Sum(b), Vector512.Sum(c), Vector512.Sum(d), Vector512.Sum(e), Vector512.Sum(f), Vector512.Sum(g), Vector512.Sum(h)));
        }

        // Quarters of 128 bits hold the sums of a pair; then the quarters are summed.
        var (ab, cd, ef, gh) = (Pairs(a, b), Pairs(c, d), Pairs(e, f), Pairs(g, h));
        var abcd = Quarters(ab, cd);
        var efgh = Quarters(ef, gh);
        return new(Avx512F.Shuffle4x128(abcd, efgh, 0b10_00_10_00) + Avx512F.Shuffle4x128(abcd, efgh, 0b11_01_11_01));
    }

    [MethodImpl(Inline)]
    private static Vector512<double> Products(ref double w, Pair<Lanes8> x) =>
        Lanes8.MulAdd(Lanes8.Load(ref w), x.Low, Lanes8.Load(ref At(ref w, 8)) * x.High).Vector;

    [MethodImpl(Inline)]
    private static Vector512<double> Pairs(Vector512<double> a, Vector512<double> b) => Avx512F.UnpackLow(a, b) + Avx512F.UnpackHigh(a, b);

    [MethodImpl(Inline)]
    private static Vector512<double> Quarters(Vector512<double> a, Vector512<double> b) =>
        Avx512F.Shuffle4x128(a, b, 0b10_00_10_00) + Avx512F.Shuffle4x128(a, b, 0b11_01_11_01);
}
