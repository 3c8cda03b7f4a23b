using System.Numerics;

namespace GradGen.Tests;

/// <summary>Random operands, and comparison with what a formula over doubles gives.</summary>
internal static class Samples
{
    public static Matrix<TScalar, TRows, TColumns> Matrix<TScalar, TRows, TColumns>(int seed)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        GradGen.Matrix<TScalar, TRows, TColumns>.Random(new Random(seed), TScalar.CreateChecked(2));

    public static Vector<TScalar, TSize> Vector<TScalar, TSize>(int seed)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        GradGen.Vector<TScalar, TSize>.Random(new Random(seed), TScalar.CreateChecked(2));

    public static double Double<TScalar>(TScalar value)
        where TScalar : IFloatingPointIeee754<TScalar> =>
        double.CreateChecked(value);

    public static void Equal<TScalar>(double expected, TScalar actual)
        where TScalar : IFloatingPointIeee754<TScalar>
    {
        var tolerance = (typeof(TScalar) == typeof(double) ? 1e-14 : 1e-5) * Math.Max(1, Math.Abs(expected));
        Assert.Equal(expected, Double(actual), tolerance);
    }

    public static void Equal<TScalar, TRows, TColumns>(
        Func<int, int, double> expected, Matrix<TScalar, TRows, TColumns> actual)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        for (var i = 0; i < TRows.Size; i++)
        {
            for (var j = 0; j < TColumns.Size; j++)
                Equal(expected(i, j), actual[i, j]);
        }
    }

    public static void Equal<TScalar, TSize>(Func<int, double> expected, Vector<TScalar, TSize> actual)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension
    {
        for (var i = 0; i < TSize.Size; i++)
            Equal(expected(i), actual[i]);
    }
}
