using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Ir;

/// <summary>The values that a region uses and does not define, but for what only guards ask: the way back does not repeat them.</summary>
internal static class FreeValues
{
    public static IEnumerable<Value> Of(Block region)
    {
        var defined = new HashSet<Value>(region.Parameters);
        var free = new List<Value>();
        void Use(Value value)
        {
            if (!defined.Contains(value))
            {
                free.Add(value);
            }
        }

        foreach (var instruction in region.Instructions.Where(i => !Guards.IsOnlyGuard(i)))
        {
            foreach (var operand in instruction.Operands)
            {
                Use(operand);
            }

            foreach (var inner in instruction.Regions.SelectMany(Of))
            {
                Use(inner);
            }

            defined.UnionWith(instruction.Results);
        }

        foreach (var result in region.Results)
        {
            Use(result);
        }

        return free;
    }
}
