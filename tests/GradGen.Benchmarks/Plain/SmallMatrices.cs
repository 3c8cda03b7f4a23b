namespace GradGen.Benchmarks.Plain;

/// <summary>Products as users write them.</summary>
internal static class SmallMatrices
{
    /// <summary>The product of two n×n matrices.</summary>
    public static T[] Product<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, int n)
        where T : struct, IScalar<T>
    {
        var product = new T[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var sum = left[i * n] * right[j];
                for (var k = 1; k < n; k++)
                {
                    sum += left[i * n + k] * right[k * n + j];
                }

                product[i * n + j] = sum;
            }
        }

        return product;
    }

    public static T[] Transpose<T>(ReadOnlySpan<T> matrix, int n)
    {
        var transpose = new T[n * n];
        for (var i = 0; i < transpose.Length; i++)
        {
            transpose[i] = matrix[i % n * n + i / n];
        }

        return transpose;
    }
}
