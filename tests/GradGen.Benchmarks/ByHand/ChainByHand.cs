using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GradGen.Benchmarks.Cases;
using static GradGen.Benchmarks.ByHand.Entries;
using static GradGen.Benchmarks.ByHand.Inlining;
using Row = System.Runtime.Intrinsics.Vector512<double>;

namespace GradGen.Benchmarks.ByHand;

/// <summary>The chain's gradient by hand at one size.</summary>
internal interface IChainByHand<N>
    where N : struct, IDimension
{
    static abstract double Forward(in Three<N> input);

    static abstract double Backward(in Three<N> input, in Three<N> slopes);
}

/// <summary>
/// The formulas of <see cref="SmallChainByHand{N}"/> for 6×6 and multiples of 8, in vectors of 512 bits. Every product is a
/// sum of rows, three or four rows of it at once, so that a row of the right side is loaded once for all of them; a
/// transposed left side is only read with other strides.
/// </summary>
/// <remarks>Rows of 6 are copied into rows of 8 first; as results the next row overwrites what is too much.</remarks>
internal readonly struct ChainByHand<N> : IChainByHand<N>
    where N : struct, IDimension
{
    private static int Tile => N.Size % 4 == 0 ? 4 : 3;

    /// <summary>How long rows are in the workspace.</summary>
    private static int Stride => (N.Size + 7) / 8 * 8;

    [SkipLocalsInit]
    public static double Forward(in Three<N> input)
    {
        Unsafe.SkipInit(out Work m);
        Unsafe.SkipInit(out Padding padding);
        ref var a = ref Padded(ref input.A.First(), ref padding.A.First);
        ref var b = ref Padded(ref input.B.First(), ref padding.B.First);
        Shifted(ref a, ref b, ref Padded(ref input.C.First(), ref padding.C.First), ref m.First);
        var sum = Row.Zero;
        for (var i = 0; i < N.Size; i += Tile)
        {
            for (var j = 0; j < Stride; j += 8)
            {
                var (t0, t1, t2, t3) = (Row.Zero, Row.Zero, Row.Zero, Row.Zero);
                AddProduct(ref At(ref m.First, i * Stride), Stride, 1, ref At(ref b, j), ref t0, ref t1, ref t2, ref t3);
                sum = Dot(sum, ref At(ref a, i * Stride + j), t0, t1, t2, t3);
            }
        }

        return Vector512.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    public static double Backward(in Three<N> input, in Three<N> slopes)
    {
        Unsafe.SkipInit(out Work m);
        Unsafe.SkipInit(out Work g);
        Unsafe.SkipInit(out Work transposed);
        Unsafe.SkipInit(out Padding padding);
        ref var a = ref Padded(ref input.A.First(), ref padding.A.First);
        ref var b = ref Padded(ref input.B.First(), ref padding.B.First);
        ref var c = ref Padded(ref input.C.First(), ref padding.C.First);
        Shifted(ref a, ref b, ref c, ref m.First);
        Transposed.Of(ref b, ref transposed.First, N.Size, Stride);
        for (var i = 0; i < N.Size; i += Tile)
        {
            for (var j = 0; j < Stride; j += 8)
            {
                var (t0, t1, t2, t3) = (Row.Zero, Row.Zero, Row.Zero, Row.Zero);
                AddProduct(ref At(ref a, i * Stride), Stride, 1, ref At(ref transposed.First, j), ref t0, ref t1, ref t2, ref t3);
                Store(ref At(ref g.First, i * Stride + j), t0, t1, t2, t3);
            }
        }

        Transposed.Of(ref c, ref transposed.First, N.Size, Stride);
        var sum = Row.Zero;
        for (var i = 0; i < N.Size; i += Tile)
        {
            for (var j = 0; j < Stride; j += 8)
            {
                ref var gRows = ref At(ref g.First, i * Stride + j);
                var (t0, t1, t2, t3) = (Row.Zero, Row.Zero, Row.Zero, Row.Zero);
                AddProduct(ref At(ref m.First, i * Stride), Stride, 1, ref At(ref b, j), ref t0, ref t1, ref t2, ref t3);
                sum = Dot(sum, ref At(ref a, i * Stride + j), t0, t1, t2, t3);
                t0 += Vector512.LoadUnsafe(ref gRows);
                t1 += Vector512.LoadUnsafe(ref At(ref gRows, Stride));
                t2 += Vector512.LoadUnsafe(ref At(ref gRows, 2 * Stride));
                t3 += Tile == 4 ? Vector512.LoadUnsafe(ref At(ref gRows, 3 * Stride)) : Row.Zero;
                Result(ref slopes.A.First(), i, j, t0, t1, t2, t3);

                (t0, t1, t2, t3) = (Row.Zero, Row.Zero, Row.Zero, Row.Zero);
                AddProduct(ref At(ref m.First, i), 1, Stride, ref At(ref a, j), ref t0, ref t1, ref t2, ref t3);
                AddProduct(ref At(ref g.First, i * Stride), Stride, 1, ref At(ref transposed.First, j), ref t0, ref t1, ref t2, ref t3);
                Result(ref slopes.B.First(), i, j, t0, t1, t2, t3);

                (t0, t1, t2, t3) = (Row.Zero, Row.Zero, Row.Zero, Row.Zero);
                AddProduct(ref At(ref b, i), 1, Stride, ref At(ref g.First, j), ref t0, ref t1, ref t2, ref t3);
                Result(ref slopes.C.First(), i, j, t0, t1, t2, t3);
            }
        }

        return Vector512.Sum(sum);
    }

    /// <summary>M = B·C + A.</summary>
    [MethodImpl(Inline)]
    private static void Shifted(ref double a, ref double b, ref double c, ref double m)
    {
        for (var i = 0; i < N.Size; i += Tile)
        {
            for (var j = 0; j < Stride; j += 8)
            {
                ref var aRows = ref At(ref a, i * Stride + j);
                var t0 = Vector512.LoadUnsafe(ref aRows);
                var t1 = Vector512.LoadUnsafe(ref At(ref aRows, Stride));
                var t2 = Vector512.LoadUnsafe(ref At(ref aRows, 2 * Stride));
                var t3 = Tile == 4 ? Vector512.LoadUnsafe(ref At(ref aRows, 3 * Stride)) : Row.Zero;
                AddProduct(ref At(ref b, i * Stride), Stride, 1, ref At(ref c, j), ref t0, ref t1, ref t2, ref t3);
                Store(ref At(ref m, i * Stride + j), t0, t1, t2, t3);
            }
        }
    }

    /// <summary>Adds l·r to the rows of a tile; entry (i, k) of l stands at i·down + k·right.</summary>
    [MethodImpl(Inline)]
    private static void AddProduct(ref double l, int down, int right, ref double r, ref Row t0, ref Row t1, ref Row t2, ref Row t3)
    {
        for (var k = 0; k < N.Size; k++)
        {
            var row = Vector512.LoadUnsafe(ref At(ref r, k * Stride));
            ref var column = ref At(ref l, k * right);
            t0 = Vector512.FusedMultiplyAdd(Vector512.Create(column), row, t0);
            t1 = Vector512.FusedMultiplyAdd(Vector512.Create(At(ref column, down)), row, t1);
            t2 = Vector512.FusedMultiplyAdd(Vector512.Create(At(ref column, 2 * down)), row, t2);
            t3 = Tile == 4 ? Vector512.FusedMultiplyAdd(Vector512.Create(At(ref column, 3 * down)), row, t3) : t3;
        }
    }

    [MethodImpl(Inline)]
    private static Row Dot(Row sum, ref double with, Row t0, Row t1, Row t2, Row t3)
    {
        sum = Vector512.FusedMultiplyAdd(t0, Vector512.LoadUnsafe(ref with), sum);
        sum = Vector512.FusedMultiplyAdd(t1, Vector512.LoadUnsafe(ref At(ref with, Stride)), sum);
        sum = Vector512.FusedMultiplyAdd(t2, Vector512.LoadUnsafe(ref At(ref with, 2 * Stride)), sum);
        return Tile == 4 ? Vector512.FusedMultiplyAdd(t3, Vector512.LoadUnsafe(ref At(ref with, 3 * Stride)), sum) : sum;
    }

    [MethodImpl(Inline)]
    private static void Store(ref double to, Row t0, Row t1, Row t2, Row t3)
    {
        t0.StoreUnsafe(ref to);
        t1.StoreUnsafe(ref At(ref to, Stride));
        t2.StoreUnsafe(ref At(ref to, 2 * Stride));
        if (Tile == 4)
        {
            t3.StoreUnsafe(ref At(ref to, 3 * Stride));
        }
    }

    /// <summary>Stores rows of a matrix, where they may be shorter than a vector.</summary>
    [MethodImpl(Inline)]
    private static void Result(ref double matrix, int i, int j, Row t0, Row t1, Row t2, Row t3)
    {
        ref var to = ref At(ref matrix, i * N.Size + j);
        if (Stride == N.Size)
        {
            Store(ref to, t0, t1, t2, t3);
            return;
        }

        t0.StoreUnsafe(ref to);
        t1.StoreUnsafe(ref At(ref to, N.Size));
        if (i + Tile < N.Size)
        {
            t2.StoreUnsafe(ref At(ref to, 2 * N.Size));
        }
        else
        {
            t2.GetLower().StoreUnsafe(ref At(ref to, 2 * N.Size));
            t2.GetUpper().GetLower().StoreUnsafe(ref At(ref to, 2 * N.Size + 4));
        }
    }

    /// <summary>The matrix itself if its rows are as long as vectors, or else a copy whose rows are, filled up with zeros.</summary>
    [MethodImpl(Inline)]
    private static ref double Padded(ref double matrix, ref double room)
    {
        if (Stride == N.Size)
        {
            return ref matrix;
        }

        for (var i = 0; i < N.Size; i++)
        {
            ref var row = ref At(ref matrix, i * N.Size);
            Vector512.Create(Vector256.LoadUnsafe(ref row), Vector256.Create(Vector128.LoadUnsafe(ref row, 4), default)).StoreUnsafe(ref At(ref room, i * Stride));
        }

        return ref room;
    }

    /// <summary>Room for a matrix whose rows are as long as vectors.</summary>
    [InlineArray(256)]
    private struct Work
    {
        private double _first;

        [System.Diagnostics.CodeAnalysis.UnscopedRef]
        public ref double First => ref _first;
    }

    private struct Padding
    {
        public Work A, B, C;
    }
}
