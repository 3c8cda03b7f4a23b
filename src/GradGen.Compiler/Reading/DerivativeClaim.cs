using GradGen.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.Compiler.Reading;

/// <summary>A method marked [DerivativeOf]: whose derivative it says it gives, and whether it does.</summary>
internal sealed class DerivativeClaim
{
    private GivenDerivative? _given;

    private DerivativeClaim(IMethodSymbol derivative, AttributeData attribute, Compilation compilation) =>
        (Derivative, Attribute, Compilation) = (derivative, attribute, compilation);

    /// <summary>The marked method.</summary>
    public IMethodSymbol Derivative { get; }

    /// <summary>The method that it names; null if there is none, or several and none that fits.</summary>
    public IMethodSymbol? Method { get; private set; }

    /// <summary>What it must look like; null if it cannot be.</summary>
    public DerivativeSignature? Signature { get; private set; }

    /// <summary>What is wrong, or null.</summary>
    public Problem? Problem { get; private set; }

    private AttributeData Attribute { get; }

    private Compilation Compilation { get; }

    /// <summary>The derivative as its callers see it.</summary>
    public GivenDerivative Given => _given ??= new GivenDerivative(Method!, Derivative, null) { Problem = Problem };

    /// <summary>One method for both parts of a partial one, and for all it was constructed to.</summary>
    public static IMethodSymbol Definition(IMethodSymbol method)
    {
        method = method.OriginalDefinition;
        return method.PartialDefinitionPart ?? method;
    }

    /// <summary>What a method claims; null if it is not marked.</summary>
    public static DerivativeClaim? Of(IMethodSymbol derivative, Compilation compilation)
    {
        if (RuntimeSymbols.AttributeOf(derivative, "DerivativeOfAttribute") is not { } attribute)
        {
            return null;
        }

        var claim = new DerivativeClaim(derivative, attribute, compilation);
        claim.Read();
        return claim;
    }

    /// <summary>The problem of the second of two that claim to be the derivative of the same method.</summary>
    public Problem IsSecondTo(IMethodSymbol first) => ProblemAt(
        Derivative.Locations[0], $"'{first.ContainingType.Name}.{first.Name}' already gives the derivative of '{Method!.Name}': there can be only one");

    private void Read()
    {
        var (type, name) = Attribute.ConstructorArguments switch
        {
            [{ Value: string only }] => (Derivative.ContainingType, only),
            [{ Value: INamedTypeSymbol other }, { Value: string named }] => (other, named),
            _ => (null, ""),
        };
        if (type is null || type.TypeKind == TypeKind.Error)
        {
            return; // C# reports it, or it is still being typed.
        }

        var overloads = type.GetMembers(name).OfType<IMethodSymbol>()
            .Where(m => m.MethodKind == MethodKind.Ordinary && !SymbolEqualityComparer.Default.Equals(Definition(m), Derivative))
            .Select(Definition).ToList();
        Method = overloads.Find(m => m.Parameters.Length == Derivative.Parameters.Length - 1 && DerivativeSignature.StartsWithParametersOf(Derivative, m))
            ?? (overloads.Count == 1 ? overloads[0] : overloads.Find(m => m.Parameters.Length == Derivative.Parameters.Length && DerivativeSignature.StartsWithParametersOf(Derivative, m)));
        if (Method is null)
        {
            Problem = overloads.Count == 0
                ? ProblemAt(AttributeLocation, $"there is no method '{name}' in '{type.Name}' for '{Derivative.Name}' to be the derivative of")
                : ProblemAt(Derivative.Locations[0], $"no overload of '{name}' in '{type.Name}' has the parameters of '{Derivative.Name}' without the last, which is the adjoint of its result");
            return;
        }

        var (signature, reason) = DerivativeSignature.Of(Method, Compilation);
        Signature = signature;
        if (reason is not null)
        {
            Problem = ProblemAt(Derivative.Locations[0], $"'{Method.Name}' can have no derivative given by hand: {reason}");
        }
        else if (signature is not null && !Derivative.Parameters.Select(p => p.Type).Append(Derivative.ReturnType).Any(SignatureReader.ContainsError))
        {
            Check(signature);
        }
    }

    private void Check(DerivativeSignature signature)
    {
        var name = Method!.Name;
        var isInSameType = SymbolEqualityComparer.Default.Equals(Derivative.ContainingType, Method.ContainingType);
        if (!Derivative.IsStatic || Derivative.MethodKind != MethodKind.Ordinary || Derivative.IsAbstract || Derivative.IsVirtual
            || (!isInSameType && (IsInGenericType(Derivative) || IsInGenericType(Method))))
        {
            Problem = ProblemAt(
                Derivative.Locations[0],
                $"the derivative of '{name}' must be an ordinary static method: not abstract or virtual, and not in a generic type unless '{name}' is in the same");
        }
        else if (Derivative.Arity != Method.Arity || !TypeParameters.TakesAll(Derivative, Method))
        {
            Problem = ProblemAt(
                Derivative.Locations[0],
                Method.Arity == 0 ? $"the derivative of '{name}' must not be generic, because '{name}' is not"
                : $"the derivative of '{name}' must be generic as '{name}' is, {TypeParameters.Text(Method)}, and take all that it takes");
        }
        else if (!signature.HasParameters(Derivative))
        {
            Problem = ProblemAt(
                Derivative.Locations[0],
                $"the derivative of '{name}' must take the parameters of '{name}' and then '{signature.UpstreamText}', the adjoint of its result: {signature.ParametersText}");
        }
        else if (signature.PathsIn(Derivative) is { } paths)
        {
            _given = new GivenDerivative(Method, Derivative, null)
            {
                Paths = signature.Differentiable.Zip(paths, (p, path) => (p.Ordinal, path)).ToDictionary(p => p.Ordinal, p => p.path),
            };
        }
        else
        {
            var what = signature.Differentiable.Length == 1
                ? $", the adjoint of '{signature.Differentiable[0].Name}'" : ", one adjoint for each differentiable parameter";
            Problem = ProblemAt(
                ReturnLocation,
                $"the derivative of '{name}' must return {signature.ReturnText}{what}; it returns {DerivativeSignature.TypeText(Derivative.ReturnType)}");
        }
    }

    private static bool IsInGenericType(IMethodSymbol method) => method.ContainingType is not { IsGenericType: false };

    private static Problem ProblemAt(Location location, string message) => new(Descriptors.WrongDerivative, location, message);

    private Location ReturnLocation => Derivative.DeclaringSyntaxReferences.Select(r => r.GetSyntax()).OfType<MethodDeclarationSyntax>().FirstOrDefault()
        ?.ReturnType.GetLocation() ?? Derivative.Locations[0];

    private Location AttributeLocation => Attribute.ApplicationSyntaxReference is { } reference
        ? Location.Create(reference.SyntaxTree, reference.Span) : Derivative.Locations[0];
}
