using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

/// <content>The circular functions: x = n·π/2 + r with |r| at most π/4, and n mod 4 says which of ±sin r and ±cos r is meant.</content>
public static partial class VectorMath
{
    /// <summary>sin x.</summary>
    /// <typeparam name="L">The register.</typeparam>
    /// <param name="x">The angles in radians.</param>
    /// <returns>Numbers from −1 to 1; NaN for what is not finite.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Sin<L>(L x)
        where L : struct, ILanes<L>
    {
        var sine = OfRemainder(x, out var cosine, out var quadrant);
        var result = Signed(L.SelectLess(Parity(quadrant), L.Zero, cosine, sine), quadrant);
        return IsLarge(x) ? OfLarge<L, Sine>(x, result) : result;
    }

    /// <summary>cos x.</summary>
    /// <typeparam name="L">The register.</typeparam>
    /// <param name="x">The angles in radians.</param>
    /// <returns>Numbers from −1 to 1; NaN for what is not finite.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Cos<L>(L x)
        where L : struct, ILanes<L>
    {
        var sine = OfRemainder(x, out var cosine, out var quadrant);
        var result = Signed(L.SelectLess(Parity(quadrant), L.Zero, sine, cosine), Next(quadrant));
        return IsLarge(x) ? OfLarge<L, Cosine>(x, result) : result;
    }

    /// <summary>sin x and cos x.</summary>
    /// <typeparam name="L">The register.</typeparam>
    /// <param name="x">The angles in radians.</param>
    /// <param name="cos">The cosines.</param>
    /// <returns>The sines.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L SinCos<L>(L x, out L cos)
        where L : struct, ILanes<L>
    {
        var sine = OfRemainder(x, out var cosine, out var quadrant);
        var parity = Parity(quadrant);
        cos = Signed(L.SelectLess(parity, L.Zero, sine, cosine), Next(quadrant));
        var sin = Signed(L.SelectLess(parity, L.Zero, cosine, sine), quadrant);
        if (IsLarge(x))
        {
            cos = OfLarge<L, Cosine>(x, cos);
            sin = OfLarge<L, Sine>(x, sin);
        }

        return sin;
    }

    /// <summary>tan x.</summary>
    /// <typeparam name="L">The register.</typeparam>
    /// <param name="x">The angles in radians.</param>
    /// <returns>The tangents; NaN for what is not finite.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Tan<L>(L x)
        where L : struct, ILanes<L>
    {
        // A quarter turn further it is −cos r / sin r.
        var sine = OfRemainder(x, out var cosine, out var quadrant);
        var parity = Parity(quadrant);
        var result = L.SelectLess(parity, L.Zero, -cosine, sine) / L.SelectLess(parity, L.Zero, sine, cosine);
        return IsLarge(x) ? OfLarge<L, Tangent>(x, result) : result;
    }

    /// <summary>Up to here the remainder is accurate; beyond, <see cref="Math"/> is asked, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L LargestAngle<L>()
        where L : struct, ILanes<L> =>
        L.IsFused ? Exponents.Choose<L>(1e8, 1e5) : Exponents.Choose<L>(1.5e6, 6e3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsLarge<L>(L x)
        where L : struct, ILanes<L> =>
        L.Any(L.Less(LargestAngle<L>(), L.Abs(x)));

    /// <summary>
    /// sin r and cos r; the quadrant n is in the lowest bits. π/2 is a sum of numbers. Where multiply-adds are
    /// fused the first two differences are exact wherever they cancel: x − n·π₁ is a multiple of a unit that is small
    /// enough. Elsewhere the parts have so few bits that their products by n are exact.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L OfRemainder<L>(L x, out L cosine, out L quadrant)
        where L : struct, ILanes<L>
    {
        var toWhole = Exponents.Choose<L>(6755399441055744.0, 12582912.0);
        quadrant = L.MultiplyAdd(x, L.Constant(0.6366197723675814), toWhole);
        var n = quadrant - toWhole;
        L r;
        if (L.IsFused)
        {
            r = L.MultiplyAdd(n, Exponents.Choose<L>(-1.5707963267948966, -1.5707963705062866), x);
            r = L.MultiplyAdd(n, Exponents.Choose<L>(-6.123233995736766e-17, 4.371138828673793e-08), r);
            r = L.MultiplyAdd(n, Exponents.Choose<L>(1.4973849048591698e-33, 1.7151245100058819e-15), r);
        }
        else
        {
            r = L.MultiplyAdd(n, Exponents.Choose<L>(-1.5707963267341256, -1.5703125), x);
            r = L.MultiplyAdd(n, Exponents.Choose<L>(-6.077100506303966e-11, -0.0004837512969970703), r);
            r = L.MultiplyAdd(n, Exponents.Choose<L>(-2.0222662487111665e-21, -7.549533620476723e-08), r);
            r = L.MultiplyAdd(n, Exponents.Choose<L>(-8.4784276603689e-32, -2.5632829192545614e-12), r);
            r = L.MultiplyAdd(n, Exponents.Choose<L>(0, -6.123234262925839e-17), r);
        }

        var square = r * r;
        L sine;
        if (L.IsSingle)
        {
            // Relative errors 2⁻²⁸ and 2⁻³³.
            sine = Polynomial.Of(square, square * square, -0.16666654603057754, 0.008332160317015261, -0.00019515219733586114);
            cosine = Polynomial.Of(square, square * square, 0.041666645665813615, -0.001388731545327731, 2.4433067314637583e-05);
        }
        else
        {
            // Relative errors 2⁻⁵⁷·⁹ and 2⁻⁶⁴.
            sine = Polynomial.Of(
                square, square * square, -0.1666666666666663, 0.008333333333322108, -0.0001984126982958026,
                2.7557313618031692e-06, -2.5050747218370923e-08, 1.5896197559326608e-10);
            cosine = Polynomial.Of(
                square, square * square, 0.041666666666666595, -0.001388888888887304, 2.480158728884204e-05,
                -2.7557314176404107e-07, 2.0875700435542005e-09, -1.1358514820409307e-11);
        }

        // r + r³·p(r²), where the sign of a zero would be lost; and 1 − r²/2 + r⁴·q(r²), where ½ of r² is exact.
        sine = L.Or(L.MultiplyAdd(square * r, sine, r), L.And(r, L.Constant(-0.0)));
        cosine = L.MultiplyAdd(square * square, cosine, L.MultiplyAdd(square, L.Constant(-0.5), L.Constant(1)));
        return sine;
    }

    /// <summary>−1 where the lowest bit is set, otherwise 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Parity<L>(L bits)
        where L : struct, ILanes<L> =>
        L.Or(L.ShiftLeftBits(bits, 63, 31), L.Constant(1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Next<L>(L quadrant)
        where L : struct, ILanes<L> =>
        L.AddBits(quadrant, L.FromBits(1, 1));

    /// <summary>The other sign in quadrants 2 and 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Signed<L>(L value, L quadrant)
        where L : struct, ILanes<L> =>
        L.Xor(value, L.And(L.ShiftLeftBits(quadrant, 62, 30), L.Constant(-0.0)));

    /// <summary>Replaces what is beyond <see cref="LargestAngle"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static L OfLarge<L, TFunction>(L x, L result)
        where L : struct, ILanes<L>
        where TFunction : struct, IFunction
    {
        var limit = LargestAngle<L>().Lane(0);
        for (var lane = 0; lane < L.Count; lane++)
        {
            var angle = x.Lane(lane);
            if (Math.Abs(angle) > limit)
                result = result.WithLane(lane, TFunction.Of(angle));
        }

        return result;
    }

    private interface IFunction
    {
        static abstract double Of(double x);
    }

    private readonly struct Sine : IFunction
    {
        public static double Of(double x) => Math.Sin(x);
    }

    private readonly struct Cosine : IFunction
    {
        public static double Of(double x) => Math.Cos(x);
    }

    private readonly struct Tangent : IFunction
    {
        public static double Of(double x) => Math.Tan(x);
    }
}
