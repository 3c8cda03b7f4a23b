using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Reading;

/// <summary>
/// The methods of a compilation that are marked [DerivativeOf], by the method whose derivative they give. Known once a
/// compilation; a file that has not changed is not searched again (<see cref="DerivativeDeclarations"/>).
/// </summary>
internal sealed class CustomDerivatives
{
    private static readonly ConditionalWeakTable<Compilation, CustomDerivatives> Known = new();

    private readonly Compilation _compilation;
    private readonly Dictionary<IMethodSymbol, DerivativeClaim> _claims = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<IMethodSymbol, IMethodSymbol> _second = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, GivenDerivative?> _referenced = new(SymbolEqualityComparer.Default);

    private CustomDerivatives(Compilation compilation, CancellationToken cancellation)
    {
        _compilation = compilation;
        foreach (var derivative in DerivativeDeclarations.In(compilation, cancellation))
        {
            if (DerivativeClaim.Of(derivative, compilation) is not { Method: { } method } claim)
            {
                continue;
            }

            if (_claims.TryGetValue(method, out var first))
            {
                _second[derivative] = first.Derivative;
            }
            else
            {
                _claims[method] = claim;
            }
        }
    }

    public static CustomDerivatives Of(Compilation compilation, CancellationToken cancellation) =>
        Known.GetValue(compilation, c => new CustomDerivatives(c, cancellation));

    /// <summary>The derivative that was given for a method; null if none was.</summary>
    public GivenDerivative? Find(IMethodSymbol method)
    {
        method = DerivativeClaim.Definition(method);
        return _claims.TryGetValue(method, out var claim) ? claim.Given
            : SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _compilation.Assembly) ? null
            : _referenced.GetOrAdd(method, FindReferenced);
    }

    /// <summary>What is wrong with a method marked [DerivativeOf], or null.</summary>
    public Problem? ProblemOf(IMethodSymbol derivative)
    {
        derivative = DerivativeClaim.Definition(derivative);
        var claim = DerivativeClaim.Of(derivative, _compilation);
        return claim?.Problem
            ?? (_second.TryGetValue(derivative, out var first) ? claim?.IsSecondTo(first) : null);
    }

    /// <summary>Of a method in another assembly: the derivative that stands beside it.</summary>
    private GivenDerivative? FindReferenced(IMethodSymbol method)
    {
        if (method.ContainingType is not { } type || !type.ContainingModule.ReferencedAssemblies.Any(a => a.Name == RuntimeSymbols.Namespace))
        {
            return null;
        }

        var claim = type.GetMembers().OfType<IMethodSymbol>().Select(m => DerivativeClaim.Of(m, _compilation))
            .FirstOrDefault(c => c is not null && SymbolEqualityComparer.Default.Equals(c.Method, method));
        return claim?.Problem is { } problem
            ? claim.Given with { Problem = null, Reason = problem.Message } // Nobody reports it in this project.
            : claim?.Given;
    }
}
