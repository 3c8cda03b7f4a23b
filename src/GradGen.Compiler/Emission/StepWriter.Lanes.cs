using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Emission;

/// <content>Steps over many entries: products by the kernels of the runtime, the rest in the processor's vectors.</content>
internal sealed partial class StepWriter
{
    /// <summary>Writes a step into a span in lanes, if it can be: over rows and along columns, or along all entries.</summary>
    private bool TryWriteInLanes(Instruction instruction, string destination, string assignment)
    {
        var (byRows, extent) = plan.WalkOf(instruction);
        if (extent < Limits.LanesInStep || !entries.CanBeInLanes(
            instruction, Plan.ProbedPlace(byRows), LaneAnalysis.ProbedLane, LaneTypes.IsFew(instruction.Result.Type.Scalar, extent)))
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
            for (var i = 0; i < shape.Rows; i++)
            {
                Store(instruction, Place.Of(i, EntryIndex.Variable(LaneAnalysis.ProbedLane)), new Lane(type, LaneAnalysis.ProbedLane, extent), destination, assignment);
            }
        }
        else
        {
            entries.Loop("i", shape.Rows, i => entries.LaneLoop("j", type, extent, [i], lane => Store(instruction, Place.Of(i, lane.Start), lane, destination, assignment)));
        }

        return true;
    }

    /// <summary>Writes a step whose result stays in a vector.</summary>
    private void WriteRegister(Instruction instruction)
    {
        var type = lanes.For(instruction.Result.Type.Scalar, instruction.Result.Shape.Count);
        var lane = new Lane(type, LaneAnalysis.ProbedLane, instruction.Result.Shape.Count);
        entries.Output.Statement($"{type.Name} {storage.SpanOf(instruction.Result)} = {entries.InLanes(instruction, Place.At(lane.Start), lane)};");
    }

    private void Store(Instruction instruction, Place place, Lane lane, string destination, string assignment) =>
        Store(entries.InLanes(instruction, place, lane), lane, $"{destination}, {lane.At(place.Entry(instruction.Result.Shape))}{lane.Left}", assignment);

    private void Store(Code value, Lane lane, string at, string assignment)
    {
        if (assignment == "+=")
        {
            value = new Code($"{lane.Type.Name}.Load({at}) + {value.In(Code.Additive)}", Code.Additive);
        }

        entries.Output.Statement($"{value.In(Code.Primary)}.Store({at});");
    }
}
