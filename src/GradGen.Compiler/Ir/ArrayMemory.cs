using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Ir;

/// <summary>
/// Which arrays may be the same memory where writes happen in place: an array and what a write makes of it, what control
/// flow carries or chooses, what is pushed on one tape.
/// </summary>
internal sealed class ArrayMemory
{
    private readonly Dictionary<Value, Value> _same = [];

    public ArrayMemory(Function function) => Visit(function.Body);

    /// <summary>The array that stands for all that may be the same memory.</summary>
    public Value Of(Value array)
    {
        while (_same.TryGetValue(array, out var same))
        {
            array = same;
        }

        return array;
    }

    /// <summary>The array that an instruction writes to, or null.</summary>
    public static Value? WrittenBy(Instruction instruction) =>
        instruction.Operation == Arrays.With || instruction.Operation == Arrays.AddAt ? instruction.Operands[2]
        : instruction.Operation == Arrays.Sum ? instruction.Operands[0]
        : null;

    private void Visit(Block block)
    {
        foreach (var instruction in block.Instructions)
        {
            foreach (var region in instruction.Regions)
            {
                Visit(region);
            }

            for (var r = 0; r < instruction.Results.Length; r++)
            {
                if (instruction.Results[r].Type.IsArray)
                {
                    Join(instruction, r);
                }
            }
        }
    }

    private void Join(Instruction instruction, int index)
    {
        var result = instruction.Results[index];
        if (instruction.Operation == ControlFlow.If)
        {
            Join(result, [.. instruction.Regions.Select(r => r.Results[index])]);
        }
        else if (ControlFlow.IsLoop(instruction.Operation))
        {
            var carried = ControlFlow.Carried(instruction);
            Join(result, [carried.Initial[index], .. carried.Parameters.Select(p => p[index]), .. carried.Yields.Select(y => y[index])]);
        }
        else if (instruction.Operation == Tapes.Push || instruction.Operation == Tapes.At || instruction.Operation == Arrays.Restore)
        {
            Join(result, [.. instruction.Operands.Where(o => o.Type.IsArray)]);
        }
        else if (WrittenBy(instruction) is { } written)
        {
            Join(result, written);
        }
    }

    private void Join(Value left, params Value[] others)
    {
        foreach (var right in others)
        {
            var (a, b) = (Of(left), Of(right));
            if (a != b)
            {
                _same[a] = b;
            }
        }
    }
}
