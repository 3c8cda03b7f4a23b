using GradGen.Compiler.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <summary>Which loops are unrolled and which run when the program does; and what a loop assigns.</summary>
internal sealed partial class MethodReader
{
    /// <summary>Whether the loop must run when the program does: its condition, read as it stands before, is not a constant.</summary>
    private bool RunsWithTheProgram(Loop loop)
    {
        if (Returns(loop.Operation.Body))
        {
            return false; // It would have to leave the method from within: the reader of unrolled loops says so.
        }

        var runs = false;
        Try(() =>
        {
            if (!loop.ConditionIsTop || AlwaysHolds(loop.Condition))
            {
                // What decides after the first iteration, the condition or a break, decides.
                runs = IsUndecidedAfterOneIteration(loop);
            }
            else if (ReadExpression(loop.Condition!) is { } holds)
            {
                runs = ConstantOf(holds) is null
                    || (ConstantOf(holds) != 0 && (AsksWhatItsBodyAssigns(loop) ? IsUndecidedAfterOneIteration(loop) : IsTooLong(loop, holds)));
            }
        });
        return runs;
    }

    private static bool AlwaysHolds(IOperation? condition) => condition is null or { ConstantValue: { HasValue: true, Value: true } };

    private bool IsUndecidedAfterOneIteration(Loop loop)
    {
        ReadIteration(loop, canBreak: true);
        ReadBottom(loop);
        return !_failed && (
            (_frame.Variables[loop.Operation.ExitLabel] is { } broken && ConstantOf(broken) is null)
            || (loop.Condition is { } condition && ReadExpression(condition) is { } holds && ConstantOf(holds) is null));
    }

    private static bool AsksWhatItsBodyAssigns(Loop loop)
    {
        var assigned = Assigned(loop.Operation.Body);
        return loop.Condition!.DescendantsAndSelf().Any(o => VariableOf(o) is { } variable && assigned.Contains(variable));
    }

    /// <summary>Whether a loop that only counts, with numbers that are known, counts further than is unrolled.</summary>
    private bool IsTooLong(Loop loop, Value first)
    {
        var holds = first;
        for (var iteration = 0; ConstantOf(holds) is not (null or 0); iteration++)
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
        var (returned, jumped, instructions) = (_frame.HasReturned, _frame.HasJumped, _instructions);
        _frame.Variables = new Dictionary<ISymbol, Value?>(variables, SymbolEqualityComparer.Default);
        _failed = false;
        _builder.Discard(read);
        (_frame.Variables, _frame.Loops, _frame.Result, _failed) = (variables, loops, result, failed);
        (_frame.HasReturned, _frame.HasJumped, _instructions) = (returned, jumped, instructions);
        _problems.RemoveRange(problems, _problems.Count - problems);
    }

    /// <summary>The variables that an operation assigns, in the order of their first assignment.</summary>
    private static List<ISymbol> Assigned(IOperation operation) =>
    [
        .. operation.DescendantsAndSelf().Select(o => o switch
        {
            IAssignmentOperation assignment => AssignedBy(assignment.Target),
            IIncrementOrDecrementOperation increment => AssignedBy(increment.Target),
            _ => null,
        }).OfType<ISymbol>().Distinct(SymbolEqualityComparer.Default).OfType<ISymbol>(),
    ];

    /// <summary>The variables that an operation writes entries of.</summary>
    private static IEnumerable<ILocalSymbol> Written(IOperation operation) => operation.DescendantsAndSelf().Select(o => o switch
    {
        IAssignmentOperation assignment => OwnerOf(assignment.Target),
        IIncrementOrDecrementOperation increment => OwnerOf(increment.Target),
        _ => null,
    }).OfType<ILocalSymbol>().Distinct(SymbolEqualityComparer.Default).OfType<ILocalSymbol>();

    private static ISymbol? VariableOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    private static ISymbol? AssignedBy(IOperation target) => VariableOf(target) ?? OwnerOf(target) ?? MemberTargetOf(target)?.Variable;

    private static ISymbol? OwnerOf(IOperation target) =>
        target is IPropertyReferenceOperation { Property.IsIndexer: true, Instance: ILocalReferenceOperation owner } && NumericsTypes.Of(owner.Type) is null
            ? owner.Local
            : null;

    /// <summary>Whether a matrix that a loop writes to is the method's own where an iteration begins and where it ends.</summary>
    private bool IsOwnedIn(ISymbol matrix, ILoopOperation loop)
    {
        if (!_frame.Variables.TryGetValue(matrix, out var value) || value is null)
        {
            return true; // It is declared inside.
        }

        var write = loop.DescendantsAndSelf().First(o => SymbolEqualityComparer.Default.Equals(OwnerOf(o), matrix));
        return IsOwned((ILocalSymbol)matrix, write);
    }
}
