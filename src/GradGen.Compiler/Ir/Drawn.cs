namespace GradGen.Compiler.Ir;

/// <summary>Seeded random arguments for the interpreter: integers are small and arrays short, so that loops run a few times.</summary>
internal static class Drawn
{
    private const int ArrayLength = 4;
    private const int IntegersBelow = 4;

    /// <summary>Arguments of a type, with entries from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public static Tensor Of(TensorType type, SeededNumbers random, double low, double high)
    {
        Tensor One()
        {
            var entries = new double[type.Shape.Count];
            for (var e = 0; e < entries.Length; e++)
            {
                entries[e] = type.Scalar switch
                {
                    ScalarType.Boolean => random.Below(2),
                    ScalarType.Int32 => random.Below(IntegersBelow),
                    _ => low + ((high - low) * random.Next()),
                };
            }

            return new Tensor(type.Shape, entries);
        }

        return type.IsArray ? new ArrayTensor(type.Shape, [.. Enumerable.Range(0, ArrayLength).Select(_ => One())]) : One();
    }

    /// <summary>A value for an adjoint: an array is as long as the value's.</summary>
    public static Tensor Like(Tensor value, TensorType type, SeededNumbers random) => value is ArrayTensor array
        ? new ArrayTensor(type.Shape, [.. array.Items.Select(_ => Of(type with { IsArray = false }, random, -1, 1))])
        : Of(type, random, -1, 1);
}
