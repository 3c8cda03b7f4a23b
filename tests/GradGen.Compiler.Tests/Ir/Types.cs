using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Tests;

/// <summary>Short names for the types and tensors that tests are made of.</summary>
internal static class Types
{
    public static TensorType Real { get; } = new(ScalarType.Float64, Shape.Scalar);

    public static TensorType Single { get; } = new(ScalarType.Float32, Shape.Scalar);

    public static TensorType Of(int rows, int columns) => new(ScalarType.Float64, Shape.Of(rows, columns));

    public static Tensor Matrix(int rows, int columns, params double[] entries) => new(Shape.Of(rows, columns), entries);

    public static Tensor Number(double value) => Tensor.Scalar(value);

    /// <summary>Entries between −1 and 1 or, for integers, 0 and 1; those of a float are what a float can hold.</summary>
    public static Tensor Random(TensorType type, Random random, double low = -1, double high = 1)
    {
        double Entry() => type.IsFloating ? low + ((high - low) * random.NextDouble()) : random.Next(2);
        return new Tensor(
            type.Shape,
            [.. Enumerable.Range(0, type.Shape.Count).Select(_ => type.Scalar == ScalarType.Float32 ? (float)Entry() : Entry())]);
    }

    public static double Dot(Tensor left, Tensor right) => left.Entries.Zip(right.Entries, (a, b) => a * b).Sum();
}
