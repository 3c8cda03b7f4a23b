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
        return L.SelectLess(x, L.Zero, e, L.Constant(1)) / (e + 1);
    }

    /// <summary>
    /// The logistic sigmoid σ and its derivative σ·(1 − σ), of the smaller of σ and 1 − σ: the other is its difference to
    /// 1, without cancellation.
    /// </summary>
    /// <typeparam name="L">The register.</typeparam>
    /// <param name="x">The numbers.</param>
    /// <param name="derivative">The derivatives.</param>
    /// <returns>Numbers from 0 to 1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L SigmoidAndDerivative<L>(L x, out L derivative)
        where L : struct, ILanes<L>
    {
        var e = ExpOfNegative(-L.Abs(x));
        var smaller = e / (e + 1);
        var larger = 1 - smaller;
        derivative = smaller * larger;
        return L.SelectLess(x, L.Zero, smaller, larger);
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
        var result = m / (m + 2);
        result = L.SelectLess(L.Constant(22, 10), size, L.Constant(1), result);
        return L.CopySign(result, x);
    }

    /// <summary>
    /// The hyperbolic tangent t and its derivative 1 − t², here 4s·(1 − s) with s = e/(1 + e) and e = e⁻²ᴵˣᴵ, which does
    /// not cancel; and t is −m/(m + 2) with m = e − 1.
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
        var reduced = ReducedExpm1(size * -2, out var n);
        var power = PowerOfTwo(L.MaxNative(n, L.Constant(-100)));
        var m = L.MultiplyAdd(reduced, power, power - 1);
        var inverse = 1 / (m + 2);
        var four = L.Scale((reduced + 1) * (inverse * 4), n);
        derivative = L.SelectLess(L.Constant(373, 52), size, L.Zero, four * L.MultiplyAdd(four, -0.25, L.Constant(1)));
        var result = L.SelectLess(L.Constant(22, 10), size, L.Constant(1), m * inverse);
        return L.CopySign(result, x);
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
        derivative = L.SelectLess(x, L.Zero, e, L.Constant(1)) / (e + 1);
        return L.SelectLess(L.Zero, x, x, L.Zero) + Log1pOfFraction(e);
    }
}
