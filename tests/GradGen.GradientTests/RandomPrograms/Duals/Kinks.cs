namespace GradGen.GradientTests.RandomPrograms.Duals;

/// <summary>
/// How near a run came to a place where the program has no derivative: the smallest difference that decided a branch, a
/// maximum or a step. There rounding may decide otherwise in two computations of the same.
/// </summary>
public static class Kinks
{
    [ThreadStatic]
    private static double nearest;

    /// <summary>The smallest difference since <see cref="Reset"/>, relative to what was compared.</summary>
    public static double Nearest => nearest;

    public static void Reset() => nearest = double.PositiveInfinity;

    /// <summary>Compares two numbers. The same number on both sides, derivative included, is no kink.</summary>
    internal static int Compare(Dual x, Dual y)
    {
        if (x.Value != y.Value || x.Tangent != y.Tangent)
        {
            Meet(x.Value, y.Value);
        }

        return double.IsNaN(x.Value) || double.IsNaN(y.Value) ? int.MinValue : x.Value.CompareTo(y.Value);
    }

    internal static void Meet(double x, double y) =>
        nearest = System.Math.Min(nearest, System.Math.Abs(x - y) / System.Math.Max(1, System.Math.Max(System.Math.Abs(x), System.Math.Abs(y))));
}
