using System.Collections.Immutable;

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
}
