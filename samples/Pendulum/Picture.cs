using System.Globalization;
using System.Text;

namespace Pendulum;

/// <summary>Draws what was measured, the first guess and the fit over time, and below what the fit leaves, as one SVG.</summary>
public static class Picture
{
    private const int Width = 820;
    private const int Height = 500;
    private const int Left = 64;
    private const int Right = Width - 24;
    private const double Seconds = PendulumModel.Steps * PendulumModel.TimeStep;

    /// <summary>Colours for white paper and, where the viewer prefers it, for a dark screen.</summary>
    private const string Style = """
        <style>
          .paper { fill: #ffffff } text { fill: #1f2328 } .quiet { fill: #59636e } .grid { stroke: #e3e6ea } .zero { stroke: #9aa4af }
          .band { fill: #1f6feb; fill-opacity: 0.1 } .measured { fill: #24292f; stroke: #ffffff; stroke-width: 0.75 }
          .guess { stroke: #d1690e; stroke-width: 1.5; stroke-dasharray: 6 4 } .fit { stroke: #1f6feb; stroke-width: 2.5 }
          @media (prefers-color-scheme: dark) {
            .paper { fill: #0d1117 } text { fill: #e6edf3 } .quiet { fill: #9198a1 } .grid { stroke: #252b33 } .zero { stroke: #545d68 }
            .band { fill: #58a6ff; fill-opacity: 0.16 } .measured { fill: #e6edf3; stroke: #0d1117 }
            .guess { stroke: #f0a35e } .fit { stroke: #4493f8 }
          }
        </style>

        """;

    public static void Save(string path, double[] measured, double[] firstGuess, double[] fit)
    {
        var svg = new StringBuilder();
        svg.Append(Text($"<svg xmlns='http://www.w3.org/2000/svg' width='{Width}' height='{Height}' viewBox='0 0 {Width} {Height}' font-family='sans-serif' font-size='13'>\n"));
        svg.Append(Style.ReplaceLineEndings("\n"));
        svg.Append(Text($"<rect class='paper' width='{Width}' height='{Height}'/>\n"));
        DrawLegend(svg);

        var curves = new Panel(Top: 54, Bottom: 340, Highest: measured.Concat(firstGuess).Concat(fit).Max(Math.Abs), Tick: 45);
        curves.DrawGrid(svg);
        curves.DrawCurve(svg, "guess", firstGuess);
        curves.DrawCurve(svg, "fit", fit);
        curves.DrawDots(svg, measured);

        var left = measured.Select((angle, i) => angle - fit[i * PendulumModel.StepsPerMeasurement]).ToArray();
        var rest = new Panel(Top: 394, Bottom: 460, Highest: Math.Max(left.Max(Math.Abs), 2 * Measurements.Noise), Tick: 5);
        svg.Append(Text($"<text x='{Left}' y='{rest.Top - 10}'>measured − fitted, degrees <tspan class='quiet'>(band: the noise that was added, ± one standard deviation)</tspan></text>\n"));
        rest.DrawBand(svg, Measurements.Noise);
        rest.DrawGrid(svg);
        rest.DrawDots(svg, left);
        rest.DrawTime(svg);
        svg.Append("</svg>\n");
        File.WriteAllText(path, svg.ToString());
    }

    private static void DrawLegend(StringBuilder svg)
    {
        svg.Append(Text($"<text x='{Left}' y='32'>angle of the pendulum, degrees</text>\n"));
        svg.Append(Text($"<circle class='measured' cx='{Right - 290}' cy='28' r='2.8'/><text x='{Right - 280}' y='32'>measured</text>\n"));
        svg.Append(Text($"<path class='guess' d='M{Right - 200} 28h30' fill='none'/><text x='{Right - 163}' y='32'>first guess</text>\n"));
        svg.Append(Text($"<path class='fit' d='M{Right - 78} 28h30' fill='none'/><text x='{Right - 41}' y='32'>fitted</text>\n"));
    }

    /// <summary>
    /// A part of the picture with time to the right and an angle upward, zero in the middle and the highest, in radians,
    /// near the top; from one line of the grid to the next it is a tick, in degrees.
    /// </summary>
    private sealed record Panel(int Top, int Bottom, double Highest, int Tick)
    {
        private double End => Highest * 1.08;

        public void DrawGrid(StringBuilder svg)
        {
            for (var second = 0; second <= Seconds; second++)
            {
                svg.Append(Text($"<line class='grid' x1='{X(second):F1}' x2='{X(second):F1}' y1='{Top}' y2='{Bottom}'/>"));
            }

            var last = (int)(End * 180 / Math.PI) / Tick * Tick;
            for (var degrees = -last; degrees <= last; degrees += Tick)
            {
                var y = Y(degrees * Math.PI / 180);
                svg.Append(Text($"\n<line class='{(degrees == 0 ? "zero" : "grid")}' x1='{Left}' x2='{Right}' y1='{y:F1}' y2='{y:F1}'/>"));
                svg.Append(Text($"<text class='quiet' x='{Left - 10}' y='{y + 4:F1}' text-anchor='end'>{(degrees < 0 ? "−" : "")}{Math.Abs(degrees)}°</text>"));
            }

            svg.Append('\n');
        }

        public void DrawTime(StringBuilder svg)
        {
            for (var second = 0; second <= Seconds; second++)
            {
                svg.Append(Text($"<text class='quiet' x='{X(second):F1}' y='{Bottom + 20}' text-anchor='middle'>{second}{(second == Seconds ? " s" : "")}</text>"));
            }

            svg.Append('\n');
        }

        public void DrawBand(StringBuilder svg, double angle) =>
            svg.Append(Text($"<rect class='band' x='{Left}' y='{Y(angle):F1}' width='{Right - Left}' height='{Y(-angle) - Y(angle):F1}'/>\n"));

        public void DrawCurve(StringBuilder svg, string style, double[] angles)
        {
            var points = string.Join(" ", angles.Select((angle, step) => Text($"{X(step * PendulumModel.TimeStep):F1},{Y(angle):F1}")));
            svg.Append(Text($"<polyline class='{style}' points='{points}' fill='none'/>\n"));
        }

        public void DrawDots(StringBuilder svg, double[] angles)
        {
            for (var i = 0; i < angles.Length; i++)
            {
                var time = i * PendulumModel.StepsPerMeasurement * PendulumModel.TimeStep;
                svg.Append(Text($"<circle class='measured' cx='{X(time):F1}' cy='{Y(angles[i]):F1}' r='2.8'/>"));
            }

            svg.Append('\n');
        }

        private static double X(double time) => Left + ((Right - Left) * time / Seconds);

        private double Y(double angle) => Top + ((Bottom - Top) * (End - angle) / (2 * End));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
