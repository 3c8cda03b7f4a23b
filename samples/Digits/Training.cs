using GradGen;

namespace Digits;

/// <summary>Stochastic gradient descent with momentum. After the first batch it allocates nothing.</summary>
public sealed class Training(int seed)
{
    private const int BatchSize = 16;
    private const float Momentum = 0.9f;
    private const float WeightDecay = 1e-4f;

    private readonly Random _random = new(seed);
    private DigitsModel.LossGradient _gradient;
    private DigitsModel.LossGradient _velocity = new(0, new(), new(), new(), new());

    public Matrix<float, Hidden, Pixels> W1 { get; } = Matrix<float, Hidden, Pixels>.RandomNormal(new Random(seed), 0.125f);

    public Vector<float, Hidden> B1 { get; } = new();

    public Matrix<float, Classes, Hidden> W2 { get; } = Matrix<float, Classes, Hidden>.RandomNormal(new Random(seed + 1), 0.18f);

    public Vector<float, Classes> B2 { get; } = new();

    /// <summary>Goes through the digits once, in a new order, and returns the mean loss.</summary>
    public float Epoch(Digit[] digits, float learningRate)
    {
        _random.Shuffle(digits);
        var sum = 0f;
        for (var start = 0; start < digits.Length; start += BatchSize)
        {
            var batch = digits.AsSpan(start, Math.Min(BatchSize, digits.Length - start));
            for (var i = 0; i < batch.Length; i++)
            {
                // The first sample of the batch overwrites the gradient, the others add to it.
                DigitsModel.LossBackward(W1, B1, W2, B2, batch[i].Image, batch[i].Label, ref _gradient, accumulate: i > 0);
                sum += _gradient.Value;
            }

            var scale = -learningRate / batch.Length;
            Step(W1.AsSpan(), _velocity.W1.AsSpan(), _gradient.W1.AsSpan(), scale, learningRate);
            Step(B1.AsSpan(), _velocity.B1.AsSpan(), _gradient.B1.AsSpan(), scale, learningRate);
            Step(W2.AsSpan(), _velocity.W2.AsSpan(), _gradient.W2.AsSpan(), scale, learningRate);
            Step(B2.AsSpan(), _velocity.B2.AsSpan(), _gradient.B2.AsSpan(), scale, learningRate);
        }

        return sum / digits.Length;
    }

    /// <summary>What the network takes a digit for.</summary>
    public int Read(Digit digit)
    {
        var scores = DigitsModel.Scores(W1, B1, W2, B2, digit.Image).AsSpan();
        var best = 0;
        for (var k = 1; k < scores.Length; k++)
        {
            best = scores[k] > scores[best] ? k : best;
        }

        return best;
    }

    private static void Step(Span<float> weights, Span<float> velocity, ReadOnlySpan<float> gradient, float scale, float learningRate)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            velocity[i] = (Momentum * velocity[i]) + (scale * gradient[i]) - (learningRate * WeightDecay * weights[i]);
            weights[i] += velocity[i];
        }
    }
}
