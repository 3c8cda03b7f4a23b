using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <content>
/// What a function does to variables that are not its own: those around a local function or a lambda, the struct whose
/// method it is, and what is passed to it by reference.
/// </content>
internal sealed partial class MethodReader
{
    /// <summary>The variables around a local function that it assigns, and the struct whose method it is.</summary>
    private IEnumerable<(ISymbol Symbol, Action<Value?> Assign)> ExportsOf(Frame frame, IOperation body, IOperation call)
    {
        var method = frame.Method;
        var receiver = method.ContainingType?.OriginalDefinition;
        var caller = _frame;
        _frame = frame; // It calls the functions that it is given.
        var (all, whole, written) = (Assigned(body), AssignedWhole(body), Written(body).ToList<ISymbol>());
        _frame = caller;
        foreach (var assigned in all)
        {
            var isReceiver = SymbolEqualityComparer.Default.Equals(assigned, receiver);
            if (isReceiver && frame.Enclosing is null)
            {
                if (!receiver!.IsValueType)
                {
                    continue;
                }

                var instance = (call as IInvocationOperation)?.Instance ?? (call as IMemberReferenceOperation)?.Instance;
                if (instance is not null && StructOf(instance) is not null)
                {
                    yield return (assigned, value => Assign(assigned, value));
                }
                else if (instance is not null && (VariableOf(instance) ?? RootOf(instance)) is not null)
                {
                    yield return (assigned, value => AssignTo(instance, value, call));
                }
            }
            else if (frame.Enclosing is { } enclosing && (isReceiver || !IsDeclaredIn(assigned, method)))
            {
                bool IsIn(List<ISymbol> some) => some.Contains(assigned, SymbolEqualityComparer.Default);
                if (!IsIn(whole) && (assigned as ILocalSymbol)?.Type is { } array && IsArray(array))
                {
                    continue; // The variable is the same array as before, whose elements go back under all its names.
                }

                void AssignIt(Value? value)
                {
                    if (EarlierReading(assigned, IsIn(whole), IsIn(written), call) is { } earlier)
                    {
                        Refuse(call, $"'{Shorten(call.Syntax.ToString())}', which writes to '{assigned.Name}' after '{Shorten(earlier.Syntax.ToString())}' has been evaluated: call it in a statement of its own, since it");
                        return;
                    }

                    AssignCaptured(assigned, value, enclosing, call);
                }

                yield return (assigned, AssignIt);
            }
        }
    }

    private void AssignCaptured(ISymbol variable, Value? value, Frame enclosing, IOperation call)
    {
        if (!_frame.IsIn(enclosing))
        {
            Refuse(call, $"a lambda that assigns '{variable.Name}' and is called by another method");
        }
        else if (_frame.Arms > 0)
        {
            Report(Descriptors.NotSupported, call, $"'{variable.Name}' is assigned inside a conditional expression, which is not supported in a differentiable method");
        }
        else
        {
            Assign(variable, value);
        }
    }

    private static bool IsDeclaredIn(ISymbol variable, IMethodSymbol function)
    {
        for (var around = variable.ContainingSymbol; around is IMethodSymbol; around = around.ContainingSymbol)
        {
            if (SymbolEqualityComparer.Default.Equals(around.OriginalDefinition, function.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The frame whose variables are a function's now: the innermost of the same method, which may have assigned them and
    /// then called a helper that calls the function.
    /// </summary>
    private Frame ScopeOf(Frame enclosing)
    {
        var frame = _frame;
        while (frame.Caller is { } caller && !frame.IsIn(enclosing))
        {
            frame = caller;
        }

        return frame.IsIn(enclosing) ? frame : enclosing;
    }

    /// <summary>Whether an expression is a variable or a part of one, which is passed as such and not as a copy.</summary>
    private static bool IsVariable(IOperation expression) => (VariableOf(expression) ?? RootOf(expression) ?? StructOf(expression)) is not null;

    /// <summary>
    /// What has been evaluated, to the left of a call, and would show what the call writes to an array or a matrix; or
    /// whose array the call puts another in the place of. Numbers are copies: they stay as they were.
    /// </summary>
    private IOperation? EarlierReading(ISymbol variable, bool isReplaced, bool areEntries, IOperation call)
    {
        var isShared = variable is ILocalSymbol { Type: var type } && TypeOf(type) is { } known && (known.IsArray || !known.Shape.IsScalar);
        for (var (inner, outer) = (call, call.Parent); isShared && outer is not null && inner is not IAnonymousFunctionOperation; (inner, outer) = (outer, outer.Parent))
        {
            if (outer is IBlockOperation or ILoopOperation or ISwitchOperation)
            {
                break;
            }

            if (outer is IAssignmentOperation { Target: var target } && target != inner)
            {
                if (isReplaced && !IsArray(((ILocalSymbol)variable).Type) && SymbolEqualityComparer.Default.Equals(OwnerOf(target), variable))
                {
                    return target;
                }

                continue;
            }

            foreach (var earlier in outer.ChildOperations.TakeWhile(o => o != inner))
            {
                var value = earlier is IArgumentOperation argument ? argument.Value : earlier;
                if (areEntries && !IsArray(((ILocalSymbol)variable).Type) && value is not IInstanceReferenceOperation && value.Type is { } held && (TypeOf(held) is { } of ? of.IsArray || !of.Shape.IsScalar : PartReader.HasParts(held)))
                {
                    return value;
                }
            }
        }

        return null;
    }

    /// <summary>A variable that a function gets by reference and also knows by its name, as do lambdas that it is given; null if there is none.</summary>
    private ISymbol? SharedByReference(IEnumerable<IArgumentOperation> arguments, IEnumerable<Argument> given, IOperation? body)
    {
        var bodies = given.SelectMany(g => FunctionsIn(g.Value)).Where(f => f.Enclosing is not null).Select(f => f.Body).Append(body).OfType<IOperation>().ToList();
        return arguments.Where(a => a.Parameter is { RefKind: not RefKind.None })
            .Select(a => VariableOf(a.Value) ?? RootOf(a.Value)).OfType<ISymbol>()
            .FirstOrDefault(v => bodies.Any(b => Mentions(b, v, new HashSet<ISymbol>(SymbolEqualityComparer.Default))));
    }

    private bool Mentions(IOperation body, ISymbol variable, HashSet<ISymbol> functions) => body.DescendantsAndSelf().Any(o =>
        SymbolEqualityComparer.Default.Equals(VariableOf(o), variable)
        || (LocalFunctionOf(o) is { } function && functions.Add(function)
            && _localFunctions.TryGetValue(function, out var inner) && inner is not null && Mentions(inner, variable, functions)));

    private static IMethodSymbol? LocalFunctionOf(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } function } => function.OriginalDefinition,
        IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } function } => function.OriginalDefinition,
        _ => null,
    };
}
