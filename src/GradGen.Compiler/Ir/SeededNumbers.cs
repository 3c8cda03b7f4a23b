namespace GradGen.Compiler.Ir;

/// <summary>Numbers that look random and are the same in every host (splitmix64): what is checked at a point must not change from build to build.</summary>
internal sealed class SeededNumbers(int seed)
{
    private const double Denominator = 1L << 53;

    private ulong _state = unchecked((ulong)seed * 0xD1342543DE82EF95UL);

    /// <summary>A number from 0 to below 1.</summary>
    public double Next()
    {
        var z = unchecked(_state += 0x9E3779B97F4A7C15UL);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        return ((z ^ (z >> 31)) >> 11) / Denominator;
    }

    /// <summary>A whole number from 0 to below a bound.</summary>
    public int Below(int bound) => (int)(bound * Next());
}
