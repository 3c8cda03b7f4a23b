using Digits;
using GradGen.Benchmarks.ByHand;
using GradGen.Benchmarks.Harness;
using Image = GradGen.Vector<float, Digits.Pixels>;

namespace GradGen.Benchmarks.Cases;

/// <summary>The weights, and a batch of images with their labels.</summary>
internal readonly record struct DigitsInput(
    Matrix<float, Hidden, Digits.Pixels> W1, Vector<float, Hidden> B1, Matrix<float, Classes, Hidden> W2, Vector<float, Classes> B2, Image[] Images, int[] Labels);

/// <summary>The network of the digits sample, over a batch as there: the first image writes the gradient, the others add to it.</summary>
internal sealed class DigitsCase : Case<DigitsInput, Output<DigitsModel.LossGradient>>
{
    public const int Batch = 16;

    public DigitsCase()
        : base("digits", "64-32-10, tanh, softmax, float, 16 samples", 1e-4)
    {
        var random = new Xorshift();
        var w1 = random.Matrix<float, Hidden, Digits.Pixels>(1 / Math.Sqrt(64));
        var b1 = random.Vector<float, Hidden>(0.1);
        var w2 = random.Matrix<float, Classes, Hidden>(1 / Math.Sqrt(32));
        var b2 = random.Vector<float, Classes>(0.1);
        var gradient = new DigitsModel.LossGradient(0, new(), new(), new(), new());
        Draw(
            n => new(
                w1,
                b1,
                w2,
                b2,
                [.. Enumerable.Range(0, Batch).Select(_ => random.Vector<float, Digits.Pixels>(1))],
                [.. Enumerable.Range(0, Batch).Select(b => (n * Batch + b) * 7 % 10)]),
            () => new(gradient));
        Add<Generated>(Role.Generated, "GradGen, a call for each sample");
        Add<DigitsByHand>(Role.ByHand, "samples in lanes");
        AddForward<Own>(Role.OwnForward, "DigitsModel.Loss");
        AddForward<DigitsByHand>(Role.PlainForward, "samples in lanes");
    }

    protected override void Collect(in Output<DigitsModel.LossGradient> output, Parts to)
    {
        to.Add(output.Value);
        to.Add<float>(output.Gradient.W1.AsSpan());
        to.Add<float>(output.Gradient.B1.AsSpan());
        to.Add<float>(output.Gradient.W2.AsSpan());
        to.Add<float>(output.Gradient.B2.AsSpan());
    }

    private struct Generated : IForm<DigitsInput, Output<DigitsModel.LossGradient>>
    {
        public static void Run(in DigitsInput input, ref Output<DigitsModel.LossGradient> output)
        {
            var sum = 0f;
            for (var i = 0; i < input.Images.Length; i++)
            {
                DigitsModel.LossBackward(input.W1, input.B1, input.W2, input.B2, input.Images[i], input.Labels[i], ref output.Gradient, accumulate: i > 0);
                sum += output.Gradient.Value;
            }

            output.Value = sum;
        }
    }

    private struct Own : IForward<DigitsInput>
    {
        public static double Run(in DigitsInput input)
        {
            var sum = 0f;
            for (var i = 0; i < input.Images.Length; i++)
            {
                sum += DigitsModel.Loss(input.W1, input.B1, input.W2, input.B2, input.Images[i], input.Labels[i]);
            }

            return sum;
        }
    }
}
