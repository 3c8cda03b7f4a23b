using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GradGen.Benchmarks.Cases;
using GradGen.Benchmarks.Harness;
using static GradGen.Benchmarks.ByHand.Entries;
using static GradGen.Benchmarks.ByHand.Inlining;
using Half = System.Runtime.Intrinsics.Vector512<double>;

namespace GradGen.Benchmarks.ByHand;

/// <summary>4-16-16-1, the 16 neurons of a layer in two vectors of 512 bits.</summary>
internal struct TinyByHand : IForm<TinyInput, Output<TinyModel.LossGradient>>, IForward<TinyInput>
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    public static void Run(in TinyInput input, ref Output<TinyModel.LossGradient> output)
    {
        var error = Forward(in input, out var h0, out var h1, out var k0, out var k1);
        var e = Vector512.Create(error);
        var one = Vector512.Create(1.0);
        ref var w3 = ref input.W3.First();
        var (d0, d1) = (e * Vector512.LoadUnsafe(ref w3) * (one - k0 * k0), e * Vector512.LoadUnsafe(ref w3, 8) * (one - k1 * k1));
        Store(ref output.Gradient.B2.First(), d0, d1);
        Store(ref output.Gradient.W3.First(), e * k0, e * k1);

        ref var d = ref output.Gradient.B2.First();
        ref var w2 = ref input.W2.First();
        ref var d2 = ref output.Gradient.W2.First();
        var (even0, even1, odd0, odd1) = (Half.Zero, Half.Zero, Half.Zero, Half.Zero);
        for (var i = 0; i < 16; i += 2)
        {
            var (g0, g1) = (Vector512.Create(At(ref d, i)), Vector512.Create(At(ref d, i + 1)));
            ref var row = ref At(ref w2, 16 * i);
            ref var to = ref At(ref d2, 16 * i);
            (g0 * h0).StoreUnsafe(ref to);
            (g0 * h1).StoreUnsafe(ref to, 8);
            (g1 * h0).StoreUnsafe(ref to, 16);
            (g1 * h1).StoreUnsafe(ref to, 24);
            even0 = Vector512.FusedMultiplyAdd(g0, Vector512.LoadUnsafe(ref row), even0);
            even1 = Vector512.FusedMultiplyAdd(g0, Vector512.LoadUnsafe(ref row, 8), even1);
            odd0 = Vector512.FusedMultiplyAdd(g1, Vector512.LoadUnsafe(ref row, 16), odd0);
            odd1 = Vector512.FusedMultiplyAdd(g1, Vector512.LoadUnsafe(ref row, 24), odd1);
        }

        ref var b1 = ref output.Gradient.B1.First();
        Store(ref b1, (even0 + odd0) * (one - h0 * h0), (even1 + odd1) * (one - h1 * h1));
        ref var dw1 = ref output.Gradient.W1.First();
        var x = Vector256.LoadUnsafe(ref input.X.First());
        for (var i = 0; i < 16; i++)
        {
            (Vector256.Create(At(ref b1, i)) * x).StoreUnsafe(ref At(ref dw1, 4 * i));
        }

        output.Scalar = error;
        output.Value = 0.5 * error * error;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double Run(in TinyInput input)
    {
        var error = Forward(in input, out _, out _, out _, out _);
        return 0.5 * error * error;
    }

    [MethodImpl(Inline)]
    private static double Forward(in TinyInput input, out Half h0, out Half h1, out Half k0, out Half k1)
    {
        // The first layer has few columns: each of them is gathered.
        ref var w1 = ref input.W1.First();
        ref var x = ref input.X.First();
        ref var b1 = ref input.B1.First();
        (h0, h1) = (Vector512.LoadUnsafe(ref b1), Vector512.LoadUnsafe(ref b1, 8));
        for (var j = 0; j < 4; j++)
        {
            var xj = Vector512.Create(At(ref x, j));
            h0 = Vector512.FusedMultiplyAdd(Column(ref At(ref w1, j)), xj, h0);
            h1 = Vector512.FusedMultiplyAdd(Column(ref At(ref w1, j + 32)), xj, h1);
        }

        (h0, h1) = (Elementary<Of512, Half>.Tanh(h0), Elementary<Of512, Half>.Tanh(h1));

        // The second layer's products with h are summed along the rows, eight rows at once.
        ref var w2 = ref input.W2.First();
        ref var b2 = ref input.B2.First();
        k0 = Elementary<Of512, Half>.Tanh(Vector512.LoadUnsafe(ref b2) + Product(ref w2, h0, h1));
        k1 = Elementary<Of512, Half>.Tanh(Vector512.LoadUnsafe(ref b2, 8) + Product(ref At(ref w2, 128), h0, h1));
        ref var w3 = ref input.W3.First();
        return Vector512.Sum(Vector512.LoadUnsafe(ref w3) * k0 + Vector512.LoadUnsafe(ref w3, 8) * k1) + input.B3 - input.Target;
    }

    [MethodImpl(Inline)]
    private static Half Column(ref double w) => Vector512.Create(
        w, At(ref w, 4), At(ref w, 8), At(ref w, 12), At(ref w, 16), At(ref w, 20), At(ref w, 24), At(ref w, 28));

    /// <summary>Eight rows of 16 entries times h.</summary>
    [MethodImpl(Inline)]
    private static Half Product(ref double w, Half h0, Half h1) => RowSums.Of(
        Row(ref w, h0, h1),
        Row(ref At(ref w, 16), h0, h1),
        Row(ref At(ref w, 32), h0, h1),
        Row(ref At(ref w, 48), h0, h1),
        Row(ref At(ref w, 64), h0, h1),
        Row(ref At(ref w, 80), h0, h1),
        Row(ref At(ref w, 96), h0, h1),
        Row(ref At(ref w, 112), h0, h1));

    [MethodImpl(Inline)]
    private static Half Row(ref double w, Half h0, Half h1) =>
        Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref w), h0, Vector512.LoadUnsafe(ref w, 8) * h1);

    [MethodImpl(Inline)]
    private static void Store(ref double to, Half low, Half high)
    {
        low.StoreUnsafe(ref to);
        high.StoreUnsafe(ref to, 8);
    }
}
