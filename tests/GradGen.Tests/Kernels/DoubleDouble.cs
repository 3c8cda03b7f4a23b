using System.Numerics;

namespace GradGen.Tests.Kernels;

/// <summary>
/// A number as the sum of two, the second at most half a unit in the last place of the first: about 106 bits. After
/// T. J. Dekker (1971) and D. E. Knuth.
/// </summary>
public readonly record struct DoubleDouble(double High, double Low)
{
    public static readonly DoubleDouble Pi = Of("3.14159265358979323846264338327950288419716939937510582097494");
    public static readonly DoubleDouble Ln2 = Of("0.693147180559945309417232121458176568075500134360255254120680");

    public static implicit operator DoubleDouble(double value) => new(value, 0);

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        var (s, e) = Sum(a.High, b.High);
        var (t, f) = Sum(a.Low, b.Low);
        (s, e) = FastSum(s, e + t);
        (s, e) = FastSum(s, e + f);
        return new(s, e);
    }

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        var p = a.High * b.High;
        var e = Math.FusedMultiplyAdd(a.High, b.High, -p);
        e += (a.High * b.Low) + (a.Low * b.High);
        var (s, f) = FastSum(p, e);
        return new(s, f);
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        var q = a.High / b.High;
        var rest = a - (b * q);
        var q2 = rest.High / b.High;
        rest -= b * q2;
        var q3 = rest.High / b.High;
        var (s, e) = FastSum(q, q2);
        return new DoubleDouble(s, e) + q3;
    }

    public DoubleDouble ScaleB(int n) => new(Math.ScaleB(High, n), Math.ScaleB(Low, n));

    /// <summary>A decimal number with a point.</summary>
    public static DoubleDouble Of(string digits)
    {
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var numerator = BigInteger.Parse(digits.Remove(point, 1), System.Globalization.CultureInfo.InvariantCulture);
        return OfFixed((numerator << 400) / BigInteger.Pow(10, digits.Length - point - 1), 400);
    }

    /// <summary>value · 2⁻ᵇⁱᵗˢ.</summary>
    public static DoubleDouble OfFixed(BigInteger value, int bits)
    {
        // Only the first 160 bits are converted, so that no intermediate overflows.
        var excess = Math.Max(0, (int)BigInteger.Abs(value).GetBitLength() - 160);
        value >>= excess;
        var high = (double)value;
        var low = (double)(value - new BigInteger(high));
        return new DoubleDouble(high, low).ScaleB(excess - bits);
    }

    private static (double Sum, double Error) Sum(double a, double b)
    {
        var s = a + b;
        var t = s - a;
        return (s, (a - (s - t)) + (b - t));
    }

    private static (double Sum, double Error) FastSum(double a, double b)
    {
        var s = a + b;
        return (s, b - (s - a));
    }
}
