using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

/// <summary>Scaling by powers of two and taking numbers apart, by their bits: where no instruction does it.</summary>
internal static class Exponents
{
    /// <summary>A constant that differs with the type of the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Choose<L>(double value, double single)
        where L : struct, ILanes<L> =>
        L.Constant(L.IsSingle ? single : value);

    /// <summary>
    /// value · 2ⁿ as value · 2ᵏ · 2ⁿ⁻ᵏ with k = ⌊n/2⌋, whose exponents fit although that of 2ⁿ may not. The sum of k,
    /// 1.5·2⁵² and the bias has k + bias in its lowest bits; they are moved to where the exponent is.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Scale<L>(L value, L n)
        where L : struct, ILanes<L>
    {
        var toBits = Choose<L>(6755399441055744.0 + 1023, 12582912.0 + 127);
        var half = L.Floor(n * L.Constant(0.5));
        var one = L.ShiftLeftBits(half + toBits, 52, 23);
        var other = L.ShiftLeftBits(n - half + toBits, 52, 23);
        return value * one * other;
    }

    /// <summary>
    /// The bits of 1/√½ more than the value have n + bias as their exponent; minus n there, the value's are those of the
    /// mantissa. Subnormal numbers are multiplied by a power of two before.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Split<L>(L value, out L n)
        where L : struct, ILanes<L>
    {
        var isSubnormal = L.Less(value, Choose<L>(2.2250738585072014E-308, 1.17549435E-38));
        var normal = L.Select(isSubnormal, value * Choose<L>(1L << 54, 1L << 25), value);
        var one = L.FromBits(0x3FF0000000000000, 0x3F800000);
        var shifted = L.AddBits(normal, L.FromBits(0x3FF0000000000000 - 0x3FE6A09E667F3BCD, 0x3F800000 - 0x3F3504F3));
        var biased = L.ShiftRightBits(shifted, 52, 23);
        // 2⁵² with the biased exponent as its lowest bits is their sum.
        var number = L.Or(biased, L.FromBits(0x4330000000000000, 0x4B000000)) - Choose<L>(4503599627370496.0 + 1023, 8388608.0 + 127);
        n = number - L.And(isSubnormal, Choose<L>(54, 25));
        var exponent = L.And(shifted, L.FromBits(unchecked((long)0xFFF0000000000000), unchecked((int)0xFF800000)));
        return L.SubtractBits(normal, L.SubtractBits(exponent, one));
    }
}
