namespace GradGen;

/// <summary>Lays a gradient beside the point that it belongs to.</summary>
internal static class GradientReader
{
    /// <summary>The gradient's leaf for each leaf of the point where it has one; what is amiss is reported by name.</summary>
    /// <param name="point">The point.</param>
    /// <param name="gradient">The gradient, whose type is the point's.</param>
    /// <param name="report">Takes the name of a part of the point, and what is wrong with the gradient there.</param>
    public static IEnumerable<(DifferentiableLeaf Point, DifferentiableLeaf Gradient)> Pairs(
        DifferentiablePart point, DifferentiablePart gradient, Action<string, string> report)
    {
        if (!point.Leaves.Any())
            return [];
        var problem = Problem(point, gradient);
        if (problem is not null)
        {
            report(point.Name, problem);
            return [];
        }

        return point.Leaf is not null
            ? [(point.Leaf, gradient.Leaf!)]
            : point.Parts.Zip(gradient.Parts).SelectMany(p => Pairs(p.First, p.Second, report));
    }

    private static string? Problem(DifferentiablePart point, DifferentiablePart gradient)
    {
        if (gradient.Type is null)
            return "the gradient is missing (null)";
        if (gradient.Type != point.Type)
            return $"the gradient is of type {CheckTexts.Type(gradient.Type)}, the point of type {CheckTexts.Type(point.Type!)}";
        return Differ(point.Leaf?.Lengths ?? [], gradient.Leaf?.Lengths ?? [], "entry", "entries")
            ?? Differ(point.Lengths, gradient.Lengths, "element", "elements");
    }

    private static string? Differ(IReadOnlyList<int> point, IReadOnlyList<int> gradient, string one, string many) =>
        point.SequenceEqual(gradient)
            ? null
            : $"the gradient has {CheckTexts.Shape(gradient, one, many)}, the point {CheckTexts.Shape(point, one, many)}";
}
