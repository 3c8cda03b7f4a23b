using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <content>Operators: C#'s own on numbers, the runtime's on matrices, and those with source.</content>
internal sealed partial class MethodReader
{
    private Value? ReadUnary(IUnaryOperation unary)
    {
        if (CallShapes.TryGetCall(unary, _frame.Resolve, out var row, out var operands, out var attributes))
        {
            return ReadOperation(unary, row, operands, attributes);
        }

        var operand = ReadExpression(unary.Operand);
        if (operand is null)
        {
            return Fail();
        }

        if (unary.OperatorMethod is { } method && NumericsOperations.Of(method) is { } numerics)
        {
            return AddNumerics(method, numerics, [operand]);
        }

        if (unary.OperatorMethod is { } own && SourceOf(own) is not null)
        {
            return ReadInPlace(unary, own, [operand]);
        }

        return unary.OperatorKind switch
        {
            UnaryOperatorKind.Plus when operand.Type.IsScalar => operand,
            UnaryOperatorKind.Minus when operand.Type.IsScalar => Add(Arithmetic.Negate, [operand], ContextOf(unary, operand)),
            UnaryOperatorKind.BitwiseNegation when operand.Type == TensorType.Int32 => Add(Bits.Xor, [operand, _builder.Literal(ScalarType.Int32, -1)]),
            UnaryOperatorKind.Not when operand.Type == TensorType.Boolean => Add(Comparisons.Not, [operand]),
            _ => Refuse(unary, $"the operator in '{unary.Syntax}'"),
        };
    }

    /// <summary>A chain a + b + c + … nests to the left, as deep as it is long: it is read in a loop.</summary>
    private Value? ReadBinary(IBinaryOperation binary)
    {
        if (AskedForNull(binary) is { } operand)
        {
            return ReadNullCheck(operand, isTrueOfNull: binary.OperatorKind == BinaryOperatorKind.Equals);
        }

        var chain = new Stack<IBinaryOperation>();
        IOperation leftmost = binary;
        while (leftmost is IBinaryOperation { ConstantValue.HasValue: false } inner && AskedForNull(inner) is null)
        {
            chain.Push(inner);
            leftmost = inner.LeftOperand;
        }

        var left = ReadExpression(leftmost);
        foreach (var link in chain)
        {
            if (link.OperatorKind is BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr && CanThrow(link.RightOperand))
            {
                left = ReadShortCircuit(link, left);
                continue;
            }

            var right = ReadExpression(link.RightOperand);
            left = left is null || right is null ? Fail()
                : CallShapes.RowOf(link) is { } row ? AddChecked(link, row, [left, right], Attributes.None)
                : ReadOperator(link, link.OperatorKind, link.OperatorMethod, left, right);
            Note(left, link);
        }

        return left;
    }

    /// <summary>a &amp;&amp; b and a || b where computing b without need could throw.</summary>
    private Value? ReadShortCircuit(IBinaryOperation link, Value? left) =>
        left is not null && ConstantOf(left) is { } known
        ? ((known != 0) == (link.OperatorKind == BinaryOperatorKind.ConditionalAnd) ? ReadExpression(link.RightOperand) : left)
        : link.OperatorKind == BinaryOperatorKind.ConditionalAnd
        ? ReadChoice(left, () => ReadExpression(link.RightOperand), () => _builder.Literal(ScalarType.Boolean, 0))
        : ReadChoice(left, () => _builder.Literal(ScalarType.Boolean, 1), () => ReadExpression(link.RightOperand));

    private static bool CanThrow(IOperation operation) => operation.DescendantsAndSelf().Any(o =>
        (o is IPropertyReferenceOperation entry && entry.Arguments.Any(a => !a.Value.ConstantValue.HasValue)) || o
        is IInvocationOperation or IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation or IAssignmentOperation or IIncrementOrDecrementOperation
        or IObjectCreationOperation or IThrowOperation or ISwitchExpressionOperation
        or IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder, Type.SpecialType: SpecialType.System_Int32 }
        or IBinaryOperation { OperatorMethod: not null } or IUnaryOperation { OperatorMethod: not null } or IConversionOperation { OperatorMethod: not null }
        or IBinaryOperation { IsChecked: true } or IUnaryOperation { IsChecked: true } or IConversionOperation { IsChecked: true }
        || (o is IPropertyReferenceOperation { Property: var property } && !PartReader.IsData(property) && SourceHasCode(property)));

    /// <summary>Whether a property has code of the user's, which could do anything.</summary>
    private static bool SourceHasCode(IPropertySymbol property) => !property.OriginalDefinition.DeclaringSyntaxReferences.IsEmpty;

    /// <summary>An operator on values: C#'s own on numbers, the runtime's on matrices (in compound assignments).</summary>
    private Value? ReadOperator(IOperation operation, BinaryOperatorKind kind, IMethodSymbol? method, Value? left, Value? right)
    {
        if (left is null || right is null)
        {
            return Fail();
        }

        if (!left.Type.IsScalar || !right.Type.IsScalar)
        {
            return method is null ? Refuse(operation, $"'{Shorten(operation.Syntax.ToString())}'")
                : RuntimeSymbols.OperationOf(method) is { } row ? AddChecked(operation, row, [left, right], Attributes.None)
                : NumericsOperations.Of(method) is { } numerics ? AddNumerics(method, numerics, [left, right])
                : SourceOf(method) is not null ? ReadInPlace(operation, method, [left, right])
                : Refuse(operation, $"'{operation.Syntax}'");
        }

        // A helper over the scalar type mixes nothing; C# has inserted conversions everywhere else.
        if (left.Type.Scalar != right.Type.Scalar)
        {
            return Refuse(operation, $"'{operation.Syntax}'");
        }

        Operation? scalar = (kind, left.Type.Scalar) switch
        {
            (BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd, ScalarType.Boolean) => Comparisons.And,
            (BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr, ScalarType.Boolean) => Comparisons.Or,
            (BinaryOperatorKind.ExclusiveOr or BinaryOperatorKind.NotEquals, ScalarType.Boolean) => Comparisons.NotEqual,
            (BinaryOperatorKind.Equals, _) => Comparisons.Equal,
            (_, ScalarType.Boolean) => null,
            (BinaryOperatorKind.And, ScalarType.Int32) => Bits.And,
            (BinaryOperatorKind.Or, ScalarType.Int32) => Bits.Or,
            (BinaryOperatorKind.ExclusiveOr, ScalarType.Int32) => Bits.Xor,
            (BinaryOperatorKind.LeftShift, ScalarType.Int32) => Bits.ShiftLeft,
            (BinaryOperatorKind.RightShift, ScalarType.Int32) => Bits.ShiftRight,
            (BinaryOperatorKind.Add, _) => Arithmetic.Add,
            (BinaryOperatorKind.Subtract, _) => Arithmetic.Subtract,
            (BinaryOperatorKind.Multiply, _) => Arithmetic.Multiply,
            (BinaryOperatorKind.Divide, _) => Arithmetic.Divide,
            (BinaryOperatorKind.Remainder, _) => Arithmetic.Remainder,
            (BinaryOperatorKind.LessThan or BinaryOperatorKind.GreaterThan, _) => Comparisons.Less,
            (BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThanOrEqual, _) => Comparisons.LessEqual,
            (BinaryOperatorKind.NotEquals, _) => Comparisons.NotEqual,
            _ => null,
        };
        if (scalar is null)
        {
            return Refuse(operation, $"the operator in '{operation.Syntax}'");
        }

        return kind is BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual
            ? Add(scalar, [right, left])
            : Add(scalar, [left, right], kind is BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply ? ContextOf(operation, left) : null);
    }

    /// <summary>Whether integers overflow as checked or unchecked says; null where that is unchecked, as the whole project.</summary>
    private Attributes? ContextOf(IOperation operation, Value operand)
    {
        var isChecked = operation switch
        {
            IBinaryOperation binary => binary.IsChecked,
            IUnaryOperation unary => unary.IsChecked,
            ICompoundAssignmentOperation compound => compound.IsChecked,
            IIncrementOrDecrementOperation increment => increment.IsChecked,
            IConversionOperation conversion => conversion.IsChecked,
            _ => false,
        };
        return operation is not IConversionOperation && operand.Type.Scalar != ScalarType.Int32 ? null
            : isChecked ? IntegerFunction.IsChecked
            : _compilation.Options.CheckOverflow ? IntegerFunction.IsUnchecked
            : null;
    }
}
