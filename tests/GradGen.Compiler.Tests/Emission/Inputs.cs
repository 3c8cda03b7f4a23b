using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Tests.Emission;

/// <summary>Arguments for the functions under test: the same in every run.</summary>
internal static class Inputs
{
    public static Tensor[] For(Function function, int seed = 1)
    {
        var random = new Random(seed);
        return [.. function.Parameters.Select(p => For(p.Type, random))];
    }

    /// <summary>
    /// Magnitudes from 0.2 to 1, of either sign; smaller in large matrices, so that sums stay moderate; a 2 for an integer,
    /// true for a Boolean.
    /// </summary>
    public static Tensor For(TensorType type, Random random) => !type.IsFloating
        ? Tensor.Scalar(type.Scalar == ScalarType.Int32 ? 2 : 1)
        : new Tensor(type.Shape, [.. Enumerable.Range(0, type.Shape.Count).Select(
            _ => (float)((0.2 + (0.8 * random.NextDouble())) * (random.Next(2) == 0 ? 1 : -1) / (type.Shape.Count > 1000 ? 20 : 1)))]);

    /// <summary>The derivative of ⟨upstream, f⟩ in a direction, by central differences.</summary>
    public static double Difference(Function function, Tensor[] arguments, Tensor upstream, Tensor[] direction)
    {
        const double Step = 1e-6;
        double At(double step)
        {
            Tensor[] moved = [.. arguments.Zip(direction, (a, d) => new Tensor(
                a.Shape, [.. a.Entries.Zip(d.Entries, (entry, change) => entry + (step * change))]))];
            return Interpreter.Run(function, moved)[0].Entries.Zip(upstream.Entries, (f, u) => f * u).Sum();
        }

        return (At(Step) - At(-Step)) / (2 * Step);
    }
}
