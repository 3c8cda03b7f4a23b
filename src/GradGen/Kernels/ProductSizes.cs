using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

/// <summary>The checks before a product: one comparison a span once the JIT has put in the sizes.</summary>
internal static class ProductSizes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Require(int length, int rows, int columns, string name)
    {
        if (length != (long)rows * columns)
            WrongLength(length, rows, columns, name);
    }

    public static void RequireAtLeastOne(int first, int second, int third = 1)
    {
        if (first < 1 || second < 1 || third < 1)
            throw new ArgumentException($"The sizes of a product are at least 1, not {first}, {second}, {third}.");
    }

    [DoesNotReturn]
    private static void WrongLength(int length, int rows, int columns, string name)
        => throw new ArgumentException($"'{name}' has {length} entries where {rows}×{columns} are needed.", name);
}
