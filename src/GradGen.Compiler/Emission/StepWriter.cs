using GradGen.Compiler.Explanation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Emission;

/// <summary>
/// Writes the steps of a block, a comment with the formula before each. From the last to the first, so that what no
/// later step reads is not written at all.
/// </summary>
internal sealed partial class StepWriter(
    Plan plan, Storage storage, Names names, Notation notation, EntryWriter entries, ProductCalls products, LaneTypes lanes, CancellationToken cancellation)
{
    /// <summary>Where the shape stands in a comment.</summary>
    private const int ShapeColumn = 64;

    /// <summary>The statements that throw what the user's method throws.</summary>
    public IReadOnlyList<string> Throws { get; init; } = [];

    /// <summary>The instructions as text, at a level of indentation.</summary>
    /// <param name="instructions">A block's instructions, or some of them in their order.</param>
    /// <param name="level">The indentation.</param>
    public string Write(IEnumerable<Instruction> instructions, int level)
    {
        var steps = new Stack<string>();
        foreach (var instruction in instructions.Reverse())
        {
            cancellation.ThrowIfCancellationRequested();
            if (!Guards.In(instruction) && instruction.Results.All(r => plan.IsInlined(r) || plan.IsDeferred(r) || !storage.IsRead(r)))
            {
                continue;
            }

            entries.Output = new CSharpWriter(level);
            if (instruction.Operation == Guards.Throw)
            {
                entries.Output.Lines(Throws);
            }
            else if (Tapes.All.Contains(instruction.Operation))
            {
                WriteTape(instruction);
            }
            else if (Calls.IsCall(instruction.Operation))
            {
                WriteCall(instruction);
            }
            else if (instruction.Regions.IsEmpty && !Plan.HasEntries(instruction))
            {
                WriteArray(instruction);
            }
            else if (instruction.Regions.IsEmpty)
            {
                WriteStep(instruction);
            }
            else if (ControlFlow.IsLoop(instruction.Operation))
            {
                WriteLoop(instruction, level);
            }
            else
            {
                WriteIf(instruction, level);
            }

            if (!entries.Output.IsEmpty)
            {
                steps.Push(entries.Output.ToString());
            }
        }

        return string.Join("\n", steps);
    }

    /// <summary>Writes a step into a span, the workspace's or the caller's.</summary>
    /// <param name="instruction">The step.</param>
    /// <param name="destination">The span.</param>
    /// <param name="assignment">=, += or, where <see cref="WritesAsTold"/>, an expression that says whether to add.</param>
    public void WriteLoops(Instruction instruction, string destination, string assignment) =>
        Outlined(instruction.Result, () => WriteLoopsInPlace(instruction, destination, assignment));

    private void WriteLoopsInPlace(Instruction instruction, string destination, string assignment)
    {
        entries.IsUnrolled = false;
        var accumulate = assignment switch { "=" => "false", "+=" => "true", _ => assignment };
        if (!storage.IsInPlace(instruction.Result) && (assignment == "=" || products.IsProduct(instruction))
            && products.TryWrite(instruction, destination, accumulate) is { } product)
        {
            if (!products.IsProduct(instruction))
            {
                entries.KnownSum = (product, destination);
                WriteEntries(instruction, destination, assignment);
                entries.KnownSum = null;
            }

            return;
        }

        if (assignment != "=" && !storage.IsInPlace(instruction.Result) && products.AddedTo(instruction) is { } added && CanBeInLanesWithout(added, instruction))
        {
            entries.KnownSum = (added, null);
            WriteEntries(instruction, destination, assignment);
            entries.KnownSum = null;
            products.TryWrite(instruction, destination, "true");
            return;
        }

        WriteEntries(instruction, destination, assignment);
    }

    private void WriteEntries(Instruction instruction, string destination, string assignment)
    {
        if (!TryWriteInLanes(instruction, destination, assignment))
        {
            Loops(instruction, place => entries.Output.Statement(
                $"{destination}[{place.Entry(instruction.Result.Shape)}] {assignment} {entries.Result(instruction, place)};"));
        }
    }

    public void Comment(Instruction instruction, int result = 0)
    {
        var value = instruction.Results[result];
        var text = $"// {notation.NameOf(storage.ResultOf(value) ?? value)} = {notation.Definition(instruction, result)}";
        entries.Output.Line(Columns.Pad(text, ShapeColumn) + "  " + value.Type.ShapeText);
    }

    private void WriteStep(Instruction instruction)
    {
        var value = instruction.Result;
        Comment(instruction);
        entries.IsUnrolled = plan.IsUnrolled(instruction);
        if (plan.ScatteredInto(value) is { } scattered && storage.IsInPlace(value))
        {
            WriteScattered(scattered, storage.SpanOf(value));
            return;
        }

        if (plan.IsInRegister(value))
        {
            WriteRegister(instruction);
            return;
        }

        if (plan.IsInRows(value) && storage.ResultOf(value) is null)
        {
            WriteRows(instruction);
            return;
        }

        if (plan.IsInBuffer(value) && !plan.IsUnrolled(instruction))
        {
            WriteLoops(instruction, storage.SpanOf(value), "=");
            return;
        }

        var declaration = storage.ResultOf(value) is null ? Literals.Keyword(value.Type.Scalar) + " " : "";
        for (var e = 0; e < value.Shape.Count; e++)
        {
            if (!storage.IsRead(value, e))
            {
                continue;
            }

            if (plan.IsInBuffer(value))
            {
                entries.Output.Statement($"{storage.SpanOf(value)}[{Literals.Integer(e)}] = {entries.Result(instruction, Place.At(e))};");
                continue;
            }

            var local = storage.LocalOf(value, e);
            var code = entries.Result(instruction, Place.At(e), target: declaration.Length > 0 ? local : null);
            if (code.Text != local)
            {
                entries.Output.Statement($"{declaration}{local} = {code};");
            }
        }
    }

    /// <summary>Loops over the entries of a step: over rows and columns, or over all entries where nothing asks for more.</summary>
    private void Loops(Instruction instruction, Action<Place> body)
    {
        var shape = instruction.Result.Shape;
        if (shape.Rows > 1 && shape.Columns > 1 && plan.NeedsRowsAndColumns(instruction))
        {
            entries.Loop("i", shape.Rows, i => entries.InnerLoop("j", shape.Columns, [i], j => body(Place.Of(i, j))));
        }
        else
        {
            entries.Loop(shape.Columns == 1 ? "i" : shape.Rows == 1 ? "j" : "e", shape.Count, e => body(Place.At(e)));
        }
    }

    private void WriteIf(Instruction instruction, int level)
    {
        var results = Enumerable.Range(0, instruction.Results.Length).Where(r => storage.IsRead(instruction.Results[r])).ToList();
        var before = entries.Output;
        foreach (var r in results)
        {
            Comment(instruction, r);
        }

        foreach (var array in results.Select(r => instruction.Results[r]).Where(v => v.Type.IsArray && plan.Arrays.IsVariable(v)))
        {
            before.Line($"{WorkArrayOf(array)} {storage.ArrayOf(array)};");
        }

        foreach (var value in results.Select(r => instruction.Results[r]).Where(v => v.Type.IsTensor && !plan.IsInBuffer(v)))
        {
            var locals = Enumerable.Range(0, value.Shape.Count).Where(e => storage.IsRead(value, e)).Select(e => storage.LocalOf(value, e));
            before.Statement($"{Literals.Keyword(value.Type.Scalar)} {string.Join(", ", locals)};");
        }

        var branches = instruction.Regions.Select(region => WriteBranch(instruction, region, results, level + 1)).ToList();
        entries.Output = before;
        var condition = entries.Entry(instruction.Operands[0], Place.At(0));
        if (plan.Steps.IsConstant(instruction.Operands[0]))
        {
            // A constant would make the other branch unreachable, of which C# warns.
            var name = names.ReserveInBlock("condition");
            before.Line($"bool {name} = {condition};");
            condition = Code.Atom(name);
        }

        if (branches[0].Length == 0 && branches[1].Length > 0)
        {
            before.Open($"if (!{condition.In(Code.Unary)})").Append(branches[1]).Close();
            return;
        }

        before.Open($"if ({condition})").Append(branches[0]).Close();
        if (branches[1].Length > 0)
        {
            before.Open("else").Append(branches[1]).Close();
        }
    }

    private string WriteBranch(Instruction instruction, Block region, List<int> results, int level)
    {
        names.OpenBlock();
        var yields = entries.Output = new CSharpWriter(level);
        foreach (var r in results.Where(r => storage.ResultOf(region.Results[r]) is null))
        {
            Assign(instruction.Results[r], region.Results[r]);
        }

        var steps = Write(region.Instructions, level);
        names.CloseBlock();
        return steps + (steps.Length > 0 && !yields.IsEmpty ? "\n" : "") + yields;
    }

    private void Assign(Value result, Value yielded)
    {
        entries.IsUnrolled = true;
        if (result.Type.IsArray)
        {
            if (plan.Arrays.PlaceOf(result) != plan.Arrays.PlaceOf(yielded))
            {
                AssignArray(result, yielded, declares: false);
            }

            return;
        }

        if (plan.IsInBuffer(result))
        {
            Copy(yielded, storage.SpanOf(result), "=");
            return;
        }

        for (var e = 0; e < result.Shape.Count; e++)
        {
            if (storage.IsRead(result, e))
            {
                entries.Output.Statement($"{storage.LocalOf(result, e)} = {entries.Entry(yielded, Place.At(e))};");
            }
        }
    }

    /// <summary>Writes a value's entries to a span: one by one where they are locals, else in a loop.</summary>
    public void Copy(Value value, string destination, string assignment)
    {
        if (plan.Steps.IsConstant(value) && assignment == "=")
        {
            entries.Output.Line($"{destination}.Fill({entries.Entry(value, Place.At(0))});");
            return;
        }

        if (IsCopiedInLanes(value) && (plan.IsInRegister(value) || plan.IsInRows(value) || assignment != "="))
        {
            CopyInLanes(value, destination, assignment);
            return;
        }

        // Locals are found at places that are known now, however many they are.
        entries.IsUnrolled = !plan.IsInBuffer(value) && (value.Shape.Count <= Limits.UnrolledEntries || !plan.IsInlined(value));
        if (entries.IsUnrolled)
        {
            for (var e = 0; e < value.Shape.Count; e++)
            {
                var entry = entries.Entry(value, Place.At(e));
                if (assignment == "=" || entry.Text != Literals.Number(value.Type.Scalar, 0))
                {
                    entries.Output.Statement($"{destination}[{Literals.Integer(e)}] {assignment} {entry};");
                }
            }
        }
        else if (assignment == "=" && plan.IsInBuffer(value))
        {
            entries.Output.Line($"{storage.ReadSpan(value)}.CopyTo({destination});");
        }
        else
        {
            entries.Loop("e", value.Shape.Count, e =>
                entries.Output.Statement($"{destination}[{e}] {assignment} {entries.Entry(value, Place.At(e))};"));
        }
    }
}
