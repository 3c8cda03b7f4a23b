using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GradGen.Benchmarks.Cases;
using GradGen.Benchmarks.Harness;
using static GradGen.Benchmarks.ByHand.Entries;
using static GradGen.Benchmarks.ByHand.Inlining;

namespace GradGen.Benchmarks.ByHand;

/// <summary>
/// xᵀ(FPFᵀ + Q)x without a product of matrices: with y = Fᵀx and r = (P + Pᵀ)y it is yᵀPy + xᵀQx; ∂P = yyᵀ, ∂F = xrᵀ,
/// ∂Q = xxᵀ, ∂x = (Q + Qᵀ)x + F·r.
/// </summary>
/// <remarks>A row of 6 is read as 8; the two of the next row are taken out where lanes are summed, and overwritten where they are stored.</remarks>
internal struct KalmanByHand : IForm<KalmanInput, Output<KalmanModel.DistanceGradient>>, IForward<KalmanInput>
{
    private const int N = 6;

    public static void Run(in KalmanInput input, ref Output<KalmanModel.DistanceGradient> output)
    {
        ref var x = ref input.X.First();
        ref var p = ref input.P.First();
        ref var q = ref input.Q.First();
        ref var f = ref input.F.First();
        var xs = Lanes8.LoadFirst(ref x, N);
        var y = Inside(Combination(ref f, ref x));
        Unsafe.SkipInit(out Numbers16 numbers);
        y.Store(ref numbers.First);
        ref var ys = ref numbers.First;
        var py = Product(ref p, y);
        var qx = Product(ref q, xs);
        var r = Inside(py + Combination(ref p, ref ys));
        var dx = qx + Combination(ref q, ref x) + Product(ref f, r);
        var value = (y * py + xs * qx).Sum();
        Outer(ref output.Gradient.P.First(), ref ys, y);
        Outer(ref output.Gradient.F.First(), ref x, r);
        Outer(ref output.Gradient.Q.First(), ref x, xs);
        dx.StoreFirst(ref output.Gradient.X.First(), N);
        output.Value = value;
    }

    public static double Run(in KalmanInput input)
    {
        ref var x = ref input.X.First();
        var xs = Lanes8.LoadFirst(ref x, N);
        var y = Inside(Combination(ref input.F.First(), ref x));
        return (y * Product(ref input.P.First(), y) + xs * Product(ref input.Q.First(), xs)).Sum();
    }

    /// <summary>mᵀ·x: the rows, each as often as x says.</summary>
    [MethodImpl(Inline)]
    private static Lanes8 Combination(ref double m, ref double x)
    {
        var even = Row(ref m, 0) * Lanes8.All(x);
        var odd = Row(ref m, 1) * Lanes8.All(At(ref x, 1));
        even = Lanes8.MulAdd(Row(ref m, 2), Lanes8.All(At(ref x, 2)), even);
        odd = Lanes8.MulAdd(Row(ref m, 3), Lanes8.All(At(ref x, 3)), odd);
        even = Lanes8.MulAdd(Row(ref m, 4), Lanes8.All(At(ref x, 4)), even);
        odd = Lanes8.MulAdd(Row(ref m, 5), Lanes8.All(At(ref x, 5)), odd);
        return even + odd;
    }

    /// <summary>m·x.</summary>
    [MethodImpl(Inline)]
    private static Lanes8 Product(ref double m, Lanes8 x) => RowSums.Of(
        (Row(ref m, 0) * x).Vector,
        (Row(ref m, 1) * x).Vector,
        (Row(ref m, 2) * x).Vector,
        (Row(ref m, 3) * x).Vector,
        (Row(ref m, 4) * x).Vector,
        (Row(ref m, 5) * x).Vector,
        Vector512<double>.Zero,
        Vector512<double>.Zero);

    [MethodImpl(Inline)]
    private static void Outer(ref double to, ref double left, Lanes8 right)
    {
        (Lanes8.All(left) * right).Store(ref to);
        (Lanes8.All(At(ref left, 1)) * right).Store(ref At(ref to, N));
        (Lanes8.All(At(ref left, 2)) * right).Store(ref At(ref to, 2 * N));
        (Lanes8.All(At(ref left, 3)) * right).Store(ref At(ref to, 3 * N));
        (Lanes8.All(At(ref left, 4)) * right).Store(ref At(ref to, 4 * N));
        (Lanes8.All(At(ref left, 5)) * right).StoreFirst(ref At(ref to, 5 * N), N);
    }

    [MethodImpl(Inline)]
    private static Lanes8 Row(ref double m, int row) => row == N - 1 ? Lanes8.LoadFirst(ref At(ref m, row * N), N) : Lanes8.Load(ref At(ref m, row * N));

    /// <summary>The first six lanes.</summary>
    [MethodImpl(Inline)]
    private static Lanes8 Inside(Lanes8 lanes) => new(lanes.Vector & Vector512.Create(-1L, -1, -1, -1, -1, -1, 0, 0).AsDouble());
}
