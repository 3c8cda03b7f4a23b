using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <summary>Matrices and vectors written as collection expressions: <c>[[1, 2], [3, 4]]</c>, <c>[1, 2]</c>.</summary>
internal static class CollectionShapes
{
    /// <summary>
    /// The entries in row-major order; null where they cannot be listed (spreads, rows that are variables, an
    /// unknown size) or are not as many as the type has.
    /// </summary>
    public static ImmutableArray<IOperation>? EntriesOf(
        ICollectionExpressionOperation collection, Func<ITypeSymbol, ITypeSymbol>? resolve)
    {
        if (ShapeOf(collection, resolve) is null
            || HasSpread(collection)
            || ErrorOf(collection, resolve, out _) is not null)
        {
            return null;
        }

        if (!RuntimeSymbols.IsMatrix(collection.Type!))
        {
            return collection.Elements;
        }

        var entries = ImmutableArray.CreateBuilder<IOperation>();
        foreach (var element in collection.Elements)
        {
            if (RowOf(element) is not { } row || HasSpread(row))
            {
                return null;
            }

            entries.AddRange(row.Elements);
        }

        return entries.ToImmutable();
    }

    /// <summary>Why the counts do not fit the type; null if they fit or are not known.</summary>
    public static ShapeError? ErrorOf(
        ICollectionExpressionOperation collection, Func<ITypeSymbol, ITypeSymbol>? resolve, out IOperation wrong)
    {
        wrong = collection;
        if (ShapeOf(collection, resolve) is not { } shape || HasSpread(collection))
        {
            return null;
        }

        var count = collection.Elements.Length;
        if (!RuntimeSymbols.IsMatrix(collection.Type!))
        {
            return count == shape.Rows ? null : OutOfRange(ShapeMessages.EntryCount(shape.Rows, count));
        }

        if (count != shape.Rows)
        {
            return OutOfRange(ShapeMessages.RowCount(shape.Rows, shape.Columns, count));
        }

        for (var i = 0; i < count; i++)
        {
            if (RowOf(collection.Elements[i]) is { } row && !HasSpread(row) && row.Elements.Length != shape.Columns)
            {
                wrong = row;
                return OutOfRange(ShapeMessages.RowLength(shape.Rows, shape.Columns, i, row.Elements.Length));
            }
        }

        return null;
    }

    private static Shape? ShapeOf(ICollectionExpressionOperation collection, Func<ITypeSymbol, ITypeSymbol>? resolve) =>
        collection.Type is { } type && RuntimeSymbols.IsMatrixOrVector(type)
            ? RuntimeSymbols.TypeOf(type, resolve)?.Shape
            : null;

    private static ICollectionExpressionOperation? RowOf(IOperation element) => element switch
    {
        ICollectionExpressionOperation row => row,
        IConversionOperation { Operand: ICollectionExpressionOperation row } => row,
        _ => null,
    };

    private static bool HasSpread(ICollectionExpressionOperation collection) =>
        collection.Elements.Any(e => e is ISpreadOperation);

    private static ShapeError OutOfRange(string message) => new(ShapeErrorKind.OutOfRange, message);
}
