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
            if (ControlFlow.IsLoop(instruction.Operation))
            {
                ExtendLoop(instruction);
                continue;
            }

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

    /// <summary>Notes that a value varies: one that stands for another, read again from a tape.</summary>
    public void Add(Value value) => _varied.Add(value);

    /// <summary>A carried value varies if it does at first, or after any number of iterations.</summary>
    private void ExtendLoop(Instruction loop)
    {
        var carried = ControlFlow.Carried(loop);
        int before;
        do
        {
            before = _varied.Count;
            for (var j = 0; j < loop.Results.Length; j++)
            {
                var values = new[] { carried.Initial[j], loop.Results[j] }
                    .Concat(carried.Parameters.Select(p => p[j])).Concat(carried.Yields.Select(y => y[j])).ToList();
                if (loop.Results[j].Type.IsFloating && values.Any(Varies))
                {
                    _varied.UnionWith([loop.Results[j], .. carried.Parameters.Select(p => p[j])]);
                }
            }

            foreach (var region in loop.Regions)
            {
                Extend(region.Instructions);
            }
        }
        while (_varied.Count > before);
    }

    private bool IsVaried(Instruction instruction, int result)
    {
        if (instruction.Operation == ControlFlow.If)
        {
            return instruction.Regions.Any(r => Varies(r.Results[result]));
        }

        for (var i = 0; i < instruction.Operands.Length; i++)
        {
            if (Varies(instruction.Operands[i]) && HasDerivative(instruction, i))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasDerivative(Instruction instruction, int operand) => instruction.Operation == Calls.Call
        ? Calls.HasAdjoint(instruction, operand)
        : instruction.Operation.PullbackOf(operand) != Operation.Zero;
}
