using System.Globalization;
using System.IO.Compression;
using GradGen;

namespace Digits;

/// <summary>One handwritten digit: 8×8 grey values in [0, 1], row by row, and what it is.</summary>
public sealed record Digit(Vector<float, Pixels> Image, int Label);

/// <summary>The digits of DATA.md.</summary>
public static class DigitsData
{
    /// <summary>The last 360 digits test: they come from other writers.</summary>
    public const int TestCount = 360;

    public static Digit[] Load(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var digits = new List<Digit>();
        while (reader.ReadLine() is { } line)
        {
            var numbers = Array.ConvertAll(line.Split(','), n => int.Parse(n, CultureInfo.InvariantCulture));
            var image = Vector<float, Pixels>.FromFunction(i => numbers[i] / 16f);
            digits.Add(new Digit(image, numbers[^1]));
        }

        return [.. digits];
    }
}
