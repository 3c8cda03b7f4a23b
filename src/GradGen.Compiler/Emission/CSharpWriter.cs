using System.Text;

namespace GradGen.Compiler.Emission;

/// <summary>Lines of C# with their indentation, each ended by <c>\n</c>.</summary>
internal sealed class CSharpWriter(int level = 0)
{
    private const string Step = "    ";

    /// <summary>Where a statement is too long for one line, it goes on in the next after a +.</summary>
    private const int MaximalWidth = 132;

    private readonly StringBuilder _text = new();

    private bool _isAfterBlock;

    public int Level { get; private set; } = level;

    public bool IsEmpty => _text.Length == 0;

    public CSharpWriter Line(string line = "")
    {
        if (line.Length > 0)
        {
            // A block and what follows it are set apart, unless they belong together.
            if (_isAfterBlock && line[0] != '}' && line is not ("else" or "finally") && !line.StartsWith("else if", StringComparison.Ordinal))
            {
                _text.Append('\n');
            }

            Indent().Append(line);
        }

        _isAfterBlock = false;

        _text.Append('\n');
        return this;
    }

    public CSharpWriter Lines(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Line(line);
        }

        return this;
    }

    /// <summary>A statement, broken before a + outside parentheses where it is too long.</summary>
    public CSharpWriter Statement(string statement)
    {
        var indentation = Level * Step.Length;
        if (indentation + statement.Length <= MaximalWidth)
        {
            return Line(statement);
        }

        var line = "";
        foreach (var term in SplitSum(statement))
        {
            if (line.Length > 0 && indentation + line.Length + term.Length + 1 > MaximalWidth)
            {
                Line(line);
                line = Step + term;
            }
            else
            {
                line = line.Length == 0 ? term : line + " " + term;
            }
        }

        return Line(line);
    }

    /// <summary>A list in brackets: in one line if it has one, else a line each.</summary>
    public CSharpWriter List(string open, IReadOnlyList<string> lines, string close) => Lines(InBrackets(open, lines, close));

    /// <summary>The lines of <see cref="List"/>.</summary>
    public static IEnumerable<string> InBrackets(string open, IReadOnlyList<string> lines, string close) => lines.Count == 1
        ? [open + lines[0] + close]
        : [open, .. lines.Select((line, i) => Step + line + (i < lines.Count - 1 ? "," : close))];

    public CSharpWriter Open(string? header = null)
    {
        if (header is not null)
        {
            Line(header);
        }

        Line("{");
        Level++;
        return this;
    }

    public CSharpWriter Close(string end = "}")
    {
        Level--;
        Line(end);
        _isAfterBlock = true;
        return this;
    }

    /// <summary>Text that is indented already.</summary>
    public CSharpWriter Append(string text)
    {
        _isAfterBlock = false;
        _text.Append(text);
        return this;
    }

    /// <summary>An empty line, unless one is there or a block has just begun.</summary>
    public CSharpWriter Separate()
    {
        if (_text.Length > 0 && !EndsWith("\n\n") && !EndsWith("{\n"))
        {
            _text.Append('\n');
            _isAfterBlock = false;
        }

        return this;
    }

    public override string ToString() => _text.ToString();

    private bool EndsWith(string end) =>
        _text.Length >= end.Length && _text.ToString(_text.Length - end.Length, end.Length) == end;

    private StringBuilder Indent()
    {
        for (var i = 0; i < Level; i++)
        {
            _text.Append(Step);
        }

        return _text;
    }

    private static IEnumerable<string> SplitSum(string statement)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i < statement.Length; i++)
        {
            depth += statement[i] is '(' or '[' ? 1 : statement[i] is ')' or ']' ? -1 : 0;
            if (depth == 0 && i > start && string.CompareOrdinal(statement, i, " + ", 0, 3) == 0)
            {
                yield return statement.Substring(start, i - start);
                start = i + 1;
            }
        }

        yield return statement.Substring(start);
    }
}
