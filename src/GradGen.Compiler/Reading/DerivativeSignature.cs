using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Reading;

/// <summary>
/// What a method that gives the adjoints of another looks like: it takes the other's parameters and then the adjoint of
/// its result, and returns an adjoint for each differentiable parameter, a tuple of them where there are several.
/// </summary>
internal sealed class DerivativeSignature
{
    private DerivativeSignature(IMethodSymbol method, ImmutableArray<TensorType> types, TensorType result)
    {
        Method = method;
        Types = types;
        Result = result;
        Differentiable = [.. method.Parameters.Where((p, i) => types[i].IsFloating && !RuntimeSymbols.HasAttribute(p, "NoDerivativeAttribute"))];
    }

    /// <summary>The method F whose adjoints are given.</summary>
    public IMethodSymbol Method { get; }

    /// <summary>The scalar types and shapes of F's parameters.</summary>
    public ImmutableArray<TensorType> Types { get; }

    /// <summary>The scalar type and shape of F's result.</summary>
    public TensorType Result { get; }

    /// <summary>The parameters that have adjoints: floating-point numbers and matrices that are not marked [NoDerivative].</summary>
    public ImmutableArray<IParameterSymbol> Differentiable { get; }

    /// <summary>"(Matrix&lt;double, N2, N2&gt;, Vector&lt;double, N2&gt;)", or the one type.</summary>
    public string ReturnText => Differentiable.Length == 1
        ? TypeText(Differentiable[0].Type)
        : "(" + string.Join(", ", Differentiable.Select(p => TypeText(p.Type))) + ")";

    /// <summary>"(Matrix&lt;double, N2, N2&gt; w, Vector&lt;double, N2&gt; x, Vector&lt;double, N2&gt; upstream)".</summary>
    public string ParametersText =>
        "(" + string.Join(", ", Method.Parameters.Select(p => TypeText(p.Type) + " " + p.Name).Append(UpstreamText)) + ")";

    /// <summary>"Vector&lt;double, N2&gt; upstream".</summary>
    public string UpstreamText => TypeText(Method.ReturnType) + " " + UpstreamName;

    /// <summary>A name for the last parameter that no other has.</summary>
    public string UpstreamName
    {
        get
        {
            var name = "upstream";
            while (Method.Parameters.Any(p => p.Name == name))
            {
                name += "2";
            }

            return name;
        }
    }

    /// <summary>
    /// The signature of a method's derivative, or why it can have none; neither where C# reports an error in its types.
    /// </summary>
    public static (DerivativeSignature? Signature, string? Reason) Of(IMethodSymbol method)
    {
        if (method.Parameters.Select(p => p.Type).Append(method.ReturnType).Any(SignatureReader.ContainsError))
        {
            return (null, null);
        }

        var reason = ReasonOf(method);
        if (reason is not null)
        {
            return (null, reason);
        }

        var signature = new DerivativeSignature(
            method, [.. method.Parameters.Select(p => RuntimeSymbols.TypeOf(p.Type)!.Value)], RuntimeSymbols.TypeOf(method.ReturnType)!.Value);
        return signature.Differentiable.IsEmpty ? (null, "none of its parameters is differentiable") : (signature, null);
    }

    /// <summary>Whether the parameters of another method are F's, with the adjoint after them.</summary>
    public bool HasParameters(IMethodSymbol derivative) =>
        StartsWithParametersOf(derivative, Method)
        && derivative.Parameters.Length == Method.Parameters.Length + 1
        && IsSame(derivative.Parameters[Method.Parameters.Length].Type, Method.ReturnType);

    /// <summary>Whether the first parameters of a method are those of another.</summary>
    public static bool StartsWithParametersOf(IMethodSymbol method, IMethodSymbol other) =>
        method.Parameters.Length >= other.Parameters.Length
        && method.Parameters.All(p => IsPassedByValue(p))
        && method.Parameters.Zip(other.Parameters, (a, b) => IsSame(a.Type, b.Type)).All(same => same);

    /// <summary>The members of a return type that are the adjoints, in the parameters' order; null if it is another type.</summary>
    public ImmutableArray<string>? MembersOf(ITypeSymbol returned)
    {
        if (Differentiable.Length == 1)
        {
            return IsSame(returned, Differentiable[0].Type) ? [""] : null;
        }

        return returned is INamedTypeSymbol { IsTupleType: true, TupleElements: var elements }
            && elements.Select(e => e.Type).SequenceEqual(Differentiable.Select(p => p.Type), SymbolEqualityComparer.Default)
            ? [.. elements.Select(e => e.Name)]
            : null;
    }

    /// <summary>What is called, with the member of each adjoint.</summary>
    public Callee ToCallee(IMethodSymbol derivative, ImmutableArray<string> members)
    {
        var adjoints = Differentiable.Zip(members, (parameter, member) => (parameter, member)).ToDictionary(p => p.parameter.Ordinal, p => p.member);
        return new Callee(
            SignatureReader.FullName(Method),
            SignatureReader.FullName(derivative),
            new(Method.Parameters.Select((p, i) => new CalleeParameter(
                Types[i], SignatureReader.FullName(p.Type), adjoints.TryGetValue(i, out var member) ? member : null))),
            Result,
            SignatureReader.FullName(Method.ReturnType));
    }

    public static string TypeText(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    private static string? ReasonOf(IMethodSymbol method)
    {
        if (!method.IsStatic || method.MethodKind != MethodKind.Ordinary)
        {
            return "it is not a static method";
        }

        if (method.IsAbstract || method.IsVirtual)
        {
            return "it is abstract or virtual";
        }

        if (method.IsGenericMethod || method.ContainingType is not { IsGenericType: false })
        {
            return "it is generic, or stands in a generic type";
        }

        if (method.ReturnsByRef || method.ReturnsByRefReadonly || RuntimeSymbols.TypeOf(method.ReturnType) is not { IsFloating: true, IsTensor: true })
        {
            return $"its result, '{TypeText(method.ReturnType)}', is not a floating-point or matrix type";
        }

        return method.Parameters.FirstOrDefault(p => !IsPassedByValue(p) || RuntimeSymbols.TypeOf(p.Type) is not { IsTensor: true }) is { } wrong
            ? IsPassedByValue(wrong)
                ? $"its parameter '{TypeText(wrong.Type)} {wrong.Name}' cannot be passed on: only numbers, Booleans, matrices, vectors and the structs of System.Numerics can"
                : $"its parameter '{wrong.Name}' is passed by reference"
            : null;
    }

    private static bool IsPassedByValue(IParameterSymbol parameter) => parameter.RefKind is RefKind.None or RefKind.In;

    private static bool IsSame(ITypeSymbol left, ITypeSymbol right) => SymbolEqualityComparer.Default.Equals(left, right);
}
