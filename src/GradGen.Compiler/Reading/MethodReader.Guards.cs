using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <content>
/// Guards: what throws. Which exception it is is not read: where a guard fires the generated code calls the method
/// itself, which throws it again. What stands after a throw is never reached, so that nothing in it is a problem.
/// </content>
internal sealed partial class MethodReader
{
    /// <summary>Whether what is being read comes after something that always throws, here or in a caller.</summary>
    private bool IsUnreachable
    {
        get
        {
            for (var frame = _frame; frame is not null; frame = frame.Caller)
            {
                if (frame.HasThrown)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>From here on nothing is reached.</summary>
    private Value? Throw()
    {
        if (!IsUnreachable)
        {
            _ = _builder.AddMany(Guards.Throw, [], Attributes.None);
            _frame.HasThrown = true;
        }

        return null;
    }

    /// <summary>Throws where a condition holds that the text does not ask.</summary>
    private void ThrowIf(Value? condition)
    {
        if (condition is null)
        {
            _ = Fail();
        }
        else if (ConstantOf(condition) is { } known)
        {
            _ = known != 0 ? Throw() : null;
        }
        else
        {
            var thrown = _builder.Region([], _ =>
            {
                _ = _builder.AddMany(Guards.Throw, [], Attributes.None);
                return [];
            });
            _ = _builder.AddControlFlow(ControlFlow.If, [condition], [thrown, Branch.Empty], []);
        }
    }

    /// <summary>Throws where an upper bound is below the lower one, as Clamp does.</summary>
    private void ThrowIfBelow(Value high, Value low)
    {
        if (ConstantOf(high) is not { } most || ConstantOf(low) is not { } least)
        {
            ThrowIf(Add(Comparisons.Less, [high, low]));
        }
        else if (most < least)
        {
            _ = Throw();
        }
    }

    /// <summary>
    /// Two branches, one of which throws: what follows belongs to the other, and what that computes is simply what comes
    /// next. Null if both throw.
    /// </summary>
    private Branch? GoOn(Value condition, Branch then, Branch otherwise)
    {
        _ = _builder.AddControlFlow(
            ControlFlow.If,
            [condition],
            [then.HasThrown ? then.Block : Branch.Empty, otherwise.HasThrown ? otherwise.Block : Branch.Empty],
            []);
        if (then.HasThrown && otherwise.HasThrown)
        {
            _frame.HasThrown = true;
            return null;
        }

        var other = then.HasThrown ? otherwise : then;
        _builder.Splice(other.Block);
        return other;
    }

    /// <summary>
    /// ArgumentOutOfRangeException.ThrowIfNegative(x) and its like: when they throw. Whether a call is one that can be read,
    /// and is then done.
    /// </summary>
    private bool TryReadThrowHelper(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (!method.IsStatic || !method.ReturnsVoid || !method.Name.StartsWith("ThrowIf", StringComparison.Ordinal)
            || method.ContainingType is not { Name: "ArgumentNullException" or "ArgumentOutOfRangeException" or "ObjectDisposedException", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
        {
            return false;
        }

        Value? Of(int ordinal) => call.Arguments.FirstOrDefault(a => a.Parameter?.Ordinal == ordinal) is { } argument ? ReadExpression(Unboxed(argument.Value)) : Fail();
        var value = Of(0);
        if (method.Name == "ThrowIfNull")
        {
            // No matrix and no object that is read is null here: the generated code has asked that first.
            if (value is Bundle { Members.IsEmpty: true } or { Type.IsScalar: true })
            {
                _ = Refuse(call, $"'{Shorten(call.Syntax.ToString())}', of what is not read otherwise,");
            }

            return true;
        }

        if (method.Name == "ThrowIf")
        {
            ThrowIf(value);
            return true;
        }

        if (value is null)
        {
            return true;
        }

        if (!value.Type.IsScalar || (value.Type.Scalar == ScalarType.Boolean && method.Name is not ("ThrowIfEqual" or "ThrowIfNotEqual")))
        {
            return false;
        }

        var zero = _builder.Literal(value.Type.Scalar, 0);
        Value IsNegative() => value.Type.IsFloating ? Add(Comparisons.IsNegative, [value]) : Add(Comparisons.Less, [value, zero]);
        var condition = method.Name switch
        {
            "ThrowIfNegative" => IsNegative(),
            "ThrowIfZero" => Add(Comparisons.Equal, [value, zero]),
            "ThrowIfNegativeOrZero" => Add(Comparisons.Or, [IsNegative(), Add(Comparisons.Equal, [value, zero])]),
            // As CompareTo orders them: NaN is below every number.
            "ThrowIfLessThan" => IsBelow(value, Of(1)),
            "ThrowIfGreaterThan" => IsBelow(Of(1), value),
            "ThrowIfLessThanOrEqual" => IsBelow(Of(1), value) is { } above ? Add(Comparisons.Not, [above]) : null,
            "ThrowIfGreaterThanOrEqual" => IsBelow(value, Of(1)) is { } below ? Add(Comparisons.Not, [below]) : null,
            "ThrowIfEqual" => IsSame(value, Of(1)),
            "ThrowIfNotEqual" => IsSame(value, Of(1)) is { } same ? Add(Comparisons.Not, [same]) : null,
            _ => Refuse(call, $"'{Shorten(call.Syntax.ToString())}'"),
        };
        ThrowIf(condition);
        return true;
    }

    private Value? IsBelow(Value? left, Value? right) => CompareWith(left, Comparisons.Less, right) is not { } less ? null
        : !left!.Type.IsFloating ? less
        : Add(Comparisons.Or, [less, Add(Comparisons.And, [IsNaN(left), Add(Comparisons.Not, [IsNaN(right!)])])]);

    private Value? IsSame(Value? left, Value? right) => CompareWith(left, Comparisons.Equal, right) is not { } equal ? null
        : !left!.Type.IsFloating ? equal
        : Add(Comparisons.Or, [equal, Add(Comparisons.And, [IsNaN(left), IsNaN(right!)])]);

    /// <summary>double.IsNaN(x) and its like, also T.IsNaN(x) in a generic helper.</summary>
    private bool IsClassification(IInvocationOperation call) =>
        call is { TargetMethod: { IsStatic: true, Name: "IsNaN" or "IsFinite" or "IsInfinity" or "IsPositiveInfinity" or "IsNegativeInfinity" or "IsNegative" or "IsPositive" }, Arguments: [{ Value: var argument }] }
        && TypeOf(argument.Type) is { IsScalar: true } type
        && TypeOf(call.ConstrainedToType ?? call.TargetMethod.ContainingType) == type;

    private Value? ReadClassification(IInvocationOperation call)
    {
        if (ReadExpression(call.Arguments[0].Value) is not { } number)
        {
            return Fail();
        }

        var name = call.TargetMethod.Name;
        if (!number.Type.IsFloating)
        {
            return name is "IsNegative" or "IsPositive" && Add(Comparisons.Less, [number, _builder.Literal(number.Type.Scalar, 0)]) is var below
                ? name == "IsNegative" ? below : Add(Comparisons.Not, [below])
                : Known(name == "IsFinite");
        }

        Value Infinity(double sign) => _builder.Literal(number.Type.Scalar, sign * double.PositiveInfinity);
        Value Size() => Add(Elementary.Abs, [number]);
        return name switch
        {
            "IsNaN" => IsNaN(number),
            "IsFinite" => Add(Comparisons.Less, [Size(), Infinity(1)]),
            "IsInfinity" => Add(Comparisons.Equal, [Size(), Infinity(1)]),
            "IsPositiveInfinity" => Add(Comparisons.Equal, [number, Infinity(1)]),
            "IsNegativeInfinity" => Add(Comparisons.Equal, [number, Infinity(-1)]),
            "IsNegative" => Add(Comparisons.IsNegative, [number]),
            _ => Add(Comparisons.Not, [Add(Comparisons.IsNegative, [number])]),
        };
    }

    /// <summary>
    /// Whether a call says something to people, such as Debug.Assert, and does nothing to what is
    /// computed: the way back does not repeat it.
    /// </summary>
    private static bool IsNothing(IInvocationOperation call) =>
        call.TargetMethod is { IsStatic: true, ReturnsVoid: true, ContainingType: { Name: "Debug" or "Trace", ContainingNamespace: { Name: "Diagnostics", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } } }
        && !call.Arguments.Any(a => a.DescendantsAndSelf().Any(o => o is IAssignmentOperation or IIncrementOrDecrementOperation or IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out }));

    private Value IsNaN(Value number) => Add(Comparisons.NotEqual, [number, number]);

    /// <summary>What a conversion to object, or to an interface, was made of.</summary>
    private static IOperation Unboxed(IOperation expression)
    {
        while (expression is IConversionOperation { IsImplicit: true, Type.IsReferenceType: true, Conversion.IsUserDefined: false } conversion)
        {
            expression = conversion.Operand;
        }

        return expression;
    }

    /// <summary>What x == null and x != null ask of; null for any other operator.</summary>
    private static IOperation? AskedForNull(IBinaryOperation comparison) =>
        comparison.OperatorKind is not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals) ? null
        : IsNull(comparison.LeftOperand) ? comparison.RightOperand
        : IsNull(comparison.RightOperand) ? comparison.LeftOperand
        : null;

    /// <summary>x == null and x != null: what can be null has been checked when the program gets here.</summary>
    private Value? ReadNullCheck(IOperation operand, bool isTrueOfNull) =>
        IsNotNull(operand, ReadExpression(Unboxed(operand))) is not { } known ? Fail() : _builder.Literal(ScalarType.Boolean, known == isTrueOfNull ? 0 : 1);

    private static bool IsNull(IOperation operation) => Unboxed(operation) is { ConstantValue: { HasValue: true, Value: null } };

    /// <summary>True; null where the method only hands the object on, so that nobody has looked whether it is there.</summary>
    private bool? IsNotNull(IOperation operation, Value? value)
    {
        if (value is null)
        {
            return null;
        }

        if (value is Bundle { Members.IsEmpty: true } && operation.Type is not { IsValueType: true })
        {
            _ = Refuse(operation, $"asking whether '{Shorten(operation.Syntax.ToString())}' is null, which is nothing that GradGen reads,");
            return null;
        }

        return true;
    }

    /// <summary>a ?? b, where a is never null.</summary>
    private Value? ReadCoalesce(ICoalesceOperation coalesce)
    {
        if (coalesce.Value.Type is { IsValueType: true })
        {
            return Refuse(coalesce, $"'{Shorten(coalesce.Syntax.ToString())}', a number that may be missing,");
        }

        var value = ReadExpression(coalesce.Value);
        return IsNotNull(coalesce.Value, value) is null ? Fail() : value;
    }
}
