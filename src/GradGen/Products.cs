using System.Numerics;

namespace GradGen;

/// <summary>Products and transposes over spans, row after row.</summary>
internal static class Products
{
    /// <summary>C = A·B, where A is m×k and B is k×n. <paramref name="result"/> holds zeros.</summary>
    public static void Multiply<TScalar>(
        ReadOnlySpan<TScalar> left, ReadOnlySpan<TScalar> right, Span<TScalar> result, int m, int k, int n)
        where TScalar : IFloatingPointIeee754<TScalar>
    {
        for (var i = 0; i < m; i++)
        {
            var resultRow = result.Slice(i * n, n);
            for (var p = 0; p < k; p++)
            {
                // One row of B times one entry of A: both spans are walked in the order they lie in memory.
                var factor = left[(i * k) + p];
                var rightRow = right.Slice(p * n, n);
                for (var j = 0; j < resultRow.Length; j++)
                    resultRow[j] += factor * rightRow[j];
            }
        }
    }

    /// <summary>G = AᵀA, where A is m×n. <paramref name="result"/> holds zeros.</summary>
    public static void Gram<TScalar>(ReadOnlySpan<TScalar> matrix, Span<TScalar> result, int m, int n)
        where TScalar : IFloatingPointIeee754<TScalar>
    {
        for (var p = 0; p < m; p++)
        {
            var row = matrix.Slice(p * n, n);
            for (var i = 0; i < n; i++)
            {
                var factor = row[i];
                var resultRow = result.Slice(i * n, n);
                for (var j = 0; j < resultRow.Length; j++)
                    resultRow[j] += factor * row[j];
            }
        }
    }

    /// <summary>⟨A, B⟩, the sum of the products of entries.</summary>
    public static TScalar Dot<TScalar>(ReadOnlySpan<TScalar> left, ReadOnlySpan<TScalar> right)
        where TScalar : IFloatingPointIeee754<TScalar>
    {
        var sum = TScalar.Zero;
        for (var i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }

    /// <summary>xᵀAy, where A has a row for each entry of x and a column for each of y.</summary>
    public static TScalar Form<TScalar>(
        ReadOnlySpan<TScalar> left, ReadOnlySpan<TScalar> matrix, ReadOnlySpan<TScalar> right)
        where TScalar : IFloatingPointIeee754<TScalar>
    {
        var sum = TScalar.Zero;
        for (var i = 0; i < left.Length; i++)
            sum += left[i] * Dot(matrix.Slice(i * right.Length, right.Length), right);
        return sum;
    }

    /// <summary>tr(A·B) = Σ aᵢⱼ·bⱼᵢ, where A is m×n and B is n×m.</summary>
    public static TScalar TraceOfProduct<TScalar>(
        ReadOnlySpan<TScalar> left, ReadOnlySpan<TScalar> right, int m, int n)
        where TScalar : IFloatingPointIeee754<TScalar>
    {
        var sum = TScalar.Zero;
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
                sum += left[(i * n) + j] * right[(j * m) + i];
        }

        return sum;
    }

    /// <summary>Aᵀ, where A is m×n.</summary>
    public static void Transpose<TScalar>(ReadOnlySpan<TScalar> matrix, Span<TScalar> result, int m, int n)
    {
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
                result[(j * m) + i] = matrix[(i * n) + j];
        }
    }
}
