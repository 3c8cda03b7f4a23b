using System.Numerics;
using System.Runtime.CompilerServices;
using GradGen.Kernels;

namespace GradGen.Tests.Kernels;

/// <summary>
/// Many arguments of a function of one number: every exponent with both signs, ordinary numbers, and what is near given
/// centres. As many as the environment variable GRADGEN_SWEEP says, about 200,000 otherwise.
/// </summary>
internal static class Sweep
{
    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("GRADGEN_SWEEP"), out var count) ? count : 200_000;

    public static T[] Points<T>(double[] centres)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        var random = new Random(12345);
        var points = new List<T>(Count + 100_000);
        var (first, last) = typeof(T) == typeof(float) ? (-149, 127) : (-1074, 1023);
        var each = Math.Max(1, Count / 4 / (last - first + 1) / 2);
        for (var n = first; n <= last; n++)
        {
            for (var i = 0; i < each; i++)
            {
                Both(T.ScaleB(T.One + T.CreateTruncating(i == 0 ? 0 : random.NextDouble()), n));
            }
        }

        foreach (var range in new[] { 1.0, 5, 40, 110, 800 })
        {
            for (var i = 0; i < Count / 20; i++)
            {
                Both(T.CreateTruncating(random.NextDouble() * range));
            }
        }

        foreach (var centre in centres)
        {
            var (up, down) = (T.CreateTruncating(centre), T.CreateTruncating(centre));
            for (var i = 0; i < 40; i++)
            {
                points.Add(up);
                points.Add(down);
                (up, down) = (T.BitIncrement(up), T.BitDecrement(down));
            }

            for (var i = 0; i < Count / 8 / centres.Length; i++)
            {
                Both(T.CreateTruncating(centre + (random.NextDouble() * Math.ScaleB(1, -random.Next(40)))));
                Both(T.CreateTruncating(centre - (random.NextDouble() * Math.ScaleB(1, -random.Next(40)))));
            }
        }

        Both(T.MaxValue);
        points.RemoveAll(p => !T.IsFinite(p));
        while (points.Count % 16 != 0)
        {
            points.Add(T.One);
        }

        return [.. points];

        void Both(T point)
        {
            points.Add(point);
            points.Add(-point);
        }
    }

    /// <summary>The function of all points, whose number is a multiple of that of the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T[] Run<TFunction, TLanes, T>(T[] points)
        where TFunction : struct, IFunctionUnderTest
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged
    {
        var results = new T[points.Length];
        for (nuint i = 0; i < (nuint)points.Length; i += (nuint)TLanes.Count)
        {
            TLanes.Store(TFunction.Of(TLanes.Load(in points[0], i)), ref results[0], i);
        }

        return results;
    }

    /// <summary>
    /// The distance in units in the last place of the reference; infinite where only one is NaN. Beyond the largest
    /// number infinity counts as the power of two that follows.
    /// </summary>
    public static double Ulps<T>(T found, Scaled reference)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Ulps(found, reference, reference);

    /// <summary>The same in units in the last place of another number, such as the larger of two terms.</summary>
    public static double Ulps<T>(T found, Scaled reference, Scaled measure)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (bits, smallest, largest) = typeof(T) == typeof(float) ? (24, -126, 127) : (53, -1022, 1023);
        var value = reference.Value;
        if (double.IsNaN(value.High) || T.IsNaN(found))
            return double.IsNaN(value.High) && T.IsNaN(found) ? 0 : double.PositiveInfinity;
        var magnitude = measure.Value.High == 0 ? smallest : Math.ILogB(measure.Value.High) + measure.Exponent;
        if (magnitude > largest)
            return T.IsInfinity(found) && T.Sign(found) == Math.Sign(value.High) ? 0 : double.PositiveInfinity;
        var unit = Math.Max(magnitude, smallest) - bits + 1;
        var scaledFound = T.IsInfinity(found) ? T.Sign(found) * Math.ScaleB(1, largest + 1 - unit) : Scale(double.CreateTruncating(found), -unit);
        var shift = reference.Exponent - unit;
        var scaled = new DoubleDouble(Scale(value.High, shift), Scale(value.Low, shift));
        return Math.Abs((scaled - scaledFound).High);
    }

    private static double Scale(double value, int n) => Math.ScaleB(Math.ScaleB(value, n / 2), n - (n / 2));
}
