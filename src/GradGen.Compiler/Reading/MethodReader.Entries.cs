using System.Collections.Immutable;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <summary>Entries of matrices, read and written, at places known while reading or only when the program runs.</summary>
internal sealed partial class MethodReader
{
    /// <summary>The values of indices; those of an unrolled loop are constants. Null where one has none.</summary>
    private ImmutableArray<Value>? ReadIndices(ImmutableArray<IArgumentOperation> arguments)
    {
        var indices = ImmutableArray.CreateBuilder<Value>();
        foreach (var argument in arguments.OrderBy(a => a.Parameter?.Ordinal ?? 0))
        {
            if (ReadExpression(argument.Value) is not { } value)
            {
                return null;
            }

            if (value.Type != TensorType.Int32)
            {
                Refuse(argument, $"the index '{argument.Syntax}'");
                return null;
            }

            indices.Add(value);
        }

        return indices.ToImmutable();
    }

    private Value? ReadEntry(IPropertyReferenceOperation entry, Operation row, Value matrix, ImmutableArray<Value> indices)
    {
        if (ConstantsOf(indices) is { } constants)
        {
            return AddChecked(entry, row, [matrix], constants, isKnownOnlyHere: true);
        }

        return PositionOf(entry, matrix.Shape, indices) is { } position ? Add(Gathers.EntryAt, [matrix, position]) : Fail();
    }

    private Attributes? ConstantsOf(ImmutableArray<Value> indices) => indices.All(i => ConstantOf(i) is not null)
        ? new Attributes(0, new EquatableArray<int>([.. indices.Select(i => (int)ConstantOf(i)!.Value)]))
        : null;

    /// <summary>The position in row-major order, each index having been found in its range.</summary>
    private Value? PositionOf(IPropertyReferenceOperation entry, Shape shape, ImmutableArray<Value> indices)
    {
        if (CheckIndex(entry, shape, indices, 0) is not { } row)
        {
            return Fail();
        }

        if (indices.Length == 1)
        {
            return row;
        }

        return CheckIndex(entry, shape, indices, 1) is { } column
            ? Add(Arithmetic.Add, [Add(Arithmetic.Multiply, [row, _builder.Literal(ScalarType.Int32, shape.Columns)]), column])
            : Fail();
    }

    private Value? CheckIndex(IPropertyReferenceOperation entry, Shape shape, ImmutableArray<Value> indices, int number)
    {
        var size = number == 0 ? shape.Rows : shape.Columns;
        if (ConstantOf(indices[number]) is not { } constant)
        {
            return Add(Gathers.InRange, [indices[number]], Attributes.Of(size));
        }

        if (constant >= 0 && constant < size)
        {
            return indices[number];
        }

        var (rows, columns) = (shape.Rows, shape.Columns);
        Report(Descriptors.OutOfRange, entry, number == 0
            ? ShapeMessages.RowOutOfRange((int)constant, rows, columns)
            : ShapeMessages.ColumnOutOfRange((int)constant, rows, columns));
        return null;
    }

    /// <summary>The target as an entry of a local matrix, m[i, j], or an element of an array, outside the arms of conditional expressions.</summary>
    private IOperation? EntryOfLocal(IOperation target) =>
        _frame.Arms == 0 && (IsElement(target) || (OwnerOf(target) is not null && IsStatement(target.Parent))) ? target : null;

    /// <summary>
    /// Whether an assignment is a statement, or the right side of one that is. Inside an expression a write would change
    /// a matrix that stands to its left and has been read as it was before.
    /// </summary>
    private static bool IsStatement(IOperation? assignment) =>
        assignment?.Parent is IExpressionStatementOperation
        || (assignment?.Parent is ISimpleAssignmentOperation outer && outer.Value == assignment && IsStatement(outer));

    /// <summary>
    /// Whether a local holds a matrix that this method made and that has no other name: matrices are classes, so that
    /// a write through one name would show through the other.
    /// </summary>
    private bool IsOwned(ILocalSymbol local, IOperation target)
    {
        if (!_frame.Variables.TryGetValue(local, out var value) || value is null)
        {
            Fail();
            return false;
        }

        const string copy = " + 0.0";
        var written = target is ILoopOperation or IInvocationOperation ? local.Name : target.Syntax.ToString();
        if (SourcesOf(value).Overlaps(_parameters))
        {
            Report(Descriptors.WritesState, target, $"'{written}' is written, and '{local.Name}' may be one of the method's arguments: work on a copy, '{local.Name}{copy}'");
            return false;
        }

        if (SourcesOf(value).Any(s => _stored.Contains(s) || (!s.Shape.IsScalar && _builder.DefinitionOf(s)?.Operation == Arrays.At)))
        {
            Report(Descriptors.NotSupported, target, $"'{written}' is written, and '{local.Name}' is also an element of an array: work on a copy, '{local.Name}{copy}'");
            return false;
        }

        for (var frame = _frame; frame is not null; frame = frame.Caller)
        {
            foreach (var other in frame.Variables)
            {
                // What a return has left for after the loops is not read before, and nothing is written after it.
                if (other.Value is not null && other.Key is not IMethodSymbol && !SymbolEqualityComparer.Default.Equals(other.Key, local) && other.Value.Leaves().Any(v => MayBeSame(v, value)))
                {
                    Report(
                        other.Key is IParameterSymbol ? Descriptors.WritesState : Descriptors.NotSupported, target,
                        $"'{written}' is written, and '{local.Name}' may be the same as '{other.Key.Name}': work on a copy, '{other.Key.Name}{copy}'");
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>m[i, j] = s: from here on the local is another matrix, which differs in this entry.</summary>
    private Value? WriteEntry(IOperation target, Func<Func<Value?>, Value?> read)
    {
        if (IsElement(target))
        {
            return WriteElement(target, read);
        }

        var owner = (ILocalSymbol)OwnerOf(target)!;

        if (target is not IPropertyReferenceOperation entry || !IsOwned(owner, entry) || ReadIndices(entry.Arguments) is not { } indices || _frame.Variables[owner] is not { } before)
        {
            return Fail();
        }

        var constants = ConstantsOf(indices);
        var position = constants is null ? PositionOf(entry, before.Shape, indices) : null;
        if (constants is null && position is null)
        {
            return Fail();
        }

        var isKnownOnlyHere = entry.Arguments.Any(a => !a.Value.ConstantValue.HasValue);
        var value = read(() => _frame.Variables[owner] is not { } matrix ? Fail()
            : constants is null ? Add(Gathers.EntryAt, [matrix, position!])
            : AddChecked(entry, Gathers.Element, [matrix], constants, isKnownOnlyHere));
        if (value is null || TypeOf(entry.Type) is not { } type || ConvertTo(value, type, entry) is not { } converted || _frame.Variables[owner] is not { } old)
        {
            return Fail();
        }

        Assign(owner, constants is null
            ? Add(Gathers.WithEntryAt, [old, converted, position!])
            : AddChecked(entry, Gathers.WithEntry, [old, converted], constants, isKnownOnlyHere));
        return converted;
    }
}
