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
    /// <summary>Elements that are assigned together, (a[i], a[j]) = …, whose places have been read before what is assigned.</summary>
    private readonly Dictionary<IOperation, ElementPlace> _places = [];

    /// <summary>Whether the elements are structs of System.Numerics: zeros at first, and never the same as others.</summary>
    private bool HasStructs(ITypeSymbol? type) =>
        type is not null && RuntimeSymbols.ElementOf(_frame.Resolve(type)) is { } element && NumericsTypes.Of(_frame.Resolve(element)) is not null;

    private bool IsArray(ITypeSymbol? type) => TypeOf(type) is { IsArray: true };

    /// <summary>An array of two dimensions.</summary>
    private bool IsGrid(ITypeSymbol? type) => type is not null
        && _frame.Resolve(type) is IArrayTypeSymbol { Rank: 2, ElementType: var element } && TypeOf(element) is { IsTensor: true };

    /// <summary>a[k], for arrays and spans, also from the end; a[i, j]; a[m..n].</summary>
    private Value? ReadElement(IOperation element) => PartsOf(element) switch
    {
        ({ } owner, [IRangeOperation range]) when IsArray(owner.Type) && IsArray(element.Type) => ReadRange(element, owner, range),
        ({ } owner, _) when (IsArray(owner.Type) || IsGrid(owner.Type)) && TypeOf(element.Type) is { IsTensor: true } =>
            PlaceOf(element) is { } place ? Add(Arrays.At, [place.Array, place.Index]) : Fail(),
        _ => Refuse(element, $"'{Shorten(element.Syntax.ToString())}'"),
    };

    /// <summary>Whether an operation is an element of an array or a span.</summary>
    private bool IsElement(IOperation operation) => TypeOf(operation.Type) is { IsTensor: true }
        && PartsOf(operation) is ({ } owner, [not IRangeOperation, ..]) && (IsArray(owner.Type) || IsGrid(owner.Type));

    /// <summary>The array and the place of an element; null where it has none.</summary>
    private ElementPlace? PlaceOf(IOperation element)
    {
        if (_places.TryGetValue(element, out var known))
        {
            return known;
        }

        if (PartsOf(element) is not ({ } owner, var places) || ReadExpression(owner) is not { } read || PartIn(read) is not { } part)
        {
            Fail();
            return null;
        }

        var indices = places.Select(p => ReadIndex(p, part)).ToList();
        if (indices.Count != (read is Bundle { Form: BundleForm.Grid } ? 2 : 1) || indices.Any(i => i is null) || PartIn(Current(read)) is not { } now)
        {
            Fail();
            return null;
        }

        return new ElementPlace(now.Array, read is Bundle { Form: BundleForm.Grid } grid ? IndexIn(grid, indices[0]!, indices[1]!) : IndexIn(now, indices[0]!));
    }

    /// <summary>The array and the indices of an element.</summary>
    private static (IOperation? Array, ImmutableArray<IOperation> Indices) PartsOf(IOperation element) => element switch
    {
        IArrayElementReferenceOperation access => (access.ArrayReference, access.Indices),
        IImplicitIndexerReferenceOperation access => (access.Instance, [access.Argument]),
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } array, Arguments: [var index] } => (array, [index.Value]),
        _ => (null, []),
    };

    private Value? ReadIndex(IOperation index, ArrayPart array)
    {
        if (index is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } fromEnd)
        {
            return ReadExpression(fromEnd.Operand) is { } number
                ? Add(Arithmetic.Subtract, [LengthOf(array), number])
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

        if (property.Instance is null)
        {
            return property.Property.Name == "Empty" && TypeOf(property.Type) is { IsArray: true } type
                ? Add(Arrays.New, [_builder.Literal(ScalarType.Int32, 0)], Arrays.AttributesOf(type.Element))
                : Refuse(property, $"the property '{property.Property.Name}'");
        }

        if (ReadExpression(property.Instance) is not { } read || PartIn(read) is not { } array)
        {
            return Fail();
        }

        return property.Property.Name switch
        {
            "Length" => LengthOf(array),
            "IsEmpty" => Add(Comparisons.Equal, [LengthOf(array), _builder.Literal(ScalarType.Int32, 0)]),
            _ => Refuse(property, $"the property '{property.Property.Name}'"),
        };
    }

    /// <summary>new double[n], new double[] { … }, new[] { … }.</summary>
    private Value? ReadArrayCreation(IArrayCreationOperation creation)
    {
        if (IsGrid(creation.Type))
        {
            return ReadNewGrid(creation);
        }

        if (!IsArray(creation.Type) || creation.DimensionSizes.Length != 1)
        {
            return creation.Type is IArrayTypeSymbol { ElementType.TypeKind: TypeKind.Error } ? Fail()
                : creation.Type is IArrayTypeSymbol { ElementType: IArrayTypeSymbol } ? RefuseJagged(creation)
                : creation.Type is IArrayTypeSymbol { Rank: > 2 } ? Refuse(creation, $"'{Shorten(creation.Syntax.ToString())}', which has more than two dimensions: compute the index into one array; it")
                : Refuse(creation, $"'{Shorten(creation.Syntax.ToString())}', which is not an array of numbers, vectors or matrices,");
        }

        return creation.Initializer is { } initializer
            ? ReadArray(creation, initializer.ElementValues)
            : ReadNewArray(creation, ReadExpression(creation.DimensionSizes[0]));
    }

    private Value? RefuseJagged(IOperation creation) =>
        Refuse(creation, $"'{Shorten(creation.Syntax.ToString())}', an array of arrays: use one with two dimensions, or compute the index into one array; it");

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
        if (TypeOf(creation.Type) is not { IsArray: true } type)
        {
            return Fail();
        }

        if (elements.Any(e => e is ISpreadOperation))
        {
            return ReadSpread(type, elements);
        }

        var values = elements.Select(e => ConvertTo(ReadExpression(e), type.Element, e)).ToList();
        if (values.Any(v => v is null || v.Type != type.Element))
        {
            return Fail();
        }

        var array = Add(Arrays.New, [_builder.Literal(ScalarType.Int32, values.Count)], Arrays.AttributesOf(type.Element));
        for (var k = 0; k < values.Count; k++)
        {
            array = With(array, values[k]!, _builder.Literal(ScalarType.Int32, k));
        }

        return array;
    }

    /// <summary>[a, .. b]: the elements listed and those of sequences, which are known once all has been read.</summary>
    private Value? ReadSpread(TensorType type, ImmutableArray<IOperation> elements)
    {
        var parts = new List<(IOperation Site, Value? Element, Sequence? Sequence)>();
        Value length = _builder.Literal(ScalarType.Int32, 0);
        foreach (var element in elements)
        {
            var sequence = element is ISpreadOperation spread ? SequenceOf(spread.Operand) : null;
            var single = element is ISpreadOperation ? null : ConvertTo(ReadExpression(element), type.Element, element);
            if (sequence is null && single is null)
            {
                return element is ISpreadOperation ? Refuse(element, $"'{Shorten(element.Syntax.ToString())}'") : Fail();
            }

            parts.Add((element, single, sequence));
            length = Add(Arithmetic.Add, [length, sequence?.Length ?? _builder.Literal(ScalarType.Int32, 1)]);
        }

        Value? array = Add(Arrays.New, [length], Arrays.AttributesOf(type.Element));
        Value place = _builder.Literal(ScalarType.Int32, 0);
        foreach (var (site, element, sequence) in parts)
        {
            var start = place;
            array = array is null ? null
                : sequence is null ? With(array, element!, start)
                : Fold(site, sequence, array, (all, one, k) => ConvertTo(one, type.Element, site) is { } value ? With(all, value, Add(Arithmetic.Add, [start, k])) : null);
            place = Add(Arithmetic.Add, [place, sequence?.Length ?? _builder.Literal(ScalarType.Int32, 1)]);
        }

        return array ?? Fail();
    }

    private Value With(Value array, Value element, Value index)
    {
        Store(element);
        return Add(Arrays.With, [element, index, array]);
    }

    /// <summary>Notes that a matrix has become an element of an array.</summary>
    private void Store(Value element)
    {
        if (!element.Shape.IsScalar)
        {
            _stored.UnionWith(SourcesOf(element));
        }
    }

    /// <summary>a[k] = s: from here on the array, under all its names, is another one, which differs in this element.</summary>
    private Value? WriteElement(IOperation target, Func<Func<Value?>, Value?> read)
    {
        if (PlaceOf(target) is not { } place || TypeOf(target.Type) is not { IsTensor: true } type)
        {
            return Fail();
        }

        var value = read(() => Add(Arrays.At, [Current(place.Array), place.Index]));
        return value is not null && ConvertTo(value, type, target) is { } converted ? WriteElement(place, converted, target) : Fail();
    }

    private Value? WriteElement(ElementPlace place, Value value, IOperation target)
    {
        var array = Current(place.Array);
        if (!MayWrite(array, target))
        {
            return null;
        }

        Replace(array, With(array, value, place.Index), target);
        return value;
    }
}
