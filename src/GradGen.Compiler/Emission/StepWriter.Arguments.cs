using GradGen.Compiler.Ir;
using GradGen.Compiler.Reading;

namespace GradGen.Compiler.Emission;

/// <content>
/// What methods that are not read are given: the caller's own matrix, array or record where it is that, else one that is
/// made of the entries.
/// </content>
internal sealed partial class StepWriter
{
    /// <summary>Entries in one line of a list.</summary>
    private const int ListWidth = 8;

    /// <summary>The parameters, which can be passed on as they are.</summary>
    public IReadOnlyDictionary<Value, ParameterModel> Objects { get; init; } = new Dictionary<Value, ParameterModel>();

    /// <summary>An argument, of the values of its leaves.</summary>
    private string Argument(CalleePart part, Queue<Value> leaves, string suffix, Dictionary<(Value Value, string Type), string> made)
    {
        if (part.Type is null)
        {
            return ObjectArgument(part, leaves, suffix, made);
        }

        var value = leaves.Dequeue();
        if (value.Type.IsScalar)
        {
            var number = entries.Entry(value, Place.At(0)).Text;
            return part.IsEnum ? $"({part.TypeName})({number})" : number;
        }

        if (Objects.TryGetValue(value, out var own) && (own.TypeName == part.TypeName || (value.Type.IsArray && CanShow(own, part))))
        {
            return value.Type.IsArray ? storage.ReadArray(value) : own.Name;
        }

        if (value.Type.IsArray && part.Type.Value.Shape.IsScalar)
        {
            return storage.ReadArray(value) + (!IsParameter(value) ? ".AsSpan()" : "") + (IsSpan(part) ? "" : ".ToArray()");
        }

        if (!made.TryGetValue((value, part.TypeName), out var name))
        {
            made[(value, part.TypeName)] = name = names.ReserveInBlock(notation.IdentifierOf(value) + suffix);
            Make(name, value, part);
        }

        return name;
    }

    private static bool IsSpan(CalleePart part) => !part.TypeName.EndsWith("[]", StringComparison.Ordinal);

    /// <summary>Whether C# converts the caller's array or span to what the method takes.</summary>
    private static bool CanShow(ParameterModel own, CalleePart part) =>
        own.ElementTypeName == part.ElementTypeName && IsSpan(part) && !(own.IsSpan && part.TypeName.StartsWith("global::System.Span<", StringComparison.Ordinal));

    private void Make(string name, Value value, CalleePart part)
    {
        if (value.Type.IsArray)
        {
            MakeArray(name, value, part);
        }
        else if (NumericsTypes.Of(part.TypeName) is { } numerics)
        {
            List<string> arguments = [.. Enumerable.Range(0, value.Shape.Count).Select(e => entries.Entry(value, Place.At(e)).Text)];
            entries.Output.List($"var {name} = new {part.TypeName}(", numerics.Lines(arguments), ");");
        }
        else if (plan.IsInBuffer(value))
        {
            entries.Output.Line($"var {name} = new {part.TypeName}({storage.ReadSpan(value)});");
        }
        else if (plan.Steps.IsConstant(value))
        {
            entries.Output.Line($"var {name} = new {part.TypeName}();");
            Copy(value, name + ".AsSpan()", "=");
        }
        else
        {
            WriteList($"var {name} = new {part.TypeName}([", [.. Enumerable.Range(0, value.Shape.Count).Select(e => entries.Entry(value, Place.At(e)).Text)], value.Shape);
        }
    }

    /// <summary>An array of matrices or structs, each made of its entries.</summary>
    private void MakeArray(string name, Value value, CalleePart part)
    {
        var array = storage.ReadArray(value);
        if (IsParameter(value))
        {
            entries.Output.Line($"var {name} = {array}.ToArray();"); // A span of the very elements.
            return;
        }

        entries.Output.Line($"var {name} = new {part.ElementTypeName}[{array}.Length];");
        names.OpenBlock();
        var index = names.ReserveInBlock("e");
        entries.Output.Open($"for (int {index} = 0; {index} < {array}.Length; {index}++)");
        if (NumericsTypes.Of(part.ElementTypeName) is { } type)
        {
            var element = names.ReserveInBlock("element");
            entries.Output.Line($"global::System.ReadOnlySpan<{Literals.Keyword(value.Type.Scalar)}> {element} = {array}.Element({index});");
            List<string> arguments = [.. Enumerable.Range(0, value.Shape.Count).Select(e => $"{element}[{Literals.Integer(e)}]")];
            entries.Output.List($"{name}[{index}] = new {part.ElementTypeName}(", type.Lines(arguments), ");");
        }
        else
        {
            entries.Output.Line($"{name}[{index}] = new {part.ElementTypeName}({array}.Element({index}));");
        }

        entries.Output.Close();
        names.CloseBlock();
    }

    /// <summary>A tuple, a record or an object: the caller's own, that with other members, or a new one.</summary>
    private string ObjectArgument(CalleePart part, Queue<Value> leaves, string suffix, Dictionary<(Value Value, string Type), string> made)
    {
        if (part.Source is { } source && (part.IsFixed || IsUnchanged(part, source, new Queue<Value>(leaves))))
        {
            Skip(part, leaves);
            return source;
        }

        var members = new List<(string Name, string Code)>();
        foreach (var member in part.Members)
        {
            // What is as it was is not named again.
            if (part.Source is { } path && part.Making != CalleeMaking.Tuple && IsUnchanged(member, $"{path}.{member.Name}", new Queue<Value>(leaves)))
            {
                Skip(member, leaves);
            }
            else
            {
                members.Add((member.Name, Argument(member, leaves, suffix, made)));
            }
        }

        var constructed = part.Source is null ? part.Constructor.Items : [];
        var assigned = members.Where(m => !constructed.Contains(m.Name)).ToList();
        var initializer = assigned.Count == 0 ? "" : $" {{ {string.Join(", ", assigned.Select(m => $"{m.Name} = {m.Code}"))} }}";
        return part.Making == CalleeMaking.Tuple ? $"({string.Join(", ", members.Select(m => m.Code))})"
            : part.Source is { } from ? $"{from} with{initializer}"
            : $"new {part.TypeName}({string.Join(", ", constructed.Select(c => members.First(m => m.Name == c).Code))}){initializer}";
    }

    private static void Skip(CalleePart part, Queue<Value> leaves)
    {
        foreach (var _ in part.Leaves)
        {
            leaves.Dequeue();
        }
    }

    /// <summary>Whether the leaves, which are taken from the front, are the caller's own at a path.</summary>
    private bool IsUnchanged(CalleePart part, string path, Queue<Value> leaves)
    {
        if (part.Type is not null)
        {
            return Objects.TryGetValue(leaves.Dequeue(), out var own) && own.Name == path;
        }

        var same = part.Source == path;
        foreach (var member in part.Members)
        {
            same &= IsUnchanged(member, path + "." + member.Name, leaves);
        }

        return same;
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
}
