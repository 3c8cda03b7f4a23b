using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <summary>Which loops are unrolled and which run when the program does; and what a loop assigns.</summary>
internal sealed partial class MethodReader
{
    private readonly Dictionary<ISymbol, bool> _writesReceiver = new(SymbolEqualityComparer.Default);

    /// <summary>Whether the loop must run when the program does: its condition, read as it stands before, is not a constant.</summary>
    private bool RunsWithTheProgram(Loop loop)
    {
        if (loop.Walk is not null)
        {
            return true;
        }

        var (runs, iterations) = (false, 0);
        Try(() =>
        {
            _ = EnterReturns(loop);
            if (!loop.ConditionIsTop || AlwaysHolds(loop.Condition))
            {
                // What decides after the first iteration, the condition or a break, decides; a condition later, too.
                runs = IsUndecided(loop);
            }
            else if (ReadExpression(loop.Condition!) is { } holds)
            {
                runs = ConstantOf(holds) is null
                    || (ConstantOf(holds) != 0 && (AsksWhatItsBodyAssigns(loop) ? IsUndecided(loop) : IsTooLong(loop, holds, out iterations)));
            }
        });
        return runs || (iterations >= FewestIterations && IsBetterAsALoop(loop, iterations));
    }

    /// <summary>
    /// Whether a loop that could be unrolled would make the method larger than the JIT inlines, or than anybody wants it, and can
    /// run when the program does. Of what follows it nothing may have to be known while reading: it carries no integers.
    /// </summary>
    private bool IsBetterAsALoop(Loop loop, int iterations)
    {
        var (weight, length, isLoop, problems) = (0L, 0L, false, _problems.Count);
        if (RangeOf(loop) is null || Breaks(loop) || Returns(loop.Operation.Body)
            || !AssignedOutside(loop.Operation).All(v => TypeOf(v is ILocalSymbol local ? local.Type : (v as IParameterSymbol)?.Type) is { IsFloating: true, IsTensor: true }))
        {
            return false;
        }

        Try(() =>
        {
            var iteration = _builder.Region([], _ =>
            {
                ReadIteration(loop, canBreak: false);
                return [];
            });
            weight = iterations * WeightOf(iteration);
            length = LengthOf(iteration);
        });
        if (weight > HeaviestUnrolled || iterations * length > LongestUnrolled)
        {
            Try(() =>
            {
                ReadAtRunTime(loop with { Next = () => { } });
                isLoop = IsGood();
            });
        }

        if (isLoop)
        {
            // What is wrong in one iteration, an index that is out of range, is said while compiling: such a loop is unrolled.
            Try(() =>
            {
                for (var iteration = 0; iteration < iterations && iteration * length <= LongestTried && IsGood(); iteration++)
                {
                    ReadIteration(loop, canBreak: false);
                    ForgetLocals(loop.Operation);
                    ReadBottom(loop);
                }

                isLoop = IsGood();
            });
        }

        return isLoop;

        bool IsGood() => !_failed && _problems.Count == problems && !_frame.HasReturned && !_frame.HasThrown;
    }

    /// <summary>The variables that the body assigns and that are there before it.</summary>
    private IEnumerable<ISymbol> AssignedOutside(ILoopOperation loop)
    {
        var inside = new HashSet<ISymbol>(LocalsIn(loop.Body), SymbolEqualityComparer.Default);
        return Assigned(loop.Body).Where(v => !inside.Contains(v));
    }

    /// <summary>
    /// Operations on vectors, of eight entries in the mean: of matrices and vectors alone, because a method in numbers stays
    /// fast when it is long. An elementary function is inlined as some thirty.
    /// </summary>
    private long WeightOf(Block block)
    {
        var inVectors = block.Instructions.Where(i => !i.Regions.IsEmpty || i.Results.Concat(i.Operands).Any(v => v.Shape.Count > 1));
        var cost = Cost.Of(inVectors, _builder.DefinitionOf);
        return ((cost.Flops + cost.FlopsAnIteration) / 8) + (4 * (cost.ElementaryFunctions + cost.FunctionsAnIteration));
    }

    private static long LengthOf(Block block) => block.Instructions.Sum(i => 1 + i.Regions.Sum(LengthOf));

    /// <summary>A call that may ask for any variable of the method.</summary>
    private static bool IsFunctionCall(IOperation operation) =>
        operation is IInvocationOperation { TargetMethod.MethodKind: MethodKind.LocalFunction or MethodKind.DelegateInvoke };

    private static bool Breaks(Loop loop) => loop.Operation.Body.Descendants().OfType<IBranchOperation>().Any(
        b => SymbolEqualityComparer.Default.Equals(b.Target, loop.Operation.ExitLabel));

    private static bool AlwaysHolds(IOperation? condition) => condition is null or { ConstantValue: { HasValue: true, Value: true } };

    /// <summary>Whether it is not known while reading when the loop ends, or it does so too late to be unrolled.</summary>
    private bool IsUndecided(Loop loop)
    {
        for (var iteration = 0; iteration < MaximalIterations; iteration++)
        {
            ReadIteration(loop, canBreak: true);
            ReadBottom(loop);
            if (_failed || _frame.HasThrown || _frame.Variables[loop.Operation.ExitLabel] is not { } broken || ConstantOf(broken) == 1)
            {
                return false;
            }

            if (ConstantOf(broken) is null)
            {
                return iteration == 0;
            }

            if (loop.Condition is { } condition)
            {
                if (ReadExpression(condition) is not { } holds || ConstantOf(holds) == 0)
                {
                    return false;
                }

                if (ConstantOf(holds) is null)
                {
                    return true;
                }
            }
        }

        return true;
    }

    private bool AsksWhatItsBodyAssigns(Loop loop)
    {
        var assigned = Assigned(loop.Operation.Body);
        return loop.Condition!.DescendantsAndSelf().Any(o => IsFunctionCall(o) || ((VariableOf(o) ?? StructOf(o)) is { } variable && assigned.Contains(variable, SymbolEqualityComparer.Default)));
    }

    /// <summary>Whether a loop that only counts, with numbers that are known, counts further than is unrolled.</summary>
    private bool IsTooLong(Loop loop, Value first, out int iteration)
    {
        var holds = first;
        for (iteration = 0; ConstantOf(holds) is not (null or 0); iteration++)
        {
            if (iteration == MaximalIterations)
            {
                return true;
            }

            ReadBottom(loop);
            if (ReadExpression(loop.Condition!) is not { } next)
            {
                return false;
            }

            holds = next;
        }

        return false;
    }

    /// <summary>Reads without consequences: variables, problems and instructions are as before.</summary>
    private void Try(Action read)
    {
        var (variables, loops, result, failed, problems) = (_frame.Variables, _frame.Loops, _frame.Result, _failed, _problems.Count);
        var latest = _frame.Latest;
        var (returned, jumped, returnsTo, instructions) = (_frame.HasReturned, _frame.HasJumped, _frame.ReturnsTo, _instructions);
        var thrown = _frame.HasThrown;
        _frame.Variables = new Dictionary<ISymbol, Value?>(variables, SymbolEqualityComparer.Default);
        _failed = false;
        _builder.Discard(read);
        (_frame.Variables, _frame.Loops, _frame.Result, _failed) = (variables, loops, result, failed);
        _frame.Latest = latest;
        (_frame.HasReturned, _frame.HasJumped, _frame.ReturnsTo, _instructions) = (returned, jumped, returnsTo, instructions);
        _frame.HasThrown = thrown;
        _problems.RemoveRange(problems, _problems.Count - problems);
    }

    /// <summary>The variables that an operation assigns as a whole, not by entry.</summary>
    private List<ISymbol> AssignedWhole(IOperation operation) =>
        Assigned(operation, target => TargetsOf(target).Where(v => !SymbolEqualityComparer.Default.Equals(v, OwnerOf(target))));

    /// <summary>The variables that an operation assigns, in the order of their first assignment; also in the functions that it calls.</summary>
    private List<ISymbol> Assigned(IOperation operation) => Assigned(operation, TargetsOf);

    private List<ISymbol> Assigned(IOperation operation, Func<IOperation, IEnumerable<ISymbol>> targetsOf)
    {
        var assigned = new List<ISymbol>();
        CollectAssigned(operation, targetsOf, assigned, new HashSet<ISymbol>(SymbolEqualityComparer.Default));
        return [.. assigned.Distinct(SymbolEqualityComparer.Default).OfType<ISymbol>()];
    }

    private void CollectAssigned(
        IOperation operation, Func<IOperation, IEnumerable<ISymbol>> targetsOf, List<ISymbol> assigned, HashSet<ISymbol> functions)
    {
        void CollectLocalFunction(IMethodSymbol function)
        {
            if (_localFunctions.TryGetValue(function.OriginalDefinition, out var body))
            {
                CollectCaptured(function.OriginalDefinition, body, targetsOf, assigned, functions);
            }
        }

        foreach (var inner in operation.DescendantsAndSelf())
        {
            switch (inner)
            {
                case IAssignmentOperation assignment:
                    assigned.AddRange(Single(assignment.Target).SelectMany(targetsOf));
                    break;
                case IIncrementOrDecrementOperation increment:
                    assigned.AddRange(targetsOf(increment.Target));
                    break;
                case IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref } argument:
                    assigned.AddRange(targetsOf(argument.Value));
                    break;
                case IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } function }:
                    CollectLocalFunction(function);
                    break;
                case IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } function }: // as a delegate
                    CollectLocalFunction(function);
                    break;
                case IInvocationOperation { Instance: { Type.IsValueType: true } instance, TargetMethod: { IsReadOnly: false } method } when WritesReceiver(method):
                    assigned.AddRange(targetsOf(instance));
                    break;
                case IPropertyReferenceOperation { Instance: { Type.IsValueType: true } instance, Property.GetMethod: { IsReadOnly: false } getter } when WritesReceiver(getter):
                    assigned.AddRange(targetsOf(instance));
                    break;
            }

            if (inner is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } or IArgumentOperation { Value.Type.TypeKind: TypeKind.Delegate })
            {
                foreach (var callee in _frame.Variables.Values.SelectMany(FunctionsIn).ToList())
                {
                    CollectCaptured(callee.Method.OriginalDefinition, callee.Enclosing is null ? null : callee.Body, targetsOf, assigned, functions);
                }
            }
        }
    }

    private void CollectCaptured(
        IMethodSymbol function, IOperation? body, Func<IOperation, IEnumerable<ISymbol>> targetsOf, List<ISymbol> assigned, HashSet<ISymbol> functions)
    {
        if (body is not null && functions.Add(function))
        {
            var inside = new List<ISymbol>();
            CollectAssigned(body, targetsOf, inside, functions);
            assigned.AddRange(inside.Where(v => !IsDeclaredIn(v, function)));
        }
    }

    /// <summary>Whether a struct's method changes the struct.</summary>
    private bool WritesReceiver(IMethodSymbol method)
    {
        method = method.OriginalDefinition;
        if (!_writesReceiver.TryGetValue(method, out var writes))
        {
            _writesReceiver[method] = false; // One that calls itself is refused elsewhere.
            _writesReceiver[method] = writes = SourceOf(method) is { } body && Assigned(body).Contains(method.ContainingType, SymbolEqualityComparer.Default);
        }

        return writes;
    }

    /// <summary>The targets of an assignment, one by one.</summary>
    private static IEnumerable<IOperation> Single(IOperation target) => target switch
    {
        ITupleOperation tuple => tuple.Elements.SelectMany(Single),
        IDeclarationExpressionOperation declaration => Single(declaration.Expression),
        _ => [target],
    };

    private static IEnumerable<ISymbol> TargetsOf(IOperation target) => target switch
    {
        IDeclarationExpressionOperation declaration => TargetsOf(declaration.Expression),
        _ => (VariableOf(target) ?? OwnerOf(target) ?? RootOf(target) ?? StructOf(target)) is { } variable ? [variable] : [],
    };

    /// <summary>The type, which stands for 'this', where a struct's method speaks of itself as a whole.</summary>
    private static ISymbol? StructOf(IOperation operation) =>
        operation is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance, Type: { IsValueType: true } type } ? type.OriginalDefinition : null;

    /// <summary>The matrices that an operation writes entries of.</summary>
    private IEnumerable<ILocalSymbol> Written(IOperation operation) =>
        Assigned(operation, target => OwnerOf(target) is { } owner ? [owner] : []).OfType<ILocalSymbol>().Where(l => TypeOf(l.Type) is { IsArray: false });

    private static ISymbol? VariableOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    /// <summary>The variable that an assignment to an entry or an element writes to.</summary>
    private static ISymbol? OwnerOf(IOperation target) => HolderOf(target) switch
    {
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: ILocalReferenceOperation owner } => owner.Local,
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: IParameterReferenceOperation { Type: { } type } owner } when RuntimeSymbols.ElementOf(type) is not null => owner.Parameter,
        IArrayElementReferenceOperation { ArrayReference: { } array } => VariableOf(array),
        IImplicitIndexerReferenceOperation { Instance: { } array } => VariableOf(array),
        _ => null,
    };

    /// <summary>Whether a matrix that a loop writes to is the method's own where an iteration begins and where it ends.</summary>
    private bool IsOwnedIn(ISymbol matrix, ILoopOperation loop)
    {
        if (!_frame.Variables.TryGetValue(matrix, out var value) || value is null)
        {
            return true; // It is declared inside.
        }

        var write = loop.DescendantsAndSelf().FirstOrDefault(o => SymbolEqualityComparer.Default.Equals(OwnerOf(o), matrix))
            ?? loop.Body.DescendantsAndSelf().FirstOrDefault(o => IsFunctionCall(o) && Written(o).Contains(matrix, SymbolEqualityComparer.Default))
            ?? loop;
        return IsOwned((ILocalSymbol)matrix, write);
    }
}
