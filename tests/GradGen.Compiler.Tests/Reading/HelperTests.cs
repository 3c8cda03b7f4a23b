using System.Reflection;
using System.Runtime.Loader;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Reading;
using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.Compiler.Tests.Reading;

/// <summary>Helpers, tuples, local functions and lambdas: what is read computes what C# computes.</summary>
public class HelperTests
{
    private const string Members = """
        static double Square(double x) => x * x;
        static (double Sum, double Product) Both(double a, double b) => (a + b, a * b);
        static ((double, double) Inner, double Outer) Nested(double a) => ((a, 2 * a), Square(a));
        static void Split(double x, out double whole, out double half) { whole = x; half = x / 2; }
        static bool TryRoot(double x, out double root) { if (x < 0) { root = 0; return false; } root = Math.Sqrt(x); return true; }
        static void Scale(ref double x, in double by) { if (by > 5) { return; } x *= by; }
        static double Apply(Func<double, double> f, double x) => f(x);
        static double Twice(Func<double, double> f, double x) => f(f(x));
        static double Named(string name, double x) => x + 1;
        static double Half { get; } = 0.5;
        static double Third => 1.0 / 3;
        static double Quarter { get { return 0.25; } }
        static double Product(params double[] all) { var product = 1.0; foreach (var one in all) { product *= one; } return product; }
        static double Plus(this double x, double y = 3) => x + y;
        static T Cube<T>(T x) where T : System.Numerics.INumber<T> { T Times(T y) => x * y; return Times(Times(x)); }
        static Vector<double, N2> Pair(double a, double b) => [a, b];
        """;

    [Theory]
    [InlineData("var t = (a: x, b: y); return t.a * t.b + t.Item1;")]
    [InlineData("return Product(x, y, 2) + 10 * Product() + 100 * Product([y]);")]
    [InlineData("(double a, float b) t = (x, 2); return t.a * t.b;")]
    [InlineData("var (a, b) = (x, y); (a, b) = (b, a + b); return a - 3 * b;")]
    [InlineData("double a, b; (a, b) = Both(x, y); return a / b;")]
    [InlineData("(x, _) = Both(x, y); return x;")]
    [InlineData("var ((a, b), c) = Nested(x); return a + 2 * b + 3 * c;")]
    [InlineData("var t = Nested(x); return t.Inner.Item2 * t.Outer;")]
    [InlineData("var t = Both(x, y); t.Sum += 3; t.Product *= t.Sum; t.Item1++; return t.Sum + t.Product;")]
    [InlineData("var t = Both(x, y); var u = t; u.Sum = 0; return t.Sum + u.Sum;")]
    [InlineData("(double p, (double q, double r) s) t; t.p = x; t.s.q = y; t.s.r = 3; t.s.q *= t.s.r; return t.p * t.s.q;")]
    [InlineData("var t = x > 1 ? (x, y) : (y, x); return t.Item1 - 2 * t.Item2;")]
    [InlineData("var t = (x, y); if (x > 1) { t.Item2 = 3; } else { t = (5, t.Item1); } return t.Item1 - 2 * t.Item2;")]
    [InlineData("(double, double) t; if (x > y) { t = (x, 1); } else { t = (y, 2); } return t.Item1 - 2 * t.Item2;")]
    [InlineData("var t = (a: x, n: 0); for (var i = 0; i < n; i++) { t = (t.a * y, t.n + 1); } return t.a + t.n;")]
    [InlineData("(double a, double b) t; var u = 0.0; for (var i = 0; i < n; i++) { t = (x, i); u += t.a * t.b; } return u;")]
    [InlineData("var (a, b) = (0.0, 1.0); for (var i = 0; i < n; i++) { (a, b) = (b, a + b * x); } return a;")]
    [InlineData("var t = (x, (y, 2.0)); while (t.Item1 < 30) { t.Item1 += t.Item2.Item1 * t.Item2.Item1; t.Item2.Item2 *= 2; if (t.Item2.Item2 > 50) { break; } } return t.Item1 * t.Item2.Item2;")]
    [InlineData("Split(x, out var a, out y); return a * y;")]
    [InlineData("Split(x, out double a, out _); return a;")]
    [InlineData("return TryRoot(x, out var r) ? r : -1;")]
    [InlineData("if (!TryRoot(x - 3, out var r)) { r = 7; } return r;")]
    [InlineData("Scale(ref x, y); Scale(ref x, by: 2); return x;")]
    [InlineData("(double a, double b) t = (x, y); Scale(ref t.b, t.a); return t.b;")]
    [InlineData("double L(double z) => z * y; return L(x) + L(2);")]
    [InlineData("static double L(double z) => z * z; return L(L(x));")]
    [InlineData("var s = 0.0; void Add(double z) { if (z < 0) { return; } s += z; } Add(x); Add(-y); Add(y); return s;")]
    [InlineData("var s = 0.0; double Next() { s += x; return s; } for (var i = 0; i < n; i++) { y *= Next(); } return y + s;")]
    [InlineData("var s = 1.0; void Outer() { void Inner() { s *= y; } Inner(); s += x; Inner(); } Outer(); return s;")]
    [InlineData("var s = x; double F2() => s; s = y; return F2();")]
    [InlineData("double s; void Set(double z) { s = z; } Set(x * y); return s;")]
    [InlineData("var w = Pair(x, y); void Put(int i, double z) { w[i] += z; } for (var i = 0; i < n; i++) { Put(i % 2, x * i); } return w[0] - w[1];")]
    [InlineData("Func<double, double> f = static z => z * z; return f(x) + f.Invoke(y);")]
    [InlineData("Func<double, double> f = z => { var t = z * y; return t + x; }; y = 5; return f(2);")]
    [InlineData("var f = Square; return f(x) + Twice(f, y);")]
    [InlineData("return Apply(Square, x) + Apply(static z => 3 * z, y) + Apply(Math.Sqrt, x) + Apply(Sigmoid, y);")]
    [InlineData("return Apply(z => Apply(u => u * z * y, x), y);")]
    [InlineData("return Twice(z => Twice(u => u * y, z + 1), x);")]
    [InlineData("var s = 0.0; Action<double> add = z => s += z; add(x); add(y); return s;")]
    [InlineData("var s = 0.0; Action add = () => s += x; for (var i = 0; i < n; i++) { add(); } return s;")]
    [InlineData("Func<double, double, double> f = Math.Pow; return f(x, 2);")]
    [InlineData("var f = (a: (Func<double, double>)Square, b: x); return f.a(f.b);")]
    [InlineData("for (var k = 0; k < 3; k++) { var u = k + y; Func<double, double> f = z => z * u; x = f(x); if (x > 3) { break; } } return x;")]
    [InlineData("for (var k = 0; k < 3; k++) { var u = k + y; Func<double, double> f = z => z * u; x = f(x); if (x > 3) { return x * y; } } return x;")]
    [InlineData("for (var i = 0; i < n; i++) { for (var k = 0; k < 2; k++) { Func<double, double> f = z => z + y * k; x = f(x); if (x > i + 3) { return x * y; } } } return x;")]
    [InlineData("Func<double, double> f = z => z; for (var k = 0; k < 2; k++) { var u = k * x; Func<double, double> g = z => z * y; f = g; x += u; } return f(x);")]
    [InlineData("return Named(\"name\", x);")]
    [InlineData("return Third * x + Quarter;")]
    [InlineData("return x.Plus() + y.Plus(2);")]
    [InlineData("return Cube(x) + Cube(2);")]
    [InlineData("var t = Both(y: 0, x: 0); return t; (double, double) Both2() => (1, 2); static double Both(double x, double y) => x;")]
    public void Value_IsCSharps(string body)
    {
        var (read, compilation) = Read(body);
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        Assert.Equal([], read.Problems.Select(p => p.Message));
        var function = Verifier.Verify(read.Model!.Function!);
        var compiled = Compile(compilation);
        foreach (var (x, y) in new[] { (0.7, 1.5), (2.3, 0.4), (4.0, 3.0) })
        {
            var expected = (double)compiled.Invoke(null, [x, y, 4])!;
            Assert.Equal(expected, Interpreter.Run(function, Tensor.Scalar(x), Tensor.Scalar(y), Tensor.Scalar(4))[0].Entries[0], 1e-12 * Math.Max(1, Math.Abs(expected)));
        }
    }

    [Theory]
    [InlineData("double L(double z) => z > 0 ? L(z - 1) : z; return L(x);", "GRAD2009", "L(z - 1)")]
    [InlineData("return Even(n) * x;", "GRAD2009", "Even(n)")]
    [InlineData("return F(x, y, n);", "GRAD2009", "F(x, y, n)")]
    [InlineData("Func<double, double> f = z => z; f = z => f(z); return f(x);", "GRAD2009", "f(z)")]
    [InlineData("Func<double, double> f = z => z; if (x > 1) { f = Square; } return f(x);", "GRAD2001", "f = Square;")]
    [InlineData("Func<double, double> f = z => z; for (var i = 0; i < n; i++) { x = f(x); f = Square; } return x;", "GRAD2001", "f = Square;")]
    [InlineData("Func<double, double> f = z => z; for (var k = 0; k < 2; k++) { var u = k * x; if (k == 0) { f = z => z * u; } } return f(y);", "GRAD2001", "z => z * u")]
    [InlineData("Func<double, double> f = z => z; foreach (var u in new[] { x, y }) { if (u == x) { continue; } f = z => z * u; } return f(y);", "GRAD2001", "f = z => z * u;")]
    [InlineData("return Make(y)(x);", "GRAD2002", "Make(y)")]
    [InlineData("Func<double, double> f = z => z; Kept = f; return x;", "GRAD2003", "Kept")]
    [InlineData("return Kept(x);", "GRAD2001", "Kept")]
    [InlineData("Func<double, double> f = z => z; var fs = new System.Collections.Generic.List<Func<double, double>> { f }; return x;", "GRAD2001", "new System.Collections.Generic.List<Fun…")]
    [InlineData("var s = 0.0; Func<double, double> f = z => s += z; return Apply(f, x) + s;", "GRAD2002", "Apply(f, x)")]
    [InlineData("var s = 0.0; double L() { s += x; return s; } return x > 1 ? L() : s;", "GRAD2001", "L()")]
    [InlineData("Scale2(ref x, ref x); return x;", "GRAD2010", "Scale2(ref x, ref x)")]
    [InlineData("return (x, y) == (y, x) ? x : y;", "GRAD2001", "(x, y) == (y, x)")]
    public void Unsupported_IsOneProblemUnderTheConstruct(string body, string id, string span)
    {
        var (read, _) = Read(body);
        var problem = Assert.Single(read.Problems);
        var text = problem.Location.SourceTree!.GetText().ToString(problem.Location.SourceSpan);
        Assert.Equal((id, span), (problem.Descriptor.Id, text.Length > 40 ? text[..39] + "…" : text));
    }

    private static (ReadMethod Read, Compilation Compilation) Read(string body)
    {
        var compilation = Compilations.Create(Compilations.Usings + "public static partial class Tested {\n" + Members + $$"""

            static Func<double, double> Kept = x => x;
            static double Even(int n) => n == 0 ? 1 : Odd(n - 1);
            static double Odd(int n) => n == 0 ? 0 : Even(n - 1);
            static Func<double, double> Make(double a) => z => a * z;
            static void Scale2(ref double a, ref double b) { a *= 2; b *= 3; }
            [Differentiable] public static double F(double x, double y, [NoDerivative] int n)
            {
                {{body}}
            }
            }
            """);
        var tree = compilation.SyntaxTrees[0];
        var syntax = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(m => m.Identifier.Text == "F");
        var method = (IMethodSymbol)compilation.GetSemanticModel(tree).GetDeclaredSymbol(syntax)!;
        return (ModelReader.Read(method, compilation, CancellationToken.None), compilation);
    }

    private static MethodInfo Compile(Compilation compilation)
    {
        using var image = new MemoryStream();
        Assert.True(compilation.Emit(image).Success);
        image.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image).GetType("Tested")!.GetMethod("F")!;
    }
}
