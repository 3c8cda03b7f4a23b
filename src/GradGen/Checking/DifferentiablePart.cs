namespace GradGen;

/// <summary>A value, or a part of one, with the parts in it that hold numbers.</summary>
/// <param name="Name">Where it stands, such as <c>model.Layers[2]</c>.</param>
/// <param name="Type">Its type at run time; <see langword="null"/> where it is <see langword="null"/>.</param>
internal sealed record DifferentiablePart(string Name, Type? Type)
{
    /// <summary>Its entries, where it has entries itself.</summary>
    public DifferentiableLeaf? Leaf { get; init; }

    /// <summary>Its members, or its elements, in their order.</summary>
    public IReadOnlyList<DifferentiablePart> Parts { get; init; } = [];

    /// <summary>The lengths of an array of parts, which may differ from those of another value of the same type.</summary>
    public IReadOnlyList<int> Lengths { get; init; } = [];

    /// <summary>Every leaf in it, in their order.</summary>
    public IEnumerable<DifferentiableLeaf> Leaves => Leaf is not null ? [Leaf] : Parts.SelectMany(p => p.Leaves);
}
