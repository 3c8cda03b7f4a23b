using System.Collections.Immutable;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <summary>
/// Calls: of the runtime's functions, of System.Math, of methods with source; and what makes matrices. (Of methods whose
/// derivative was given: MethodReader.GivenCalls.cs.)
/// </summary>
internal sealed partial class MethodReader
{
    private Value? ReadInvocation(IInvocationOperation call)
    {
        if (GivenOf(call.TargetMethod) is { } given)
        {
            return ReadGivenCall(call, given);
        }

        if (_calledForValue.TryGetValue(call, out var isForValue) && isForValue)
        {
            return ReadGivenCall(call, ForValue(call.TargetMethod));
        }

        if (call.Arguments is [var stopped] && RuntimeSymbols.OperationOf(call.TargetMethod) == Gathers.StopGradient)
        {
            FindCallForValue(stopped.Value);
            if (TypeOf(call.Type) is not { IsTensor: true })
            {
                return ReadExpression(stopped.Value) is { } value ? Stopped(value) : Fail();
            }
        }

        if (CallShapes.TryGetCall(call, _frame.Resolve, out var row, out var operands, out var attributes))
        {
            return ReadOperation(call, row, operands, attributes);
        }

        var method = call.TargetMethod;
        if (NumericsOperations.Of(method) is { } numerics)
        {
            return ReadNumerics(method, numerics, CallShapes.WithReceiver(call.Instance, call.Arguments));
        }

        if (TryReadArrayCall(call, out var ofArray) || TryReadAggregate(call, out ofArray))
        {
            return ofArray;
        }

        if (RuntimeSymbols.OperationOf(method) is not null)
        {
            // An operation whose indices are not constants, or whose sizes are not known.
            return Refuse(call, $"'{Shorten(call.Syntax.ToString())}', whose sizes or indices are not constants,");
        }

        if (TryReadThrowHelper(call))
        {
            return Bundle.Nothing;
        }

        if (IsNothing(call))
        {
            return Bundle.Nothing;
        }

        if (call is { TargetMethod: { Name: "HasFlag", ContainingType.SpecialType: SpecialType.System_Enum }, Instance: { } flags, Arguments: [{ Value: var flag }] })
        {
            return ReadExpression(Unboxed(flags)) is { } all && ReadExpression(Unboxed(flag)) is { } one && all.Type == TensorType.Int32 && one.Type == TensorType.Int32
                ? Add(Comparisons.Equal, [Add(Bits.And, [all, one]), one])
                : Fail();
        }

        if (IsClassification(call))
        {
            return ReadClassification(call);
        }

        if (MathOperation(call) is { } math)
        {
            return ReadMath(call, math);
        }

        if (IsConversion(call) && ReadExpression(call.Arguments[0].Value) is { } number && TypeOf(call.Type) is { } type)
        {
            return ConvertTo(number, type, call);
        }

        return ReadCall(call);
    }

    /// <summary>An array, or what has parts, through none of which a gradient flows.</summary>
    private Value Stopped(Value value) => value.Over(
        new Queue<Value>(value.Leaves().Select(l => l.Type.IsFloating ? Add(l.Type.IsArray ? Arrays.Stop : Gathers.StopGradient, [l]) : l)), null);

    /// <summary>A runtime operation: its operands are read, then checked by the operation's own row.</summary>
    private Value? ReadOperation(IOperation operation, Operation row, ImmutableArray<IOperation> operands, Attributes attributes)
    {
        if (ReadOperands(operands) is not { } values)
        {
            return Fail();
        }

        if (values.IsEmpty && row.Arity == 1 && TypeOf(operation.Type) is { } type)
        {
            // Zeros, Ones, Identity: the literal says the scalar type.
            values = [_builder.Literal(type.Scalar, 1)];
        }

        return AddChecked(operation, row, values, attributes);
    }

    /// <summary>The values of operands, or null where one has none.</summary>
    private ImmutableArray<Value>? ReadOperands(ImmutableArray<IOperation> operands)
    {
        // As they are written, which named arguments may order otherwise than the parameters.
        var read = operands.OrderBy(o => o.Syntax.SpanStart).Select(o => (Operand: o, Value: ReadExpression(o))).ToList();
        var values = operands.Select(o => read.Find(r => r.Operand == o).Value).ToList();
        return values.Any(v => v is null) ? null : [.. values.Select(v => v!)];
    }

    private Value? AddChecked(
        IOperation operation, Operation row, ImmutableArray<Value> operands, Attributes attributes, bool isKnownOnlyHere = false)
    {
        if (operands.OfType<ReaderValue>().FirstOrDefault() is { } part)
        {
            return Refuse(operation, $"{part.Description} as an operand of '{Shorten(operation.Syntax.ToString())}'");
        }

        if (operands.Any(o => o.Type.IsArray))
        {
            return Refuse(operation, $"'{Shorten(operation.Syntax.ToString())}' of an array");
        }

        var inferred = Builder.Infer(row, [.. operands.Select(o => o.Type)], attributes);
        if (inferred.Error is not { } error)
        {
            return Add(row, operands, attributes);
        }

        // In the user's own code the shape analyzer reports it, with what would fit; in a generic helper nobody else can.
        if (_frame.IsGeneric || isKnownOnlyHere)
        {
            Report(Problem.DescriptorOf(error.Kind), operation, error.Message);
        }
        else
        {
            _problems.Add(new Problem(Problem.DescriptorOf(error.Kind), operation.Syntax.GetLocation(), error.Message) { IsReportedElsewhere = true });
        }

        return Fail();
    }

    /// <summary>A method of Math, MathF, double, float, or T in a generic helper, that is an operation on scalars.</summary>
    private Operation? MathOperation(IInvocationOperation call) => MathOperation(
        call.TargetMethod, _frame.Resolve(call.ConstrainedToType ?? call.TargetMethod.ContainingType), call.Arguments.Length);

    private Operation? MathOperation(IMethodSymbol method, ITypeSymbol? container, int arity)
    {
        var isMath = container is { Name: "Math" or "MathF", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }
            || container?.SpecialType is SpecialType.System_Double or SpecialType.System_Single;
        return isMath
            && method.IsStatic
            && OperationTable.FindMath(method.Name) is { } row
            && row.Arity == arity
            && method.Parameters.All(p => TypeOf(p.Type) is { IsScalar: true })
            ? row
            : null;
    }

    private Value? ReadMath(IInvocationOperation call, Operation row)
    {
        var read = call.Arguments.Select(a => (a.Parameter?.Ordinal, Value: ReadExpression(a.Value))).ToList();
        var values = read.OrderBy(r => r.Ordinal).Select(r => r.Value).ToList();
        if (values.Any(v => v is null))
        {
            return Fail();
        }

        return values.All(v => v!.Type == values[0]!.Type && v is not ReaderValue)
            ? Add(row, [.. values.Select(v => v!)])
            : Refuse(call, $"'{call.Syntax}'");
    }

    /// <summary>T.CreateChecked(x) and its like, with which generic helpers convert numbers.</summary>
    private static bool IsConversion(IInvocationOperation call) =>
        call.TargetMethod is { IsStatic: true, Name: "CreateChecked" or "CreateSaturating" or "CreateTruncating", Parameters.Length: 1 };

    private Value? ReadCreation(IObjectCreationOperation creation)
    {
        if (NumericsTypes.Of(creation.Type) is { } numerics)
        {
            return ReadNumericsCreation(creation, numerics);
        }

        if (creation.Arguments.IsEmpty && creation.Initializer is null && TypeOf(creation.Type) is { IsTensor: true, Shape: { IsScalar: false } shape } type)
        {
            return Add(Constants.Fill, [_builder.Literal(type.Scalar, 0)], Attributes.Of(shape.Rows, shape.Columns));
        }

        if (creation is { Type: INamedTypeSymbol own, Constructor: not null } && TypeOf(own) is null && PartReader.HasParts(own) && !own.DeclaringSyntaxReferences.IsEmpty)
        {
            return ReadObject(creation, own);
        }

        return creation.Type?.TypeKind == TypeKind.Error ? Fail() : Refuse(creation, $"'{Shorten(creation.Syntax.ToString())}'");
    }

    /// <summary>[a, b] as a vector, [[a, b], [c, d]] as a matrix.</summary>
    private Value? ReadCollection(ICollectionExpressionOperation collection)
    {
        if (CallShapes.TryGetCall(collection, _frame.Resolve, out var row, out var entries, out var attributes))
        {
            return ReadOperation(collection, row, entries, attributes);
        }

        return CollectionShapes.ErrorOf(collection, _frame.Resolve, out _) is not null
            ? Fail() // The shape analyzer reports the count.
            : Refuse(collection, $"'{Shorten(collection.Syntax.ToString())}', whose entries are not all listed,");
    }

    /// <summary>A call that cannot be read: it has neither source nor a derivative.</summary>
    private Value? ReportCall(IInvocationOperation call, IMethodSymbol method)
    {
        if (call.Arguments.Any(a => IsFailedVariable(a.Value is IConversionOperation conversion ? conversion.Operand : a.Value)))
        {
            return Fail();
        }

        if (method.ContainingType is { TypeKind: TypeKind.Error } || call.Type?.TypeKind == TypeKind.Error || (call.Instance is { } instance && IsFailedVariable(instance)))
        {
            return Fail();
        }

        var name = method.ContainingType is null ? method.Name : method.ContainingType.Name + "." + method.Name;
        if (call.Instance is { Type: { } owner } && NumericsTypes.Of(owner) is null && TypeOf(owner) is { IsScalar: false } && method.ReturnsVoid)
        {
            Report(Descriptors.WritesState, call, $"'{name}' changes a matrix in place: a differentiable method must not change state; use '+' or another function that returns a new one");
            return null;
        }

        var reason = method.IsStatic && IsOfThisProject(method) ? "its parameters or modifiers are not supported"
            : method.IsStatic && OperationTable.FindMath(method.Name) is not null ? "GradGen knows no derivative of this overload"
            : method.Parameters.Any(p => p.RefKind == RefKind.Out) ? "results in 'out' arguments are not supported"
            : method.ContainingType is { Name: "Enumerable" } linq && IsOfSystem(linq) ? "of Enumerable GradGen knows Sum, Average, Max, Min, Aggregate, Count, First, Last and ToArray of an array, or of what Select, Zip, Skip, Take, Reverse, Index and Range make in the same expression; write a loop"
            : NumericsTypes.IsNumerics(method.ContainingType) ? "GradGen knows no derivative of this method of System.Numerics"
            : "its source is not in this project, and no method marked [DerivativeOf] gives its derivative";
        Report(Descriptors.NoDerivative, call, $"'{name}' has no derivative: {reason}");
        return null;
    }
}
