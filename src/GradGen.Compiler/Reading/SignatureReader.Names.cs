using GradGen.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GradGen.Compiler.Reading;

/// <content>What the generated members are called, and what stands in the way of these names.</content>
internal sealed partial class SignatureReader
{
    private AttributeData? DifferentiableAttribute => RuntimeSymbols.AttributeOf(_method, "DifferentiableAttribute")
        ?? (_method.PartialImplementationPart is { } part ? RuntimeSymbols.AttributeOf(part, "DifferentiableAttribute") : null);

    private object? NamedArgument(string name) => DifferentiableAttribute?.NamedArguments.FirstOrDefault(a => a.Key == name).Value.Value;

    /// <summary>Backward for Forward, BackwardXyz for ForwardXyz, FBackward for F; FGradient beside it.</summary>
    private (string Backward, string Gradient) Names()
    {
        var given = NamedArgument("BackwardName") as string;
        if (given is not null && !SyntaxFacts.IsValidIdentifier(given))
        {
            _canGenerate = false;
            var location = DifferentiableAttribute?.ApplicationSyntaxReference is { } reference ? Location.Create(reference.SyntaxTree, reference.Span) : _method.Locations[0];
            _problems.Add(new Problem(Descriptors.NameTaken, location, $"'{given}' is not a name for the backward method of '{_method.Name}'"));
        }

        const string forward = "Forward";
        var name = _method.Name;
        return (
            given ?? (name.StartsWith(forward, StringComparison.Ordinal) ? "Backward" + name.Substring(forward.Length) : name + "Backward"),
            name + "Gradient");
    }

    /// <summary>What C# would warn of in generated code, and the user cannot mend there.</summary>
    private IEnumerable<string> Pragmas(string backward, string gradient)
    {
        if (TypesAbove(_method.ContainingType).Any(t => !t.GetMembers(backward).IsEmpty || !t.GetMembers(gradient).IsEmpty
            || t.GetMembers().OfType<IMethodSymbol>().Any(m => RuntimeSymbols.HasAttribute(m, "DifferentiableAttribute") && (BackwardNameOf(m) == backward || m.Name + "Gradient" == gradient))))
        {
            yield return "CS0108, CS0109 // A base type has members of the same names: these hide them.";
        }

        if (_method.Parameters.Select(p => p.Type).Append(_method.ReturnType).Any(IsObsolete) || RuntimeSymbols.IsObsolete(_method))
        {
            yield return "CS0612, CS0618 // The method, or a type of its signature, is obsolete.";
        }
    }

    private static IEnumerable<INamedTypeSymbol> TypesAbove(INamedTypeSymbol type)
    {
        for (var above = type.BaseType; above is not null; above = above.BaseType)
        {
            yield return above;
        }
    }

    private static bool IsObsolete(ITypeSymbol type) =>
        RuntimeSymbols.IsObsolete(type) || (type is INamedTypeSymbol named && named.TypeArguments.Any(IsObsolete));

    private void CheckNames(string backward, string gradient)
    {
        var type = _method.ContainingType;
        var taken = type.Name == gradient || type.TypeParameters.Any(p => p.Name == gradient) || type.GetMembers(gradient).Any(m => !IsGenerated(m)) || HasEarlierTwin(m => m.Name == _method.Name) ? gradient
            : type.Name == backward || type.GetMembers(backward).Any(m => !IsGenerated(m) && Clashes(m)) || HasEarlierTwin(m => BackwardNameOf(m) == backward) ? backward
            : null;
        if (taken is null)
        {
            return;
        }

        _canGenerate = false;
        _problems.Add(new Problem(
            Descriptors.NameTaken, _method.Locations[0],
            $"'{taken}' already exists in '{type.Name}'; GradGen would generate the same name for '{_method.Name}'"
            + (taken == backward ? ": choose another with [Differentiable(BackwardName = \"…\")]" : ": rename one of them")));
    }

    private bool HasEarlierTwin(Func<IMethodSymbol, bool> isTwin) => _method.ContainingType.GetMembers().OfType<IMethodSymbol>().Any(
        m => !SymbolEqualityComparer.Default.Equals(m.PartialDefinitionPart ?? m, _method)
            && RuntimeSymbols.HasAttribute(m, "DifferentiableAttribute")
            && isTwin(m)
            && IsBefore(m.Locations[0], _method.Locations[0]));

    /// <summary>What the backward method of a method marked [Differentiable] is called.</summary>
    public static string BackwardNameOf(IMethodSymbol method) => new SignatureReader(method, null).Names().Backward;

    private static bool IsBefore(Location left, Location right)
    {
        var order = string.CompareOrdinal(left.SourceTree?.FilePath, right.SourceTree?.FilePath);
        return order != 0 ? order < 0 : left.SourceSpan.Start < right.SourceSpan.Start;
    }

    /// <summary>Whether a member of the generated method's name stands in its way: a method with the same first parameters does.</summary>
    private bool Clashes(ISymbol member)
    {
        if (member is not IMethodSymbol other)
        {
            return true;
        }

        var count = _method.Parameters.Length;
        return other.Parameters.Length >= count
            && other.Parameters.Length <= count + 3
            && other.Parameters.Take(count).Zip(_method.Parameters, (a, b) => SymbolEqualityComparer.Default.Equals(a.Type, b.Type)).All(e => e);
    }

    /// <summary>Whether GradGen wrote it.</summary>
    public static bool IsGenerated(ISymbol symbol) => symbol.GetAttributes().Any(
        a => a.AttributeClass?.Name == "GeneratedCodeAttribute" && a.ConstructorArguments.Length > 0 && a.ConstructorArguments[0].Value is "GradGen");
}
