using System.Globalization;
using GradGen.Compiler.Optimization;
using Xunit.Abstractions;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>
/// Random methods, compiled with GradGen under random passes: the value is what the method gives, the gradient what
/// dual numbers give over the same source, and the interpreter agrees.
/// </summary>
/// <remarks>
/// A few hundred run with a fixed seed. Environment variables ask for others:
/// <c>GRADGEN_RANDOM_PROGRAMS</c> is their number (20000 take about an hour on two cores), <c>GRADGEN_RANDOM_SEED</c>
/// the seed, <c>GRADGEN_RANDOM_FIRST</c> the number of the first one, <c>GRADGEN_RANDOM_LOG</c> a file to which
/// progress and failures are written as they come. A failure names its seed and number: with those and
/// <c>GRADGEN_RANDOM_PROGRAMS=1</c> it comes again.
/// </remarks>
/// <param name="output">Where progress and shrunk failures go.</param>
public class RandomProgramsTests(ITestOutputHelper output)
{
    private const int Programs = 250;
    private const ulong Seed = 20;
    private const int Shrunk = 12;

    private readonly Lock _lock = new();

    [Fact]
    public void Gradients_AreThoseOfDualNumbersAndOfTheInterpreter()
    {
        var (count, seed, first) = ((int)Setting("PROGRAMS", Programs), Setting("SEED", Seed), (int)Setting("FIRST", 0));
        var run = new ProgramRun(seed, first, count, Log);
        run.Run();
        if (count == 1)
        {
            var program = ProgramRun.Write(seed, first);
            Log($"{program}\n{ProgramRun.Generated(program, first)}");
        }

        // One of each kind is made small; the others are only counted.
        var kinds = run.Failures.GroupBy(f => (f.Failure.Stage, f.Failure.Kind)).ToList();
        foreach (var kind in kinds.Take(Shrunk))
        {
            var (number, program, failure) = kind.MinBy(f => f.Program.Size);
            Log($"{kind.Count()} × {kind.Key.Stage}, {kind.Key.Kind}: seed {seed}, programs {string.Join(", ", kind.Select(f => f.Number).Take(10))}\n"
                + $"program {number}, shrunk: {ProgramRun.Shrunk(program, number, failure, TimeSpan.FromMinutes(2))}");
        }

        Assert.True(run.Failures.Count == 0, $"{run.Failures.Count} of {count} programs failed, in {kinds.Count} ways: see the output.");
        Assert.True(run.Refused <= 0.02 * Math.Max(count, 50), $"{run.Refused} of {count} programs were refused.");
        Assert.True(run.Compared >= 0.8 * count, $"Only {run.Compared} of {count} programs could be compared.");
    }

    [Fact]
    public void SameSeed_SamePrograms()
    {
        Assert.Equal(ProgramRun.Write(Seed, 7).ToString(), ProgramRun.Write(Seed, 7).ToString());
        Assert.NotEqual(ProgramRun.Write(Seed, 7).ToString(), ProgramRun.Write(Seed, 8).ToString());
    }

    [Fact]
    public void WrongResults_AreFound()
    {
        var program = new FoundProgram("", "Real x, Vector<Real, N3> v", "Real", "return x * Sum(Sin(v)) + v[1];").ToProgram(isFloat: false);
        using var batch = ProgramBatch.Compile([program], _ => Passes.All);
        var right = Assert.Single(batch.Compiled);
        Assert.Null(ProgramCheck.Run(right, 1, out var compared));
        Assert.True(compared > 0);

        Stage? WithOff(bool isTwice, double value, int parameter, int entry) => ProgramCheck.Run(right with { Gradient = (inputs, integers, upstream, twice) =>
        {
            var (results, gradients) = right.Gradient(inputs, integers, upstream, twice);
            if (twice == isTwice)
            {
                results[0] += value;
                gradients[parameter][entry] += 1e-6;
            }

            return (results, gradients);
        } }, 1, out _)?.Stage;
        Assert.Equal(Stage.Value, WithOff(isTwice: false, 1e-6, 0, 0));
        Assert.Equal(Stage.Gradient, WithOff(isTwice: false, 0, 0, 0));
        Assert.Equal(Stage.Gradient, WithOff(isTwice: false, 0, 1, 2));
        Assert.Equal(Stage.Accumulated, WithOff(isTwice: true, 0, 1, 0));
    }

    [Fact]
    public void ProgramsThatDoNotCompile_AreLeftOut()
    {
        FoundProgram[] programs =
        [
            new("", "Real x", "Real", "return x * missing;"),
            new("", "Real x", "Real", "return x * x;"),
            new("", "Real x", "Real", "var y = x; return y * y;", "private static Real Unread() => missing;"),
            new("", "Real x", "Real", "return Math.Sin(x);"),
        ];
        using var batch = ProgramBatch.Compile([.. programs.Select(p => p.ToProgram(isFloat: false))], _ => Passes.All);
        Assert.Equal([0, 2], batch.Failures.Keys.Order());
        Assert.All(batch.Failures.Values, f => Assert.Equal((Stage.Program, "CS0103"), (f.Stage, f.Kind)));
        Assert.Equal([1, 3], batch.Compiled.Select(c => c.Source.Index));
        Assert.All(batch.Compiled, c => Assert.Null(ProgramCheck.Run(c, 1, out _)));
    }

    private void Log(string text)
    {
        lock (_lock)
        {
            output.WriteLine(text);
            if (Environment.GetEnvironmentVariable("GRADGEN_RANDOM_LOG") is { Length: > 0 } file)
            {
                File.AppendAllText(file, text + "\n");
            }
        }
    }

    private static ulong Setting(string name, ulong otherwise) =>
        ulong.TryParse(Environment.GetEnvironmentVariable("GRADGEN_RANDOM_" + name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
