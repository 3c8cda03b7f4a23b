using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Differentiation;

/// <summary>
/// What the reverse sweep computes again, it must find as it was. Values are; but arrays are written in place. So before
/// control flow that will be computed again, and before calls whose derivative will be called, the forward sweep notes the
/// state of the arrays that are read there, and the reverse sweep restores them: only those that are written there or
/// afterwards.
/// </summary>
internal sealed class ArrayStates
{
    private readonly Builder _builder;
    private readonly ArrayMemory _memory;
    private readonly Dictionary<Instruction, int> _order = [];
    private readonly List<(int Order, Value Memory)> _writes = [];
    private readonly Dictionary<Instruction, ImmutableArray<(Value Array, Value State)>> _noted = [];

    public ArrayStates(Function primal, Builder builder)
    {
        _builder = builder;
        _memory = new ArrayMemory(primal);
        Visit(primal.Body);
    }

    /// <summary>
    /// Notes, before a copy of an instruction, the states of the arrays from outside that it reads and that are to be
    /// restored; not those of a loop that writes arrays itself, for they change with each iteration.
    /// </summary>
    /// <param name="instruction">The instruction, of the function or a copy of one.</param>
    /// <param name="map">The values in place of those around it.</param>
    public ImmutableArray<(Value Array, Value State)> Note(Instruction instruction, Dictionary<Value, Value> map) =>
        ControlFlow.IsLoop(instruction.Operation) && ChangesArrays(instruction) ? [] : Note(Restorable(instruction), map);

    /// <summary>The arrays that are to be restored before each iteration of a loop.</summary>
    public ImmutableArray<Value> RestoredInIterations(Instruction loop) => ChangesArrays(loop) ? Restorable(loop) : [];

    /// <summary>The states of arrays where this is called, one for all arrays of a type.</summary>
    public ImmutableArray<(Value Array, Value State)> Note(ImmutableArray<Value> arrays, Dictionary<Value, Value> map)
    {
        var states = new Dictionary<ScalarType, Value>();
        var noted = ImmutableArray.CreateBuilder<(Value, Value)>();
        foreach (var array in arrays)
        {
            var copy = map.TryGetValue(array, out var mapped) ? mapped : array;
            if (!states.TryGetValue(array.Type.Scalar, out var state))
            {
                states[array.Type.Scalar] = state = _builder.Add(Arrays.State, [copy]);
                Builder.Name(state, "state");
            }

            noted.Add((copy, state));
        }

        return noted.ToImmutable();
    }

    public void Keep(Instruction copy, ImmutableArray<(Value Array, Value State)> noted) => _noted[copy] = noted;

    /// <summary>The arrays that an instruction reads, restored to what they were before it.</summary>
    public Dictionary<Value, Value> Restored(Instruction copy) =>
        _noted.TryGetValue(copy, out var noted) ? Restored(noted) : [];

    public Dictionary<Value, Value> Restored(IEnumerable<(Value Array, Value State)> noted)
    {
        var restored = new Dictionary<Value, Value>();
        foreach (var (array, state) in noted)
        {
            if (!restored.ContainsKey(array))
            {
                restored[array] = _builder.Add(Arrays.Restore, [array, state]);
                Builder.Name(restored[array], array.Name);
            }
        }

        return restored;
    }

    private void Visit(Block block)
    {
        foreach (var instruction in block.Instructions)
        {
            _order[instruction] = _order.Count;
            if (ArrayMemory.WrittenBy(instruction) is { } written)
            {
                _writes.Add((_order[instruction], _memory.Of(written)));
            }

            foreach (var region in instruction.Regions)
            {
                Visit(region);
            }
        }
    }

    /// <summary>Arrays from outside that an instruction reads and that are written in it or after it.</summary>
    private ImmutableArray<Value> Restorable(Instruction instruction)
    {
        if (_writes.Count == 0 || (instruction.Regions.IsEmpty && !Calls.IsCall(instruction.Operation)))
        {
            return [];
        }

        // A copy has the same free values in the same order.
        var origin = _builder.OriginOf(instruction);
        var order = _order[origin];
        return
        [
            .. FreeArrays(instruction).Zip(FreeArrays(origin), (array, original) => (array, original))
                .Where(p => _writes.Any(w => w.Order > order && w.Memory == _memory.Of(p.original))).Select(p => p.array),
        ];
    }

    /// <summary>What a call takes, the reverse sweep gives to the derivative.</summary>
    private static IEnumerable<Value> FreeArrays(Instruction instruction) =>
        (Calls.IsCall(instruction.Operation) ? instruction.Operands : instruction.Regions.SelectMany(FreeValues.Of)).Where(v => v.Type is { IsArray: true, IsTape: false }).Distinct();

    private static bool ChangesArrays(Instruction instruction) => instruction.Regions.Any(
        r => r.Instructions.Any(i => ArrayMemory.WrittenBy(i) is not null || ChangesArrays(i)));
}
