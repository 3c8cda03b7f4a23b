using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

/// <content>The logarithms: ln x = n·ln 2 + ln(1 + f) with x = 2ⁿ·(1 + f) and 1 + f from √½ to √2.</content>
public static partial class VectorMath
{
    /// <summary>ln x: −∞ at 0, NaN below.</summary>
    /// <typeparam name="L">The register.</typeparam>
    /// <param name="x">The numbers.</param>
    /// <returns>ln x, in each lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Log<L>(L x)
        where L : struct, ILanes<L>
    {
        var mantissa = L.Split(x, out var n);
        return LogOutside(x, x, LogOfParts(mantissa - L.Constant(1), n));
    }

    /// <summary>ln(1 + x), without cancellation near 0: −∞ at −1, NaN below.</summary>
    /// <typeparam name="L">The register.</typeparam>
    /// <param name="x">The numbers.</param>
    /// <returns>ln(1 + x), in each lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Log1p<L>(L x)
        where L : struct, ILanes<L>
    {
        // Where 1 + x needs no exponent, f is x itself, and nothing is lost; elsewhere the logarithm is not small, and
        // the rounding of 1 + x is at most an ulp and a half of it.
        var sum = L.Constant(1) + x;
        var mantissa = L.Split(sum, out var n);
        var f = L.SelectEqual(n, L.Zero, x, mantissa - L.Constant(1));
        var result = LogOutside(x, sum, LogOfParts(f, n));
        return L.SelectEqual(x, L.Zero, x, result);
    }

    /// <summary>ln(1 + x) for x from 0 to 1. Above √2 − 1 it is ln 2 + ln((1 + x)/2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static L Log1pOfFraction<L>(L x)
        where L : struct, ILanes<L>
    {
        var limit = L.Constant(0.41421356237309503);
        var f = L.SelectLess(limit, x, L.MultiplyAdd(x, L.Constant(0.5), L.Constant(-0.5)), x);
        return LogOfParts(f, L.SelectLess(limit, x, L.Constant(1), L.Zero));
    }

    /// <summary>The logarithm where there is none: of numbers that are not above 0 or not finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L LogOutside<L>(L argument, L number, L result)
        where L : struct, ILanes<L>
    {
        result = L.SelectLess(argument, L.Constant(double.PositiveInfinity), result, argument);
        var atMostZero = L.SelectEqual(number, L.Zero, L.Constant(double.NegativeInfinity), L.Constant(double.NaN));
        return L.SelectLessOrEqual(number, L.Zero, atMostZero, result);
    }

    /// <summary>
    /// n·ln 2 + ln(1 + f). For <see cref="double"/> as fdlibm does: with s = f/(2 + f) it is 2·artanh s, an odd series,
    /// arranged so that f is added last. For <see cref="float"/> f − f²/2 + f³·p(f), relative error 2⁻²⁷·³.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L LogOfParts<L>(L f, L n)
        where L : struct, ILanes<L>
    {
        var square = f * f;
        var halfSquare = L.Constant(0.5) * square;
        if (L.IsSingle)
        {
            var p = Polynomial.Of(
                f, square, 0.33333316718149636, -0.250008103044222, 0.20002286699696195, -0.1662455653546661,
                0.14181184924069548, -0.13128732654166886, 0.12881685068182458, -0.07859698534365307);
            var small = L.MultiplyAdd(n, L.Constant(1.4286068203094172321e-06), square * f * p) - halfSquare;
            return L.MultiplyAdd(n, L.Constant(6.9314575195e-01), f + small);
        }

        var s = f / (L.Constant(2) + f);
        var z = s * s;
        var r = z * Polynomial.Of(
            z, z * z, 6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01, 2.222219843214978396e-01,
            1.818357216161805012e-01, 1.531383769920937332e-01, 1.479819860511658591e-01);
        var correction = halfSquare - L.MultiplyAdd(s, halfSquare + r, n * L.Constant(1.90821492927058770002e-10));
        return L.MultiplyAdd(n, L.Constant(6.93147180369123816490e-01), f - correction);
    }
}
