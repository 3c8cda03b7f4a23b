using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <summary>Local functions, and lambdas and method groups as long as it is known which method a delegate holds.</summary>
internal sealed partial class MethodReader
{
    private void NoteLocalFunctions(IOperation body)
    {
        foreach (var function in body.DescendantsAndSelf().OfType<ILocalFunctionOperation>())
        {
            _localFunctions[function.Symbol] = function.Body;
        }
    }

    /// <summary>The body of a local function and the frame in which it is declared.</summary>
    private (IOperation? Body, Frame? Enclosing) LocalFunction(IMethodSymbol function)
    {
        _ = _localFunctions.TryGetValue(function.OriginalDefinition, out var body);
        var frame = _frame;
        while (frame is not null && !SymbolEqualityComparer.Default.Equals(frame.Method.OriginalDefinition, function.OriginalDefinition.ContainingSymbol)
            && !SymbolEqualityComparer.Default.Equals(frame.Method.OriginalDefinition.PartialImplementationPart, function.OriginalDefinition.ContainingSymbol))
        {
            frame = frame.Enclosing;
        }

        return frame is null ? (null, null) : (body, frame);
    }

    private Value? ReadFunction(IOperation expression)
    {
        var target = expression is IDelegateCreationOperation creation ? creation.Target : expression;
        switch (target)
        {
            case IAnonymousFunctionOperation { Symbol.IsAsync: true }:
                return Refuse(expression, "an async lambda", Diagnostics.Descriptors.CannotBeRead);
            case IAnonymousFunctionOperation lambda:
                return new KnownFunction(lambda.Symbol, lambda.Body, _frame, null);
            case IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } function }:
                var (body, enclosing) = LocalFunction(function);
                return body is null ? Fail() : new KnownFunction(function, body, enclosing, null);
            case IMethodReferenceOperation { Method: { IsStatic: true } method }:
                return new KnownFunction(method, SourceOf(method), null, null);
            case IMethodReferenceOperation { Method: { IsStatic: false } method, Instance: { } instance } when IsObject(instance.Type) && TypeOf(instance.Type) is null:
                return TargetOf(method, instance) is not { } known ? ReportUnknownTarget(expression, method)
                    : ReadExpression(instance) is Bundle receiver ? new KnownFunction(known, SourceOf(known), null, receiver)
                    : Fail();
            case IInvalidOperation:
                return Fail();
            default:
                return ReadExpression(target) is KnownFunction callee ? callee : Refuse(expression, $"'{Shorten(expression.Syntax.ToString())}'");
        }
    }

    /// <summary>f(a), the method of f being known.</summary>
    private Value? ReadCallee(IInvocationOperation call, KnownFunction callee)
    {
        if (callee.Body is { } body)
        {
            return ReadInPlace(call, callee.Method, body, callee.Enclosing, callee.Receiver, call.Arguments);
        }

        ImmutableArray<Value?> values = [.. call.Arguments.Select(a => ReadExpression(a.Value))];
        return values.Any(v => v is null) ? Fail() : Call(call, callee, [.. values.Select(v => v!)]);
    }

    /// <summary>A function of values that have been read.</summary>
    private Value? Call(IInvocationOperation call, KnownFunction callee, ImmutableArray<Value> operands)
    {
        if (callee.Body is { } body)
        {
            return ReadInPlace(call, callee.Method, body, callee.Enclosing, callee.Receiver, [.. operands.Zip(callee.Method.Parameters, (value, p) => new Argument(p, value, null, null))]);
        }

        // A function of the runtime or of Math.
        if (RuntimeSymbols.OperationOf(callee.Method) is { TakesConstantIntegers: false, TakesResultShape: false } row && row.Arity == operands.Length)
        {
            return AddChecked(call, row, operands, Attributes.None, isKnownOnlyHere: true);
        }

        return MathOperation(callee.Method, callee.Method.ContainingType, operands.Length) is { } math
            && callee.Method.Parameters.Zip(operands, (p, o) => TypeOf(p.Type) == o.Type).All(same => same)
            ? Add(math, operands)
            : ReportCall(call, callee.Method);
    }

    private static bool HoldsFunction(Value value) => FunctionsIn(value).Any();

    /// <summary>The delegates that a value is or has among its parts.</summary>
    private static IEnumerable<KnownFunction> FunctionsIn(Value? value) => value switch
    {
        KnownFunction function => [function],
        Bundle bundle => bundle.Members.SelectMany(m => FunctionsIn(m.Value)),
        _ => [],
    };

    /// <summary>A delegate whose method is known.</summary>
    private sealed class KnownFunction(IMethodSymbol method, IOperation? body, Frame? enclosing, Value? receiver) : ReaderValue
    {
        public IMethodSymbol Method { get; } = method;

        /// <summary>What it runs; null if that has no source.</summary>
        public IOperation? Body { get; } = body;

        /// <summary>Where a lambda or local function is declared.</summary>
        public Frame? Enclosing { get; } = enclosing;

        public Value? Receiver { get; } = receiver;

        public override string Description => "a delegate";
    }
}
