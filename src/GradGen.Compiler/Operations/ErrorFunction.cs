namespace GradGen.Compiler.Operations;

/// <summary>
/// The error function and its kin in double precision, a few roundings from exact: the interpreter's, and what constants are
/// folded with. By a series of positive terms near 0 and P. Laplace's continued fraction further out.
/// </summary>
internal static class ErrorFunction
{
    /// <summary>Beyond it e^(−x²/2), and with it all that the functions differ from their limits by, is 0.</summary>
    private const double Far = 40;

    /// <summary>Up to it the series needs few terms, and what it is subtracted from keeps its digits but two bits.</summary>
    private const double Near = 1;

    private static readonly double RootOfTwoPi = Math.Sqrt(2 * Math.PI);
    private static readonly double RootOfTwo = Math.Sqrt(2);

    public static double Erf(double x)
    {
        var size = Math.Abs(x);
        return size <= Near
            ? 2 * Gaussian(x, -1) * Series(x * RootOfTwo) / RootOfTwoPi
            : x < 0 ? Erfc(size) - 1 : 1 - Erfc(size);
    }

    public static double Erfc(double x) =>
        x <= Near ? (x < -Near ? 2 - Erfc(-x) : 1 - Erf(x))
        : x > Far ? 0
        : 2 * Gaussian(x, -1) / (RootOfTwoPi * Fraction(x * RootOfTwo));

    /// <summary>x·Φ(x), as what is missing to x where x is positive.</summary>
    public static double Gelu(double x)
    {
        var size = Math.Abs(x);
        var part = size > Far ? 0 : size * Above(size);
        return x <= 0 ? -part : x - part;
    }

    /// <summary>Φ(x) + x·φ(x).</summary>
    public static double GeluDerivative(double x)
    {
        var size = Math.Abs(x);
        if (size > Far)
        {
            return x < 0 ? 0 : 1;
        }

        return (x < 0 ? Above(size) : 1 - Above(size)) + (x * Gaussian(x, -0.5) / RootOfTwoPi);
    }

    /// <summary>What the standard normal distribution has above a ≥ 0.</summary>
    private static double Above(double a)
    {
        var density = Gaussian(a, -0.5) / RootOfTwoPi;
        return a <= Near ? 0.5 - (density * Series(a)) : density / Fraction(a);
    }

    /// <summary>The exponential of factor·x². The rounded x has an exact square: else its rounding would be in the exponential many times.</summary>
    private static double Gaussian(double x, double factor)
    {
        double upper = (float)x;
        return Math.Exp(factor * upper * upper) * Math.Exp(factor * (x - upper) * (x + upper));
    }

    /// <summary>a + a³/3 + a⁵/(3·5) + …: the integral of the density over the density.</summary>
    private static double Series(double a)
    {
        double term = a, sum = a;
        for (var k = 3; Math.Abs(term) > Math.Abs(sum) * 1e-17; k += 2)
        {
            term *= a * a / k;
            sum += term;
        }

        return sum;
    }

    /// <summary>a + 1/(a + 2/(a + 3/(a + …))), from where 2·a·√n is 40: e⁻⁴⁰ is what the rest matters.</summary>
    private static double Fraction(double a)
    {
        var fraction = a;
        for (var n = 20 + (int)(400 / (a * a)); n >= 1; n--)
        {
            fraction = a + (n / fraction);
        }

        return fraction;
    }
}
