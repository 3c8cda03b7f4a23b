namespace GradGen;

/// <summary>
/// How far values of a function are off by rounding, seen in the function itself. After J. J. Moré and S. M. Wild,
/// Estimating computational noise (2011): high differences of closely spaced values leave nothing of a smooth function and
/// all of its noise, Var Δᵏφ = σ²·(2k)!/(k!)².
/// </summary>
internal static class Noise
{
    private const int Intervals = 8;
    private const int Lowest = 5;
    private const int Highest = 6;

    /// <summary>The noise's standard deviation; 0 where nothing can be seen of it.</summary>
    /// <param name="function">The function.</param>
    /// <param name="spacing">The distance of its values at first.</param>
    /// <param name="largest">The largest distance, tried where at smaller ones most values are the same.</param>
    public static double Deviation(Func<double, double> function, double spacing, double largest)
    {
        for (; ; spacing *= 16)
        {
            var values = new double[Intervals + 1];
            for (var i = 0; i < values.Length; i++)
                values[i] = function((i - (Intervals / 2)) * spacing);
            var isStuck = values.Zip(values.Skip(1)).Count(v => v.First == v.Second) > Intervals / 2;
            if (!isStuck || spacing * 16 > largest)
                return Deviation(values);
        }
    }

    private static double Deviation(double[] values)
    {
        var (deviation, factor) = (0.0, 1.0);
        for (var k = 1; k <= Highest; k++)
        {
            values = [.. values.Zip(values.Skip(1), (left, right) => right - left)];
            factor *= k / (2 * ((2.0 * k) - 1));
            if (k >= Lowest)
                deviation = Math.Max(deviation, Math.Sqrt(factor * values.Average(v => v * v)));
        }

        return double.IsFinite(deviation) ? deviation : 0;
    }
}
