using System.Numerics;

namespace GradGen;

/// <summary>Loss functions over spans.</summary>
internal static class Losses
{
    public static TScalar MeanSquaredError<TScalar>(ReadOnlySpan<TScalar> x, ReadOnlySpan<TScalar> target)
        where TScalar : IFloatingPointIeee754<TScalar>
    {
        var sum = TScalar.Zero;
        for (var i = 0; i < x.Length; i++)
        {
            var difference = x[i] - target[i];
            sum += difference * difference;
        }

        return sum / TScalar.CreateChecked(x.Length);
    }

    /// <summary>−Σ tᵢ·(zᵢ − m − ln Σeᶻ⁻ᵐ) with m the largest logit.</summary>
    public static TScalar SoftmaxCrossEntropy<TScalar>(ReadOnlySpan<TScalar> logits, ReadOnlySpan<TScalar> target)
        where TScalar : IFloatingPointIeee754<TScalar>
    {
        var largest = Reductions.Max(logits);
        var logOfSum = Reductions.LogOfSumOfExponentials(logits, largest);
        var sum = TScalar.Zero;
        for (var i = 0; i < logits.Length; i++)
        {
            // 0·ln 0 is 0 here, as everywhere in information theory.
            if (target[i] != TScalar.Zero)
                sum += target[i] * (logOfSum - (logits[i] - largest));
        }

        return sum;
    }

    /// <summary>ln Σeᶻ⁻ᵐ − (z − m) at the label, with m the largest logit.</summary>
    public static TScalar SoftmaxCrossEntropy<TScalar>(ReadOnlySpan<TScalar> logits, int label)
        where TScalar : IFloatingPointIeee754<TScalar>
    {
        var largest = Reductions.Max(logits);
        return Reductions.LogOfSumOfExponentials(logits, largest) - (logits[label] - largest);
    }

    /// <summary>The mean of max(z, 0) − z·t + ln(1 + e⁻ˣ), x = |z|.</summary>
    public static TScalar BinaryCrossEntropyWithLogits<TScalar>(ReadOnlySpan<TScalar> logits, ReadOnlySpan<TScalar> target)
        where TScalar : IFloatingPointIeee754<TScalar>
    {
        var sum = TScalar.Zero;
        for (var i = 0; i < logits.Length; i++)
            sum += ScalarMath.Softplus(logits[i]) - (logits[i] * target[i]);
        return sum / TScalar.CreateChecked(logits.Length);
    }
}
