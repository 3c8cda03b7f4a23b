using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Analyzers;

/// <summary>
/// A formula that a body computes again where it is known already: GRAD5003. The first of its places is evaluated before each
/// of the others, whatever way the method takes, and no variable in it changes in between; what is not certain is no repetition.
/// </summary>
/// <param name="Places">Where it is computed, in the order of evaluation.</param>
/// <param name="Reach">The operation around the first place that has the others in it: a block, or a part of an expression.</param>
/// <param name="Cost">What computing it once takes.</param>
internal sealed record Repetition(IReadOnlyList<IOperation> Places, IOperation Reach, Cost Cost)
{
    /// <summary>
    /// Flops from which on it is worth a word, an elementary function counted as ten: what a call of the library takes for
    /// itself, about 40 ns.
    /// </summary>
    private const int LeastFlops = 64;

    private const int FlopsOfFunction = 10;

    public IOperation First => Places[0];

    /// <summary>The repetitions of a body, none of them part of another one's repeated places.</summary>
    /// <param name="order">The body.</param>
    /// <param name="numbers">Its formulas.</param>
    /// <param name="apart">What is written otherwise anyway.</param>
    public static List<Repetition> In(EvaluationOrder order, ValueNumbers numbers, ISet<IOperation> apart)
    {
        var found = new List<Repetition>();
        if (order.HasJumps)
        {
            return found;
        }

        var groups = order.Operations.Where(o => IsComputed(o) && !apart.Contains(o)).GroupBy(numbers.NumberOf).Where(g => g.Key is not null)
            .Select(g => g.ToList()).Where(g => g.Count > 1).OrderByDescending(g => order.SizeOf(g[0]));
        foreach (var group in groups)
        {
            // What is inside a repeated place goes with it.
            group.RemoveAll(o => found.Any(f => f.Places.Skip(1).Any(p => order.IsIn(o, p))));
            if (group.Count < 2 || (order.WritesEntries && RuntimeSymbols.IsMatrixOrVector(group[0].Type!)))
            {
                continue;
            }

            var cost = numbers.CostOf(group[0]);
            if (cost.Flops + (FlopsOfFunction * cost.ElementaryFunctions) >= LeastFlops)
            {
                found.AddRange(Split(group, cost, order));
            }
        }

        return found;
    }

    /// <summary>The statement that the first place is in, if it is one of a block.</summary>
    public IOperation? Statement
    {
        get
        {
            var operation = First;
            while (operation.Parent is { } parent && parent != Reach)
            {
                operation = parent;
            }

            return Reach is IBlockOperation ? operation : null;
        }
    }

    /// <summary>The local that the first place is the value of from the beginning, if there is one and it keeps it.</summary>
    public ILocalSymbol? Local { get; private init; }

    private static IEnumerable<Repetition> Split(List<IOperation> places, Cost cost, EvaluationOrder order)
    {
        for (var i = 0; i < places.Count - 1; i++)
        {
            var reach = EvaluationOrder.ReachOf(places[i]);
            var variables = ValueNumbers.VariablesOf(places[i]);
            var known = places.Skip(i + 1).TakeWhile(p => order.IsIn(p, reach) && order.IsUnchanged(places[i], p, variables)).ToList();
            if (known.Count > 0)
            {
                var local = LocalOf(places[i]);
                yield return new Repetition([places[i], .. known], reach, cost)
                {
                    Local = local is not null && known.All(k => order.IsUnchanged(places[i], k, [local])) ? local : null,
                };
                i += known.Count;
            }
        }
    }

    /// <summary>Whether the operation computes something that could be kept in a local.</summary>
    private static bool IsComputed(IOperation operation) =>
        operation.Syntax is ExpressionSyntax
        && operation is not IConversionOperation { Conversion.IsIdentity: true }
        && operation is { IsImplicit: false, Type: not null } and (IInvocationOperation or IBinaryOperation or IUnaryOperation or IPropertyReferenceOperation or IConversionOperation)
        && RuntimeSymbols.TypeOf(operation.Type) is { IsFloating: true, IsTensor: true };

    /// <summary>var h = …: the local, if it has the type of the expression and is read wherever it is known.</summary>
    private static ILocalSymbol? LocalOf(IOperation operation) =>
        operation.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { RefKind: RefKind.None } local, Parent.Parent: IVariableDeclarationGroupOperation { Parent: IBlockOperation } } }
        && SymbolEqualityComparer.Default.Equals(local.Type, operation.Type)
            ? local
            : null;
}
