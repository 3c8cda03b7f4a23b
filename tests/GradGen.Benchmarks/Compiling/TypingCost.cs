using System.Collections.Immutable;
using GradGen.Benchmarks.Harness;
using GradGen.Compiler;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Spectre.Console;

namespace GradGen.Benchmarks.Compiling;

/// <summary>What a keystroke costs while somebody types in a project with a hundred differentiable methods.</summary>
internal static class TypingCost
{
    private const int Methods = 100;
    private const int WarmUp = 20;
    private const int Keystrokes = 60;
    private const string Elsewhere = "public class Elsewhere { public const double Rate = 0.25; public double Number() => 0.5; }";

    /// <returns>The exit code.</returns>
    public static int Run()
    {
        Screen.Widen();
        var table = Screen.Table(
            [$"a keystroke, {Methods} differentiable methods in the project"], "parsing ms", "generator ms", "95 % of it at most", "analyzers of the file ms");
        IReadOnlyList<(string Name, int File, string After)> places =
        [
            ("in a differentiable method", 5, "return 55."),
            ("in a comment of its file", 5, "//"),
            ("in a method of another file", Methods / 10, "=> 0."),
            ("in a constant of another file", Methods / 10, "Rate = 0."),
        ];
        Screen.WithProgress(places, place => place.Name, (place, progress) =>
        {
            var times = Type(place.File, place.After, progress);
            table.AddRow(
                place.Name,
                $"{Timing.Median(times.Select(time => time.Parsing)):N2}",
                $"{Timing.Median(times.Select(time => time.Generator)):N2}",
                $"{Timing.Quantile(times.Select(time => time.Generator), 0.95):N2}",
                $"{Timing.Median(times.Select(time => time.Analyzers)):N2}");
        });
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"Medians of {Keystrokes} keystrokes, each a digit or a character more, after {WarmUp}.");
        return 0;
    }

    /// <summary>Types characters after a text in a file.</summary>
    private static List<(double Parsing, double Generator, double Analyzers)> Type(int file, string after, Action<double> progress)
    {
        string[] sources = [.. Models.Networks(Methods).Select(source => source + "\n// "), Elsewhere];
        var compilation = Drivers.Compilation(sources);
        var driver = Drivers.Create().RunGenerators(compilation);
        var tree = compilation.SyntaxTrees[file];
        var place = sources[file].IndexOf(after, StringComparison.Ordinal) + after.Length;
        List<(double, double, double)> times = [];
        for (var i = 0; i < WarmUp + Keystrokes; i++)
        {
            var parsing = Timing.Once(() =>
            {
                var changed = tree.WithChangedText(tree.GetText().WithChanges(new TextChange(new TextSpan(place, 0), $"{i % 9 + 1}")));
                compilation = compilation.ReplaceSyntaxTree(tree, changed);
                tree = changed;
            });
            var output = (Compilation)compilation;
            var generator = Timing.Once(() => driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out output, out _));
            var analyzers = Timing.Once(() => Analyze(output, tree));
            if (i >= WarmUp)
            {
                times.Add((parsing, generator, analyzers));
            }

            progress(1.0 / (WarmUp + Keystrokes));
        }

        return times;
    }

    private static void Analyze(Compilation compilation, SyntaxTree tree)
    {
        ImmutableArray<DiagnosticAnalyzer> analyzers = [.. AllAnalyzers()];
        var analysis = compilation.WithAnalyzers(analyzers);
        var found = analysis.GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(tree), filterSpan: null, CancellationToken.None).GetAwaiter().GetResult();
        if (!found.IsEmpty)
        {
            throw new InvalidOperationException(found[0].ToString());
        }
    }

    private static IEnumerable<DiagnosticAnalyzer> AllAnalyzers() =>
        typeof(GradientGenerator).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!);
}
