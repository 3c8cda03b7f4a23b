using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Emission;

/// <content>Which steps are computed in the processor's vectors, and which values stay in one.</content>
internal sealed partial class Plan
{
    private readonly HashSet<Instruction> _lanes = [];
    private readonly HashSet<Value> _inRegisters = [];

    /// <summary>The parameters that are not in memory entry by entry: structs.</summary>
    private readonly ISet<Value> _apart;

    /// <summary>Whether the value is in one vector: a local, of which single entries can be read at known places.</summary>
    public bool IsInRegister(Value value) => _inRegisters.Contains(value);

    /// <summary>Whether the step is computed in vectors.</summary>
    public bool IsInLanes(Instruction instruction) => _lanes.Contains(instruction);

    /// <summary>How a step is walked through in vectors: row by row or over all entries at once; and how many entries lie in a row then.</summary>
    public (bool ByRows, int Extent) WalkOf(Instruction instruction)
    {
        var shape = instruction.Result.Shape;
        var byRows = shape.Rows > 1 && shape.Columns > 1 && (IsInRows(instruction.Result) || NeedsRowsAndColumns(instruction));
        return (byRows, byRows ? shape.Columns : shape.Count);
    }

    /// <summary>Whether an entry is found by its row and column rather than by its number.</summary>
    public bool NeedsRowsAndColumns(Instruction instruction) =>
        !FormOf(instruction).ByEntry
        || instruction.Operands.Any(o => o.Shape.Count > 1 && IsInlined(o) && !_steps.IsConstant(o) && NeedsRowsAndColumns(DefinitionOf(o)!));

    /// <summary>Whether the rows of a step in vectors are written one after the other, without a loop.</summary>
    public bool UnrollsRows(Instruction instruction) =>
        instruction.Result.Shape.Rows <= Limits.UnrolledRows
        && instruction.Result.Shape.Rows * _terms[instruction.Result] <= Limits.UnrolledRowTerms
        && LaneTypes.IsFew(instruction.Result.Type.Scalar, instruction.Result.Shape.Columns);

    /// <summary>A place that moves with <see cref="LaneAnalysis"/>'s variables.</summary>
    public static Place ProbedPlace(bool byRows) => byRows
        ? Place.Of(EntryIndex.Variable(LaneAnalysis.ProbedRow), EntryIndex.Variable(LaneAnalysis.ProbedLane))
        : Place.At(EntryIndex.Variable(LaneAnalysis.ProbedLane));

    private void ChooseLanes()
    {
        foreach (var instruction in _instructions.Where(i => HasEntries(i) && !IsInlined(i.Result) && !IsList(i)))
        {
            if (KnowsEntries(instruction))
            {
                continue;
            }

            var (byRows, extent) = WalkOf(instruction);
            if (instruction.Result.Type is { IsFloating: true, IsTensor: true } && extent >= Limits.LanesInStep
                && new LaneAnalysis(this) { IsLoaded = IsVector }.KindOf(
                    instruction, ProbedPlace(byRows), LaneAnalysis.ProbedLane, LaneTypes.IsFew(instruction.Result.Type.Scalar, extent)) != LaneKind.Impossible)
            {
                _lanes.Add(instruction);
                _unrolled.Remove(instruction);
            }
        }
    }

    /// <summary>
    /// Whether it is a small step in which some entries are numbers: a rotation or a homogeneous transform, of which half is zeros
    /// and ones. Vectors would compute with all of them.
    /// </summary>
    private bool KnowsEntries(Instruction instruction) =>
        IsUnrolled(instruction) && instruction.Result.Shape.Count <= Limits.EntriesThatMayBeNumbers
        && instruction.Operands.Append(instruction.Result).Any(v => v.Shape.Count > 1 && Constants.Knows(v));

    /// <summary>
    /// Whether a value's entries lie one after the other when they are wanted as a vector. A vector loaded from entries that
    /// have just been stored one by one would have to wait for all of them.
    /// </summary>
    private bool IsVector(Value value) => value.Shape.Count > Limits.UnrolledEntries
        || (DefinitionOf(value) is { } definition && HasEntries(definition) ? _lanes.Contains(definition)
            : _function.Parameters.Contains(value) ? !_apart.Contains(value)
            : value.Shape.Count >= Limits.LanesInCarried);

    /// <summary>Small results of steps in vectors stay there if all that reads them can do with a vector.</summary>
    private void ChooseRegisters()
    {
        foreach (var step in _lanes.Where(s => _inBuffers.Contains(s.Result) && !WalkOf(s).ByRows))
        {
            var value = step.Result;
            if (LaneTypes.IsFew(value.Type.Scalar, value.Shape.Count) && !IsDeferred(value) && !_passed.Contains(value) && !_scattered.ContainsKey(value))
            {
                _inRegisters.Add(value);
            }
        }

        foreach (var instruction in _instructions)
        {
            if (!HasEntries(instruction))
            {
                _inRegisters.ExceptWith(instruction.Operands);
                _inRegisters.ExceptWith(instruction.Regions.SelectMany(r => r.Results));
            }
            else if (!IsInlined(instruction.Result) || IsAsked(instruction))
            {
                KeepRegisters(instruction);
            }
        }
    }

    private void KeepRegisters(Instruction reader)
    {
        if (IsUnrolled(reader))
        {
            _inRegisters.ExceptWith(Reads(reader).Where(r => r.AtRunTime).Select(r => r.Value));
            return;
        }

        if (!IsInLanes(reader))
        {
            _inRegisters.ExceptWith(Reads(reader).Select(r => r.Value));
            return;
        }

        var (byRows, extent) = WalkOf(reader);
        var scalar = reader.Result.Type.Scalar;
        var isFew = LaneTypes.IsFew(scalar, extent);
        new LaneAnalysis(this)
        {
            OnLoad = (value, index) =>
            {
                var isWhole = index is { Offset: 0, Terms: [(LaneAnalysis.ProbedLane, 1)] } && LaneTypes.BytesOf(scalar, extent) == LaneTypes.BytesOf(scalar, value.Shape.Count);
                var isKnown = index.Terms.All(t => (t.Variable == LaneAnalysis.ProbedRow && UnrollsRows(reader)) || (t.Variable == LaneAnalysis.ProbedSum && isFew));
                if (!isWhole && !isKnown)
                {
                    _inRegisters.Remove(value);
                }
            },
        }.KindOf(reader, ProbedPlace(byRows), LaneAnalysis.ProbedLane, isFew);
    }
}
