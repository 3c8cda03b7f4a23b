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

    protected override Value Replace(Instruction original, ImmutableArray<Value> operands)
    {
        if (original.Operation.Simplify is { } simplify)
        {
            var copy = new Instruction(original.Operation, operands, original.Attributes, original.Results, []);
            var context = new SimplifyContext(
                Builder,
                copy,
                Builder.DefinitionOf,
                value => _useCounts.TryGetValue(original.Operands[operands.IndexOf(value)], out var count) ? count : 0);
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

        _changed = true;
        return choice.Regions[definition.Attributes.Number != 0 ? 0 : 1];
    }

    /// <summary>Each iteration yields what it was given, or the constant that it was at first.</summary>
    protected override bool IsUnchanged(Instruction loop, int index)
    {
        var carried = ControlFlow.Carried(loop);
        bool IsSame(Value next, Value given) => next == given
            || (_definitions.TryGetValue(next, out var now) && now.Operation == Constants.Literal
                && _definitions.TryGetValue(carried.Initial[index], out var first) && first.Operation == Constants.Literal
                && now.Attributes.Equals(first.Attributes));
        var isUnchanged = !loop.Results[index].Type.IsTape && !loop.Results[index].Type.IsArray
            && Enumerable.Range(0, carried.Yields.Length).All(r => IsSame(carried.Yields[r][index], carried.Parameters[r][index]));
        _changed |= isUnchanged;
        return isUnchanged;
    }
}
