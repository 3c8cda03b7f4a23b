using System.Diagnostics.CodeAnalysis;

namespace GradGen;

/// <summary>A check of one gradient at one point after the other.</summary>
/// <param name="objective">Makes the number that is differentiated, for a point.</param>
/// <param name="options">How to compare.</param>
/// <param name="names">What the parts of a point are called.</param>
internal sealed class GradientChecker<T>(
    Func<T, Random, Objective<T>> objective, GradientCheckOptions options, PointNames names)
    where T : notnull
{
    private readonly GradientCheckFindings _findings = new();
    private readonly Random _random = new(options.Seed);

    [RequiresUnreferencedCode(DifferentiableValue.Reflection)]
    public GradientCheckResult Run(IEnumerable<T> points)
    {
        foreach (var point in points)
        {
            _findings.Points++;
            Compare(point);
        }

        return _findings.Result();
    }

    [RequiresUnreferencedCode(DifferentiableValue.Reflection)]
    private void Compare(T point)
    {
        var copy = DifferentiableValue.CopyOf(point, names);
        var count = copy.Leaves.Sum(l => (long)l.Count);
        if (count == 0)
            throw new ArgumentException($"The point, of type {CheckTexts.Type(point.GetType())}, holds no number that can be differentiated.", nameof(point));
        _findings.EntryCount += count;

        var compared = objective((T)DifferentiableValue.CopyOf(point, names).Value, _random);
        Evaluation Function() => compared.At((T)copy.Value);
        var atPoint = Function();
        if (!double.IsFinite(atPoint.Value))
        {
            _findings.AddProblem(names.Name ?? PointNames.Default, compared.NotFinite((T)copy.Value));
            return;
        }

        RefuseChanges(point, copy);
        var isSingle = compared.IsSingle || copy.Leaves.Any(l => l.IsSingle);
        new PointComparison(copy, Function, isSingle ? Precision.Single : Precision.Double, options, _findings)
            .Run(atPoint, compared.Gradient((T)DifferentiableValue.CopyOf(point, names).Value), compared.IsByName);
    }

    /// <summary>A function that writes to its point is another one at each call.</summary>
    [RequiresUnreferencedCode(DifferentiableValue.Reflection)]
    private void RefuseChanges(T point, DifferentiableValue copy)
    {
        foreach (var (before, after) in DifferentiableValue.Of(point, names).Leaves.Zip(copy.Leaves))
        {
            for (var i = 0; i < before.Count; i++)
            {
                if (!before[i].Equals(after[i]))
                    throw new ArgumentException($"The function writes to its point: {before.EntryName(i)} was {before[i]} and is {after[i]}.", nameof(point));
            }
        }
    }
}
