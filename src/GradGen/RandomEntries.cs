using System.Numerics;

namespace GradGen;

/// <summary>Fills spans with random numbers, the same ones for the same seed whatever the scalar type.</summary>
internal static class RandomEntries
{
    public static void Uniform<TScalar>(Random random, TScalar scale, Span<TScalar> result)
        where TScalar : IFloatingPointIeee754<TScalar>
    {
        foreach (ref var entry in result)
            entry = TScalar.CreateTruncating((2 * random.NextDouble()) - 1) * scale;
    }

    // Box and Muller: √(−2 ln u)·cos 2πv is normal where u and v are uniform.
    public static void Normal<TScalar>(Random random, TScalar standardDeviation, Span<TScalar> result)
        where TScalar : IFloatingPointIeee754<TScalar>
    {
        foreach (ref var entry in result)
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            var normal = radius * Math.Cos(2 * Math.PI * random.NextDouble());
            entry = TScalar.CreateTruncating(normal) * standardDeviation;
        }
    }
}
