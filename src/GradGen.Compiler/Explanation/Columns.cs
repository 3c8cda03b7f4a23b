using System.Globalization;
using System.Text;

namespace GradGen.Compiler.Explanation;

/// <summary>Text in columns, by what is seen: a combining mark takes no room.</summary>
internal static class Columns
{
    /// <summary>A longer cell stands as long as it is, and the others do not wait for it.</summary>
    private const int MaximalAligned = 100;

    public static int Width(string text)
    {
        var width = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var isSeen = CharUnicodeInfo.GetUnicodeCategory(text, i) != UnicodeCategory.NonSpacingMark;
            width += isSeen && !char.IsLowSurrogate(text[i]) ? 1 : 0;
        }

        return width;
    }

    public static string Pad(string text, int width) => text + new string(' ', Math.Max(0, width - Width(text)));

    /// <summary>Rows of cells with the columns aligned, three spaces or more between them; a column without text takes no room.</summary>
    public static IEnumerable<string> Align(IReadOnlyList<string[]> rows)
    {
        var widths = new List<int>();
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                if (i == widths.Count)
                {
                    widths.Add(0);
                }

                widths[i] = Math.Max(widths[i], Width(row[i]) is var width && width <= MaximalAligned ? width : 0);
            }
        }

        foreach (var row in rows)
        {
            var line = new StringBuilder();
            for (var i = 0; i < row.Length; i++)
            {
                line.Append(Width(row[i]) > widths[i] ? row[i] + "   " : widths[i] == 0 ? "" : Pad(row[i], widths[i] + 3));
            }

            yield return line.ToString().TrimEnd();
        }
    }
}
