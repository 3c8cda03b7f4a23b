using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GradGen.Benchmarks.Cases;
using Spectre.Console;

namespace GradGen.Benchmarks.Harness;

/// <summary>Measures the cases and prints one table of ratios, best/median.</summary>
internal static class RatioTable
{
    private const double ForwardGoal = 3;

    /// <param name="arguments">Names of cases, or how they begin; and <c>--times</c> for a table of all times.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        var names = arguments.Where(argument => argument != "--times").ToList();
        var unknown = names.Where(name => !AllCases.Names.Any(known => known.StartsWith(name, StringComparison.OrdinalIgnoreCase))).ToList();
        if (unknown.Count > 0)
        {
            AnsiConsole.WriteLine($"There is no case {string.Join(", ", unknown)}. There are: {string.Join(", ", AllCases.Names)}.");
            return 2;
        }

        Screen.Widen();
        using var programs = new CPrograms();
        Describe(programs);
        List<(Case Case, IReadOnlyList<Measured> Measured)> rows = [];
        Screen.WithProgress(AllCases.Named(names).ToList(), problem => problem.Title, (problem, progress) =>
        {
            var forms = programs.Compile(problem.C);
            Agreement.Check(problem, forms);
            rows.Add((problem, Comparison.Run(problem, forms, progress)));
        });
        if (arguments.Contains("--times"))
        {
            PrintTimes(rows);
        }

        PrintRatios(rows);
        return 0;
    }

    private static void Describe(CPrograms programs)
    {
        var width = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        var compilers = programs.Compilers.Count == 0
            ? "no C compiler found: no comparison with C"
            : $"C by {string.Join(" and ", programs.Compilers)} -O3 -march=native, with and without -ffast-math, the best counts";
        var core = Processes.Pin() is { } pinned ? $"core {pinned}" : "not bound to a core";
        AnsiConsole.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}, vectors of {width} bits, {core}; {compilers}.");
#if DEBUG
        AnsiConsole.WriteLine("This is a Debug build: the figures mean nothing. Use -c Release.");
#endif
    }

    private static void PrintTimes(List<(Case Case, IReadOnlyList<Measured> Measured)> rows)
    {
        var table = Screen.Table(["case", "what", "which"], "best ns", "median ns", "bytes allocated");
        foreach (var (problem, measured) in rows)
        {
            foreach (var row in measured)
            {
                table.AddRow(
                    problem.Name,
                    row.Role?.ToString() ?? "C",
                    row.Name.EscapeMarkup(),
                    $"{row.Times.Best:N1}",
                    $"{row.Times.Median:N1}",
                    row.Allocated is { } bytes ? $"{bytes:N0}" : "");
            }
        }

        AnsiConsole.Write(table);
    }

    private static void PrintRatios(List<(Case Case, IReadOnlyList<Measured> Measured)> rows)
    {
        var table = Screen.Table(
            ["gradient of"], "best ns", "median ns", "÷ C", "÷ C# by hand", "÷ dual numbers", "÷ tape", "÷ own forward", "÷ forward by hand");
        table.AddColumn("goals");
        foreach (var (problem, measured) in rows)
        {
            var generated = measured.First(row => row.Role == Role.Generated).Times;
            var c = Fastest(measured, row => row.Form is { IsAside: false });
            table.AddRow(
                problem.Title.EscapeMarkup(),
                $"{generated.Best:N1}",
                $"{generated.Median:N1}",
                Ratio(generated, c),
                Ratio(generated, Fastest(measured, row => row.Role == Role.ByHand)),
                Ratio(generated, Fastest(measured, row => row.Role == Role.Dual)),
                Ratio(generated, Fastest(measured, row => row.Role == Role.Tape)),
                Ratio(generated, Fastest(measured, row => row.Role == Role.OwnForward)),
                Ratio(generated, Fastest(measured, row => row.Role == Role.PlainForward)),
                string.Join("; ", Goals(problem, measured, generated)).EscapeMarkup());
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine("Ratios of the bests / of the medians; below 1 the generated gradient is faster.");
    }

    private static IEnumerable<string> Goals(Case problem, IReadOnlyList<Measured> measured, Samples generated)
    {
        if (problem.Goal is { } goal
            && Fastest(measured, row => row.Form is { IsAside: false } form && (goal.Form is null || form.Form == goal.Form)) is { } c)
        {
            yield return Reached(generated.Best / c.Best, goal.Factor, "C " + goal.Form);
        }

        if (problem.IsNetwork && Fastest(measured, row => row.Role == Role.OwnForward) is { } forward)
        {
            yield return Reached(generated.Best / forward.Best, ForwardGoal, "forward");
        }
    }

    private static string Reached(double ratio, double goal, string what) =>
        $"{(ratio <= goal ? "✓" : "✗")} {ratio:0.00} of {goal:0.##} {what.TrimEnd()}";

    private static Samples? Fastest(IReadOnlyList<Measured> measured, Func<Measured, bool> which) =>
        measured.Where(which).Select(row => row.Times).MinBy(times => times.Best);

    private static string Ratio(Samples times, Samples? by) =>
        by is null ? "–" : $"{Short(times.Best / by.Best)} / {Short(times.Median / by.Median)}";

    private static string Short(double ratio) => ratio < 0.1 ? $"{ratio:G2}" : $"{ratio:0.00}";
}
