using System.Diagnostics.CodeAnalysis;

namespace GradGen;

/// <summary>
/// A number, matrix, vector, array, tuple, record, struct or class, and every number in it that can be varied.
/// </summary>
internal sealed class DifferentiableValue
{
    /// <summary>Why what reads members by reflection is marked.</summary>
    public const string Reflection = "It reads the fields of the values it is given by reflection.";

    private DifferentiableValue(object value)
    {
        Value = value;
        Root = new(PointNames.Default, null);
    }

    /// <summary>The value with what was written to its leaves. A struct stands in a box.</summary>
    public object Value { get; private set; }

    public DifferentiablePart Root { get; private set; }

    public IReadOnlyList<DifferentiableLeaf> Leaves { get; private set; } = [];

    /// <summary>A value as it is: writing to a leaf writes to it.</summary>
    /// <exception cref="ArgumentException">It holds itself.</exception>
    [RequiresUnreferencedCode(Reflection)]
    public static DifferentiableValue Of(object value, string name) => Create(value, new(name, []), isCopied: false);

    /// <inheritdoc cref="Of(object, string)"/>
    [RequiresUnreferencedCode(Reflection)]
    public static DifferentiableValue Of(object value, PointNames names) => Create(value, names, isCopied: false);

    /// <summary>A copy of a value, of everything in it that can be varied; the rest is shared with it.</summary>
    /// <exception cref="ArgumentException">It holds itself.</exception>
    [RequiresUnreferencedCode(Reflection)]
    public static DifferentiableValue CopyOf(object value, PointNames names) => Create(value, names, isCopied: true);

    [RequiresUnreferencedCode(Reflection)]
    private static DifferentiableValue Create(object value, PointNames names, bool isCopied)
    {
        var result = new DifferentiableValue(value);
        result.Root = new PartReader(isCopied).Read(new(() => result.Value, v => result.Value = v!), names);
        result.Leaves = [.. result.Root.Leaves];
        return result;
    }
}

/// <summary>Where a part of a value stands: in a variable, a field or an element.</summary>
internal readonly record struct Place(Func<object?> Get, Action<object?> Set);
