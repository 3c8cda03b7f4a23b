using System.Diagnostics;

namespace GradGen.Benchmarks.Harness;

/// <summary>The nanoseconds that one gradient took, many times.</summary>
internal sealed class Samples
{
    /// <summary>How long a sample is, in nanoseconds: long for the clock, short against what else the machine does.</summary>
    public const double Length = 1e6;

    private readonly List<double> _nanoseconds = [];

    public double Best => _nanoseconds.Min();

    public double Median => _nanoseconds.Order().ElementAt(_nanoseconds.Count / 2);

    public void Add(IEnumerable<double> nanoseconds) => _nanoseconds.AddRange(nanoseconds);

    /// <summary>Takes samples of a sweep, each over as many sweeps as <see cref="Length"/> asks for.</summary>
    public static IEnumerable<double> Of(Action sweep, int count)
    {
        var sweeps = 1L;
        Time(sweep, 1);
        for (double time; (time = Time(sweep, sweeps)) < Length;)
        {
            sweeps *= time * 8 < Length ? 8 : 2;
        }

        for (var i = 0; i < count; i++)
        {
            yield return Time(sweep, sweeps) / (sweeps * Case.Inputs);
        }
    }

    private static double Time(Action sweep, long sweeps)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0L; i < sweeps; i++)
        {
            sweep();
        }

        return (Stopwatch.GetTimestamp() - start) * 1e9 / Stopwatch.Frequency;
    }
}
