using System.Globalization;
using GradGen.Compiler.Ir;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>Arguments for one run: numbers that float represents exactly, an upstream gradient, a direction.</summary>
/// <param name="Inputs">The entries of what has entries.</param>
/// <param name="Integers">Integers, Booleans, arrays of integers.</param>
/// <param name="Upstream">The gradient flowing in.</param>
/// <param name="Direction">A direction in the space of all differentiated entries.</param>
internal sealed record Sample(double[][] Inputs, int[][] Integers, double[] Upstream, double[] Direction)
{
    public static Sample Draw(CompiledProgram program, Random random)
    {
        double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (double)(float)((random.NextDouble() * 3) - 1.5))];
        int Length(Leaf leaf) => random.Next(leaf.Length.Least, leaf.Length.Most + 1);
        double[][] inputs = [.. program.Reals.Select(l => Numbers(Length(l) * l.Kind.Count))];
        int[][] integers = [.. program.Integers.Select(l => Enumerable.Range(0, Length(l)).Select(_ => random.Next(l.Root.Largest + 1)).ToArray())];
        var count = program.Reals.Zip(inputs, (l, i) => l.IsDifferentiated ? i.Length : 0).Sum();
        return new Sample(inputs, integers, Numbers(program.Program.Main.Result.Count), Numbers(count));
    }

    /// <summary>The arguments of the gradient function: what the method reads, and the upstream gradient.</summary>
    public Tensor[] Tensors(CompiledProgram program)
    {
        var values = new Dictionary<string, double[]>();
        foreach (var (leaf, input) in program.Reals.Zip(Inputs))
        {
            values[leaf.PlainPath] = input;
        }

        foreach (var (leaf, integers) in program.Integers.Zip(Integers))
        {
            values[leaf.PlainPath] = [.. integers.Select(i => (double)(leaf.Kind.Form == Form.Boolean ? i % 2 : i))];
        }

        var model = program.Source.Model;
        return
        [
            .. model.Parameters.Select(p => ToTensor(p.Type, values[Leaf.Plain(p.Expression)])),
            ToTensor(model.Result.Type, Upstream),
        ];
    }

    /// <summary>The gradients of the leaves, all entries one after the other, in the function's own order; of what it does not read there are none.</summary>
    public double[] InOrderOfFunction(CompiledProgram program, double[] gradient)
    {
        var entries = new Dictionary<string, double[]>();
        var start = 0;
        foreach (var (leaf, input) in program.Reals.Zip(Inputs).Where(p => p.First.IsDifferentiated))
        {
            entries[leaf.PlainPath] = gradient[start..(start + input.Length)];
            start += input.Length;
        }

        return [.. program.Source.Model.Parameters.Where(p => p.IsDifferentiated).SelectMany(p => entries[Leaf.Plain(p.Expression)])];
    }

    public override string ToString() =>
        $"inputs {string.Join(", ", Inputs.Select(List))}; integers {string.Join(", ", Integers.Select(i => $"[{string.Join(", ", i)}]"))}; upstream {List(Upstream)}";

    private static Tensor ToTensor(TensorType type, double[] entries) => type.IsArray
        ? new ArrayTensor(type.Shape, [.. entries.Chunk(type.Shape.Count).Select(e => new Tensor(type.Shape, e))])
        : new Tensor(type.Shape, entries);

    private static string List(double[] numbers) => $"[{string.Join(", ", numbers.Select(n => n.ToString("R", CultureInfo.InvariantCulture)))}]";
}
