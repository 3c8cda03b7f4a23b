using System.Runtime.CompilerServices;
using GradGen.Kernels;

namespace GradGen.Tests.Kernels;

public readonly struct ExpUnderTest : IFunctionUnderTest
{
    public static double MostUlps => 2.5;

    public static double[] Centres => [0, 709.782712893384, -708.3964185322641, -745.1332191019411, 88.72283, -87.33654, -103.97208];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x)
        where L : struct, ILanes<L> => VectorMath.Exp(x);

    public static Scaled Reference(double x) => Kernels.Reference.Exp(x);

    public static double Special(double x) => Math.Exp(x);
}

public readonly struct Exp2UnderTest : IFunctionUnderTest
{
    public static double MostUlps => 2.5;

    public static double[] Centres => [0, 1, 1024, -1022, -1074, 128, -126, -149];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x)
        where L : struct, ILanes<L> => VectorMath.Exp2(x);

    public static Scaled Reference(double x) => Kernels.Reference.Exp2(x);

    public static double Special(double x) => double.Exp2(x);
}

public readonly struct Expm1UnderTest : IFunctionUnderTest
{
    public static double[] Centres => [0, 0.34657359, -0.34657359, 1.0397, -1.0397, 709.782712893384, 88.72283, -37, -17];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x)
        where L : struct, ILanes<L> => VectorMath.Expm1(x);

    public static Scaled Reference(double x) => Kernels.Reference.Expm1(x);

    public static double Special(double x) => x == 0 ? x : double.ExpM1(x);
}

public readonly struct LogUnderTest : IFunctionUnderTest
{
    public static double MostUlps => 2.5;

    public static double[] Centres => [0, 1, 0.7071067811865476, 1.4142135623730951, 2];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x)
        where L : struct, ILanes<L> => VectorMath.Log(x);

    public static Scaled Reference(double x) => Kernels.Reference.Log(x);

    public static double Special(double x) => Math.Log(x);
}

public readonly struct Log1pUnderTest : IFunctionUnderTest
{
    public static double[] Centres => [0, -1, -0.2928932188134524, 0.41421356237309503];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x)
        where L : struct, ILanes<L> => VectorMath.Log1p(x);

    public static Scaled Reference(double x) => Kernels.Reference.Log1p(x);

    public static double Special(double x) => x == 0 ? x : double.LogP1(x);
}

public readonly struct SinUnderTest : IFunctionUnderTest
{
    public static double MostUlps => 2.5;

    public static double[] Centres => [0, Math.PI / 4, Math.PI / 2, Math.PI, 3 * Math.PI, 1000 * Math.PI, 33333 * Math.PI, 1e5, 1e8, 1.5e6, 6e3];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x)
        where L : struct, ILanes<L> => VectorMath.Sin(x);

    public static Scaled Reference(double x) => Kernels.Reference.Sin(x);

    public static double Special(double x) => Math.Sin(x);
}

public readonly struct CosUnderTest : IFunctionUnderTest
{
    public static double MostUlps => 2.5;

    public static double[] Centres => [0, Math.PI / 4, Math.PI / 2, Math.PI, 2.5 * Math.PI, 1000.5 * Math.PI, 33333.5 * Math.PI, 1e5, 1e8, 1.5e6, 6e3];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x)
        where L : struct, ILanes<L> => VectorMath.Cos(x);

    public static Scaled Reference(double x) => Kernels.Reference.Cos(x);

    public static double Special(double x) => Math.Cos(x);
}

public readonly struct SineOfBothUnderTest : IFunctionUnderTest
{
    public static double MostUlps => 2.5;

    public static double[] Centres => SinUnderTest.Centres;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x)
        where L : struct, ILanes<L> => VectorMath.SinCos(x, out _);

    public static Scaled Reference(double x) => Kernels.Reference.Sin(x);

    public static double Special(double x) => Math.Sin(x);
}

public readonly struct CosineOfBothUnderTest : IFunctionUnderTest
{
    public static double MostUlps => 2.5;

    public static double[] Centres => CosUnderTest.Centres;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x)
        where L : struct, ILanes<L>
    {
        VectorMath.SinCos(x, out var cos);
        return cos;
    }

    public static Scaled Reference(double x) => Kernels.Reference.Cos(x);

    public static double Special(double x) => Math.Cos(x);
}

public readonly struct TanUnderTest : IFunctionUnderTest
{
    public static double[] Centres => SinUnderTest.Centres;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x)
        where L : struct, ILanes<L> => VectorMath.Tan(x);

    public static Scaled Reference(double x) => Kernels.Reference.Tan(x);

    public static double Special(double x) => Math.Tan(x);
}

public readonly struct TanhUnderTest : IFunctionUnderTest
{
    public static double[] Centres => [0, 0.17328679, 0.52, 22, 10, 9.01, 19.06];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x)
        where L : struct, ILanes<L> => VectorMath.Tanh(x);

    public static Scaled Reference(double x) => Kernels.Reference.Tanh(x);

    public static double Special(double x) => Math.Tanh(x);
}

public readonly struct TanhOfBothUnderTest : IFunctionUnderTest
{
    public static double[] Centres => TanhUnderTest.Centres;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x)
        where L : struct, ILanes<L> => VectorMath.TanhAndDerivative(x, out _);

    public static Scaled Reference(double x) => Kernels.Reference.Tanh(x);

    public static double Special(double x) => Math.Tanh(x);
}

public readonly struct SigmoidUnderTest : IFunctionUnderTest
{
    public static double[] Centres => [0, -708, -745, -103, -87, 36, 17];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x)
        where L : struct, ILanes<L> => VectorMath.Sigmoid(x);

    public static Scaled Reference(double x) => Kernels.Reference.Sigmoid(x);

    public static double Special(double x) => 1 / (1 + Math.Exp(-x));
}

public readonly struct SigmoidOfBothUnderTest : IFunctionUnderTest
{
    public static double[] Centres => SigmoidUnderTest.Centres;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x)
        where L : struct, ILanes<L> => VectorMath.SigmoidAndDerivative(x, out _);

    public static Scaled Reference(double x) => Kernels.Reference.Sigmoid(x);

    public static double Special(double x) => 1 / (1 + Math.Exp(-x));
}

public readonly struct SigmoidSlopeUnderTest : IFunctionUnderTest
{
    public static double[] Centres => SigmoidUnderTest.Centres;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x)
        where L : struct, ILanes<L>
    {
        VectorMath.SigmoidAndDerivative(x, out var derivative);
        return derivative;
    }

    public static Scaled Reference(double x) => Kernels.Reference.SigmoidSlope(x);

    public static double Special(double x) => double.IsNaN(x) ? x : x == 0 ? 0.25 : 0;
}

public readonly struct SoftplusUnderTest : IFunctionUnderTest
{
    public static double[] Centres => [0, -708, -745, -103, -87, 36, 17, 0.881];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x)
        where L : struct, ILanes<L> => VectorMath.Softplus(x);

    public static Scaled Reference(double x) => Kernels.Reference.Softplus(x);

    public static double Special(double x) => x == double.PositiveInfinity ? x : double.LogP1(Math.Exp(x));
}

public readonly struct SoftplusSlopeUnderTest : IFunctionUnderTest
{
    public static double[] Centres => SigmoidUnderTest.Centres;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x)
        where L : struct, ILanes<L>
    {
        VectorMath.SoftplusAndDerivative(x, out var derivative);
        return derivative;
    }

    public static Scaled Reference(double x) => Kernels.Reference.Sigmoid(x);

    public static double Special(double x) => 1 / (1 + Math.Exp(-x));
}

public readonly struct ErfUnderTest : IFunctionUnderTest
{
    public static double[] Centres => [0, 0.5, 1, 3.9, 5.92];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x)
        where L : struct, ILanes<L> => VectorMath.Erf(x);

    public static Scaled Reference(double x) => Kernels.Reference.Erf(x);

    public static double Special(double x) => x == 0 || double.IsNaN(x) ? x : Math.Sign(x);
}

public readonly struct ErfcUnderTest : IFunctionUnderTest
{
    public static double[] Centres => [0, -0.5, 0.5, 1, 2, -5.9, 9.2, 10.05, 26.5, 27.2];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x)
        where L : struct, ILanes<L> => VectorMath.Erfc(x);

    public static Scaled Reference(double x) => Kernels.Reference.Erfc(x);

    public static double Special(double x) => double.IsNaN(x) ? x : 1 - Math.Sign(x);
}

public readonly struct GeluUnderTest : IFunctionUnderTest
{
    // A dozen roundings; where multiply-adds are two, some more.
    public static double MostUlps => Lanes1<double>.IsFused ? 4 : 5;

    public static double[] Centres => [0, -0.75, -37.5, -38.6, -13, -14.2, 5, 8];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x)
        where L : struct, ILanes<L> => VectorMath.Gelu(x);

    public static Scaled Reference(double x) => Kernels.Reference.Gelu(x);

    public static double Special(double x) => x == double.NegativeInfinity ? -0.0 : x;
}

public readonly struct TanhSlopeUnderTest : IFunctionUnderTest
{
    public static double[] Centres => [0, 0.17328679, 22, 10, 349, 42];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x)
        where L : struct, ILanes<L>
    {
        VectorMath.TanhAndDerivative(x, out var derivative);
        return derivative;
    }

    public static Scaled Reference(double x) => Kernels.Reference.TanhSlope(x);

    public static double Special(double x) => double.IsNaN(x) ? x : x == 0 ? 1 : 0;
}
