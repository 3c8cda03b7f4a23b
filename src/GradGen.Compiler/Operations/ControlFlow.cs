using System.Collections.Immutable;
using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Operations;

/// <summary>
/// Structured control flow: instructions with regions, as in MLIR's scf. Their types are those of their regions'
/// results; <see cref="Ir.Verifier"/> knows the rules, and ReverseMode differentiates the regions.
/// </summary>
internal static class ControlFlow
{
    /// <summary>if(condition) { yield a… } { yield b… }: two regions without parameters, with results of equal types.</summary>
    public static readonly Operation If = new("if", 1);

    /// <summary>
    /// loop(from, to, initial…) (index, carried…) { yield next… }: the index runs from <c>from</c> to below
    /// <c>to</c>; the results are the carried values after the last iteration.
    /// </summary>
    public static readonly Operation Loop = new("loop", -1);

    /// <summary>
    /// while(initial…) (carried…) { yield condition, carried… } (carried…) { yield next… }: the first region says
    /// whether to go on.
    /// </summary>
    public static readonly Operation While = new("while", -1);

    public static readonly ImmutableArray<Operation> All = [If, Loop, While];

    public static bool IsLoop(Operation operation) => operation == Loop || operation == While;

    /// <summary>What a loop carries from iteration to iteration, one entry a result.</summary>
    public static LoopCarried Carried(Instruction loop)
    {
        var isLoop = loop.Operation == Loop;
        var body = loop.Regions[loop.Regions.Length - 1];
        return isLoop
            ? new LoopCarried(loop.Operands.RemoveRange(0, 2), [body.Parameters.RemoveAt(0)], [body.Results])
            : new LoopCarried(loop.Operands, [body.Parameters, loop.Regions[0].Parameters], [body.Results, loop.Regions[0].Results.RemoveAt(0)]);
    }
}

/// <summary>The carried values of a loop: first of all, in each region (the body first), and as each region yields them.</summary>
internal sealed record LoopCarried(
    ImmutableArray<Value> Initial, ImmutableArray<ImmutableArray<Value>> Parameters, ImmutableArray<ImmutableArray<Value>> Yields);
