using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Reading;

/// <summary>What reading a marked method gave, for both who read: the generator takes the model, the analyzer the problems.</summary>
internal sealed record ReadMethod(GradientModel? Model, ImmutableArray<Problem> Problems)
{
    /// <summary>What stands in nobody's way and is worth a word.</summary>
    public ImmutableArray<Problem> Advice { get; init; } = [];

    /// <summary>Where the function's values stand in the method.</summary>
    public Origins Origins { get; init; } = new();

    /// <summary>The declarations whose bodies were read.</summary>
    public ImmutableArray<SyntaxNode> Bodies { get; init; } = [];
}

/// <summary>Signature and body of a method marked [Differentiable]; structs marked [Dimension].</summary>
internal static class ModelReader
{
    public static ReadMethod Read(IMethodSymbol method, Compilation compilation, CancellationToken cancellation)
    {
        method = method.PartialDefinitionPart ?? method;
        var parts = new PartReader(compilation, method.ContainingType);
        var (model, problems) = SignatureReader.Read(method, parts, cancellation);
        if (model is null)
        {
            return new ReadMethod(null, problems);
        }

        if (!problems.IsEmpty)
        {
            return new ReadMethod(model with { Failure = FailureOf(problems) }, problems);
        }

        var body = MethodReader.Read(method, model, parts, compilation, cancellation);
        var function = body.Function;
        if (function is not null && function.Results[0].Type != model.Result.Type)
        {
            function = null; // C# reports the return of another type.
        }

        return new ReadMethod(
            WithMembers(model, body.Members, parts) with
            {
                Function = function,
                Failure = function is null ? FailureOf(body.Problems) : null,
                Pragmas = new(model.Pragmas.Concat(body.Pragmas)),
            },
            body.Problems)
        {
            Advice = body.Advice,
            Bodies = body.Bodies,
            Origins = body.Origins,
        };
    }

    /// <summary>
    /// A method that somebody wrote by hand, as the function that it is; its results are the parts of what it returns. Null
    /// where it cannot be read.
    /// </summary>
    public static (GradientModel Model, Function Function, ImmutableArray<string> ResultNames, Origins Origins)? ReadPlain(IMethodSymbol method, Compilation compilation, CancellationToken cancellation)
    {
        var parts = new PartReader(compilation, method.ContainingType);
        var model = SignatureReader.ReadUnchecked(method, parts, cancellation);
        if (model.Parameters.Any(p => p.Kind == ParameterKind.Other))
        {
            return null;
        }

        var body = MethodReader.Read(method, model, parts, compilation, cancellation, takesParts: true);
        return body.Function is { } function ? (WithMembers(model, body.Members, parts), function, body.ResultNames, body.Origins) : null;
    }

    /// <summary>The model with the members of 'this' before the parameters, as the function has them.</summary>
    private static GradientModel WithMembers(GradientModel model, ImmutableArray<DeclaredModel> members, PartReader parts)
    {
        if (members.IsEmpty)
        {
            return model;
        }

        var leaves = parts.Leaves;
        var order = members.SelectMany(m => m.Part.Leaves).ToList();
        order.AddRange(Enumerable.Range(0, leaves.Length).Except(order));
        DeclaredModel Moved(DeclaredModel declared) => declared with { Part = declared.Part.Moved(order.IndexOf) };
        return model with
        {
            Parameters = new(order.Select(l => leaves[l])),
            Records = new(members.Concat(model.Declared).Select(Moved)),
        };
    }

    /// <summary>The generated part of a dimension, or null if there is nothing to write or no place for it.</summary>
    public static DimensionModel? ReadDimension(INamedTypeSymbol type, CancellationToken cancellation)
    {
        if (RuntimeSymbols.SizeOf(type) is not { } size
            || type.TypeKind != TypeKind.Struct
            || type.IsFileLocal
            || type.GetMembers("Size").Any()
            || !type.AllInterfaces.Any(i => i.Name == "IDimension"))
        {
            return null;
        }

        var types = SignatureReader.ContainingTypesOf(type, cancellation, out var notPartial);
        if (notPartial is not null)
        {
            return null;
        }

        var ns = type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() : "";
        var parts = types.Select(t => t.Name.Replace('<', '{').Replace('>', '}')).Prepend(ns).Where(p => p.Length > 0);
        return new DimensionModel(ns, new EquatableArray<ContainingType>(types), size, SignatureReader.HintName(parts, ".Size.g.cs"));
    }

    private static string FailureOf(ImmutableArray<Problem> problems) => problems.IsEmpty
        ? "its body does not compile"
        : problems[0].Descriptor.Id + ": " + problems[0].Message;
}
