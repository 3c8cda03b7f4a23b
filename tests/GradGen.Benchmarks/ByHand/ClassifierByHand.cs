using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GradGen.Benchmarks.Cases;
using GradGen.Benchmarks.Harness;
using static GradGen.Benchmarks.ByHand.Entries;
using static GradGen.Benchmarks.ByHand.Inlining;

namespace GradGen.Benchmarks.ByHand;

/// <summary>784-128-10: rows of the first layer eight at a time, so that eight sums do not wait for each other; the outer products are stored, not added.</summary>
internal struct ClassifierByHand : IForm<ClassifierInput, Output<ClassifierModel.LossGradient>>, IForward<ClassifierInput>
{
    private const int Pixels = 784;
    private const int Hidden = 128;
    private const int Classes = 10;
    private const int Lanes = 16;

    [SkipLocalsInit]
    public static void Run(in ClassifierInput input, ref Output<ClassifierModel.LossGradient> output)
    {
        Unsafe.SkipInit(out HiddenLayer hidden);
        Unsafe.SkipInit(out Scores scores);
        var value = Forward(in input, ref hidden.First, scores);

        ref var w2 = ref input.W2.First();
        ref var d2 = ref output.Gradient.W2.First();
        for (var j = 0; j < Hidden; j += Lanes)
        {
            var h = Vector512.LoadUnsafe(ref hidden.First, (nuint)j);
            var slope = Vector512<float>.Zero;
            for (var i = 0; i < Classes; i++)
            {
                var g = Vector512.Create(scores[i]);
                (g * h).StoreUnsafe(ref At(ref d2, i * Hidden + j));
                slope = Vector512.FusedMultiplyAdd(g, Vector512.LoadUnsafe(ref At(ref w2, i * Hidden + j)), slope);
            }

            slope &= Vector512.GreaterThan(h, Vector512<float>.Zero);
            slope.StoreUnsafe(ref output.Gradient.B1.First(), (nuint)j);
        }

        ref var x = ref input.X.First();
        ref var d1 = ref output.Gradient.W1.First();
        for (var i = 0; i < Hidden; i += 2)
        {
            ref var row = ref At(ref d1, i * Pixels);
            var g0 = Vector512.Create(At(ref output.Gradient.B1.First(), i));
            var g1 = Vector512.Create(At(ref output.Gradient.B1.First(), i + 1));
            for (var j = 0; j < Pixels; j += Lanes)
            {
                var pixels = Vector512.LoadUnsafe(ref At(ref x, j));
                (g0 * pixels).StoreUnsafe(ref At(ref row, j));
                (g1 * pixels).StoreUnsafe(ref At(ref row, Pixels + j));
            }
        }

        ((ReadOnlySpan<float>)scores).CopyTo(output.Gradient.B2.AsSpan());
        output.Value = value;
    }

    [SkipLocalsInit]
    public static double Run(in ClassifierInput input)
    {
        Unsafe.SkipInit(out HiddenLayer hidden);
        Unsafe.SkipInit(out Scores scores);
        return Forward(in input, ref hidden.First, scores);
    }

    /// <summary>The loss; the scores become its slopes by them.</summary>
    [MethodImpl(Inline)]
    private static float Forward(in ClassifierInput input, ref float hidden, Span<float> scores)
    {
        FirstLayer(ref input.W1.First(), ref input.B1.First(), ref input.X.First(), ref hidden);
        ref var w2 = ref input.W2.First();
        for (var i = 0; i < Classes; i++)
        {
            var sum = Vector512<float>.Zero;
            for (var j = 0; j < Hidden; j += Lanes)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref At(ref w2, i * Hidden + j)), Vector512.LoadUnsafe(ref At(ref hidden, j)), sum);
            }

            scores[i] = Vector512.Sum(sum) + At(ref input.B2.First(), i);
        }

        return SoftmaxCrossEntropy(scores, input.Label);
    }

    private static void FirstLayer(ref float w, ref float b, ref float x, ref float hidden)
    {
        for (var i = 0; i < Hidden; i += 8)
        {
            ref var row = ref At(ref w, i * Pixels);
            var (s0, s1, s2, s3) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
            var (s4, s5, s6, s7) = (s0, s0, s0, s0);
            for (var j = 0; j < Pixels; j += Lanes)
            {
                var pixels = Vector512.LoadUnsafe(ref At(ref x, j));
                ref var at = ref At(ref row, j);
                s0 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref at), pixels, s0);
                s1 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref At(ref at, Pixels)), pixels, s1);
                s2 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref At(ref at, 2 * Pixels)), pixels, s2);
                s3 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref At(ref at, 3 * Pixels)), pixels, s3);
                s4 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref At(ref at, 4 * Pixels)), pixels, s4);
                s5 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref At(ref at, 5 * Pixels)), pixels, s5);
                s6 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref At(ref at, 6 * Pixels)), pixels, s6);
                s7 = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref At(ref at, 7 * Pixels)), pixels, s7);
            }

            var sums = Vector256.Create(
                Vector512.Sum(s0), Vector512.Sum(s1), Vector512.Sum(s2), Vector512.Sum(s3), Vector512.Sum(s4), Vector512.Sum(s5), Vector512.Sum(s6), Vector512.Sum(s7));
            Vector256.Max(sums + Vector256.LoadUnsafe(ref At(ref b, i)), Vector256<float>.Zero).StoreUnsafe(ref At(ref hidden, i));
        }
    }

    /// <summary>−log of the label's share; the scores become the slopes.</summary>
    private static float SoftmaxCrossEntropy(Span<float> scores, int label)
    {
        var (max, sum, score) = (float.NegativeInfinity, 0f, scores[label]);
        foreach (var z in scores)
        {
            max = Math.Max(max, z);
        }

        foreach (ref var z in scores)
        {
            z = MathF.Exp(z - max);
            sum += z;
        }

        foreach (ref var z in scores)
        {
            z /= sum;
        }

        scores[label] -= 1;
        return MathF.Log(sum) + max - score;
    }

    [InlineArray(Hidden)]
    private struct HiddenLayer
    {
        private float _first;

        [System.Diagnostics.CodeAnalysis.UnscopedRef]
        public ref float First => ref _first;
    }

    [InlineArray(Classes)]
    private struct Scores
    {
        private float _first;
    }
}
