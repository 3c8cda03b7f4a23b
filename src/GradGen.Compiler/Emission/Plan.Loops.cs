using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Emission;

/// <content>Where loops keep what they carry, and what of it is changed in place.</content>
internal sealed partial class Plan
{
    private readonly Dictionary<Value, IReadOnlyList<Instruction>> _scattered = [];
    private readonly HashSet<Value> _asked = [];

    /// <summary>How often a value is used, by operands and as a result of a block.</summary>
    public int UsesOf(Value value) => _uses.TryGetValue(value, out var uses) ? uses : 0;

    /// <summary>Whether a value is a sum with a carried value that nothing else reads: it may be computed in place.</summary>
    public bool IsAddedTo(Value value, Value carried) =>
        UsesOf(carried) == 1 && value.Shape == carried.Shape
        && DefinitionOf(value) is { } sum && sum.Operation == Arithmetic.Add && sum.Operands.Contains(carried);

    /// <summary>
    /// What is added to a carried value, where it is single entries at places known at run time (the gradient of x[i]):
    /// only these are touched. Null where more is added.
    /// </summary>
    public IReadOnlyList<Instruction>? ScatteredInto(Value value) => _scattered.TryGetValue(value, out var entries) ? entries : null;

    private void ChooseScattered(Instruction loop)
    {
        var carried = ControlFlow.Carried(loop);
        var body = loop.Regions[loop.Regions.Length - 1];
        for (var j = 0; j < loop.Results.Length; j++)
        {
            var (value, parameter) = (carried.Yields[0][j], carried.Parameters[0][j]);
            var added = new List<Instruction>();
            if (value.Shape.Count > Limits.UnrolledInMemory && IsYieldOnly(body, value) && IsAddedTo(value, parameter)
                && AreEntries(DefinitionOf(value)!, parameter, added))
            {
                _scattered[value] = added;
                _inBuffers.UnionWith([value, parameter]);
            }
        }
    }

    private bool AreEntries(Instruction sum, Value carried, List<Instruction> added)
    {
        foreach (var operand in sum.Operands.Where(o => o != carried))
        {
            if (!IsInlined(operand) || DefinitionOf(operand) is not { } definition
                || !(definition.Operation == Arithmetic.Add ? AreEntries(definition, carried, added) : definition.Operation == Gathers.PlaceAt))
            {
                return false;
            }

            if (definition.Operation == Gathers.PlaceAt)
            {
                added.Add(definition);
            }
        }

        return true;
    }

    /// <summary>
    /// What a loop carries is in one place from the first iteration to after the last; and what moves into a buffer comes
    /// from one.
    /// </summary>
    private void KeepTogether(Instruction loop)
    {
        var carried = ControlFlow.Carried(loop);
        int before;
        do
        {
            before = _inBuffers.Count;
            for (var j = 0; j < loop.Results.Length; j++)
            {
                List<Value> same = [loop.Results[j], .. carried.Parameters.Select(p => p[j])];
                if (same.Any(_inBuffers.Contains))
                {
                    _inBuffers.UnionWith(same);
                    if (carried.Parameters[0].Contains(carried.Yields[0][j]))
                    {
                        _inBuffers.Add(carried.Yields[0][j]);
                    }
                }
            }
        }
        while (_inBuffers.Count > before);
    }

    /// <summary>Whether the step is what a while asks, written where it asks.</summary>
    private bool IsAsked(Instruction instruction) => _asked.Contains(instruction.Result);

    /// <summary>What a while asks is written where it asks.</summary>
    private void InlineConditions()
    {
        foreach (var region in _instructions.Where(i => i.Operation == ControlFlow.While).Select(i => i.Regions[0]))
        {
            var condition = region.Results[0];
            if (_uses[condition] == 1 && DefinitionOf(condition) is { } definition && HasEntries(definition) && region.Instructions.Contains(definition))
            {
                _inlined.Add(condition);
                _asked.Add(condition);
            }
        }
    }
}
