using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <summary>
/// From C#'s operations to rows: which row an operator, a call, an indexer, a conversion or a collection expression
/// is, on which operands, with which attributes; and whether their shapes fit. Reports nothing.
/// </summary>
internal static class CallShapes
{
    /// <summary>The row that an operation of C# stands for, whatever its arguments; null if it is none.</summary>
    public static Operation? RowOf(IOperation operation) =>
        SymbolOf(operation) is { } symbol ? RuntimeSymbols.OperationOf(symbol) : null;

    /// <summary>
    /// The row, the operations whose values are its operands (receiver first, then arguments in the parameters'
    /// order; conversions not stripped), and its attributes. Without operands where the row wants one only for its
    /// scalar type (<c>Zeros()</c>, <see cref="OperandTypes"/>). False where there is no row, where an index that
    /// must be constant is not, where a size is unknown that the attributes need, and for a collection expression
    /// with spreads or wrong counts.
    /// </summary>
    public static bool TryGetCall(
        IOperation operation,
        Func<ITypeSymbol, ITypeSymbol>? resolve,
        [NotNullWhen(true)] out Operation? row,
        out ImmutableArray<IOperation> operands,
        out Attributes attributes)
    {
        (operands, attributes) = ([], Attributes.None);
        row = RowOf(operation);
        if (row is null)
        {
            return false;
        }

        var integers = ImmutableArray.CreateBuilder<int>();
        if (operation is ICollectionExpressionOperation collection)
        {
            if (CollectionShapes.EntriesOf(collection, resolve) is not { } entries)
            {
                return false;
            }

            operands = entries;
        }
        else if (!TrySplit(operation, row, integers, out operands))
        {
            return false;
        }

        if (row.TakesResultShape)
        {
            if (RuntimeSymbols.TypeOf(operation.Type, resolve) is not { } result)
            {
                return false;
            }

            integers.Add(result.Shape.Rows);
            integers.Add(result.Shape.Columns);
        }

        if (integers.Count > 0)
        {
            attributes = new Attributes(0, new EquatableArray<int>(integers.ToImmutable()));
        }

        return row.Arity < 0 || operands.Length == row.Arity || IsWithoutOperands(row, operands);
    }

    /// <summary>
    /// The operands' types, or null where one is unknown (a size that is a type parameter, an unfinished expression).
    /// A call without operands gets a scalar of the result's entries.
    /// </summary>
    public static ImmutableArray<TensorType>? OperandTypes(
        IOperation operation, Operation row, ImmutableArray<IOperation> operands, Func<ITypeSymbol, ITypeSymbol>? resolve)
    {
        if (IsWithoutOperands(row, operands))
        {
            return RuntimeSymbols.TypeOf(operation.Type, resolve) is { } result ? [result.With(Shape.Scalar)] : null;
        }

        var types = ImmutableArray.CreateBuilder<TensorType>(operands.Length);
        foreach (var operand in operands)
        {
            if (RuntimeSymbols.TypeOf(operand.Type, resolve) is not { } type)
            {
                return null;
            }

            types.Add(type);
        }

        return types.MoveToImmutable();
    }

    /// <summary>
    /// Why the shapes of this very operation do not fit, its operands taken for what their types say; null if they
    /// fit or are not known.
    /// </summary>
    /// <param name="operation">Any operation.</param>
    /// <param name="resolve">What stands for a type parameter, or null.</param>
    /// <param name="wrong">The smallest expression that is wrong: the operation, a row of a literal, an index.</param>
    public static ShapeError? ErrorOf(IOperation operation, Func<ITypeSymbol, ITypeSymbol>? resolve, out IOperation wrong)
    {
        wrong = operation;
        if (operation is IConversionOperation { IsImplicit: true })
        {
            return null; // Bound only to explain why C# refuses it, which C# does.
        }

        if (operation is ICollectionExpressionOperation collection)
        {
            return CollectionShapes.ErrorOf(collection, resolve, out wrong);
        }

        if (!TryGetCall(operation, resolve, out var row, out var operands, out var attributes)
            || OperandTypes(operation, row, operands, resolve) is not { } types
            || Builder.Infer(row, types, attributes).Error is not { } error)
        {
            return null;
        }

        wrong = error.Kind == ShapeErrorKind.OutOfRange ? WrongIndex(operation, row, types, attributes) : operation;
        return operation is IInvocationOperation call && error.MessageOf is { } message
            ? error with { Message = message(call.TargetMethod.Name) }
            : error;
    }

    private static ISymbol? SymbolOf(IOperation operation) => operation switch
    {
        IBinaryOperation binary => binary.OperatorMethod,
        IUnaryOperation unary => unary.OperatorMethod,
        ICompoundAssignmentOperation assignment => assignment.OperatorMethod,
        IConversionOperation conversion => conversion.OperatorMethod,
        IInvocationOperation invocation => invocation.TargetMethod,
        IPropertyReferenceOperation property => property.Property,
        ICollectionExpressionOperation collection => collection.ConstructMethod,
        _ => null,
    };

    /// <summary>Receiver and arguments; constant integers go to the attributes where the row wants them.</summary>
    private static bool TrySplit(
        IOperation operation, Operation row, ImmutableArray<int>.Builder integers, out ImmutableArray<IOperation> operands)
    {
        operands = operation switch
        {
            IBinaryOperation binary => [binary.LeftOperand, binary.RightOperand],
            IUnaryOperation unary => [unary.Operand],
            ICompoundAssignmentOperation assignment => [assignment.Target, assignment.Value],
            IConversionOperation conversion => [conversion.Operand],
            IInvocationOperation invocation => WithReceiver(invocation.Instance, invocation.Arguments),
            IPropertyReferenceOperation property => WithReceiver(property.Instance, property.Arguments),
            _ => [],
        };
        if (!row.TakesConstantIntegers)
        {
            return true;
        }

        var rest = ImmutableArray.CreateBuilder<IOperation>();
        foreach (var operand in operands)
        {
            if (operand.Type?.SpecialType != SpecialType.System_Int32)
            {
                rest.Add(operand);
            }
            else if (operand.ConstantValue is { HasValue: true, Value: int integer })
            {
                integers.Add(integer);
            }
            else
            {
                return false;
            }
        }

        operands = rest.ToImmutable();
        return integers.Count > 0;
    }

    /// <summary>What a call computes with: the receiver if there is one, then the arguments in the parameters' order.</summary>
    public static ImmutableArray<IOperation> WithReceiver(IOperation? receiver, ImmutableArray<IArgumentOperation> arguments)
    {
        var values = arguments.OrderBy(a => a.Parameter?.Ordinal ?? int.MaxValue).Select(a => a.Value);
        return receiver is null ? [.. values] : [receiver, .. values];
    }

    private static bool IsWithoutOperands(Operation row, ImmutableArray<IOperation> operands) =>
        operands.IsEmpty && row is { Arity: 1, TakesResultShape: true };

    /// <summary>The argument without which the indices would be right; the whole operation where there is none such.</summary>
    private static IOperation WrongIndex(
        IOperation operation, Operation row, ImmutableArray<TensorType> types, Attributes attributes)
    {
        var indices = (operation switch
        {
            IInvocationOperation invocation => invocation.Arguments,
            IPropertyReferenceOperation property => property.Arguments,
            _ => [],
        }).Where(a => a.Value.Type?.SpecialType == SpecialType.System_Int32).OrderBy(a => a.Parameter?.Ordinal ?? 0).ToList();
        for (var i = 0; i < indices.Count && i < attributes.Integers.Count; i++)
        {
            var corrected = attributes with { Integers = new EquatableArray<int>(attributes.Integers.Items.SetItem(i, 0)) };
            if (Builder.Infer(row, types, corrected).Error is null)
            {
                return indices[i].Value;
            }
        }

        return operation;
    }
}
