using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CsCheck;
using GradGen.Compiler.Optimization;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>Writes, compiles and checks many programs, in batches.</summary>
/// <param name="seed">With the program's number, all that it depends on.</param>
/// <param name="first">The number of the first program.</param>
/// <param name="count">How many.</param>
/// <param name="log">Where progress is written.</param>
internal sealed class ProgramRun(ulong seed, int first, int count, Action<string> log)
{
    private const int BatchSize = 100;

    private readonly ConcurrentBag<(int Number, RandomProgram Program, Failure Failure)> _failures = [];
    private int _done;
    private int _refused;
    private int _compared;

    /// <summary>Programs that were compared with their witnesses at least at one place.</summary>
    public int Compared => _compared;

    /// <summary>Programs that a known limit refuses.</summary>
    public int Refused => _refused;

    public IReadOnlyList<(int Number, RandomProgram Program, Failure Failure)> Failures => [.. _failures.OrderBy(f => f.Number)];

    public static RandomProgram Write(ulong seed, int number) => ProgramGen.Instance.Generate(new PCG((uint)number, seed), null, out _);

    /// <summary>Runs them all, two batches at a time.</summary>
    public void Run()
    {
        var watch = Stopwatch.StartNew();
        var before = Environment.CpuUsage.TotalTime;
        var batches = Enumerable.Range(first, count).Chunk(BatchSize);
        Parallel.ForEach(Partitioner.Create(batches, EnumerablePartitionerOptions.NoBuffering), new ParallelOptions { MaxDegreeOfParallelism = 2 }, numbers =>
        {
            RunBatch(numbers);
            var done = Interlocked.Add(ref _done, numbers.Length);
            log(string.Create(
                CultureInfo.InvariantCulture,
                $"{done} programs, {done / watch.Elapsed.TotalSeconds:F1} a second, {(Environment.CpuUsage.TotalTime - before).TotalMilliseconds / done:F0} ms of processor time each, {_compared} compared, {_refused} refused, {_failures.Count} failed"));
        });
    }

    /// <summary>The failure of one program, compiled alone.</summary>
    public static Failure? Check(RandomProgram program, int number) => Check([program], [number], out _).SingleOrDefault().Failure;

    /// <summary>A failing program made as small as it fails alike, with what it then fails with.</summary>
    public static string Shrunk(RandomProgram program, int number, Failure failure, TimeSpan patience)
    {
        var small = failure.Kind == "Timeout" ? program : Shrinker.Run(program, candidate => failure.IsLike(Check(candidate, number)), patience);
        return $"{Check(small, number)}\n{ProgramGlue.ForGradGen(small, 0)}\n{Generated(small, number)}";
    }

    /// <summary>What GradGen writes for a program.</summary>
    public static string Generated(RandomProgram program, int number)
    {
        using var batch = ProgramBatch.Compile([program], _ => PassesOf(number));
        return batch.Generated.SingleOrDefault()?.Generated ?? "";
    }

    private static Passes PassesOf(int number) => (Passes)(number % ((int)Passes.All + 1));

    private void RunBatch(int[] numbers)
    {
        var programs = Array.ConvertAll(numbers, n => Write(seed, n));
        var failures = Check(programs, numbers, out var compared);
        Interlocked.Add(ref _compared, compared);
        foreach (var (index, failure) in failures)
        {
            if (failure.IsKnownLimit)
            {
                Interlocked.Increment(ref _refused);
                continue;
            }

            _failures.Add((numbers[index], programs[index], failure));
            log($"seed {seed}, program {numbers[index]}: {failure.Stage}, {failure.Kind}");
        }
    }

    /// <summary>Each program under passes of its own choice.</summary>
    private static List<(int Index, Failure Failure)> Check(IReadOnlyList<RandomProgram> programs, int[] numbers, out int compared)
    {
        using var batch = ProgramBatch.Compile(programs, i => PassesOf(numbers[i]));
        var failures = batch.Failures.Select(f => (f.Key, f.Value)).ToList();
        compared = 0;
        foreach (var program in batch.Compiled)
        {
            if (ProgramCheck.Run(program, numbers[program.Source.Index], out var places) is { } failure)
            {
                failures.Add((program.Source.Index, failure));
            }

            compared += places > 0 ? 1 : 0;
        }

        return failures;
    }
}
