using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;

namespace GradGen.Compiler.Emission;

/// <content>Arrays: made, read and written by element, and brought back to an earlier state.</content>
internal sealed partial class StepWriter
{
    private static string WorkArrayOf(Value array) => $"global::GradGen.Kernels.WorkArray<{Literals.Keyword(array.Type.Scalar)}>";

    /// <summary>The parameters that are arrays of System.Numerics, with their elements' type; all others have matrices or numbers.</summary>
    public IReadOnlyDictionary<Value, NumericsType> Structs { get; init; } = new Dictionary<Value, NumericsType>();

    private void WriteArray(Instruction instruction)
    {
        entries.IsUnrolled = true;
        var operation = instruction.Operation;
        var array = instruction.Operands[0];
        if (operation == Arrays.State)
        {
            entries.Output.Line($"int {storage.LocalOf(instruction.Result, 0)} = {storage.StoreOf(array.Type.Scalar)}.Position;");
            return;
        }

        if (operation == Arrays.Restore)
        {
            entries.Output.Line($"// {notation.NameOf(array)} as it was");
            entries.Output.Line($"{storage.StoreOf(array.Type.Scalar)}.Undo({entries.Entry(instruction.Operands[1], Place.At(0))});");
            _ = storage.ReadArray(array);
            return;
        }

        if (ArrayMemory.WrittenBy(instruction) is null)
        {
            Comment(instruction);
        }

        if (operation == Arrays.At)
        {
            ReadElement(instruction);
        }
        else if (ArrayMemory.WrittenBy(instruction) is { } written && operation != Arrays.Sum)
        {
            WriteElement(instruction, written);
        }
        else if (operation == Arrays.Sum)
        {
            entries.Output.Line($"// {notation.NameOf(plan.Arrays.PlaceOf(array))} += {notation.Write(instruction.Operands[1])}");
            entries.Output.Line($"global::GradGen.Kernels.WorkArrays.AddTo({AllOf(instruction.Operands[1])}, {AllOf(instruction.Operands[0])});");
        }
        else if (Arrays.IsCopy(operation) && IsParameter(array) && !instruction.Result.Shape.IsScalar)
        {
            AssignArray(instruction.Result, array, declares: true);
        }
        else
        {
            var value = instruction.Result;
            var width = value.Shape.Count == 1 ? "" : ", " + Literals.Integer(value.Shape.Count);
            var made = Arrays.IsCopy(operation) ? $"Copy({AllOf(instruction.Operands[0])}{width})"
                : operation == Arrays.New ? $"New({entries.Entry(instruction.Operands[0], Place.At(0))}{width})"
                : $"New({storage.ReadArray(instruction.Operands[0])}.Length{width})";
            entries.Output.Line($"{WorkArrayOf(value)} {storage.ArrayOf(value)} = {storage.StoreOf(value.Type.Scalar)}.{made};");
        }
    }

    /// <summary>The entries of an array as a span; a parameter's of one entry an element are itself.</summary>
    private string AllOf(Value array)
    {
        var text = storage.ReadArray(array);
        return IsParameter(array) ? text : text + ".AsSpan()";
    }

    private bool IsParameter(Value array) => plan.Arrays.IsParameter(array);

    /// <summary>An element of several entries: of a parameter where it is, of a local array its entries as they are now.</summary>
    private void ReadElement(Instruction instruction)
    {
        var value = instruction.Result;
        var array = storage.ReadArray(instruction.Operands[0]);
        var index = entries.Entry(instruction.Operands[1], Place.At(0));
        if (StructOf(instruction.Operands[0]) is { } type)
        {
            ReadStruct(value, type, $"{array}[{index}]", index.Text.All(char.IsLetterOrDigit));
            return;
        }

        var element = IsParameter(instruction.Operands[0]) ? $"{array}[{index}].AsSpan()" : $"{array}.Element({index})";
        if (plan.IsInBuffer(value) && !storage.IsView(instruction))
        {
            entries.Output.Line($"{element}.CopyTo({storage.SpanOf(value)});");
            return;
        }

        ReadEntries(value, element);
    }

    private NumericsType? StructOf(Value array) => Structs.TryGetValue(plan.Arrays.PlaceOf(array), out var type) ? type : null;

    /// <summary>The entries of a struct that is an element of a parameter, which is copied first where finding it takes more than a name.</summary>
    private void ReadStruct(Value value, NumericsType type, string element, bool isSimple)
    {
        if (!isSimple)
        {
            var copy = names.ReserveInBlock("element");
            entries.Output.Line($"{type.CSharpName} {copy} = {element};");
            element = copy;
        }

        var keyword = Literals.Keyword(value.Type.Scalar);
        List<int> all = [.. Enumerable.Range(0, value.Shape.Count)];
        if (plan.IsInBuffer(value))
        {
            entries.Output.List($"global::System.Span<{keyword}> {storage.SpanOf(value)} = [", type.Lines([.. all.Select(e => type.Read(element, e))]), "];");
            return;
        }

        foreach (var row in all.Where(e => storage.IsRead(value, e)).GroupBy(e => value.Shape.IsColumn ? 0 : e / value.Shape.Columns))
        {
            entries.Output.Line(keyword + " " + string.Join(", ", row.Select(e => $"{storage.LocalOf(value, e)} = {type.Read(element, e)}")) + ";");
        }
    }

    /// <summary>Entries from a span into locals; for a value that is read by index the span itself.</summary>
    private void ReadEntries(Value value, string span)
    {
        var keyword = Literals.Keyword(value.Type.Scalar);
        if (plan.IsInBuffer(value))
        {
            entries.Output.Line($"global::System.Span<{keyword}> {storage.SpanOf(value)} = {span};");
            return;
        }

        var saved = names.ReserveInBlock("saved");
        entries.Output.Line($"global::System.ReadOnlySpan<{keyword}> {saved} = {span};");
        for (var e = 0; e < value.Shape.Count; e++)
        {
            if (storage.IsRead(value, e))
            {
                entries.Output.Line($"{keyword} {storage.LocalOf(value, e)} = {saved}[{Literals.Integer(e)}];");
            }
        }
    }

    private void WriteElement(Instruction instruction, Value written)
    {
        var (element, array) = (instruction.Operands[0], storage.ReadArray(written));
        var assignment = instruction.Operation == Arrays.With ? "=" : "+=";
        entries.Output.Line(
            $"// {notation.NameOf(plan.Arrays.PlaceOf(written))}[{notation.Write(instruction.Operands[1])}] {assignment} {notation.Write(element)}");
        var index = entries.Entry(instruction.Operands[1], Place.At(0));
        if (plan.Arrays.IsRemembered(written))
        {
            entries.Output.Line($"{storage.StoreOf(written.Type.Scalar)}.Save({array}, {index});");
        }

        if (element.Shape.IsScalar)
        {
            entries.Output.Statement($"{array}[{index}] {assignment} {entries.Entry(element, Place.At(0))};");
            return;
        }

        var place = names.ReserveInBlock("element");
        entries.Output.Line($"global::System.Span<{Literals.Keyword(element.Type.Scalar)}> {place} = {array}.Element({index});");
        Copy(element, place, assignment);
    }

    /// <summary>
    /// Gives a variable an array. A parameter is not one that a variable could hold: its elements are copied, which is the
    /// same, because nobody writes to them.
    /// </summary>
    private void AssignArray(Value variable, Value array, bool declares)
    {
        var target = (declares ? WorkArrayOf(variable) + " " : "") + storage.ArrayOf(variable);
        var source = storage.ReadArray(array);
        if (!IsParameter(array))
        {
            entries.Output.Line($"{target} = {source};");
            return;
        }

        var store = storage.StoreOf(variable.Type.Scalar);
        if (variable.Shape.IsScalar)
        {
            entries.Output.Line($"{target} = {store}.Copy({source});");
            return;
        }

        entries.Output.Line($"{target} = {store}.New({source}.Length, {Literals.Integer(variable.Shape.Count)});");
        names.OpenBlock();
        var index = names.ReserveInBlock("e");
        entries.Output.Open($"for (int {index} = 0; {index} < {source}.Length; {index}++)");
        if (StructOf(array) is { } type)
        {
            var element = names.ReserveInBlock("element");
            entries.Output
                .Line($"global::System.Span<{Literals.Keyword(variable.Type.Scalar)}> {element} = {storage.ArrayOf(variable)}.Element({index});")
                .Lines(Enumerable.Range(0, type.Shape.Count).Select(e => $"{element}[{Literals.Integer(e)}] = {type.Read($"{source}[{index}]", e)};"));
        }
        else
        {
            entries.Output.Line($"{source}[{index}].AsSpan().CopyTo({storage.ArrayOf(variable)}.Element({index}));");
        }

        entries.Output.Close();
        names.CloseBlock();
    }

    /// <summary>Arrays change places all at once.</summary>
    private void NextArrays(Instruction loop, LoopCarried carried, List<int> arrays)
    {
        List<int> moved = [.. arrays.Where(j => plan.Arrays.PlaceOf(carried.Yields[0][j]) != plan.Arrays.PlaceOf(loop.Results[j]))];
        if (moved.Count == 1)
        {
            Assign(loop.Results[moved[0]], carried.Yields[0][moved[0]]);
            return;
        }

        var assignments = new List<string>();
        foreach (var j in moved)
        {
            if (IsParameter(carried.Yields[0][j]))
            {
                AssignArray(loop.Results[j], carried.Yields[0][j], declares: false);
                continue;
            }

            var name = names.ReserveInBlock("next");
            entries.Output.Line($"{WorkArrayOf(loop.Results[j])} {name} = {storage.ReadArray(carried.Yields[0][j])};");
            assignments.Add($"{storage.ArrayOf(loop.Results[j])} = {name};");
        }

        entries.Output.Lines(assignments);
    }
}
