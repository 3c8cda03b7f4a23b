namespace ChainRule;

/// <summary>The oldest check of a gradient: (f(w + h) − f(w − h)) / 2h, entry by entry.</summary>
public static class CentralDifferences
{
    /// <summary>The largest difference between a gradient and the central differences of a value.</summary>
    public static double WorstError(Span<double> weights, ReadOnlySpan<double> gradient, Func<double> value)
    {
        const double h = 1e-5;
        var worst = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            var kept = weights[i];
            weights[i] = kept + h;
            var up = value();
            weights[i] = kept - h;
            var down = value();
            weights[i] = kept;
            worst = Math.Max(worst, Math.Abs(gradient[i] - ((up - down) / (2 * h))));
        }

        return worst;
    }
}
