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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref T x, ref T y, ref T c, int m, int n, bool accumulate)
    {
        switch ((n + TW.Count - 1) / TW.Count)
        {
            case 1:
                Narrow<N1>(ref x, ref y, ref c, m, n, accumulate);
                break;
            case 2:
                Narrow<N2>(ref x, ref y, ref c, m, n, accumulate);
                break;
            case 3:
                Narrow<N3>(ref x, ref y, ref c, m, n, accumulate);
                break;
            case 4:
                Narrow<N4>(ref x, ref y, ref c, m, n, accumulate);
                break;
            default:
                Wide(ref x, ref y, ref c, m, n, accumulate);
                break;
        }
    }

    /// <summary>Rows of up to four vectors: y stays in registers.</summary>
    /// <param name="x">x.</param>
    /// <param name="y">y.</param>
    /// <param name="c">C.</param>
    /// <param name="m">The length of x.</param>
    /// <param name="n">The length of y.</param>
    /// <param name="accumulate">Whether the product is added to what C holds.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow<TVectors>(ref T x, ref T y, ref T c, int m, nint n, bool accumulate)
        where TVectors : struct, IDimension
    {
        var last = n - TW.Count;
        var y0 = TW.Load(ref y);
        var y1 = TVectors.Size > 1 ? TW.Load(ref Unsafe.Add(ref y, TVectors.Size == 2 ? last : TW.Count)) : default;
        var y2 = TVectors.Size > 2 ? TW.Load(ref Unsafe.Add(ref y, TVectors.Size == 3 ? last : 2 * TW.Count)) : default;
        var y3 = TVectors.Size > 3 ? TW.Load(ref Unsafe.Add(ref y, last)) : default;
        for (; m > 0; m--)
        {
            var factor = TW.Broadcast(x);
            ref var c1 = ref Unsafe.Add(ref c, TVectors.Size == 2 ? last : TW.Count);
            ref var c2 = ref Unsafe.Add(ref c, TVectors.Size == 3 ? last : 2 * TW.Count);
            ref var c3 = ref Unsafe.Add(ref c, last);

            // All are read before any is written: the last two may overlap.
            var p0 = Entry(factor, y0, ref c, accumulate);
            var p1 = TVectors.Size > 1 ? Entry(factor, y1, ref c1, accumulate) : default;
            var p2 = TVectors.Size > 2 ? Entry(factor, y2, ref c2, accumulate) : default;
            var p3 = TVectors.Size > 3 ? Entry(factor, y3, ref c3, accumulate) : default;
            TW.Store(p0, ref c);
            if (TVectors.Size > 1)
                TW.Store(p1, ref c1);
            if (TVectors.Size > 2)
                TW.Store(p2, ref c2);
            if (TVectors.Size > 3)
                TW.Store(p3, ref c3);
            x = ref Unsafe.Add(ref x, 1);
            c = ref Unsafe.Add(ref c, n);
        }
    }

    /// <summary>Longer rows, four vectors at a time.</summary>
    /// <param name="x">x.</param>
    /// <param name="y">y.</param>
    /// <param name="c">C.</param>
    /// <param name="m">The length of x.</param>
    /// <param name="n">The length of y, a vector at least.</param>
    /// <param name="accumulate">Whether the product is added to what C holds.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wide(ref T x, ref T y, ref T c, int m, nint n, bool accumulate)
    {
        var whole = n - (n % TW.Count);
        var fours = n - (n % (4 * TW.Count));
        var last = n - TW.Count;
        for (; m > 0; m--)
        {
            var factor = TW.Broadcast(x);

            // The last vector overlaps the one before: it is made before that one is written, and written after it.
            var end = whole < n ? Entry(factor, TW.Load(ref Unsafe.Add(ref y, last)), ref Unsafe.Add(ref c, last), accumulate) : default;
            nint j = 0;
            for (; j < fours; j += 4 * TW.Count)
            {
                ref var source = ref Unsafe.Add(ref y, j);
                ref var target = ref Unsafe.Add(ref c, j);
                var p0 = Entry(factor, TW.Load(ref source), ref target, accumulate);
                var p1 = Entry(factor, TW.Load(ref Unsafe.Add(ref source, TW.Count)), ref Unsafe.Add(ref target, TW.Count), accumulate);
                var p2 = Entry(factor, TW.Load(ref Unsafe.Add(ref source, 2 * TW.Count)), ref Unsafe.Add(ref target, 2 * TW.Count), accumulate);
                var p3 = Entry(factor, TW.Load(ref Unsafe.Add(ref source, 3 * TW.Count)), ref Unsafe.Add(ref target, 3 * TW.Count), accumulate);
                TW.Store(p0, ref target);
                TW.Store(p1, ref Unsafe.Add(ref target, TW.Count));
                TW.Store(p2, ref Unsafe.Add(ref target, 2 * TW.Count));
                TW.Store(p3, ref Unsafe.Add(ref target, 3 * TW.Count));
            }

            for (; j < whole; j += TW.Count)
                TW.Store(Entry(factor, TW.Load(ref Unsafe.Add(ref y, j)), ref Unsafe.Add(ref c, j), accumulate), ref Unsafe.Add(ref c, j));
            if (whole < n)
                TW.Store(end, ref Unsafe.Add(ref c, last));
            x = ref Unsafe.Add(ref x, 1);
            c = ref Unsafe.Add(ref c, n);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TV Entry(TV factor, TV y, ref T c, bool accumulate)
        => TW.MultiplyAdd(factor, y, accumulate ? TW.Load(ref c) : default);
}
