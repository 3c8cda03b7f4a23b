using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Differentiation;

/// <summary>
/// Which values vary with the parameters that are differentiated. Nothing is computed for the adjoint of a value that
/// does not, so that <c>[NoDerivative]</c> costs nothing.
/// </summary>
internal sealed class Activity
{
    private readonly HashSet<Value> _varied = [];

    /// <summary>Marks what varies when <paramref name="seeds"/> vary.</summary>
    public static Activity Analyze(ImmutableArray<Instruction> instructions, IEnumerable<Value> seeds)
    {
        var activity = new Activity();
        activity._varied.UnionWith(seeds.Where(s => s.Type.IsFloating));
        activity.Extend(instructions);
        return activity;
    }

    public bool Varies(Value value) => _varied.Contains(value);

    /// <summary>Goes on into instructions added later: copies inside a region of the reverse sweep.</summary>
    public void Extend(ImmutableArray<Instruction> instructions)
    {
        foreach (var instruction in instructions)
        {
            foreach (var region in instruction.Regions)
            {
                Extend(region.Instructions);
            }

            for (var i = 0; i < instruction.Results.Length; i++)
            {
                if (instruction.Results[i].Type.IsFloating && IsVaried(instruction, i))
                {
                    _varied.Add(instruction.Results[i]);
                }
            }
        }
    }

    private bool IsVaried(Instruction instruction, int result)
    {
        if (instruction.Operation == ControlFlow.If)
        {
            return instruction.Regions.Any(r => Varies(r.Results[result]));
        }

        if (!instruction.Regions.IsEmpty)
        {
            // A loop mixes its carried values: if anything that goes in varies, all that comes out does.
            return instruction.Operands.Concat(instruction.Regions.SelectMany(FreeValues.Of)).Any(Varies);
        }

        for (var i = 0; i < instruction.Operands.Length; i++)
        {
            if (Varies(instruction.Operands[i]) && instruction.Operation.PullbackOf(i) != Operation.Zero)
            {
                return true;
            }
        }

        return false;
    }
}
