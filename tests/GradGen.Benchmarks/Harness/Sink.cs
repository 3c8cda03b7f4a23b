namespace GradGen.Benchmarks.Harness;

/// <summary>Where results go that nobody reads, so that they are computed all the same.</summary>
internal static class Sink
{
    public static double Value { get; set; }
}
