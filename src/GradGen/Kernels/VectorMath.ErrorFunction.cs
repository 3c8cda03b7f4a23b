using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

/// <content>
/// The error function, and the linear unit that a normal distribution gates, x·Φ(x). Both from Mills' ratio: what is above
/// a ≥ 0 in a standard normal distribution is e^(−a²/2)·R(a), with R smooth and slowly falling.
/// </content>
public static partial class VectorMath
{
    /// <summary>The error function, 2/√π·∫₀ˣ e^(−t²) dt.</summary>
    /// <typeparam name="L">The register.</typeparam>
    /// <param name="x">The numbers.</param>
    /// <returns>Numbers from −1 to 1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Erf<L>(L x)
        where L : struct, ILanes<L>
    {
        // Below ½ an odd series, relative error 2⁻⁵⁷·⁸ (2⁻²⁹·⁵ for float); above 1 − e^(−x²)·2R(√2·x).
        var square = x * x;
        var series = L.IsSingle
            ? Polynomial.Of(square, square * square, 0.1283791655675424, -0.37612608574230283, 0.11282822824487847, -0.026757184654804325, 0.004717990067210741)
            : Polynomial.Of(
                square, square * square, 0.12837916709551256, -0.37612638903183465, 0.11283791670924813, -0.026866170632715684, 0.005223977370325059,
                -0.0008548297524307522, 0.00012053324310301528, -1.4845583669810084e-05, 1.4723214762719855e-06);
        series = L.MultiplyAdd(x, series, x);
        var size = L.Abs(x);
        var ratio = MillsRatio(size * 1.4142135623730951, out var below);
        var power = L.Scale(ReducedExpm1(-square, out var n) + 1, n);
        power += power;
        var result = 1 - (L.MultiplyAdd(power, ratio, power) / below);
        result = L.SelectLess(L.Constant(6, 4), size, L.Constant(1), result);
        result = L.CopySign(result, x);
        return L.SelectLess(size, L.Constant(0.5), series, result);
    }

    /// <summary>The complementary error function 1 − erf x, which keeps its digits where erf x is almost 1.</summary>
    /// <typeparam name="L">The register.</typeparam>
    /// <param name="x">The numbers.</param>
    /// <returns>Numbers from 0 to 2.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Erfc<L>(L x)
        where L : struct, ILanes<L>
    {
        var size = SizeUpTo(x, L.Constant(27.5, 10.5));
        var reduced = GaussianExpm1(size, -1, out var n);
        var ratio = MillsRatio(size * 1.4142135623730951, out var below);
        var above = (L.MultiplyAdd(ratio, reduced, reduced) + ratio + 1) / below;
        var part = L.Scale(above + above, n);
        return L.SelectLess(x, L.Zero, 2 - part, part);
    }

    /// <summary>The gated linear unit x·Φ(x) with the normal distribution's Φ, accurate for negative numbers also.</summary>
    /// <typeparam name="L">The register.</typeparam>
    /// <param name="x">The numbers.</param>
    /// <returns>x·Φ(x), in each lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Gelu<L>(L x)
        where L : struct, ILanes<L>
    {
        // x·Q for negative x and x − x·Q for others, with Q = 1 − Φ(|x|). The power of two comes last, so that a
        // subnormal Q does not round what is left of x·Q.
        var size = GeluParts(x, out var reduced, out var n);
        var ratio = MillsRatio(size, out var below);
        var signed = L.CopySign(size, x);
        var part = L.Scale(L.MultiplyAdd(signed, L.MultiplyAdd(ratio, reduced, reduced) + ratio, signed) / below, n);
        return L.SelectLess(L.Zero, x, x - part, part);
    }

    /// <summary>
    /// The gated linear unit x·Φ(x) and its derivative Φ(x) + x·φ(x); both terms are as accurate, and cancel near −0.75.
    /// </summary>
    /// <typeparam name="L">The register.</typeparam>
    /// <param name="x">The numbers.</param>
    /// <param name="derivative">The derivatives.</param>
    /// <returns>x·Φ(x), in each lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L GeluAndDerivative<L>(L x, out L derivative)
        where L : struct, ILanes<L>
    {
        var size = GeluParts(x, out var reduced, out var n);
        var signed = L.CopySign(size, x);
        var ratio = MillsRatio(size, out var below);
        var above = (L.MultiplyAdd(ratio, reduced, reduced) + ratio + 1) / below;
        var density = signed * 0.3989422804014327;
        var part = L.Scale(signed * above, n);
        var tail = L.Scale(above, n);
        derivative = L.SelectLess(L.Zero, x, 1 - tail, tail) + L.Scale(L.MultiplyAdd(density, reduced, density), n);
        return L.SelectLess(L.Zero, x, x - part, part);
    }

    /// <summary>The derivative Φ(x) + x·φ(x) of the gated linear unit alone.</summary>
    /// <typeparam name="L">The register.</typeparam>
    /// <param name="x">The numbers.</param>
    /// <returns>Numbers from −0.13 to 1.13.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L GeluDerivative<L>(L x)
        where L : struct, ILanes<L>
    {
        GeluAndDerivative(x, out var derivative);
        return derivative;
    }

    /// <summary>|x|, at most so large that nothing is left above; and e^(−x²/2) = (1 + reduced)·2ⁿ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L GeluParts<L>(L x, out L reduced, out L n)
        where L : struct, ILanes<L>
    {
        var size = SizeUpTo(x, L.Constant(39, 15));
        reduced = GaussianExpm1(size, -0.5, out n);
        return size;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L SizeUpTo<L>(L x, L largest)
        where L : struct, ILanes<L>
    {
        var size = L.Abs(x);
        return L.SelectLess(largest, size, largest, size);
    }

    /// <summary>
    /// The exponential of factor·size² as (1 + reduced)·2ⁿ, where the factor is ± a power of two. The square is taken
    /// in two parts, of which the first is exact: its rounding would be in the exponential many times.
    /// </summary>
    /// <returns>The reduced exponential less one.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L GaussianExpm1<L>(L size, double factor, out L n)
        where L : struct, ILanes<L>
    {
        var upper = L.And(size, L.FromBits(unchecked((long)0xFFFFFFFFF8000000), unchecked((int)0xFFFFF000)));
        var lower = (size - upper) * (size + upper);
        return ReducedExpm1(upper * upper * factor, lower * factor, out n);
    }

    /// <summary>
    /// R(a) as 1 / (√(2π)·a + N/D) = D / (√(2π)·a·D + N), for a from 0 to 39 (15 for <see cref="float"/>): relative error
    /// 2⁻⁵⁶·³ (2⁻³⁵·⁶). The rounding errors of both polynomials, which grow with a, hardly matter where a is large: N/D
    /// falls as 1/a. Where a is small, they would: so D − 1 and N − 2 are kept apart from the 1 and the 2.
    /// </summary>
    /// <returns>D − 1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L MillsRatio<L>(L a, out L below)
        where L : struct, ILanes<L>
    {
        var square = a * a;
        L numerator, denominator;
        if (L.IsSingle)
        {
            numerator = Polynomial.Of(
                a, square, 1.4980168487205991, 0.5887571816726717, 0.13703012783506496, 0.01869911697902453,
                0.001206502980763146);
            denominator = Polynomial.Of(
                a, square, 1.2044380002605755, 0.7062955178451921, 0.24960676360828163, 0.055641081011845915, 0.007459470578230223,
                0.0004813313090728443);
        }
        else
        {
            numerator = Polynomial.Of(
                a, square, 2.4523676133683106, 1.5401617742491553, 0.6280449876520396, 0.180516967519655,
                0.03763187717738057, 0.0056726122600895545, 0.000596677864141608, 3.99307028503867e-05, 1.309025844319956e-06);
            denominator = Polynomial.Of(
                a, square, 1.6816133831967903, 1.399317585724288, 0.7455454247377981, 0.2791741335074381, 0.07644631585594815,
                0.015485895361790989, 0.002294904911026429, 0.00023908448030464163, 1.593004564121726e-05, 5.222257555010954e-07);
        }

        denominator *= a;
        var sum = denominator + 1;
        // √(2π) is not near a number of this length: its rest is added.
        numerator = L.MultiplyAdd(sum, L.Constant(-1.8328579980459167e-16, -2.866020366467347e-10), numerator);
        below = L.MultiplyAdd(a, L.MultiplyAdd(sum, 2.5066282746310007, numerator), 2);
        return denominator;
    }
}
