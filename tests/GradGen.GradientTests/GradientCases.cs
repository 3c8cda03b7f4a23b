using static GradGen.GradientTests.Domain;

namespace GradGen.GradientTests;

/// <summary>
/// At least one method for every row of tier 1. A test fails when a public function of the runtime has none.
/// </summary>
public static class GradientCases
{
    /// <summary>What the cases call.</summary>
    public const string Helpers = """
        using System.Numerics;

        public static class Helpers
        {
            public readonly record struct Point<T>(T X, T Y) where T : IFloatingPointIeee754<T>
            {
                public T Size => T.Sqrt(X * X + Y * Y);
            }

            public static void Split<T, TSize>(Vector<T, TSize> v, T by, out Vector<T, TSize> scaled, out T sum)
                where T : unmanaged, IFloatingPointIeee754<T>
                where TSize : struct, IDimension
            {
                scaled = v * by;
                if (by > T.One)
                {
                    sum = Sum(v);
                    return;
                }

                sum = Sum(Square(v)) + by;
            }

            public enum Mode : byte { Linear, Square, Cube }

            public static T Scale<T>((Mode Mode, T By) t, params T[] all) where T : IFloatingPointIeee754<T>
            {
                var sum = T.Zero;
                foreach (var x in all) { sum += x * t.By; }
                return t is { Mode: Mode.Cube or Mode.Square } ? sum : -sum;
            }

            public static T Apply<T>(Func<T, T> f, T x) => f(x);

            public static ((T, T) Parts, T Whole) Sums<T, TSize>(in Vector<T, TSize> v, T s)
                where T : unmanaged, IFloatingPointIeee754<T>
                where TSize : struct, IDimension => ((Sum(v), s * s), NormSquared(v));
        }
        """;

    public static readonly GradientCase[] All =
    [
        // Products
        new("matmul", "Matrix<T, A, B> a, Matrix<T, B, C> b", "Matrix<T, A, C>", "a * b"),
        new("matmul", "Matrix<T, A, B> a, Vector<T, B> x", "Vector<T, A>", "a * x"),
        new("matmul transpose", "Matrix<T, B, A> a, Matrix<T, C, B> b", "Matrix<T, A, C>", "a.T * b.T"),
        new("matmul transpose", "Vector<T, A> x, Matrix<T, A, B> a", "Matrix<T, N1, B>", "x.T * a"),
        new("matmul", "Matrix<T, A, B> a, Matrix<T, B, C> b, Matrix<T, C, D> c", "Matrix<T, A, D>", "a * b * c"),
        new("transpose", "Matrix<T, A, B> a", "Matrix<T, B, A>", "Transpose(a)"),
        new("outer", "Vector<T, A> x, Vector<T, B> y", "Matrix<T, A, B>", "Outer(x, y)"),
        new("dot", "Vector<T, A> x, Vector<T, A> y", "T", "Dot(x, y)"),
        new("dot", "Matrix<T, A, B> x, Matrix<T, A, B> y", "T", "Dot(x, y)"),
        new("gram", "Matrix<T, A, B> a", "Matrix<T, B, B>", "Gram(a)"),
        new("quadraticForm", "Vector<T, A> x, Matrix<T, A, A> a", "T", "QuadraticForm(x, a)"),
        new("bilinearForm", "Vector<T, A> x, Matrix<T, A, B> a, Vector<T, B> y", "T", "BilinearForm(x, a, y)"),
        new("traceOfProduct", "Matrix<T, A, B> a, Matrix<T, B, A> b", "T", "TraceOfProduct(a, b)"),

        // Sums and products entry by entry
        new("add sub neg", "Matrix<T, A, B> a, Matrix<T, A, B> b", "Matrix<T, A, B>", "-(a + b) - (b - a - a)"),
        new("add sub", "Vector<T, A> a, Vector<T, A> b, T s", "Vector<T, A>", "(s + a) - (b - s) + (1 - a)"),
        new("mul", "Matrix<T, A, B> a, Matrix<T, A, B> b", "Matrix<T, A, B>", "Hadamard(a, b)"),
        new("mul", "T s, Matrix<T, A, B> a", "Matrix<T, A, B>", "s * a * 3"),
        new("div", "Matrix<T, A, B> a, Matrix<T, A, B> b", "Matrix<T, A, B>", "Divide(a, b)", Positive),
        new("div", "T s, Matrix<T, A, B> a", "Matrix<T, A, B>", "a / s + s / a", Positive),
        new("addBias", "Matrix<T, A, B> a, Vector<T, A> b", "Matrix<T, A, B>", "AddBias(a, b)"),
        new("toScalar", "Vector<T, A> x, Vector<T, A> y", "T", "(T)(x.T * y)"),

        // Reductions
        new("sum mean", "Matrix<T, A, B> a", "T", "Sum(a) * Mean(a)"),
        new("sum mean", "Vector<T, A> a", "T", "Sum(a) * Mean(a)"),
        new("rowSum", "Matrix<T, A, B> a", "Vector<T, A>", "RowSum(a)"),
        new("columnSum", "Matrix<T, A, B> a", "Matrix<T, N1, B>", "ColumnSum(a)"),
        new("normSquared norm", "Matrix<T, A, B> a", "T", "NormSquared(a) + Norm(a)"),
        new("norm", "Vector<T, A> a", "T", "Norm(a)"),
        new("trace", "Matrix<T, A, A> a", "T", "Trace(a)"),
        new("trace", "Matrix<T, A, B> a, Matrix<T, B, A> b", "T", "Trace(a * b)"),
        new("maxEntry minEntry", "Matrix<T, A, B> a", "T", "MaxEntry(a) * MinEntry(a)"),
        new("maxEntry minEntry", "Vector<T, A> a", "T", "MaxEntry(a) - 2 * MinEntry(a)"),

        // Parts
        new("element", "Matrix<T, B, A> a, Vector<T, A> x", "T", "a[0, 1] * x[1] + x[0]"),
        new("row column", "Matrix<T, A, A> a", "T", "(T)(Row(a, 1) * Column(a, 0))"),
        new("block", "Matrix<T, A, C> a", "Matrix<T, N1, N2>", "a.Block<N1, N2>(1, 0)"),
        new("block", "Vector<T, C> x", "Vector<T, N1>", "x.Slice<N1>(1)"),
        new("element withEntry", "Matrix<T, N6, N6> a, Vector<T, N6> x", "T", "{ Matrix<T, N6, N6> m = new(); T s = 0; for (var i = 0; i < 6; i++) { for (var j = i; j < 6; j++) { m[i, j] = x[j] * a[j, i]; s += a[i, j] * m[i, j]; } } m[2, 0] = s; return Sum(Sin(m)) + Dot(x, a * x) + s; }"),
        new("element withEntry", "Matrix<T, N5, N5> a, Matrix<T, N7, N3> b, T s", "Matrix<T, N5, N5>", "{ var m = 2 * a; for (var i = 0; i < 5; i++) { for (var j = 0; j < 4; j++) { m[i, j] = m[j, i] * s + b[i, j % 3]; } } return m; }"),
        new("hstack vstack", "Matrix<T, A, B> a, Matrix<T, A, C> b, Matrix<T, D, B> c", "T", "NormSquared(HStack(a, b)) + MaxEntry(VStack(a, c)) * Sum(VStack(c, a))"),
        new("hstack vstack", "Matrix<T, A, B> a, Matrix<T, A, C> b", "Matrix<T, A, Plus<B, C>>", "HStack(a, b)"),
        new("vstack", "Vector<T, A> x, Vector<T, B> y", "Vector<T, Plus<A, B>>", "VStack(x, y)"),
        new("diagonal diagonalMatrix", "Matrix<T, A, A> a, Vector<T, A> x", "Matrix<T, A, A>", "DiagonalMatrix(Diagonal(a) + x)"),
        new("reshape", "Matrix<T, A, B> a, Vector<T, A> x", "T", "NormSquared(a.T.Reshape<A, B>() + a) + Sum(x.Reshape<N1, A>() * a)"),
        new("assemble", "T s, Vector<T, A> x", "T", "{ Matrix<T, N2, N2> m = [[s, 2], [x[0], x[1] * s]]; Vector<T, N2> v = [x[1], s]; return Dot(v, m * v); }"),
        new("zeros ones identity", "Matrix<T, A, A> a, T s", "Matrix<T, A, A>", "a * (s * Matrix<T, A, A>.Identity() + Matrix<T, A, A>.Ones() + Matrix<T, A, A>.Zeros())"),

        // Functions entry by entry
        new("recip square cube", "Matrix<T, A, B> a", "Matrix<T, A, B>", "Reciprocal(a) + Square(a) + Cube(a)", Positive),
        new("pow", "Matrix<T, A, B> a, T p", "Matrix<T, A, B>", "Pow(a, p)", Positive),
        new("pow", "Vector<T, A> a", "Vector<T, A>", "Pow(a, 5) + Pow(a, -2) + Pow(a, 2)", Positive),
        new("sqrt rsqrt", "Matrix<T, A, B> a", "Matrix<T, A, B>", "Sqrt(a) + ReciprocalSqrt(a)", Positive),
        new("exp expm1", "Matrix<T, A, B> a", "Matrix<T, A, B>", "Exp(a) + Expm1(a)"),
        new("log log1p", "Matrix<T, A, B> a", "Matrix<T, A, B>", "Log(a) - Log1p(a)", Positive),
        new("sin cos tan tanh", "Matrix<T, A, B> a", "Matrix<T, A, B>", "Sin(a) + Cos(a) + Tanh(a)"),
        new("tan", "Vector<T, A> a", "Vector<T, A>", "Tan(a)", Unit),
        new("sigmoid softplus", "Matrix<T, A, B> a", "Matrix<T, A, B>", "Hadamard(Sigmoid(a), Softplus(a))"),
        new("safeSqrt logSigmoid", "Matrix<T, A, B> a", "Matrix<T, A, B>", "SafeSqrt(a) + LogSigmoid(2 * a)", Positive),
        new("erf erfc", "Matrix<T, A, B> a", "Matrix<T, A, B>", "Hadamard(Erf(a), a) - 2 * Erfc(a)"),
        new("erf erfc gelu", "Vector<T, A> a, T s", "T", "Sum(Gelu(a)) * Erf(s) + Dot(a, Erfc(a / 2))"),
        new("gelu geluDerivative", "Matrix<T, A, B> a", "Matrix<T, A, B>", "Gelu(a) + 2 * GeluDerivative(a)"),
        new("gelu", "Matrix<T, A, B> w, Matrix<T, C, A> v, Vector<T, B> x", "Vector<T, C>", "v * Gelu(w * x)"),
        new("erf erfc gelu geluDerivative", "T x, T y", "T", "Erf(x) * y + Erfc(x * y) - Gelu(x - y) * GeluDerivative(y)"),
        new("relu leakyRelu", "Matrix<T, A, B> a, T s", "Matrix<T, A, B>", "Relu(a) + LeakyRelu(a, s)"),
        new("abs", "Vector<T, A> a", "Vector<T, A>", "Abs(a)"),
        new("max min", "Matrix<T, A, B> a, Matrix<T, A, B> b", "Matrix<T, A, B>", "Max(a, b) - 2 * Min(a, b)"),
        new("clamp", "Matrix<T, A, B> a, T s", "Matrix<T, A, B>", "Clamp(a, -s * s, s * s)", Unit),
        new("where greater less", "Matrix<T, A, B> a, Matrix<T, A, B> b", "Matrix<T, A, B>", "Where(Greater(a, b), Square(a), b) + Hadamard(Less(a, b), a)"),

        // Softmax and losses
        new("softmax", "Vector<T, A> a", "Vector<T, A>", "Softmax(a)"),
        new("logSumExp", "Vector<T, A> a", "T", "LogSumExp(3 * a)"),
        new("logSumExp", "Matrix<T, A, B> a", "T", "LogSumExp(a)"),
        new("logSoftmax", "Vector<T, A> a", "Vector<T, A>", "LogSoftmax(a)"),
        new("meanSquaredError", "Matrix<T, A, B> a, Matrix<T, A, B> b", "T", "MeanSquaredError(a, b)"),
        new("softmaxCrossEntropy", "Vector<T, A> a, Vector<T, A> b", "T", "SoftmaxCrossEntropy(a, b)"),
        new("softmaxCrossEntropyAt", "Vector<T, A> a, [NoDerivative] int n", "T", "SoftmaxCrossEntropy(a, n)"),
        new("binaryCrossEntropyWithLogits", "Vector<T, A> a, Vector<T, A> b", "T", "BinaryCrossEntropyWithLogits(a, b)"),
        new("stopGradient", "Vector<T, A> a, [NoDerivative] Vector<T, A> b", "Vector<T, A>", "Hadamard(a, StopGradient(b))"),

        // Scalars
        new("", "T x, T y", "T", "{ var a = x * y - x / y + x % 7; a += -y; a *= 2; a -= x; a /= 3; return a; }", Positive),
        new("", "T x", "T", "Math.Exp(x) + Math.Log(x) + Math.Sqrt(x) + Math.Sin(x) + Math.Cos(x) + Math.Tan(x / 2) + Math.Tanh(x)", Positive),
        new("", "T x", "T", "Math.Asin(x) + Math.Acos(x) + Math.Atan(x) + Math.Atanh(x)", Unit),
        new("", "T x", "T", "Math.Sinh(x) + Math.Cosh(x) + Math.Asinh(x) + Math.Acosh(x) + Math.Cbrt(x) + Math.Log2(x) + Math.Log10(x)", AboveOne),
        new("", "T x, T y", "T", "Math.Pow(x, y) + Math.Pow(x, 3) + Math.Atan2(y, x) + Math.Max(x, y) - Math.Min(x, 2 * y) + Math.Abs(x)", Positive),
        new("", "T x, T y", "T", "x > y ? Math.Sqrt(x) * y : Math.Exp(y)", Positive),
        new("safeSqrt logSigmoid", "T x", "T", "SafeSqrt(x) * LogSigmoid(x)", Positive),
        new("recip square cube rsqrt expm1 log1p sigmoid softplus relu leakyRelu stopGradient", "T x", "T", "Reciprocal(x) + Square(x) + Cube(x) + ReciprocalSqrt(x) + Expm1(x) + Log1p(x) + Sigmoid(x) + Softplus(x) + Relu(x) + LeakyRelu(-x, x)", Positive),

        // Branches, loops with known bounds, entries that are written
        new("", "T x, T y", "T", "{ if (x > 1) { return x * y; } x += y; return x > y ? x * x : Math.Exp(x); }", Positive),
        new("", "T x, Vector<T, A> v, [NoDerivative] int n", "Vector<T, A>", "{ if (x > 1 && n > 0) { v = x * v; x *= 2; } else if (x < 0.6) { v = Tanh(v); } else { x = -x; } return v * x; }", Positive),
        new("", "T x, [NoDerivative] int n", "T", "{ switch (n) { case 0: return x; case 1 when x > 1: x = Math.Sqrt(x); break; default: x = x * x * x; break; } return 2 * x; }", Positive),
        new("", "Matrix<T, A, A> w, Vector<T, A> x", "Vector<T, A>", "{ for (var i = 0; i < 3; i++) { x = Tanh(w * x) + i * x; } return x; }"),
        new("", "Matrix<T, A, A> w, Vector<T, A> x", "Vector<T, A>", "{ for (var i = 0; i < 9; i++) { x = Tanh(w * x) + (i % 3) * x / 9; } return x; }"),
        new("", "Matrix<T, A, A> w, Matrix<T, A, B> x", "T", "{ T s = 0; for (var i = 2; i <= 12; i++) { x = w * Sin(x) / 2 + x / i; s += NormSquared(x) / 10; } return s * Sum(x); }"),
        new("", "Matrix<T, A, A> w, Vector<T, A> x", "Vector<T, A>", "{ for (var i = 0; i < 8; i++) { x = Tanh(w * x / 10) * w[i % 2, 1] + x[i % 2] * Tanh(x) / 8; } return x; }"),
        new("element withEntry", "Vector<T, A> x, T s", "T", "{ Vector<T, A> v = new(); for (var i = 0; i < v.Size; i++) { v[i] = i * s * x[i]; } v[1] += x[0] * s; var u = v + s; u[0] = u[1] * s; return Dot(u, v); }"),
        new("", "Vector<T, A> x", "T", "{ var sum = x[0]; for (var i = 1; i < x.Size; i++) { if (sum > 1) { break; } if (x[i] < 0) { continue; } sum += x[i] * x[i]; } return sum; }"),

        // Loops that run with the program; n is 1
        new("", "T x, [NoDerivative] int n", "T", "{ T sum = 1; for (var i = 0; i < n + 4; i++) { sum += x * x * i; } return sum * x; }"),
        new("", "T x, [NoDerivative] int n", "T", "{ for (var i = 0; i < n - 1; i++) { x = x * x; } return 3 * x; }"),
        new("", "T x, [NoDerivative] int n", "T", "{ for (var i = n; i <= n + 4; i++) { x = Math.Sin(x) * i; } return x; }"),
        new("", "T x", "T", "{ T y = 1; while (true) { var next = (y + x / y) / 2; if (Math.Abs(next - y) < (T)1e-6) { break; } y = next; } return y; }", Positive),
        new("", "T x, T y", "T", "{ do { var t = x; x = y; y = t / 2 + y; if (y > 3) { continue; } x += y; } while (x < 8); return x * y; }", Positive),
        new("", "Matrix<T, A, A> w, Vector<T, A> x, [NoDerivative] int n", "Vector<T, A>", "{ for (var i = 0; i < 2 + n; i++) { x = Tanh(w * x); } return x; }"),
        new("", "Matrix<T, A, A> w, Vector<T, A> x, [NoDerivative] int n", "T", "{ var y = 2 * x; T s = 0; for (var i = 0; i < 3 * n; i++) { var t = x; x = y; y = Tanh(w.T * t + y) / 2; s += Dot(x, y); } return s + Sum(y); }"),
        new("element inRange entryAt", "Vector<T, A> x, Matrix<T, A, B> m, [NoDerivative] int n", "T", "{ T s = 0; for (var i = 0; i < n + 1; i++) { s += x[i] * x[i] * m[i, n - 1] + m[0, n - 1]; } return s * x[n]; }"),
        new("withEntryAt", "Vector<T, A> x, T s, [NoDerivative] int n", "Vector<T, A>", "{ var v = 2 * x; for (var i = 0; i < n + 1; i++) { v[i] = v[1 - i] * s + x[i]; v[n] *= x[0]; } return v; }"),
        new("", "T x, T y, [NoDerivative] int n", "T", "{ T s = x; for (var i = 0; i < n + 2; i++) { for (var j = 0; j <= i; j++) { if (s > 4) { break; } if (j == 1) { s += x; continue; } s = s * y + Math.Sin(s * x); } x *= y; } return s; }", Positive),
        new("", "Matrix<T, A, A> w, Vector<T, A> x, [NoDerivative] int n", "T", "{ T s = 0; for (var i = 0; i < n + 1; i++) { var h = x; var k = 0; while (k++ < i + 1) { h = Tanh(w * h); } if (h[0] > 0) { s += Sum(h); } else { s -= Dot(h, x); x = x / 2; } } return s; }"),
        new("", "T x, [NoDerivative] int n", "T", "{ if (x > 1) { for (var i = 0; i < n + 1; i++) { x += Math.Sqrt(x); } } else { while (x > 0.1) { x *= x / 2; n++; } } return x + n; }", Positive),
        new("", "Vector<T, A> x, [NoDerivative] int n", "T", "{ T s = 1; for (var i = 0; i < 1000; i++) { s = s * (T)0.99 + x[n] * s * (T)0.01; } return s; }"),
        new("", "Matrix<T, A, B> a, Matrix<T, A, B> b, [NoDerivative] int n", "Matrix<T, A, B>", "{ for (var i = 0; i < n + 2; i++) { var t = a; a = b; b = t; a = a + (T)0.5 * Hadamard(b, t); } return a - b; }"),

        new("", "Matrix<T, A, A> w, Vector<T, A> x", "Vector<T, A>", "{ while (NormSquared(x) < 40) { x = (T)1.5 * x + (T)0.01 * Tanh(w * x); } return x; }"),
        new("", "Vector<T, C> x, Matrix<T, A, C> m, T s, [NoDerivative] int n", "T", "{ for (var i = 0; i < n + 1; i++) { if (s > 9) { continue; } for (var j = n - 1; j < x.Size; j++) { s += x[j] * x[j] * m[i, j] + x[n] * m[n, j]; } s /= 2; } return s; }"),

        // Tuples, local functions, lambdas, helpers
        new("", "T x, T y", "T", "{ var (a, b) = (x * y, x - y); (a, b) = (b * b, a); var t = (p: a, (q: b, Math.Sin(a))); return t.p * t.Item2.q + t.Item2.Item2; }", Positive),
        new("", "Matrix<T, A, B> w, Vector<T, B> x, T y, [NoDerivative] int n", "T", "{ var t = (h: w * x, s: y); for (var i = 0; i < n + 2; i++) { t = (Tanh(t.h) * t.s, t.s * y + Sum(t.h)); } if (t.s > 1) { t.s = t.s * t.s; } else { t.h = t.h * y; } return t.s + Sum(t.h); }"),
        new("", "Matrix<T, A, B> w, Vector<T, B> x, T y", "T", "{ T s = 0; void Add(Vector<T, A> v) { if (v[0] < 0) { s -= y; return; } s += NormSquared(v); } Vector<T, A> Layer(T by) => Tanh(w * x * by + s); Add(Layer(y)); Add(Layer(2)); return s * y; }"),
        new("", "T x, T y, [NoDerivative] int n", "T", "{ Func<T, T> f = z => z * y + Math.Sin(z); T Twice(Func<T, T> g, T z) => g(g(z)); T s = x; for (var i = 0; i < n + 1; i++) { s = Twice(f, s) / 2 + Twice(static z => z * z / 4, s); } return s; }"),
        new("", "Matrix<T, A, B> w, Vector<T, B> x, T y", "T", "{ Helpers.Split(w * x, y, out var h, out T s); var ((a, b), c) = Helpers.Sums(h, s); return a * b + c * y; }"),

        // Arrays and spans, of 4 elements where they are passed; int[] is 2, 0, 3, 3, 1
        new("", "T[] a, T s", "T", "{ T sum = 0; foreach (var x in a) { sum += x * x * s; } return sum; }"),
        new("", "ReadOnlySpan<T> a, [NoDerivative] int n", "T", "{ T sum = 1; for (var i = 0; i < a.Length; i++) { sum *= a[i] + a[n] * i; } return sum * a[^1]; }"),
        new("", "T[] a, [NoDerivative] int[] places", "T", "{ T sum = 0; foreach (var k in places) { if (a[k] > 0) { sum += Math.Sin(a[k]) * a[k]; } else { sum -= a[k] * k; } } return sum; }"),
        new("", "T[] a", "T", "{ var b = new T[a.Length + 1]; for (var i = 0; i < a.Length; i++) { b[i + 1] = b[i] * (T)0.5 + a[i] * a[i]; } T s = 0; foreach (var x in b) { s += x * x; } return s; }"),
        new("", "T[] a, T s", "T", "{ var b = new T[5]; b[0] = s; for (var i = 1; i < b.Length; i++) { b[i] = b[i - 1] * b[i - 1] * (T)0.3 + a[i - 1]; b[i - 1] *= s; } return b[4] * b[3] + b[0]; }"),
        new("", "T[] a, [NoDerivative] int n", "T", "{ var b = a.ToArray(); for (var t = 0; t < n + 2; t++) { for (var i = 0; i < b.Length; i++) { b[i] = Math.Sin(b[i] * b[(i + 1) % b.Length]) + b[i] / 2; } } T s = 0; foreach (var x in b) { s += x * x; } return s; }"),
        new("", "T[] a, [NoDerivative] int n", "T", "{ var now = a.ToArray(); var next = new T[a.Length]; for (var t = 0; t < n + 2; t++) { for (var i = 0; i < now.Length; i++) { next[i] = now[i] * now[i] / 2 + now[(i + 3) % now.Length]; } (now, next) = (next, now); } return now[0] * now[1] + now[2] / (2 + now[3] * now[3]); }"),
        new("", "T[] a, [NoDerivative] int n", "T", "{ var now = a.ToArray(); for (var t = 0; t < n + 2; t++) { var next = new T[now.Length]; for (var i = 0; i < now.Length; i++) { next[i] = Math.Tanh(now[i] + now[(i + 1) % now.Length]); } now = next; } return now[0] * now[1] + now[2]; }"),
        new("", "T[] a, [NoDerivative] int n", "T", "{ var b = new T[a.Length]; T s = 0; for (var i = 0; i < b.Length; i++) { b[i] = a[i] * a[i]; } for (var i = 0; i < b.Length; i++) { s += Math.Sin(b[i]); } for (var i = 0; i < b.Length; i++) { b[i] = b[i] * b[i] + s; } for (var i = n; i < b.Length; i++) { s += Math.Cos(b[i]) * b[i - 1]; } return s; }"),
        new("", "T[] a, T s, [NoDerivative] int n", "T", "{ var b = a.ToArray(); if (b[n] > 0) { b[n] *= b[0] * s; if (s > 0) { b[0] = b[n] * b[1]; } } else { b[2] = b[n] * s; } b[1] += b[2] * b[n]; return b[0] * b[1] + b[2] * b[3] + b[n]; }"),
        new("", "Vector<T, A>[] points, Vector<T, A> centre", "T", "{ T s = 0; foreach (var p in points) { s += NormSquared(p - centre) * p[0]; } return s; }"),
        new("", "Matrix<T, A, B>[] layers, Vector<T, B> x", "Vector<T, A>", "{ Vector<T, A> y = new(); for (var k = 0; k < layers.Length; k++) { y = y + Tanh(layers[k] * x) * (k + 1); } return y; }"),
        new("", "Vector<T, A>[] points, [NoDerivative] int n", "T", "{ Vector<T, A>[] moved = [points[0] + points[1], 2 * points[n], points[3]]; for (var k = 0; k < n + 3; k++) { moved[k % 3] = Tanh(moved[(k + 1) % 3]) + moved[k % 3] * (T)0.5; } return Dot(moved[0], moved[1]) + Sum(moved[2]); }"),
        new("", "ReadOnlySpan<T> a, [NoDerivative] int n", "T", "{ var i = 0; while (i < a.Length) { if (a[i] > n) { return a[i] * a[0]; } i++; } return a[1] * a[2] * i; }"),
        new("", "T[] a, [NoDerivative] int n", "T", "{ T s = 0; foreach (var x in a) { if (x > (T)1.4) { return s; } if (x < 0) { continue; } for (var k = 0; k < n + 2; k++) { s += x * x; if (s > 20) { return s * x; } if (s > 9) { break; } } } return s + a[n]; }"),
        new("", "T[] a", "T", "{ T[] b = [a[0] * a[1], a[2], 3]; Span<T> c = stackalloc T[2]; c[0] = b[0] * b[1]; c[1] += b[2] * a[3]; c[^1]++; return c[0] * c[1]; }"),
        new("", "T[] a, T[] b", "T", "{ var x = a[0] > b[0] ? a : b; return x[1] * a[1] + b[2] * x[3]; }"),
        new("", "T x, [NoDerivative] int n", "T", "{ for (var i = 0; i < n + 9; i++) { if (x > 3) { return x * i; } x += x * x / 4 + (T)0.1; } return x; }", Positive),
        new("", "Vector<T, A> x, [NoDerivative] int n", "Vector<T, A>", "{ while (true) { x = x * 2; for (var i = 0; i < n + 1; i++) { if (NormSquared(x) > 50) { return x * (i + 1); } } } }", Positive),

        // What local functions and lambdas do to the variables around them; arrays with two names that are only read
        new("", "T x, T y", "T", "{ var k = x; Func<T, T> f = z => z * k * k; T Call(Func<T, T> g, T z) => Helpers.Apply(g, z); T G(T z) { k = k * z; return Call(f, z) + Helpers.Apply(f, k); } return G(y) + k; }"),
        new("", "T x, [NoDerivative] int n", "T", "{ T s = 1; T Step(T z) { s += z * z; return z / 2; } T Apply(Func<T, T> g, T z) => g(z); for (var i = 0; i < n + 3; i++) { x = Apply(Step, x); x += Apply(z => { s += z; return z * s; }, x); Func<T, T> f = Step; x = f(x); } return s * x; }"),
        new("", "T[] a, T s, [NoDerivative] int n", "T", "{ var b = a.ToArray(); T Grow(int i) { b[i] *= s; return b[i]; } var t = Grow(0) + s * Grow(1); b[3] = Grow(0) * t; for (var i = 0; i < n + 2; i++) { t += s * Grow(i); } return t * b[3] + b[0] * b[1]; }"),
        new("", "T x, T y", "T", "{ T s = x; T Grow() { s += y; return s; } static void Scale(ref T by, T k) { by *= k; } static T Product(in T l, T r) => l * r; var p = Product(in s, Grow()); Scale(ref s, Grow()); return p * s; }"),
        new("", "T[] a, T s, [NoDerivative] int n", "T", "{ var b = a; for (var i = 0; i < n + 2; i++) { s += a[i] * a[i] + b[1]; if (s > 0) { b = new T[] { s, s, a[i], 1 }; } } return s * b[2] + b[1]; }"),
        new("", "T[] a, T s", "T", "{ var b = a.ToArray(); foreach (var x in b) { s += x * x; if (s > 0) { b = new T[] { s, x, 1, 2 }; } } return s * b[1]; }"),
        new("", "T[] a, T s, [NoDerivative] int n", "T", "{ var b = a.ToArray(); void Step(int i) { for (var k = 0; k < n + 2; k++) { if (k == i) { b[k] *= s; return; } b[k] += b[i] * s; if (b[k] > 3) { return; } } b[3] -= s; } for (var i = 0; i < n + 2; i++) { Step(i); } Step(3); return b[0] * b[3] + b[2] * b[1]; }"),

        // Whole models
        new("", "Matrix<T, A, B> w1, Matrix<T, C, A> w2, Matrix<T, N1, C> w3, [NoDerivative] Vector<T, B> x", "Vector<T, N1>", "Sigmoid(w3 * Sigmoid(w2 * Sigmoid(w1 * x)))"),
        new("", "Matrix<T, A, B> w1, Vector<T, A> b1, Matrix<T, C, A> w2, Vector<T, C> b2, [NoDerivative] Vector<T, B> x, [NoDerivative] int n", "T", "{ var h = Tanh(w1 * x + b1); var z = w2 * h + b2; return SoftmaxCrossEntropy(z, n); }"),
        new("", "Matrix<T, A, B> a, Matrix<T, B, A> b, Matrix<T, A, A> c", "T", "Trace(a.T * (c * a + b.T))", Any),
        new("", "Matrix<T, A, A> f, Matrix<T, A, A> p, Matrix<T, A, A> q, Vector<T, A> x", "T", "QuadraticForm(x, f * p * f.T + q)"),
        new("", "Matrix<T, A, B> w, Vector<T, B> x", "Vector<T, A>", "{ var h = w * x; h = Tanh(h); h = Hadamard(h, h) + h; return w * (w.T * h); }"),

        .. StatementCases.All,
    ];
}
