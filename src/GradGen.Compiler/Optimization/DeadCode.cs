using System.Collections.Immutable;
using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Optimization;

/// <summary>Drops what no result depends on: the forward values, too, that no gradient needs.</summary>
internal sealed class DeadCode : Rewriter
{
    private readonly HashSet<Value> _live = [];

    private DeadCode()
    {
    }

    public static Function Run(Function function)
    {
        var pass = new DeadCode();
        pass.Mark(function.Body);
        return pass.Rewrite(function);
    }

    protected override bool Keeps(Instruction original) => original.Results.Any(_live.Contains);

    protected override Value Replace(Instruction original, ImmutableArray<Value> operands) =>
        Builder.Add(original.Operation, operands, original.Attributes);

    /// <summary>Backwards, so that uses come before definitions.</summary>
    private void Mark(Block block)
    {
        _live.UnionWith(block.Results);
        foreach (var instruction in block.Instructions.Reverse())
        {
            if (!Keeps(instruction))
            {
                continue;
            }

            _live.UnionWith(instruction.Operands);
            foreach (var region in instruction.Regions)
            {
                Mark(region);
            }
        }
    }
}
