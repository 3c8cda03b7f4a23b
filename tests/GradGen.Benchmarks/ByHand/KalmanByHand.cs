using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GradGen.Benchmarks.Cases;
using GradGen.Benchmarks.Harness;
using static GradGen.Benchmarks.ByHand.Entries;
using static GradGen.Benchmarks.ByHand.Inlining;
using Six = System.Runtime.Intrinsics.Vector512<double>;

namespace GradGen.Benchmarks.ByHand;

/// <summary>
/// xᵀ(FPFᵀ + Q)x without a product of matrices: with y = Fᵀx and r = (P + Pᵀ)y it is yᵀPy + xᵀQx; ∂P = yyᵀ, ∂F = xrᵀ,
/// ∂Q = xxᵀ, ∂x = (Q + Qᵀ)x + F·r.
/// </summary>
/// <remarks>A row of 6 is read as 8; the two of the next row are taken out where lanes are summed, and overwritten where they are stored.</remarks>
internal struct KalmanByHand : IForm<KalmanInput, Output<KalmanModel.DistanceGradient>>, IForward<KalmanInput>
{
    private const int N = 6;

    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    public static void Run(in KalmanInput input, ref Output<KalmanModel.DistanceGradient> output)
    {
        ref var x = ref input.X.First();
        ref var p = ref input.P.First();
        ref var q = ref input.Q.First();
        ref var f = ref input.F.First();
        var xs = Last(ref x);
        var y = Inside(Combination(ref f, ref x));
        Unsafe.SkipInit(out Numbers8 numbers);
        ref var ys = ref numbers.First;
        y.StoreUnsafe(ref ys);
        var py = Product(ref p, y);
        var qx = Product(ref q, xs);
        var r = Inside(py + Combination(ref p, ref ys));
        var dx = qx + Combination(ref q, ref x) + Product(ref f, r);
        var value = Vector512.Sum(y * py + xs * qx);
        Outer(ref output.Gradient.P.First(), ref ys, y);
        Outer(ref output.Gradient.F.First(), ref x, r);
        Outer(ref output.Gradient.Q.First(), ref x, xs);
        StoreLast(dx, ref output.Gradient.X.First());
        output.Value = value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double Run(in KalmanInput input)
    {
        ref var x = ref input.X.First();
        var xs = Last(ref x);
        var y = Inside(Combination(ref input.F.First(), ref x));
        return Vector512.Sum(y * Product(ref input.P.First(), y) + xs * Product(ref input.Q.First(), xs));
    }

    /// <summary>mᵀ·x: the rows, each as often as x says.</summary>
    [MethodImpl(Inline)]
    private static Six Combination(ref double m, ref double x)
    {
        var even = Row(ref m, 0) * Vector512.Create(x);
        var odd = Row(ref m, 1) * Vector512.Create(At(ref x, 1));
        even = Vector512.FusedMultiplyAdd(Row(ref m, 2), Vector512.Create(At(ref x, 2)), even);
        odd = Vector512.FusedMultiplyAdd(Row(ref m, 3), Vector512.Create(At(ref x, 3)), odd);
        even = Vector512.FusedMultiplyAdd(Row(ref m, 4), Vector512.Create(At(ref x, 4)), even);
        odd = Vector512.FusedMultiplyAdd(Row(ref m, 5), Vector512.Create(At(ref x, 5)), odd);
        return even + odd;
    }

    /// <summary>m·x.</summary>
    [MethodImpl(Inline)]
    private static Six Product(ref double m, Six x) => RowSums.Of(
        Row(ref m, 0) * x,
        Row(ref m, 1) * x,
        Row(ref m, 2) * x,
        Row(ref m, 3) * x,
        Row(ref m, 4) * x,
        Row(ref m, 5) * x,
        Six.Zero,
        Six.Zero);

    [MethodImpl(Inline)]
    private static void Outer(ref double to, ref double left, Six right)
    {
        (Vector512.Create(left) * right).StoreUnsafe(ref to);
        (Vector512.Create(At(ref left, 1)) * right).StoreUnsafe(ref At(ref to, N));
        (Vector512.Create(At(ref left, 2)) * right).StoreUnsafe(ref At(ref to, 2 * N));
        (Vector512.Create(At(ref left, 3)) * right).StoreUnsafe(ref At(ref to, 3 * N));
        (Vector512.Create(At(ref left, 4)) * right).StoreUnsafe(ref At(ref to, 4 * N));
        StoreLast(Vector512.Create(At(ref left, 5)) * right, ref At(ref to, 5 * N));
    }

    [MethodImpl(Inline)]
    private static Six Row(ref double m, int row) => row == N - 1 ? Last(ref At(ref m, row * N)) : Vector512.LoadUnsafe(ref At(ref m, row * N));

    /// <summary>Loads six entries without reading on.</summary>
    [MethodImpl(Inline)]
    private static Six Last(ref double from) => Vector512.Create(Vector256.LoadUnsafe(ref from), Vector256.Create(Vector128.LoadUnsafe(ref from, 4), default));

    /// <summary>Stores six entries without writing on.</summary>
    [MethodImpl(Inline)]
    private static void StoreLast(Six lanes, ref double to)
    {
        lanes.GetLower().StoreUnsafe(ref to);
        lanes.GetUpper().GetLower().StoreUnsafe(ref to, 4);
    }

    /// <summary>The first six lanes.</summary>
    [MethodImpl(Inline)]
    private static Six Inside(Six lanes) => lanes & Vector512.Create(-1L, -1, -1, -1, -1, -1, 0, 0).AsDouble();

    [InlineArray(8)]
    private struct Numbers8
    {
        private double _first;

        [System.Diagnostics.CodeAnalysis.UnscopedRef]
        public ref double First => ref _first;
    }
}
