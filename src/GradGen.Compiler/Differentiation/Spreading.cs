using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Differentiation;

/// <summary>
/// A property that spreads from operands to results, through branches and around loops: which values have it. What it is
/// and how an operation passes it on, the derived classes say.
/// </summary>
internal abstract class Spreading
{
    private readonly HashSet<Value> _having = [];

    public bool Has(Value value) => _having.Contains(value);

    /// <summary>Notes that a value has it: a parameter, or one that stands for another, read again from a tape.</summary>
    public void Add(Value value)
    {
        if (value.Type.IsFloating)
        {
            _having.Add(value);
        }
    }

    /// <summary>Goes on into instructions, also those added later: copies inside a region of the reverse sweep.</summary>
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
                if (instruction.Operation == ControlFlow.If ? instruction.Regions.Any(r => Has(r.Results[i])) : Reaches(instruction))
                {
                    Add(instruction.Results[i]);
                }
            }
        }
    }

    /// <summary>Whether the results of an instruction without regions have it.</summary>
    protected abstract bool Reaches(Instruction instruction);

    /// <summary>A carried value has it if it does at first, or after any number of iterations.</summary>
    private void ExtendLoop(Instruction loop)
    {
        var carried = ControlFlow.Carried(loop);
        int before;
        do
        {
            before = _having.Count;
            for (var j = 0; j < loop.Results.Length; j++)
            {
                var values = new[] { carried.Initial[j], loop.Results[j] }
                    .Concat(carried.Parameters.Select(p => p[j])).Concat(carried.Yields.Select(y => y[j])).ToList();
                if (values.Any(Has))
                {
                    Add(loop.Results[j]);
                    foreach (var parameters in carried.Parameters)
                    {
                        Add(parameters[j]);
                    }
                }
            }

            foreach (var region in loop.Regions)
            {
                Extend(region.Instructions);
            }
        }
        while (_having.Count > before);
    }
}
