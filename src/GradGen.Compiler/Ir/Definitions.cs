namespace GradGen.Compiler.Ir;

/// <summary>The instruction that defines each value of a function, those of its regions too.</summary>
internal static class Definitions
{
    public static Dictionary<Value, Instruction> Of(Function function)
    {
        var definitions = new Dictionary<Value, Instruction>();
        Collect(function.Body, definitions);
        return definitions;
    }

    private static void Collect(Block block, Dictionary<Value, Instruction> definitions)
    {
        foreach (var instruction in block.Instructions)
        {
            foreach (var result in instruction.Results)
            {
                definitions[result] = instruction;
            }

            foreach (var region in instruction.Regions)
            {
                Collect(region, definitions);
            }
        }
    }
}
