using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Analyzers;

/// <summary>
/// The operations of a body in the order in which they are evaluated, operands before what takes them, and between which of
/// them a variable may have changed. Functions declared in the body are no part of it: nobody knows when they are called.
/// </summary>
internal sealed class EvaluationOrder
{
    private readonly List<IOperation> _operations = [];
    private readonly Dictionary<IOperation, (int First, int Place)> _places = [];
    private readonly List<(int Place, HashSet<ISymbol> Variables)> _writes = [];
    private readonly HashSet<ISymbol> _writtenInFunctions = new(SymbolEqualityComparer.Default);

    private EvaluationOrder(IOperation body)
    {
        var open = new Stack<(IOperation Operation, int First)>();
        open.Push((body, -1));
        while (open.Count > 0)
        {
            var (operation, first) = open.Pop();
            if (first >= 0)
            {
                Leave(operation, first);
            }
            else if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                foreach (var inner in operation.Descendants())
                {
                    _writtenInFunctions.UnionWith(WrittenBy(inner));
                }
            }
            else if (operation is not INameOfOperation)
            {
                open.Push((operation, _operations.Count));
                foreach (var child in operation.ChildOperations.Reverse())
                {
                    open.Push((child, -1));
                }
            }
        }
    }

    /// <summary>The operations, each after its operands.</summary>
    public IReadOnlyList<IOperation> Operations => _operations;

    /// <summary>Whether some matrix may be written entry by entry: two names for one would then be no longer as good as two.</summary>
    public bool WritesEntries { get; private set; }

    /// <summary>Whether what follows what is not to be seen from how statements nest.</summary>
    public bool HasJumps { get; private set; }

    public static EvaluationOrder Of(IOperation body) => new(body);

    /// <summary>Whether an operation is, or is part of, another.</summary>
    public bool IsIn(IOperation inner, IOperation outer) =>
        _places.TryGetValue(inner, out var a) && _places.TryGetValue(outer, out var b) && b.First <= a.First && a.Place <= b.Place;

    /// <summary>How many operations an operation is made of.</summary>
    public int SizeOf(IOperation operation) => _places[operation].Place - _places[operation].First + 1;

    /// <summary>
    /// Whether one operation is always evaluated before another, and no variable of a set is assigned between. A loop that
    /// begins between them lies between them as a whole.
    /// </summary>
    public bool IsUnchanged(IOperation from, IOperation to, IReadOnlyCollection<ISymbol> variables)
    {
        var end = _places[to].Place;
        for (var outer = to.Parent; outer is not null && !IsIn(from, outer); outer = outer.Parent)
        {
            end = outer is ILoopOperation ? _places[outer].Place : end;
        }

        var start = _places[from].Place;
        return start < _places[to].First && !variables.Any(_writtenInFunctions.Contains)
            && !_writes.Any(w => w.Place > start && w.Place <= end && variables.Any(w.Variables.Contains));
    }

    /// <summary>
    /// The largest operation around one that evaluates it whenever it is evaluated itself, at most the block that it is a
    /// statement of: whatever in it comes later has the value.
    /// </summary>
    public static IOperation ReachOf(IOperation operation)
    {
        while (operation is not IBlockOperation && operation.Parent is { } parent && IsAlwaysEvaluated(operation, parent))
        {
            operation = parent;
        }

        return operation;
    }

    private static bool IsAlwaysEvaluated(IOperation child, IOperation parent) => parent switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } binary => child == binary.LeftOperand,
        IConditionalOperation conditional => child == conditional.Condition,
        ICoalesceOperation coalesce => child == coalesce.Value,
        ICoalesceAssignmentOperation assignment => child == assignment.Target,
        IConditionalAccessOperation access => child == access.Operation,
        ISwitchExpressionOperation choice => child == choice.Value,
        ISwitchOperation choice => child == choice.Value,
        ILoopOperation or ISwitchCaseOperation or ISwitchExpressionArmOperation or ITryOperation or ICatchClauseOperation
            or IAnonymousFunctionOperation or ILocalFunctionOperation => false,
        _ => true,
    };

    private void Leave(IOperation operation, int first)
    {
        _places[operation] = (first, _operations.Count);
        HasJumps |= operation is ILabeledOperation or ITryOperation
            || operation is ILocalReferenceOperation { Local.IsRef: true } or IVariableDeclaratorOperation { Symbol.IsRef: true };
        var written = WrittenBy(operation);
        if (written.Count > 0)
        {
            _writes.Add((_operations.Count, written));
        }

        WritesEntries |= TargetsOf(operation).SelectMany(t => t.DescendantsAndSelf()).Any(t => t is IPropertyReferenceOperation { Arguments.IsEmpty: false })
            || (operation is IInvocationOperation { Instance.Type: { } type } && RuntimeSymbols.IsMatrixOrVector(type) && CallShapes.RowOf(operation) is null);
        _operations.Add(operation);
    }

    /// <summary>The variables that an operation assigns, or may change.</summary>
    private static HashSet<ISymbol> WrittenBy(IOperation operation)
    {
        var written = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var target in TargetsOf(operation))
        {
            written.UnionWith(target.DescendantsAndSelf().Select(VariableOf).OfType<ISymbol>());
        }

        // What a method is given, it may change, if that is an object; of arguments of the method itself GradGen refuses this.
        if (operation is IInvocationOperation or IObjectCreationOperation && CallShapes.RowOf(operation) is null)
        {
            written.UnionWith(operation.ChildOperations.SelectMany(c => c.DescendantsAndSelf()).Select(VariableOf).OfType<ILocalSymbol>()
                .Where(l => RuntimeSymbols.TypeOf(l.Type) is not { IsScalar: true }));
        }

        return written;
    }

    private static IEnumerable<IOperation> TargetsOf(IOperation operation) => operation switch
    {
        IAssignmentOperation assignment => [assignment.Target],
        IIncrementOrDecrementOperation step => [step.Target],
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => [argument.Value],
        _ => [],
    };

    private static ISymbol? VariableOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };
}
