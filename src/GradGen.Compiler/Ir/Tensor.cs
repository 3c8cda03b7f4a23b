using System.Collections.Immutable;

namespace GradGen.Compiler.Ir;

/// <summary>A value at run time, for the interpreter: entries in row-major order, integers and Booleans as doubles.</summary>
internal class Tensor(Shape shape, double[] entries)
{
    public Shape Shape { get; } = shape;

    public double[] Entries { get; } = entries.Length == shape.Count
        ? entries
        : throw new ArgumentException($"{shape} has {shape.Count} entries, got {entries.Length}.", nameof(entries));

    public static Tensor Scalar(double value) => new(Shape.Scalar, [value]);
}

/// <summary>A tape at run time: values of one shape, the first pushed first. Pushing makes another tape.</summary>
internal sealed class TapeTensor(Shape shape, ImmutableList<Tensor> items) : Tensor(shape, new double[shape.Count])
{
    public ImmutableList<Tensor> Items { get; } = items;
}
