namespace GradGen.GradientTests.RandomPrograms.Duals;

/// <summary>The runtime's functions of several matrices that act entry by entry; the result has the left one's type.</summary>
public static partial class MatrixFunctions
{
    public static Matrix<T, TRows, TColumns> Hadamard<T, TRows, TColumns, TRightRows, TRightColumns>(
        Matrix<T, TRows, TColumns> a, Matrix<T, TRightRows, TRightColumns> b)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension => new(p => HadamardOf(a.Entries[p], b.Entries[p]));

    public static Vector<T, TSize> Hadamard<T, TSize, TRightRows, TRightColumns>(Vector<T, TSize> a, Matrix<T, TRightRows, TRightColumns> b)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension => new(p => HadamardOf(a.Entries[p], b.Entries[p]));

    private static T HadamardOf<T>(T x, T y)
        where T : IFloatingPointIeee754<T> => x * y;

    public static Matrix<T, TRows, TColumns> Divide<T, TRows, TColumns, TRightRows, TRightColumns>(
        Matrix<T, TRows, TColumns> a, Matrix<T, TRightRows, TRightColumns> b)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension => new(p => DivideOf(a.Entries[p], b.Entries[p]));

    public static Vector<T, TSize> Divide<T, TSize, TRightRows, TRightColumns>(Vector<T, TSize> a, Matrix<T, TRightRows, TRightColumns> b)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension => new(p => DivideOf(a.Entries[p], b.Entries[p]));

    private static T DivideOf<T>(T x, T y)
        where T : IFloatingPointIeee754<T> => x / y;

    public static Matrix<T, TRows, TColumns> Max<T, TRows, TColumns, TRightRows, TRightColumns>(
        Matrix<T, TRows, TColumns> a, Matrix<T, TRightRows, TRightColumns> b)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension => new(p => MaxOf(a.Entries[p], b.Entries[p]));

    public static Vector<T, TSize> Max<T, TSize, TRightRows, TRightColumns>(Vector<T, TSize> a, Matrix<T, TRightRows, TRightColumns> b)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension => new(p => MaxOf(a.Entries[p], b.Entries[p]));

    private static T MaxOf<T>(T x, T y)
        where T : IFloatingPointIeee754<T> => T.Max(x, y);

    public static Matrix<T, TRows, TColumns> Min<T, TRows, TColumns, TRightRows, TRightColumns>(
        Matrix<T, TRows, TColumns> a, Matrix<T, TRightRows, TRightColumns> b)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension => new(p => MinOf(a.Entries[p], b.Entries[p]));

    public static Vector<T, TSize> Min<T, TSize, TRightRows, TRightColumns>(Vector<T, TSize> a, Matrix<T, TRightRows, TRightColumns> b)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension => new(p => MinOf(a.Entries[p], b.Entries[p]));

    private static T MinOf<T>(T x, T y)
        where T : IFloatingPointIeee754<T> => T.Min(x, y);

    public static Matrix<T, TRows, TColumns> Greater<T, TRows, TColumns, TRightRows, TRightColumns>(
        Matrix<T, TRows, TColumns> a, Matrix<T, TRightRows, TRightColumns> b)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension => new(p => GreaterOf(a.Entries[p], b.Entries[p]));

    public static Vector<T, TSize> Greater<T, TSize, TRightRows, TRightColumns>(Vector<T, TSize> a, Matrix<T, TRightRows, TRightColumns> b)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension => new(p => GreaterOf(a.Entries[p], b.Entries[p]));

    private static T GreaterOf<T>(T x, T y)
        where T : IFloatingPointIeee754<T> => x > y ? T.One : T.Zero;

    public static Matrix<T, TRows, TColumns> Less<T, TRows, TColumns, TRightRows, TRightColumns>(
        Matrix<T, TRows, TColumns> a, Matrix<T, TRightRows, TRightColumns> b)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension => new(p => LessOf(a.Entries[p], b.Entries[p]));

    public static Vector<T, TSize> Less<T, TSize, TRightRows, TRightColumns>(Vector<T, TSize> a, Matrix<T, TRightRows, TRightColumns> b)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension => new(p => LessOf(a.Entries[p], b.Entries[p]));

    private static T LessOf<T>(T x, T y)
        where T : IFloatingPointIeee754<T> => x < y ? T.One : T.Zero;

    public static Matrix<T, TRows, TColumns> Pow<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a, T exponent)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => new(p => PowOf(a.Entries[p], exponent));

    public static Vector<T, TSize> Pow<T, TSize>(Vector<T, TSize> x, T exponent)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension => new(p => PowOf(x[p], exponent));

    private static T PowOf<T>(T x, T exponent)
        where T : IFloatingPointIeee754<T> => T.Pow(x, exponent);

    public static Matrix<T, TRows, TColumns> LeakyRelu<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a, T slope)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => new(p => LeakyReluOf(a.Entries[p], slope));

    public static Vector<T, TSize> LeakyRelu<T, TSize>(Vector<T, TSize> x, T slope)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension => new(p => LeakyReluOf(x[p], slope));

    private static T LeakyReluOf<T>(T x, T slope)
        where T : IFloatingPointIeee754<T> => x > T.Zero ? x : slope * x;

    public static Matrix<T, TRows, TColumns> Clamp<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a, T low, T high)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => new(p => ClampOf(a.Entries[p], low, high));

    public static Vector<T, TSize> Clamp<T, TSize>(Vector<T, TSize> x, T low, T high)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension => new(p => ClampOf(x[p], low, high));

    private static T ClampOf<T>(T x, T low, T high)
        where T : IFloatingPointIeee754<T> => x < low ? low : high < x ? high : x;

    public static Matrix<T, TRows, TColumns> Where<T, TConditionRows, TConditionColumns, TRows, TColumns, TRightRows, TRightColumns>(
        Matrix<T, TConditionRows, TConditionColumns> condition, Matrix<T, TRows, TColumns> left, Matrix<T, TRightRows, TRightColumns> right)
        where T : IFloatingPointIeee754<T>
        where TConditionRows : struct, IDimension
        where TConditionColumns : struct, IDimension
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension => new(p => IsZero(condition.Entries[p]) ? right.Entries[p] : left.Entries[p]);

    public static Vector<T, TSize> Where<T, TConditionSize, TSize, TRightSize>(
        Vector<T, TConditionSize> condition, Vector<T, TSize> left, Vector<T, TRightSize> right)
        where T : IFloatingPointIeee754<T>
        where TConditionSize : struct, IDimension
        where TSize : struct, IDimension
        where TRightSize : struct, IDimension => new(p => IsZero(condition[p]) ? right[p] : left[p]);

    /// <summary>Stops the derivative: the value stays.</summary>
    public static Matrix<T, TRows, TColumns> StopGradient<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => new(p => T.Constant(a.Entries[p]));

    public static Vector<T, TSize> StopGradient<T, TSize>(Vector<T, TSize> x)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension => new(p => T.Constant(x[p]));

    public static Dual StopGradient(Dual x) => Dual.Constant(x);

    public static Dual LeakyRelu(Dual x, Dual slope) => LeakyReluOf(x, slope);

    private static bool IsZero<T>(T x)
        where T : IFloatingPointIeee754<T> => x <= T.Zero && x >= T.Zero;
}
