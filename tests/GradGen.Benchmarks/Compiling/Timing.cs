using System.Diagnostics;

namespace GradGen.Benchmarks.Compiling;

/// <summary>Milliseconds of work that takes some.</summary>
internal static class Timing
{
    /// <summary>
    /// Runs something at least once, and until a second is over or it ran nine times; the median of the processor's time,
    /// on all its cores: what a busy machine leaves for the work is not the work's cost.
    /// </summary>
    /// <param name="prepare">What comes before each time and is not measured.</param>
    /// <param name="work">What is measured.</param>
    public static double MedianOfProcessor<T>(Func<T> prepare, Action<T> work)
    {
        const int enough = 9;
        var times = new List<double>();
        for (var total = Stopwatch.StartNew(); times.Count < enough && (times.Count == 0 || total.ElapsedMilliseconds < 1000);)
        {
            var prepared = prepare();
            var before = Environment.CpuUsage.TotalTime;
            work(prepared);
            times.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
        }

        return Median(times);
    }

    public static double Median(IEnumerable<double> times) => Quantile(times, 0.5);

    public static double Quantile(IEnumerable<double> times, double part)
    {
        var sorted = times.Order().ToList();
        return sorted[(int)(part * (sorted.Count - 1))];
    }

    /// <summary>Runs something once, by the clock.</summary>
    public static double Once(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalMilliseconds;
    }
}
