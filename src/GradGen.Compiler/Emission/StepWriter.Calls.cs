using GradGen.Compiler.Explanation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;

namespace GradGen.Compiler.Emission;

/// <content>
/// Calls of methods that are not read. What they give is copied into locals, the workspace or the store of local arrays,
/// since they may keep it and write to it again.
/// </content>
internal sealed partial class StepWriter
{
    private void WriteCall(Instruction call)
    {
        var callee = call.Attributes.Callee!;
        var isDerivative = call.Operation == Calls.DerivativeCall;
        var method = isDerivative ? callee.Derivative : callee.Method;
        List<int> read = [.. Enumerable.Range(0, call.Results.Length).Where(r => storage.IsRead(call.Results[r]))];
        CommentCall(call, read);

        entries.IsUnrolled = true;
        var made = new Dictionary<(Value, string), string>(); // One matrix that is passed twice is one matrix.
        var operands = new Queue<Value>(call.Operands);
        List<string> arguments = [.. callee.Parameters.Items.Select(p => Argument(p, operands, isDerivative ? "Again" : "Argument", made))];
        if (isDerivative)
        {
            arguments.Add(Argument(callee.Result, operands, "Argument", made));
        }

        var code = callee.IsInstance
            ? $"{(arguments[0].Contains(' ') ? "(" + arguments[0] + ")" : arguments[0])}.{Callee.MemberName(method)}({string.Join(", ", arguments.Skip(1))})"
            : $"{method}({string.Join(", ", arguments)})";
        var returned = $"{Callee.Qualified(method)} returned null";
        if (Calls.LeafOf(call, 0).Path!.Length == 0)
        {
            Take(call, 0, code, returned + ".");
            return;
        }

        var all = names.ReserveInBlock(isDerivative ? "adjoints" : notation.IdentifierOf(call.Results[read[0]]) + "Returned");
        entries.Output.Line($"var {all} = {code};");
        foreach (var r in read)
        {
            var path = Calls.LeafOf(call, r).Path!;
            Take(call, r, all + path, $"{returned} for {PathText(path)}.");
        }
    }

    /// <summary>".Model?.W" as people write it.</summary>
    private static string PathText(string path) => path.Replace("?", "").Replace("@", "").TrimStart('.');

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
        entries.Output.Line(Columns.Pad(text, ShapeColumn) + "  " + string.Join(", ", values.Select(v => v.Type.ShapeText)));
    }

    /// <summary>What was returned, as the entries of a value.</summary>
    private void Take(Instruction call, int result, string code, string ifNull)
    {
        var (value, leaf) = (call.Results[result], Calls.LeafOf(call, result));
        var keyword = Literals.Keyword(value.Type.Scalar);
        var otherwise = $" ?? throw new global::System.InvalidOperationException({Literals.Text(ifNull)})";
        if (value.Type.IsArray)
        {
            TakeArray(call, result, code, otherwise);
            return;
        }

        var orNull = code.Contains("?.") ? otherwise : "";
        if (value.Shape.IsScalar)
        {
            entries.Output.Line($"{keyword} {storage.LocalOf(value, 0)} = {(leaf.IsEnum ? $"(int)({code}{orNull})" : code + orNull)};");
            return;
        }

        if (NumericsTypes.Of(leaf.TypeName) is { } numerics)
        {
            TakeStruct(value, numerics, code + orNull);
            return;
        }

        var span = plan.IsInBuffer(value) ? "" : names.ReserveInBlock(notation.IdentifierOf(value) + "Entries");
        entries.Output
            .Line((plan.IsInBuffer(value) ? "" : $"global::System.ReadOnlySpan<{keyword}> {span} = ") + "(" + code)
            .Line($"   {otherwise}).AsSpan(){(plan.IsInBuffer(value) ? $".CopyTo({storage.SpanOf(value)})" : "")};");
        if (plan.IsInBuffer(value))
        {
            return;
        }

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

    /// <summary>An array is copied; as an adjoint it must be as long as what it is the adjoint of.</summary>
    private void TakeArray(Instruction call, int result, string code, string otherwise)
    {
        var (value, leaf) = (call.Results[result], Calls.LeafOf(call, result));
        var (target, store) = (storage.ArrayOf(value), storage.StoreOf(value.Type.Scalar));
        if (value.Shape.IsScalar)
        {
            entries.Output
                .Line($"{WorkArrayOf(value)} {target} = {store}.Copy({code}")
                .Line($"   {otherwise});");
            CheckLength(call, result, target);
            return;
        }

        var taken = names.ReserveInBlock(notation.IdentifierOf(value) + "Returned");
        entries.Output
            .Line($"{leaf.ElementTypeName}[] {taken} = {code}")
            .Line($"   {otherwise};");
        CheckLength(call, result, taken);
        entries.Output.Line($"{WorkArrayOf(value)} {target} = {store}.New({taken}.Length, {Literals.Integer(value.Shape.Count)});");
        names.OpenBlock();
        var index = names.ReserveInBlock("e");
        entries.Output.Open($"for (int {index} = 0; {index} < {taken}.Length; {index}++)");
        if (NumericsTypes.Of(leaf.ElementTypeName) is { } type)
        {
            var element = names.ReserveInBlock("element");
            entries.Output
                .Line($"global::System.Span<{Literals.Keyword(value.Type.Scalar)}> {element} = {target}.Element({index});")
                .Lines(Enumerable.Range(0, type.Shape.Count).Select(e => $"{element}[{Literals.Integer(e)}] = {type.Read($"{taken}[{index}]", e)};"));
        }
        else
        {
            entries.Output
                .Line($"({taken}[{index}]")
                .Line($"   {otherwise}).AsSpan().CopyTo({target}.Element({index}));");
        }

        entries.Output.Close();
        names.CloseBlock();
    }

    private void CheckLength(Instruction call, int result, string array)
    {
        if (call.Operation != Calls.DerivativeCall)
        {
            return;
        }

        var (callee, operand) = (call.Attributes.Callee!, call.Operands[call.Attributes[result]]);
        var (leaf, own) = (Calls.LeafOf(call, result), storage.ReadArray(operand));
        var what = leaf.Path!.Length == 0 ? "" : " for " + PathText(leaf.Path);
        entries.Output
            .Open($"if ({array}.Length != {own}.Length)")
            .Line("throw new global::System.InvalidOperationException(")
            .Line($"    $\"{Callee.Qualified(callee.Derivative)} returned an array of {{{array}.Length}}{what}, which must have {{{own}.Length}} elements.\");")
            .Close();
    }
}
