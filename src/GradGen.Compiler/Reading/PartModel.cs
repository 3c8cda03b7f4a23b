using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Reading;

/// <summary>How a value of the user's type is made of new members.</summary>
internal enum Making
{
    /// <summary>A scalar, a vector, a matrix: no members.</summary>
    Leaf,
    /// <summary>A record or a struct: <c>model with { W1 = … }</c>.</summary>
    With,
    /// <summary>A class: <c>new Model { W1 = …, Name = model.Name }</c>.</summary>
    New,
}

/// <summary>What a differentiable method declares: a parameter, or a member of 'this' that it reads.</summary>
/// <param name="Name">The name as declared, with an @ if it needs one.</param>
/// <param name="TypeName">The type in C#, with global:: names.</param>
/// <param name="Modifier">"in " or "".</param>
/// <param name="IsMember">Whether it belongs to the method's object: a field, a property, or a parameter of the primary constructor.</param>
/// <param name="Part">What it consists of.</param>
internal sealed record DeclaredModel(string Name, string TypeName, string Modifier, bool IsMember, PartModel Part)
{
    /// <summary>The type of its gradient in C#: of a span an array.</summary>
    public string GradientTypeName { get; init; } = TypeName;

    /// <summary>Whether it is a parameter of the primary constructor, which all members of its type see.</summary>
    public bool IsCaptured { get; init; }

    /// <summary>How generated code reads it.</summary>
    public string Expression => IsMember && !IsCaptured ? "this." + Name : Name;
}

/// <summary>A declared parameter or a member of one: a leaf, or a record with the members that can be differentiated or read.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="TypeName">The type in C#, with global:: names.</param>
/// <param name="Making">How another one is made.</param>
/// <param name="Leaf">The number of the leaf among the function's parameters; −1 if it has members.</param>
/// <param name="IsDifferentiated">Whether the gradient has something of it.</param>
/// <param name="IsReference">Whether it can be null.</param>
/// <param name="IsSettable">Whether a member can be assigned after its object has been made.</param>
internal sealed record PartModel(
    string Name, string TypeName, Making Making, int Leaf, bool IsDifferentiated, bool IsReference, bool IsSettable)
{
    public EquatableArray<PartModel> Members { get; init; }

    /// <summary>For <see cref="Making.New"/>: the other members, which the gradient has from the argument.</summary>
    public EquatableArray<string> CarriedOver { get; init; }

    /// <summary>The leaves in their order.</summary>
    public IEnumerable<int> Leaves => Making == Making.Leaf ? [Leaf] : Members.SelectMany(m => m.Leaves);

    /// <summary>The same over leaves in another order.</summary>
    public PartModel Moved(Func<int, int> move) => this with
    {
        Leaf = Making == Making.Leaf ? move(Leaf) : Leaf,
        Members = new(Members.Items.Select(m => m.Moved(move))),
    };

    public static PartModel Of(ParameterModel leaf, int number) => new(
        leaf.Name, leaf.TypeName, Making.Leaf, number, leaf.IsDifferentiated, leaf.Kind is not (ParameterKind.Scalar or ParameterKind.Numerics) && !leaf.IsSpan, true);
}
