using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Emission;

/// <summary>
/// Which variable of the generated method holds each array. In the function a write makes another array; in the method it
/// happens in place, so that the states of an array share a variable.
/// </summary>
internal sealed class ArrayPlaces
{
    private readonly Dictionary<Value, Value> _places = [];
    private readonly HashSet<Value> _variables = [];
    private readonly HashSet<Value> _remembered = [];
    private readonly ArrayMemory _memory;

    public ArrayPlaces(Function function)
    {
        _memory = new ArrayMemory(function);
        Visit(function.Body);
    }

    /// <summary>The value after which the variable is called that holds an array.</summary>
    public Value PlaceOf(Value array)
    {
        while (_places.TryGetValue(array, out var place) && place != array)
        {
            array = place;
        }

        return array;
    }

    /// <summary>Whether an array begins a variable of its own: it is made, or control flow chooses between several.</summary>
    public bool IsVariable(Value array) => _variables.Contains(array);

    /// <summary>Whether an array is a parameter, or a variable that holds nothing else.</summary>
    public bool IsParameter(Value array) => PlaceOf(array) is var place && !_places.ContainsKey(place);

    /// <summary>Whether writes to an array are remembered, because it is restored somewhere.</summary>
    public bool IsRemembered(Value array) => _remembered.Contains(_memory.Of(array));

    private void Visit(Block block)
    {
        foreach (var instruction in block.Instructions)
        {
            if (ControlFlow.IsLoop(instruction.Operation))
            {
                VisitLoop(instruction);
                continue;
            }

            foreach (var region in instruction.Regions)
            {
                Visit(region);
            }

            for (var r = 0; r < instruction.Results.Length; r++)
            {
                if (instruction.Results[r].Type.IsArray)
                {
                    Place(instruction, r);
                }
            }
        }
    }

    private void Place(Instruction instruction, int index)
    {
        var result = instruction.Results[index];
        if (instruction.Operation == Arrays.Restore || instruction.Operation == Tapes.Push)
        {
            _remembered.Add(_memory.Of(result));
        }

        if (result.Type.IsTape)
        {
            return;
        }

        if (instruction.Operation == ControlFlow.If)
        {
            var (then, otherwise) = (PlaceOf(instruction.Regions[0].Results[index]), PlaceOf(instruction.Regions[1].Results[index]));
            _places[result] = then == otherwise && !instruction.Regions.Any(r => IsMadeIn(r, then)) ? then : Variable(result);
        }
        else
        {
            var same = instruction.Operation == Arrays.Restore ? instruction.Operands[0] : ArrayMemory.WrittenBy(instruction);
            _places[result] = same is null ? Variable(result) : PlaceOf(same);
        }
    }

    private void VisitLoop(Instruction loop)
    {
        var carried = ControlFlow.Carried(loop);
        List<int> arrays = [.. Enumerable.Range(0, loop.Results.Length).Where(j => loop.Results[j].Type is { IsArray: true, IsTape: false })];
        foreach (var j in arrays)
        {
            _places[loop.Results[j]] = loop.Results[j];
            foreach (var parameters in carried.Parameters)
            {
                _places[parameters[j]] = loop.Results[j];
            }
        }

        foreach (var region in loop.Regions)
        {
            Visit(region);
        }

        foreach (var j in arrays)
        {
            // What only writes to the array it began with is in that one's variable.
            _places[loop.Results[j]] = carried.Yields.All(y => PlaceOf(y[j]) == loop.Results[j]) && !IsShared(carried, j)
                ? PlaceOf(carried.Initial[j])
                : Variable(loop.Results[j]);
        }
    }

    /// <summary>Whether two carried arrays begin as one.</summary>
    private bool IsShared(LoopCarried carried, int index) => carried.Initial.Where((_, i) => i != index).Any(
        other => other.Type is { IsArray: true, IsTape: false } && PlaceOf(other) == PlaceOf(carried.Initial[index]));

    private Value Variable(Value value)
    {
        _variables.Add(value);
        return value;
    }

    private static bool IsMadeIn(Block block, Value place) =>
        block.Instructions.Any(i => i.Results.Contains(place) || i.Regions.Any(r => r.Parameters.Contains(place) || IsMadeIn(r, place)));
}
