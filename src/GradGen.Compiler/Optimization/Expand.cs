using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Optimization;

/// <summary>
/// Puts in place of operations without an element of their own (softmax, log-sum-exp, norm) the operations that
/// compute them. After differentiation, so that their fused pullbacks are used.
/// </summary>
internal sealed class Expand : Rewriter
{
    private Expand()
    {
    }

    public static Function Run(Function function)
    {
        while (Contains(function.Body))
        {
            function = new Expand().Rewrite(function);
        }

        return function;
    }

    protected override Value Replace(Instruction original, ImmutableArray<Value> operands) =>
        original.Operation.Expansion is { } expansion
            ? expansion([.. operands.Select(o => new Term(Builder, o))], original.Attributes).Value
            : Builder.Add(original.Operation, operands, original.Attributes);

    private static bool Contains(Block block) => block.Instructions.Any(
        i => i.Operation.Expansion is not null || i.Regions.Any(Contains));
}
