using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Emission;

/// <content>
/// Loops of the user's and of the way back. What a loop carries is in the locals or the buffer of its result; an
/// iteration computes all that is next before it assigns any of it.
/// </content>
internal sealed partial class StepWriter
{
    private int _depth;

    private void WriteLoop(Instruction loop, int level)
    {
        var output = entries.Output;
        var carried = ControlFlow.Carried(loop);
        List<int> kept = [.. Enumerable.Range(0, loop.Results.Length).Where(j => !loop.Results[j].Type.IsTape && IsNeeded(loop, carried, j))];
        foreach (var j in kept.Where(j => !IsUnchanged(loop, carried, j)))
        {
            storage.ReadAll(loop.Results[j]);
        }

        _depth++;
        names.OpenBlock();
        var next = entries.Output = new CSharpWriter(level + 1);
        WriteNext(loop, carried, kept);
        var body = loop.Regions[loop.Regions.Length - 1];
        var steps = Write(body.Instructions, level + 1);
        steps += (steps.Length > 0 && !next.IsEmpty ? "\n" : "") + next;
        var header = loop.Operation == ControlFlow.While ? WriteCondition(loop, level + 1, ref steps) : "";
        names.CloseBlock();
        _depth--;

        // From here on what stands before the loop. Of what no iteration changes, only what is read is there.
        kept.RemoveAll(j => !storage.IsRead(loop.Results[j]));
        entries.Output = new CSharpWriter(level);
        WriteInitial(loop, carried, kept);
        if (loop.Operation == ControlFlow.Loop)
        {
            var index = storage.LocalOf(body.Parameters[0], 0);
            var (from, to) = (entries.Entry(loop.Operands[0], Place.At(0)), entries.Entry(loop.Operands[1], Place.At(0)));
            header = $"for (int {index} = {from}; {index} < {to.In(Code.Additive)}; {index}++)";
        }

        var carriedNames = string.Join(", ", kept.Select(j => loop.Results[j]).Where(r => r.Type.IsFloating).Select(notation.NameOf));
        output.Line($"// {notation.Iterations(loop)}: {carriedNames}".TrimEnd(' ', ':'));
        output.Append(entries.Output.ToString()).Open(header).Append(steps).Close();
        entries.Output = output;
    }

    /// <summary>Whether a carried value is read after the loop, or by its iterations.</summary>
    private bool IsNeeded(Instruction loop, LoopCarried carried, int index)
    {
        var uses = carried.Parameters.Sum(p => plan.UsesOf(p[index]))
            - (loop.Operation == ControlFlow.While && carried.Yields[1][index] == carried.Parameters[1][index] ? 1 : 0);
        return uses > 0 || storage.IsRead(loop.Results[index]);
    }

    private static bool IsUnchanged(Instruction loop, LoopCarried carried, int index) =>
        loop.Results[index].Type.IsTensor && carried.Yields[0][index] == carried.Parameters[0][index];

    /// <summary>The header of a while; where the condition takes steps, they begin the iteration.</summary>
    private string WriteCondition(Instruction loop, int level, ref string steps)
    {
        var asks = loop.Regions[0];
        if (!asks.Results.Skip(1).SequenceEqual(asks.Parameters))
        {
            throw new NotSupportedException("A condition that changes what a loop carries cannot be emitted.");
        }

        var last = entries.Output = new CSharpWriter(level);
        entries.IsUnrolled = true;
        var condition = entries.Entry(asks.Results[0], Place.At(0));
        var before = Write(asks.Instructions, level);
        if (before.Length == 0 && last.IsEmpty)
        {
            return $"while ({condition})";
        }

        last.Open($"if (!{condition.In(Code.Unary)})").Line("break;").Close();
        steps = before + last + (steps.Length > 0 ? "\n" : "") + steps;
        return "while (true)";
    }

    private void WriteInitial(Instruction loop, LoopCarried carried, List<int> kept)
    {
        foreach (var j in kept)
        {
            if (loop.Results[j].Type.IsArray)
            {
                if (plan.Arrays.IsVariable(loop.Results[j]))
                {
                    AssignArray(loop.Results[j], carried.Initial[j], declares: true);
                }

                continue;
            }

            var (result, initial) = (loop.Results[j], carried.Initial[j]);
            entries.IsUnrolled = true;
            if (plan.IsInBuffer(result))
            {
                Copy(initial, storage.SpanOf(result), "=");
                continue;
            }

            foreach (var e in Enumerable.Range(0, result.Shape.Count).Where(e => storage.IsRead(result, e)))
            {
                entries.Output.Statement($"{Literals.Keyword(result.Type.Scalar)} {storage.LocalOf(result, e)} = {entries.Entry(initial, Place.At(e))};");
            }
        }
    }

    /// <summary>Assigns what an iteration yields: first what only changes places, all at once, then what was computed.</summary>
    private void WriteNext(Instruction loop, LoopCarried carried, List<int> kept)
    {
        var parameters = carried.Parameters[0];
        NextArrays(loop, carried, [.. kept.Where(j => loop.Results[j].Type.IsArray)]);
        List<int> changed = [.. kept.Where(j => loop.Results[j].Type.IsTensor && carried.Yields[0][j] != parameters[j] && storage.ResultOf(carried.Yields[0][j]) != loop.Results[j])];
        List<int> moved = [.. changed.Where(j => parameters.Contains(carried.Yields[0][j]))];
        Move(loop, carried, [.. moved.Where(j => !plan.IsInBuffer(loop.Results[j]))]);
        foreach (var alike in moved.Where(j => plan.IsInBuffer(loop.Results[j])).GroupBy(j => loop.Results[j].Shape.Count))
        {
            MoveEntries(loop, carried, [.. alike], alike.Key);
        }

        foreach (var j in changed.Except(moved))
        {
            Assign(loop.Results[j], carried.Yields[0][j]);
        }
    }

    private void Move(Instruction loop, LoopCarried carried, List<int> moved)
    {
        entries.IsUnrolled = true;
        var assignments = new List<string>();
        foreach (var j in moved)
        {
            for (var e = 0; e < loop.Results[j].Shape.Count; e++)
            {
                var name = names.ReserveInBlock("next");
                entries.Output.Statement($"{Literals.Keyword(loop.Results[j].Type.Scalar)} {name} = {entries.Entry(carried.Yields[0][j], Place.At(e))};");
                assignments.Add($"{storage.LocalOf(loop.Results[j], e)} = {name};");
            }
        }

        entries.Output.Lines(assignments);
    }

    private void MoveEntries(Instruction loop, LoopCarried carried, List<int> moved, int count)
    {
        entries.IsUnrolled = false;
        entries.Loop("e", count, e =>
        {
            var assignments = new List<string>();
            foreach (var j in moved)
            {
                var name = names.ReserveInBlock("next");
                entries.Output.Statement($"{Literals.Keyword(loop.Results[j].Type.Scalar)} {name} = {entries.Entry(carried.Yields[0][j], Place.At(e))};");
                assignments.Add($"{storage.SpanOf(loop.Results[j])}[{e}] = {name};");
            }

            entries.Output.Lines(assignments);
        });
    }

    /// <summary>Adds single entries where they belong.</summary>
    private void WriteScattered(IReadOnlyList<Instruction> added, string destination)
    {
        entries.IsUnrolled = true;
        foreach (var entry in added)
        {
            var position = entries.Entry(entry.Operands[1], Place.At(0));
            entries.Output.Statement($"{destination}[{position}] += {entries.Entry(entry.Operands[0], Place.At(0))};");
        }
    }

    /// <summary>A tape is declared for the whole method; inside a loop it begins anew with each iteration.</summary>
    private void WriteTape(Instruction instruction)
    {
        var result = instruction.Result;
        entries.IsUnrolled = true;
        if (instruction.Operation == Tapes.New)
        {
            if (_depth > 0)
            {
                entries.Output.Line($"{storage.TapeOf(result)}.Clear();");
            }
        }
        else if (instruction.Operation == Tapes.Push)
        {
            Push(instruction.Operands[1], storage.TapeOf(result));
        }
        else
        {
            ReadTape(instruction);
        }
    }

    private void Push(Value value, string tape)
    {
        if (value.Type.IsArray)
        {
            entries.Output.Line($"{tape}.Push({storage.StoreOf(value.Type.Scalar)}.Snapshot({storage.ReadArray(value)}));");
            return;
        }

        if (value.Shape.Count == 1 && !plan.IsInBuffer(value))
        {
            entries.Output.Line($"{tape}.Push({entries.Entry(value, Place.At(0))});");
            return;
        }

        var count = Literals.Integer(value.Shape.Count);
        if (plan.IsInBuffer(value))
        {
            entries.Output.Line($"{storage.ReadSpan(value)}.CopyTo({tape}.Extend({count}));");
            return;
        }

        var room = names.ReserveInBlock("room");
        entries.Output.Line($"global::System.Span<{Literals.Keyword(value.Type.Scalar)}> {room} = {tape}.Extend({count});");
        Copy(value, room, "=");
    }

    private void ReadTape(Instruction instruction)
    {
        var value = instruction.Result;
        Comment(instruction);
        var tape = storage.ReadTape(instruction.Operands[0]);
        var iteration = entries.Entry(instruction.Operands[1], Place.At(0));
        if (value.Type.IsArray)
        {
            entries.Output.Line($"{WorkArrayOf(value)} {storage.ArrayOf(value)} = {storage.StoreOf(value.Type.Scalar)}.Restore({tape}[{iteration}]);");
        }
        else if (value.Shape.Count == 1 && !plan.IsInBuffer(value))
        {
            entries.Output.Line($"{Literals.Keyword(value.Type.Scalar)} {storage.LocalOf(value, 0)} = {tape}[{iteration}];");
        }
        else
        {
            ReadEntries(value, $"{tape}.Read({iteration}, {Literals.Integer(value.Shape.Count)})");
        }
    }
}
