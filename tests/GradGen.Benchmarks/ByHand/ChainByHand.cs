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
/// <remarks>Rows of 6 are copied into rows of 8 first.</remarks>
internal readonly struct ChainByHand<N> : IChainByHand<N>
    where N : struct, IDimension
{
    /// <summary>
    /// The room for a matrix in the workspace: 16×16, and a gap, because addresses that differ by multiples of 4,096 hinder
    /// each other.
    /// </summary>
    private const int Room = 256 + 8;

    private static int Tile => N.Size % 4 == 0 ? 4 : 3;

    /// <summary>How long rows are in the workspace.</summary>
    private static int Stride => (N.Size + 7) / 8 * 8;

    [SkipLocalsInit]
    public static double Forward(in Three<N> input)
    {
        Unsafe.SkipInit(out Matrices matrices);
        ref var m = ref matrices.First;
        ref var a = ref Padded(ref input.A.First(), ref At(ref m, Room));
        ref var b = ref Padded(ref input.B.First(), ref At(ref m, 2 * Room));
        Shifted(ref a, ref b, ref Padded(ref input.C.First(), ref At(ref m, 3 * Room)), ref m);
        var sum = Row.Zero;
        for (var i = 0; i < N.Size; i += Tile)
        {
            for (var j = 0; j < Stride; j += 8)
            {
                var (t0, t1, t2, t3) = (Row.Zero, Row.Zero, Row.Zero, Row.Zero);
                AddProduct(ref At(ref m, i * Stride), Stride, 1, ref At(ref b, j), ref t0, ref t1, ref t2, ref t3);
                sum = Dot(sum, ref At(ref a, i * Stride + j), t0, t1, t2, t3);
            }
        }

        return Sum(sum);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    public static double Backward(in Three<N> input, in Three<N> slopes)
    {
        Unsafe.SkipInit(out Matrices matrices);
        ref var m = ref matrices.First;
        ref var g = ref At(ref m, Room);
        ref var transposed = ref At(ref m, 2 * Room);
        ref var a = ref Padded(ref input.A.First(), ref At(ref m, 3 * Room));
        ref var b = ref Padded(ref input.B.First(), ref At(ref m, 4 * Room));
        ref var c = ref Padded(ref input.C.First(), ref At(ref m, 5 * Room));
        Shifted(ref a, ref b, ref c, ref m);
        Transposed.Of(ref b, ref transposed, N.Size, Stride);
        for (var i = 0; i < N.Size; i += Tile)
        {
            for (var j = 0; j < Stride; j += 8)
            {
                var (t0, t1, t2, t3) = (Row.Zero, Row.Zero, Row.Zero, Row.Zero);
                AddProduct(ref At(ref a, i * Stride), Stride, 1, ref At(ref transposed, j), ref t0, ref t1, ref t2, ref t3);
                Store(ref At(ref g, i * Stride + j), t0, t1, t2, t3);
            }
        }

        Transposed.Of(ref c, ref transposed, N.Size, Stride);
        var sum = Row.Zero;
        for (var i = 0; i < N.Size; i += Tile)
        {
            for (var j = 0; j < Stride; j += 8)
            {
                ref var gRows = ref At(ref g, i * Stride + j);
                var (t0, t1, t2, t3) = (Row.Zero, Row.Zero, Row.Zero, Row.Zero);
                AddProduct(ref At(ref m, i * Stride), Stride, 1, ref At(ref b, j), ref t0, ref t1, ref t2, ref t3);
                sum = Dot(sum, ref At(ref a, i * Stride + j), t0, t1, t2, t3);
                t0 += Vector512.LoadUnsafe(ref gRows);
                t1 += Vector512.LoadUnsafe(ref At(ref gRows, Stride));
                t2 += Vector512.LoadUnsafe(ref At(ref gRows, 2 * Stride));
                t3 += Tile == 4 ? Vector512.LoadUnsafe(ref At(ref gRows, 3 * Stride)) : Row.Zero;
                Result(ref slopes.A.First(), i, j, t0, t1, t2, t3);

                (t0, t1, t2, t3) = (Row.Zero, Row.Zero, Row.Zero, Row.Zero);
                AddProduct(ref At(ref m, i), 1, Stride, ref At(ref a, j), ref t0, ref t1, ref t2, ref t3);
                AddProduct(ref At(ref g, i * Stride), Stride, 1, ref At(ref transposed, j), ref t0, ref t1, ref t2, ref t3);
                Result(ref slopes.B.First(), i, j, t0, t1, t2, t3);

                (t0, t1, t2, t3) = (Row.Zero, Row.Zero, Row.Zero, Row.Zero);
                AddProduct(ref At(ref b, i), 1, Stride, ref At(ref g, j), ref t0, ref t1, ref t2, ref t3);
                Result(ref slopes.C.First(), i, j, t0, t1, t2, t3);
            }
        }

        return Sum(sum);
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

    /// <summary>The sum of the lanes that are entries.</summary>
    [MethodImpl(Inline)]
    private static double Sum(Row row) =>
        Vector512.Sum(Stride == N.Size ? row : row & Vector512.Create(-1L, -1, -1, -1, -1, -1, 0, 0).AsDouble());

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

    /// <summary>The matrix itself if its rows are as long as vectors, or else a copy whose rows are.</summary>
    [MethodImpl(Inline)]
    private static ref double Padded(ref double matrix, ref double room)
    {
        if (Stride == N.Size)
        {
            return ref matrix;
        }

        // Six entries and two of the next row, which are left out where lanes are summed and overwritten where they are stored.
        for (var i = 0; i < N.Size - 1; i++)
        {
            Vector512.LoadUnsafe(ref At(ref matrix, i * N.Size)).StoreUnsafe(ref At(ref room, i * Stride));
        }

        ref var last = ref At(ref room, (N.Size - 1) * Stride);
        Vector256.LoadUnsafe(ref At(ref matrix, (N.Size - 1) * N.Size)).StoreUnsafe(ref last);
        Vector128.LoadUnsafe(ref At(ref matrix, (N.Size - 1) * N.Size + 4)).StoreUnsafe(ref last, 4);
        Vector128<double>.Zero.StoreUnsafe(ref last, 6);
        return ref room;
    }

    [InlineArray(6 * Room)]
    private struct Matrices
    {
        private double _first;

        [System.Diagnostics.CodeAnalysis.UnscopedRef]
        public ref double First => ref _first;
    }
}
