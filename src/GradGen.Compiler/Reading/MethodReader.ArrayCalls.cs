using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <content>What the framework does with arrays and spans: copies, parts, and writing many elements at once.</content>
internal sealed partial class MethodReader
{
    /// <summary>Whether a call is one of the framework's on arrays and spans, and what it gives.</summary>
    private bool TryReadArrayCall(IInvocationOperation call, out Value? result)
    {
        result = null;
        var method = call.TargetMethod;
        if (method.ContainingType is not { } type || !IsOfSystem(type))
        {
            return false;
        }

        var arguments = call.Arguments.OrderBy(a => a.Parameter?.Ordinal ?? 0).ToList();
        if (type.Name == "Array" && method is { IsStatic: true, Name: "Empty" })
        {
            if (TypeOf(method.ReturnType) is not { IsArray: true } array)
            {
                return false;
            }

            result = Add(Arrays.New, [_builder.Literal(ScalarType.Int32, 0)], Arrays.AttributesOf(array.Element));
            return true;
        }

        var receiver = call.Instance ?? (arguments.Count > 0 ? arguments[0].Value : null);
        if (ShownBy(receiver) is not { } source)
        {
            return false;
        }

        if (call.Instance is null)
        {
            arguments.RemoveAt(0);
        }

        if (IsGrid(source.Type))
        {
            if (method.Name is not ("GetLength" or "GetUpperBound") || arguments.Count != 1)
            {
                return false;
            }

            result = ReadSize(call, source, method.Name, arguments[0].Value);
            return true;
        }

        switch (type.Name, method.Name, arguments.Count)
        {
            case ("MemoryExtensions", "AsSpan", 0):
                result = ReadExpression(source);
                return true;
            case ("MemoryExtensions", "AsSpan", 1 or 2) or ("Span" or "ReadOnlySpan", "Slice", 1 or 2):
                result = ReadSlice(call, source, arguments);
                return true;
            case ("Array", "Clone", 0) or (_, "ToArray", 0):
                result = ReadCopy(call, source);
                return true;
            case ("Array", "GetLength", 1):
                result = ReadExpression(source) is { } measured && PartIn(measured) is { } part ? LengthOf(part) : Fail();
                return true;
            case ("Array", "Fill", 1) or ("Span", "Fill", 1):
                result = ReadFill(call, source, arguments[0].Value, null, null);
                return true;
            case ("Array", "Fill", 3):
                result = ReadFill(call, source, arguments[0].Value, arguments[1].Value, arguments[2].Value);
                return true;
            case ("Array", "Clear", 0) or ("Span", "Clear", 0):
                result = ReadFill(call, source, null, null, null);
                return true;
            case ("Array", "Clear", 2):
                result = ReadFill(call, source, null, arguments[0].Value, arguments[1].Value);
                return true;
            case ("Array", "Copy", 2) when ShownBy(arguments[0].Value) is { } target:
                result = ReadCopyTo(call, [source, target, arguments[1].Value], 0, -1, 1, -1, 2);
                return true;
            case ("Array", "Copy", 4) when ShownBy(arguments[1].Value) is { } target:
                result = ReadCopyTo(call, [source, arguments[0].Value, target, arguments[2].Value, arguments[3].Value], 0, 1, 2, 3, 4);
                return true;
            case ("Array", "CopyTo", 2) when ShownBy(arguments[0].Value) is { } target:
                result = ReadCopyTo(call, [source, target, arguments[1].Value], 0, -1, 1, 2, -1);
                return true;
            case ("Span" or "ReadOnlySpan" or "MemoryExtensions", "CopyTo", 1) when ShownBy(arguments[0].Value) is { } target:
                result = ReadCopyTo(call, [source, target], 0, -1, 1, -1, -1);
                return true;
            default:
                return false;
        }
    }

    private static bool IsOfSystem(INamedTypeSymbol type) => type.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true }
        or { Name: "Linq", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    private Value? ReadCopy(IInvocationOperation call, IOperation source)
    {
        if (ReadExpression(source) is not { } read || PartIn(read) is not { } part)
        {
            return Fail();
        }

        if (!part.Array.Type.Shape.IsScalar && !HasStructs(source.Type))
        {
            return Refuse(call, $"'{Shorten(call.Syntax.ToString())}', whose elements would be the same matrices,");
        }

        return part.Start is null ? Add(Arrays.Copy, [part.Array])
            : CopyInto(Add(Arrays.New, [part.Length!], Arrays.AttributesOf(part.Array.Type.Element)), null, part, part.Length!);
    }

    /// <summary>Array.Fill, Clear: all elements, or so many from a place on, are one value; zero if none is given.</summary>
    private Value? ReadFill(IInvocationOperation call, IOperation target, IOperation? value, IOperation? start, IOperation? count)
    {
        var read = ReadExpression(target);
        var filled = value is null ? null : ReadExpression(value);
        var (from, number) = (start is null ? null : ReadExpression(start), count is null ? null : ReadExpression(count));
        if (read is null || PartIn(Current(read)) is not { } part || (value is not null && filled is null)
            || (start is not null && from?.Type != TensorType.Int32) || (count is not null && number?.Type != TensorType.Int32))
        {
            return Fail();
        }

        var element = part.Array.Type.Element;
        if (filled is null && !element.Shape.IsScalar && !HasStructs(target.Type))
        {
            return Refuse(call, $"'{Shorten(call.Syntax.ToString())}', whose elements are null then,");
        }

        filled = filled is null ? element.Shape.IsScalar ? _builder.Literal(element.Scalar, 0) : Add(Constants.Fill, [_builder.Literal(element.Scalar, 0)], Attributes.Of(element.Shape.Rows, element.Shape.Columns))
            : ConvertTo(filled, element, call);
        if (filled is null || !MayWrite(part.Array, call))
        {
            return Fail();
        }

        if (from is not null)
        {
            var length = LengthOf(part);
            from = Add(Arrays.UpTo, [from, length]);
            number = Add(Arrays.UpTo, [number!, Add(Arithmetic.Subtract, [length, from])]);
            part = PartIn(Sliced(null, part, from, number))!.Value;
        }

        Store(filled);
        var next = AddLoop(LengthOf(part), [part.Array], (k, carried) =>
            [Add(Arrays.With, [filled, part.Start is { } place ? Add(Arithmetic.Add, [place, k]) : k, carried[0]])])[0];
        Replace(part.Array, next, call);
        return Bundle.Nothing;
    }

    /// <summary>Array.Copy, CopyTo.</summary>
    /// <param name="call">The call.</param>
    /// <param name="operands">What it takes, in the order of its evaluation.</param>
    /// <param name="from">Which of them is the array that is copied.</param>
    /// <param name="fromIndex">Which is the place of its first element that is copied; -1 if it is the first of all.</param>
    /// <param name="to">Which is the array that is written.</param>
    /// <param name="toIndex">Which is the place of the first element that is written.</param>
    /// <param name="count">Which is the number of elements; -1 for all.</param>
    private Value? ReadCopyTo(IInvocationOperation call, IOperation[] operands, int from, int fromIndex, int to, int toIndex, int count)
    {
        var read = Array.ConvertAll(operands, ReadExpression);
        if (read.Any(r => r is null) || PartIn(Current(read[from]!)) is not { } source || PartIn(Current(read[to]!)) is not { } target)
        {
            return Fail();
        }

        Value? At(int operand) => operand < 0 ? null : read[operand];
        if (source.Array.Type != target.Array.Type || new[] { fromIndex, toIndex, count }.Any(o => At(o) is { } number && number.Type != TensorType.Int32))
        {
            return Refuse(call, $"'{Shorten(call.Syntax.ToString())}'");
        }

        if (!MayWrite(target.Array, call))
        {
            return Fail();
        }

        ArrayPart From(ArrayPart part, Value? start)
        {
            if (start is null)
            {
                return part;
            }

            var length = LengthOf(part);
            start = Add(Arrays.UpTo, [start, length]);
            return PartIn(Sliced(null, part, start, Add(Arithmetic.Subtract, [length, start])))!.Value;
        }

        (source, target) = (From(source, At(fromIndex)), From(target, At(toIndex)));
        var number = At(count) is { } some ? Add(Arrays.UpTo, [some, LengthOf(source)]) : LengthOf(source);
        number = Add(Arrays.UpTo, [number, LengthOf(target)]);
        if (MayBeSame(source.Array, target.Array))
        {
            // As if all had been read before the first is written.
            var kept = CopyInto(Add(Arrays.New, [number], Arrays.AttributesOf(source.Array.Type.Element)), null, source, number);
            source = new ArrayPart(kept, null, null);
        }

        Replace(target.Array, CopyInto(target.Array, target.Start, source, number), call);
        return Bundle.Nothing;
    }
}
