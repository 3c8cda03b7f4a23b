using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <summary>Conversions, written and implied.</summary>
internal sealed partial class MethodReader
{
    private Value? ReadConversion(IConversionOperation conversion)
    {
        if (conversion.Operand is IThrowOperation)
        {
            return Throw();
        }

        if (!conversion.Conversion.Exists || (conversion.IsImplicit && conversion.OperatorMethod is { } method && RuntimeSymbols.OperationOf(method) is not null))
        {
            return Fail(); // C# reports it: it wants the cast, or knows no conversion.
        }

        if (CallShapes.TryGetCall(conversion, _frame.Resolve, out var row, out var operands, out var attributes))
        {
            return ReadOperation(conversion, row, operands, attributes);
        }

        var operand = ReadExpression(conversion.Operand);
        return operand is not null && conversion.OperatorMethod is { } own && SourceOf(own) is not null
            ? ReadInPlace(conversion, own, [operand])
            : Convert(operand, TypeOf(conversion.Type), conversion.Conversion, conversion);
    }

    private Value? Convert(Value? value, TensorType? type, CommonConversion conversion, IOperation operation) =>
        value is null ? Fail()
        : value is ReaderValue whole ? ConvertWhole(whole, operation.Type is null ? null : _frame.Resolve(operation.Type), conversion, operation)
        : conversion.IsIdentity || type == value.Type ? value
        : type is { } target ? ConvertTo(value, target, operation)
        : operation.Type?.TypeKind == TypeKind.Error ? Fail()
        : Refuse(operation, $"the conversion to '{operation.Type?.ToDisplayString()}'");

    /// <summary>A number in another type. What drops the fraction has no derivative.</summary>
    private Value? ConvertTo(Value? value, TensorType target, IOperation operation)
    {
        if (value is null || value.Type == target)
        {
            return value ?? Fail();
        }

        if (!value.Type.IsScalar || !target.IsScalar || value.Type.Scalar == ScalarType.Boolean || target.Scalar == ScalarType.Boolean)
        {
            return Refuse(operation, $"the conversion in '{operation.Syntax}'");
        }

        if (target.Scalar == ScalarType.Int32 && _active.Contains(value))
        {
            Report(Descriptors.ZeroDerivative, operation, $"'{operation.Syntax}' has a zero derivative: no gradient flows through a conversion to an integer; write StopGradient(…) around its operand if that is meant");
            return null;
        }

        return Add(Arithmetic.To(target.Scalar), [value], target.Scalar == ScalarType.Int32 ? ContextOf(operation, value) : null);
    }

    /// <summary>The result of a compound assignment in its target's type.</summary>
    private Value? ConvertBack(Value? value, ITypeSymbol? type, ICompoundAssignmentOperation operation)
    {
        if (value is ReaderValue whole)
        {
            return ConvertWhole(whole, type is null ? null : _frame.Resolve(type), operation.OutConversion, operation);
        }

        if (value is null || TypeOf(type) is not { } target)
        {
            return Fail();
        }

        if (value.Type.Shape == target.Shape)
        {
            return ConvertTo(value, target, operation);
        }

        return Fail(); // C# or the shape analyzer reports it
    }
}
