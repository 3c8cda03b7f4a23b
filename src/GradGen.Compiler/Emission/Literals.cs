using System.Globalization;
using System.Text;
using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Emission;

/// <summary>Constants in C#: the same text in every culture and on every host, and the same number when read back.</summary>
internal static class Literals
{
    /// <summary>The C# keyword of a scalar type.</summary>
    public static string Keyword(ScalarType type) => type switch
    {
        ScalarType.Float64 => "double",
        ScalarType.Float32 => "float",
        ScalarType.Int32 => "int",
        _ => "bool",
    };

    public static string Number(ScalarType type, double value) => type switch
    {
        ScalarType.Float64 => Float64(value),
        ScalarType.Float32 => Float32((float)value),
        ScalarType.Int32 => value == int.MinValue ? "int.MinValue" : Integer((int)value),
        _ => value != 0 ? "true" : "false",
    };

    public static string Integer(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A string literal.</summary>
    public static string Text(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' or '\\' => literal.Append('\\').Append(character),
                '\n' => literal.Append("\\n"),
                '\r' => literal.Append("\\r"),
                '\t' => literal.Append("\\t"),
                // The line ends that C# knows besides, and what no editor shows.
                < ' ' or '\u007f' or '\u0085' or '\u2028' or '\u2029' =>
                    literal.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture)),
                _ => literal.Append(character),
            };
        }

        return literal.Append('"').ToString();
    }

    // "R" gives other digits on .NET Framework than on .NET; the first precision that reads back gives the same on both.
    private static string Float64(double value)
    {
        for (var digits = 15; digits <= 17; digits++)
        {
            var text = value.ToString("G" + Integer(digits), CultureInfo.InvariantCulture);
            if (digits == 17 || double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).Equals(value))
            {
                return Special("double", value) ?? WithPoint(value, text);
            }
        }

        throw new InvalidOperationException();
    }

    private static string Float32(float value)
    {
        for (var digits = 6; digits <= 9; digits++)
        {
            var text = value.ToString("G" + Integer(digits), CultureInfo.InvariantCulture);
            if (digits == 9 || float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).Equals(value))
            {
                return Special("float", value) ?? (IsNegativeZero(value) ? "-0f" : text + "f");
            }
        }

        throw new InvalidOperationException();
    }

    private static string WithPoint(double value, string text) =>
        IsNegativeZero(value) ? "-0.0" : text.Contains('.') || text.Contains('E') ? text : text + ".0";

    private static string? Special(string type, double value) =>
        double.IsNaN(value) ? type + ".NaN"
        : double.IsPositiveInfinity(value) ? type + ".PositiveInfinity"
        : double.IsNegativeInfinity(value) ? type + ".NegativeInfinity"
        : null;

    private static bool IsNegativeZero(double value) => value == 0 && double.IsNegativeInfinity(1 / value);
}
