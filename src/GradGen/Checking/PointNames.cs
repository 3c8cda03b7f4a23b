namespace GradGen;

/// <summary>
/// What the parts of a point are called, read from the C# expression that the caller wrote: <c>model</c> is a name, and
/// <c>(w1, bias: b)</c> has the names w1 and bias.
/// </summary>
/// <param name="Name">The name of the whole, where the expression has one.</param>
/// <param name="Elements">The names of a tuple's elements, where the expression is a tuple.</param>
internal sealed record PointNames(string? Name, IReadOnlyList<PointNames> Elements)
{
    public const string Default = "point";

    public static PointNames Parse(string? expression)
    {
        var text = (expression ?? "").Trim();
        if (InParentheses(text))
        {
            var parts = Split(text[1..^1]);
            return parts.Count == 1 ? Parse(parts[0]) : new(null, parts.ConvertAll(ParseElement));
        }

        if (text.StartsWith("this.", StringComparison.Ordinal))
            text = text["this.".Length..];
        return new(IsPath(text) ? text : null, []);
    }

    private static PointNames ParseElement(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var isNamed = colon > 0 && IsPath(text[..colon].Trim());
        return isNamed ? Parse(text[(colon + 1)..]) with { Name = text[..colon].Trim() } : Parse(text);
    }

    /// <summary>A variable, its members and elements: <c>model.Layers[2]</c>.</summary>
    private static bool IsPath(string text) =>
        text.Length > 0 && (char.IsLetter(text[0]) || text[0] == '_')
        && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '.' or '[' or ']');

    private static bool InParentheses(string text)
    {
        if (text.Length < 2 || text[0] != '(')
            return false;
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            depth += Nesting(text[i]);
            if (depth == 0)
                return i == text.Length - 1;
        }

        return false;
    }

    private static List<string> Split(string text)
    {
        var parts = new List<string>();
        var (depth, start) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += Nesting(text[i]);
            if (text[i] == ',' && depth == 0)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }

    private static int Nesting(char c) => c switch
    {
        '(' or '[' or '{' => 1,
        ')' or ']' or '}' => -1,
        _ => 0,
    };
}
