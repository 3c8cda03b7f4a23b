using System.Globalization;
using System.Numerics;
using System.Text;

namespace GradGen;

/// <summary>Writes entries as an aligned table.</summary>
internal static class Table
{
    private const string DefaultFormat = "G6";
    private const string Gap = "  ";

    /// <summary>A line for each row, every column as wide as its widest number, numbers at the right.</summary>
    public static string Format<TScalar>(
        ReadOnlySpan<TScalar> entries, int columns, string? format, IFormatProvider? provider)
        where TScalar : IFloatingPointIeee754<TScalar>
    {
        var texts = new string[entries.Length];
        var widths = new int[columns];
        for (var i = 0; i < entries.Length; i++)
        {
            texts[i] = entries[i].ToString(format ?? DefaultFormat, provider ?? CultureInfo.InvariantCulture);
            widths[i % columns] = Math.Max(widths[i % columns], texts[i].Length);
        }

        var table = new StringBuilder();
        for (var i = 0; i < texts.Length; i++)
        {
            var column = i % columns;
            if (i > 0)
                table.Append(column == 0 ? "\n" : Gap);
            table.Append(texts[i].PadLeft(widths[column]));
        }

        return table.ToString();
    }
}
