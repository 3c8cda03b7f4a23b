using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>Writes a program as C#, over Real: double or float for GradGen, dual numbers for the witness.</summary>
internal static partial class ProgramPrinter
{
    /// <summary>The program's types, and the class that holds its methods.</summary>
    public static string Print(RandomProgram program)
    {
        var text = new StringBuilder();
        foreach (var type in program.Types)
        {
            text.Append(Declaration(type)).Append("\n\n");
        }

        text.Append("public ").Append(program.Keyword).Append(" Programs\n{\n");
        foreach (var field in program.Fields)
        {
            var initializer = program.Keyword.EndsWith("struct", StringComparison.Ordinal) || !field.Kind.CanBeNull ? "" : " = null!";
            text.Append("    ").Append(field.Modifier).Append("public ").Append(field.Kind.Text).Append(' ').Append(field.Name).Append(initializer).Append(";\n");
        }

        text.Append("    [Differentiable]\n");
        Print(program.Main, program.IsFloat, text);
        foreach (var helper in program.Helpers)
        {
            text.Append('\n');
            Print(helper, program.IsFloat, text);
        }

        return text.Append(program.Members).Append("}\n").ToString();
    }

    /// <summary>A literal's template: how it is written depends on the scalar type around it.</summary>
    public static string Literal(double number) => "#" + number.ToString("0.0###", CultureInfo.InvariantCulture) + "#";

    public static string Print(Expression expression) => Placeholder().Replace(
        expression.Template, m => Print(expression.Parts[int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)]));

    private static string Declaration(Kind type)
    {
        var (name, style) = type.Declared;
        var parameters = string.Join(", ", type.Members.Select(m => $"{m.Kind.Text} {m.Name}"));
        return style switch
        {
            Style.Record => $"public sealed record {name}({parameters});",
            Style.RecordStruct => $"public record struct {name}({parameters});",
            Style.Struct => $"public struct {name} {{ {string.Join(" ", type.Members.Select(m => $"public {m.Kind.Text} {m.Name};"))} }}",
            _ => $"public sealed class {name} {{ {string.Join(" ", type.Members.Select(m => $"public {m.Kind.Text} {m.Name} {{ get; set; }}{(m.Kind.IsMatrix ? " = new();" : m.Kind.CanBeNull ? " = null!;" : "")}"))} }}",
        };
    }

    private static void Print(Method method, bool isFloat, StringBuilder text)
    {
        var access = method.Name == "F" ? "public" : "private";
        var generic = method.TypeParameters.Length + (method.IsGenericInScalar ? 1 : 0) == 0 ? ""
            : $"<{string.Join(", ", [.. method.IsGenericInScalar ? ["T"] : Array.Empty<string>(), .. method.TypeParameters])}>";
        var parameters = string.Join(", ", method.Parameters.Select(p => $"{p.Modifier}{p.Kind.Text} {p.Name}"));
        var isStatic = method.IsInstance ? "" : "static ";
        var lines = new StringBuilder($"{access} {isStatic}{method.Result.Text} {method.Name}{generic}({parameters})");
        foreach (var dimension in method.TypeParameters)
        {
            lines.Append($"\n    where {dimension} : struct, IDimension");
        }

        if (method.IsGenericInScalar)
        {
            lines.Append("\n    where T : unmanaged, IFloatingPointIeee754<T>");
        }

        if (method.HasExpressionBody && method.Body.Statements is [{ Template: "return {0};", Parts: [var result] }])
        {
            lines.Append(" =>\n    ").Append(Bare(result)).Append(";\n");
        }
        else
        {
            lines.Append('\n');
            Print(method.Body, 0, lines);
        }

        foreach (var line in ForScalar(lines.ToString(), method.IsGenericInScalar, isFloat).TrimEnd('\n').Split('\n'))
        {
            text.Append("    ").Append(line).Append('\n');
        }
    }

    private static void Print(Block block, int level, StringBuilder text)
    {
        var indentation = new string(' ', 4 * level);
        text.Append(indentation).Append("{\n");
        foreach (var statement in block.Statements)
        {
            foreach (var line in statement.Template.Split('\n'))
            {
                if (InnerBlock().Match(line) is { Success: true } inner)
                {
                    var depth = inner.Groups[1].Length / 4;
                    Print(statement.Blocks[int.Parse(inner.Groups[2].Value, CultureInfo.InvariantCulture)], level + 1 + depth, text);
                    continue;
                }

                text.Append(indentation).Append("    ");
                text.Append(Placeholder().Replace(line, m => Print(statement.Parts[int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)], line, m)));
                text.Append('\n');
            }
        }

        text.Append(indentation).Append("}\n");
    }

    /// <summary>A statement's expression, without parentheses where it is all there is between others or after =.</summary>
    private static string Print(Expression expression, string line, Match place)
    {
        var (before, after) = (line[..place.Index], line[(place.Index + place.Length)..]);
        return (before.EndsWith('(') && after.StartsWith(')')) || (before.EndsWith('[') && after.StartsWith(']'))
            || ((before.EndsWith("= ", StringComparison.Ordinal) || before == "return ") && after == ";")
            ? Bare(expression)
            : Print(expression);
    }

    /// <summary>The text without the parentheses around all of it.</summary>
    private static string Bare(Expression expression)
    {
        var text = Print(expression);
        if (text[0] != '(' || text[^1] != ')' || expression.Kind.Form == Form.Tuple)
        {
            return text;
        }

        var depth = 0;
        for (var i = 0; i < text.Length - 1; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (depth == 0)
            {
                return text;
            }
        }

        return text[1..^1];
    }

    /// <summary>AnyMath is Math for every type. In a helper over any scalar type, Real is T, a literal a conversion, and Math.Sin is T.Sin.</summary>
    private static string ForScalar(string text, bool isGeneric, bool isFloat)
    {
        text = LiteralText().Replace(text, m => isGeneric ? $"T.CreateChecked({m.Groups[1].Value})" : m.Groups[1].Value + (isFloat ? "f" : ""));
        text = isGeneric ? RealText().Replace(MathText().Replace(text, "T."), "T")
            : isFloat ? MathText().Replace(text, "MathF.")
            : text;
        return text.Replace("AnyMath.", "Math.", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\{(\d+)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^( *)\[(\d+)\]$")]
    private static partial Regex InnerBlock();

    [GeneratedRegex("#([^#]*)#")]
    private static partial Regex LiteralText();

    [GeneratedRegex(@"\bReal\b")]
    private static partial Regex RealText();

    [GeneratedRegex(@"\bMath\.")]
    private static partial Regex MathText();
}
