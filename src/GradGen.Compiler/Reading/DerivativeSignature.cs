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
    private readonly ImmutableArray<CalleePart> _parameters;
    private readonly CalleePart _result;

    private DerivativeSignature(IMethodSymbol method, Compilation compilation, ImmutableArray<CalleePart> parameters, CalleePart result)
    {
        (Method, Compilation, _parameters, _result) = (method, compilation, parameters, result);
        Differentiable = [.. method.Parameters.Where((_, i) => parameters[i].Leaves.Any(l => l.IsDifferentiated))];
    }

    /// <summary>The method F whose adjoints are given.</summary>
    public IMethodSymbol Method { get; }

    /// <summary>
    /// The parameters that have adjoints: floating-point numbers, matrices, arrays and records of them that are not marked
    /// [NoDerivative].
    /// </summary>
    public ImmutableArray<IParameterSymbol> Differentiable { get; }

    /// <summary>"(Matrix&lt;double, N2, N2&gt;, Vector&lt;double, N2&gt;)", or the one type.</summary>
    public string ReturnText => Differentiable.Length == 1
        ? TypeText(AdjointTypeOf(Differentiable[0]))
        : "(" + string.Join(", ", Differentiable.Select(p => TypeText(AdjointTypeOf(p)))) + ")";

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

    private Compilation Compilation { get; }

    /// <summary>
    /// The signature of a method's derivative, or why it can have none; neither where C# reports an error in its types.
    /// </summary>
    /// <param name="method">The method; where it is generic, constructed with dimensions and scalar types, or as it is declared.</param>
    /// <param name="compilation">For what can be reached.</param>
    /// <param name="within">The type from which the members of records are reached; null for the method's own.</param>
    /// <param name="ofObjects">Whether it may be a method of an object, too.</param>
    /// <param name="isForValue">Whether only the value is wanted, so that nothing need be differentiable in what it takes.</param>
    public static (DerivativeSignature? Signature, string? Reason) Of(
        IMethodSymbol method, Compilation compilation, INamedTypeSymbol? within = null, bool ofObjects = false, bool isForValue = false)
    {
        if (method.Parameters.Select(p => p.Type).Append(method.ReturnType).Any(SignatureReader.ContainsError))
        {
            return (null, null);
        }

        if (KindReasonOf(method, ofObjects) is { } wrongKind)
        {
            return (null, wrongKind);
        }

        // What a type parameter stands for is known where the method is called; which kind of type it is, from its constraints.
        if (TypeParameters.Sample(method, compilation) is not { } sample)
        {
            return (null, "its type parameters are not all dimensions, 'T : struct, IDimension', or scalar types");
        }

        var reader = new CalleeReader(compilation, within ?? method.ContainingType.OriginalDefinition);
        var parameters = ImmutableArray.CreateBuilder<CalleePart>();
        foreach (var parameter in sample.Parameters)
        {
            if (!IsPassedByValue(parameter))
            {
                return (null, $"its parameter '{parameter.Name}' is passed by reference");
            }

            var isMarked = RuntimeSymbols.HasAttribute(parameter, "NoDerivativeAttribute");
            if ((reader.Read(parameter.Type, SignatureReader.EscapedName(parameter), !isMarked) ?? reader.HandedOn(parameter)) is not { } part)
            {
                return (null, $"its parameter '{TypeText(method.Parameters[parameter.Ordinal].Type)} {parameter.Name}' cannot be passed on: "
                    + (reader.Error ?? "only numbers, Booleans, matrices, vectors, the structs of System.Numerics, arrays and records of them can"));
            }

            parameters.Add(part);
        }

        if (method.ReturnsByRef || method.ReturnsByRefReadonly || sample.ReturnType.IsRefLikeType || reader.Read(sample.ReturnType, "result", true) is not { } result
            || !result.Leaves.Any(l => l.IsDifferentiated))
        {
            return (null, $"its result, '{TypeText(method.ReturnType)}', " + (reader.Error is { } error ? $"cannot be taken apart: {error}" : "is not a floating-point or matrix type, or an array or record of such"));
        }

        if (CalleeReader.ReasonNotMade(sample.ReturnType, result) is { } notMade)
        {
            return (null, $"its result, '{TypeText(method.ReturnType)}', cannot be made of an adjoint: {notMade}");
        }

        var signature = new DerivativeSignature(method, compilation, parameters.ToImmutable(), result.At("", isResult: true));
        return signature.Differentiable.IsEmpty && method.IsStatic && !isForValue ? (null, "none of its parameters is differentiable") : (signature, null);
    }

    /// <summary>The type of a parameter's adjoint: its own, of a span an array.</summary>
    public ITypeSymbol AdjointTypeOf(IParameterSymbol parameter) => parameter.Type is INamedTypeSymbol { IsRefLikeType: true } span
        ? Compilation.CreateArrayTypeSymbol(RuntimeSymbols.ElementOf(span)!)
        : parameter.Type;

    /// <summary>Whether the parameters of another method are F's, with the adjoint after them.</summary>
    public bool HasParameters(IMethodSymbol derivative) =>
        TypeParameters.Aligned(derivative, Method) is { } aligned
        && StartsWithParametersOf(derivative, Method)
        && aligned.Parameters.Length == Method.Parameters.Length + 1
        && IsSame(aligned.Parameters[Method.Parameters.Length].Type, Method.ReturnType);

    /// <summary>Whether the first parameters of a method are those of another.</summary>
    public static bool StartsWithParametersOf(IMethodSymbol method, IMethodSymbol other) =>
        TypeParameters.Aligned(method, other) is { } aligned
        && aligned.Parameters.Length >= other.Parameters.Length
        && aligned.Parameters.All(IsPassedByValue)
        && aligned.Parameters.Zip(other.Parameters, (a, b) => IsSame(a.Type, b.Type)).All(same => same);

    /// <summary>Where a derivative's result has the adjoints, in the parameters' order; null if it is of another type.</summary>
    public ImmutableArray<string>? PathsIn(IMethodSymbol derivative)
    {
        if (TypeParameters.Aligned(derivative, Method)?.ReturnType is not { } returned)
        {
            return null;
        }

        if (Differentiable.Length == 1)
        {
            return IsSame(returned, AdjointTypeOf(Differentiable[0])) ? [""] : null;
        }

        return returned is INamedTypeSymbol { IsTupleType: true, TupleElements: var elements }
            && AreSame(elements.Select(e => e.Type), Differentiable.Select(AdjointTypeOf))
            ? [.. elements.Select(e => "." + SignatureReader.EscapedName(e))]
            : null;
    }

    /// <summary>What is called, with the place of each adjoint in what the derivative returns.</summary>
    /// <param name="derivative">The derivative; null where only the value is wanted.</param>
    /// <param name="paths">The places, by the numbers of the parameters.</param>
    public Callee ToCallee(IMethodSymbol? derivative, IReadOnlyDictionary<int, string> paths) => new(
        SignatureReader.FullName(Method),
        derivative is null ? "" : SignatureReader.FullName(derivative),
        new(_parameters.Select((p, i) => paths.TryGetValue(i, out var path) ? p.At(path, isResult: false) : p.WithoutAdjoint())),
        _result);

    public static string TypeText(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    private static string? KindReasonOf(IMethodSymbol method, bool ofObjects) =>
        method.MethodKind != MethodKind.Ordinary || (!method.IsStatic && !ofObjects) ? "it is not a static method"
        : method.IsAbstract || method.IsVirtual ? "it is abstract or virtual"
        : null;

    private static bool IsPassedByValue(IParameterSymbol parameter) => parameter.RefKind is RefKind.None or RefKind.In;

    /// <summary>Whether two types are one, whatever the elements of tuples are called.</summary>
    private static bool IsSame(ITypeSymbol left, ITypeSymbol right) => (left, right) switch
    {
        (INamedTypeSymbol { IsTupleType: true } a, INamedTypeSymbol { IsTupleType: true } b) => AreSame(a.TupleElements.Select(e => e.Type), b.TupleElements.Select(e => e.Type)),
        (INamedTypeSymbol { IsGenericType: true } a, INamedTypeSymbol { IsGenericType: true } b) =>
            SymbolEqualityComparer.Default.Equals(a.OriginalDefinition, b.OriginalDefinition) && AreSame(a.TypeArguments, b.TypeArguments),
        (IArrayTypeSymbol a, IArrayTypeSymbol b) => a.Rank == b.Rank && IsSame(a.ElementType, b.ElementType),
        _ => SymbolEqualityComparer.Default.Equals(left, right),
    };

    public static bool AreSame(IEnumerable<ITypeSymbol> left, IEnumerable<ITypeSymbol> right) =>
        left.Count() == right.Count() && left.Zip(right, IsSame).All(same => same);
}
