using System.Runtime.Loader;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Reading;
using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.Compiler.Tests.Reading;

/// <summary>Methods as people write them: what is read computes what C# computes, and throws where C# throws.</summary>
public class StatementTests
{
    private const string Members = """
        public enum Kind { Linear, Quadratic, Cubic }
        [Flags] public enum Parts : byte { None = 0, Bias = 1, Scale = 2, Both = 3 }
        public record struct Span2(double Low, double High) { public readonly double Width => High - Low; public readonly bool Has(double z) => z is var t && t >= Low && t < High; }
        public record Options(double Rate, int Steps, Kind Kind) { public Options Half => this with { Rate = Rate / 2 }; }
        public class Gauss { public double S { get; } public Gauss(double s) { if (s <= 0) { throw new ArgumentOutOfRangeException(nameof(s)); } S = s; } public double At(double z) => Math.Exp(-z * z / (2 * S * S)); }
        public readonly record struct Positive(double Of) { public double Of { get; } = Of > 0 ? Of : throw new ArgumentException("not positive"); }
        public readonly record struct Strict(double Of) { public double Root => Of < 0 ? throw new ArithmeticException() : Math.Sqrt(Of); }
        const double Epsilon = 1e-9;
        static double Checked(double z) => z > 2.5 ? throw new ArgumentException("z") : z;
        static double Guarded(double z, string name = "z") { ArgumentOutOfRangeException.ThrowIfNegative(z, name); return Math.Sqrt(z); }
        static double SumOf(params double[] all) { var s = 0.0; foreach (var a in all) { s += a; } return s; }
        static double Longest(double first, params ReadOnlySpan<double> rest) { foreach (var r in rest) { first = Math.Max(first, r); } return first; }
        static T Require<T>(T z, bool holds) where T : System.Numerics.INumber<T> => holds && !T.IsNaN(z) ? z : throw new ArithmeticException();
        static double Apply(Kind kind, double z) => kind switch { Kind.Linear => z, Kind.Quadratic => z * z, Kind.Cubic => z * z * z };
        static bool TryFind(double[] a, double least, out int at) { for (at = 0; at < a.Length; at++) { if (a[at] >= least) { return true; } } at = -1; return false; }
        """;

    [Theory]
    // Guards
    [InlineData("if (x < 0) throw new ArgumentOutOfRangeException(nameof(x), x, $\"must be ≥ 0, is {x:F2}\"); return Math.Sqrt(x);")]
    [InlineData("if (n is 0) { throw new ArgumentException(\"no\", nameof(n)); } else if (x > 2) { x /= n; } return x / n;")]
    [InlineData("double y; if (n > 2) { y = x; } else { if (x > 0) { throw new Exception(); } y = -x; } return y;")]
    [InlineData("double y; if (n > 2) { throw new Exception(); } else { y = 3; var z = y * x; y += z; } y *= 2; return y;")]
    [InlineData("var y = x > 1 ? x : n > 2 ? 2 * x : throw new InvalidOperationException(); return y + 1;")]
    [InlineData("return Checked(x) + (n > 1 ? Checked(2 * x) : 0);")]
    [InlineData("return n > 1 && Checked(x) > 0 || x > 2 ? 1 : x;")]
    [InlineData("for (var i = 0; i < n; i++) { if (x > 20) { throw new OverflowException(); } x += i * x; } return x;")]
    [InlineData("for (var i = 0; i < 3; i++) { x += Guarded(x - i); } return x;")]
    [InlineData("var k = 0; while (true) { if (++k > n + 1) { throw new TimeoutException(); } x = (x + 2 / x) / 2; if (Math.Abs(x * x - 2) < 0.1) { break; } } return x * k;")]
    [InlineData("do { if (x < -1) { throw new Exception(); } x -= 1; } while (x > 0); return x;")]
    [InlineData("for (var i = 0; i < n; i++) { for (var j = 0; j < i; j++) { if (i * j > 10) { throw new Exception(); } if (j == 3) { return x; } x += j; } } return x;")]
    [InlineData("for (var i = 0; i < n; i++) { if (i > x) { return i; } } throw new InvalidOperationException();")]
    [InlineData("return n switch { 0 => x, 1 or 2 => Guarded(x), > 5 when x > 1 => 3, 5 => throw new Exception(), _ => x < 0 ? throw new Exception() : 2 };")]
    [InlineData("double Safe(double z) { if (z == 0) { throw new DivideByZeroException(); } return 1 / z; } return Safe(n) + Safe(x);")]
    [InlineData("void Check(bool holds) { if (!holds) throw new Exception(); } Check(n > 0); Check(x > 0); return x;")]
    [InlineData("System.Diagnostics.Debug.Assert(n > 100, \"few\"); return x;")]
    [InlineData("if (double.IsNaN(x) || double.IsInfinity(x) || !double.IsFinite(1 / x)) { throw new Exception(); } return double.IsNegative(x) ? 1 : double.IsPositiveInfinity(x) ? 2 : 1 / x;")]
    [InlineData("return Require(x, n > 1) * Require(n, x > 0);")]
    [InlineData("return Math.Clamp(x, n, 2) + Math.Clamp(n, 1, 5);")]
    [InlineData("try2: if (x > 1) { return x; } throw new NotImplementedException();")]
    [InlineData("ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(n, 6); ArgumentOutOfRangeException.ThrowIfLessThan(x, 0); ArgumentOutOfRangeException.ThrowIfNotEqual(n > 0, true); return x;")]
    [InlineData("return new Gauss(x).At(n) + new Gauss(n + 1).S;")]
    [InlineData("return new Positive(n).Of + (n > 2 ? new Positive(x).Of : 0);")]
    [InlineData("return x > 0 && new Gauss(x).S > 1 || n > 5 && new Positive(x).Of > 1 ? 1 : x;")]
    [InlineData("var s = new Strict(x); return x > 0 && s.Root > 1 && s.Root < 9 ? s.Root : n > 2 || s.Root > 0 ? 1 : 2;")]
    [InlineData("return n < 3 && checked(n * 1_000_000_000) > x ? 1 : x > 0 && (n switch { 0 => 1, 1 => 2, 5 => 3 }) > 1 ? 2 : 3;")]
    // Patterns
    [InlineData("return (x, n) switch { ( > 0, > 2) => 1, ( <= 0, _) => 2, (var a, var b) when b == 1 => a, _ => 3 };")]
    [InlineData("return x is > 0 and var y && n is var k and not 0 ? y / k : -1;")]
    [InlineData("var s = new Span2(0, x); return s switch { { Width: <= 0 } => 1, { High: > 1 and < 2, Low: 0 } => 2, (_, var h) => h };")]
    [InlineData("var s = new Span2(-x, n); return s is { Low: < 0, High: var h } t && t.Has(1) ? h + t.Width : s is (_, 0) ? 7 : s.Low;")]
    [InlineData("var o = new Options(x, n, (Kind)(n % 3)); return o is { Kind: Kind.Linear or Kind.Cubic, Half.Rate: > 0.5 } ? o.Rate : o is { Steps: 1 } and { Rate: var r } ? r : -1;")]
    [InlineData("return Apply((Kind)n, x);")]
    [InlineData("switch ((Kind)n) { case Kind.Linear: return x; case Kind.Quadratic when x > 0: x *= x; goto2: break; case Kind.Cubic: { if (x > 1) break; x = 5; break; } } return x + 1;")]
    [InlineData("return (n > 1) switch { true => x, false => -x } + (n > 2, x > 0) switch { (true, true) => 1, (true, false) => 2, (false, _) => 3 };")]
    [InlineData("return x switch { double.NaN => 0, < 0 => 1, >= 0 => 2 };")]
    [InlineData("double[] a = [x, n, 3]; return a is { Length: 3 } ? a[1] : 0;")]
    [InlineData("object? none = null; return x;", "none")]
    // Switches, jumps
    [InlineData("switch (n) { case 1: if (x > 0) { break; } x = 2; break; case 5: for (var i = 0; i < 3; i++) { if (x > 2) { break; } x += 1; } if (x < 0) { return 1; } break; case 6: { x = 1; { break; } } } return 2 * x;")]
    [InlineData("for (var i = 0; i < n; i++) { switch (i % 4) { case 0: if (x > 3) break; x += 1; continue; case 1: switch (n) { case 2: break; case 5: if (x > 1) { break; } x += 3; goto3: break; default: continue; } x += 0.5; break; case 2: if (x < 0) { return x; } break; default: if (x > 5) { throw new Exception(); } break; } x *= 1.5; } return x;")]
    [InlineData("while (true) { switch (n) { case 0: return x; case 1: n--; continue; default: if (x > 1) { n -= 1; break; } n -= 2; if (n < 0) { throw new Exception(); } break; } x += 1; }")]
    [InlineData("for (var i = 0; i < n; i++) { switch (n) { case 2: if (i == 2) { return x; } break; case 5: if (x > 2) { break; } x += i; if (x > 3) { continue; } x += 1; break; } x += 0.25; } return x;")]
    // Assignments
    [InlineData("double[] a = [x, n, 3, 1]; (a[0], a[3]) = (a[3], a[0]); for (var i = 0; i < 3; i++) { if (a[i] > a[i + 1]) { (a[i], a[i + 1]) = (a[i + 1], a[i]); } } return a[0] + 10 * a[1] + 100 * a[2] + 1000 * a[3];")]
    [InlineData("Matrix<double, N2, N2> m = [[x, 1], [2, n]]; (m[0, 1], x, m[1, 0]) = (x, m[1, 0], m[0, 1]); return m[0, 1] + 10 * m[1, 0] + 100 * x;")]
    [InlineData("double[] a = [x, n]; int[] p = [1, 0]; (a[p[0]], a[p[1]]) = (a[p[1]], 2); return a[0] + 10 * a[1];")]
    [InlineData("return SumOf() + SumOf(x) + SumOf(x, n, 2) + SumOf([x, 4]) + Longest(x, n, 2) + Longest(x);")]
    [InlineData("double[] a = [x, n, 2]; return TryFind(a, 1.5, out var at) ? a[at] + at : throw new Exception();")]
    // Integers
    [InlineData("var k = n * 1_000_000_000; return x + k;")]
    [InlineData("var k = checked(n * 1_000_000_000); return x + k;")]
    [InlineData("checked { var k = n; for (var i = 0; i < 20; i++) { k *= n; k += i; } return unchecked(k * 3) + x; }")]
    [InlineData("unchecked { var k = int.MaxValue - 1; for (var i = 0; i < n; i++) { k++; } return x + k; }")]
    [InlineData("var h = 17; for (var i = 0; i < n; i++) { h = unchecked(h * 31 + i); } return x * h;")]
    [InlineData("var k = int.MaxValue; return x + checked(k + n);")]
    [InlineData("var p = (Parts)(n % 4); if ((p & Parts.Bias) != 0) { x += 1; } if (p.HasFlag(Parts.Scale)) { x *= 2; } return p == Parts.Both ? -x : x;")]
    [InlineData("var s = 0.0; for (var i = 0; i < n; i++) { s += (i & 1) == 0 ? x : -x; s += (n >> 1) + (i << 2) + (i | 4) + (i ^ n) + ~i; } return s;")]
    [InlineData("var sign = n % 2 == 0 ? 1 : -1; x *= sign; x -= -n; return x % 2 + n % 3;")]
    public void Method_DoesWhatCSharpDoes(string body, string? refused = null)
    {
        var source = $$"""
            #nullable enable
            using System;
            using GradGen;
            using static System.Math;
            using static GradGen.MatrixFunctions;
            public static partial class Tested
            {
                {{Members}}
                [Differentiable] public static double F(double x, [NoDerivative] int n)
                {
                    {{body}}
                }
            }
            """;
        var compilation = Compilations.Create(source);
        using var stream = new MemoryStream();
        Assert.Empty(compilation.Emit(stream).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
        var tree = compilation.SyntaxTrees[0];
        var syntax = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(m => m.Identifier.Text == "F");
        var read = ModelReader.Read(compilation.GetSemanticModel(tree).GetDeclaredSymbol(syntax)!, compilation, CancellationToken.None);
        if (refused is not null)
        {
            Assert.NotEmpty(read.Problems);
            return;
        }

        Assert.Equal([], read.Problems.Select(p => p.Message));
        var function = Verifier.Verify(read.Model!.Function!);
        var method = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(new MemoryStream(stream.ToArray())).GetType("Tested")!.GetMethod("F")!.CreateDelegate<Func<double, int, double>>();
        foreach (var x in new[] { -2.0, -0.0, 0.25, 1.5, 3 })
        {
            foreach (var n in new[] { 0, 1, 2, 5, 6, 10 })
            {
                Assert.Equal(Outcome(() => method(x, n)), Outcome(() => Interpreter.Run(function, Tensor.Scalar(x), Tensor.Scalar(n))[0].Entries[0]));
            }
        }
    }

    private static string Outcome(Func<double> run)
    {
        try
        {
            var value = run();
            return double.IsNaN(value) ? "NaN" : Math.Round(value, 10).ToString("R", System.Globalization.CultureInfo.InvariantCulture).Replace("-0", "0", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            return "throws";
        }
    }
}
