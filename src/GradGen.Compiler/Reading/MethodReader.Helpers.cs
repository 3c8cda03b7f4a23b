using System.Collections.Immutable;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <summary>
/// Helpers: methods, local functions, lambdas, properties and operators with source are read in place of their calls,
/// their parameters being the arguments' values.
/// </summary>
internal sealed partial class MethodReader
{
    /// <summary>A method may be read inside itself where a lambda is in between, but not without end.</summary>
    private const int MaximalNesting = 32;

    private readonly Dictionary<ISymbol, IOperation?> _localFunctions = new(SymbolEqualityComparer.Default);

    private Value? ReadCall(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        switch (method.MethodKind)
        {
            case MethodKind.DelegateInvoke:
                return call.Instance is null ? Fail() : ReadExpression(call.Instance) switch
                {
                    KnownFunction callee => ReadCallee(call, callee),
                    null => Fail(),
                    _ => Refuse(call, $"'{Shorten(call.Syntax.ToString())}', a delegate whose method is not known,"),
                };
            case MethodKind.LocalFunction when LocalFunction(method) is { Body: { } body } function:
                return ReadInPlace(call, method, body, function.Enclosing, null, call.Arguments);
            case MethodKind.Ordinary when method.IsStatic && SourceOf(method) is { } body:
                return ReadInPlace(call, method, body, null, null, call.Arguments);
            case MethodKind.Ordinary when !method.IsStatic && call.Instance is { } instance && TypeOf(instance.Type) is null:
                if (!IsObject(instance.Type) || (instance.Type is { IsReferenceType: true } && SourceOf(method) is null && !method.IsAbstract))
                {
                    return ReportCall(call, method);
                }

                return ReadExpression(instance) switch
                {
                    Bundle receiver when (call.IsVirtual ? TargetOf(method, instance) : method) is { } target =>
                        SourceOf(target) is { } body ? ReadInPlace(call, target, body, null, receiver, call.Arguments) : ReportCall(call, target),
                    Bundle => ReportUnknownTarget(call, method),
                    null => Fail(),
                    _ => ReportCall(call, method),
                };
            default:
                return ReportCall(call, method);
        }
    }

    private static bool IsObject(ITypeSymbol? type) => type is { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface };

    /// <summary>
    /// The method that a call of an instance's method runs; null where a derived type could have another. Of 'this' no
    /// more is known than its type.
    /// </summary>
    private static IMethodSymbol? TargetOf(IMethodSymbol method, IOperation instance)
    {
        if (!method.IsVirtual && !method.IsAbstract && !method.IsOverride)
        {
            return method;
        }

        if (instance.Type is not { } type || (!type.IsSealed && !type.IsValueType))
        {
            return method.IsSealed ? method : null;
        }

        for (var declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            foreach (var member in declaring.GetMembers(method.Name).OfType<IMethodSymbol>())
            {
                for (var overridden = member; overridden is not null; overridden = overridden.OverriddenMethod)
                {
                    if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, method.OriginalDefinition))
                    {
                        return member;
                    }
                }
            }
        }

        return null;
    }

    private Value? ReportUnknownTarget(IOperation call, IMethodSymbol method)
    {
        var name = method.AssociatedSymbol?.Name ?? method.Name;
        Report(Descriptors.NoDerivative, call, $"'{method.ContainingType.Name}.{name}' has no derivative: it can be overridden, so that what runs is not known when the program is compiled; seal its type, or make the member non-virtual");
        return null;
    }

    /// <summary>A helper whose arguments stand in a call.</summary>
    private Value? ReadInPlace(
        IOperation call, IMethodSymbol method, IOperation body, Frame? enclosing, Value? receiver, ImmutableArray<IArgumentOperation> arguments)
    {
        var given = ImmutableArray.CreateBuilder<Argument>();
        var complete = true;
        foreach (var argument in arguments) // in the order of their evaluation
        {
            if (argument.Parameter is not { } parameter || parameter.Ordinal >= method.Parameters.Length
                || (argument.ArgumentKind is ArgumentKind.ParamArray or ArgumentKind.ParamCollection && !IsArray(argument.Value.Type)))
            {
                complete &= Refuse(argument, $"'{Shorten(argument.Syntax.ToString())}', an array of arguments,") is not null;
                continue;
            }

            var target = argument.Value;
            if (parameter.RefKind != RefKind.None && IsElement(target))
            {
                var element = ReadReference(target);
                complete &= element is not null;
                given.Add(new Argument(method.Parameters[parameter.Ordinal], element, null, null));
                continue;
            }

            var value = parameter.RefKind == RefKind.Out ? null : ReadExpression(target);
            complete &= value is not null || parameter.RefKind == RefKind.Out;
            given.Add(new Argument(
                method.Parameters[parameter.Ordinal], value, VariableOf(target),
                parameter.RefKind is RefKind.Out or RefKind.Ref ? result => AssignTo(target, result, argument) : null));
        }

        if (complete && SharedByReference(arguments, given, enclosing is null ? null : body) is { } shared)
        {
            return Refuse(call, $"'{shared.Name}', passed by reference to what also uses it by its name,", Descriptors.Aliased);
        }

        // What is passed by reference is seen as the evaluation of the last argument leaves it.
        for (var i = 0; complete && i < given.Count; i++)
        {
            if (given[i].Value is not null && given[i].Parameter.RefKind != RefKind.None && IsVariable(arguments[i].Value))
            {
                given[i] = given[i] with { Value = ReadExpression(arguments[i].Value) };
            }
        }

        if (complete && receiver is not null && call is IInvocationOperation { Instance: { Type.IsValueType: true } instance } && IsVariable(instance))
        {
            receiver = ReadExpression(instance);
        }

        return complete ? ReadInPlace(call, method, body, enclosing, receiver, given.ToImmutable()) : Fail();
    }

    /// <summary>An operator of the user's.</summary>
    private Value? ReadInPlace(IOperation operation, IMethodSymbol method, ImmutableArray<Value> operands) => SourceOf(method) is { } body
        ? ReadInPlace(operation, method, body, null, null, [.. operands.Zip(method.Parameters, (value, p) => new Argument(p, value, null, null))])
        : Fail();

    private Value? ReadInPlace(
        IOperation call, IMethodSymbol method, IOperation body, Frame? enclosing, Value? receiver, ImmutableArray<Argument> arguments,
        Action<Value?>? onConstructed = null)
    {
        if (IsRecursion(method))
        {
            Report(Descriptors.Recursion, call, $"'{NameOf(method)}' calls itself: a recursion has no gradient; write a loop");
            return null;
        }

        if (method.IsAsync || method.ReturnsByRef || method.ReturnsByRefReadonly || method.IsVararg)
        {
            return Refuse(call, $"'{method.Name}', which {(method.IsAsync ? "is async" : "returns by reference")},");
        }

        if (arguments.FirstOrDefault(a => a.Assign is not null && a.Variable is not null
            && arguments.Any(b => b.Parameter.Ordinal != a.Parameter.Ordinal && b.Parameter.RefKind != RefKind.None && SymbolEqualityComparer.Default.Equals(b.Variable, a.Variable))) is { Variable: { } twice })
        {
            return Refuse(call, $"'{twice.Name}', passed twice by reference,", Descriptors.Aliased);
        }

        receiver = receiver is null ? null : Current(receiver);
        arguments = [.. arguments.Select(a => a.Value is null ? a : a with { Value = Current(a.Value) })];
        var frame = new Frame(method, _frame, call, enclosing);
        BindTypeArguments(frame, method);
        if (enclosing is not null)
        {
            frame.Variables = new Dictionary<ISymbol, Value?>(ScopeOf(enclosing).Variables, SymbolEqualityComparer.Default);
        }

        if (receiver is not null)
        {
            frame.Variables[method.ContainingType.OriginalDefinition] = receiver;
        }

        // The body of a partial method speaks of its own part's parameters.
        var declared = (method.OriginalDefinition.PartialImplementationPart ?? method.OriginalDefinition).Parameters;
        var exports = ImmutableArray.CreateBuilder<(ISymbol Symbol, Action<Value?> Assign)>();
        foreach (var argument in arguments)
        {
            var parameter = declared[argument.Parameter.Ordinal];
            if (argument.Value is not null)
            {
                frame.Variables[parameter] = argument.Value;
            }
            else
            {
                _ = frame.Variables.Remove(parameter);
            }

            if (argument.Assign is { } assign)
            {
                exports.Add((parameter, assign));
            }
        }

        if (onConstructed is not null)
        {
            exports.Add((method.ContainingType.OriginalDefinition, onConstructed));
        }

        if (Give(frame, body, call, arguments) is not { } takeBack)
        {
            return null;
        }

        if (!frame.Given.IsEmpty)
        {
            exports.Insert(0, (GivenTo(frame), takeBack));
        }

        exports.AddRange(ExportsOf(frame, body, call));
        frame.Exports = [.. exports.Select(e => e.Symbol)];
        var result = ReadFrame(frame, body);
        _frame.HasThrown |= frame.HasThrown;
        if (exports.Count == 0 || frame.HasThrown)
        {
            return result;
        }

        for (var i = 0; i < exports.Count; i++)
        {
            exports[i].Assign((result as Bundle)?.Members[i + 1].Value);
        }

        return (result as Bundle)?.Members[0].Value;
    }

    private Value? ReadFrame(Frame frame, IOperation body)
    {
        var caller = _frame;
        _frame = frame;
        try
        {
            return ReadBody(body);
        }
        finally
        {
            _frame = caller;
        }
    }

    private bool IsRecursion(IMethodSymbol method)
    {
        var (times, isThroughLambda) = (0, false);
        for (var outer = _frame; outer is not null; outer = outer.Caller)
        {
            if (SymbolEqualityComparer.Default.Equals(outer.Method.OriginalDefinition, method.OriginalDefinition) && (!isThroughLambda || ++times == MaximalNesting))
            {
                return true;
            }

            isThroughLambda |= outer.Method.MethodKind == MethodKind.AnonymousFunction;
        }

        return false;
    }

    private void BindTypeArguments(Frame frame, IMethodSymbol method)
    {
        for (var i = 0; i < method.TypeParameters.Length; i++)
        {
            frame.Bind(method.OriginalDefinition.TypeParameters[i], _frame.Resolve(method.TypeArguments[i]));
        }

        for (var type = frame.Enclosing is null ? method.ContainingType : null; type is not null; type = type.ContainingType)
        {
            for (var i = 0; i < type.TypeParameters.Length; i++)
            {
                frame.Bind(type.OriginalDefinition.TypeParameters[i], _frame.Resolve(type.TypeArguments[i]));
            }
        }
    }

    /// <summary>Ends what is read of a method, with what it gives its caller.</summary>
    private void Return(Value? result) => Leave(Packed(result));

    /// <summary>The result, then what the method assigns in its caller.</summary>
    private Value? Packed(Value? result)
    {
        if (_frame.Exports.IsEmpty || result is null)
        {
            return result;
        }

        ImmutableArray<Value?> exports =
        [
            .. _frame.Exports.Select(e => _frame.Variables.TryGetValue(e, out var value) ? value : e switch
            {
                ILocalSymbol local => ZeroOf(local.Type),
                IParameterSymbol parameter => ZeroOf(parameter.Type),
                _ => null,
            }),
        ];
        return exports.Any(e => e is null) ? Fail() : Bundle.Tuple(null, exports.Select(e => e!).Prepend(result));
    }

    /// <summary>A parameter's value; for one by reference what the caller does with it at the end.</summary>
    private sealed record Argument(IParameterSymbol Parameter, Value? Value, ISymbol? Variable, Action<Value?>? Assign);
}
