using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <content>Sums, means, extremes and folds of sequences, of Enumerable and of TensorPrimitives: loops of the reader's own.</content>
internal sealed partial class MethodReader
{
    /// <summary>Whether a call asks for all of a sequence, and what it gives.</summary>
    private bool TryReadAggregate(IInvocationOperation call, out Value? result)
    {
        result = null;
        var type = call.TargetMethod.ContainingType;
        var isTensors = type is { Name: "TensorPrimitives", ContainingNamespace: { Name: "Tensors", ContainingNamespace.Name: "Numerics" } };
        if (!isTensors && !(type is { Name: "Enumerable" } && IsOfSystem(type)))
        {
            return false;
        }

        var (arguments, problems) = (ArgumentsOf(call), _problems.Count);
        var sequences = arguments.TakeWhile((a, i) => i == 0 || isTensors).Select(SequenceOf).TakeWhile(s => s is not null).Select(s => s!).ToList();
        if (sequences.Count > 0)
        {
            arguments = arguments.RemoveRange(0, sequences.Count);
            result = isTensors ? OfTensors(call, sequences, arguments) : OfSequence(call, sequences[0], arguments);
        }

        return result is not null || _problems.Count > problems;
    }

    private Value? OfSequence(IInvocationOperation call, Sequence sequence, ImmutableArray<IOperation> arguments)
    {
        var name = call.TargetMethod.Name;
        if (name is "Sum" or "Average" or "Max" or "Min" && arguments.Length == 1)
        {
            if (ReadExpression(arguments[0]) is not KnownFunction function)
            {
                return null;
            }

            var source = sequence;
            (sequence, arguments) = (source with { At = (k, sources) => source.At(k, sources) is { } element ? Call(call, function, [element]) : null }, []);
        }

        var zero = _builder.Literal(ScalarType.Int32, 0);
        switch (name, arguments.Length)
        {
            case ("Sum", 0) when TypeOf(call.Type) is { IsScalar: true } type:
                // The framework adds up float in double.
                return Total(call, sequence, type.Scalar == ScalarType.Float32 ? ScalarType.Float64 : type.Scalar) is { } sum ? ConvertTo(sum, type, call) : null;
            case ("Average", 0) when TypeOf(call.Type) is { IsScalar: true } type && Total(call, sequence, ScalarType.Float64) is { } total:
                var count = Add(Arithmetic.Add, [sequence.Length, Add(Arrays.Within, [zero, sequence.Length])]); // Nothing has no mean.
                return ConvertTo(Add(Arithmetic.Divide, [total, Add(Arithmetic.To(ScalarType.Float64), [count])]), type, call);
            case ("Max" or "Min", 0) when TypeOf(call.Type) is { IsScalar: true }:
                return Extreme(call, sequence, isMax: name == "Max", findsNaN: name == "Min");
            case ("Count", 0):
                return sequence.Length;
            case ("First", 0):
                return sequence.At(Add(Arrays.Within, [zero, sequence.Length]), sequence.Sources);
            case ("Last", 0):
                return sequence.At(Add(Arrays.Within, [Add(Arithmetic.Subtract, [sequence.Length, _builder.Literal(ScalarType.Int32, 1)]), sequence.Length]), sequence.Sources);
            case ("Aggregate", 2) when ReadExpression(arguments[0]) is { Type.IsTensor: true } seed and not ReaderValue && ReadExpression(arguments[1]) is KnownFunction function:
                return Fold(call, sequence, seed, (all, element, _) => Call(call, function, [all, element]));
            case ("ToArray", 0) when TypeOf(call.Type) is { IsArray: true } type:
                return Fold(call, sequence, Add(Arrays.New, [sequence.Length], Arrays.AttributesOf(type.Element)), (all, element, k) =>
                    element.Type == type.Element ? With(all, element, k) : null);
            default:
                return null;
        }
    }

    private Value? OfTensors(IInvocationOperation call, List<Sequence> operands, ImmutableArray<IOperation> arguments)
    {
        if (!arguments.IsEmpty || TypeOf(call.Type) is not { IsScalar: true, Scalar: var scalar })
        {
            return null;
        }

        Sequence Each(Func<Value, Value> function) =>
            operands[0] with { At = (k, sources) => operands[0].At(k, sources) is { } element ? function(element) : null };
        Sequence Both(Func<Value, Value, Value> function)
        {
            var (left, right, own) = (operands[0], operands[1], operands[0].Sources.Length);
            var length = Add(Arrays.UpTo, [right.Length, Add(Arrays.UpTo, [left.Length, right.Length])]); // They must be equal.
            return new Sequence([.. left.Sources, .. right.Sources], length, (k, sources) =>
                left.At(k, sources.RemoveRange(own, sources.Length - own)) is { } l && right.At(k, sources.RemoveRange(0, own)) is { } r ? function(l, r) : null);
        }

        Value Square(Value x) => Add(Arithmetic.Multiply, [x, x]);
        Value? Root(Value? x) => x is null ? null : Add(Elementary.Sqrt, [x]);
        return (call.TargetMethod.Name, operands.Count) switch
        {
            ("Sum", 1) => Total(call, operands[0], scalar),
            ("SumOfSquares", 1) => Total(call, Each(Square), scalar),
            ("SumOfMagnitudes", 1) => Total(call, Each(x => Add(Elementary.Abs, [x])), scalar),
            ("Norm", 1) => Root(Total(call, Each(Square), scalar)),
            ("Max" or "Min", 1) => Extreme(call, operands[0], call.TargetMethod.Name == "Max", findsNaN: true),
            ("Dot", 2) => Total(call, Both((x, y) => Add(Arithmetic.Multiply, [x, y])), scalar),
            ("Distance", 2) => Root(Total(call, Both((x, y) => Square(Add(Arithmetic.Subtract, [x, y]))), scalar)),
            _ => null,
        };
    }

    private Value? Total(IOperation site, Sequence sequence, ScalarType scalar)
    {
        var type = new TensorType(scalar, Shape.Scalar);
        return Fold(site, sequence, _builder.Literal(scalar, 0), (sum, element, _) =>
            ConvertTo(element, type, site) is { } number ? Add(Arithmetic.Add, [sum, number]) : null);
    }

    /// <summary>The greatest or the least element, the first of several; NaN where there is one, or only where there is nothing else.</summary>
    private Value? Extreme(IOperation site, Sequence sequence, bool isMax, bool findsNaN)
    {
        var first = Add(Arrays.Within, [_builder.Literal(ScalarType.Int32, 0), sequence.Length]); // Nothing has none.
        return sequence.At(first, sequence.Sources) is not { } initial ? null : Fold(site, sequence, initial, (best, element, _) =>
        {
            var better = Add(Comparisons.Less, isMax ? [best, element] : [element, best]);
            var unknown = findsNaN ? element : best;
            return Add(Comparisons.Choose, [Add(Comparisons.Or, [better, Add(Comparisons.NotEqual, [unknown, unknown])]), element, best]);
        });
    }

    /// <summary>A loop over a sequence that carries one value; null where what it computes has been refused.</summary>
    private Value? Fold(IOperation site, Sequence sequence, Value initial, Func<Value, Value, Value, Value?> next)
    {
        var (variables, problems, isWhole) = (new Dictionary<ISymbol, Value?>(_frame.Variables, SymbolEqualityComparer.Default), _problems.Count, true);
        ImmutableArray<Value> sources = [.. sequence.Sources.Select(Current)];
        var result = AddLoop(sequence.Length, [initial], (k, carried) =>
        {
            var value = isWhole && sequence.At(k, sources) is { } element ? next(carried[0], element, k) : null;
            isWhole &= value is not (null or ReaderValue) && value.Type == initial.Type && _problems.Count == problems;
            return isWhole ? [value!] : carried;
        })[0];
        if (_frame.HasThrown)
        {
            _frame.HasThrown = false;
            return Refuse(site, $"'{Shorten(site.Syntax.ToString())}', whose function always throws,");
        }

        if (variables.Count != _frame.Variables.Count || variables.Any(v => _frame.Variables[v.Key] != v.Value))
        {
            _frame.Variables = variables;
            return Refuse(site, $"'{Shorten(site.Syntax.ToString())}', whose function assigns what is around it,");
        }

        return isWhole ? result : null;
    }
}
