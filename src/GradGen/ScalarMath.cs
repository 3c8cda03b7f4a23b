using System.Numerics;
using System.Runtime.CompilerServices;
using GradGen.Kernels;

namespace GradGen;

/// <summary>The scalar functions behind <see cref="MatrixFunctions"/>, in forms that neither overflow nor cancel.</summary>
internal static class ScalarMath
{
    /// <summary>
    /// eˣ − 1. Near 0 the subtraction would cancel, and W. Kahan's form (u − 1)·x / ln u with u = eˣ does not:
    /// the rounding of u is in both u − 1 and ln u, and their quotient hardly feels it.
    /// </summary>
    public static TScalar Expm1<TScalar>(TScalar x)
        where TScalar : IFloatingPointIeee754<TScalar>
    {
        var u = TScalar.Exp(x);
        if (TScalar.Abs(x) >= TScalar.One)
            return u - TScalar.One;
        return u == TScalar.One ? x : (u - TScalar.One) * x / TScalar.Log(u);
    }

    /// <summary>ln(1 + x). Near 0 what 1 + x loses by rounding is put back by W. Kahan's form ln u · x / (u − 1).</summary>
    public static TScalar Log1p<TScalar>(TScalar x)
        where TScalar : IFloatingPointIeee754<TScalar>
    {
        var u = TScalar.One + x;
        if (TScalar.Abs(x) >= TScalar.One)
            return TScalar.Log(u);
        return u == TScalar.One ? x : TScalar.Log(u) * x / (u - TScalar.One);
    }

    /// <summary>1 / (1 + e⁻ˣ), with only the exponential that cannot overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TScalar Sigmoid<TScalar>(TScalar x)
        where TScalar : IFloatingPointIeee754<TScalar>
    {
        var e = TScalar.Exp(-TScalar.Abs(x));
        return (x >= TScalar.Zero ? TScalar.One : e) / (TScalar.One + e);
    }

    /// <summary>ln(1 + eˣ) = max(x, 0) + ln(1 + e⁻ᴵˣᴵ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TScalar Softplus<TScalar>(TScalar x)
        where TScalar : IFloatingPointIeee754<TScalar> =>
        TScalar.Max(x, TScalar.Zero) + Log1p(TScalar.Exp(-TScalar.Abs(x)));

    /// <summary>ln(1 / (1 + e⁻ˣ)) = −softplus(−x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TScalar LogSigmoid<TScalar>(TScalar x)
        where TScalar : IFloatingPointIeee754<TScalar> =>
        -Softplus(-x);

    /// <summary>x where x is above 0, 0 where it is not; a NaN stays one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TScalar Relu<TScalar>(TScalar x)
        where TScalar : IFloatingPointIeee754<TScalar> =>
        x <= TScalar.Zero ? TScalar.Zero : x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TScalar LeakyRelu<TScalar>(TScalar x, TScalar slope)
        where TScalar : IFloatingPointIeee754<TScalar> =>
        x > TScalar.Zero ? x : slope * x;

    /// <summary>The error function: one lane of what vectors compute, and so with the same digits.</summary>
    public static TScalar Erf<TScalar>(TScalar x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar> =>
        VectorMath.Erf(new Lanes1<TScalar>(x)).Value;

    public static TScalar Erfc<TScalar>(TScalar x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar> =>
        VectorMath.Erfc(new Lanes1<TScalar>(x)).Value;

    public static TScalar Gelu<TScalar>(TScalar x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar> =>
        VectorMath.Gelu(new Lanes1<TScalar>(x)).Value;

    public static TScalar GeluDerivative<TScalar>(TScalar x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar> =>
        VectorMath.GeluDerivative(new Lanes1<TScalar>(x)).Value;
}
