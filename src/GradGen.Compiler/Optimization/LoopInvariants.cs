using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Optimization;

/// <summary>
/// Computes once, before a loop, what is the same in all its iterations. Only what may be computed although no iteration
/// runs: nothing that can throw, and nothing that a branch inside the loop might not have asked for.
/// </summary>
internal static class LoopInvariants
{
    public static Function Run(Function function) => new(function.Name, Moved(function.Body));

    private static Block Moved(Block block)
    {
        var instructions = ImmutableArray.CreateBuilder<Instruction>();
        foreach (var instruction in block.Instructions)
        {
            // What leaves an inner loop can then leave the outer one.
            ImmutableArray<Block> regions = [.. instruction.Regions.Select(Moved)];
            if (ControlFlow.IsLoop(instruction.Operation))
            {
                regions = [.. regions.Select(region => WithoutInvariants(region, instructions))];
            }

            instructions.Add(instruction.Regions.IsEmpty
                ? instruction
                : new Instruction(instruction.Operation, instruction.Operands, instruction.Attributes, instruction.Results, regions));
        }

        return new Block(block.Parameters, instructions.ToImmutable(), block.Results);
    }

    /// <summary>A loop's region without what is the same in all iterations, which goes to <paramref name="before"/>.</summary>
    private static Block WithoutInvariants(Block region, ImmutableArray<Instruction>.Builder before)
    {
        var varying = new HashSet<Value>(region.Parameters);
        var invariant = new Dictionary<Value, Instruction>();
        foreach (var instruction in region.Instructions)
        {
            if (CanLeave(instruction) && !instruction.Operands.Any(varying.Contains))
            {
                invariant[instruction.Result] = instruction;
            }
            else
            {
                varying.UnionWith(instruction.Results);
            }
        }

        // A constant leaves only with what is computed from it.
        var leaving = new HashSet<Instruction>();
        void Leave(Instruction instruction)
        {
            if (leaving.Add(instruction))
            {
                foreach (var operand in instruction.Operands)
                {
                    if (invariant.TryGetValue(operand, out var definition))
                    {
                        Leave(definition);
                    }
                }
            }
        }

        foreach (var instruction in invariant.Values.Where(i => !IsConstant(i)))
        {
            Leave(instruction);
        }

        before.AddRange(region.Instructions.Where(leaving.Contains));
        return leaving.Count == 0 ? region : new Block(region.Parameters, [.. region.Instructions.Where(i => !leaving.Contains(i))], region.Results);
    }

    private static bool IsConstant(Instruction instruction) =>
        instruction.Operation == Constants.Literal || instruction.Operation == Constants.Fill;

    /// <summary>
    /// Whether it is pure and throws nothing. Integers stay: they can overflow, divide by zero and be out of range, and cost
    /// next to nothing.
    /// </summary>
    private static bool CanLeave(Instruction instruction) =>
        instruction.Operation == Constants.Literal
        || (instruction.Regions.IsEmpty && instruction.Results.Length == 1 && !Calls.IsCall(instruction.Operation)
            && instruction.Results.Concat(instruction.Operands).All(v => v.Type.IsTensor)
            && instruction.Result.Type.Scalar != ScalarType.Int32);
}
