using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Reading;

/// <summary>
/// A method whose derivative need not be found, because another method gives it: one marked [DerivativeOf], or the
/// backward method that GradGen wrote in another assembly.
/// </summary>
/// <param name="Method">The method.</param>
/// <param name="Derivative">The one that gives its adjoints; null where it was looked for and not found.</param>
/// <param name="Callee">What is called; null if something is wrong.</param>
internal sealed record GivenDerivative(IMethodSymbol Method, IMethodSymbol? Derivative, Callee? Callee)
{
    /// <summary>What is wrong, reported where the derivative is declared.</summary>
    public Problem? Problem { get; init; }

    /// <summary>What is wrong, to be reported where the method is called.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// The backward method that GradGen wrote for a [Differentiable] method of another assembly; null if it is not marked
    /// so.
    /// </summary>
    public static GivenDerivative? Generated(IMethodSymbol method)
    {
        if (!RuntimeSymbols.HasAttribute(method, "DifferentiableAttribute"))
        {
            return null;
        }

        var (signature, reason) = DerivativeSignature.Of(method);
        if (signature is null)
        {
            return new GivenDerivative(method, null, null) { Reason = reason ?? "its types are not known" };
        }

        var name = SignatureReader.BackwardNameOf(method);
        foreach (var backward in method.ContainingType.GetMembers(name).OfType<IMethodSymbol>())
        {
            if (backward is { IsStatic: true, IsGenericMethod: false } && signature.HasParameters(backward) && MembersOf(backward.ReturnType, signature) is { } members)
            {
                return new GivenDerivative(method, backward, signature.ToCallee(backward, members));
            }
        }

        return new GivenDerivative(method, null, null)
        {
            Reason = $"its assembly has no method '{name}' that GradGen would have written for it",
        };
    }

    /// <summary>The members of the gradient's record: after the value, one for each differentiable parameter in their order.</summary>
    private static ImmutableArray<string>? MembersOf(ITypeSymbol gradient, DerivativeSignature signature)
    {
        var expected = signature.Differentiable.Select(p => p.Type).Prepend(signature.Method.ReturnType).ToList();
        var constructor = (gradient as INamedTypeSymbol)?.InstanceConstructors.FirstOrDefault(
            c => c.Parameters.Select(p => p.Type).SequenceEqual(expected, SymbolEqualityComparer.Default));
        if (constructor is null)
        {
            return null;
        }

        ImmutableArray<string> members = [.. constructor.Parameters.Skip(1).Select(p => p.Name)];
        return members.All(m => gradient.GetMembers(m).OfType<IPropertySymbol>().Any()) ? members : null;
    }
}
