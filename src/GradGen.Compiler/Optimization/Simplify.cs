using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Optimization;

/// <summary>
/// Algebra: each operation's row says what is simpler. Transposes become flags of products, structural zeros vanish,
/// constants are computed, sums of products become inner products. Repeated until nothing changes.
/// </summary>
internal sealed class Simplify : Rewriter
{
    private const int MaximalRounds = 16;

    private readonly Dictionary<Value, int> _useCounts;
    private readonly Dictionary<Value, Instruction> _definitions;
    private readonly Stack<HashSet<Value>> _blocks = new([[]]);
    private readonly Dictionary<Value, int> _copies = [];
    private bool _changed;

    private Simplify(Function function)
    {
        _useCounts = Uses.Count(function);
        _definitions = Definitions.Of(function);
    }

    public static Function Run(Function function)
    {
        for (var round = 0; round < MaximalRounds; round++)
        {
            var pass = new Simplify(function);
            var simpler = pass.Rewrite(function);
            if (!pass._changed)
            {
                break;
            }

            function = DeadCode.Run(simpler);
        }

        return function;
    }

    protected override void EnterRegion() => _blocks.Push([]);

    protected override void LeaveRegion() => _blocks.Pop();

    protected override Value Replace(Instruction original, ImmutableArray<Value> operands)
    {
        var value = Simpler(original, operands);
        _blocks.Peek().Add(value);
        _copies[value] = (_copies.TryGetValue(value, out var uses) ? uses : 0) + UsesOf(original.Result);
        return value;
    }

    private int UsesOf(Value original) => _useCounts.TryGetValue(original, out var count) ? count : 0;

    private Value Simpler(Instruction original, ImmutableArray<Value> operands)
    {
        if (original.Operation.Simplify is { } simplify)
        {
            var copy = new Instruction(original.Operation, operands, original.Attributes, original.Results, []);
            var context = new SimplifyContext(
                Builder,
                copy,
                Builder.DefinitionOf,
                value => operands.IndexOf(value) is >= 0 and var i ? UsesOf(original.Operands[i]) : _copies.TryGetValue(value, out var uses) ? uses : 0,
                _blocks.Peek().Contains);
            if (simplify(context) is { IsZero: false } simpler)
            {
                _changed = true;
                return simpler.Fit(original.Result.Shape).Value;
            }
        }

        return Builder.Add(original.Operation, operands, original.Attributes);
    }

    /// <summary>The branch of a condition that is known.</summary>
    protected override Block? OnlyBranch(Instruction choice, Value condition)
    {
        if (Builder.DefinitionOf(condition) is not { } definition || definition.Operation != Constants.Literal)
        {
            return null;
        }

        var branch = choice.Regions[definition.Attributes.Number != 0 ? 0 : 1];
        if (branch.Instructions.Any(i => i.Operation == Guards.Throw))
        {
            return null; // Nothing must stand after it.
        }

        _changed = true;
        return branch;
    }

    /// <summary>
    /// What every iteration of a loop leaves as it is, what both branches of an if yield, and the condition itself where they
    /// yield true and false.
    /// </summary>
    protected override Value? InPlaceOf(Instruction controlFlow, int index)
    {
        var simpler = !controlFlow.Results[index].Type.IsTensor ? null
            : ControlFlow.IsLoop(controlFlow.Operation) ? Unchanged(ControlFlow.Carried(controlFlow), index)
            : SameInBoth(controlFlow, index);
        _changed |= simpler is not null;
        return simpler;
    }

    private Value? Unchanged(LoopCarried carried, int index)
    {
        bool IsSame(Value next, Value given) => next == given || (Literal(next) is { } now && now.Equals(Literal(carried.Initial[index])));
        return Enumerable.Range(0, carried.Yields.Length).All(r => IsSame(carried.Yields[r][index], carried.Parameters[r][index]))
            ? Mapped(carried.Initial[index])
            : null;
    }

    private Value? SameInBoth(Instruction choice, int index)
    {
        var (then, otherwise) = (choice.Regions[0].Results[index], choice.Regions[1].Results[index]);
        if (then == otherwise)
        {
            return Mapped(then);
        }

        if (choice.Results[index].Type != TensorType.Boolean || Literal(then) is not { } yes || Literal(otherwise) is not { } no || yes.Number == no.Number)
        {
            return null;
        }

        var condition = Mapped(choice.Operands[0]);
        return yes.Number != 0 ? condition : Builder.Add(Comparisons.Not, [condition]);
    }

    private Attributes? Literal(Value value) =>
        _definitions.TryGetValue(value, out var definition) && definition.Operation == Constants.Literal ? definition.Attributes : null;
}
