using GradGen.Compiler.Analyzers;
using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Tests.Analyzers;

/// <summary>GRAD0003 and GRAD2003: which records can be parameters, and what may be done with them.</summary>
public class ParameterRecordTests
{
    [Theory]
    [InlineData("record R(double X);", "R r", "r.X")]
    [InlineData("class K { public double X { get; } = 1; }", "K {|GRAD0003:k|}", "1", "'K k' cannot be differentiated: 'K.X' cannot be set by generated code, which makes a 'K' of its gradient: give it an 'init' accessor, or mark it [NoDerivative]")]
    [InlineData("class K { public double X { get; set; } private double Y = 1; public double Z => Y; }", "K {|GRAD0003:k|}", "1", "'K k' cannot be differentiated: 'K.Y' cannot be reached by generated code, which makes a 'K' of its gradient: make it accessible, or mark it [NoDerivative]")]
    [InlineData("class K { public double X { get; set; } [NoDerivative] private double Y = 1; public double Z => Y; }", "K k", "k.X")]
    [InlineData("class K { [NoDerivative] public double X { get; } = 1; public double Y { get; set; } }", "K k", "k.X * k.Y")]
    [InlineData("class K(int n) { public double X { get; set; } = n; }", "K {|GRAD0003:k|}", "k.X", "'K k' cannot be differentiated: 'K' has no constructor without parameters that generated code can call to make its gradient: add one, or make it a record")]
    [InlineData("class K(int n) { public double X { get; set; } = n; }", "[NoDerivative] K k, double x", "k.X * x")]
    [InlineData("class K { public double X { get; set; } public K? Next { get; set; } }", "K {|GRAD0003:k|}", "k.X", "'K k' cannot be differentiated: 'K' contains itself, through 'Next': mark that member [NoDerivative]")]
    [InlineData("class K<T> { public double X { get; set; } public K<K<T>>? Next { get; set; } }", "K<int> {|GRAD0003:k|}", "k.X")]
    [InlineData("class K { public int N { get; set; } }", "K {|GRAD0003:k|}", "1", "'K k' cannot be differentiated: it holds nothing that has a gradient: mark it [NoDerivative]")]
    [InlineData("class K { public string? N { get; set; } }", "K {|GRAD0003:k|}", "1", "'K k' cannot be differentiated: it holds nothing that GradGen knows: matrices, vectors, numbers")]
    [InlineData("interface I { double X { get; } }", "I {|GRAD0003:i|}", "1")]
    [InlineData("", "(double, Vector<double, N2>) t", "t.Item1")]
    [InlineData("", "(double, string) t", "t.Item1")]
    [InlineData("", "DateTime {|GRAD0003:t|}", "1")]
    [InlineData("class K { public double X { get; set; } public string N = \"\"; }", "K k", "k.X * {|GRAD2001:k.N.Length|}")]
    [InlineData("class K { public double X { get; set; } }", "K k", "({|GRAD2003:k.X|} = 2) * k.X")]
    [InlineData("struct K { public double X { get; set; } }", "K k", "k.X + (k.X = 2) * k.X")]
    [InlineData("class K { public double X { get; set; } public string N = \"\"; public double Y(string n) => X; }", "K k", "k.Y(k.N)")]
    [InlineData("class K { public double X { get; set; } }", "double x", "new K { X = x }.X")]
    [InlineData("class K { public double X { get; set; } public double Set(double y) => X = y; }", "K k", "{|GRAD2002:k.Set(3)|}")]
    [InlineData("class K { public double X { get; set; } public virtual double Y() => X; }", "K k", "{|GRAD2002:k.Y()|}")]
    [InlineData("sealed class K { public double X { get; set; } public override string ToString() => \"\"; public double Y() => X; }", "K k", "k.Y()")]
    [InlineData("abstract class B { public double X { get; set; } public abstract double Y(); } sealed class K : B { public override double Y() => X; }", "K k", "k.Y()")]
    [InlineData("abstract class B { public double X { get; set; } public abstract double Y(); } class K : B { public override double Y() => X; }", "K k", "{|GRAD2002:k.Y()|}")]
    [InlineData("record R(double X) { public double Z { get; } = 1; }", "double x", "new R(x).Z * x")]
    public Task Parameter(string types, string parameters, string body, params string[] messages) => Check.Analyzer<DifferentiableAnalyzer>($$"""
        #nullable enable
        {{types.Replace("class", "public class", StringComparison.Ordinal).Replace("sealed public", "public sealed", StringComparison.Ordinal).Replace("abstract public", "public abstract", StringComparison.Ordinal).Replace("record", "public record", StringComparison.Ordinal).Replace("struct", "public struct", StringComparison.Ordinal).Replace("interface", "public interface", StringComparison.Ordinal)}}
        public static partial class C
        {
            [Differentiable] static double F({{parameters}}) => {{body}};
        }
        """, messages);

    [Fact]
    public Task Result_MustBeAMatrixOrANumber() => Check.Analyzer<DifferentiableAnalyzer>("""
        public static partial class C
        {
            [Differentiable] static {|GRAD0003:(double, double)|} F(double x) => (x, x);
        }
        """);

    /// <summary>Half-typed types and cycles of errors: a diagnostic or silence, never an exception.</summary>
    [Theory]
    [InlineData("record R(double X, Unknown Y);", "R r", "r.X")]
    [InlineData("record R(R X, R Y) : R(X);", "R r", "r.X.Y.X")]
    [InlineData("struct S { S X; double Y; }", "S s", "s.Y")]
    [InlineData("class K : K { public double X { get; set; } }", "K k", "k.X")]
    [InlineData("class K { public double X { get; set; } public double X; }", "K k", "k.X")]
    [InlineData("record R(double X, double X);", "R r", "r.X")]
    [InlineData("record R(double, double Y);", "R r", "r.Y")]
    [InlineData("class K { public double X { get; set; } public double Y( => X; }", "K k", "k.Y()")]
    [InlineData("class K<T> where T : K<T> { public double X; public T Next; }", "K<K> k", "k.Next.X")]
    [InlineData("record R(double X);", "R r", "(r with { Y = 2, X = }).X")]
    [InlineData("record R(double X);", "R r", "new R(1, 2, ).X + new R { X = 3 }.X + new R(r.X")]
    [InlineData("record R(double X);", "(R, ) r", "r.Item1.X")]
    [InlineData("record R(double X) { public double Y => Y; public double Z => new R(Z).Z; }", "R r", "r.Y + r.Z")]
    [InlineData("delegate double D(D d);", "double x", "((Func<double, double>)(z => z * w))(x)")]
    [InlineData("", "double x", "((D)(d => d(d)))((D)(d => d(d)))")]
    [InlineData("", "double x", "L(x)")]
    [InlineData("", "double x", "{ double L(double y) => L2(y); double L2(double y) => L(y); var (a, b = L(x); return a; }")]
    [InlineData("", "double x", "{ var (a, (b, c)) = (x, x); (a, b) = x; return a.b.c; }")]
    [InlineData("", "double x", "{ Func<double, double> f = null; return f(x) + f; }")]
    [InlineData("", "double x", "{ Split(out x, out var y, ref z); return y; } static void Split(out double a, out double b, ref double c) { }")]
    public async Task HalfTyped_NeverThrows(string types, string parameters, string body)
    {
        var source = types + "\npublic delegate double D(D d);\npublic static partial class C\n{\n    [Differentiable] static double F(" + parameters + ")"
            + (body.StartsWith('{') ? body : " => " + body + ";") + "\n    [Differentiable] double G(" + parameters + ")"
            + (body.StartsWith('{') ? body : " => " + body + ";") + "\n}\n";
        var diagnostics = await Check.Diagnostics<DifferentiableAnalyzer>(source);
        Assert.DoesNotContain(diagnostics, d => d.Id == "AD0001");
        var (_, result) = Compilations.Generate(Compilations.Create(Compilations.Usings + source));
        Assert.All(result.Results, r => Assert.Null(r.Exception));
        Assert.DoesNotContain(result.Diagnostics, d => d.Severity >= DiagnosticSeverity.Warning);
    }
}
