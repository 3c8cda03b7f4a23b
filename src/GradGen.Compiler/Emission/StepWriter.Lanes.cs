using GradGen.Compiler.Explanation;
using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Emission;

/// <content>Steps over many entries: products by the kernels of the runtime, the rest in the processor's vectors.</content>
internal sealed partial class StepWriter
{
    /// <summary>Where steps get functions of their own; null where they do not.</summary>
    public Outlines? Outlines { get; init; }

    /// <summary>Writes statements that only write to spans: in their place or, where they are many, in a function.</summary>
    private void Outlined(Value value, Action write)
    {
        if (Outlines is null)
        {
            write();
            return;
        }

        var (output, operations) = (entries.Output, entries.LaneOperations);
        entries.Output = new CSharpWriter();
        write();
        var text = entries.Output.ToString();
        entries.Output = output;
        var call = entries.LaneOperations - operations < Limits.OutlinedOperations ? null : Outlines.CallOf(text, Notation.Pascal(notation.IdentifierOf(value)));
        entries.Output.Lines(call is not null ? [call] : text.TrimEnd('\n').Split('\n'));
    }

    /// <summary>Whether a result is written where the caller keeps it in a way that adds or overwrites as it is told.</summary>
    public bool WritesAsTold(Value value) => plan.IsDeferred(value) && plan.DefinitionOf(value) is { } definition
        ? products.IsProduct(definition) || CanBeInLanes(definition)
            || (products.AddedTo(definition) is { } added && CanBeInLanesWithout(added, definition))
        : IsCopiedInLanes(value);

    private bool CanBeInLanes(Instruction instruction)
    {
        var (byRows, extent) = plan.WalkOf(instruction);
        return extent >= Limits.LanesInStep && entries.CanBeInLanes(
            instruction, Plan.ProbedPlace(byRows), LaneAnalysis.ProbedLane, LaneTypes.IsFew(instruction.Result.Type.Scalar, extent));
    }

    /// <summary>Whether the rest of a step can be in lanes, once a product is left out that is added later.</summary>
    private bool CanBeInLanesWithout(Instruction product, Instruction instruction)
    {
        var known = entries.KnownSum;
        entries.KnownSum = (product, null);
        var can = CanBeInLanes(instruction);
        entries.KnownSum = known;
        return can;
    }

    private bool IsCopiedInLanes(Value value) => plan.IsInRegister(value)
        || (plan.IsInBuffer(value) && value.Shape.Count >= Limits.LanesInStep && value.Type.IsFloating);

    /// <summary>Writes a step into a span in lanes, if it can be: over rows and along columns, or along all entries.</summary>
    private bool TryWriteInLanes(Instruction instruction, string destination, string assignment)
    {
        var (byRows, extent) = plan.WalkOf(instruction);
        if (!CanBeInLanes(instruction))
        {
            return false;
        }

        var shape = instruction.Result.Shape;
        var type = lanes.For(instruction.Result.Type.Scalar, extent);
        if (!byRows)
        {
            entries.LaneLoop(
                shape.Columns == 1 ? "i" : shape.Rows == 1 ? "j" : "e", type, extent, [], lane => Store(instruction, Place.At(lane.Start), lane, destination, assignment));
        }
        else if (plan.UnrollsRows(instruction))
        {
            entries.SharingLoads(type, () =>
            {
                for (var i = 0; i < shape.Rows; i++)
                {
                    Store(instruction, Place.Of(i, EntryIndex.Variable(LaneAnalysis.ProbedLane)), new Lane(type, LaneAnalysis.ProbedLane, extent), destination, assignment);
                }
            });
        }
        else
        {
            entries.SharingLoads(type, () => entries.Loop(
                "i", shape.Rows, i => entries.LaneLoop("j", type, extent, [i], lane => Store(instruction, Place.Of(i, lane.Start), lane, destination, assignment))));
        }

        return true;
    }

    /// <summary>Writes a step whose result stays in a vector.</summary>
    private void WriteRegister(Instruction instruction)
    {
        var type = lanes.For(instruction.Result.Type.Scalar, instruction.Result.Shape.Count);
        var lane = new Lane(type, LaneAnalysis.ProbedLane, instruction.Result.Shape.Count);
        var name = storage.SpanOf(instruction.Result);
        var code = entries.InLanes(instruction, Place.At(lane.Start), lane, name);
        if (code.Text != name)
        {
            entries.Output.Statement($"{type.Name} {name} = {code};");
        }
    }

    /// <summary>Writes a step row by row: into vectors as far as they are read, into memory if that is.</summary>
    private void WriteRows(Instruction instruction)
    {
        var (value, lane) = (instruction.Result, entries.RowLane(instruction.Result));
        var isStored = storage.IsSpanRead(value);
        if (!isStored && instruction.Operation == Operations.Products.Transpose && IsSquareInRegisters(value, instruction.Operands[0]))
        {
            entries.LaneOperations += Limits.TransposeOperations;
            var rows = Enumerable.Range(0, Limits.RegisterRows).Select(i => i < value.Shape.Columns ? storage.ReadRow(instruction.Operands[0], i) : lane.Type.Name + ".Zero");
            var columns = Enumerable.Range(0, Limits.RegisterRows).Select(i => (i < value.Shape.Rows ? storage.RowOf(value, i) : null) is { } name ? $"out {lane.Type.Name} {name}" : "out _");
            entries.Output.Statement($"{lane.Type.Name}.Transpose({string.Join(", ", rows.Concat(columns))});");
            return;
        }

        for (var i = 0; i < value.Shape.Rows; i++)
        {
            var (name, place) = (storage.RowOf(value, i), Place.Of(i, lane.Start));
            if (name is null && !isStored)
            {
                continue;
            }

            var code = entries.InLanes(instruction, place, lane, name);
            if (name is not null && code.Text != name)
            {
                entries.Output.Statement($"{lane.Type.Name} {name} = {code};");
            }

            if (isStored)
            {
                Store(name is null ? code : Code.Atom(name), lane, storage.SpanOf(value), place.Entry(value.Shape), "=");
            }
        }
    }

    /// <summary>Whether a transpose stays among four registers of four lanes.</summary>
    private bool IsSquareInRegisters(Value transposed, Value value) =>
        plan.IsInRows(value) && transposed.Shape.Columns > 2 && value.Shape.Columns > 2 && LaneTypes.BytesOf(value.Type.Scalar, value.Shape.Columns) == LaneTypes.BytesOf(value.Type.Scalar, transposed.Shape.Columns);

    private void Store(Instruction instruction, Place place, Lane lane, string destination, string assignment) =>
        Store(entries.InLanes(instruction, place, lane), lane, destination, place.Entry(instruction.Result.Shape), assignment);

    private void Store(Code value, Lane lane, string destination, EntryIndex index, string assignment)
    {
        entries.LaneOperations += lane.Type.IsPartial ? Limits.PartialAccessOperations : 1;
        entries.Output.Statement(lane.Type.Name + "." + lane.Access("Store", destination, index, ", " + value + assignment switch
        {
            "=" => "",
            "+=" => ", true",
            _ => ", " + assignment,
        }) + ";");
    }

    /// <summary>Writes the entries of a value that is in a vector or in memory.</summary>
    private void CopyInLanes(Value value, string destination, string assignment)
    {
        if (plan.IsInRows(value))
        {
            var lane = entries.RowLane(value);
            for (var i = 0; i < value.Shape.Rows; i++)
            {
                var place = Place.Of(i, lane.Start);
                Store(entries.InLanes(value, place, lane), lane, destination, place.Entry(value.Shape), assignment);
            }

            return;
        }

        var type = lanes.For(value.Type.Scalar, value.Shape.Count);
        entries.LaneLoop("e", type, value.Shape.Count, [], lane =>
            Store(entries.InLanes(value, Place.At(lane.Start), lane), lane, destination, lane.Start, assignment));
    }
}
