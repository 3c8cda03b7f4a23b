using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Optimization;

/// <summary>How often each value is used, by operands and as a result of a block.</summary>
internal static class Uses
{
    public static Dictionary<Value, int> Count(Function function)
    {
        var counts = new Dictionary<Value, int>();
        Count(function.Body, counts);
        return counts;
    }

    private static void Count(Block block, Dictionary<Value, int> counts)
    {
        void Add(Value value) => counts[value] = counts.TryGetValue(value, out var count) ? count + 1 : 1;

        foreach (var instruction in block.Instructions)
        {
            foreach (var operand in instruction.Operands)
            {
                Add(operand);
            }

            foreach (var region in instruction.Regions)
            {
                Count(region, counts);
            }
        }

        foreach (var result in block.Results)
        {
            Add(result);
        }
    }
}
