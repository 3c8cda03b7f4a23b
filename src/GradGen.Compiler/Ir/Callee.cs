namespace GradGen.Compiler.Ir;

/// <summary>
/// A method that is called rather than read, and the one that gives its adjoints: by their names in C#, so that it
/// compares by value.
/// </summary>
/// <param name="Method">The method F in C#, with global:: names.</param>
/// <param name="Derivative">The method that takes F's arguments and the adjoint of its result, and gives theirs.</param>
/// <param name="Parameters">F's parameters, in their order.</param>
/// <param name="Result">The scalar type and shape of F's result.</param>
/// <param name="ResultTypeName">The result's type in C#, with global:: names.</param>
internal sealed record Callee(
    string Method, string Derivative, EquatableArray<CalleeParameter> Parameters, TensorType Result, string ResultTypeName)
{
    private const string Global = "global::";

    /// <summary>What people call the method: Warp.</summary>
    public string Name => NameOf(Method);

    /// <summary>What people call the method that gives the adjoints.</summary>
    public string DerivativeName => NameOf(Derivative);

    /// <summary>A method with its type, without namespaces: Model.Warp.</summary>
    public static string Qualified(string method)
    {
        var parts = method.Replace(Global, "").Split('.');
        return string.Join(".", parts.Skip(Math.Max(0, parts.Length - 2))).Replace("@", "");
    }

    /// <summary>All there is to know, in one line: the printed form says whether two functions are equal.</summary>
    public override string ToString() =>
        $"{ResultTypeName} {Method}({string.Join(", ", Parameters)}) → {Result} by {Derivative}";

    private static string NameOf(string method) => method.Substring(method.LastIndexOf('.') + 1).TrimStart('@');
}

/// <summary>A parameter of a method that is called.</summary>
/// <param name="Type">Its scalar type and shape.</param>
/// <param name="TypeName">Its type in C#, with global:: names, for what must be made to be passed.</param>
/// <param name="Adjoint">
/// Where the derivative's result holds its adjoint: the name of a tuple's element or of a member; "" where the result is
/// the adjoint, null where there is none.
/// </param>
internal sealed record CalleeParameter(TensorType Type, string TypeName, string? Adjoint)
{
    public override string ToString() => $"{TypeName}: {Type}{(Adjoint is null ? "" : $" ∂'{Adjoint}'")}";
}
