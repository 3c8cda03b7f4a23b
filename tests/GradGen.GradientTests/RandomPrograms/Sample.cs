using System.Globalization;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Reading;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>Arguments for one run: numbers that float represents exactly, an upstream gradient, a direction.</summary>
/// <param name="Inputs">The entries of the parameters that have entries.</param>
/// <param name="Integers">Integers and Booleans.</param>
/// <param name="Upstream">The gradient flowing in.</param>
/// <param name="Direction">A direction in the space of all differentiated entries.</param>
internal sealed record Sample(double[][] Inputs, int[] Integers, double[] Upstream, double[] Direction)
{
    public static Sample Draw(CompiledProgram program, Random random)
    {
        double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (double)(float)((random.NextDouble() * 3) - 1.5))];
        double[][] inputs = [.. program.Reals.Select(p => Numbers(p.Kind.Count))];
        int[] integers = [.. program.Integers.Select(p => random.Next(p.Largest + 1))];
        var count = program.Reals.Where(p => p.IsDifferentiated).Sum(p => p.Kind.Count);
        return new Sample(inputs, integers, Numbers(program.Program.Main.Result.Count), Numbers(count));
    }

    /// <summary>The arguments of the gradient function: the method's own, and the upstream gradient.</summary>
    public Tensor[] Tensors(GradientModel model)
    {
        var (reals, integers) = (0, 0);
        return
        [
            .. model.Parameters.Select(p => p.Type.Scalar switch
            {
                ScalarType.Int32 => Tensor.Scalar(Integers[integers++]),
                ScalarType.Boolean => Tensor.Scalar(Integers[integers++] % 2),
                _ => new Tensor(p.Type.Shape, Inputs[reals++]),
            }),
            new Tensor(model.Result.Type.Shape, Upstream),
        ];
    }

    public override string ToString() =>
        $"inputs {string.Join(", ", Inputs.Select(List))}; integers [{string.Join(", ", Integers)}]; upstream {List(Upstream)}";

    private static string List(double[] numbers) => $"[{string.Join(", ", numbers.Select(n => n.ToString("R", CultureInfo.InvariantCulture)))}]";
}
