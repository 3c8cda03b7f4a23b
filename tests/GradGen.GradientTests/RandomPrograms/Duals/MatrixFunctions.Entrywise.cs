namespace GradGen.GradientTests.RandomPrograms.Duals;

/// <summary>The runtime's functions of one matrix that act entry by entry, by their definitions.</summary>
public static partial class MatrixFunctions
{
    public static Matrix<T, TRows, TColumns> Exp<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => new(p => ExpOf(a.Entries[p]));

    public static Vector<T, TSize> Exp<T, TSize>(Vector<T, TSize> x)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension => new(p => ExpOf(x[p]));

    private static T ExpOf<T>(T x)
        where T : IFloatingPointIeee754<T> => T.Exp(x);

    public static Matrix<T, TRows, TColumns> Expm1<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => new(p => Expm1Of(a.Entries[p]));

    public static Vector<T, TSize> Expm1<T, TSize>(Vector<T, TSize> x)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension => new(p => Expm1Of(x[p]));

    private static T Expm1Of<T>(T x)
        where T : IFloatingPointIeee754<T> => T.Exp(x) - T.One;

    public static Matrix<T, TRows, TColumns> Log<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => new(p => LogOf(a.Entries[p]));

    public static Vector<T, TSize> Log<T, TSize>(Vector<T, TSize> x)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension => new(p => LogOf(x[p]));

    private static T LogOf<T>(T x)
        where T : IFloatingPointIeee754<T> => T.Log(x);

    public static Matrix<T, TRows, TColumns> Log1p<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => new(p => Log1pOf(a.Entries[p]));

    public static Vector<T, TSize> Log1p<T, TSize>(Vector<T, TSize> x)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension => new(p => Log1pOf(x[p]));

    private static T Log1pOf<T>(T x)
        where T : IFloatingPointIeee754<T> => T.Log(T.One + x);

    public static Matrix<T, TRows, TColumns> Sin<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => new(p => SinOf(a.Entries[p]));

    public static Vector<T, TSize> Sin<T, TSize>(Vector<T, TSize> x)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension => new(p => SinOf(x[p]));

    private static T SinOf<T>(T x)
        where T : IFloatingPointIeee754<T> => T.Sin(x);

    public static Matrix<T, TRows, TColumns> Cos<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => new(p => CosOf(a.Entries[p]));

    public static Vector<T, TSize> Cos<T, TSize>(Vector<T, TSize> x)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension => new(p => CosOf(x[p]));

    private static T CosOf<T>(T x)
        where T : IFloatingPointIeee754<T> => T.Cos(x);

    public static Matrix<T, TRows, TColumns> Tan<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => new(p => TanOf(a.Entries[p]));

    public static Vector<T, TSize> Tan<T, TSize>(Vector<T, TSize> x)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension => new(p => TanOf(x[p]));

    private static T TanOf<T>(T x)
        where T : IFloatingPointIeee754<T> => T.Sin(x) / T.Cos(x);

    public static Matrix<T, TRows, TColumns> Tanh<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => new(p => TanhOf(a.Entries[p]));

    public static Vector<T, TSize> Tanh<T, TSize>(Vector<T, TSize> x)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension => new(p => TanhOf(x[p]));

    private static T TanhOf<T>(T x)
        where T : IFloatingPointIeee754<T> => T.Tanh(x);

    public static Matrix<T, TRows, TColumns> Sigmoid<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => new(p => SigmoidOf(a.Entries[p]));

    public static Vector<T, TSize> Sigmoid<T, TSize>(Vector<T, TSize> x)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension => new(p => SigmoidOf(x[p]));

    private static T SigmoidOf<T>(T x)
        where T : IFloatingPointIeee754<T> => T.One / (T.One + T.Exp(-x));

    public static Matrix<T, TRows, TColumns> Softplus<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => new(p => SoftplusOf(a.Entries[p]));

    public static Vector<T, TSize> Softplus<T, TSize>(Vector<T, TSize> x)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension => new(p => SoftplusOf(x[p]));

    private static T SoftplusOf<T>(T x)
        where T : IFloatingPointIeee754<T> => T.Log(T.One + T.Exp(x));

    public static Matrix<T, TRows, TColumns> Relu<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => new(p => ReluOf(a.Entries[p]));

    public static Vector<T, TSize> Relu<T, TSize>(Vector<T, TSize> x)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension => new(p => ReluOf(x[p]));

    private static T ReluOf<T>(T x)
        where T : IFloatingPointIeee754<T> => x > T.Zero ? x : T.Zero;

    public static Matrix<T, TRows, TColumns> Abs<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => new(p => AbsOf(a.Entries[p]));

    public static Vector<T, TSize> Abs<T, TSize>(Vector<T, TSize> x)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension => new(p => AbsOf(x[p]));

    private static T AbsOf<T>(T x)
        where T : IFloatingPointIeee754<T> => T.Abs(x);

    public static Matrix<T, TRows, TColumns> Square<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => new(p => SquareOf(a.Entries[p]));

    public static Vector<T, TSize> Square<T, TSize>(Vector<T, TSize> x)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension => new(p => SquareOf(x[p]));

    private static T SquareOf<T>(T x)
        where T : IFloatingPointIeee754<T> => x * x;

    public static Matrix<T, TRows, TColumns> Cube<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => new(p => CubeOf(a.Entries[p]));

    public static Vector<T, TSize> Cube<T, TSize>(Vector<T, TSize> x)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension => new(p => CubeOf(x[p]));

    private static T CubeOf<T>(T x)
        where T : IFloatingPointIeee754<T> => x * x * x;

    public static Matrix<T, TRows, TColumns> Sqrt<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => new(p => SqrtOf(a.Entries[p]));

    public static Vector<T, TSize> Sqrt<T, TSize>(Vector<T, TSize> x)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension => new(p => SqrtOf(x[p]));

    private static T SqrtOf<T>(T x)
        where T : IFloatingPointIeee754<T> => T.Sqrt(x);

    public static Matrix<T, TRows, TColumns> Reciprocal<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => new(p => ReciprocalOf(a.Entries[p]));

    public static Vector<T, TSize> Reciprocal<T, TSize>(Vector<T, TSize> x)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension => new(p => ReciprocalOf(x[p]));

    private static T ReciprocalOf<T>(T x)
        where T : IFloatingPointIeee754<T> => T.One / x;

    public static Matrix<T, TRows, TColumns> ReciprocalSqrt<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => new(p => ReciprocalSqrtOf(a.Entries[p]));

    public static Vector<T, TSize> ReciprocalSqrt<T, TSize>(Vector<T, TSize> x)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension => new(p => ReciprocalSqrtOf(x[p]));

    private static T ReciprocalSqrtOf<T>(T x)
        where T : IFloatingPointIeee754<T> => T.One / T.Sqrt(x);

    public static Dual Expm1(Dual x) => Expm1Of(x);

    public static Dual Log1p(Dual x) => Log1pOf(x);

    public static Dual Sigmoid(Dual x) => SigmoidOf(x);

    public static Dual Softplus(Dual x) => SoftplusOf(x);

    public static Dual Relu(Dual x) => ReluOf(x);

    public static Dual Square(Dual x) => SquareOf(x);

    public static Dual Cube(Dual x) => CubeOf(x);

    public static Dual Reciprocal(Dual x) => ReciprocalOf(x);

    public static Dual ReciprocalSqrt(Dual x) => ReciprocalSqrtOf(x);
}
