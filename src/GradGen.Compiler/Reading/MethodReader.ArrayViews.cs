using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <content>
/// Parts of arrays. A span over a part is the array, where it begins and how long it is: reading and writing it is reading
/// and writing the array. A range of an array, a[1..], is a copy, as in C#. Variables by reference are elements.
/// </content>
internal sealed partial class MethodReader
{
    /// <summary>What a value shows of an array; null where it shows none.</summary>
    private static ArrayPart? PartIn(Value? value) => value switch
    {
        null => null,
        Bundle { Form: BundleForm.View } view => new ArrayPart(view.Members[0].Value, view.Members[1].Value, view.Members[2].Value),
        Bundle { Form: BundleForm.Grid } grid => new ArrayPart(grid.Members[0].Value, null, null),
        ReaderValue => null,
        _ => value.Type.IsArray ? new ArrayPart(value, null, null) : null,
    };

    private static Bundle ViewOf(ITypeSymbol? type, Value array, Value start, Value length) =>
        new(type, [("array", array), ("start", start), ("length", length)], BundleForm.View);

    private Value LengthOf(ArrayPart part) => part.Length ?? Add(Arrays.Length, [part.Array]);

    /// <summary>An array in the form of a view over all of it.</summary>
    private Value Widened(Value array) =>
        ViewOf(null, array, _builder.Literal(ScalarType.Int32, 0), Add(Arrays.Length, [array]));

    /// <summary>The index in the array of an element of a part, which has been found to be in the part.</summary>
    private Value IndexIn(ArrayPart part, Value index) => part.Start is { } start
        ? Add(Arithmetic.Add, [start, Add(Arrays.Within, [index, part.Length!])])
        : index;

    /// <summary>The element of a part at an index that is known to be in it.</summary>
    private Value ElementAt(ArrayPart part, Value index) =>
        Add(Arrays.At, [part.Array, part.Start is { } start ? Add(Arithmetic.Add, [start, index]) : index]);

    /// <summary>The array that an operation on arrays and spans takes, past conversions from array to span.</summary>
    private IOperation? ShownBy(IOperation? operation)
    {
        while (operation is IConversionOperation conversion && (IsArray(conversion.Operand.Type) || IsGrid(conversion.Operand.Type)))
        {
            operation = conversion.Operand;
        }

        return operation is not null && (IsArray(operation.Type) || IsGrid(operation.Type)) ? operation : null;
    }

    /// <summary>s[a..b] and a[a..b].</summary>
    private Value? ReadRange(IOperation element, IOperation owner, IRangeOperation range)
    {
        if (ReadExpression(owner) is not { } read || PartIn(read) is not { } part)
        {
            return Fail();
        }

        var length = LengthOf(part);
        var end = range.RightOperand is null ? length : ReadBound(range.RightOperand, length);
        var start = range.LeftOperand is null ? _builder.Literal(ScalarType.Int32, 0) : ReadBound(range.LeftOperand, length);
        if (start is null || end is null || PartIn(Current(read)) is not { } now)
        {
            return Fail();
        }

        end = range.RightOperand is null ? end : Add(Arrays.UpTo, [end, length]);
        start = range.LeftOperand is null ? start : Add(Arrays.UpTo, [start, end]);
        var count = range.LeftOperand is null ? end : Add(Arithmetic.Subtract, [end, start]);
        return element is IArrayElementReferenceOperation ? CopyOf(element, now, start, count) : Sliced(element.Type, now, start, count);
    }

    private Value? ReadBound(IOperation bound, Value length)
    {
        while (bound is IConversionOperation { IsImplicit: true } conversion)
        {
            bound = conversion.Operand;
        }

        var isFromEnd = bound is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat };
        return ReadExpression(isFromEnd ? ((IUnaryOperation)bound).Operand : bound) is not { } number ? Fail()
            : number.Type != TensorType.Int32 ? Refuse(bound, $"the bound '{bound.Syntax}'")
            : isFromEnd ? Add(Arithmetic.Subtract, [length, number])
            : number;
    }

    private Bundle Sliced(ITypeSymbol? type, ArrayPart part, Value start, Value count) =>
        ViewOf(type, part.Array, part.Start is { } before ? Add(Arithmetic.Add, [before, start]) : start, count);

    /// <summary>s.Slice(a), s.Slice(a, n), x.AsSpan(a), x.AsSpan(a, n), x.AsSpan(a..b).</summary>
    private Value? ReadSlice(IInvocationOperation call, IOperation source, List<IArgumentOperation> bounds)
    {
        if (bounds is [{ Value: IRangeOperation range }])
        {
            return ReadRange(call, source, range);
        }

        if (ReadExpression(source) is not { } read || PartIn(read) is not { } part)
        {
            return Fail();
        }

        var numbers = bounds.Select(b => ReadExpression(b.Value)).ToList();
        if (numbers.Any(n => n is null) || PartIn(Current(read)) is not { } now)
        {
            return Fail();
        }

        if (numbers.Any(n => n!.Type != TensorType.Int32))
        {
            return Refuse(call, $"'{Shorten(call.Syntax.ToString())}'");
        }

        var length = LengthOf(part);
        var start = Add(Arrays.UpTo, [numbers[0]!, length]);
        var rest = Add(Arithmetic.Subtract, [length, start]);
        return Sliced(call.Type, now, start, numbers.Count > 1 ? Add(Arrays.UpTo, [numbers[1]!, rest]) : rest);
    }

    /// <summary>A new array with the elements of a part.</summary>
    private Value? CopyOf(IOperation site, ArrayPart part, Value start, Value count)
    {
        var from = Sliced(null, part, start, count);
        return TypeOf(site.Type) is not { IsArray: true } type ? Fail()
            : CopyInto(Add(Arrays.New, [count], Arrays.AttributesOf(type.Element)), null, PartIn(from)!.Value, count);
    }

    /// <summary>The array, with the elements of a part from a place on, or from its beginning.</summary>
    private Value CopyInto(Value array, Value? place, ArrayPart part, Value count) => AddLoop(count, [array], (k, carried) =>
        [Add(Arrays.With, [ElementAt(part, k), place is null ? k : Add(Arithmetic.Add, [place, k]), carried[0]])])[0];

    /// <summary>A loop of the reader's own, over 0, 1, … below a number.</summary>
    private System.Collections.Immutable.ImmutableArray<Value> AddLoop(
        Value count, System.Collections.Immutable.ImmutableArray<Value> initial,
        Func<Value, System.Collections.Immutable.ImmutableArray<Value>, System.Collections.Immutable.ImmutableArray<Value>> next)
    {
        System.Collections.Immutable.ImmutableArray<TensorType> types = [.. initial.Select(v => v.Type)];
        for (var active = initial.Select(_active.Contains).ToArray(); ;)
        {
            var body = _builder.Region([TensorType.Int32, .. types], parameters =>
            {
                Builder.Name(parameters[0], "k");
                for (var j = 0; j < types.Length; j++)
                {
                    Builder.Name(parameters[1 + j], initial[j].Name);
                    if (active[j])
                    {
                        _active.Add(parameters[1 + j]);
                    }
                }

                return next(parameters[0], parameters.RemoveAt(0));
            });
            bool[] after = [.. active.Zip(body.Results, (was, result) => was || _active.Contains(result))];
            if (after.SequenceEqual(active))
            {
                var results = _builder.AddControlFlow(ControlFlow.Loop, [_builder.Literal(ScalarType.Int32, 0), count, .. initial], [body], types);
                NoteLoop(results, [body]);
                for (var j = 0; j < types.Length; j++)
                {
                    if (active[j])
                    {
                        _active.Add(results[j]);
                    }
                }

                return results;
            }

            active = after;
        }
    }

    /// <summary>Notes which values a loop carries, so that it is known what they may be the same as.</summary>
    private void NoteLoop(System.Collections.Immutable.ImmutableArray<Value> results, System.Collections.Immutable.ImmutableArray<Block> regions)
    {
        for (var j = 0; j < results.Length; j++)
        {
            foreach (var region in regions)
            {
                _carried[region.Parameters[region.Parameters.Length - results.Length + j]] = (_builder.DefinitionOf(results[j])!, j);
            }
        }
    }

    /// <summary>An element of an array as a variable: what is assigned to it is assigned to the element.</summary>
    private Value? ReadReference(IOperation element) => PlaceOf(element) is { } place
        ? new Bundle(element.Type, [("array", place.Array), ("index", place.Index)], BundleForm.Element)
        : Fail();

    private Value ReadElement(Bundle reference) => Add(Arrays.At, [reference.Members[0].Value, reference.Members[1].Value]);

    /// <summary>An array, or a part of one.</summary>
    /// <param name="Array">The array.</param>
    /// <param name="Start">Where the part begins; null for all of the array.</param>
    /// <param name="Length">How many elements the part has; null for all of the array.</param>
    private readonly record struct ArrayPart(Value Array, Value? Start, Value? Length);

    /// <summary>Where an element is.</summary>
    private sealed record ElementPlace(Value Array, Value Index);
}
