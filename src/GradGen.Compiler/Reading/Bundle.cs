using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Reading;

/// <summary>
/// What only the reader knows: it is taken apart while reading and never reaches an instruction. Its type is one that
/// no operation takes.
/// </summary>
internal abstract class ReaderValue() : Value(-1, new TensorType(ScalarType.Boolean, Shape.Of(0, 0), IsTape: true))
{
    /// <summary>In the words of a message.</summary>
    public abstract string Description { get; }
}

/// <summary>
/// Several values with names: a tuple, a record, a struct, an object. One without members stands for an object that the
/// method only hands on, or for the nothing that a void method returns.
/// </summary>
/// <param name="type">The C# type, null for nothing.</param>
/// <param name="members">The members in their order, Item1, Item2, … for a tuple.</param>
/// <param name="form">What it is, unless it is what the C# type says.</param>
internal class Bundle(ITypeSymbol? type, ImmutableArray<(string Name, Value Value)> members, BundleForm form = BundleForm.Whole) : ReaderValue
{
    public static Bundle Nothing { get; } = new(null, []);

    public ITypeSymbol? CSharpType { get; } = type;

    public ImmutableArray<(string Name, Value Value)> Members { get; } = members;

    public BundleForm Form { get; } = form;

    public override string Description => Form is BundleForm.View ? "a part of an array" : Form is BundleForm.Element ? "a reference to an element"
        : CSharpType is null ? "nothing" : $"a value of type '{CSharpType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}'";

    public static Bundle Tuple(ITypeSymbol? type, IEnumerable<Value> items) => new(type, [.. items.Select((v, i) => (Item(i), v))]);

    /// <summary>The name of a tuple's element: Item1 for the first.</summary>
    public static string Item(int index) => "Item" + (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);

    public Value? Find(string name) => Members.FirstOrDefault(m => m.Name == name).Value;

    /// <summary>The same with another value in a member, or one more member.</summary>
    public Bundle With(string name, Value value)
    {
        for (var i = 0; i < Members.Length; i++)
        {
            if (Members[i].Name == name)
            {
                return new Bundle(CSharpType, Members.SetItem(i, (name, value)), Form);
            }
        }

        return new Bundle(CSharpType, Members.Add((name, value)), Form);
    }
}

/// <summary>What a bundle stands for.</summary>
internal enum BundleForm
{
    /// <summary>A tuple, a record, a struct, an object: what its C# type says.</summary>
    Whole,
    /// <summary>A span over a part of an array: array, start and length.</summary>
    View,
    /// <summary>A variable that is an element of an array, by reference: array and index.</summary>
    Element,
    /// <summary>An array of two dimensions: an array of its elements row by row, and the numbers of rows and columns.</summary>
    Grid,
}

/// <summary>Bundles as the values that they consist of, and back.</summary>
internal static class Bundles
{
    /// <summary>The values of the IR in a value: itself, or those of a bundle, in order.</summary>
    public static IEnumerable<Value> Leaves(this Value value) => value switch
    {
        Bundle bundle => bundle.Members.SelectMany(m => m.Value.Leaves()),
        ReaderValue => [],
        _ => [value],
    };

    /// <summary>A value of the same form over other leaves, which are taken from the front.</summary>
    public static Value Over(this Value value, Queue<Value> leaves) => value switch
    {
        Bundle { Members.IsEmpty: true } => value,
        Bundle bundle => new Bundle(bundle.CSharpType, [.. bundle.Members.Select(m => (m.Name, m.Value.Over(leaves)))], bundle.Form),
        ReaderValue => value,
        _ => leaves.Dequeue(),
    };

    /// <summary>Whether two values have the same form and the same types, so that one can take the other's place.</summary>
    public static bool HasFormOf(this Value value, Value other) => (value, other) switch
    {
        (Bundle { Members.IsEmpty: true } left, Bundle { Members.IsEmpty: true } right) => SymbolEqualityComparer.Default.Equals(left.CSharpType, right.CSharpType),
        (Bundle left, Bundle right) => left.Form == right.Form && left.Members.Length == right.Members.Length
            && left.Members.Zip(right.Members, (l, r) => l.Name == r.Name && l.Value.HasFormOf(r.Value)).All(same => same),
        (ReaderValue, _) or (_, ReaderValue) => ReferenceEquals(value, other),
        _ => value.Type == other.Type,
    };
}
