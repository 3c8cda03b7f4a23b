using System.Runtime.CompilerServices;
using static GradGen.Benchmarks.ByHand.Inlining;

namespace GradGen.Benchmarks.ByHand;

/// <summary>
/// Elementary functions in vectors: x = n·ln 2 + r with |r| ≤ ln 2 / 2, a polynomial for e^r − 1, and 2ⁿ by the exponent's
/// bits. About 2 ulp where 2ⁿ is a normal number; nobody looks after special values here.
/// </summary>
internal static class Elementary<T, V>
    where T : struct, IVectorOf<V>
    where V : struct
{
    /// <summary>A sum with this number rounds to whole numbers and leaves them in the low bits.</summary>
    public const double Shift = 6755399441055744;

    [MethodImpl(Inline)]
    public static V Sigmoid(V x)
    {
        Reduce(T.Subtract(T.All(0), x), out var power, out var rest);
        return T.Divide(T.All(1), T.MulAdd(power, rest, T.Add(power, T.All(1))));
    }

    /// <summary>m / (m + 2) with m = e^2x − 1, exact near 0 as well.</summary>
    [MethodImpl(Inline)]
    public static V Tanh(V x)
    {
        Reduce(T.Add(x, x), out var power, out var rest);
        var m = T.MulAdd(power, rest, T.Subtract(power, T.All(1)));
        return T.Divide(m, T.Add(m, T.All(2)));
    }

    /// <summary>e^x = power + power·rest.</summary>
    [MethodImpl(Inline)]
    private static void Reduce(V x, out V power, out V rest)
    {
        var shifted = T.MulAdd(x, T.All(1.4426950408889634), T.All(Shift));
        var n = T.Subtract(shifted, T.All(Shift));
        var r = T.MulAdd(n, T.All(-6.93147180369123816490e-01), x);
        r = T.MulAdd(n, T.All(-1.90821492927058770002e-10), r);

        // e^r − 1 = r + r²·(1/2! + r/3! + … + r¹¹/13!), by pairs, so that the sums do not wait for each other.
        var r2 = T.Multiply(r, r);
        var r4 = T.Multiply(r2, r2);
        var p0 = T.MulAdd(T.All(1.0 / 6), r, T.All(1.0 / 2));
        var p1 = T.MulAdd(T.All(1.0 / 120), r, T.All(1.0 / 24));
        var p2 = T.MulAdd(T.All(1.0 / 5040), r, T.All(1.0 / 720));
        var p3 = T.MulAdd(T.All(1.0 / 362880), r, T.All(1.0 / 40320));
        var p4 = T.MulAdd(T.All(1.0 / 39916800), r, T.All(1.0 / 3628800));
        var p5 = T.MulAdd(T.All(1.0 / 6227020800), r, T.All(1.0 / 479001600));
        var low = T.MulAdd(T.MulAdd(p3, r2, p2), r4, T.MulAdd(p1, r2, p0));
        var polynomial = T.MulAdd(T.MulAdd(p5, r2, p4), T.Multiply(r4, r4), low);
        power = T.PowerOfTwo(shifted);
        rest = T.MulAdd(r2, polynomial, r);
    }
}
