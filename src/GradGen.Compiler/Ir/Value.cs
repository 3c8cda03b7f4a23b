namespace GradGen.Compiler.Ir;

/// <summary>What a value is to the reader of the derivation.</summary>
internal enum ValueRole
{
    /// <summary>Part of the user's own computation.</summary>
    Primal,

    /// <summary>The adjoint of the primal value of the same name.</summary>
    Adjoint,
}

/// <summary>An SSA value: defined once, by an instruction or as a parameter of a block.</summary>
internal class Value(int id, TensorType type)
{
    /// <summary>The number of the value in its function, in the order of definition.</summary>
    public int Id { get; } = id;

    public TensorType Type { get; } = type;

    public Shape Shape => Type.Shape;

    /// <summary>
    /// The name in the source (<c>w1</c>, <c>z1</c>), or the numbered one given by <see cref="Explanation.Naming"/>.
    /// For an adjoint: the name of the primal. The builder sets it; it never changes once its function is made.
    /// </summary>
    public string? Name { get; internal set; }

    public ValueRole Role { get; internal set; }

    public override string ToString() => "%" + Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
