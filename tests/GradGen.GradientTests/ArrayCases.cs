namespace GradGen.GradientTests;

/// <summary>Arrays under several names, parts of them, and what is written to them from elsewhere: arrays passed have 4 elements.</summary>
public static class ArrayCases
{
    public static readonly GradientCase[] All =
    [
        // Parts that are read
        Case("T[] a, [NoDerivative] int n", "{ T s = 0; foreach (var x in a[1..]) { s += x * x; } foreach (var x in a[..n]) { s *= x; } foreach (var x in a[n..^1]) { s += x * s; } return s + a[^2..][1] * a[..][n]; }"),
        Case("ReadOnlySpan<T> a, [NoDerivative] int n", "{ T s = 0; var b = a.Slice(n, 2); for (var i = 0; i < b.Length; i++) { s += b[i] * b[^1] * (i + 1); } foreach (var x in a[1..]) { s += x * x * b[0]; } foreach (ref readonly var x in a[..n]) { s *= x; } return s * a.Slice(n + 1)[1]; }"),
        Case("T[] a, [NoDerivative] int n", "{ var s = a.AsSpan(1, 3); var t = s.Slice(n, s.Length - n); T Dotted(ReadOnlySpan<T> x, ReadOnlySpan<T> y) { T sum = 0; for (var i = 0; i < x.Length; i++) { sum += x[i] * y[i]; } return sum; } return Dotted(t, a.AsSpan(0, 2)) + Dotted(a, a) * Dotted(a.AsSpan(n..), s) + t[^1]; }"),
        Case("ReadOnlySpan<T> a, [NoDerivative] int n", "{ T s = 1; var rest = a; while (rest.Length > n) { s = s * rest[0] + rest[^1]; rest = rest[1..]; } return s + rest[0]; }"),
        Case("T[] a, T s, [NoDerivative] int n", "{ ReadOnlySpan<T> b = a; if (s > 0) { b = b[n..]; } else { b = b.Slice(0, 2); } T t = 0; foreach (var x in b) { t += x * x * s; } return t * b[0] * b.Length; }"),
        Case("Vector<T, A>[] points, [NoDerivative] int n", "{ T s = 0; foreach (var p in points.AsSpan(n)) { s += NormSquared(p); } foreach (var p in points[..2]) { s *= p[0]; } return s; }"),
        Case("ReadOnlySpan<T> a, [NoDerivative] int n", "{ T Total(ReadOnlySpan<T> x) { T sum = 0; foreach (var e in x) { sum += Math.Sin(e) * e; } return sum; } T s = 0; for (var i = 0; i + n <= a.Length; i++) { s += Total(a.Slice(i, n)) * Total(a[i..]); } return s; }"),
        Case("ReadOnlySpan<T> a", "{ var (left, right) = (a[..2], a[2..]); for (var k = 0; k < 3; k++) { (left, right) = (right, left); } return left[0] * left[1] * left[1] + right[1]; }"),
        // Parts that are written: a span is another name of its array
        Case("T[] a, T s, [NoDerivative] int n", "{ var b = a.ToArray(); var c = b.AsSpan(1, 2); c[0] *= s; c[n] += b[0] * b[1]; b[1] = c[1] * c[0]; c.Fill(c[0] * b[3]); return b[0] * b[1] + b[2] * c[1] + b[3]; }"),
        Case("T[] a, T s, [NoDerivative] int n", "{ var b = a.ToArray(); Span<T> c = b; for (var i = 0; i < n + 2; i++) { var d = c[i..]; d[0] = d[0] * s + b[0]; b[3] += d[^1] * c[i]; } return b[0] * c[1] + c[2] * b[3]; }"),
        Case("T[] a, T s, [NoDerivative] int n", "{ Span<T> c = stackalloc T[4]; a.CopyTo(c); foreach (ref var x in c[n..]) { x = x * x * s; } ref var last = ref c[^1]; last += c[0]; last *= last; var b = c.ToArray(); c[0] = 3; return b[0] * b[1] + b[2] * b[3] * c[0]; }"),
        Case("T[] a, T s", "{ var b = a.ToArray(); foreach (var x in b) { b[3] += x * s; s *= b[3]; } foreach (var x in b.AsSpan(1)) { b[2] *= x; } return b[3] * s + b[2]; }"),
        // Under a second name
        Case("T[] a, T s", "{ var b = a.ToArray(); var c = b; c[0] *= s; b[1] = c[0] * b[2]; c = new T[2]; c[0] = b[1]; b[1] *= s; return b[0] * b[1] * c[0] + b[3]; }"),
        Case("T[] a, T s, [NoDerivative] int n", "{ var b = a.ToArray(); var c = b; for (var i = 0; i < n + 2; i++) { c[i] = b[i] * s + b[3]; b[3] = c[i] * c[1]; if (c[i] > 0) { b[1] *= s; } } return b[0] * c[1] + c[2] * b[3]; }"),
        Case("T[] a, T s, [NoDerivative] int n", "{ var b = a.ToArray(); var t = (Array: b, Scale: s); for (var i = 0; i < n + 2; i++) { t.Array[i] *= t.Scale; t.Scale *= b[i]; } return b[0] * t.Array[1] + t.Array[2] * t.Scale; }"),
        Case("T[] a, T s, [NoDerivative] int n", "{ var b = a.ToArray(); var c = b; if (s > 0) { c[1] *= s; b[2] = c[1]; } else { b = c; b[0] = s * c[0]; } c[3] = b[1] * b[0]; return b[3] * b[2] + c[0]; }"),
        // Written by helpers
        Case("T[] a, T s", "{ static void Smooth(T[] x, T by) { for (var i = 1; i < x.Length; i++) { x[i] = (x[i] + x[i - 1] * x[i - 1]) * by; } } var b = a.ToArray(); Smooth(b, s); var t = b[3] * b[1]; Smooth(b, t); return b[3] * t + b[2]; }"),
        Case("T[] a, T s, [NoDerivative] int n", "{ static void Scale(Span<T> x, T by) { foreach (ref var e in x) { e *= by * x[0]; } } var b = a.ToArray(); for (var i = 0; i < n + 1; i++) { Scale(b.AsSpan(i, 2), s); Scale(b, b[3]); } return b[0] * b[1] + b[2] * b[3]; }"),
        Case("T[] a, T s, [NoDerivative] int n", "{ static void Swap(ref T x, ref T y) { (x, y) = (y, x); } static void Twice(ref T x, ref T y) { x *= 2; y *= y; } var b = a.ToArray(); Swap(ref b[n], ref b[3]); Twice(ref b[0], ref b[n - 1]); for (var i = 0; i < n + 2; i++) { Swap(ref b[i], ref b[i + 1]); Twice(ref b[i], ref b[n]); } return b[0] * s + b[1] * b[2] + b[3]; }"),
        Case("T[] a, T s, [NoDerivative] int n", "{ static T[] Filled(T[] x, T with, int from) { for (var i = from; i < x.Length; i++) { x[i] = with * x[i]; if (x[i] > 2) { return x; } } x = new T[2]; x[0] = with; return x; } var b = a.ToArray(); var c = Filled(b, s, n); return b[0] * b[1] + b[3] * b[2] + c[1] * c[0]; }"),
        Case("T[] a, T s", "{ static T Pop(T[] x, ref int top) { top--; var e = x[top]; x[top] = e * x[0]; return e; } static T Use(T[] x, T y) => x[3] * y; var b = a.ToArray(); var top = 4; return Use(b, Pop(b, ref top)) + b[3] * Pop(b, ref top) * s + b[top]; }"),
        Case("T[] a, T s", "{ var b = a.ToArray(); var c = b; void Set(int i) { c[i] *= s; } void Both(T[] x) { x[0] = b[0] * s; Set(0); b[1] = x[0]; } Both(b); Set(2); for (var i = 0; i < b.Length; i++) { Both(c); Set(i); } return b[0] * c[1] + c[2] * b[3]; }"),
        Case("T[] a, T s, [NoDerivative] int n", "{ static void Step(T[] x, T[] into, T by) { for (var i = 0; i < x.Length; i++) { into[i] = x[i] * x[(i + 1) % x.Length] * by; } } var now = a.ToArray(); var next = new T[a.Length]; for (var t = 0; t < n + 2; t++) { Step(now, next, s); (now, next) = (next, now); } return now[0] + now[1] * next[2] + next[3]; }"),
        Case("T[] a, T s, [NoDerivative] int n", "{ var b = a.ToArray(); (b[0], b[n], b[3]) = (b[n], b[0] * s, b[n]); for (var i = 0; i < n + 1; i++) { (b[i], b[3 - i]) = (b[3 - i] * b[i], b[i]); } return b[0] * b[1] + b[2] * b[3]; }"),
        // Many elements at once
        Case("T[] a, T s, [NoDerivative] int n", "{ var b = new T[6]; Array.Copy(a, b, n + 1); Array.Copy(a, 1, b, 2, 3); a.CopyTo(b, 2); b.AsSpan(0, 3).CopyTo(b.AsSpan(n)); Array.Copy(b, 0, b, 1, 4); T t = 0; for (var i = 0; i < b.Length; i++) { t += b[i] * b[i] * (i + 1) * s; } return t; }"),
        Case("T[] a, T s, [NoDerivative] int n", "{ var b = (T[])a.Clone(); Array.Fill(b, s * b[0], 1, n); var c = new T[3]; Array.Fill(c, b[1] * s); c.AsSpan(1).Fill(b[3]); Array.Clear(b, 0, n); var d = b.ToArray(); b.AsSpan().Clear(); Array.Clear(c, 0, 1); var none = Array.Empty<T>(); return d[0] + d[1] * d[2] + d[3] * c[1] + c[0] + c[2] * b[3] + none.Length; }"),
        // Made in loops
        Case("T[] a, T s, [NoDerivative] int n", "{ T t = 0; for (var k = 0; k < n + 2; k++) { var b = new T[k + 2]; b[0] = s * a[k]; for (var i = 1; i < b.Length; i++) { b[i] = b[i - 1] * a[k] + t; } t += b[^1] * b[0]; } return t; }"),
        // Two dimensions
        Case("T[] a, T s, [NoDerivative] int n", "{ var m = new T[3, n + 3]; for (var i = 0; i < m.GetLength(0); i++) { for (var j = 0; j < m.GetLength(1); j++) { m[i, j] = a[j] * (i + 1) + (i > 0 ? m[i - 1, j] * s : 0); } } m[1, 2] *= m[n, 0]; T t = 0; foreach (var x in m) { t += x * x; } return t + m[2, 3] * m.Length; }"),
        Case("T[] a, T s", "{ T[,] m = { { s, a[0] }, { a[1], s * s } }; static void Square(T[,] x) { var (p, q) = (x[0, 0], x[0, 1]); x[0, 0] = p * p + q * x[1, 0]; x[0, 1] = p * q + q * x[1, 1]; } Square(m); Square(m); return m[0, 0] * m[1, 1] - m[0, 1] * m[1, 0]; }"),
    ];

    private static GradientCase Case(string parameters, string body) => new("", parameters, "T", body);
}
