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
        Case("ReadOnlySpan<T> a, [NoDerivative] int n", "{ var left = a[..2]; var right = a[2..]; for (var k = 0; k < n + 2; k++) { var kept = left; left = right; right = kept; } return left[0] * left[1] * left[1] + right[1]; }"),
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
        Case("T[] a, T s, [NoDerivative] int n", "{ T[] b = [s, .. a[n..], s * a[0], .. a.Select(x => x * s)]; static T Add(params T[] x) { T t = 0; foreach (var e in x) { t += e * e; } return t; } static T Mul(T y, params ReadOnlySpan<T> x) { foreach (var e in x) { y *= e; } return y; } return Add(s, a[0]) + Add() + Add(b) * Mul(s, a[1], a[2]) + b[4] * b[^1] * b.Length; }"),
        // Written while an expression is being evaluated: what stands to the left has been read, arrays are seen as they are by then
        Case("T[] a, T s", "{ var b = (T[])a.Clone(); T Set() { b[0] = 2 * s; return b[1]; } T Use(T[] c, T k) => c[0] * k; int Next() { b[0] *= s; return 0; } return b[0] * Use(b, Set()) * b[0] + b[Next()] * b[0] + (b, Set()).b[0]; }"),
        Case("T[] a, T s", "{ var b = (T[])a.Clone(); var c = new T[2]; T Swap() { (b, c) = (c, b); return s * c[1]; } b[0] = Swap(); return c[0] * c[3] + b[1] * s; }"),
        Case("T[] a, T s, [NoDerivative] int n", "{ var x = s; var b = a.ToArray(); b[0] = x = 2 * s; b[n]++; b[2] -= b[n]--; return b[0] * x + b[n] * b[2] * (b[3] = x); }"),
        Case("T[] a, T s", "{ var b = (T[])a.Clone(); void Set(T x) { b[1] += x * s; } foreach (var x in b) { Set(x); } return b[1] * b[2]; }"),
        Case("T[] a, T s", "{ var b = a.ToArray(); while (Step(b)) { s *= b[0]; } bool Step(T[] x) { x[0] *= (T)0.5; return Math.Abs(x[0]) > (T)0.1; } return b[0] * s + b[1]; }"),
        Case("T[] a, T s", "{ var c = new int[3]; c[0] = 2; void Bump(int[] x) { if (x[0] < 4) { x[0]++; } } for (var i = 0; i < c[0]; i++) { Bump(c); s *= a[i]; } return s * c[0]; }"),
        Case("T[] a, T s, [NoDerivative] int n", "{ static T Each(int k, System.Func<int, T> f) { T t = 0; for (var i = 0; i < k; i++) { t += f(i); } return t; } var b = a.ToArray(); b[0] *= s; return Each(4, i => b[i] * b[0]) + Each(n + 1, i => { T t = 0; foreach (var x in b) { t += x; } return t * s; }); }"),
        Case("T[] a, T s, [NoDerivative] int n", "{ var b = a.ToArray(); for (var i = 0; i < n + 2; i++) { var c = b; for (var j = 0; j < c.Length; j++) { c[j] = c[j] * s + b[0]; } b[i] *= c[3]; } return b[0] * b[1] + b[2] * b[3]; }"),
        Case("T[] a, T s, [NoDerivative] int n", "{ var b = a.ToArray(); ref var x = ref b[n]; for (var i = 0; i < 3; i++) { x = x * s + b[i]; b[n] += x; } return x * b[0]; }"),
        // Returned from within a loop
        Case("T[] a, T s", "{ static (T, T) First(T[] x, T y) { foreach (var e in x) { if (e > 1) { return (e * y, e); } y *= e; } return (y, 2 * y); } var (p, q) = First(a, s); return p * q; }"),
        Case("T[] a, T s", "{ static T[] First(T[] x, T y) { foreach (var e in x) { if (e > 1) { return x; } y *= e; if (y > 1) { return [y, e, y * y]; } } return new T[] { y, 1, 2 }; } var p = First(a, s); return p[0] * p[1] + p[2]; }"),
        Case("T[] a, T s", "{ static ReadOnlySpan<T> From(ReadOnlySpan<T> x) { for (var i = 0; i < x.Length; i++) { if (x[i] > 0) { return x[i..]; } } return x; } var p = From(a); return p[0] * p[^1] * s; }"),
        // Loops that count in other ways, or whose condition is known at first only
        Case("T[] a, T s", "{ for (int i = 0, j = a.Length - 1; i < j; i++, j--) { s += a[i] * a[j] * s; } for (var i = a.Length - 1; i >= 0; i--) { s = s * a[i] + a[i]; } for (var i = 0; i < a.Length; i += 2) { s = s * a[i] + a[i + 1]; } return s; }"),
        Case("T[] a, T s", "{ for (T t = 0; t < 1; t += (T)0.25) { s = s * a[1] + t; } for (var i = 0; i < a.Length; i++) { for (var j = i; j-- > 0;) { s += a[i] * a[j] * s; } } var k = 0; while (k < a.Length && a[k] < 2) { s += a[k] * s; k++; } return s; }"),
        Case("T[] a, T s, [NoDerivative] int n", "{ var k = 0; var limit = 2; while (k < limit) { s += a[k] * s; k++; if (k == 2) { limit = n + 1; } } return s; }"),
        Case("T[] a, T s, [NoDerivative] int n", "{ var done = false; for (var i = 0; !done && i < 10; i++) { s *= a[i % 4]; if (i > 1) { done = s > n; } } var k = 0; do { s += a[k] * s; k++; if (k == 3) { k += n; } } while (k < 4); return s; }"),
        Case("T[] a, T s", "{ var k = 0; while (k < 400) { s += a[k % 4] / 400; k++; } while (true) { k -= 100; s *= a[1]; if (k < 4) { break; } } return s; }"),
        // Sequences
        Case("T[] a, T s", "{ return a.Sum() * a.Average() + a.Max() * s + a.Min() * a.Select(v => v * v * s).Sum(); }"),
        Case("T[] a, ReadOnlySpan<T> b, T s", "{ return a.Zip(b.ToArray(), (x, y) => x * y * s).Sum() + a.Sum(x => x * x) * a.Select((x, i) => x * i).Max() + a.Select(Math.Sin).Average(); }"),
        Case("T[] a, T s, [NoDerivative] int n", "{ return a.Aggregate(s, (p, x) => p * x + 1) + a.Skip(n).Sum() * a.Take(3).Sum() + a.AsEnumerable().Reverse().First() * a.Last() * a.Count() + Enumerable.Range(n, 3).Select(i => a[i] * s).Sum() + a.Skip(9).Sum() * a.Take(-1).Sum(); }"),
        Case("T[] a, T s, [NoDerivative] int n", "{ T t = 0; foreach (var (x, y) in a.Zip(a.Skip(1))) { t += x * y; } foreach (var (i, x) in a.Index()) { t += i * x * t; } foreach (var i in Enumerable.Range(n, 2)) { t += a[i] * s; } foreach (var x in a.Select(x => x * s)) { t += x * x; } var b = a.Select(x => x * t).ToArray(); b[0] *= b[1]; return t + b[0]; }"),
        Case("T[] a, T s", "{ var b = a.ToArray(); foreach (var x in b.Select(x => x * b[0])) { b[3] *= x; b[0] += s; } return b[3] + b[0]; }"),
        Case("Vector<T, A>[] p, T s", "{ return p.Select(v => NormSquared(v) * s).Sum() + p.Zip(p.Skip(1), (u, v) => Dot(u, v)).Max() + Sum(p.Aggregate(2 * p[0], (u, v) => u + v * s)); }"),
        Case("T[] a, [NoDerivative] int[] k", "{ return k.Select(i => a[i] * i).Sum() + k.Max() * a[0] + k.Sum() * a[k.First()]; }"),
        Case("T[] a, ReadOnlySpan<T> b, T s, [NoDerivative] int n", "{ var c = System.Numerics.Tensors.TensorPrimitives.Dot<T>(a, b) * System.Numerics.Tensors.TensorPrimitives.Norm<T>(a.AsSpan(n)) + System.Numerics.Tensors.TensorPrimitives.Sum(b) * s; return c + System.Numerics.Tensors.TensorPrimitives.SumOfSquares(b[..2]) * System.Numerics.Tensors.TensorPrimitives.Distance<T>(a, b) + System.Numerics.Tensors.TensorPrimitives.SumOfMagnitudes(b) * System.Numerics.Tensors.TensorPrimitives.Max(b) * System.Numerics.Tensors.TensorPrimitives.Min<T>(a); }"),
        // Made in loops
        Case("T[] a, T s, [NoDerivative] int n", "{ T t = 0; for (var k = 0; k < n + 2; k++) { var b = new T[k + 2]; b[0] = s * a[k]; for (var i = 1; i < b.Length; i++) { b[i] = b[i - 1] * a[k] + t; } t += b[^1] * b[0]; } return t; }"),
        // Results, of 4 elements
        Case("T[] a, T s", "{ var b = new T[4]; for (var i = 0; i < b.Length; i++) { b[i] = a[i] * a[3 - i] * s; } return b; }", "T[]"),
        Case("T[] a, T s, [NoDerivative] int n", "{ var b = a.ToArray(); for (var t = 0; t < n + 1; t++) { for (var i = 0; i < b.Length; i++) { b[i] = b[i] * s + b[(i + 1) % 4] * b[0]; } } return b; }", "T[]"),
        Case("T[] a, T[] b, T s", "{ for (var i = 0; i < a.Length; i++) { if (a[i] > s) { return b; } s *= a[i]; } return a[0] > 0 ? [s, a[0], .. b[2..]] : a; }", "T[]"),
        Case("T[] a, T s", "a.Select(x => x * x * s).ToArray()", "T[]"),
        // Two dimensions
        Case("T[] a, T s, [NoDerivative] int n", "{ var m = new T[3, n + 3]; for (var i = 0; i < m.GetLength(0); i++) { for (var j = 0; j < m.GetLength(1); j++) { m[i, j] = a[j] * (i + 1) + (i > 0 ? m[i - 1, j] * s : 0); } } m[1, 2] *= m[n, 0]; T t = 0; foreach (var x in m) { t += x * x; } return t + m[2, 3] * m.Length; }"),
        Case("T[] a, T s", "{ T[,] m = { { s, a[0] }, { a[1], s * s } }; static void Square(T[,] x) { var (p, q) = (x[0, 0], x[0, 1]); x[0, 0] = p * p + q * x[1, 0]; x[0, 1] = p * q + q * x[1, 1]; } Square(m); Square(m); return m[0, 0] * m[1, 1] - m[0, 1] * m[1, 0]; }"),
    ];

    private static GradientCase Case(string parameters, string body, string result = "T") => new("", parameters, result, body);
}
