using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Reading;

internal enum ParameterKind
{
    /// <summary>double, float, int or bool.</summary>
    Scalar,
    Vector,
    Matrix,
    /// <summary>An array or a span of scalars, vectors or matrices.</summary>
    Array,
    /// <summary>A struct of System.Numerics (<see cref="NumericsTypes"/>).</summary>
    Numerics,
    /// <summary>A type that GradGen does not know; only in a model that failed, where it is passed on untouched.</summary>
    Other,
}

/// <summary>
/// A parameter of the function: a parameter of the method, or a matrix, vector or number inside one; or the method's
/// result.
/// </summary>
/// <param name="Name">The name as declared, with an @ if it needs one; for a part of a parameter one after its member.</param>
/// <param name="TypeName">The type in C#, with global:: names.</param>
/// <param name="Kind">How its entries are reached.</param>
/// <param name="Type">Its scalar type and shape.</param>
/// <param name="IsDifferentiated">Whether the gradient has a member for it.</param>
/// <param name="Modifier">"in " or "".</param>
internal sealed record ParameterModel(
    string Name, string TypeName, ParameterKind Kind, TensorType Type, bool IsDifferentiated, string Modifier = "")
{
    /// <summary>Where it is found, if it is a part of a parameter or of the method's object: <c>model.W1</c>.</summary>
    public string? Path { get; init; }

    /// <summary>The conversion with which it is read: "(int)" of an enum, else "".</summary>
    public string Cast { get; init; } = "";

    /// <summary>How generated code reads it.</summary>
    public string Expression => Cast + (Path ?? Name);

    /// <summary>Whether it is read into a local first.</summary>
    public bool IsLoaded => Path is not null || Cast.Length > 0;

    /// <summary>The type of an array's or span's elements in C#, with global:: names.</summary>
    public string ElementTypeName { get; init; } = "";

    /// <summary>Whether it is a span; its gradient is an array, because a span cannot be a member.</summary>
    public bool IsSpan { get; init; }

    /// <summary>The type of its gradient in C#.</summary>
    public string GradientTypeName => IsSpan ? ElementTypeName + "[]" : TypeName;
}

/// <summary>A type around the method, outermost first.</summary>
/// <param name="Keyword">class, struct, record, record struct, interface.</param>
/// <param name="Name">The name with its type parameters.</param>
internal sealed record ContainingType(string Keyword, string Name);

/// <summary>
/// Everything that the generated file depends on, compared by value: no symbols, no syntax, no locations.
/// </summary>
/// <param name="Namespace">The namespace, or "" for the global one.</param>
/// <param name="Types">The types around the method.</param>
/// <param name="MethodName">The differentiable method.</param>
/// <param name="Accessibility">Its accessibility in C#.</param>
/// <param name="BackwardName">The generated method.</param>
/// <param name="GradientName">The generated record struct.</param>
/// <param name="Parameters">The function's parameters in their order: the method's own, those of records taken apart.</param>
/// <param name="Result">The result; its name is "upstream", the name of its adjoint's parameter.</param>
/// <param name="Function">What the method computes, or null if it could not be read.</param>
/// <param name="Failure">Why it could not be read, for the body that throws; null if it could.</param>
/// <param name="HintName">The name of the generated file.</param>
internal sealed record GradientModel(
    string Namespace,
    EquatableArray<ContainingType> Types,
    string MethodName,
    string Accessibility,
    string BackwardName,
    string GradientName,
    EquatableArray<ParameterModel> Parameters,
    ParameterModel Result,
    Function? Function,
    string? Failure,
    string HintName)
{
    /// <summary>What the method declares, where that is not its parameters one by one.</summary>
    public EquatableArray<DeclaredModel> Records { get; init; }

    /// <summary>What the method declares: members of its object that it reads, then its parameters.</summary>
    public IEnumerable<DeclaredModel> Declared => Records.Count > 0 ? Records : Parameters.Select(
        (p, i) => new DeclaredModel(p.Name, p.TypeName, p.Modifier, false, PartModel.Of(p, i)) { GradientTypeName = p.GradientTypeName });

    /// <summary>Whether the method, and with it what is generated, belongs to an object.</summary>
    public bool IsInstance { get; init; }

    /// <summary>Whether the gradient is checked before it is emitted.</summary>
    public bool IsSelfChecked { get; init; } = true;

    /// <summary>The warnings to switch off in the generated file, each with its reason.</summary>
    public EquatableArray<string> Pragmas { get; init; }
}

/// <summary>A struct marked <c>[Dimension(n)]</c>, for its generated <c>Size</c>.</summary>
internal sealed record DimensionModel(string Namespace, EquatableArray<ContainingType> Types, int Size, string HintName);
