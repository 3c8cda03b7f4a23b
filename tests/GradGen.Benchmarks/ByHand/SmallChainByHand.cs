using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using GradGen.Benchmarks.Cases;
using static GradGen.Benchmarks.ByHand.Entries;
using static GradGen.Benchmarks.ByHand.Inlining;
using Row = System.Runtime.Intrinsics.Vector256<double>;

namespace GradGen.Benchmarks.ByHand;

/// <summary>
/// tr(Aᵀ·M·B) with M = B·C + A for 3×3 and 4×4, a row in a vector. With H = M·B and G = A·Bᵀ: ∂A = H + G, ∂B = Mᵀ·A + G·Cᵀ,
/// ∂C = Bᵀ·G.
/// </summary>
/// <remarks>A row of 3 is read as 4: what is read too much is the next row's, and the next row overwrites it when it is stored.</remarks>
internal readonly struct SmallChainByHand<N> : IChainByHand<N>
    where N : struct, IDimension
{
    [SkipLocalsInit]
    public static double Forward(in Three<N> input)
    {
        Unsafe.SkipInit(out Work m);
        ref var a = ref input.A.First();
        ref var b = ref input.B.First();
        Shifted(ref a, ref b, ref input.C.First(), ref m.First);
        var (b0, b1, b2, b3) = (Read(ref b, 0), Read(ref b, 1), Read(ref b, 2), Read(ref b, 3));
        var sum = Read(ref a, 0) * Sum(Row.Zero, ref m.First, 1, b0, b1, b2, b3);
        for (var i = 1; i < N.Size; i++)
        {
            sum = Vector256.FusedMultiplyAdd(Read(ref a, i), Sum(Row.Zero, ref At(ref m.First, 4 * i), 1, b0, b1, b2, b3), sum);
        }

        return Sum(sum);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    public static double Backward(in Three<N> input, in Three<N> slopes)
    {
        Unsafe.SkipInit(out Work m);
        Unsafe.SkipInit(out Work g);
        ref var a = ref input.A.First();
        ref var b = ref input.B.First();
        Shifted(ref a, ref b, ref input.C.First(), ref m.First);

        Transposed(ref b, out var t0, out var t1, out var t2, out var t3);
        var g0 = Sum(Row.Zero, ref a, 1, t0, t1, t2, t3);
        var g1 = Sum(Row.Zero, ref At(ref a, N.Size), 1, t0, t1, t2, t3);
        var g2 = Sum(Row.Zero, ref At(ref a, 2 * N.Size), 1, t0, t1, t2, t3);
        var g3 = N.Size == 4 ? Sum(Row.Zero, ref At(ref a, 12), 1, t0, t1, t2, t3) : Row.Zero;
        g0.StoreUnsafe(ref g.First);
        g1.StoreUnsafe(ref g.First, 4);
        g2.StoreUnsafe(ref g.First, 8);
        g3.StoreUnsafe(ref g.First, 12);
        var sum = Row.Zero;
        for (var i = 0; i < N.Size; i++)
        {
            var h = Sum(Row.Zero, ref At(ref m.First, 4 * i), 1, Read(ref b, 0), Read(ref b, 1), Read(ref b, 2), Read(ref b, 3));
            sum = Vector256.FusedMultiplyAdd(Read(ref a, i), h, sum);
            Write(h + Vector256.LoadUnsafe(ref At(ref g.First, 4 * i)), ref slopes.A.First(), i);
        }

        Transposed(ref input.C.First(), out t0, out t1, out t2, out t3);
        var (a0, a1, a2, a3) = (Read(ref a, 0), Read(ref a, 1), Read(ref a, 2), Read(ref a, 3));
        for (var i = 0; i < N.Size; i++)
        {
            var row = Sum(Row.Zero, ref At(ref m.First, i), 4, a0, a1, a2, a3);
            Write(Sum(row, ref At(ref g.First, 4 * i), 1, t0, t1, t2, t3), ref slopes.B.First(), i);
            Write(Sum(Row.Zero, ref At(ref b, i), N.Size, g0, g1, g2, g3), ref slopes.C.First(), i);
        }

        return Sum(sum);
    }

    /// <summary>M = B·C + A.</summary>
    [MethodImpl(Inline)]
    private static void Shifted(ref double a, ref double b, ref double c, ref double m)
    {
        var (c0, c1, c2, c3) = (Read(ref c, 0), Read(ref c, 1), Read(ref c, 2), Read(ref c, 3));
        for (var i = 0; i < N.Size; i++)
        {
            Sum(Read(ref a, i), ref At(ref b, i * N.Size), 1, c0, c1, c2, c3).StoreUnsafe(ref At(ref m, 4 * i));
        }
    }

    /// <summary>start + l[0]·r0 + l[step]·r1 + …</summary>
    [MethodImpl(Inline)]
    private static Row Sum(Row start, ref double l, int step, Row r0, Row r1, Row r2, Row r3)
    {
        start = Vector256.FusedMultiplyAdd(Vector256.Create(l), r0, start);
        start = Vector256.FusedMultiplyAdd(Vector256.Create(At(ref l, step)), r1, start);
        start = Vector256.FusedMultiplyAdd(Vector256.Create(At(ref l, 2 * step)), r2, start);
        return N.Size == 4 ? Vector256.FusedMultiplyAdd(Vector256.Create(At(ref l, 3 * step)), r3, start) : start;
    }

    /// <summary>The sum of the lanes that are entries.</summary>
    [MethodImpl(Inline)]
    private static double Sum(Row row) => Vector256.Sum(N.Size == 4 ? row : row.WithElement(3, 0));

    [MethodImpl(Inline)]
    private static Row Read(ref double from, int row)
    {
        if (N.Size == 4 || row < 2)
        {
            return Vector256.LoadUnsafe(ref At(ref from, row * N.Size));
        }

        // The last row of three begins at 6 of 9, and there is no fourth.
        return row == 2 ? Vector256.Create(Vector128.LoadUnsafe(ref from, 6), Vector128.CreateScalar(At(ref from, 8))) : Row.Zero;
    }

    [MethodImpl(Inline)]
    private static void Write(Row lanes, ref double to, int row)
    {
        if (N.Size == 4 || row < 2)
        {
            lanes.StoreUnsafe(ref At(ref to, row * N.Size));
        }
        else
        {
            lanes.GetLower().StoreUnsafe(ref to, 6);
            At(ref to, 8) = lanes.GetElement(2);
        }
    }

    [MethodImpl(Inline)]
    private static void Transposed(ref double from, out Row t0, out Row t1, out Row t2, out Row t3)
    {
        if (!Avx.IsSupported)
        {
            t0 = Vector256.Create(from, At(ref from, N.Size), At(ref from, 2 * N.Size), N.Size == 4 ? At(ref from, 12) : 0);
            t1 = Vector256.Create(At(ref from, 1), At(ref from, N.Size + 1), At(ref from, 2 * N.Size + 1), N.Size == 4 ? At(ref from, 13) : 0);
            t2 = Vector256.Create(At(ref from, 2), At(ref from, N.Size + 2), At(ref from, 2 * N.Size + 2), N.Size == 4 ? At(ref from, 14) : 0);
            t3 = N.Size == 4 ? Vector256.Create(At(ref from, 3), At(ref from, 7), At(ref from, 11), At(ref from, 15)) : Row.Zero;
            return;
        }

        var (a, b, c, d) = (Read(ref from, 0), Read(ref from, 1), Read(ref from, 2), Read(ref from, 3));
        var (even0, odd0) = (Avx.UnpackLow(a, b), Avx.UnpackHigh(a, b));
        var (even1, odd1) = (Avx.UnpackLow(c, d), Avx.UnpackHigh(c, d));
        t0 = Avx.Permute2x128(even0, even1, 0x20);
        t1 = Avx.Permute2x128(odd0, odd1, 0x20);
        t2 = Avx.Permute2x128(even0, even1, 0x31);
        t3 = Avx.Permute2x128(odd0, odd1, 0x31);
    }

    /// <summary>Room for a matrix whose rows are vectors.</summary>
    [InlineArray(16)]
    private struct Work
    {
        private double _first;

        [System.Diagnostics.CodeAnalysis.UnscopedRef]
        public ref double First => ref _first;
    }
}
