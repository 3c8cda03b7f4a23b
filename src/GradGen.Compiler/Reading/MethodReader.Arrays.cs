using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <summary>
/// Arrays and spans: made, measured, read and written by element. A span is read as the array it shows; a local array is
/// a variable like any other, which each write gives another value.
/// </summary>
internal sealed partial class MethodReader
{
    /// <summary>Whether the elements are structs of System.Numerics: zeros at first, and never the same as others.</summary>
    private bool HasStructs(ITypeSymbol? type) =>
        type is not null && RuntimeSymbols.ElementOf(_frame.Resolve(type)) is { } element && NumericsTypes.Of(_frame.Resolve(element)) is not null;

    private bool IsArray(ITypeSymbol? type) => TypeOf(type) is { IsArray: true };

    /// <summary>a[k], for arrays and spans, also from the end.</summary>
    private Value? ReadElement(IOperation element)
    {
        if (PartsOf(element) is not var (owner, place) || !IsArray(owner.Type) || TypeOf(element.Type) is not { IsTensor: true })
        {
            return Refuse(element, $"'{Shorten(element.Syntax.ToString())}'");
        }

        return ReadExpression(owner) is { } array && ReadIndex(place, array) is { } index ? Add(Arrays.At, [array, index]) : Fail();
    }

    /// <summary>The array and the index of an element; null where there is not one index.</summary>
    private static (IOperation Array, IOperation Index)? PartsOf(IOperation element) => element switch
    {
        IArrayElementReferenceOperation { Indices: [var index] } access => (access.ArrayReference, index),
        IImplicitIndexerReferenceOperation access => (access.Instance, access.Argument),
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } array, Arguments: [var index] } => (array, index.Value),
        _ => null,
    };

    private Value? ReadIndex(IOperation index, Value array)
    {
        if (index is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } fromEnd)
        {
            return ReadExpression(fromEnd.Operand) is { } number
                ? Add(Arithmetic.Subtract, [Add(Arrays.Length, [array]), number])
                : Fail();
        }

        if (ReadExpression(index) is not { } value)
        {
            return Fail();
        }

        return value.Type == TensorType.Int32 ? value : Refuse(index, $"the index '{index.Syntax}'");
    }

    private Value? ReadArrayProperty(IPropertyReferenceOperation property)
    {
        if (property.Property.IsIndexer)
        {
            return ReadElement(property);
        }

        if (ReadExpression(property.Instance!) is not { } array)
        {
            return Fail();
        }

        return property.Property.Name switch
        {
            "Length" => Add(Arrays.Length, [array]),
            "IsEmpty" => Add(Comparisons.Equal, [Add(Arrays.Length, [array]), _builder.Literal(ScalarType.Int32, 0)]),
            _ => Refuse(property, $"the property '{property.Property.Name}'"),
        };
    }

    /// <summary>new double[n], new double[] { … }, new[] { … }.</summary>
    private Value? ReadArrayCreation(IArrayCreationOperation creation)
    {
        if (!IsArray(creation.Type) || creation.DimensionSizes.Length != 1)
        {
            return creation.Type is IArrayTypeSymbol { ElementType.TypeKind: TypeKind.Error } ? Fail()
                : Refuse(creation, $"'{Shorten(creation.Syntax.ToString())}', which is not an array of numbers, vectors or matrices,");
        }

        return creation.Initializer is { } initializer
            ? ReadArray(creation, initializer.ElementValues)
            : ReadNewArray(creation, ReadExpression(creation.DimensionSizes[0]));
    }

    private Value? ReadNewArray(IOperation creation, Value? length)
    {
        if (length is null || TypeOf(creation.Type) is not { IsArray: true } type)
        {
            return Fail();
        }

        if (!type.Shape.IsScalar && !HasStructs(creation.Type))
        {
            return Refuse(creation, $"'{Shorten(creation.Syntax.ToString())}', whose elements are null at first: list them, as in '[a, b]'; it");
        }

        return length.Type == TensorType.Int32
            ? Add(Arrays.New, [length], Arrays.AttributesOf(type.Element))
            : Refuse(creation, $"'{Shorten(creation.Syntax.ToString())}'");
    }

    /// <summary>An array of the elements listed.</summary>
    private Value? ReadArray(IOperation creation, ImmutableArray<IOperation> elements)
    {
        if (TypeOf(creation.Type) is not { IsArray: true } type || elements.FirstOrDefault(e => e is ISpreadOperation) is { } spread && Refuse(spread, "'..'") is null)
        {
            return Fail();
        }

        var values = elements.Select(e => ConvertTo(ReadExpression(e), type.Element, e)).ToList();
        if (values.Any(v => v is null || v.Type != type.Element))
        {
            return Fail();
        }

        var array = Add(Arrays.New, [_builder.Literal(ScalarType.Int32, values.Count)], Arrays.AttributesOf(type.Element));
        for (var k = 0; k < values.Count; k++)
        {
            Store(values[k]!);
            array = Add(Arrays.With, [values[k]!, _builder.Literal(ScalarType.Int32, k), array]);
        }

        return array;
    }

    /// <summary>Notes that a matrix has become an element of an array.</summary>
    private void Store(Value element)
    {
        if (!element.Shape.IsScalar)
        {
            _stored.UnionWith(SourcesOf(element));
        }
    }

    /// <summary>a[k] = s: from here on the local is another array, which differs in this element.</summary>
    private Value? WriteElement(IOperation target, ILocalSymbol owner, Func<Func<Value?>, Value?> read)
    {
        if (!IsOwned(owner, target)
            || PartsOf(target) is not var (_, place)
            || TypeOf(target.Type) is not { IsTensor: true } type
            || ReadIndex(place, _frame.Variables[owner]!) is not { } index)
        {
            return Fail();
        }

        var value = read(() => _frame.Variables[owner] is { } array ? Add(Arrays.At, [array, index]) : Fail());
        if (value is null || ConvertTo(value, type, target) is not { } converted || _frame.Variables[owner] is not { } old)
        {
            return Fail();
        }

        Store(converted);
        _ = Assign(owner, Add(Arrays.With, [converted, index, old]));
        return converted;
    }

    /// <summary>The array that a call only shows as a span or copies as a whole; null for any other call.</summary>
    private IOperation? IsSameArray(IInvocationOperation call)
    {
        var array = call.Instance ?? (call.Arguments.Length == 1 ? call.Arguments[0].Value : null);
        while (array is IConversionOperation { IsImplicit: true } conversion && IsArray(conversion.Operand.Type))
        {
            array = conversion.Operand;
        }

        return array is not null && IsArray(array.Type)
            && call.TargetMethod.Name is "AsSpan" or "ToArray" or "Clone"
            && call.TargetMethod.ContainingNamespace is { Name: "System" } or { Name: "Linq", ContainingNamespace.Name: "System" }
            && call.Arguments.Length == (call.Instance is null ? 1 : 0)
            ? array
            : null;
    }

    private Value? ReadSameArray(IInvocationOperation call, IOperation source) =>
        ReadExpression(source) is not { } array ? Fail()
        : call.TargetMethod.Name == "AsSpan" ? array
        : array.Type.Shape.IsScalar || HasStructs(source.Type) ? Add(Arrays.Copy, [array])
        : Refuse(call, $"'{Shorten(call.Syntax.ToString())}', whose elements would be the same matrices,");
}
