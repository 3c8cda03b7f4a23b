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

    /// <summary>
    /// The same for a gradient of another type, whose members have the names of parts of the point: a part that it has none
    /// for is found in its own parts, or has the gradient 0.
    /// </summary>
    public static IEnumerable<(DifferentiableLeaf Point, DifferentiableLeaf Gradient)> PairsByName(
        DifferentiablePart point, DifferentiablePart gradient, Action<string, string> report)
    {
        if (gradient.Type is null)
        {
            report(point.Name, "the gradient is missing (null)");
            return [];
        }

        var left = gradient.Parts.Where(p => OwnName(p) != "Value" && p.Leaves.Any()).ToList();
        return point.Parts.Count > 0 ? point.Parts.SelectMany(p => Named(p, left, report)).ToList() : Named(point, left, report);
    }

    private static IEnumerable<(DifferentiableLeaf Point, DifferentiableLeaf Gradient)> Named(
        DifferentiablePart point, List<DifferentiablePart> members, Action<string, string> report)
    {
        // ValueGradient is the member for what is called Value, where a record has that already.
        var name = OwnName(point).TrimStart('_', '@');
        var member = members.Find(m => string.Equals(OwnName(m), name, StringComparison.OrdinalIgnoreCase))
            ?? members.Find(m => string.Equals(OwnName(m), name + "Gradient", StringComparison.OrdinalIgnoreCase));
        if (member is not null)
        {
            _ = members.Remove(member);
            return Pairs(point, member, report);
        }

        return point.Leaf is { } leaf
            ? [(leaf, new DifferentiableLeaf(leaf.Name, leaf.Lengths, leaf.IsSingle, static _ => 0, static (_, _) => { }))]
            : point.Parts.SelectMany(p => Named(p, members, report)).ToList();
    }

    private static string OwnName(DifferentiablePart part) => part.Name[(part.Name.LastIndexOf('.') + 1)..];

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
