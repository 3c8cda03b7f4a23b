using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Explanation;

/// <summary>The forward and the backward part of a gradient function: the reverse sweep comes after the user's own steps.</summary>
internal static class Phases
{
    public static (ImmutableArray<Instruction> Forward, ImmutableArray<Instruction> Backward) Split(Function gradient)
    {
        var instructions = gradient.Body.Instructions;
        var definitions = new Dictionary<Value, int>();
        for (var i = 0; i < instructions.Length; i++)
        {
            foreach (var result in instructions[i].Results)
            {
                definitions[result] = i;
            }
        }

        // The value is the first result; a step of the user's has a name.
        var last = definitions.TryGetValue(gradient.Results[0], out var value) ? value : -1;
        for (var i = last + 1; i < instructions.Length; i++)
        {
            if (Guards.In(instructions[i]) || (instructions[i].Operation != Arrays.Restore && instructions[i].Results.Any(r => r.Name is not null && r.Role == ValueRole.Primal)))
            {
                last = i;
            }
        }

        return ([.. instructions.Take(last + 1)], [.. instructions.Skip(last + 1)]);
    }
}
