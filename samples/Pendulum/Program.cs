using System.Diagnostics;
using System.Globalization;
using GradGen;
using Pendulum;
using Spectre.Console;

const int Steps = 600;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var measured = Measurements.Make(seed: 1);
var firstGuess = new Parameters(Length: 1.5, Damping: 0.05, Angle: 1.0, Velocity: 0.0);

Console.WriteLine($"The length, damping and start of a pendulum, from {measured.Length} angles that are each off by about {Degrees(Measurements.Noise):F0}°.");
Console.WriteLine("The angles are made, not measured: another method in finer steps, and noise.\n");

// Is the gradient through 1,000 steps right? Move each parameter a little to both sides and look at what the loss does.
var check = GradientCheck.Compare(p => PendulumModel.Loss(p, measured), p => PendulumModel.LossBackward(p, measured).Parameters, firstGuess);
check.ThrowIfWrong();
Console.WriteLine($"{check}\n");

// The way down, from a guess that is wrong in everything.
var fit = new Fit(firstGuess, measured);
var watch = Stopwatch.StartNew();
var table = new Table().Border(TableBorder.Simple).AddColumns(
    [new(""), .. new[] { "length\nm", "damping\n1/s", "angle\nrad", "velocity\nrad/s", "loss\nrad²", "off\nby" }.Select(c => new TableColumn(c).RightAligned())]);
AddRow("first guess", firstGuess);
for (var step = 1; step <= Steps; step++)
{
    fit.Step(learningRate: 0.05 * (Steps + 1 - step) / Steps);
    if (step is 20 or 40 or 60 or 80 or 100 or 200)
    {
        AddRow($"step {step}", fit.Parameters);
    }
}

watch.Stop();
AddRow("[bold]fitted[/]", fit.Parameters);
AddRow("true", Measurements.Truth);
AnsiConsole.Write(table);
Console.WriteLine("The fit follows a little of the noise too: it is nearer to what was measured than the truth is.");
Console.WriteLine($"{Steps} gradients, each through {PendulumModel.Steps:N0} steps of the pendulum and back: {watch.Elapsed.TotalSeconds:F1} s");

var picture = Path.GetFullPath("pendulum.svg");
Picture.Save(picture, measured, PendulumModel.Angles(firstGuess), PendulumModel.Angles(fit.Parameters));
Console.WriteLine($"The measurements, the first guess and the fit: {picture}");

void AddRow(string name, Parameters p)
{
    var loss = PendulumModel.Loss(p, measured);
    table.AddRow(name, $"{p.Length:F4}", $"{p.Damping:F4}", $"{p.Angle:F4}", $"{p.Velocity:F4}", $"{loss:F6}", $"{Degrees(Math.Sqrt(loss)):F2}°");
}

static double Degrees(double radians) => radians * 180 / Math.PI;
