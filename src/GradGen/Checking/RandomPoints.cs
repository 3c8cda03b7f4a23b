using System.Diagnostics.CodeAnalysis;

namespace GradGen;

/// <summary>Points to compare at that nobody chose.</summary>
internal static class RandomPoints
{
    [RequiresUnreferencedCode(DifferentiableValue.Reflection)]
    public static IEnumerable<T> Like<T>(T template, int points, GradientCheckOptions options)
        where T : notnull
    {
        if (!(options.Low < options.High && double.IsFinite(options.High - options.Low)))
            throw new ArgumentException($"There are no points between {options.Low} and {options.High}.", nameof(options));
        var random = new Random(options.Seed);
        return Enumerable.Range(0, points).Select(_ =>
        {
            var point = DifferentiableValue.CopyOf(template, PointNames.Parse(null));
            foreach (var leaf in point.Leaves)
            {
                for (var i = 0; i < leaf.Count; i++)
                    leaf[i] = options.Low + (random.NextDouble() * (options.High - options.Low));
            }

            return (T)point.Value;
        });
    }
}
