using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Digits;
using GradGen.Benchmarks.Cases;
using GradGen.Benchmarks.Harness;
using static GradGen.Benchmarks.ByHand.Entries;
using static GradGen.Benchmarks.ByHand.Inlining;

namespace GradGen.Benchmarks.ByHand;

/// <summary>64-32-10 over 16 samples: forward and the slopes with a sample in each lane, the weights' gradients as sums of the samples' rows.</summary>
internal struct DigitsByHand : IForm<DigitsInput, Output<DigitsModel.LossGradient>>, IForward<DigitsInput>
{
    private const int Pixels = 64;
    private const int Hidden = 32;
    private const int Classes = 10;
    private const int Batch = DigitsCase.Batch;

    [SkipLocalsInit]
    public static void Run(in DigitsInput input, ref Output<DigitsModel.LossGradient> output)
    {
        Unsafe.SkipInit(out Activations a);
        var value = Forward(in input, ref a);
        ref var h = ref a.Hidden.First;
        ref var scores = ref a.Scores.First;
        ref var w2 = ref input.W2.First();

        // The hidden layer by samples, for the second layer's gradient.
        Unsafe.SkipInit(out Columns byHidden);
        Unsafe.SkipInit(out Columns slopes);
        for (var j = 0; j < Hidden; j++)
        {
            for (var s = 0; s < Batch; s++)
            {
                At(ref byHidden.First, s * Hidden + j) = At(ref h, j * Batch + s);
            }

            var slope = Vector512<float>.Zero;
            for (var i = 0; i < Classes; i++)
            {
                slope = Vector512.FusedMultiplyAdd(Vector512.Create(At(ref w2, i * Hidden + j)), Samples(ref scores, i), slope);
            }

            var activation = Samples(ref h, j);
            slope *= Vector512.Create(1f) - activation * activation;
            slope.StoreUnsafe(ref At(ref slopes.First, j * Batch));
            At(ref output.Gradient.B1.First(), j) = Vector512.Sum(slope);
        }

        for (var i = 0; i < Classes; i++)
        {
            At(ref output.Gradient.B2.First(), i) = Vector512.Sum(Samples(ref scores, i));
            var (low, high) = (Vector512<float>.Zero, Vector512<float>.Zero);
            for (var s = 0; s < Batch; s++)
            {
                var g = Vector512.Create(At(ref scores, i * Batch + s));
                low = Vector512.FusedMultiplyAdd(g, Vector512.LoadUnsafe(ref At(ref byHidden.First, s * Hidden)), low);
                high = Vector512.FusedMultiplyAdd(g, Vector512.LoadUnsafe(ref At(ref byHidden.First, s * Hidden + 16)), high);
            }

            low.StoreUnsafe(ref At(ref output.Gradient.W2.First(), i * Hidden));
            high.StoreUnsafe(ref At(ref output.Gradient.W2.First(), i * Hidden + 16));
        }

        FirstGradient(ref slopes.First, input.Images, ref output.Gradient.W1.First());
        output.Value = value;
    }

    [SkipLocalsInit]
    public static double Run(in DigitsInput input)
    {
        Unsafe.SkipInit(out Activations a);
        return Forward(in input, ref a);
    }

    /// <summary>∂W1, two rows at once.</summary>
    private static void FirstGradient(ref float slopes, Vector<float, Digits.Pixels>[] images, ref float d)
    {
        for (var i = 0; i < Hidden; i += 2)
        {
            var (a0, a1, a2, a3) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
            var (b0, b1, b2, b3) = (a0, a0, a0, a0);
            for (var s = 0; s < Batch; s++)
            {
                ref var x = ref images[s].First();
                var (x0, x1) = (Vector512.LoadUnsafe(ref x), Vector512.LoadUnsafe(ref x, 16));
                var (x2, x3) = (Vector512.LoadUnsafe(ref x, 32), Vector512.LoadUnsafe(ref x, 48));
                var g = Vector512.Create(At(ref slopes, i * Batch + s));
                var k = Vector512.Create(At(ref slopes, (i + 1) * Batch + s));
                (a0, a1) = (Vector512.FusedMultiplyAdd(g, x0, a0), Vector512.FusedMultiplyAdd(g, x1, a1));
                (a2, a3) = (Vector512.FusedMultiplyAdd(g, x2, a2), Vector512.FusedMultiplyAdd(g, x3, a3));
                (b0, b1) = (Vector512.FusedMultiplyAdd(k, x0, b0), Vector512.FusedMultiplyAdd(k, x1, b1));
                (b2, b3) = (Vector512.FusedMultiplyAdd(k, x2, b2), Vector512.FusedMultiplyAdd(k, x3, b3));
            }

            Store(ref At(ref d, i * Pixels), a0, a1, a2, a3);
            Store(ref At(ref d, (i + 1) * Pixels), b0, b1, b2, b3);
        }
    }

    [MethodImpl(Inline)]
    private static void Store(ref float row, Vector512<float> v0, Vector512<float> v1, Vector512<float> v2, Vector512<float> v3)
    {
        v0.StoreUnsafe(ref row);
        v1.StoreUnsafe(ref row, 16);
        v2.StoreUnsafe(ref row, 32);
        v3.StoreUnsafe(ref row, 48);
    }

    /// <summary>The sum of the losses; the scores become its slopes by them.</summary>
    private static float Forward(in DigitsInput input, ref Activations a)
    {
        for (var s = 0; s < Batch; s++)
        {
            ref var x = ref input.Images[s].First();
            for (var j = 0; j < Pixels; j++)
            {
                At(ref a.Pixels.First, j * Batch + s) = At(ref x, j);
            }
        }

        for (var i = 0; i < Hidden; i += 4)
        {
            Layer(ref At(ref input.W1.First(), i * Pixels), Pixels, ref a.Pixels.First, out var z0, out var z1, out var z2, out var z3);
            ref var b = ref At(ref input.B1.First(), i);
            ref var h = ref At(ref a.Hidden.First, i * Batch);
            FloatLanes.Tanh(z0 + Vector512.Create(b)).StoreUnsafe(ref h);
            FloatLanes.Tanh(z1 + Vector512.Create(At(ref b, 1))).StoreUnsafe(ref h, Batch);
            FloatLanes.Tanh(z2 + Vector512.Create(At(ref b, 2))).StoreUnsafe(ref h, 2 * Batch);
            FloatLanes.Tanh(z3 + Vector512.Create(At(ref b, 3))).StoreUnsafe(ref h, 3 * Batch);
        }

        // Ten rows in fours: the last four begin at 6.
        var max = Vector512.Create(float.NegativeInfinity);
        for (var i = 0; i < Classes; i = i == 4 ? 6 : i + 4)
        {
            Layer(ref At(ref input.W2.First(), i * Hidden), Hidden, ref a.Hidden.First, out var z0, out var z1, out var z2, out var z3);
            ref var b = ref At(ref input.B2.First(), i);
            ref var z = ref At(ref a.Scores.First, i * Batch);
            z0 += Vector512.Create(b);
            z1 += Vector512.Create(At(ref b, 1));
            z2 += Vector512.Create(At(ref b, 2));
            z3 += Vector512.Create(At(ref b, 3));
            Store(ref z, z0, z1, z2, z3);
            max = Vector512.Max(max, Vector512.Max(Vector512.Max(z0, z1), Vector512.Max(z2, z3)));
        }

        return SoftmaxCrossEntropy(ref a.Scores.First, max, input.Labels);
    }

    /// <summary>Four neurons of a layer, before their bias.</summary>
    [MethodImpl(Inline)]
    private static void Layer(
        ref float w, int length, ref float x, out Vector512<float> z0, out Vector512<float> z1, out Vector512<float> z2, out Vector512<float> z3)
    {
        (z0, z1, z2, z3) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        for (var j = 0; j < length; j++)
        {
            var samples = Samples(ref x, j);
            ref var column = ref At(ref w, j);
            z0 = Vector512.FusedMultiplyAdd(Vector512.Create(column), samples, z0);
            z1 = Vector512.FusedMultiplyAdd(Vector512.Create(At(ref column, length)), samples, z1);
            z2 = Vector512.FusedMultiplyAdd(Vector512.Create(At(ref column, 2 * length)), samples, z2);
            z3 = Vector512.FusedMultiplyAdd(Vector512.Create(At(ref column, 3 * length)), samples, z3);
        }
    }

    private static float SoftmaxCrossEntropy(ref float scores, Vector512<float> max, int[] labels)
    {
        var chosen = 0f;
        for (var s = 0; s < Batch; s++)
        {
            chosen += At(ref scores, labels[s] * Batch + s);
        }

        var sum = Vector512<float>.Zero;
        for (var i = 0; i < Classes; i++)
        {
            var e = FloatLanes.Exp(Samples(ref scores, i) - max);
            sum += e;
            e.StoreUnsafe(ref At(ref scores, i * Batch));
        }

        var inverse = Vector512.Create(1f) / sum;
        for (var i = 0; i < Classes; i++)
        {
            (Samples(ref scores, i) * inverse).StoreUnsafe(ref At(ref scores, i * Batch));
        }

        for (var s = 0; s < Batch; s++)
        {
            At(ref scores, labels[s] * Batch + s) -= 1;
        }

        return Vector512.Sum(Vector512.Log(sum) + max) - chosen;
    }

    [MethodImpl(Inline)]
    private static Vector512<float> Samples(ref float rows, int row) => Vector512.LoadUnsafe(ref At(ref rows, row * Batch));

    /// <summary>A row of samples for each pixel, hidden neuron and class.</summary>
    private struct Activations
    {
        public PixelColumns Pixels;
        public Columns Hidden;
        public Columns Scores;
    }

    [InlineArray(Pixels * Batch)]
    private struct PixelColumns
    {
        private float _first;

        [UnscopedRef]
        public ref float First => ref _first;
    }

    [InlineArray(Hidden * Batch)]
    private struct Columns
    {
        private float _first;

        [UnscopedRef]
        public ref float First => ref _first;
    }
}
