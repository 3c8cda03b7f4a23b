using System.Collections.Immutable;
using GradGen.Compiler.Explanation;
using GradGen.Compiler.Ir;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Reading;

/// <summary>
/// A method whose derivative need not be found, because another method gives it: one marked [DerivativeOf], or the
/// backward method that GradGen wrote in another assembly; or because a gradient that flows there is stopped.
/// </summary>
/// <param name="Method">The method; where it is generic, as it is declared or as it is called.</param>
/// <param name="Derivative">The one that gives its adjoints; null where it was looked for and not found.</param>
/// <param name="Callee">What is called; null if something is wrong, or as long as the call is not known.</param>
internal sealed record GivenDerivative(IMethodSymbol Method, IMethodSymbol? Derivative, Callee? Callee)
{
    /// <summary>What is wrong, reported where the derivative is declared.</summary>
    public Problem? Problem { get; init; }

    /// <summary>What is wrong, to be reported where the method is called.</summary>
    public string? Reason { get; init; }

    /// <summary>Where what the derivative returns has the adjoints, by the numbers of the method's parameters.</summary>
    public IReadOnlyDictionary<int, string> Paths { get; init; } = new Dictionary<int, string>();

    /// <summary>The same for a call, whose type arguments are known.</summary>
    /// <param name="called">The method as it is called.</param>
    /// <param name="compilation">For what can be reached.</param>
    /// <param name="within">The type in which generated code calls it.</param>
    public GivenDerivative For(IMethodSymbol called, Compilation compilation, INamedTypeSymbol within)
    {
        if (Callee is not null || Derivative is null || Problem is not null || Reason is not null)
        {
            return this;
        }

        var (signature, reason) = DerivativeSignature.Of(called, compilation, within);
        if (signature is null)
        {
            return this with { Reason = reason ?? "its types are not known" };
        }

        // The derivative stands in the same generic type, if that is one, and is generic in the same way.
        var derivative = !called.ContainingType.IsGenericType ? Derivative : called.ContainingType.GetMembers(Derivative.Name).OfType<IMethodSymbol>()
            .First(m => SymbolEqualityComparer.Default.Equals(m.OriginalDefinition, Derivative.OriginalDefinition));
        if (called.IsGenericMethod)
        {
            derivative = derivative.Construct([.. called.TypeArguments]);
        }

        return new GivenDerivative(called, derivative, signature.ToCallee(derivative, Paths));
    }

    /// <summary>
    /// A method that is called for its value alone, because no gradient flows on from it: nothing gives its derivative, and
    /// what it returns does not vary. With the reason where it cannot be called.
    /// </summary>
    public static GivenDerivative OfValue(IMethodSymbol called, Compilation compilation, INamedTypeSymbol within)
    {
        var (signature, reason) = DerivativeSignature.Of(called, compilation, within, isForValue: true);
        return new GivenDerivative(called, null, signature?.ToCallee(null, new Dictionary<int, string>()))
        {
            Reason = signature is null ? reason ?? "its types are not known" : null,
        };
    }

    /// <summary>
    /// The backward method that GradGen wrote for a [Differentiable] method of another assembly; null if it is not marked
    /// so.
    /// </summary>
    public static GivenDerivative? Generated(IMethodSymbol method, Compilation compilation, INamedTypeSymbol within)
    {
        if (!RuntimeSymbols.HasAttribute(method, "DifferentiableAttribute"))
        {
            return null;
        }

        var (signature, reason) = DerivativeSignature.Of(method, compilation, within, ofObjects: true);
        if (signature is null)
        {
            return new GivenDerivative(method, null, null) { Reason = reason ?? "its types are not known" };
        }

        var name = SignatureReader.BackwardNameOf(method);
        var candidates = method.ContainingType.GetMembers(name).OfType<IMethodSymbol>().Where(m => m.IsStatic == method.IsStatic && !m.IsGenericMethod).ToList();
        foreach (var backward in candidates)
        {
            if (signature.HasParameters(backward) && MembersOf(backward.ReturnType, signature) is { } members)
            {
                return Generated(backward, members, signature, compilation, within);
            }
        }

        return new GivenDerivative(method, null, null)
        {
            Reason = candidates.Count == 0
                ? $"its assembly has no method '{name}' that GradGen would have written for it: compile that project with GradGen"
                : $"'{name}' of its assembly is not what this version of GradGen writes for it: compile that project again with this version",
        };
    }

    private static GivenDerivative Generated(
        IMethodSymbol backward, ImmutableArray<IParameterSymbol> members, DerivativeSignature signature, Compilation compilation, INamedTypeSymbol within)
    {
        var method = signature.Method;
        var own = members.Length - signature.Differentiable.Length;
        var paths = signature.Differentiable.Zip(members.Skip(own), (p, m) => (p.Ordinal, m)).ToDictionary(p => p.Ordinal, p => PathOf(p.m));
        var callee = signature.ToCallee(backward, paths);
        if (method.IsStatic)
        {
            return new GivenDerivative(method, backward, callee);
        }

        var (receiver, reason) = ReceiverOf(method.ContainingType, [.. members.Take(own)], compilation, within);
        return receiver is null ? new GivenDerivative(method, backward, null) { Reason = reason }
            : new GivenDerivative(method, backward, callee with { IsInstance = true, Parameters = new(callee.Parameters.Items.Insert(0, receiver)) });
    }

    /// <summary>The object of an instance method, whose members have the adjoints that the gradient has for them.</summary>
    private static (CalleePart? Receiver, string? Reason) ReceiverOf(
        INamedTypeSymbol type, ImmutableArray<IParameterSymbol> gradients, Compilation compilation, INamedTypeSymbol within)
    {
        var reader = new CalleeReader(compilation, within);
        if (reader.Read(type, "this", isDifferentiated: !gradients.IsEmpty) is not { } receiver)
        {
            return reader.Error is { } error ? (null, error)
                : gradients.IsEmpty ? (new CalleePart("this", SignatureReader.FullName(type), null) { IsReference = type.IsReferenceType }, null)
                : (null, NotShown(gradients[0]));
        }

        string NotShown(IParameterSymbol gradient) =>
            $"its gradient has a member '{gradient.Name}' for something of '{type.Name}' that cannot be read and set here: make that a property with 'get' and 'init', or mark it [NoDerivative]";
        var left = gradients.ToList();
        var members = ImmutableArray.CreateBuilder<CalleePart>();
        foreach (var member in receiver.Members)
        {
            var gradient = left.Find(g => g.Name.StartsWith(Notation.Pascal(member.Name), StringComparison.Ordinal)
                && g.Name.Substring(Notation.Pascal(member.Name).Length).Replace("Gradient", "").Length == 0
                && SignatureReader.FullName(g.Type) == member.TypeName);
            members.Add(gradient is null ? member.WithoutAdjoint() : member.At(PathOf(gradient), isResult: false));
            if (gradient is not null)
            {
                left.Remove(gradient);
            }
        }

        return left.Count > 0 ? (null, NotShown(left[0])) : (receiver with { Members = new(members.ToImmutable()) }, null);
    }

    private static string PathOf(IParameterSymbol member) => "." + SignatureReader.EscapedName(member);

    /// <summary>
    /// The members of the gradient's record after the value: of an instance method those of the object's members, then one
    /// for each differentiable parameter in their order.
    /// </summary>
    private static ImmutableArray<IParameterSymbol>? MembersOf(ITypeSymbol gradient, DerivativeSignature signature)
    {
        var expected = signature.Differentiable.Select(signature.AdjointTypeOf).ToList();
        bool Fits(IMethodSymbol constructor) =>
            constructor.Parameters.Length > expected.Count
            && (!signature.Method.IsStatic || constructor.Parameters.Length == expected.Count + 1)
            && DerivativeSignature.AreSame([constructor.Parameters[0].Type], [signature.Method.ReturnType])
            && DerivativeSignature.AreSame(constructor.Parameters.Skip(constructor.Parameters.Length - expected.Count).Select(p => p.Type), expected);
        var members = (gradient as INamedTypeSymbol)?.InstanceConstructors.FirstOrDefault(Fits)?.Parameters.RemoveAt(0);
        return members?.All(m => gradient.GetMembers(m.Name).OfType<IPropertySymbol>().Any()) == true ? members : null;
    }
}
