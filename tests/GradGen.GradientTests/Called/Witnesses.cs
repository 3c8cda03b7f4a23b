using System.Collections.Immutable;
using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Optimization;
using GradGen.Compiler.Reading;

namespace GradGen.GradientTests.Called;

/// <summary>
/// Compares what a program's generated method gives with central differences of the program's own method, and with the
/// interpreter, whose calls run the program's methods by reflection.
/// </summary>
internal static class Witnesses
{
    private const double Step = 2e-4;

    /// <summary>The elements of each array: no size of a matrix beside it.</summary>
    private const int ArrayLength = 5;

    /// <param name="program">The program, compiled with the passes.</param>
    /// <param name="model">One of its differentiable methods.</param>
    /// <param name="passes">The passes.</param>
    /// <param name="factor">What the given derivatives are wrong by, on purpose; 1 where they are right.</param>
    public static void Check(UserProgram program, GradientModel model, Passes passes, double factor = 1)
    {
        foreach (var (steps, flag) in new[] { (3, true), (5, false), (0, false) })
        {
            Check(program, model, passes, factor, steps, flag);
            if (model.Parameters.Items.All(p => p.Type.IsFloating))
            {
                break;
            }
        }
    }

    private static void Check(UserProgram program, GradientModel model, Passes passes, double factor, int steps, bool flag)
    {
        var random = new Random(17);
        Tensor[] arguments = [.. model.Parameters.Items.Select(p => Input(p.Type, random, steps, flag))];
        var upstream = Input(model.Result.Type, random, 0, false);
        ImmutableArray<bool> differentiated = [.. model.Parameters.Items.Select(p => p.IsDifferentiated)];
        var isFloat = model.Parameters.Items.Any(p => p.Type.Scalar == ScalarType.Float32);
        var what = $"{model.MethodName} with {passes}";

        var results = program.Backward(model, arguments, upstream);
        AssertClose(what + ": the value", program.Forward(model, arguments), results[0], isFloat ? 1e-5 : 1e-13);

        var gradient = GradientFunction.Run(model.Function!, differentiated, passes);
        foreach (var function in new[] { gradient.Gradient, gradient.Expanded })
        {
            var interpreted = Interpreter.Run(Verifier.Verify(function), program.Resolve, [.. arguments, upstream]);
            Assert.Equal(interpreted.Length, results.Length);
            for (var i = 0; i < results.Length; i++)
            {
                AssertClose($"{what}: result {i} of the interpreter", interpreted[i], results[i], isFloat ? 2e-5 : 1e-12);
            }
        }

        var next = 1;
        for (var p = 0; p < arguments.Length && !isFloat; p++)
        {
            if (differentiated[p])
            {
                var differences = Differences(a => program.Forward(model, a), arguments, p, upstream);
                AssertClose(
                    $"{what}: ∂{model.Parameters[p].Name}",
                    Parts.With(arguments[p], [.. differences.Select(d => factor * d)]), results[next++], 2e-9);
            }
        }
    }

    /// <summary>Central differences of fourth order, of the sum of the results weighted by the upstream adjoint.</summary>
    private static double[] Differences(Func<Tensor[], Tensor> function, Tensor[] arguments, int parameter, Tensor upstream)
    {
        var (moved, entries) = ((Tensor[])arguments.Clone(), Parts.Entries(arguments[parameter]));
        var original = (double[])entries.Clone();
        entries = (double[])entries.Clone();
        double At(int entry, double t)
        {
            entries[entry] = original[entry] + t;
            moved[parameter] = Parts.With(arguments[parameter], entries);
            var value = function(moved).Entries.Zip(upstream.Entries, (v, u) => v * u).Sum();
            entries[entry] = original[entry];
            return value;
        }

        return [.. Enumerable.Range(0, entries.Length).Select(e =>
            ((8 * (At(e, Step) - At(e, -Step))) - (At(e, 2 * Step) - At(e, -2 * Step))) / (12 * Step))];
    }

    private static Tensor Input(TensorType type, Random random, int steps, bool flag) => type.IsArray
        ? new ArrayTensor(type.Shape, [.. Enumerable.Range(0, ArrayLength).Select(k => Input(type.Element, random, k % ArrayLength, flag))])
        : type.IsFloating
        ? new Tensor(type.Shape, [.. Enumerable.Range(0, type.Shape.Count).Select(_ => (double)(float)(0.3 + random.NextDouble()) * (random.Next(3) == 0 ? -1 : 1))])
        : Tensor.Scalar(type == TensorType.Boolean ? (flag ? 1 : 0) : steps);

    private static void AssertClose(string what, Tensor expectedTensor, Tensor actualTensor, double tolerance)
    {
        Assert.Equal(expectedTensor.Shape, actualTensor.Shape);
        var (expected, actual) = (Parts.Entries(expectedTensor), Parts.Entries(actualTensor));
        Assert.Equal(expected.Length, actual.Length);
        var scale = Math.Max(1, expected.Max(Math.Abs));
        for (var e = 0; e < expected.Length; e++)
        {
            Assert.True(
                Math.Abs(expected[e] - actual[e]) <= tolerance * scale,
                FormattableString.Invariant($"{what}[{e}] should be {expected[e]:R}, is {actual[e]:R}"));
        }
    }
}
