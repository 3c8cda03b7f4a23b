using System.Collections.Immutable;
using GradGen.Compiler.Explanation;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;

namespace GradGen.CodeFixes;

/// <summary>The signature of a derivative as it is written at a place in a file.</summary>
internal sealed class DerivativeText(DerivativeSignature signature, SemanticModel model, int position)
{
    /// <summary>Names that C# keeps for itself in tuples.</summary>
    private static readonly ImmutableHashSet<string> TupleWords =
        ["CompareTo", "Deconstruct", "Equals", "GetHashCode", "Rest", "ToString"];

    /// <summary>(Matrix&lt;double, N2, N2&gt; W, Vector&lt;double, N2&gt; X), or the one type.</summary>
    public string ReturnType
    {
        get
        {
            var types = signature.Differentiable.Select(p => Type(signature.AdjointTypeOf(p))).ToList();
            if (types.Count == 1)
            {
                return types[0];
            }

            var names = signature.Differentiable.Select(p => Notation.Pascal(p.Name)).ToList();
            var areNames = names.Distinct().Count() == names.Count && !names.Any(n => TupleWords.Contains(n) || n.StartsWith("Item", StringComparison.Ordinal));
            return "(" + string.Join(", ", types.Zip(names, (type, name) => areNames ? type + " " + name : type)) + ")";
        }
    }

    /// <summary>
    /// F's parameters and the adjoint. Where a method has a parameter of the same type at the same place, it keeps its
    /// name, which its body uses.
    /// </summary>
    public string Parameters(IMethodSymbol? present = null)
    {
        var own = signature.Method.Parameters;
        var names = own.Select((p, i) => NameIn(present, i, p.Type) ?? p.Name).ToList();
        var last = present?.Parameters.LastOrDefault();
        names.Add(last is not null && IsSame(last.Type, signature.Method.ReturnType) ? last.Name : signature.UpstreamName);
        if (names.Distinct().Count() < names.Count)
        {
            names = [.. own.Select(p => p.Name), signature.UpstreamName];
        }

        return string.Join(", ", own.Select(p => p.Type).Append(signature.Method.ReturnType).Zip(names, (t, n) => Type(t) + " " + Escape(n)));
    }

    /// <summary>"&lt;TSize&gt;" of a generic method, else nothing.</summary>
    public string TypeParameterList => signature.Method.IsGenericMethod ? TypeParameters.List(signature.Method) : "";

    /// <summary>" where TSize : struct, IDimension", of each type parameter that has constraints.</summary>
    public string Constraints => string.Concat(TypeParameters.Constraints(signature.Method, Type).Select(c => " " + c));

    /// <summary>A type, as short as it can be written here.</summary>
    public string Type(ITypeSymbol type) =>
        type.WithNullableAnnotation(NullableAnnotation.None).ToMinimalDisplayString(model, position);

    public static string Escape(string name) => Compiler.Emission.Names.Escape(name);

    private static string? NameIn(IMethodSymbol? present, int index, ITypeSymbol type) =>
        present is not null && index < present.Parameters.Length && IsSame(present.Parameters[index].Type, type) ? present.Parameters[index].Name : null;

    private static bool IsSame(ITypeSymbol left, ITypeSymbol right) => SymbolEqualityComparer.Default.Equals(left, right);
}
