using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using GradGen.Benchmarks.Cases;

namespace GradGen.Benchmarks.Harness;

/// <summary>Everything in C# through BenchmarkDotNet, which has no place for programs in C.</summary>
[MemoryDiagnoser]
public class GradientBenchmarks
{
    private const int MostIterations = 30;
    private const int WidestName = 80;

    private static IReadOnlyList<Entry> _entries = [];

    private Action _sweep = () => { };

    /// <summary>What is measured; its text stands in the table.</summary>
    [ParamsSource(nameof(Entries))]
    public object What { get; set; } = "";

    public static IEnumerable<object> Entries => _entries;

    /// <param name="names">Names of cases, or how they begin; all if there are none.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] names)
    {
        var cases = AllCases.Named(names).ToList();
        cases.ForEach(problem => Agreement.Check(problem, []));
        _entries = [.. cases.SelectMany(problem => problem.Contenders.Select(contender => new Entry(problem, contender)))];

        // In this process: the cases, their inputs and what was checked stay what they are.
        var config = DefaultConfig.Instance
            .WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(WidestName))
            .AddJob(Job.Default.WithMaxIterationCount(MostIterations).WithToolchain(InProcessEmitToolchain.Instance));
        var summary = BenchmarkRunner.Run<GradientBenchmarks>(config);
        return summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success) ? 1 : 0;
    }

    [GlobalSetup]
    public void SetUp() => _sweep = ((Entry)What).Contender.Sweep;

    [Benchmark(OperationsPerInvoke = Case.Inputs)]
    public void Gradient() => _sweep();

    private sealed record Entry(Case Case, Contender Contender)
    {
        public override string ToString() => $"{Case.Name}: {Contender}";
    }
}
