using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GradGen.Compiler.Tests.Robustness;

/// <summary>Whatever is typed: a diagnostic or nothing, never an exception, never generated code that does not compile.</summary>
public class BadInputTests
{
    private const string Model = Compilations.Usings + """
        namespace Models;
        [Dimension(3)] public readonly partial struct Hidden : IDimension;
        public static partial class Model
        {
            private static readonly double Rate = 0.5;
            [Differentiable(BackwardName = "Gradient")]
            public static double Loss(Matrix<double, Hidden, N2> w, Vector<double, Hidden> b, double s, [NoDerivative] Vector<double, N2> x, [NoDerivative] int k)
            {
                var h = Tanh(w * x + b);
                h *= Rate;
                Vector<double, N2> v = [s, h[1]];
                var t = s > 0 ? Math.Sqrt(s) : -s;
                return SoftmaxCrossEntropy(h, k) + Dot(v, v) * t + Square(Layer(w.T, h)[0]);
            }

            private static Vector<T, TOut> Layer<T, TIn, TOut>(Matrix<T, TOut, TIn> w, Vector<T, TIn> x)
                where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> where TIn : struct, IDimension where TOut : struct, IDimension
                => w * x / T.CreateChecked(2);
        }
        """;

    [Fact]
    public async Task EveryPrefixOfAModel_IsHarmless()
    {
        var tokens = CSharpSyntaxTree.ParseText(Model, Compilations.ParseOptions).GetRoot().DescendantTokens().ToList();
        await AssertHarmless([.. tokens.Select(t => Model[..t.Span.End])]);
    }

    [Fact]
    public async Task DeletedDoubledAndSwappedTokens_AreHarmless()
    {
        var tokens = CSharpSyntaxTree.ParseText(Model, Compilations.ParseOptions).GetRoot().DescendantTokens().Select(t => t.ToFullString()).ToList();
        var random = new Random(7);
        var mutations = Enumerable.Range(0, 300).Select(_ =>
        {
            var copy = tokens.ToList();
            var (i, j) = (random.Next(tokens.Count), random.Next(tokens.Count));
            switch (random.Next(3))
            {
                case 0: copy.RemoveAt(i); break;
                case 1: copy.Insert(i, tokens[i]); break;
                default: (copy[i], copy[j]) = (copy[j], copy[i]); break;
            }

            return string.Concat(copy);
        });
        await AssertHarmless([.. mutations]);
    }

    public static TheoryData<string> Sources =>
    [
        "[Differentiable] static double F(double x) => x;",
        "static class C { [Differentiable] static double F(double x) => x; }",
        "static partial class C { [Differentiable] static double F(double x) }",
        "static partial class C { [Differentiable] static double F( }",
        "static partial class C { [Differentiable] static double F(double) => 1; }",
        "static partial class C { [Differentiable] static F(double x) => x; }",
        "static partial class C { [Differentiable] static Missing F(Missing x) => x; }",
        "static partial class C { [Differentiable] static double F(Matrix<double, Missing, N2> x) => x[0, 0]; }",
        "static partial class C { [Differentiable] static double F(Matrix<double, N2> x) => 1; }",
        "static partial class C { [Differentiable] static Matrix<double, N2, N2> F<T>(T x) => new(); }",
        "static partial class C { [Differentiable] static double F(double x) => x; [Differentiable] static double F(double x) => x; }",
        "static partial class C { [Differentiable] static double F(double x) => x; [Differentiable] static double F(float x) => x; }",
        "static partial class C { [Differentiable] static double F(double x) => x; [Differentiable] static double FBackward(double x) => x; }",
        "static partial class C { [Differentiable] static double F(double x) => x; static double FBackward; }",
        "static partial class C { [Differentiable] static double F(double x) => x; class FGradient; }",
        "static partial class C { [Differentiable(BackwardName = \"not a name\")] static double F(double x) => x; }",
        "static partial class C { [Differentiable(BackwardName = null)] static double F(double x) => x; }",
        "static partial class C { [Differentiable(BackwardName = 3, Unknown = 4)] static double F(double x) => x; }",
        "static partial class C { [Differentiable(BackwardName = \"class\")] static double F(double x) => x; }",
        "static partial class C { [Differentiable] static double @class(double @int, double @value) => @int * @value; }",
        "static partial class C { [Differentiable] static double F(double upstream, double into, double accumulate, double y, double gradient) => upstream * into * accumulate * y * gradient; }",
        "static partial class C { [Differentiable] static double F(double value, double Value, double equals, double getHashCode) => value * Value * equals * getHashCode; }",
        "partial class C { [Differentiable] double F(double x) => x; }",
        "partial class C<T> { [Differentiable] static double F(double x) => x; partial struct S<U> { [Differentiable] static double F(double x) => x; } }",
        "partial class C<T> where T : struct, IDimension { [Differentiable] static double F(Vector<double, T> x) => x[0]; }",
        "partial interface C { [Differentiable] static double F(double x) => x; }",
        "partial record C { [Differentiable] static double F(double x) => x; } partial record struct S { [Differentiable] static double F(double x) => x; }",
        "file static partial class C { [Differentiable] static double F(double x) => x; }",
        "static class Outer { static partial class C { [Differentiable] static double F(double x) => x; } }",
        "static partial class C { [Differentiable] static double F(ref double x) => x; [Differentiable] static double G(out double x) => x = 1; [Differentiable] static double H(in double x) => x; }",
        "static partial class C { [Differentiable] static double F(params double[] x) => 1; [Differentiable] static double G(double x = 3) => x; }",
        "static partial class C { [Differentiable] static double F(string s, double x) => x; [Differentiable] static int G(double x) => 1; [Differentiable] static void H(double x) { } }",
        "static partial class C { [Differentiable] static double F(int n, double x) => n * x; [Differentiable] static double G() => 1; }",
        "static partial class C { [Differentiable] static async System.Threading.Tasks.Task<double> F(double x) => x; [Differentiable] static unsafe double G(double x) => x; }",
        "static partial class C { [Differentiable] static extern double F(double x); [Differentiable] static partial double G(double x); }",
        "static partial class C { [Differentiable] static double F(double x) => F(x); [Differentiable] static double G(double x) => H(x); static double H(double x) => G(x); }",
        "static partial class C { [Differentiable] static double F(double x) => C.FBackward(x).X; }",
        "[Dimension(0)] partial struct A : IDimension; [Dimension(-3)] partial struct B : IDimension; [Dimension] partial struct D : IDimension; [Dimension(\"x\")] partial struct E : IDimension; static partial class C { [Differentiable] static double F(Vector<double, A> x, Vector<double, B> y) => x[0]; }",
        "[Dimension(100000)] partial struct A : IDimension; static partial class C { [Differentiable] static double F(Matrix<double, A, A> x) => x[0, 0]; }",
        "[Dimension(3)] struct A : IDimension; [Dimension(3)] partial class B; [Dimension(3)] partial struct D; [Dimension(3)] partial struct E : IDimension { public static int Size => 3; }",
        "static partial class C { [Differentiable] static Matrix<double, Plus<N2, N3>, Plus<Plus<N1, N1>, N3>> F(Matrix<double, N5, N5> x) => x; }",
        "namespace System { static partial class Math { [Differentiable] public static double F(double x) => x; } } namespace GradGen.Inner { static partial class Matrix { [Differentiable] public static double F(double x) => Sigmoid(x); } }",
        "static partial class C { [Obsolete] [Differentiable] static double F(double x) => x; [Differentiable] static double G(double x) { return x; return 2 * x; } [Differentiable] static double H(double x) { var a = x; } }",
        "static partial class C { const double Big = 1e308 * 10; [Differentiable] static double F(double x) => x * Big + double.NaN - double.NegativeInfinity + 1 / 0.0 + -0.0; }",
        "static partial class C { [Differentiable] static float F(float x) => x * 1e-45f + float.MaxValue + 0.1f + (float)0.1; }",
        "static partial class C { [Differentiable] static double F(double x, [NoDerivative] int n) => x * (n / 0) + int.MaxValue + n * 2147483647; }",
        "static partial class C { [Differentiable] static double Loss(double x) => x; [Differentiable] static double loss(double x) => x; }",
        "partial class FGradient { [Differentiable] static double F(double x) => x; } partial class D<FGradient> { [Differentiable] static double F(double x) => x; }",
        "[Dimension(3)] partial struct Z; static partial class C { [Differentiable] static double F(Vector<double, Z> x) => x[0]; }",
        "partial interface I<out T> { [Differentiable] static double F(double x) => x; }",
        "file static partial class C { public static partial class D { [Differentiable] public static double F(double x) => x; } }",
        "static partial class C { [Differentiable] static double F(double , Vector<double, N2> x) => x[0]; [Differentiable] static double G(double x, double x) => x; }",
        "static partial class C { [Differentiable] public static partial double F(double x); public static partial double F(double x) => x * x; }",
        "static partial class C { public static partial double F(double x); [Differentiable] public static partial double F(double x) => x * x; }",
        "using System.Numerics; static partial class C { [Differentiable] static Vector3 F(Vector3 v, Quaternion q) { Vector3 w; w.X = ; w.Q = 1; v[] = 2; v[0, 1] += 3; w = new Vector3(1, ) { X = v, Z }; return Vector3.Dot(v) + Vector3.Transform(v, v) + v * q + v[1.5] + (v with { X }) + -q.X.Y + Vector3. } }",
        "using System.Numerics; static partial class C { [Differentiable] static Plane F(Plane plane, in Matrix4x4 m) { plane.Normal.X = 1; plane.Normal.Q.X = 2; m.M11 = 3; m.Translation.X = 4; m[0].X = 5; Plane other; return other; } }",
        "using System.Numerics; static partial class C { [Differentiable] static Matrix3x2 Value(Matrix3x2 value, Vector2 dValue, Plane gradient, Plane into, [NoDerivative] int upstream) { for (;;) { value.M11 += dValue.X; if (into.D > upstream) { break; } } return value * gradient.D; } }",
        "static partial class C { [Differentiable] static double F(double x) { int k = 100000; int m = k * k; return x * m; } }",
        "static class C { static double F(Vector<double, N3> x, Vector<double, N3> y) { double s = x - y; return s * s; } static double G(Vector<double, N3> x) => x * 2.0; }",
        "static partial class C { [Differentiable] static double F(Vector<double, N3> x) => x * 2.0; [Differentiable] static double G(double x) => x << 2; }",
        "partial class C { [Differentiable] public static C operator +(C a, C b) => a; [Differentiable] static double P => 1; [DerivativeOf(\"F\")] static double H(double x) => x; }",
        "static partial class C { [Differentiable] static Vector<double, N3> F(Vector<double, N3> x) => x; [Differentiable] static double G(double x) => 3; [Differentiable] static Vector<float, N2> H([NoDerivative] Vector<float, N2> x) => x; }",
        "static partial class C { [Differentiable] static double F(double x) => G(x); static double G(double x) => x; [DerivativeOf] static double A() => 1; [DerivativeOf()] static double B() => 1; [DerivativeOf(null)] static double D() => 1; [DerivativeOf(3)] static double E() => 1; [DerivativeOf(nameof())] static double H() => 1; [DerivativeOf(typeof(Missing), nameof(Missing.X))] static double I() => 1; [DerivativeOf(typeof(int[]), null)] static double J() => 1; [DerivativeOf(typeof(System.Collections.Generic.List<>), \"Add\")] static double K() => 1; }",
        "static partial class C { [Differentiable] static double F(double x) => G(x); static Missing G(double x) => x; [DerivativeOf(nameof(G))] static double H(double x, Missing y) => 1; static double I(double) => 1; [DerivativeOf(nameof(I))] static double J(double, double) => 1; [DerivativeOf(nameof(I))] static J(double x, double) => 1; [DerivativeOf(nameof(I))] J2(double x, double y); }",
        "static partial class C { [Differentiable] static double F(double x) => G(x) + H(x); static double G(double x) => H(x); static double H(double x) => G(x); [DerivativeOf(nameof(G))] static double I(double x, double u) => F(x); [DerivativeOf(nameof(H))] [DerivativeOf(nameof(G))] static double J(double x, double u) => u; [DerivativeOf(nameof(F))] static double K(double x, double u) => u; }",
        "interface I { static abstract double G(double x); [DerivativeOf(nameof(G))] static double H(double x, double u) => u; } partial class C : I { public static double G(double x) => x; [DerivativeOf(nameof(G))] public static double H(double x, double u) => u; static double T<X>(double x) where X : I => X.G(x); [Differentiable] static double F(double x) => T<C>(x) + G(x); }",
        "static partial class C { [Differentiable] static double F(Vector<double, N2> x) => G(x); static double G(Vector<double, N2>? x) => x![0]; [DerivativeOf(nameof(G))] static Vector<double, N2>? H(Vector<double, N2>? x, double u) => null; [Differentiable] static double K(double @class, double @int) => @event(@class, @int); static double @event(double @class, double @int) => @class; [DerivativeOf(nameof(@event))] static (double @class, double Rest2) @operator(double a, double b, double c) => (a, b); }",
        "static partial class C { [Obsolete] static double G(double x) => x; [DerivativeOf(nameof(G)), Obsolete(\"no\", DiagnosticId = \"X1\")] static double H(double x, double u) => u; [Differentiable] static double F(double x) { x *= 2; return D.E(x) + G(x); } } [System.Diagnostics.CodeAnalysis.Experimental(\"X2\")] static class D { public static double E(double x) => x; [DerivativeOf(nameof(E))] public static double H(double x, double u) => u; }",
    ];

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Source_IsHarmless(string source) => await AssertHarmless([Compilations.Usings + source]);

    [Theory]
    [InlineData("public partial class B { [Differentiable] public static double F(double x) => x; } public partial class D : B { [Differentiable] public static new double F(double x) => 2 * x; }")]
    [InlineData("public class B { public struct FGradient; } public partial class D : B { [Differentiable] public static double F(double x) => 2 * x; }")]
    [InlineData("public static partial class C { static double G(double x) => x; [DerivativeOf(nameof(G)), Obsolete(\"no\", DiagnosticId = \"X1\")] static double H(double x, double u) => u; [Differentiable] public static double F(double x) => G(x); }")]
    [InlineData("#pragma warning disable X2\npublic static partial class C { [Obsolete] static double G(double x) => x; [DerivativeOf(nameof(G))] static double H(double x, double u) => u; [Differentiable] public static double F(double x) => D.E(x) + G(x); } [System.Diagnostics.CodeAnalysis.Experimental(\"X2\")] static class D { public static double E(double x) => x; [DerivativeOf(nameof(E))] public static double H(double x, double u) => u; }")]
    [InlineData("[Obsolete][Dimension(3)] public readonly partial struct Old : IDimension; public static partial class C { [Differentiable, Obsolete] public static double F(Vector<double, Old> x) => x[0]; }")]
    public void HiddenAndObsoleteNames_AreNoWarningsOfTheGeneratedCode(string source)
    {
        var compilation = Compilations.Create(Compilations.Usings + source);
        var (generated, _) = Compilations.Generate(compilation);
        Assert.DoesNotContain(
            generated.GetDiagnostics(),
            d => d.Severity >= DiagnosticSeverity.Warning && d.Id != "CS1591" && !compilation.ContainsSyntaxTree(d.Location.SourceTree!));
    }

    [Fact]
    public async Task ManyWays_AreRefusedSoon()
    {
        var statements = string.Concat(Enumerable.Repeat("if (x > 0) { if (y > 0) { return x; } x = x * 1.5; }\n", 30));
        await AssertHarmless([Compilations.Usings + $"static partial class C {{ [Differentiable] static double F(double x, double y) {{ {statements} return x; }} }}"]);
    }

    [Fact]
    public async Task ManyTerms_AreHarmless()
    {
        await AssertHarmless([Compilations.Usings + $"static partial class C {{ [Differentiable] static double F(double x) => {string.Concat(Enumerable.Repeat("x + ", 5_000))} x; }}"]);
        await AssertHarmless([Compilations.Usings + $"static partial class C {{ [Differentiable] static Vector<double, N2> F(Vector<double, N2> x) => {string.Concat(Enumerable.Repeat("x + ", 2_000))} x; }}"]);
    }

    [Fact]
    public async Task TenThousandLines_AreHarmless()
    {
        var lines = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"x = x * {i}.5 + 1;\n"));
        await AssertHarmless([Compilations.Usings + $"static partial class C {{ [Differentiable] static double F(double x) {{ {lines} return x; }} }}"]);
    }

    private static async Task AssertHarmless(IReadOnlyCollection<string> sources)
    {
        foreach (var source in sources)
        {
            var fault = await Harmless.Fault(Compilations.Create([source], o => o.WithAllowUnsafe(true)));
            Assert.True(fault is null, fault + "\n" + source);
        }
    }
}
