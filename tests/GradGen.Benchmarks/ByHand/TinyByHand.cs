using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GradGen.Benchmarks.Cases;
using GradGen.Benchmarks.Harness;
using static GradGen.Benchmarks.ByHand.Entries;
using static GradGen.Benchmarks.ByHand.Inlining;
using Layer = GradGen.Benchmarks.ByHand.Pair<GradGen.Benchmarks.ByHand.Lanes8>;

namespace GradGen.Benchmarks.ByHand;

/// <summary>4-16-16-1, the 16 neurons of a layer in two vectors of 512 bits.</summary>
internal struct TinyByHand : IForm<TinyInput, Output<TinyModel.LossGradient>>, IForward<TinyInput>
{
    [SkipLocalsInit]
    public static void Run(in TinyInput input, ref Output<TinyModel.LossGradient> output)
    {
        var error = Forward(in input, out var h, out var k);
        var e = Layer.All(error);
        var one = Layer.All(1);
        var dk = e * Layer.Load(ref input.W3.First()) * (one - k * k);
        Unsafe.SkipInit(out Numbers16 d);
        dk.Store(ref d.First);

        ref var w2 = ref input.W2.First();
        ref var d2 = ref output.Gradient.W2.First();
        var (even, odd) = (Layer.All(0), Layer.All(0));
        for (var i = 0; i < 256; i += 32)
        {
            var (g0, g1) = (Layer.All(At(ref d.First, i / 16)), Layer.All(At(ref d.First, i / 16 + 1)));
            (g0 * h).Store(ref At(ref d2, i));
            (g1 * h).Store(ref At(ref d2, i + 16));
            even = Layer.MulAdd(g0, Layer.Load(ref At(ref w2, i)), even);
            odd = Layer.MulAdd(g1, Layer.Load(ref At(ref w2, i + 16)), odd);
        }

        var dh = (even + odd) * (one - h * h);
        dh.Store(ref d.First);
        ref var d1 = ref output.Gradient.W1.First();
        var x = Vector256.LoadUnsafe(ref input.X.First());
        for (var i = 0; i < 16; i++)
        {
            (Vector256.Create(At(ref d.First, i)) * x).StoreUnsafe(ref At(ref d1, 4 * i));
        }

        dh.Store(ref output.Gradient.B1.First());
        dk.Store(ref output.Gradient.B2.First());
        (e * k).Store(ref output.Gradient.W3.First());
        output.Scalar = error;
        output.Value = 0.5 * error * error;
    }

    public static double Run(in TinyInput input)
    {
        var error = Forward(in input, out _, out _);
        return 0.5 * error * error;
    }

    [SkipLocalsInit]
    [MethodImpl(Inline)]
    private static double Forward(in TinyInput input, out Layer h, out Layer k)
    {
        Unsafe.SkipInit(out Numbers16 numbers);

        // The first layer has few columns: each of them is gathered.
        ref var w1 = ref input.W1.First();
        ref var x = ref input.X.First();
        h = Layer.Load(ref input.B1.First());
        for (var j = 0; j < 4; j++)
        {
            h = Layer.MulAdd(new(Column(ref At(ref w1, j)), Column(ref At(ref w1, j + 32))), Layer.All(At(ref x, j)), h);
        }

        h = Elementary<Layer>.Tanh(h);

        // The second layer's products with h are summed along the rows, eight rows at once.
        ref var w2 = ref input.W2.First();
        k = Elementary<Layer>.Tanh(Layer.Load(ref input.B2.First()) + new Layer(RowSums.Of(ref w2, 16, h), RowSums.Of(ref At(ref w2, 128), 16, h)));
        return (Layer.Load(ref input.W3.First()) * k).Sum() + input.B3 - input.Target;
    }

    [MethodImpl(Inline)]
    private static Lanes8 Column(ref double w) => new(Vector512.Create(
        w, At(ref w, 4), At(ref w, 8), At(ref w, 12), At(ref w, 16), At(ref w, 20), At(ref w, 24), At(ref w, 28)));
}

/// <summary>Sixteen numbers on the stack.</summary>
[InlineArray(16)]
internal struct Numbers16
{
    private double _first;

    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public ref double First => ref _first;
}
