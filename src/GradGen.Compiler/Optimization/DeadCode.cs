using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Optimization;

/// <summary>
/// Drops what no result and no guard depends on: the forward values, too, that no gradient needs, and what loops carry and
/// branches yield for nothing (tapes that nobody reads).
/// </summary>
internal sealed class DeadCode : Rewriter
{
    private readonly HashSet<Value> _live = [];

    private DeadCode()
    {
    }

    public static Function Run(Function function)
    {
        var pass = new DeadCode();
        pass.Mark(function.Body.Instructions, function.Body.Results);
        return pass.Rewrite(function);
    }

    protected override bool Keeps(Instruction original) => original.Results.Any(_live.Contains) || Guards.In(original);

    protected override bool KeepsResult(Instruction controlFlow, int index) => _live.Contains(controlFlow.Results[index])
        || (ControlFlow.IsLoop(controlFlow.Operation) && ControlFlow.Carried(controlFlow).Parameters.Any(p => _live.Contains(p[index])));

    protected override Value Replace(Instruction original, ImmutableArray<Value> operands) =>
        Builder.Add(original.Operation, operands, original.Attributes);

    /// <summary>Backwards, so that uses come before definitions.</summary>
    private void Mark(ImmutableArray<Instruction> instructions, IEnumerable<Value> results)
    {
        _live.UnionWith(results);
        foreach (var instruction in instructions.Reverse())
        {
            if (!Keeps(instruction))
            {
                continue;
            }

            if (ControlFlow.IsLoop(instruction.Operation))
            {
                MarkLoop(instruction);
                continue;
            }

            _live.UnionWith(instruction.Operands);
            foreach (var region in instruction.Regions)
            {
                Mark(region.Instructions, region.Results.Where((_, i) => KeepsResult(instruction, i)));
            }
        }
    }

    /// <summary>A carried value is live if it is used after the loop, or by an iteration for one that is.</summary>
    private void MarkLoop(Instruction loop)
    {
        var carried = ControlFlow.Carried(loop);
        var isWhile = loop.Operation == ControlFlow.While;
        _live.UnionWith(isWhile ? [loop.Regions[0].Results[0]] : loop.Operands.Take(2));
        int before;
        do
        {
            before = _live.Count;
            for (var j = 0; j < loop.Results.Length; j++)
            {
                if (KeepsResult(loop, j))
                {
                    _live.Add(carried.Initial[j]);
                    _live.UnionWith(carried.Yields.Select(y => y[j]));
                }
            }

            foreach (var region in loop.Regions)
            {
                Mark(region.Instructions, []);
            }
        }
        while (_live.Count > before);
    }
}
