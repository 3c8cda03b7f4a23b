using System.Runtime.CompilerServices;
using static GradGen.Benchmarks.ByHand.Inlining;

namespace GradGen.Benchmarks.ByHand;

/// <summary>
/// Elementary functions in lanes: x = n·ln 2 + r with |r| ≤ ln 2 / 2, a polynomial for e^r − 1, and 2ⁿ by the exponent's
/// bits. About 2 ulp where 2ⁿ is a normal number; nobody looks after special values here.
/// </summary>
internal static class Elementary<T>
    where T : struct, ILanes<T>
{
    /// <summary>A sum with this number rounds to whole numbers and leaves them in the low bits.</summary>
    public const double Shift = 6755399441055744;

    [MethodImpl(Inline)]
    public static T Exp(T x)
    {
        Reduce(x, out var power, out var rest);
        return T.MulAdd(power, rest, power);
    }

    /// <summary>e^x − 1, exact near 0 as well.</summary>
    [MethodImpl(Inline)]
    public static T Expm1(T x)
    {
        Reduce(x, out var power, out var rest);
        return T.MulAdd(power, rest, power - T.All(1));
    }

    [MethodImpl(Inline)]
    public static T Sigmoid(T x) => T.All(1) / (T.All(1) + Exp(T.All(0) - x));

    [MethodImpl(Inline)]
    public static T Tanh(T x)
    {
        var m = Expm1(x + x);
        return m / (m + T.All(2));
    }

    [MethodImpl(Inline)]
    private static void Reduce(T x, out T power, out T rest)
    {
        var shifted = T.MulAdd(x, T.All(1.4426950408889634), T.All(Shift));
        var n = shifted - T.All(Shift);
        var r = T.MulAdd(n, T.All(-6.93147180369123816490e-01), x);
        r = T.MulAdd(n, T.All(-1.90821492927058770002e-10), r);

        // e^r − 1 = r + r²·(1/2! + r/3! + … + r¹¹/13!), by pairs, so that the sums do not wait for each other.
        var r2 = r * r;
        var r4 = r2 * r2;
        var r8 = r4 * r4;
        var p0 = Line(1.0 / 6, 1.0 / 2, r);
        var p1 = Line(1.0 / 120, 1.0 / 24, r);
        var p2 = Line(1.0 / 5040, 1.0 / 720, r);
        var p3 = Line(1.0 / 362880, 1.0 / 40320, r);
        var p4 = Line(1.0 / 39916800, 1.0 / 3628800, r);
        var p5 = Line(1.0 / 6227020800, 1.0 / 479001600, r);
        var low = T.MulAdd(T.MulAdd(p3, r2, p2), r4, T.MulAdd(p1, r2, p0));
        var polynomial = T.MulAdd(T.MulAdd(p5, r2, p4), r8, low);
        power = T.PowerOfTwo(shifted);
        rest = T.MulAdd(r2, polynomial, r);
    }

    [MethodImpl(Inline)]
    private static T Line(double slope, double start, T x) => T.MulAdd(T.All(slope), x, T.All(start));
}
