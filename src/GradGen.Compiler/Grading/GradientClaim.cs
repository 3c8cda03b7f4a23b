using System.Collections.Immutable;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.Compiler.Grading;

/// <summary>A method marked [GradientOf]: of which method, with respect to what, and whether its signature is one of a gradient.</summary>
internal sealed class GradientClaim
{
    private GradientClaim(IMethodSymbol gradient, IMethodSymbol method) => (Gradient, Method) = (gradient, method);

    /// <summary>The method written by hand.</summary>
    public IMethodSymbol Gradient { get; }

    /// <summary>The differentiable method.</summary>
    public IMethodSymbol Method { get; }

    /// <summary>The parameters that the gradient is taken with respect to, in the order in which it returns them.</summary>
    public ImmutableArray<IParameterSymbol> Parameters { get; private set; } = [];

    /// <summary>The parameter through which the upstream comes; null where it is 1.</summary>
    public IParameterSymbol? Upstream { get; private set; }

    /// <summary>Whether it returns the generated record, the value and all gradients.</summary>
    public bool ReturnsRecord { get; private set; }

    /// <summary>The only parameter, whose gradient is returned in another layout; the return type is to be changed.</summary>
    public IParameterSymbol? Layout { get; private set; }

    /// <summary>What a method claims, or what is wrong with it; neither where it is not marked or still being typed.</summary>
    public static (GradientClaim? Claim, Problem? Problem) Of(IMethodSymbol gradient)
    {
        if (RuntimeSymbols.AttributeOf(gradient, "GradientOfAttribute") is not { } attribute
            || attribute.ConstructorArguments is not [{ Value: string name }, ..] || gradient.ContainingType is not { } type)
        {
            return default;
        }

        ImmutableArray<string> wanted = attribute.ConstructorArguments.Length > 1 && attribute.ConstructorArguments[1] is { Kind: TypedConstantKind.Array, IsNull: false } names
            ? [.. names.Values.Select(v => v.Value as string ?? "")] : [];
        var place = attribute.ApplicationSyntaxReference is { } reference ? Location.Create(reference.SyntaxTree, reference.Span) : gradient.Locations[0];
        Problem Wrong(Location location, string message) => new(Descriptors.WrongDerivative, location, message);
        var overloads = type.GetMembers(name).OfType<IMethodSymbol>()
            .Where(m => m.MethodKind == MethodKind.Ordinary && !SymbolEqualityComparer.Default.Equals(m, gradient)).ToList();
        var method = overloads.Find(m => RuntimeSymbols.HasAttribute(m, "DifferentiableAttribute"));
        if (method is null)
        {
            return (null, Wrong(place, overloads.Count == 0
                ? $"there is no method '{name}' in '{type.Name}' for '{gradient.Name}' to be the gradient of"
                : $"'{name}' is not marked [Differentiable]: '{gradient.Name}' can be compared with its gradient only then"));
        }

        if (gradient.Parameters.Concat(method.Parameters).Select(p => p.Type).Concat([gradient.ReturnType, method.ReturnType])
            .Any(t => SignatureReader.ContainsError(t) && t.Name != GradientNameOf(method)))
        {
            return default; // C# reports it.
        }

        var differentiable = method.Parameters.Where(IsDifferentiable).ToList();
        if (wanted.FirstOrDefault(w => differentiable.All(p => p.Name != w)) is { } missing)
        {
            return (null, Wrong(place, method.Parameters.Any(p => p.Name == missing)
                ? $"'{name}' has no gradient with respect to '{missing}', which is not differentiated"
                : $"'{name}' has no parameter '{missing}'"));
        }

        if (gradient.IsGenericMethod || gradient.IsAbstract || gradient.IsAsync || (method.IsStatic && !gradient.IsStatic))
        {
            return (null, Wrong(gradient.Locations[0], $"a gradient of '{name}' must be an ordinary method{(method.IsStatic ? ", static as it is" : "")}"));
        }

        var claim = new GradientClaim(gradient, method)
        {
            Parameters = wanted.IsEmpty ? [.. differentiable] : [.. wanted.Select(w => differentiable.First(p => p.Name == w))],
        };
        return claim.ParameterProblem() is { } parameters ? (null, Wrong(gradient.Locations[0], parameters))
            : claim.ReturnProblem() is { } returns ? (null, Wrong(claim.ReturnLocation, returns))
            : (claim, null);
    }

    public Location ReturnLocation => ReturnSyntax?.GetLocation() ?? Gradient.Locations[0];

    public TypeSyntax? ReturnSyntax =>
        Gradient.DeclaringSyntaxReferences.Select(r => r.GetSyntax()).OfType<MethodDeclarationSyntax>().FirstOrDefault()?.ReturnType;

    private string? ParameterProblem()
    {
        foreach (var parameter in Gradient.Parameters)
        {
            var own = Method.Parameters.FirstOrDefault(p => p.Name == parameter.Name);
            if (own is null && Upstream is null && SymbolEqualityComparer.Default.Equals(parameter.Type, Method.ReturnType) && parameter.Ordinal == Gradient.Parameters.Length - 1)
            {
                Upstream = parameter;
            }
            else if (own is null || !SymbolEqualityComparer.Default.Equals(parameter.Type, own.Type) || parameter.RefKind is not (RefKind.None or RefKind.In))
            {
                return own is null
                    ? $"a gradient of '{Method.Name}' takes its parameters, by their names, and then may take '{DerivativeSignature.TypeText(Method.ReturnType)} upstream': '{parameter.Name}' is none of them"
                    : $"'{parameter.Name}' must be passed by value and be of the type that it has in '{Method.Name}', {DerivativeSignature.TypeText(own.Type)}";
            }
        }

        return Upstream is null && RuntimeSymbols.TypeOf(Method.ReturnType) is { Shape.Count: > 1 } or { IsArray: true }
            ? $"the result of '{Method.Name}' has more than one entry: its gradient must take '{DerivativeSignature.TypeText(Method.ReturnType)} upstream', the adjoint of the result"
            : null;
    }

    private string? ReturnProblem()
    {
        var returned = Gradient.ReturnType;
        ReturnsRecord = returned.Name == GradientNameOf(Method);
        if (ReturnsRecord || DerivativeSignature.AreSame(
            Parameters.Length == 1 || returned is not INamedTypeSymbol { IsTupleType: true, TupleElements: var elements } ? [returned] : elements.Select(e => e.Type),
            Parameters.Select(p => p.Type)))
        {
            return null;
        }

        if (Parameters.Length == 1 && RuntimeSymbols.TypeOf(returned) is { IsTensor: true, Shape: var shape }
            && RuntimeSymbols.TypeOf(Parameters[0].Type) is { IsTensor: true } type && shape.Count == type.Shape.Count)
        {
            Layout = Parameters[0];
            return null;
        }

        var expected = Parameters.Length == 1 ? DerivativeSignature.TypeText(Parameters[0].Type)
            : "(" + string.Join(", ", Parameters.Select(p => DerivativeSignature.TypeText(p.Type))) + $") or {GradientNameOf(Method)}";
        return $"the gradient of '{Method.Name}' with respect to {string.Join(", ", Parameters.Select(p => $"'{p.Name}'"))} must return {expected}; it returns {DerivativeSignature.TypeText(returned)}";
    }

    private static string GradientNameOf(IMethodSymbol method) => method.Name + "Gradient";

    private static bool IsDifferentiable(IParameterSymbol parameter) =>
        (RuntimeSymbols.TypeOf(parameter.Type) is { } type ? type.IsFloating : PartReader.HasParts(parameter.Type)) && !RuntimeSymbols.HasAttribute(parameter, "NoDerivativeAttribute");
}
