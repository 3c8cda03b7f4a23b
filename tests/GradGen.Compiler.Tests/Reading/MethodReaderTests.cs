using GradGen.Compiler.Ir;
using GradGen.Compiler.Reading;
using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.Compiler.Tests.Reading;

public class MethodReaderTests
{
    [Theory]
    [InlineData("x * x + 2 * x - x / 4", 3.0, 3 * 3 + 6 - 0.75)]
    [InlineData("-x % 2", 3.0, -1.0)]
    [InlineData("x > 0 ? Math.Sqrt(x) : 0", 4.0, 2.0)]
    [InlineData("x > 0 && !(x >= 5) || x == -1 ? 1 : x", 7.0, 7.0)]
    [InlineData("true ? x : Unknown(x)", 7.0, 7.0)]
    [InlineData("Math.Pow(x, 3) + Math.Max(x, 1) + Math.Clamp(x, 0, 1)", 2.0, 11.0)]
    [InlineData("double.Exp(x) / Math.E + (float)x", 1.0, 2.0)]
    [InlineData("Half * x + Third + Named", 2.0, 1.0 + 1.0 / 3 + 7)]
    [InlineData("Twice(y: 1, x: x) + Add(x)", 3.0, 7.0 + 8.0)]
    [InlineData("Generic<N3>(x)", 2.0, 6.0)]
    [InlineData("new Vector<double, N2>()[1] + x", 2.0, 2.0)]
    [InlineData("Matrix<double, N2, N2>.Identity()[1, 1] * x + Sum(Vector<double, N3>.Ones())", 2.0, 5.0)]
    [InlineData("Both([x, 2 * x], [[1, x], [x, 0]])", 2.0, 2 + 10 - 2 + 4 - 2.0)]
    [InlineData("(double)(int)n * x", 2.0, 10.0)]
    [InlineData("5 / 2 * x + n / 2", 2.0, 4.0 + 2.0)]
    [InlineData("Twice(y: (x = 2 * x), x: x)", 3.0, 12.0 + 6.0)]
    public void Expression_HasTheValueThatCSharpGivesIt(string expression, double x, double expected)
    {
        var function = ReadOk($$"""
            static readonly double Third = 1 / 3.0;
            const double Half = 0.5;
            static readonly float Named = 3 + 4;
            static double Unknown(double x) => throw null!;
            static double Twice(double x, double y) => 2 * x + y;
            static double Add(double x, double y = 5) { x += y; return x; }
            static double Generic<TSize>(double x) where TSize : struct, IDimension => x * TSize.Size;
            static double Both(Vector<double, N2> v, Matrix<double, N2, N2> m) => v[0] + (m * v)[0] - x0(v) + v[1] - v[0];
            static double x0(Vector<double, N2> v) => v[0];
            [Differentiable] static double F(double x, [NoDerivative] int n) => {{expression}};
            """);
        Assert.Equal(expected, Interpreter.Run(function, Tensor.Scalar(x), Tensor.Scalar(5))[0].Entries[0], 12);
    }

    [Fact]
    public void Statements_AssignVariablesInOrder()
    {
        var function = ReadOk("""
            [Differentiable] static double F(double x, [NoDerivative] int n)
            {
                double a = x, b;
                b = a * 2;
                a += b;
                a -= 1;
                a *= 3;
                ;
                { a /= 2; }
                var c = a++ + ++a;
                n += 2;
                x = c;
                return x + n;
            }
            """);
        // a = ((2 + 4 − 1)·3)/2 = 7.5, c = 7.5 + 9.5 = 17, n = 7
        Assert.Equal(24.0, Interpreter.Run(function, Tensor.Scalar(2), Tensor.Scalar(5))[0].Entries[0], 12);
    }

    [Theory]
    [InlineData("if (x > 0) { x *= 2; } return x;", "x > 0")]
    [InlineData("return x > 0 ? x : 2 * x;", "x > 0")]
    [InlineData("var big = v[0] > 1 && n > 0; return big ? x : 1;", "big")]
    [InlineData("return x switch { > 1 => x, _ => 1 };", "x")]
    [InlineData("if (StopGradient(x) > 0 || n > 0) { x *= 2; } return x;", null)]
    [InlineData("if (Math.Floor(x) > 0) { x *= 2; } return n > 0 ? x : 1;", null)]
    public void ConditionOnWhatIsDifferentiated_IsAdvice(string body, string? span)
    {
        var (read, _) = Read($"[Differentiable] static double F(double x, Vector<double, N2> v, [NoDerivative] int n) {{ {body} }}");
        Assert.NotNull(read.Model!.Function);
        Assert.Equal(
            span is null ? [] : [("GRAD2006", span)],
            read.Advice.Select(a => (a.Descriptor.Id, a.Location.SourceTree!.GetText().ToString(a.Location.SourceSpan))));
    }

    [Theory]
    [InlineData("for (var i = 0; i < 3; i++) { x += v[i]; } return x;", "GRAD1006", "v[i]")]
    [InlineData("var w = v; w[0] = 2; return x;", "GRAD2003", "w[0]")]
    [InlineData("var w = x > 0 ? v : v + 1.0; w[0] = 2; return w[0];", "GRAD2003", "w[0]")]
    [InlineData("var w = v + 0.0; if (x > 0) { w = v; } w[0] = 2; return w[0];", "GRAD2003", "w[0]")]
    [InlineData("var w = StopGradient(v); w[0] = 2; return v[0];", "GRAD2003", "w[0]")]
    [InlineData("var w = v; v = v * 2; w[0] = 2; return v[0];", "GRAD2003", "w[0]")]
    [InlineData("var w = v * x; var u = x > 0 ? w : w * 2; u[0] = 1; return w[0];", "GRAD2001", "u[0]")]
    [InlineData("var w = v + 0.0; return Sum(w * (w[0] = 5.0));", "GRAD2001", "w[0]")]
    [InlineData("double y = 1; if (x > 0 && (y = x * 2) > 1) { x = 1; } return x * y;", "GRAD2001", "y")]
    [InlineData("return x * Late;", "GRAD2001", "Late")]
    [InlineData("return Math.Log(x, 2);", "GRAD2002", "Math.Log(x, 2)")]
    [InlineData("Vector<double, N2> w = [x, x]; var u = w; w[0] = 2; return u[0];", "GRAD2001", "w[0]")]
    [InlineData("Vector<double, N2> w = [x, x]; for (var i = 0; i < 3; i++) { w[i] = 1; } return w[0];", "GRAD1006", "w[i]")]
    [InlineData("while (true) { x += 1; }", "GRAD2001", "while")]
    [InlineData("for (var i = 0; i < n; i++) { foreach (var j in new System.Collections.Generic.List<int>()) { x += j; } } return x;", "GRAD2001", "foreach")]
    [InlineData("for (var i = 0; i < n; i++) { x += (int)x; } return x;", "GRAD2004", "(int)x")]
    [InlineData("var s = 0.0; for (var i = 0; i < n; i++) { n = (int)s; s += x; } return s;", "GRAD2004", "(int)s")]
    [InlineData("Matrix<double, N2, N2> m = new(); m[n, 2] = x; return m[0, 0];", "GRAD1006", "m[n, 2]")]
    [InlineData("var w = v; for (var i = 0; i < n; i++) { w[i] = x; } return w[0];", "GRAD2003", "w[i]")]
    [InlineData("Vector<double, N2> w = [x, x], u = [x, 1]; for (var i = 0; i < n; i++) { w[0] = x; u = w; } return u[0];", "GRAD2001", "w[0]")]
    [InlineData("Vector<double, N2> w = [x, x], u = [x, 1]; if (x > 1) { u = w; } w[0] = 2; return u[0];", "GRAD2001", "w[0]")]
    [InlineData("try { return x; } finally { }", "GRAD2001", "try")]
    [InlineData("lock (Box) { } return x;", "GRAD2001", "lock")]
    [InlineData("goto end; end: return x;", "GRAD2013", "goto")]
    [InlineData("Counter = 3; return x;", "GRAD2003", "Counter")]
    [InlineData("Counter += 3; return x;", "GRAD2003", "Counter")]
    [InlineData("Property = 3; return x;", "GRAD2003", "Property")]
    [InlineData("v[0] = 3; return x;", "GRAD2003", "v[0]")]
    [InlineData("v.AddScaled(2, v); return x;", "GRAD2003", "v.AddScaled(2, v)")]
    [InlineData("return x + Counter;", "GRAD2001", "Counter")]
    [InlineData("return (int)x;", "GRAD2004", "(int)x")]
    [InlineData("return Math.IEEERemainder(x, 2);", "GRAD2002", "Math.IEEERemainder(x, 2)")]
    [InlineData("Console.WriteLine(x); return x;", "GRAD2002", "Console.WriteLine(x)")]
    [InlineData("return Recursive(x);", "GRAD2009", "Recursive(x)")]
    [InlineData("var a = new[] { 1L }; return x;", "GRAD2001", "new[] { 1L }")]
    [InlineData("var a = new double[2, 2, 2]; return x;", "GRAD2001", "new double[2, 2, 2]")]
    [InlineData("var a = new double[2][]; return x;", "GRAD2001", "new double[2][]")]
    [InlineData("double[][] a = [[x], [x, 1]]; return a[1][0];", "GRAD2001", "[[x], [x, 1]]")]
    [InlineData("var a = new Vector<double, N2>[2]; return x;", "GRAD2001", "new Vector<double, N2>[2]")]
    [InlineData("double[] a = [x], b = n > 0 ? a : [1]; b[0] = 1; return a[0];", "GRAD2001", "b[0]")]
    [InlineData("double[] a = [x, x], b = [x, 2], c = [1, x]; for (var i = 0; i < n; i++) { c = b; b = a; } c[0] = 5; return a[0];", "GRAD2001", "c[0]")]
    [InlineData("double[] a = [x, x], b = [x, 2]; for (var i = 0; i < n; i++) { a[0] *= x; b = a; b[1] *= 2; } return a[0] * b[1];", "GRAD2001", "b[1]")]
    [InlineData("double[] a = [x, x], b = [x, 2]; for (var i = 0; i < n; i++) { b[0] *= x; if (i > 0) { b = a; } } return a[0] * b[1];", "GRAD2001", "b[0]")]
    [InlineData("double[] a = [x, x]; foreach (var y in n > 0 ? a : [1, x]) { a[0] *= y; } return a[0];", "GRAD2001", "a[0]")]
    [InlineData("double[] a = [x, x]; static void Set(double[] b, double[] c) { foreach (ref var y in b.AsSpan()) { y *= c[0]; } } Set(a, n > 0 ? a : [1, x]); return a[0];", "GRAD2001", "y")]
    [InlineData("double[] a = [x, x]; static void Each(double[] b, Action<int> f) { b[0] *= 2; f(0); } Each(a, i => a[1] = x); return a[0];", "GRAD2001", "Each(a, i => a[1] = x)")]
    [InlineData("double[] a = [x, x]; Apply(i => a[1] = x); return a[0];", "GRAD2002", "Apply(i => a[1] = x)")]
    [InlineData("double[] a = [x, x]; double Set() { a[0] = 2; return 1; } return n > 0 ? Set() : a[0];", "GRAD2001", "Set()")]
    [InlineData("double[] a = [x, x]; return n > 0 ? a[0] = 2 : a[0];", "GRAD2001", "a[0]")]
    [InlineData("double[] a = [x, x]; return System.Linq.Enumerable.Sum(System.Linq.Enumerable.Where(a, y => y > 0));", "GRAD2002", "System.Linq.Enumerable.Sum(System.Linq.Enumerable.Where(a, y => y > 0))")]
    [InlineData("double[] a = [x, x]; var q = System.Linq.Enumerable.Select(a, y => y * x); return System.Linq.Enumerable.Sum(q);", "GRAD2002", "System.Linq.Enumerable.Select(a, y => y * x)")]
    [InlineData("double[] a = [x, x]; var t = 0.0; return System.Linq.Enumerable.Sum(a, y => t += y);", "GRAD2001", "System.Linq.Enumerable.Sum(a, y => t += y)")]
    [InlineData("double[] a = [x, x]; Array.Sort(a); return a[0];", "GRAD2002", "Array.Sort(a)")]
    [InlineData("Vector<double, N2> v = [x, x]; Vector<double, N2>[] a = [v]; v[0] = 1; return a[0][0];", "GRAD2001", "v[0]")]
    [InlineData("Vector<double, N2>[] a = [new()]; var v = a[0]; v[0] = 1; return a[0][0];", "GRAD2001", "v[0]")]
    [InlineData("double[] a = [x, 1]; var r = 0..1; return a[r][0];", "GRAD2001", "0..1")]
    [InlineData("dynamic d = x; return d.Foo;", "GRAD2013", "d = x")]
    [InlineData("throw new Exception();", "GRAD2001", "F")]
    [InlineData("if (((true && true) ? throw new Exception() : x) < 1) { } return x;", "GRAD2001", "F")]
    [InlineData("if (x > 0) { throw new Exception(); } else { Fail(); } return x;", "GRAD2001", "F")]
    [InlineData("double[] a = [x, n]; return a is [> 1, ..] ? x : 1;", "GRAD2001", "[> 1, ..]")]
    [InlineData("object o = x; return x;", "GRAD2001", "x")]
    [InlineData("double? best = null; return best ?? x;", "GRAD2001", "null")]
    [InlineData("double? best = x; return best.Value;", "GRAD2001", "x")]
    [InlineData("return Label is null ? 1 : x;", "GRAD2001", "Label")]
    [InlineData("var p = (x, n) switch { ( > 1, var k) => k, _ => 2 }; switch (n) { case 1: goto case 2; case 2: return x; } return p;", "GRAD2013", "goto")]
    [InlineData("for (var i = n; i < 9; i++) { throw new Exception(); } return x;", "GRAD2001", "for")]
    [InlineData("var t = 0.0; return x > 0 ? t = 2 : x;", "GRAD2001", "t")]
    public void Unsupported_IsOneProblemUnderTheConstruct(string body, string id, string span)
    {
        var (read, _) = Read($$"""
            static double Counter;
            static double Property { get; set; }
            static readonly double Late = Later + 1;
            static readonly double Later = 2;
            static readonly object Box = new();
            static void Apply(Action<int> f) => f(0);
            static string? Label;
            static int Next(int k) => k + 1;
            static void Fail() => throw new InvalidOperationException();
            static double Recursive(double x) => x > 0 ? Recursive(x - 1) : x;
            [Differentiable] static double F(double x, Vector<double, N2> v, [NoDerivative] int n)
            {
                {{body}}
            }
            """);
        var problem = Assert.Single(read.Problems);
        Assert.Equal(id, problem.Descriptor.Id);
        Assert.Equal(span, problem.Location.SourceTree!.GetText().ToString(problem.Location.SourceSpan));
        Assert.Null(read.Model!.Function);
        Assert.StartsWith(id, read.Model.Failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("if (x > 1) { x *= 2; } else if (x > 0) { x = 5; } else { x = -x; } return x;")]
    [InlineData("double y; if (x > 1) { y = x; } else { y = 2; var z = y; y += z; } return y;")]
    [InlineData("if (x > 1) { return x; } x += 1; if (x > 1) return 10 * x; return 100 * x;")]
    [InlineData("if (x > 1) { if (n > 1) { return x; } x += 3; } else { x -= 1; } x *= 2; return x;")]
    [InlineData("{ { if (x > 1) { return 7; } } x++; } { return x; }")]
    [InlineData("if (true) { x = 3; } if (false) { return 1; } return x;")]
    [InlineData("switch (n) { case 1: x = 1; break; case 2: case 5: x = 2 * x; break; default: x = 3; break; } return x;")]
    [InlineData("switch (n) { default: return 1; case > 3 when x > 1: return x; case 5: { x = 4; break; } } return x;")]
    [InlineData("switch (n) { case 7: return 1; } return x;")]
    [InlineData("return n switch { < 3 => 1, 4 or 5 when x < 1 => 2 * x, not 6 and > 0 => x * x, _ => 0 };")]
    [InlineData("return n is > 2 and < 9 || x is 3 ? x : 1;")]
    [InlineData("return n > 0 && 10 / n > 1 ? x : 1;")]
    [InlineData("for (var i = 0; i < 3; i++) { x += i * x; } return x;")]
    [InlineData("for (int i = 0, j = 4; i < j; i += 2, j--) { if (i == 2) { continue; } x += i - j; } return x;")]
    [InlineData("for (var i = 0; ; i++) { if (i == 4) { break; } x *= 2; } return x;")]
    [InlineData("for (var i = 0; i < 4; i++) { if (x > 2) { break; } x *= 2; } return x + 1;")]
    [InlineData("for (var i = 0; i < 4; i++) { if (x > 1) { x -= 1; continue; } x += n; } return x;")]
    [InlineData("for (var i = 0; i < 4; i++) { for (var j = i; j < 3; j++) { if (j == 2 && x > 0) { break; } x += j; if (x > 20) { return i; } } x -= 1; } return x;")]
    [InlineData("var sum = x; for (var i = 1; i < 17; i++) { if (sum > 3) { break; } if (sum * i < 1) { continue; } sum += i * x; } return sum;")]
    [InlineData("var sum = x; for (var i = 1; i < 20; i++) { switch (n) { case 1: if (sum > 2) { continue; } sum += 1; break; case 2: sum -= x; continue; default: break; } if (sum < -9) { break; } for (var j = 0; j < 2; j++) { if (sum > 5) { break; } sum += x; } } return sum;")]
    [InlineData("var i = 5; while (i > 2) { x += i--; } do { x++; } while (false); return x;")]
    [InlineData("do { x += 1; n = 3; } while (n < 2); return x;")]
    [InlineData("Vector<double, N3> v = new(); for (var i = 0; i < v.Size; i++) { v[i] = x * i; } v[1] += 2; v[2]++; return v[0] + 10 * v[1] + 100 * v[2];")]
    [InlineData("Matrix<double, N2, N3> m = new(); for (var i = 0; i < m.Rows; i++) { for (var j = 0; j < m.Columns; j++) { m[i, j] = x + 10 * i + j; } } m[1, 2] /= 2; return Sum(m) + m[1, 2] + Row(m, 1)[0, 2];")]
    [InlineData("Vector<double, N2> v = [x, 1]; var i = 0; v[i++] = i; v[i] = i++; return v[0] + 10 * v[1] + 100 * i;")]
    [InlineData("Vector<double, N2> v = [x, 1]; if (x > 0) { v[1] = x * x; } return v[1];")]
    [InlineData("return Branching(x, 2) + Branching(-x, 3);")]
    [InlineData("for (var i = 0; i < n; i++) { x += i; } return x;")]
    [InlineData("for (var i = 0; i < 1000; i++) { x += i; } return x;")]
    [InlineData("while (x > 0) { x -= 1; } return x;")]
    [InlineData("do { x -= 1; if (x > 2) { continue; } x += 0.5; } while (x > 0); return x;")]
    [InlineData("var i = 0; while (i++ < n) { x += i * x; } return x + i;")]
    [InlineData("for (int i = n, j = 0; i > 0; i -= 2, j++) { if (i == 4) { continue; } x += i * j; if (x > 30) { break; } x -= 1; } return x;")]
    [InlineData("for (var i = 1; i <= n; i++) { for (var j = 0; j < i; j++) { if (j > 2) { break; } x = x * 0.5 + j; } } return x;")]
    [InlineData("for (var i = 2; i < n; i++) { for (var j = 0; j < 2; j++) { if (x > 4) { x /= 2; } else { x += i - j; } } } return x;")]
    [InlineData("var guess = 1.0; while (true) { var next = 0.5 * (guess + 2 / guess); if (Math.Abs(next - guess) < 1e-9) { break; } guess = next; } return guess * x;")]
    [InlineData("var done = false; var k = 0; while (!done) { k++; x *= 0.5; done = x < 0.3 && k > 2; } return x + k;")]
    [InlineData("double last; do { last = x; x = x * 0.5; } while (x > 0.1); return last;")]
    [InlineData("double last; while (true) { last = x; if (x < 0.1) { break; } x = x * 0.5; } return last;")]
    [InlineData("var a = x; var b = 1.0; for (var i = 0; i < n; i++) { var t = a; a = b; b = t + i; } return a + 10 * b;")]
    [InlineData("Vector<double, N4> v = [x, 2, 3, 4]; var sum = 0.0; for (var i = 0; i < n && i < v.Size; i++) { sum += v[i] * v[i]; } return sum;")]
    [InlineData("Vector<double, N4> v = [x, -2, 3, 4]; var i = 0; while (i < v.Size && v[i] != 3) { i++; } return v[i] + i;")]
    [InlineData("Vector<double, N4> v = [x, -2, 3, 4]; var i = n % 4; while (i < v.Size && v[i] != 3) { i++; } return i;")]
    [InlineData("Vector<double, N4> v = new(); for (var i = 0; i < n % 5; i++) { v[i] = x * i; v[i] += 2; } return v[0] + 10 * v[1] + 100 * v[n % 4];")]
    [InlineData("Matrix<double, N2, N3> m = new(); for (var i = 0; i < n % 2; i++) { for (var j = 0; j < 3; j++) { m[i, j] = x + i - j; m[i + 1, j]++; } } return Sum(m) + m[n % 2, 1] + m[1, n % 3];")]
    [InlineData("Vector<double, N2> v = [x, 1]; Matrix<double, N2, N2> w = [[0.5, 0.25], [x, 0.1]]; for (var i = 0; i < n; i++) { v = Tanh(w * v); } return v[0] + v[1];")]
    [InlineData("for (var i = 0; i < n; i++) { switch (i) { case 1: x += 1; break; case 3: continue; default: x *= 0.5; break; } if (x > 10) { break; } x += 0.1; } return x;")]
    [InlineData("return Collatz(n) + Iterate(x, n) + Iterate(x, 3);")]
    [InlineData("for (var i = 0; i < n; i++) { n--; x += n; } return x + n;")]
    public void Branches_DoWhatCSharpDoes(string body)
    {
        var members = $$"""
            static double Branching(double a, int k) { if (a < 0) { return k; } var b = a; if (k == 2) { b = a * a; } return b; }
            static int Collatz(int k) { var steps = 0; while (k > 1) { k = k % 2 == 0 ? k / 2 : 3 * k + 1; steps++; } return steps; }
            static double Iterate(double a, int k) { for (var i = 0; i < k; i++) { a = a / 2 + i; } return a; }
            [Differentiable] public static double F(double x, [NoDerivative] int n) { {{body}} }
            """;
        var function = ReadOk(members);
        var compilation = Compilations.Create(Compilations.Usings + "public static partial class Tested {\n" + members + "\n}");
        using var stream = new MemoryStream();
        Assert.True(compilation.Emit(stream).Success);
        var method = System.Reflection.Assembly.Load(stream.ToArray()).GetType("Tested")!.GetMethod("F")!.CreateDelegate<Func<double, int, double>>();
        foreach (var x in new[] { -2.0, 0.25, 1.5, 3 })
        {
            foreach (var n in new[] { 0, 1, 2, 5, 6, 10 })
            {
                Assert.Equal(method(x, n), Interpreter.Run(function, Tensor.Scalar(x), Tensor.Scalar(n))[0].Entries[0], 12);
            }
        }
    }

    [Fact]
    public void IntegerOfWhatDoesNotVary_IsNoMistake()
    {
        ReadOk("[Differentiable] static double F(double x, [NoDerivative] double t) => x * (int)t + (int)StopGradient(x);");
    }

    [Fact]
    public void GenericHelperWithShapesThatDoNotFit_IsReportedAtItsCall()
    {
        var (read, _) = Read("""
            static Vector<T, TOut> Layer<T, TIn, TOut>(Matrix<T, TIn, TOut> w, Vector<T, TIn> x)
                where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> where TIn : struct, IDimension where TOut : struct, IDimension
            {
                Matrix<T, TOut, TOut> square = new();
                return square * (w * x).Reshape<TIn, N1>().Flatten<TOut>();
            }
            [Differentiable] static Vector<double, N3> F(Matrix<double, N2, N3> w, Vector<double, N2> x) => Layer(w, x);
            """);
        var problem = Assert.Single(read.Problems);
        Assert.Equal("GRAD1001", problem.Descriptor.Id);
        Assert.False(problem.IsReportedElsewhere);
        Assert.Equal("Layer(w, x)", problem.Location.SourceTree!.GetText().ToString(problem.Location.SourceSpan));
    }

    [Fact]
    public void DeepExpression_IsReadOrRefused_NeverAnOverflow()
    {
        var (read, _) = Read($"[Differentiable] static double F(double x) => {string.Concat(Enumerable.Repeat("x + ", 20_000))} x;");
        Assert.True(read.Model!.Function is not null || read.Problems.Length == 1);
    }

    [Fact]
    public void TenThousandLines_AreRead()
    {
        var lines = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"x = x * {i}.5 + 1;\n"));
        Assert.Equal(20_000, ReadOk($"[Differentiable] static double F(double x) {{ {lines} return x; }}").Body.Instructions.Count(i => i.Operation.Name is "mul" or "add"));
    }

    private static Function ReadOk(string members)
    {
        var (read, compilation) = Read(members);
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        Assert.Equal([], read.Problems.Select(p => p.Message));
        return Verifier.Verify(read.Model!.Function!);
    }

    private static (ReadMethod Read, Compilation Compilation) Read(string members)
    {
        var compilation = Compilations.Create(Compilations.Usings + "static partial class Tested {\n" + members + "\n}");
        var tree = compilation.SyntaxTrees[0];
        var syntax = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(m => m.Identifier.Text == "F");
        var method = (IMethodSymbol)compilation.GetSemanticModel(tree).GetDeclaredSymbol(syntax)!;
        return (ModelReader.Read(method, compilation, CancellationToken.None), compilation);
    }
}
