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

    /// <summary>Entries from −1 to 1; small magnitudes in large matrices, so that sums stay moderate; a 2 for an integer.</summary>
    public static Tensor For(TensorType type, Random random) => type.Scalar == ScalarType.Int32
        ? Tensor.Scalar(2)
        : new Tensor(type.Shape, [.. Enumerable.Range(0, type.Shape.Count).Select(
            _ => (float)(((2 * random.NextDouble()) - 1) / (type.Shape.Count > 1000 ? 20 : 1)))]);

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
