using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

/// <content>
/// The error function, and the linear unit that a normal distribution gates, x·Φ(x). Both from Mills' ratio: what is above
/// a ≥ 0 in a standard normal distribution is e^(−a²/2)·R(a), with R smooth and slowly falling.
/// </content>
public static partial class VectorMath
{
    private const double LargestMills = 39;

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
        var series = x * (L.IsSingle
            ? Polynomial.Of(square, square * square, 1.1283791655675424, -0.37612608574230283, 0.11282822824487847, -0.026757184654804325, 0.004717990067210741)
            : Polynomial.Of(
                square, square * square, 1.1283791670955126, -0.37612638903183465, 0.11283791670924813, -0.026866170632715684, 0.005223977370325059,
                -0.0008548297524307522, 0.00012053324310301528, -1.4845583669810084e-05, 1.4723214762719855e-06));
        var size = L.Abs(x);
        var above = MillsRatio(size * L.Constant(1.4142135623730951));
        var power = L.Scale(L.Constant(1) + ReducedExpm1(-square, L.Zero, out var n), n);
        var result = L.Constant(1) - ((power + power) * above);
        result = L.SelectLess(Exponents.Choose<L>(6, 4), size, L.Constant(1), result);
        result = L.Or(result, L.And(x, L.Constant(-0.0)));
        return L.SelectLess(size, L.Constant(0.5), series, result);
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
        var size = GeluParts(x, out var above, out _, out var n);
        var part = L.Scale(L.Or(size, L.And(x, L.Constant(-0.0))) * above, n);
        return L.SelectLess(L.Zero, x, x - part, part);
    }

    /// <summary>The gated linear unit x·Φ(x) and its derivative Φ(x) + x·φ(x).</summary>
    /// <typeparam name="L">The register.</typeparam>
    /// <param name="x">The numbers.</param>
    /// <param name="derivative">The derivatives.</param>
    /// <returns>x·Φ(x), in each lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L GeluAndDerivative<L>(L x, out L derivative)
        where L : struct, ILanes<L>
    {
        var size = GeluParts(x, out var above, out var power, out var n);
        var signed = L.Or(size, L.And(x, L.Constant(-0.0)));
        var part = L.Scale(signed * above, n);
        var tail = L.Scale(above, n);
        var slope = L.Scale(signed * (power * L.Constant(0.3989422804014327)), n);
        derivative = L.SelectLess(L.Zero, x, L.Constant(1) - tail, tail) + slope;
        return L.SelectLess(L.Zero, x, x - part, part);
    }

    /// <summary>
    /// |x|, at most so large that nothing is left above; and e^(−x²/2)·R(|x|) = above·2ⁿ, e^(−x²/2) = power·2ⁿ. The
    /// square is taken in two parts, of which the first is exact: its rounding would be in the exponential many times.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L GeluParts<L>(L x, out L above, out L power, out L n)
        where L : struct, ILanes<L>
    {
        var largest = L.Constant(LargestMills);
        var size = L.Abs(x);
        size = L.SelectLess(largest, size, largest, size);
        var upper = L.And(size, L.FromBits(unchecked((long)0xFFFFFFFFF8000000), unchecked((int)0xFFFFF000)));
        var lower = (size - upper) * (size + upper);
        var half = L.Constant(-0.5);
        power = L.Constant(1) + ReducedExpm1(upper * upper * half, lower * half, out n);
        above = power * MillsRatio(size);
        return size;
    }

    /// <summary>R(a) for a from 0 to 39: relative error 2⁻⁵⁸·¹ (2⁻²⁶·⁴, up to 15, for <see cref="float"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L MillsRatio<L>(L a)
        where L : struct, ILanes<L>
    {
        var square = a * a;
        if (L.IsSingle)
        {
            return Polynomial.Of(a, square, 0.49999999945701284, 0.4323831453056164, 0.17866133994779035, 0.03903667838479039, 0.0038645045861660813)
                / Polynomial.Of(a, square, 1.0, 1.66265085798334, 1.1839251721341366, 0.4573525929289821, 0.09785797473363038, 0.009686734910158578);
        }

        var numerator = Polynomial.Of(
            a, square, 0.5, 0.8255448372259577, 0.6758026541230963, 0.35434226304487265, 0.1305413192762047, 0.035144206873366515,
            0.006992119684566869, 0.0010162568643692377, 0.00010364311997613125, 6.742602601311084e-06, 2.1497149795727548e-07);
        var denominator = Polynomial.Of(
            a, square, 1.0, 2.4489742352547808, 2.8056040403599845, 1.9887070762593828, 0.9713722011834676, 0.34423099822591413,
            0.0906070387371303, 0.017785361959298293, 0.0025642793890513324, 0.0002603336286349292, 1.690119832507709e-05, 5.388536350193586e-07);
        return numerator / denominator;
    }
}
