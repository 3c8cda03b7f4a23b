using System.Globalization;
using System.Text;

namespace Digits;

/// <summary>Draws the loss curve and some misread digits as one SVG.</summary>
public static class Picture
{
    private const int Width = 760;
    private const int CurveHeight = 220;
    private const int Left = 60;
    private const int Cell = 8;
    private const int PerRow = 8;

    public static void Save(string path, IReadOnlyList<float> losses, IReadOnlyList<(Digit Digit, int Answer)> misread)
    {
        var shown = misread.Take(2 * PerRow).ToList();
        var height = CurveHeight + 90 + (((shown.Count + PerRow - 1) / PerRow) * 100);
        var svg = new StringBuilder();
        svg.Append(Text($"<svg xmlns='http://www.w3.org/2000/svg' width='{Width}' height='{height}' font-family='sans-serif' font-size='13'>\n"));
        svg.Append(Text($"<rect width='{Width}' height='{height}' fill='white'/>\n"));
        DrawCurve(svg, losses);
        DrawDigits(svg, shown, misread.Count);
        svg.Append("</svg>\n");
        File.WriteAllText(path, svg.ToString());
    }

    /// <summary>The loss on a logarithmic axis.</summary>
    private static void DrawCurve(StringBuilder svg, IReadOnlyList<float> losses)
    {
        var (low, high) = (Math.Floor(Math.Log10(losses.Min())), Math.Ceiling(Math.Log10(losses.Max())));
        double X(int epoch) => Left + ((Width - Left - 20) * epoch / (double)Math.Max(1, losses.Count - 1));
        double Y(double logarithm) => 30 + ((CurveHeight - 40) * (high - logarithm) / (high - low));

        svg.Append(Text($"<text x='{Left}' y='18'>mean training loss by epoch (logarithmic)</text>\n"));
        for (var decade = low; decade <= high; decade++)
        {
            svg.Append(Text($"<line x1='{Left}' x2='{Width - 20}' y1='{Y(decade):F1}' y2='{Y(decade):F1}' stroke='#ddd'/>"));
            svg.Append(Text($"<text x='{Left - 8}' y='{Y(decade) + 4:F1}' text-anchor='end'>{Math.Pow(10, decade):G3}</text>\n"));
        }

        for (var epoch = 0; epoch < losses.Count; epoch += 10)
        {
            svg.Append(Text($"<text x='{X(epoch):F1}' y='{CurveHeight + 10}' text-anchor='middle'>{epoch + 1}</text>"));
        }

        var points = string.Join(" ", losses.Select((loss, epoch) => Text($"{X(epoch):F1},{Y(Math.Log10(loss)):F1}")));
        svg.Append(Text($"\n<polyline points='{points}' fill='none' stroke='#1f6feb' stroke-width='2'/>\n"));
    }

    private static void DrawDigits(StringBuilder svg, List<(Digit Digit, int Answer)> shown, int count)
    {
        svg.Append(Text($"<text x='{Left}' y='{CurveHeight + 50}'>{shown.Count} of the {count} misread test digits: what it is → what the network read</text>\n"));
        for (var k = 0; k < shown.Count; k++)
        {
            var (digit, answer) = shown[k];
            var (x, y) = (Left + (k % PerRow * 86), CurveHeight + 66 + (k / PerRow * 100));
            for (var pixel = 0; pixel < digit.Image.Size; pixel++)
            {
                var grey = 255 - (int)(digit.Image[pixel] * 255);
                svg.Append(Text($"<rect x='{x + (pixel % 8 * Cell)}' y='{y + (pixel / 8 * Cell)}' width='{Cell}' height='{Cell}' fill='rgb({grey},{grey},{grey})'/>"));
            }

            svg.Append(Text($"\n<text x='{x + 32}' y='{y + 82}' text-anchor='middle'>{digit.Label} → {answer}</text>\n"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
