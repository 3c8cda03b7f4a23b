using System.Runtime.CompilerServices;
using GradGen.Benchmarks.Cases;
using static GradGen.Benchmarks.ByHand.Entries;
using static GradGen.Benchmarks.ByHand.Inlining;

namespace GradGen.Benchmarks.ByHand;

/// <summary>
/// tr(Aᵀ·M·B) with M = B·C + A. With H = M·B and G = A·Bᵀ: ∂A = H + G, ∂B = Mᵀ·A + G·Cᵀ, ∂C = Bᵀ·G. Every product is a sum
/// of rows, a few rows of it at once, so that a row of the right side is loaded once for all of them; a transposed left
/// side is only read with other strides.
/// </summary>
/// <remarks>Rows of 3 and of 6 are read as 4 and 8: what is read too much is the next row's, and is not stored at the end.</remarks>
internal static class ChainByHand<N, TRow>
    where N : struct, IDimension
    where TRow : struct, ILanes<TRow>
{
    private static int Tile => N.Size % 4 == 0 ? 4 : 3;

    [SkipLocalsInit]
    public static double Forward(in Three<N> input)
    {
        Unsafe.SkipInit(out Work m);
        ref var b = ref input.B.First();
        Shifted(ref input.A.First(), ref b, ref input.C.First(), ref m.First);
        var sum = TRow.All(0);
        for (var i = 0; i < N.Size; i += Tile)
        {
            var h = default(Rows);
            h.AddProduct(ref At(ref m.First, i * TRow.Count), TRow.Count, 1, ref b, N.Size);
            h.AddDot(ref sum, ref input.A.First(), i);
        }

        return Sum(sum);
    }

    [SkipLocalsInit]
    public static double Backward<TGradient>(in Three<N> input, in ChainOutput<N, TGradient> output)
        where TGradient : struct
    {
        Unsafe.SkipInit(out Work m);
        Unsafe.SkipInit(out Work g);
        Unsafe.SkipInit(out Work transposed);
        ref var a = ref input.A.First();
        ref var b = ref input.B.First();
        Shifted(ref a, ref b, ref input.C.First(), ref m.First);
        Transposed<N, TRow>.Of(ref b, ref transposed.First);
        for (var i = 0; i < N.Size; i += Tile)
        {
            var rows = default(Rows);
            rows.AddProduct(ref At(ref a, i * N.Size), N.Size, 1, ref transposed.First, TRow.Count);
            rows.Store(ref g.First, i);
        }

        Transposed<N, TRow>.Of(ref input.C.First(), ref transposed.First);
        var sum = TRow.All(0);
        for (var i = 0; i < N.Size; i += Tile)
        {
            var h = default(Rows);
            h.AddProduct(ref At(ref m.First, i * TRow.Count), TRow.Count, 1, ref b, N.Size);
            h.AddDot(ref sum, ref a, i);
            h.Add(ref g.First, i);
            h.StoreResult(ref output.Slopes.A.First(), i);
        }

        for (var i = 0; i < N.Size; i += Tile)
        {
            var rows = default(Rows);
            rows.AddProduct(ref At(ref m.First, i), 1, TRow.Count, ref a, N.Size);
            rows.AddProduct(ref At(ref g.First, i * TRow.Count), TRow.Count, 1, ref transposed.First, TRow.Count);
            rows.StoreResult(ref output.Slopes.B.First(), i);
        }

        for (var i = 0; i < N.Size; i += Tile)
        {
            var rows = default(Rows);
            rows.AddProduct(ref At(ref b, i), 1, N.Size, ref g.First, TRow.Count);
            rows.StoreResult(ref output.Slopes.C.First(), i);
        }

        return Sum(sum);
    }

    /// <summary>M = B·C + A.</summary>
    [MethodImpl(Inline)]
    private static void Shifted(ref double a, ref double b, ref double c, ref double m)
    {
        for (var i = 0; i < N.Size; i += Tile)
        {
            var rows = Rows.Load(ref a, i);
            rows.AddProduct(ref At(ref b, i * N.Size), N.Size, 1, ref c, N.Size);
            rows.Store(ref m, i);
        }
    }

    /// <summary>The sum of the lanes that are entries.</summary>
    [MethodImpl(Inline)]
    private static double Sum(TRow row)
    {
        if (N.Size == TRow.Count)
        {
            return row.Sum();
        }

        Unsafe.SkipInit(out Work work);
        row.Store(ref work.First);
        return TRow.LoadFirst(ref work.First, N.Size).Sum();
    }

    /// <summary>Three or four rows.</summary>
    private struct Rows
    {
        private TRow _r0, _r1, _r2, _r3;

        [MethodImpl(Inline)]
        public static Rows Load(ref double from, int row)
        {
            var rows = default(Rows);
            rows.Add(ref from, row, N.Size);
            return rows;
        }

        [MethodImpl(Inline)]
        public void Add(ref double from, int row) => Add(ref from, row, TRow.Count);

        /// <summary>Adds l·r; entry (i, k) of l stands at i·down + k·right.</summary>
        [MethodImpl(Inline)]
        public void AddProduct(ref double l, int down, int right, ref double r, int stride)
        {
            if (N.Size <= 4)
            {
                AddOuter(ref l, down, Read(ref r, 0, stride));
                AddOuter(ref At(ref l, right), down, Read(ref r, 1, stride));
                AddOuter(ref At(ref l, 2 * right), down, Read(ref r, 2, stride));
                if (N.Size == 4)
                {
                    AddOuter(ref At(ref l, 3 * right), down, Read(ref r, 3, stride));
                }

                return;
            }

            for (var k = 0; k < N.Size - 2; k += 2)
            {
                AddOuter(ref At(ref l, k * right), down, TRow.Load(ref At(ref r, k * stride)));
                AddOuter(ref At(ref l, (k + 1) * right), down, TRow.Load(ref At(ref r, (k + 1) * stride)));
            }

            AddOuter(ref At(ref l, (N.Size - 2) * right), down, Read(ref r, N.Size - 2, stride));
            AddOuter(ref At(ref l, (N.Size - 1) * right), down, Read(ref r, N.Size - 1, stride));
        }

        /// <summary>Adds the rows' products with those of another, entry by entry, to a sum.</summary>
        [MethodImpl(Inline)]
        public readonly void AddDot(ref TRow sum, ref double with, int row)
        {
            sum = TRow.MulAdd(_r0, Read(ref with, row, N.Size), sum);
            sum = TRow.MulAdd(_r1, Read(ref with, row + 1, N.Size), sum);
            sum = TRow.MulAdd(_r2, Read(ref with, row + 2, N.Size), sum);
            sum = Tile == 4 ? TRow.MulAdd(_r3, Read(ref with, row + 3, N.Size), sum) : sum;
        }

        /// <summary>Stores to the workspace, whose rows are as long as a vector.</summary>
        [MethodImpl(Inline)]
        public readonly void Store(ref double to, int row)
        {
            _r0.Store(ref At(ref to, row * TRow.Count));
            _r1.Store(ref At(ref to, (row + 1) * TRow.Count));
            _r2.Store(ref At(ref to, (row + 2) * TRow.Count));
            if (Tile == 4)
            {
                _r3.Store(ref At(ref to, (row + 3) * TRow.Count));
            }
        }

        /// <summary>Stores to a matrix: what is too much is overwritten by the next row.</summary>
        [MethodImpl(Inline)]
        public readonly void StoreResult(ref double to, int row)
        {
            Write(_r0, ref to, row);
            Write(_r1, ref to, row + 1);
            Write(_r2, ref to, row + 2);
            if (Tile == 4)
            {
                Write(_r3, ref to, row + 3);
            }
        }

        [MethodImpl(Inline)]
        private void Add(ref double from, int row, int stride)
        {
            _r0 += Read(ref from, row, stride);
            _r1 += Read(ref from, row + 1, stride);
            _r2 += Read(ref from, row + 2, stride);
            _r3 = Tile == 4 ? _r3 + Read(ref from, row + 3, stride) : _r3;
        }

        [MethodImpl(Inline)]
        private void AddOuter(ref double column, int down, TRow row)
        {
            _r0 = TRow.MulAdd(TRow.All(column), row, _r0);
            _r1 = TRow.MulAdd(TRow.All(At(ref column, down)), row, _r1);
            _r2 = TRow.MulAdd(TRow.All(At(ref column, 2 * down)), row, _r2);
            _r3 = Tile == 4 ? TRow.MulAdd(TRow.All(At(ref column, 3 * down)), row, _r3) : _r3;
        }

        [MethodImpl(Inline)]
        private static TRow Read(ref double from, int row, int stride) => stride < TRow.Count && row == N.Size - 1
            ? TRow.LoadFirst(ref At(ref from, row * stride), N.Size)
            : TRow.Load(ref At(ref from, row * stride));

        [MethodImpl(Inline)]
        private static void Write(TRow lanes, ref double to, int row)
        {
            if (N.Size < TRow.Count && row == N.Size - 1)
            {
                lanes.StoreFirst(ref At(ref to, row * N.Size), N.Size);
            }
            else
            {
                lanes.Store(ref At(ref to, row * N.Size));
            }
        }
    }

    /// <summary>Room for a matrix whose rows are vectors.</summary>
    [InlineArray(256)]
    private struct Work
    {
        private double _first;

        [System.Diagnostics.CodeAnalysis.UnscopedRef]
        public ref double First => ref _first;
    }
}
