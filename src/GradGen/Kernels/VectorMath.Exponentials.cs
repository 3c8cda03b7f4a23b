using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

/// <content>The exponential functions: eˣ = 2ⁿ·eʳ with x = n·ln 2 + r and |r| at most ½·ln 2.</content>
public static partial class VectorMath
{
    /// <summary>eˣ.</summary>
    /// <typeparam name="L">The register.</typeparam>
    /// <param name="x">The exponents.</param>
    /// <returns>eˣ, in each lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Exp<L>(L x)
        where L : struct, ILanes<L>
    {
        var power = L.Scale(ReducedExpm1(x, out var n) + 1, n);
        power = L.SelectLess(x, L.Constant(-746, -104), L.Zero, power);
        return L.SelectLess(L.Constant(710, 89), x, L.Constant(double.PositiveInfinity), power);
    }

    /// <summary>2ˣ.</summary>
    /// <typeparam name="L">The register.</typeparam>
    /// <param name="x">The exponents.</param>
    /// <returns>2ˣ, in each lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Exp2<L>(L x)
        where L : struct, ILanes<L>
    {
        var n = L.Round(x);
        var power = L.Scale(Expm1OfSmall((x - n) * 0.6931471805599453) + 1, n);
        power = L.SelectLess(x, L.Constant(-1076, -151), L.Zero, power);
        return L.SelectLess(L.Constant(1025, 129), x, L.Constant(double.PositiveInfinity), power);
    }

    /// <summary>eˣ − 1, without cancellation near 0.</summary>
    /// <typeparam name="L">The register.</typeparam>
    /// <param name="x">The exponents.</param>
    /// <returns>eˣ − 1, in each lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Expm1<L>(L x)
        where L : struct, ILanes<L>
    {
        // 2·(2ⁿ⁻¹·(eʳ − 1) + 2ⁿ⁻¹ − ½): 2ⁿ itself may overflow where the result does not.
        var reduced = ReducedExpm1(x, out var n);
        var half = PowerOfTwo(n - 1);
        var result = L.MultiplyAdd(reduced, half, half - 0.5);
        result = L.SelectLess(L.Abs(x), L.Constant(1e-20, 1e-10), x, result + result);
        result = L.SelectLess(x, L.Constant(-60), L.Constant(-1), result);
        return L.SelectLess(L.Constant(710, 89), x, L.Constant(double.PositiveInfinity), result);
    }

    /// <summary>eˣ for x ≤ 0: what is left of <see cref="Exp"/> where nothing can overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static L ExpOfNegative<L>(L x)
        where L : struct, ILanes<L>
    {
        var power = L.Scale(ReducedExpm1(x, out var n) + 1, n);
        return L.SelectLess(x, L.Constant(-746, -104), L.Zero, power);
    }

    /// <summary>eˣ − 1 for x from 0 to 700 (to 88 for <see cref="float"/>), also for the smallest x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static L Expm1OfPositive<L>(L x)
        where L : struct, ILanes<L>
    {
        var reduced = ReducedExpm1(x, out var n);
        var power = PowerOfTwo(n);
        return L.MultiplyAdd(reduced, power, power - 1);
    }

    /// <summary>eʳ − 1 and n, with x = n·ln 2 + r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static L ReducedExpm1<L>(L x, out L n)
        where L : struct, ILanes<L> => Expm1OfSmall(Reduced(x, out n));

    /// <summary>eʳ − 1 and n, with x + tail = n·ln 2 + r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static L ReducedExpm1<L>(L x, L tail, out L n)
        where L : struct, ILanes<L> => Expm1OfSmall(Reduced(x, out n) + tail);

    /// <summary>
    /// r and n, with x = n·ln 2 + r. The sum of x/ln 2 and 1.5·2⁵² has no room for a fraction, so that it is rounded to n. The
    /// upper part of ln 2 has so few bits that its product by n is exact.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Reduced<L>(L x, out L n)
        where L : struct, ILanes<L>
    {
        var toWhole = L.Constant(6755399441055744.0, 12582912.0);
        n = L.MultiplyAdd(x, 1.4426950408889634, toWhole) - toWhole;
        var r = L.MultiplyAdd(n, L.Constant(-6.93147180369123816490e-01, -6.9314575195e-01), x);
        return L.MultiplyAdd(n, L.Constant(-1.90821492927058770002e-10, -1.4286068203094172321e-06), r);
    }

    /// <summary>eʳ − 1 = r + r²·q(r) for |r| at most ½·ln 2; relative error 2⁻⁵⁵·⁶ (2⁻²⁶·² for <see cref="float"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Expm1OfSmall<L>(L r)
        where L : struct, ILanes<L>
    {
        var square = r * r;
        var q = L.IsSingle
            ? Polynomial.Of(r, square, 0.499999981523672, 0.16666543603821177, 0.04166720044869693, 0.008366522434713388, 0.001388248619161395)
            : Polynomial.Of(
                r, square, 0.5000000000000006, 0.16666666666666588, 0.04166666666657676, 0.008333333333389568, 0.00138888889315634,
                0.00019841269718985012, 2.4801505275357025e-05, 2.755740755406893e-06, 2.76260373222908e-07, 2.5053773515869268e-08);
        return L.MultiplyAdd(square, q, r);
    }

    /// <summary>2ⁿ, for exponents of normal numbers: the lowest bits of n + bias + 1.5·2⁵² are moved to where the exponent is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L PowerOfTwo<L>(L n)
        where L : struct, ILanes<L> =>
        L.ShiftLeftBits(n + L.Constant(6755399441055744.0 + 1023, 12582912.0 + 127), 52, 23);
}
