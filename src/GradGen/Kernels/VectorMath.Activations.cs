using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

/// <content>What networks apply to their layers, each also with its derivative, which shares the exponential.</content>
public static partial class VectorMath
{
    /// <summary>The logistic sigmoid 1 / (1 + e⁻ˣ), with only the exponential that cannot overflow.</summary>
    /// <typeparam name="L">The register.</typeparam>
    /// <param name="x">The numbers.</param>
    /// <returns>Numbers from 0 to 1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Sigmoid<L>(L x)
        where L : struct, ILanes<L>
    {
        var e = ExpOfNegative(-L.Abs(x));
        return L.SelectLess(x, L.Zero, e, L.Constant(1)) / (L.Constant(1) + e);
    }

    /// <summary>The logistic sigmoid σ and its derivative σ·(1 − σ), here e⁻ᴵˣᴵ / (1 + e⁻ᴵˣᴵ)², which does not cancel.</summary>
    /// <typeparam name="L">The register.</typeparam>
    /// <param name="x">The numbers.</param>
    /// <param name="derivative">The derivatives.</param>
    /// <returns>Numbers from 0 to 1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L SigmoidAndDerivative<L>(L x, out L derivative)
        where L : struct, ILanes<L>
    {
        var e = ExpOfNegative(-L.Abs(x));
        var inverse = L.Constant(1) / (L.Constant(1) + e);
        var small = e * inverse;
        derivative = small * inverse;
        return L.SelectLess(x, L.Zero, small, inverse);
    }

    /// <summary>The hyperbolic tangent, as m/(m + 2) with m = e²ˣ − 1, which keeps its accuracy near 0.</summary>
    /// <typeparam name="L">The register.</typeparam>
    /// <param name="x">The numbers.</param>
    /// <returns>Numbers from −1 to 1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Tanh<L>(L x)
        where L : struct, ILanes<L>
    {
        var size = L.Abs(x);
        var m = Expm1OfPositive(size + size);
        var result = m / (m + L.Constant(2));
        result = L.SelectLess(Exponents.Choose<L>(22, 10), size, L.Constant(1), result);
        return L.Or(result, L.And(x, L.Constant(-0.0)));
    }

    /// <summary>
    /// The hyperbolic tangent t and its derivative 1 − t², here 4·(m + 1)/(m + 2)², which does not cancel. Beyond 350 (43
    /// for <see cref="float"/>) the derivative, below the smallest normal number or nearly, is 0.
    /// </summary>
    /// <typeparam name="L">The register.</typeparam>
    /// <param name="x">The numbers.</param>
    /// <param name="derivative">The derivatives.</param>
    /// <returns>Numbers from −1 to 1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L TanhAndDerivative<L>(L x, out L derivative)
        where L : struct, ILanes<L>
    {
        var size = L.Abs(x);
        var m = Expm1OfPositive(size + size);
        var inverse = L.Constant(1) / (m + L.Constant(2));
        var twice = inverse + inverse;
        var limit = Exponents.Choose<L>(350, 43);
        derivative = L.SelectLess(limit, size, L.Zero, L.MultiplyAdd(m, twice, twice) * twice);
        var result = L.SelectLess(Exponents.Choose<L>(22, 10), size, L.Constant(1), m * inverse);
        return L.Or(result, L.And(x, L.Constant(-0.0)));
    }

    /// <summary>ln(1 + eˣ) = max(x, 0) + ln(1 + e⁻ᴵˣᴵ).</summary>
    /// <typeparam name="L">The register.</typeparam>
    /// <param name="x">The numbers.</param>
    /// <returns>Numbers from 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Softplus<L>(L x)
        where L : struct, ILanes<L> =>
        L.SelectLess(L.Zero, x, x, L.Zero) + Log1pOfFraction(ExpOfNegative(-L.Abs(x)));

    /// <summary>ln(1 + eˣ) and its derivative, the logistic sigmoid.</summary>
    /// <typeparam name="L">The register.</typeparam>
    /// <param name="x">The numbers.</param>
    /// <param name="derivative">The derivatives.</param>
    /// <returns>Numbers from 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L SoftplusAndDerivative<L>(L x, out L derivative)
        where L : struct, ILanes<L>
    {
        var e = ExpOfNegative(-L.Abs(x));
        derivative = L.SelectLess(x, L.Zero, e, L.Constant(1)) / (L.Constant(1) + e);
        return L.SelectLess(L.Zero, x, x, L.Zero) + Log1pOfFraction(e);
    }
}
