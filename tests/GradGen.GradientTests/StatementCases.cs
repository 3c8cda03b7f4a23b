using static GradGen.GradientTests.Domain;

namespace GradGen.GradientTests;

/// <summary>Control flow as people write it: guards that throw, patterns, switches left in the middle. An int that is passed is 1.</summary>
public static class StatementCases
{
    public static readonly GradientCase[] All =
    [
        // More entries than anything is unrolled for, each in a local
        new("", "Vector<T, A> x", "Matrix<T, N9, N9>", "[" + string.Join(", ", Enumerable.Range(0, 9).Select(i => "[" + string.Join(", ", Enumerable.Range(0, 9).Select(j => $"(T){i - j} * x[{(i + j) % 2}] * x[0]")) + "]")) + "]"),

        // Guards that do not fire (those that do: GuardTests)
        new("", "T x, T y", "T", "{ if (x < 0) { throw new ArgumentException($\"{x} is negative\", nameof(x)); } var r = Math.Sqrt(x) * y; if (double.IsNaN(r)) throw new ArithmeticException(); return r * r; }", Positive),
        new("", "Matrix<T, A, B> w, Vector<T, B> x", "Vector<T, A>", "{ ArgumentNullException.ThrowIfNull(w); if (x is null) { throw new ArgumentNullException(nameof(x)); } var h = Tanh((w ?? throw new ArgumentNullException(nameof(w))) * x); return NormSquared(h) < 1000 ? h * h[0] : throw new InvalidOperationException(\"h\"); }"),
        new("", "T x, [NoDerivative] int n", "T", "{ ArgumentOutOfRangeException.ThrowIfNegative(n); ArgumentOutOfRangeException.ThrowIfNegativeOrZero(x); ArgumentOutOfRangeException.ThrowIfGreaterThan(x, (T)5); T sum = 0; for (var i = 0; i < n + 4; i++) { if (sum > 100) { throw new OverflowException(); } sum += x * x * i; } return sum * x; }", Positive),
        new("", "T x, T y, [NoDerivative] int n", "T", "{ T f; if (n == 0) { f = x; } else if (n == 1) { f = x * y; } else { throw new NotSupportedException(); } return n switch { 0 => f, 1 => f * f * y, < 4 and > 1 => y, _ => throw new ArgumentOutOfRangeException(nameof(n), n, null) }; }", Positive),
        new("", "T[] a, T s", "T", "{ T Root(T z) => z < 0 ? throw new ArgumentException(\"z\") : Math.Sqrt(z); void Check(T z) { if (z > 100) { Fail(\"too large\"); } } static void Fail(string what) => throw new InvalidOperationException(what); T sum = 0; foreach (var x in a) { Check(x); if (x > 1.4) { continue; } sum += Root(x * x + 1) * s; if (sum < -1000) { throw new InvalidOperationException(); } } return sum; }"),
        new("", "T[] a, [NoDerivative] int n", "T", "{ for (var i = 0; i < a.Length; i++) { if (i > n) { return a[i] * a[0]; } } throw new InvalidOperationException(\"none\"); }"),
        new("", "T x, [NoDerivative] int n", "T", "{ switch (n) { case 0: return x; case 1: if (x < 0) { throw new ArgumentException(\"x\"); } x = x * x; break; default: throw new ArgumentOutOfRangeException(nameof(n)); } return x * x; }", Positive),
        new("", "T x, T y", "T", "{ while (true) { if (x > 8) { return x * y; } if (x < -8) { throw new InvalidOperationException(); } x = x * (T)1.5 + y; } }", Positive),
        new("clamp", "T x, T low, T high", "T", "{ return System.Math.Clamp(x * x, Math.Min(low, high), Math.Max(low, high)) * x + Clamp(new Vector<T, A>() + x, low - 3, high + 3)[0]; }", Positive),

        new("", "T[] a, T[] b, [NoDerivative] int n", "T", "{ var c = a.ToArray(); T s = 1; for (var i = 0; i < n + 3; i++) { if (c[i] > 1000) { var z = b[n] * 2; if (z + a[0] > 0) { throw new InvalidOperationException(z.ToString()); } } if (s > 0) { if (b[0] > 1000) { throw new ArithmeticException(); } s = s * c[i] + b[i]; } c[i] = s * b[i] + c[(i + 1) % 4]; } return s * c[0] + c[n]; }"),

        // Patterns
        new("", "T x, T y", "T", "{ var t = (x > 1, y) switch { (true, > 1) => x * y, (false, var z) when z < 1 => z * z, (_, _) => x - y * y }; return t * (x is > (T)0.5 and var k ? k : y); }", Positive),
        new("", "T x, T y, [NoDerivative] int n", "T", "{ return (n, x) switch { (0, _) => x, (1, < 1) => x * y, (1, >= 1) => y, (_, T.NaN) => 3, _ => 2 }; }", Positive),
        new("", "T x, T y, [NoDerivative] int n", "T", "{ var p = new Helpers.Point<T>(x, y) ; var f = p switch { { X: > 1, Y: var h } => h * h, { Size: < 2 } and (_, > 1) => x, Helpers.Point<T> { Y: 0 } => 4, (var u, var v) => u * v }; return (n > 0) switch { true => f, false => x * f } + (p is { X: > 1 } q ? q.Y * q.X : x) + (p is (> 1, _) ? y : 2 * y); }", Positive),
        new("", "T[] a, [NoDerivative] int n", "T", "{ T s = 0; foreach (var x in a) { s += (x, n) switch { ( > 0, 1) => x * x, (var z, _) => z }; } return a is { Length: > 3 } ? s * a[1] : s; }"),

        // Switches left in the middle
        new("", "T x, T y, [NoDerivative] int n", "T", "{ switch (n) { case 0: return y; case 1: if (x > 1) { break; } x *= y; if (y > 1) { x += 1; break; } x = x * x; break; default: x = 3; break; } return x * y; }", Positive),
        new("", "T x, T y, [NoDerivative] int n", "T", "{ switch (n) { case 1: if (x > 1) { break; } else { x *= y; } { if (y > 1) { break; } } x = x * x; break; case 2: break; } x = x + 1; switch (x) { case > 2: if (y > 1) { break; } y = x * y; break; } return x * y; }", Positive),
        new("", "T[] a, [NoDerivative] int[] places", "T", "{ T s = 1; foreach (var k in places) { switch (k) { case 0: continue; case 1: if (a[k] > 0) { break; } s -= a[k]; continue; case 2: if (s > 5) { return s; } s *= a[k]; break; default: s += a[k] * a[k]; break; } s += a[k]; } return s; }"),
        new("", "T x, T y, [NoDerivative] int n", "T", "{ for (var i = 0; i < 4; i++) { switch (i) { case 0: if (x > 1) { break; } continue; case 1 when y > 1: for (var k = 0; k < 3; k++) { switch (k) { case 1: if (y > x) { continue; } break; case 2: break; } x += y; if (x > 9) { break; } } break; case 2: if (x > 5) { return y; } break; default: if (y < 1) { break; } x = x * y; break; } x *= y; } return x; }", Positive),

        // Entries that change places
        new("", "T[] a, T s, [NoDerivative] int n", "T", "{ var b = a.ToArray(); (b[0], b[1]) = (b[1], b[0] * s); (b[n], s) = (s, b[n + 1]); for (var i = 0; i < b.Length; i++) { for (var j = 0; j < b.Length - 1; j++) { if (b[j] > b[j + 1]) { (b[j], b[j + 1]) = (b[j + 1], b[j]); } } } return b[0] * b[1] + s * b[2] * b[2]; }"),
        new("", "Matrix<T, A, B> a, T x, [NoDerivative] int n", "T", "{ var m = a + x; (m[0, 0], x) = (x, m[n, 0]); (m[n, 0], m[0, n - 1], _) = (m[0, n - 1] * x, m[n, 0], 1); return Sum(Hadamard(m, a)) * x; }"),
        new("", "T x, [NoDerivative] Helpers.Mode mode", "T", "{ var f = mode switch { Helpers.Mode.Linear => x, Helpers.Mode.Square => x * x, Helpers.Mode.Cube => x * x * x, _ => throw new InvalidOperationException() }; if (mode == Helpers.Mode.Linear || (int)mode > 2) { f += 1; } switch (mode) { case Helpers.Mode.Square: f *= x; break; case Helpers.Mode.Linear: break; default: throw new ArgumentOutOfRangeException(nameof(mode)); } return f * Helpers.Scale((mode, x), 2 * x, x * x); }"),
    ];
}
