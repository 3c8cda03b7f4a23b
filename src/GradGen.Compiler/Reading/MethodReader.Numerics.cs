using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <summary>
/// System.Numerics: what its table has, members, and the assignment of members. Its types are structs: assigning a
/// member makes another value of the variable, and of nothing else.
/// </summary>
internal sealed partial class MethodReader
{
    /// <summary>A call, constructor or property of the table; null where <paramref name="symbol"/> is none.</summary>
    private Value? ReadNumerics(ISymbol symbol, NumericsOperation operation, ImmutableArray<IOperation> operands) =>
        ReadOperands(operands) is { } values ? AddNumerics(symbol, operation, values) : Fail();

    private Value? AddNumerics(ISymbol symbol, NumericsOperation operation, ImmutableArray<Value> operands)
    {
        CheckBounds();
        if (!operands.Select(o => (TensorType?)o.Type).SequenceEqual(OperandTypes(symbol)))
        {
            return Fail(); // C# reports it.
        }

        var before = _builder.ValueCount;
        ImmutableArray<Term> terms = [.. operands.DefaultIfEmpty(_builder.Literal(ScalarType.Float32, 1)).Select(o => new Term(_builder, o))];
        var value = operation.Formula(terms).Value;
        _instructions += _builder.ValueCount - before;
        return WithActivity(value, operands);
    }

    private IEnumerable<TensorType?> OperandTypes(ISymbol symbol)
    {
        var parameters = symbol is IMethodSymbol method ? method.Parameters.Select(p => TypeOf(p.Type)) : [];
        return symbol is { IsStatic: false } and not IMethodSymbol { MethodKind: MethodKind.Constructor }
            ? parameters.Prepend(TypeOf(symbol.ContainingType))
            : parameters;
    }

    /// <summary>Notes that a value varies if what it is computed from does.</summary>
    private Value WithActivity(Value value, ImmutableArray<Value> operands)
    {
        if (value.Type.IsFloating && operands.Any(_active.Contains) && _builder.DefinitionOf(value) is not { Operation.IsPiecewiseConstant: true })
        {
            _active.Add(value);
        }

        return value;
    }

    /// <summary>v.X, m.M12, m.Translation, v[i], m[i, j], m[i].</summary>
    private Value? ReadPartOf(IMemberReferenceOperation member, NumericsType type, Value whole) =>
        PlaceOf(member, type) is { } place ? ReadPlace(whole, place) : Fail();

    /// <summary>What a member or an indexer stands for, or null: it is a problem then.</summary>
    private MemberPlace? PlaceOf(IMemberReferenceOperation member, NumericsType type)
    {
        if (member is not IPropertyReferenceOperation { Property.IsIndexer: true } indexer)
        {
            if (type.PartOf(member.Member.Name) is { } part)
            {
                return new MemberPlace(part, null);
            }

            Refuse(member, $"'{member.Syntax}', of which GradGen knows no derivative,");
            return null;
        }

        if (ReadIndices(indexer.Arguments) is not { } indices)
        {
            return null;
        }

        var isRow = indices.Length == 1 && !type.Shape.IsColumn;
        if (ConstantsOf(indices) is not { } constants)
        {
            if (isRow)
            {
                Refuse(indexer, $"the row '{indexer.Syntax}', whose number is not a constant,");
                return null;
            }

            return PositionOf(indexer, type.Shape, indices) is { } position ? new MemberPlace(new NumericsPart(0, 1), position) : null;
        }

        if (Enumerable.Range(0, indices.Length).Any(n => CheckIndex(indexer, type.Shape, indices, n) is null))
        {
            return null;
        }

        var columns = type.Shape.Columns;
        return new MemberPlace(
            isRow ? new NumericsPart(constants[0] * columns, columns)
            : new NumericsPart(indices.Length == 1 ? constants[0] : (constants[0] * columns) + constants[1], 1), null);
    }

    private Value ReadPlace(Value whole, MemberPlace place) =>
        place.Position is { } position ? Add(Gathers.EntryAt, [whole, position]) : ReadPart(whole, place.Part);

    private Value ReadPart(Value whole, NumericsPart part)
    {
        var (columns, term) = (whole.Shape.Columns, new Term(_builder, whole));
        var value = part.Count == 1 ? term.Entry(part.Start)
            : whole.Shape.IsColumn ? term.Slice(part.Start, part.Count)
            : term.Block(part.Start / columns, part.Start % columns, 1, part.Count).T;
        return WithActivity(value.Value, [whole]);
    }

    /// <summary>The value with other entries in one part.</summary>
    private Value WithPart(Value whole, NumericsPart part, Value value)
    {
        var columns = whole.Shape.Columns;
        if (columns > 1 && part.Count == 1)
        {
            return Add(Gathers.WithEntry, [whole, value], Attributes.Of(part.Start / columns, part.Start % columns));
        }

        var (all, replaced) = (new Term(_builder, whole), new Term(_builder, value));
        var entries = Enumerable.Range(0, whole.Shape.Count).Select(e =>
            e < part.Start || e >= part.Start + part.Count ? all.Entry(e) : part.Count == 1 ? replaced : replaced.At(e - part.Start));
        var made = NumericsTerms.Matrix(whole.Shape.Rows, columns, [.. entries.Select(e => (Entry)e)]);
        return WithActivity(made.Value, [whole, value]);
    }

    /// <summary>new Vector3(…) { … }, or null if the type is none of System.Numerics.</summary>
    private Value? ReadNumericsCreation(IObjectCreationOperation creation, NumericsType type)
    {
        var made = creation.Constructor is not { } constructor ? Fail()
            : creation.Arguments.IsEmpty ? Zeros(type)
            : NumericsOperations.Of(constructor) is { } operation ? ReadNumerics(constructor, operation, CallShapes.WithReceiver(null, creation.Arguments))
            : Refuse(creation, $"'{Shorten(creation.Syntax.ToString())}'");
        return creation.Initializer is { } initializer && made is not null ? ReadInitializer(initializer, type, made) : made;
    }

    private Value? ReadInitializer(IObjectOrCollectionInitializerOperation initializer, NumericsType type, Value whole)
    {
        foreach (var member in initializer.Initializers)
        {
            if (member is not ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: var symbol } } assignment
                || type.PartOf(symbol.Name) is not { } part)
            {
                return Refuse(member, $"'{Shorten(member.Syntax.ToString())}'");
            }

            if (ReadExpression(assignment.Value) is not { } value || value.Type != type.Type.With(part.Shape))
            {
                return Fail();
            }

            whole = WithPart(whole, part, value);
        }

        return whole;
    }

    private Value Zeros(NumericsType type) =>
        Add(Constants.Fill, [_builder.Literal(type.Type.Scalar, 0)], Attributes.Of(type.Shape.Rows, type.Shape.Columns));

    /// <summary>Whether the target is a part of a struct of System.Numerics: v.X, m[1, 2], plane.Normal.X.</summary>
    private static bool IsPartOfStruct(IOperation target) =>
        target is IMemberReferenceOperation { Instance: { } owner } && NumericsTypes.Of(owner.Type) is not null;

    /// <summary>The variable, member or element that holds the struct of which the target is a part; the target itself if it is none.</summary>
    private static IOperation HolderOf(IOperation target)
    {
        while (IsPartOfStruct(target))
        {
            target = ((IMemberReferenceOperation)target).Instance!;
        }

        return target;
    }

    /// <summary>
    /// v.X = s, m.Translation += t, points[k].Y++: what holds the struct holds another one from here on, which differs in
    /// this part.
    /// </summary>
    /// <param name="target">The part.</param>
    /// <param name="read">What it is to be, given what reads what it is.</param>
    private Value? WritePart(IOperation target, Func<Func<Value?>, Value?> read)
    {
        if (OwnerOf(target) is not null || IsElement(HolderOf(target)))
        {
            return _frame.Arms > 0 || !IsStatement(target.Parent)
                ? Refuse(target, $"assigning to '{target.Syntax}' inside an expression")
                : WriteHeld(target, read);
        }

        if (_frame.Arms > 0 || RootOf(target) is null)
        {
            _ = ReadTarget(target); // It says what is wrong.
            return Fail();
        }

        return WriteHeld(target, read);
    }

    private Value? WriteHeld(IOperation target, Func<Func<Value?>, Value?> read)
    {
        if (!IsPartOfStruct(target))
        {
            return IsElement(target) ? WriteElement(target, read)
                : ReadTarget(target) is { } assign ? assign(read(() => OwnerOfMember(target)))
                : null;
        }

        var member = (IMemberReferenceOperation)target;
        var type = NumericsTypes.Of(member.Instance!.Type)!;
        Value? written = null;
        _ = WriteHeld(member.Instance, old =>
        {
            // The indices are read first, the struct again after the right side, which may have changed it.
            if (PlaceOf(member, type) is not { } place
                || read(() => old() is { } whole ? ReadPlace(whole, place) : Fail()) is not { } value
                || value.Type != type.Type.With(place.Part.Shape)
                || old() is not { } before)
            {
                return Fail();
            }

            written = value;
            return place.Position is { } position
                ? Add(Gathers.WithEntryAt, [before, value, position])
                : WithPart(before, place.Part, value);
        });
        return written;
    }

    /// <summary>Entries that are known while reading, or one at a position that is known at run time.</summary>
    private sealed record MemberPlace(NumericsPart Part, Value? Position);
}
