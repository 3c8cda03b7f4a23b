using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Operations;

/// <summary>
/// What the user's method throws. Nothing depends on it, and yet it is kept: it stands in a branch that ends there. The
/// way back does not repeat it, since whoever gets there has passed it.
/// </summary>
internal static class Guards
{
    /// <summary>throw: the exception is the one that the method throws when it is called with the same arguments.</summary>
    public static readonly Operation Throw = new("throw", 0) { ResultTypes = _ => [] };

    /// <summary>Whether an instruction throws, perhaps in one of its regions.</summary>
    public static bool In(Instruction instruction) => instruction.Operation == Throw || instruction.Regions.Any(In);

    /// <summary>Whether an instruction is there for nothing but what it throws.</summary>
    public static bool IsOnlyGuard(Instruction instruction) => instruction.Results.IsEmpty && In(instruction);

    public static bool In(Block block) => block.Instructions.Any(In);
}
