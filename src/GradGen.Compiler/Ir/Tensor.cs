namespace GradGen.Compiler.Ir;

/// <summary>A value at run time, for the interpreter: entries in row-major order, integers and Booleans as doubles.</summary>
internal sealed class Tensor(Shape shape, double[] entries)
{
    public Shape Shape { get; } = shape;

    public double[] Entries { get; } = entries.Length == shape.Count
        ? entries
        : throw new ArgumentException($"{shape} has {shape.Count} entries, got {entries.Length}.", nameof(entries));

    public static Tensor Scalar(double value) => new(Shape.Scalar, [value]);
}
