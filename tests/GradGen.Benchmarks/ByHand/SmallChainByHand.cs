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
        ref var c = ref input.C.First();
        ref var da = ref slopes.A.First();
        ref var db = ref slopes.B.First();
        ref var dc = ref slopes.C.First();
        Shifted(ref a, ref b, ref c, ref m.First);

        // From here on without loops: the rows of B, G and A stay in registers.
        var (b0, b1, b2, b3) = (Read(ref b, 0), Read(ref b, 1), Read(ref b, 2), Read(ref b, 3));
        Transposed(b0, b1, b2, b3, out var t0, out var t1, out var t2, out var t3);
        var g0 = Sum(Row.Zero, ref a, 1, t0, t1, t2, t3);
        var g1 = Sum(Row.Zero, ref At(ref a, N.Size), 1, t0, t1, t2, t3);
        var g2 = Sum(Row.Zero, ref At(ref a, 2 * N.Size), 1, t0, t1, t2, t3);
        var g3 = N.Size == 4 ? Sum(Row.Zero, ref At(ref a, 12), 1, t0, t1, t2, t3) : Row.Zero;
        g0.StoreUnsafe(ref g.First);
        g1.StoreUnsafe(ref g.First, 4);
        g2.StoreUnsafe(ref g.First, 8);
        g3.StoreUnsafe(ref g.First, 12);

        var (a0, a1, a2, a3) = (Read(ref a, 0), Read(ref a, 1), Read(ref a, 2), Read(ref a, 3));
        var h = Sum(Row.Zero, ref m.First, 1, b0, b1, b2, b3);
        var sum = a0 * h;
        Write(h + g0, ref da, 0);
        h = Sum(Row.Zero, ref At(ref m.First, 4), 1, b0, b1, b2, b3);
        sum = Vector256.FusedMultiplyAdd(a1, h, sum);
        Write(h + g1, ref da, 1);
        h = Sum(Row.Zero, ref At(ref m.First, 8), 1, b0, b1, b2, b3);
        sum = Vector256.FusedMultiplyAdd(a2, h, sum);
        Write(h + g2, ref da, 2);
        if (N.Size == 4)
        {
            h = Sum(Row.Zero, ref At(ref m.First, 12), 1, b0, b1, b2, b3);
            sum = Vector256.FusedMultiplyAdd(a3, h, sum);
            Write(h + g3, ref da, 3);
        }

        Write(Sum(Row.Zero, ref b, N.Size, g0, g1, g2, g3), ref dc, 0);
        Write(Sum(Row.Zero, ref At(ref b, 1), N.Size, g0, g1, g2, g3), ref dc, 1);
        Write(Sum(Row.Zero, ref At(ref b, 2), N.Size, g0, g1, g2, g3), ref dc, 2);
        if (N.Size == 4)
        {
            Write(Sum(Row.Zero, ref At(ref b, 3), N.Size, g0, g1, g2, g3), ref dc, 3);
        }

        Transposed(Read(ref c, 0), Read(ref c, 1), Read(ref c, 2), Read(ref c, 3), out t0, out t1, out t2, out t3);
        Write(Sum(Sum(Row.Zero, ref m.First, 4, a0, a1, a2, a3), ref g.First, 1, t0, t1, t2, t3), ref db, 0);
        Write(Sum(Sum(Row.Zero, ref At(ref m.First, 1), 4, a0, a1, a2, a3), ref At(ref g.First, 4), 1, t0, t1, t2, t3), ref db, 1);
        Write(Sum(Sum(Row.Zero, ref At(ref m.First, 2), 4, a0, a1, a2, a3), ref At(ref g.First, 8), 1, t0, t1, t2, t3), ref db, 2);
        if (N.Size == 4)
        {
            Write(Sum(Sum(Row.Zero, ref At(ref m.First, 3), 4, a0, a1, a2, a3), ref At(ref g.First, 12), 1, t0, t1, t2, t3), ref db, 3);
        }

        return Sum(sum);
    }

    /// <summary>M = B·C + A.</summary>
    [MethodImpl(Inline)]
    private static void Shifted(ref double a, ref double b, ref double c, ref double m)
    {
        var (c0, c1, c2, c3) = (Read(ref c, 0), Read(ref c, 1), Read(ref c, 2), Read(ref c, 3));
        Sum(Read(ref a, 0), ref b, 1, c0, c1, c2, c3).StoreUnsafe(ref m);
        Sum(Read(ref a, 1), ref At(ref b, N.Size), 1, c0, c1, c2, c3).StoreUnsafe(ref m, 4);
        Sum(Read(ref a, 2), ref At(ref b, 2 * N.Size), 1, c0, c1, c2, c3).StoreUnsafe(ref m, 8);
        if (N.Size == 4)
        {
            Sum(Read(ref a, 3), ref At(ref b, 12), 1, c0, c1, c2, c3).StoreUnsafe(ref m, 12);
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
    private static void Transposed(Row r0, Row r1, Row r2, Row r3, out Row t0, out Row t1, out Row t2, out Row t3)
    {
        if (!Avx.IsSupported)
        {
            t0 = Vector256.Create(r0[0], r1[0], r2[0], r3[0]);
            t1 = Vector256.Create(r0[1], r1[1], r2[1], r3[1]);
            t2 = Vector256.Create(r0[2], r1[2], r2[2], r3[2]);
            t3 = Vector256.Create(r0[3], r1[3], r2[3], r3[3]);
            return;
        }

        var (even0, odd0) = (Avx.UnpackLow(r0, r1), Avx.UnpackHigh(r0, r1));
        var (even1, odd1) = (Avx.UnpackLow(r2, r3), Avx.UnpackHigh(r2, r3));
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
