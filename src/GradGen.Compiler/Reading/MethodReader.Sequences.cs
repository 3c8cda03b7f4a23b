using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <content>
/// Sequences: arrays and spans, and what Enumerable makes of them without a condition: a length, and an element for each
/// index below it. Nothing is computed before it is asked for, as in C#.
/// </content>
internal sealed partial class MethodReader
{
    /// <summary>What an operation gives to walk over; null where that is no sequence, or one has been refused.</summary>
    private Sequence? SequenceOf(IOperation operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion && !IsArray(operation.Type))
        {
            operation = conversion.Operand;
        }

        if (ShownBy(operation) is { } shown)
        {
            return ReadExpression(shown) is { } value && PartIn(value) is { } part
                ? new Sequence([value], LengthOf(part), (k, sources) => ElementAt(PartIn(sources[0])!.Value, k))
                : null;
        }

        if (operation is not IInvocationOperation { TargetMethod: { ContainingType: { Name: "Enumerable" } type } method } call || !IsOfSystem(type))
        {
            return null;
        }

        var arguments = ArgumentsOf(call);
        if (method.Name == "Range" && ReadExpression(arguments[0]) is { } start && ReadExpression(arguments[1]) is { } count)
        {
            return new Sequence([start], Add(Arrays.UpTo, [count, _builder.Literal(ScalarType.Int32, int.MaxValue)]), (k, sources) => Add(Arithmetic.Add, [sources[0], k]));
        }

        if (arguments.Length == 0 || method.Name is not ("Select" or "Zip" or "Skip" or "Take" or "Reverse" or "Index" or "AsEnumerable") || SequenceOf(arguments[0]) is not { } source)
        {
            return null;
        }

        var length = source.Length;
        switch (method.Name, arguments.Length)
        {
            case ("Select", 2) when ReadExpression(arguments[1]) is KnownFunction function:
                return source with { At = (k, sources) => source.At(k, sources) is not { } element ? null : Call(call, function, function.Method.Parameters.Length == 1 ? [element] : [element, k]) };
            case ("Zip", 2 or 3) when SequenceOf(arguments[1]) is { } other:
                var both = arguments.Length == 3 ? ReadExpression(arguments[2]) as KnownFunction : null;
                var own = source.Sources.Length;
                var shorter = Add(Comparisons.Choose, [Add(Comparisons.Less, [other.Length, length]), other.Length, length]);
                return arguments.Length == 3 && both is null ? null : new Sequence([.. source.Sources, .. other.Sources], shorter, (k, sources) =>
                    source.At(k, sources.RemoveRange(own, sources.Length - own)) is not { } left || other.At(k, sources.RemoveRange(0, own)) is not { } right ? null
                    : both is null ? Bundle.Tuple(ElementTypeOf(call.Type), [left, right]) : Call(call, both, [left, right]));
            case ("Skip", 2) when ReadExpression(arguments[1]) is { } skipped && skipped.Type == TensorType.Int32:
                var first = Clamped(skipped, length);
                return source with { Length = Add(Arithmetic.Subtract, [length, first]), At = (k, sources) => source.At(Add(Arithmetic.Add, [first, k]), sources) };
            case ("Take", 2) when ReadExpression(arguments[1]) is { } taken && taken.Type == TensorType.Int32:
                return source with { Length = Clamped(taken, length) };
            case ("Reverse", 1):
                var last = Add(Arithmetic.Subtract, [length, _builder.Literal(ScalarType.Int32, 1)]);
                return source with { At = (k, sources) => source.At(Add(Arithmetic.Subtract, [last, k]), sources) };
            case ("Index", 1):
                return source with { At = (k, sources) => source.At(k, sources) is { } element ? Bundle.Tuple(ElementTypeOf(call.Type), [k, element]) : null };
            case ("AsEnumerable", 1):
                return source;
            default:
                return null;
        }
    }

    /// <summary>A number of elements, which is none where it is negative and all where it is more.</summary>
    private Value Clamped(Value count, Value length)
    {
        var zero = _builder.Literal(ScalarType.Int32, 0);
        var atMost = Add(Comparisons.Choose, [Add(Comparisons.Less, [count, length]), count, length]);
        return Add(Comparisons.Choose, [Add(Comparisons.Less, [atMost, zero]), zero, atMost]);
    }

    private static ITypeSymbol? ElementTypeOf(ITypeSymbol? sequence) => (sequence as INamedTypeSymbol)?.TypeArguments.FirstOrDefault();

    private static ImmutableArray<IOperation> ArgumentsOf(IInvocationOperation call)
    {
        var arguments = call.Arguments.OrderBy(a => a.Parameter?.Ordinal ?? 0).Select(a => a.Value);
        return call.Instance is { } instance ? [instance, .. arguments] : [.. arguments];
    }

    /// <summary>What can be walked over.</summary>
    /// <param name="Sources">The arrays, parts of arrays and numbers that its elements are made of.</param>
    /// <param name="Length">How many elements it has.</param>
    /// <param name="At">The element at an index, given what the sources are by now; null where it has been refused.</param>
    private sealed record Sequence(ImmutableArray<Value> Sources, Value Length, Func<Value, ImmutableArray<Value>, Value?> At);
}
