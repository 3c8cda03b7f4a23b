using GradGen.Compiler.Ir;
using Math = System.Math;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>
/// Runs a compiled program: its value against itself run as it stands, its gradient against dual numbers, entry by
/// entry and along a random direction, and against the interpreter.
/// </summary>
internal static class ProgramCheck
{
    /// <summary>Results beyond this are no model's any more; what is compared loses its digits.</summary>
    private const double Wild = 1e9;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The failure, or null. What is asked at a kink or where the program forgets its digits is asked elsewhere.</summary>
    public static Failure? Run(CompiledProgram program, int seed, out int compared)
    {
        var count = 0;
        var run = Task.Run(() => Compare(program, seed, ref count));
        // A busy machine is no fault of the program's: what counts is the processor's time.
        var before = Environment.CpuUsage.TotalTime;
        bool isDone;
        do
        {
            isDone = run.Wait(Patience);
        }
        while (!isDone && Environment.CpuUsage.TotalTime - before < Patience);

        compared = count;
        return isDone ? run.Result : new Failure(Stage.Running, "Timeout", $"still running after {Patience.TotalSeconds} s");
    }

    private static Failure? Compare(CompiledProgram program, int seed, ref int compared)
    {
        var random = new Random(seed);
        for (var tries = 0; tries < 6 && compared < 2; tries++)
        {
            var sample = Sample.Draw(program, random);
            try
            {
                if (Compare(program, sample, out var isDecided) is { } failure)
                {
                    return failure with { Message = failure.Message + "\n" + sample };
                }

                compared += isDecided ? 1 : 0;
            }
            catch (Exception e)
            {
                return Failure.Of(Stage.Running, e);
            }
        }

        return null;
    }

    private static Failure? Compare(CompiledProgram program, Sample sample, out bool isDecided)
    {
        isDecided = false;
        double[] expected;
        try
        {
            expected = program.Forward(sample.Inputs, sample.Integers);
        }
        catch (Exception e) when (e.Message.StartsWith(MethodWriter.Guard, StringComparison.Ordinal))
        {
            return CompareThrown(program, sample, e);
        }
        catch (Exception e)
        {
            return Failure.Of(Stage.Program, e);
        }

        var witness = new DualWitness(program, sample);
        if (witness.Derivatives.Concat(expected).Any(d => !double.IsFinite(d) || Math.Abs(d) > Wild) || witness.IsNearKink)
        {
            return null;
        }

        isDecided = true;
        var (value, gradients) = program.Gradient(sample.Inputs, sample.Integers, sample.Upstream, twice: false);
        var tolerance = new Tolerance(program.Program.IsFloat);
        if (tolerance.Differ(expected, value, tolerance.OfValues, out var what) && !witness.IsIllConditioned(what.Difference))
        {
            return new Failure(Stage.Value, what.Kind, "the value " + what);
        }

        var gradient = gradients.SelectMany(g => g).ToArray();
        if (tolerance.Differ(witness.Derivatives, gradient, tolerance.OfGradients, out what) && !witness.IsIllConditioned(what.Difference))
        {
            return new Failure(Stage.Gradient, what.Kind, $"∂{witness.NameOf(what.Entry)} {what}");
        }

        var along = gradient.Zip(sample.Direction, (g, d) => g * d).Sum();
        if (tolerance.Differ([witness.AlongDirection], [along], tolerance.OfGradients * Math.Max(1, gradient.Max(Math.Abs)), out what)
            && !witness.IsIllConditioned(what.Difference))
        {
            return new Failure(Stage.Gradient, "direction", "the derivative along a direction " + what);
        }

        return CompareWithInterpreter(program, sample, witness, tolerance, value, gradient)
            ?? CompareAccumulated(program, sample, tolerance, value, gradient);
    }

    /// <summary>Where a guard fires in the method, it fires in the gradient.</summary>
    private static Failure? CompareThrown(CompiledProgram program, Sample sample, Exception expected)
    {
        foreach (var twice in new[] { false, true })
        {
            try
            {
                _ = program.Gradient(sample.Inputs, sample.Integers, sample.Upstream, twice);
                return new Failure(Stage.Running, "no exception", $"should throw {expected}");
            }
            catch (Exception e) when (e.GetType() == expected.GetType() && e.Message == expected.Message)
            {
            }
        }

        return null;
    }

    private static Failure? CompareWithInterpreter(
        CompiledProgram program, Sample sample, DualWitness witness, Tolerance tolerance, double[] value, double[] gradient)
    {
        foreach (var (name, function) in new[] { ("without passes", program.Source.Plain.Gradient), ("as emitted", program.Source.Expanded.Expanded) })
        {
            Tensor[] results;
            try
            {
                results = [.. Interpreter.Run(function, sample.Tensors(program))];
            }
            catch (Exception e)
            {
                return Failure.Of(Stage.Compiler, e);
            }

            double[] interpreted = [.. results.SelectMany(r => r is ArrayTensor array ? array.Items.SelectMany(i => i.Entries) : r.Entries)];
            if (tolerance.Differ(interpreted, [.. value, .. sample.InOrderOfFunction(program, gradient)], tolerance.OfInterpreter, out var what) && !witness.IsIllConditioned(what.Difference))
            {
                return new Failure(Stage.Interpreter, what.Kind, $"interpreted {name}, entry {what.Entry} {what}");
            }
        }

        return null;
    }

    /// <summary>Written once and added once into the same matrices, the gradient is twice itself.</summary>
    private static Failure? CompareAccumulated(CompiledProgram program, Sample sample, Tolerance tolerance, double[] value, double[] gradient)
    {
        var (valueAgain, twice) = program.Gradient(sample.Inputs, sample.Integers, sample.Upstream, twice: true);
        double[] expected = [.. value, .. gradient.Select(g => 2 * g)];
        return tolerance.Differ(expected, [.. valueAgain, .. twice.SelectMany(g => g)], tolerance.OfInterpreter, out var what)
            ? new Failure(Stage.Accumulated, "accumulated", $"accumulated, entry {what.Entry} {what}")
            : null;
    }
}
