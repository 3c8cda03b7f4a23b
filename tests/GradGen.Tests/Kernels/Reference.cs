using System.Numerics;

namespace GradGen.Tests.Kernels;

/// <summary>A number that may lie outside of what a <see cref="double"/> reaches: value · 2ⁿ.</summary>
public readonly record struct Scaled(DoubleDouble Value, int Exponent)
{
    public static implicit operator Scaled(DoubleDouble value) => new(value, 0);

    public static implicit operator Scaled(double value) => new(value, 0);

    public static Scaled operator *(Scaled a, DoubleDouble b) => a with { Value = a.Value * b };

    public static Scaled operator /(Scaled a, DoubleDouble b) => a with { Value = a.Value / b };
}

/// <summary>
/// The elementary functions in double-double arithmetic, by series whose terms do not cancel: for tests, about 95 bits.
/// Arguments are finite.
/// </summary>
internal static class Reference
{
    private const int Bits = 1280;

    private static readonly BigInteger HalfPi = PiOf(Bits) >> 1;
    private static readonly DoubleDouble RootOfHalfPi = SquareRoot(DoubleDouble.Pi * 0.5);

    public static Scaled Exp(DoubleDouble x)
    {
        if (x.High is > 1500 or < -1500)
            return new(1, Math.Sign(x.High) * 3000);
        var n = (int)Math.Round(x.High / Math.Log(2));
        return new(Expm1OfSmall(x - (DoubleDouble.Ln2 * n)) + 1, n);
    }

    public static Scaled Exp2(double x)
    {
        if (x is > 3000 or < -3000)
            return new(1, Math.Sign(x) * 3000);
        var n = (int)Math.Round(x);
        return new(Expm1OfSmall(DoubleDouble.Ln2 * (x - n)) + 1, n);
    }

    public static Scaled Expm1(DoubleDouble x)
    {
        if (Math.Abs(x.High) < 0.4)
            return Expm1OfSmall(x);
        var power = Exp(x);
        return power.Exponent switch
        {
            > 200 => power,
            < -200 => -1.0,
            _ => power.Value.ScaleB(power.Exponent) - 1,
        };
    }

    public static Scaled Log(double x) => x <= 0 ? (x == 0 ? double.NegativeInfinity : double.NaN) : LogOf(new(x, 0));

    public static Scaled Log1p(double x)
    {
        if (x <= -1)
            return x == -1 ? double.NegativeInfinity : double.NaN;
        return Math.Abs(x) < 0.3 ? Log1pOfSmall(x) : LogOf((DoubleDouble)1 + x);
    }

    public static Scaled Sin(double x) => Turned(x, 0);

    public static Scaled Cos(double x) => Turned(x, 1);

    public static Scaled Tan(double x)
    {
        var sine = Turned(x, 0).Value;
        return x != 0 && Math.Abs(x) < 1e-100 ? x : sine / Turned(x, 1).Value;
    }

    public static Scaled Tanh(double x)
    {
        var a = Math.Abs(x);
        if (a < 1e-100)
            return x;
        if (a > 100)
            return Math.Sign(x);
        var m = Expm1((DoubleDouble)(2 * a));
        var power = m.Value.ScaleB(m.Exponent);
        return power / (power + 2) * Math.Sign(x);
    }

    /// <summary>1 − tanh².</summary>
    public static Scaled TanhSlope(double x)
    {
        var e = Exp((DoubleDouble)(-2 * Math.Abs(x)));
        var one = Plain(e) + 1;
        return e * 4 / (one * one);
    }

    public static Scaled Sigmoid(double x)
    {
        var e = Exp(-Math.Abs(x));
        return (x < 0 ? e : 1.0) / (Plain(e) + 1);
    }

    public static Scaled SigmoidSlope(double x)
    {
        var e = Exp(-Math.Abs(x));
        var one = Plain(e) + 1;
        return e / (one * one);
    }

    public static Scaled Softplus(double x)
    {
        var e = Exp(-Math.Abs(x));
        if (x < -80)
            return e * ((DoubleDouble)1 - (Plain(e) * 0.5));
        var log = Plain(e);
        log = log.High < 0.3 ? Log1pOfSmall(log) : Plain(LogOf(log + 1));
        return log + Math.Max(x, 0);
    }

    public static Scaled Erf(double x)
    {
        var a = Math.Abs(x);
        if (a > 8)
            return Math.Sign(x);
        if (a < 1e-100)
            return (DoubleDouble)x * 2 / SquareRoot(DoubleDouble.Pi);

        // erf x = 2/√π·e^(−x²)·Σ 2ᵏ·x²ᵏ⁺¹ / (1·3·…·(2k + 1)); with √2·x in place of x it is 1 − 2Q.
        var square = (DoubleDouble)a * a;
        return Plain(Exp(-square)) * 2 / SquareRoot(DoubleDouble.Pi) * OddSeries(a, square * 2) * Math.Sign(x);
    }

    public static Scaled Erfc(double x)
    {
        if (x < 2.2)
            return (DoubleDouble)1 - Plain(Erf(x));
        if (x > 40)
            return new(1, -3000);

        // Laplace's continued fraction: e^(−x²)/√π / (x + ½/(x + 1/(x + 3⁄2/(x + …)))).
        DoubleDouble fraction = x;
        for (var k = 140; k >= 1; k--)
        {
            fraction = (DoubleDouble)(0.5 * k) / fraction + x;
        }

        return Exp(-((DoubleDouble)x * x)) / (SquareRoot(DoubleDouble.Pi) * fraction);
    }

    public static Scaled Gelu(double x) => x < 0 ? Above(-x) * x : ((DoubleDouble)1 - Plain(Above(x))) * x;

    /// <summary>Φ(x) + x·φ(x), and the larger of both: they cancel near −0.75.</summary>
    public static (Scaled Sum, Scaled Larger) GeluSlope(double x)
    {
        var a = Math.Abs(x);
        if (a > 54)
        {
            Scaled limit = x > 0 ? 1.0 : new Scaled(-1, -3000);
            return (limit, limit);
        }

        var below = x < 0 ? Above(a) : (DoubleDouble)1 - Plain(Above(a));
        var other = Exp((DoubleDouble)a * a * -0.5) / (RootOfHalfPi * 2) * x;
        if (x > -3)
            (below, other) = (Plain(below), Plain(other));
        return (below with { Value = below.Value + other.Value }, Math.Abs(below.Value.High) > Math.Abs(other.Value.High) ? below : other);
    }

    /// <summary>What a standard normal distribution has above a ≥ 0.</summary>
    public static Scaled Above(double a)
    {
        if (a > 54)
            return new(1, -3000);
        var square = (DoubleDouble)a * a;
        var density = Exp(square * -0.5) / (RootOfHalfPi * 2);
        if (a < 3)
            return (DoubleDouble)0.5 - (Plain(density) * OddSeries(a, square));

        // Laplace's continued fraction: φ(a) / (a + 1/(a + 2/(a + 3/(a + …)))).
        DoubleDouble fraction = a;
        for (var k = 140; k >= 1; k--)
        {
            fraction = (DoubleDouble)k / fraction + a;
        }

        return density / fraction;
    }

    /// <summary>a·Σ squareᵏ / (1·3·…·(2k + 1)).</summary>
    private static DoubleDouble OddSeries(double a, DoubleDouble square)
    {
        DoubleDouble term = a, sum = a;
        for (var k = 1; term.High > sum.High * 1e-34; k++)
        {
            term = term * square / (2 * k + 1);
            sum += term;
        }

        return sum;
    }

    private static DoubleDouble Plain(Scaled value) => value.Value.ScaleB(value.Exponent);

    /// <summary>eˣ − 1 for |x| up to ½: of x/256 by its series, then doubled eight times by m ← m·(m + 2).</summary>
    private static DoubleDouble Expm1OfSmall(DoubleDouble x)
    {
        if (Math.Abs(x.High) < 1e-100)
            return x;
        var r = x.ScaleB(-8);
        var sum = (DoubleDouble)1;
        for (var k = 14; k >= 2; k--)
        {
            sum = (r * sum / k) + 1;
        }

        var m = r * sum;
        for (var i = 0; i < 8; i++)
        {
            m *= m + 2;
        }

        return m;
    }

    private static Scaled LogOf(DoubleDouble x)
    {
        var n = Math.ILogB(x.High);
        var mantissa = x.ScaleB(-n);
        if (mantissa.High > 1.4142)
        {
            mantissa = mantissa.ScaleB(-1);
            n++;
        }

        return Log1pOfSmall(mantissa - 1) + (DoubleDouble.Ln2 * n);
    }

    /// <summary>From a first guess, by one step of Halley's method for e^y − 1 = f.</summary>
    private static DoubleDouble Log1pOfSmall(DoubleDouble f)
    {
        if (Math.Abs(f.High) < 1e-40)
            return f;
        var u = 1 + f.High;
        var guess = u == 1 ? f.High : Math.Log(u) * f.High / (u - 1);
        var m = Expm1OfSmall(guess);
        return ((f - m) * 2 / (f + m + 2)) + guess;
    }

    /// <summary>sin(x + quarters·π/2). x is a whole number of units in its last place, and so is its remainder by π/2 found.</summary>
    private static Scaled Turned(double x, int quarters)
    {
        DoubleDouble r = x;
        if (Math.Abs(x) > 0.7)
        {
            var bits = BitConverter.DoubleToInt64Bits(Math.Abs(x));
            var mantissa = (bits & 0xFFFFFFFFFFFFF) | 0x10000000000000;
            var exponent = (int)(bits >>> 52) - 1075;
            var whole = BigInteger.DivRem(new BigInteger(mantissa) << (exponent + Bits), HalfPi, out var rest);
            if (rest > HalfPi >> 1)
            {
                rest -= HalfPi;
                whole += 1;
            }

            r = DoubleDouble.OfFixed(rest, Bits);
            if (x < 0)
            {
                r = -r;
                whole = -whole;
            }

            quarters += (int)(whole & 3);
        }

        var result = (quarters & 1) == 0 ? Series(r, r * r, 1) : Series(1, r * r, 0);
        return (quarters & 2) == 0 ? result : -result;
    }

    /// <summary>first·(1 − square/((k + 1)(k + 2))·(1 − …)).</summary>
    private static DoubleDouble Series(DoubleDouble first, DoubleDouble square, int k)
    {
        DoubleDouble sum = 1;
        for (var i = k + 28; i > k; i -= 2)
        {
            sum = (DoubleDouble)1 - (square * sum / (double)((i - 1) * i));
        }

        return first * sum;
    }

    private static DoubleDouble SquareRoot(DoubleDouble x)
    {
        DoubleDouble root = Math.Sqrt(x.High);
        root = (root + (x / root)) * 0.5;
        return (root + (x / root)) * 0.5;
    }

    /// <summary>π · 2ᵇⁱᵗˢ, by J. Machin's 16·arctan(1/5) − 4·arctan(1/239).</summary>
    private static BigInteger PiOf(int bits)
    {
        var one = BigInteger.One << (bits + 32);
        return ((16 * ArcTangent(5)) - (4 * ArcTangent(239))) >> 32;

        BigInteger ArcTangent(int inverse)
        {
            BigInteger power = one / inverse, sum = power;
            for (var k = 3; !power.IsZero; k += 2)
            {
                power /= -inverse * inverse;
                sum += power / k;
            }

            return sum;
        }
    }
}
