namespace GradGen.GradientTests.RandomPrograms.Duals;

/// <summary>System.Math over dual numbers: each function with its derivative.</summary>
public static class Math
{
    public const double PI = System.Math.PI;
    public const double E = System.Math.E;

    public static Dual Abs(Dual x) => Dual.Abs(x);

    public static int Abs(int x) => System.Math.Abs(x);

    public static Dual Max(Dual x, Dual y) => Dual.Max(x, y);

    public static int Max(int x, int y) => System.Math.Max(x, y);

    public static Dual Min(Dual x, Dual y) => Dual.Min(x, y);

    public static int Min(int x, int y) => System.Math.Min(x, y);

    public static Dual Clamp(Dual x, Dual low, Dual high) => x < low ? low : high < x ? high : x;

    public static Dual Exp(Dual x) => Dual.Exp(x);

    public static Dual Log(Dual x) => Dual.Log(x);

    public static Dual Log2(Dual x) => x.Chain(System.Math.Log2(x.Value), 1 / (x.Value * System.Math.Log(2)));

    public static Dual Log10(Dual x) => x.Chain(System.Math.Log10(x.Value), 1 / (x.Value * System.Math.Log(10)));

    public static Dual Sqrt(Dual x) => Dual.Sqrt(x);

    public static Dual Cbrt(Dual x) => x.Chain(System.Math.Cbrt(x.Value), System.Math.Cbrt(x.Value) / (3 * x.Value));

    public static Dual Sin(Dual x) => Dual.Sin(x);

    public static Dual Cos(Dual x) => Dual.Cos(x);

    public static Dual Tan(Dual x) => x.Chain(System.Math.Tan(x.Value), 1 / System.Math.Pow(System.Math.Cos(x.Value), 2));

    public static Dual Asin(Dual x) => x.Chain(System.Math.Asin(x.Value), 1 / System.Math.Sqrt(1 - (x.Value * x.Value)));

    public static Dual Acos(Dual x) => x.Chain(System.Math.Acos(x.Value), -1 / System.Math.Sqrt(1 - (x.Value * x.Value)));

    public static Dual Atan(Dual x) => x.Chain(System.Math.Atan(x.Value), 1 / (1 + (x.Value * x.Value)));

    public static Dual Atan2(Dual y, Dual x) => new(
        System.Math.Atan2(y.Value, x.Value),
        ((x.Value * y.Tangent) - (y.Value * x.Tangent)) / ((x.Value * x.Value) + (y.Value * y.Value)));

    public static Dual Sinh(Dual x) => x.Chain(System.Math.Sinh(x.Value), System.Math.Cosh(x.Value));

    public static Dual Cosh(Dual x) => x.Chain(System.Math.Cosh(x.Value), System.Math.Sinh(x.Value));

    public static Dual Tanh(Dual x) => Dual.Tanh(x);

    public static Dual Asinh(Dual x) => x.Chain(System.Math.Asinh(x.Value), 1 / System.Math.Sqrt((x.Value * x.Value) + 1));

    public static Dual Acosh(Dual x) => x.Chain(System.Math.Acosh(x.Value), 1 / System.Math.Sqrt((x.Value * x.Value) - 1));

    public static Dual Atanh(Dual x) => x.Chain(System.Math.Atanh(x.Value), 1 / (1 - (x.Value * x.Value)));

    public static Dual Pow(Dual x, Dual y) => Dual.Pow(x, y);

    public static Dual Floor(Dual x) => Step(x, System.Math.Floor(x.Value), 0);

    public static Dual Ceiling(Dual x) => Step(x, System.Math.Ceiling(x.Value), 0);

    public static Dual Truncate(Dual x) => Step(x, System.Math.Truncate(x.Value), 0);

    public static Dual Round(Dual x) => Step(x, System.Math.Round(x.Value), 0.5);

    /// <summary>A function that is constant but for jumps at the integers, or halfway between them.</summary>
    private static Dual Step(Dual x, double function, double offset)
    {
        Kinks.Meet(x.Value, System.Math.Round(x.Value - offset) + offset);
        return new(function, 0);
    }
}
