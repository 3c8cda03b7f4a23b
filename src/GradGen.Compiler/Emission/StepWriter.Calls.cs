using GradGen.Compiler.Explanation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;

namespace GradGen.Compiler.Emission;

/// <content>
/// Calls of methods that are not read. What they take is made into matrices, unless the caller passed the very matrix;
/// what they give is copied into locals or the workspace, since they may keep it and write to it again.
/// </content>
internal sealed partial class StepWriter
{
    /// <summary>Entries in one line of a list.</summary>
    private const int ListWidth = 8;

    /// <summary>The parameters that are matrices, vectors or structs, which can be passed on as they are.</summary>
    public IReadOnlyDictionary<Value, ParameterModel> Objects { get; init; } = new Dictionary<Value, ParameterModel>();

    private void WriteCall(Instruction call)
    {
        var callee = call.Attributes.Callee!;
        var isDerivative = call.Operation == Calls.DerivativeCall;
        var method = isDerivative ? callee.Derivative : callee.Method;
        List<int> read = [.. Enumerable.Range(0, call.Results.Length).Where(r => storage.IsRead(call.Results[r]))];
        CommentCall(call, read);

        entries.IsUnrolled = true;
        List<string> types = [.. callee.Parameters.Select(p => p.TypeName), callee.ResultTypeName];
        var made = new Dictionary<(Value, string), string>(); // One matrix that is passed twice is one matrix.
        var arguments = call.Operands.Select((o, i) => Argument(o, types[i], isDerivative && i < callee.Parameters.Count ? "Again" : "Argument", made));
        var code = $"{method}({string.Join(", ", arguments)})";
        var returned = $"{Callee.Qualified(method)} returned null";
        if (!isDerivative || Calls.MemberOf(call, 0).Length == 0)
        {
            Take(call.Results[0], isDerivative ? types[call.Attributes[0]] : callee.ResultTypeName, code, returned + ".");
            return;
        }

        var all = names.ReserveInBlock("adjoints");
        entries.Output.Line($"var {all} = {code};");
        foreach (var r in read)
        {
            var member = Calls.MemberOf(call, r);
            Take(call.Results[r], types[call.Attributes[r]], $"{all}.{Names.Escape(member)}", $"{returned} for {member}.");
        }
    }

    /// <summary>All that is read of what is called, with the call once.</summary>
    private void CommentCall(Instruction call, List<int> read)
    {
        if (read.Count == 1)
        {
            Comment(call, read[0]);
            return;
        }

        var values = read.Select(r => call.Results[r]).ToList();
        var text = $"// {string.Join(", ", values.Select(notation.NameOf))} = {notation.Application(call)}";
        entries.Output.Line(Columns.Pad(text, ShapeColumn) + "  " + string.Join(", ", values.Select(v => v.Shape)));
    }

    /// <summary>An argument: a number, the caller's own matrix, or one that is made of the entries.</summary>
    private string Argument(Value value, string type, string suffix, Dictionary<(Value Value, string Type), string> made)
    {
        if (value.Shape.IsScalar)
        {
            return entries.Entry(value, Place.At(0)).Text;
        }

        if (Objects.TryGetValue(value, out var parameter) && parameter.TypeName == type)
        {
            return parameter.Name;
        }

        if (made.TryGetValue((value, type), out var name))
        {
            return name;
        }

        made[(value, type)] = name = names.ReserveInBlock(notation.IdentifierOf(value) + suffix);
        if (NumericsTypes.Of(type) is { } numerics)
        {
            List<string> arguments = [.. Enumerable.Range(0, value.Shape.Count).Select(e => entries.Entry(value, Place.At(e)).Text)];
            entries.Output.List($"var {name} = new {type}(", numerics.Lines(arguments), ");");
        }
        else if (plan.IsInBuffer(value))
        {
            entries.Output.Line($"var {name} = new {type}({storage.ReadSpan(value)});");
        }
        else if (plan.Steps.IsConstant(value))
        {
            entries.Output.Line($"var {name} = new {type}();");
            Copy(value, name + ".AsSpan()", "=");
        }
        else
        {
            WriteList($"var {name} = new {type}([", [.. Enumerable.Range(0, value.Shape.Count).Select(e => entries.Entry(value, Place.At(e)).Text)], value.Shape);
        }

        return name;
    }

    /// <summary>A list of entries: in one line where they are few, else row by row.</summary>
    private void WriteList(string head, List<string> items, Shape shape)
    {
        if (items.Count <= ListWidth)
        {
            entries.Output.Line(head + string.Join(", ", items) + "]);");
            return;
        }

        entries.Output.Line(head);
        var width = shape.Columns is > 1 and <= ListWidth ? shape.Columns : ListWidth;
        for (var e = 0; e < items.Count; e += width)
        {
            var line = string.Join(", ", items.Skip(e).Take(width));
            entries.Output.Line("    " + line + (e + width < items.Count ? "," : "]);"));
        }
    }

    /// <summary>What was returned, as the entries of a value.</summary>
    private void Take(Value value, string type, string code, string ifNull)
    {
        var keyword = Literals.Keyword(value.Type.Scalar);
        if (value.Shape.IsScalar)
        {
            entries.Output.Line($"{keyword} {storage.LocalOf(value, 0)} = {code};");
            return;
        }

        if (NumericsTypes.Of(type) is { } numerics)
        {
            TakeStruct(value, numerics, code);
            return;
        }

        var otherwise = $"    ?? throw new global::System.InvalidOperationException({Literals.Text(ifNull)})).AsSpan()";
        if (plan.IsInBuffer(value))
        {
            entries.Output.Line($"({code}").Line($"{otherwise}.CopyTo({storage.SpanOf(value)});");
            return;
        }

        var span = names.ReserveInBlock(notation.IdentifierOf(value) + "Entries");
        entries.Output.Line($"global::System.ReadOnlySpan<{keyword}> {span} = ({code}").Line(otherwise + ";");
        foreach (var row in Enumerable.Range(0, value.Shape.Count).Where(e => storage.IsRead(value, e))
            .GroupBy(e => value.Shape.IsColumn ? e / ListWidth : e / value.Shape.Columns))
        {
            entries.Output.Line(keyword + " " + string.Join(
                ", ", row.Select(e => $"{storage.LocalOf(value, e)} = {span}[{Literals.Integer(e)}]")) + ";");
        }
    }

    private void TakeStruct(Value value, NumericsType type, string code)
    {
        var keyword = Literals.Keyword(value.Type.Scalar);
        var taken = names.ReserveInBlock(notation.IdentifierOf(value) + "Returned");
        entries.Output.Line($"{type.CSharpName} {taken} = {code};");
        for (var e = 0; e < value.Shape.Count; e++)
        {
            if (plan.IsInBuffer(value))
            {
                entries.Output.Line($"{storage.SpanOf(value)}[{Literals.Integer(e)}] = {type.Read(taken, e)};");
            }
            else if (storage.IsRead(value, e))
            {
                entries.Output.Line($"{keyword} {storage.LocalOf(value, e)} = {type.Read(taken, e)};");
            }
        }
    }
}
