using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Reading;

/// <summary>The type parameters of methods whose derivative is given by hand: dimensions and scalar types.</summary>
internal static class TypeParameters
{
    /// <summary>
    /// The method over some dimension and scalar type in place of each type parameter, which is enough to tell what is
    /// differentiable; the method itself where it has none left. Null where a type parameter is something else.
    /// </summary>
    public static IMethodSymbol? Sample(IMethodSymbol method, Compilation compilation)
    {
        ITypeSymbol? Known(ITypeSymbol argument) => argument is ITypeParameterSymbol parameter ? SampleOf(parameter, compilation) : argument;
        if (method.ContainingType is { IsGenericType: true } type)
        {
            ImmutableArray<ITypeSymbol?> outer = [.. type.TypeArguments.Select(Known)];
            if (outer.Any(o => o is null))
            {
                return null;
            }

            if (outer.Zip(type.TypeArguments, (a, b) => ReferenceEquals(a, b)).Any(same => !same))
            {
                var arguments = method.TypeArguments;
                method = type.ConstructedFrom.Construct([.. outer.Select(o => o!)]).GetMembers(method.Name).OfType<IMethodSymbol>()
                    .First(m => SymbolEqualityComparer.Default.Equals(m.OriginalDefinition, method.OriginalDefinition));
                method = method.IsGenericMethod ? method.Construct([.. arguments]) : method;
            }
        }

        if (!method.IsGenericMethod)
        {
            return method;
        }

        ImmutableArray<ITypeSymbol?> own = [.. method.TypeArguments.Select(Known)];
        return own.Any(o => o is null) ? null : method.ConstructedFrom.Construct([.. own.Select(o => o!)]);
    }

    /// <summary>A method with what is known of type parameters in their place, its own and those of the types around it.</summary>
    public static IMethodSymbol Resolved(IMethodSymbol method, Func<ITypeSymbol, ITypeSymbol> resolve)
    {
        var arguments = method.TypeArguments;
        if (method.ContainingType is { IsGenericType: true } type)
        {
            method = ((INamedTypeSymbol)Resolved(type, resolve)).GetMembers(method.Name).OfType<IMethodSymbol>()
                .First(m => SymbolEqualityComparer.Default.Equals(m.OriginalDefinition, method.OriginalDefinition));
        }

        return method.IsGenericMethod ? method.ConstructedFrom.Construct([.. arguments.Select(a => Resolved(a, resolve))]) : method;
    }

    private static ITypeSymbol Resolved(ITypeSymbol type, Func<ITypeSymbol, ITypeSymbol> resolve)
    {
        if (type is not INamedTypeSymbol { IsGenericType: true } named)
        {
            return resolve(type);
        }

        var definition = named.ContainingType is { IsGenericType: true } outer
            ? ((INamedTypeSymbol)Resolved(outer, resolve)).GetTypeMembers(named.Name, named.Arity).First()
            : named.ConstructedFrom;
        return named.Arity == 0 ? definition : definition.Construct([.. named.TypeArguments.Select(a => Resolved(a, resolve))]);
    }

    /// <summary>A method with another's type parameters in place of its own; null where it has not as many.</summary>
    public static IMethodSymbol? Aligned(IMethodSymbol method, IMethodSymbol other) => method.Arity != other.Arity ? null
        : method.Arity == 0 ? method
        : method.OriginalDefinition.Construct([.. other.TypeArguments]);

    /// <summary>Whether what another method's type parameters may be, a method's may be too.</summary>
    public static bool TakesAll(IMethodSymbol method, IMethodSymbol other) => Aligned(method, other) is { } aligned
        && aligned.OriginalDefinition.TypeParameters.Zip(other.OriginalDefinition.TypeParameters, (own, its) =>
            (!own.HasUnmanagedTypeConstraint || its.HasUnmanagedTypeConstraint)
            && (!own.HasValueTypeConstraint || its.HasValueTypeConstraint || its.HasUnmanagedTypeConstraint)
            && (!own.HasReferenceTypeConstraint || its.HasReferenceTypeConstraint)
            && (!own.HasConstructorConstraint || its.HasConstructorConstraint || its.HasValueTypeConstraint || its.HasUnmanagedTypeConstraint)
            && own.ConstraintTypes.All(c => its.ConstraintTypes.Any(o => Implies(o, With(c, method.OriginalDefinition, other.OriginalDefinition)))))
            .All(takes => takes);

    /// <summary>"F&lt;TSize&gt;", with what each type parameter may be: "where TSize : struct, IDimension".</summary>
    public static string Text(IMethodSymbol method) => "'" + method.Name + List(method) + string.Concat(Constraints(method, c => DerivativeSignature.TypeText(c)).Select(c => " " + c)) + "'";

    /// <summary>"&lt;TSize, TScalar&gt;".</summary>
    public static string List(IMethodSymbol method) => "<" + string.Join(", ", method.TypeParameters.Select(SignatureReader.EscapedName)) + ">";

    /// <summary>"where TSize : struct, IDimension", for each type parameter that has constraints.</summary>
    public static IEnumerable<string> Constraints(IMethodSymbol method, Func<ITypeSymbol, string> write)
    {
        foreach (var parameter in method.TypeParameters)
        {
            List<string> constraints =
            [
                .. parameter.HasUnmanagedTypeConstraint ? ["unmanaged"] : parameter.HasValueTypeConstraint ? ["struct"]
                    : parameter.HasReferenceTypeConstraint ? ["class"] : parameter.HasNotNullConstraint ? ["notnull"] : Array.Empty<string>(),
                .. parameter.ConstraintTypes.Select(write),
                .. parameter.HasConstructorConstraint ? ["new()"] : Array.Empty<string>(),
            ];
            if (constraints.Count > 0)
            {
                yield return $"where {SignatureReader.EscapedName(parameter)} : {string.Join(", ", constraints)}";
            }
        }
    }

    private static bool Implies(ITypeSymbol constraint, ITypeSymbol wanted) =>
        SymbolEqualityComparer.Default.Equals(constraint, wanted) || constraint.AllInterfaces.Contains(wanted, SymbolEqualityComparer.Default);

    /// <summary>A constraint that speaks of a method's type parameters as one that speaks of another's.</summary>
    private static ITypeSymbol With(ITypeSymbol constraint, IMethodSymbol method, IMethodSymbol other) => constraint switch
    {
        ITypeParameterSymbol { DeclaringMethod: { } declaring } own when SymbolEqualityComparer.Default.Equals(declaring, method) => other.TypeParameters[own.Ordinal],
        INamedTypeSymbol { IsGenericType: true, IsUnboundGenericType: false } named => named.ConstructedFrom.Construct([.. named.TypeArguments.Select(a => With(a, method, other))]),
        _ => constraint,
    };

    private static ITypeSymbol? SampleOf(ITypeParameterSymbol parameter, Compilation compilation)
    {
        var constraints = parameter.ConstraintTypes.SelectMany(c => c.AllInterfaces.Cast<ITypeSymbol>().Prepend(c)).ToList();
        return constraints.Any(c => c.Name == "IDimension" && c.ContainingNamespace is { Name: RuntimeSymbols.Namespace, ContainingNamespace.IsGlobalNamespace: true })
            ? compilation.GetTypeByMetadataName(RuntimeSymbols.Namespace + ".N2")
            : constraints.Any(c => c.Name == "INumberBase" && NumericsTypes.IsNumerics(c))
            ? compilation.GetSpecialType(SpecialType.System_Double)
            : null;
    }
}
