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

/// <summary>An array at run time: elements of one shape. Writing makes another array.</summary>
internal sealed class ArrayTensor(Shape shape, ImmutableList<Tensor> items) : Tensor(shape, new double[shape.Count])
{
    public ImmutableList<Tensor> Items { get; } = items;

    /// <summary>The element at an index.</summary>
    /// <exception cref="IndexOutOfRangeException">There is none.</exception>
    public Tensor At(double index) => index >= 0 && index < Items.Count ? Items[(int)index] : throw new IndexOutOfRangeException();
}

/// <summary>A tape at run time: values of one shape, the first pushed first. Pushing makes another tape.</summary>
internal sealed class TapeTensor(Shape shape, ImmutableList<Tensor> items) : Tensor(shape, new double[shape.Count])
{
    public ImmutableList<Tensor> Items { get; } = items;
}
