using System.Collections.Immutable;

namespace GradGen.Compiler.Ir;

/// <summary>
/// A method that is called rather than read, and the one that gives its adjoints: by their names in C#, so that it
/// compares by value.
/// </summary>
/// <param name="Method">The method F in C#, with global:: names.</param>
/// <param name="Derivative">The method that takes F's arguments and the adjoint of its result, and gives theirs; "" where F is called for its value alone, and no parameter has an adjoint.</param>
/// <param name="Parameters">F's parameters, in their order; of an instance method the object comes first.</param>
/// <param name="Result">F's result.</param>
internal sealed record Callee(string Method, string Derivative, EquatableArray<CalleePart> Parameters, CalleePart Result)
{
    private const string Global = "global::";

    /// <summary>Whether both are methods of the object that is the first parameter.</summary>
    public bool IsInstance { get; init; }

    /// <summary>What the parameters consist of: an operand of the call each.</summary>
    public ImmutableArray<CalleePart> Leaves => [.. Parameters.Items.SelectMany(p => p.Leaves)];

    /// <summary>What people call the method: Warp.</summary>
    public string Name => Parts(Method).Last().TrimStart('@');

    /// <summary>What people call the method that gives the adjoints.</summary>
    public string DerivativeName => Parts(Derivative).Last().TrimStart('@');

    /// <summary>A method with its type, without namespaces and type arguments: Model.Warp.</summary>
    public static string Qualified(string method)
    {
        var parts = Parts(method);
        return string.Join(".", parts.Skip(Math.Max(0, parts.Count - 2))).Replace("@", "");
    }

    /// <summary>How a method is called on its object: its name with its type arguments.</summary>
    public static string MemberName(string method) => method.Substring(Dots(method).Last() + 1);

    /// <summary>All there is to know, in one line: the printed form says whether two functions are equal.</summary>
    public override string ToString() =>
        $"{Result.TypeName} {Method}({(IsInstance ? "this " : "")}{string.Join(", ", Parameters)}) → {Result.Text}{(Derivative.Length > 0 ? " by " + Derivative : "")}";

    /// <summary>The names between the dots, without type arguments.</summary>
    private static List<string> Parts(string method)
    {
        var parts = new List<string>();
        var start = 0;
        foreach (var dot in Dots(method).Append(method.Length))
        {
            var part = method.Substring(start, dot - start).Replace(Global, "");
            parts.Add(part.IndexOf('<') is var generic and > 0 ? part.Substring(0, generic) : part);
            start = dot + 1;
        }

        return parts;
    }

    /// <summary>Where the dots are that stand outside type arguments.</summary>
    private static IEnumerable<int> Dots(string method)
    {
        var depth = 0;
        for (var i = 0; i < method.Length; i++)
        {
            depth += method[i] switch { '<' => 1, '>' => -1, _ => 0 };
            if (method[i] == '.' && depth == 0)
            {
                yield return i;
            }
        }
    }
}

/// <summary>How a value with members is made anew.</summary>
internal enum CalleeMaking
{
    /// <summary>It cannot be, or has no members: a number, a matrix, an array.</summary>
    None,
    /// <summary>(a, b).</summary>
    Tuple,
    /// <summary>new Layer { W = w, B = b }.</summary>
    Initializer,
    /// <summary>new Layer(w, b) { Scale = s }.</summary>
    Constructor,
}

/// <summary>
/// What goes to a method that is called or comes from it: a number, a matrix or an array, which is a leaf, or a tuple, a
/// record or an object of such.
/// </summary>
/// <param name="Name">The name of the parameter or member in C#.</param>
/// <param name="TypeName">The type in C#, with global:: names.</param>
/// <param name="Type">A leaf's scalar type and shape; null for what has members.</param>
internal sealed record CalleePart(string Name, string TypeName, TensorType? Type)
{
    /// <summary>Whether a leaf has an adjoint.</summary>
    public bool IsDifferentiated { get; init; }

    /// <summary>
    /// Where what is returned holds a leaf, with the dot or question mark before it, "" where it is the leaf: of the result
    /// the method, of a parameter's adjoint the derivative. Null for a parameter without an adjoint.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>The type of an array's elements in C#.</summary>
    public string ElementTypeName { get; init; } = "";

    /// <summary>Whether it is an enum, which is computed with as int.</summary>
    public bool IsEnum => Type == TensorType.Int32 && TypeName != "int";

    public EquatableArray<CalleePart> Members { get; init; }

    /// <summary>Whether what has members can be null.</summary>
    public bool IsReference { get; init; }

    /// <summary>Whether it is an object that a differentiable method cannot change: no record and no struct.</summary>
    public bool IsFixed { get; init; }

    public CalleeMaking Making { get; init; }

    /// <summary>For <see cref="CalleeMaking.Constructor"/>: the members that it takes, in the order of its parameters.</summary>
    public EquatableArray<string> Constructor { get; init; }

    /// <summary>The caller's own value that this argument is, or differs from in some members only: an expression in C#, or null.</summary>
    public string? Source { get; init; }

    /// <summary>The leaves in their order.</summary>
    public IEnumerable<CalleePart> Leaves => Type is not null ? [this] : Members.Items.SelectMany(m => m.Leaves);

    /// <summary>The same, held at a path; in parameters only what is differentiated.</summary>
    public CalleePart At(string path, bool isResult) => Type is not null
        ? this with { Path = isResult || IsDifferentiated ? path : null }
        : this with { Members = new(Members.Items.Select(m => m.At(PathOf(path, m), isResult))) };

    /// <summary>The same without adjoints.</summary>
    public CalleePart WithoutAdjoint() => this with { Path = null, IsDifferentiated = false, Members = new(Members.Items.Select(m => m.WithoutAdjoint())) };

    /// <summary>The path of a member of what is at a path.</summary>
    public string PathOf(string path, CalleePart member) => path + (IsReference ? "?." : ".") + member.Name;

    public override string ToString() => (Source is null ? "" : Source + " as ") + TypeName + ": " + Text;

    /// <summary>What it is, without its type in C#.</summary>
    public string Text => (Type is { } type
        ? type + (ElementTypeName.Length > 0 ? " of " + ElementTypeName : "")
        : $"{(IsFixed ? "object" : IsReference ? "record" : "value")} {Making}({string.Join(", ", Constructor)}) {{ {string.Join(", ", Members.Items.Select(m => m.Name + " = " + m))} }}")
        + (Path is null ? "" : $" ∂'{Path}'");
}
