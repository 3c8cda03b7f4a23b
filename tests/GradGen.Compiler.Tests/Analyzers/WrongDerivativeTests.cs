using GradGen.CodeFixes;
using GradGen.Compiler.Analyzers;
using GradGen.Compiler.Tests.Harness;

namespace GradGen.Compiler.Tests.Analyzers;

/// <summary>GRAD2012: a derivative given by hand has the wrong signature; and the fix that writes the right one.</summary>
public class WrongDerivativeTests
{
    private const string F = "static Vector<double, N3> F(Matrix<double, N3, N2> w, Vector<double, N2> x, int n) => w * x; ";
    private const string Take = "Matrix<double, N3, N2> w, Vector<double, N2> x, int n, Vector<double, N3> upstream";
    private const string Give = "(Matrix<double, N3, N2>, Vector<double, N2>)";

    [Theory]
    [InlineData($"[DerivativeOf(nameof(F))] static {Give} G({Take}) => default;")]
    [InlineData($"[DerivativeOf(\"F\")] internal static (Matrix<double, N3, N2> A, Vector<double, N2> B) G(in Matrix<double, N3, N2> w, Vector<double, N2> b, int c, Vector<double, N3> g) => default;")]
    [InlineData($"[DerivativeOf(nameof(F))] static System.ValueTuple<Matrix<double, N3, N2>, Vector<double, N2>> G({Take}) => default;")]
    [InlineData($"[DerivativeOf(typeof(C), nameof(F))] static {Give} G({Take}) => default;")]
    [InlineData("[DerivativeOf(typeof(Math), nameof(Math.Abs))] static double G(double x, double g) => g * Math.Sign(x); [DerivativeOf(typeof(Math), nameof(Math.Abs))] static float H(float x, float g) => g * Math.Sign(x);")]
    [InlineData("static double S([NoDerivative] double a, float b, bool c) => a; [DerivativeOf(nameof(S))] static float G(double a, float b, bool c, double g) => b;")]
    [InlineData("static double S(double[] x, ReadOnlySpan<float> t, Vector<double, N2>[] v, int[] n) => 0; [DerivativeOf(nameof(S))] static (double[], float[], Vector<double, N2>[]) G(double[] x, ReadOnlySpan<float> t, Vector<double, N2>[] v, int[] n, double g) => default;")]
    [InlineData("static double[] S(double[] x) => x; [DerivativeOf(nameof(S))] static double[] G(double[] x, double[] g) => g;")]
    [InlineData("record R(double A, string Name); static double S(R r, string s, (double A, R B) t, [NoDerivative] R q) => 0; [DerivativeOf(nameof(S))] static (R, (double, R X)) G(R r, string s, (double C, R D) t, R q, double g) => default;")]
    [InlineData("record R(double A, Vector<double, N2> V); static (R, double[]) S(R r) => (r, []); [DerivativeOf(nameof(S))] static R G(R r, (R, double[]) g) => r;")]
    [InlineData("static Vector<T, U> S<T, U>(Vector<T, U> x, T s) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> where U : struct, IDimension => x; [DerivativeOf(nameof(S))] static (Vector<A, B>, A) G<A, B>(Vector<A, B> x, A s, Vector<A, B> g) where A : unmanaged, System.Numerics.IFloatingPointIeee754<A> where B : struct, IDimension => default;")]
    [InlineData("static class D<T> where T : struct, IDimension { static double S(Vector<double, T> x) => 0; [DerivativeOf(nameof(S))] static Vector<double, T> G(Vector<double, T> x, double g) => x; }")]
    public Task RightSignature_IsSilent(string member) => Verify(member);

    /// <summary>An adjoint has the type that the gradient would have: of a span an array, of a record the record.</summary>
    [Theory]
    [InlineData("static double S(ReadOnlySpan<double> x) => 0; [DerivativeOf(nameof(S))] static {|GRAD2012:ReadOnlySpan<double>|} G(ReadOnlySpan<double> x, double g) => x;", "the derivative of 'S' must return double[], the adjoint of 'x'; it returns ReadOnlySpan<double>")]
    [InlineData("static double S(double[] x) => 0; [DerivativeOf(nameof(S))] static {|GRAD2012:double|} G(double[] x, double g) => g;", "the derivative of 'S' must return double[], the adjoint of 'x'; it returns double")]
    [InlineData("record R(double A, double B); static double S(R r) => 0; [DerivativeOf(nameof(S))] static {|GRAD2012:(double, double)|} G(R r, double g) => default;", "the derivative of 'S' must return R, the adjoint of 'r'; it returns (double, double)")]
    [InlineData("static (double, double[]) S(double x) => default; [DerivativeOf(nameof(S))] static double {|GRAD2012:G|}(double x, double g) => g;", "the derivative of 'S' must take the parameters of 'S' and then '(double, double[]) upstream', the adjoint of its result: (double x, (double, double[]) upstream)")]
    [InlineData("static double S<T>(Vector<double, T> x) where T : struct, IDimension => 0; [DerivativeOf(nameof(S))] static Vector<double, N2> {|GRAD2012:G|}(Vector<double, N2> x, double g) => x;", "the derivative of 'S' must be generic as 'S' is, 'S<T> where T : struct, IDimension', and take all that it takes")]
    [InlineData("static double S<T>(Vector<double, T> x) where T : struct, IDimension => 0; [DerivativeOf(nameof(S))] static Vector<double, T> {|GRAD2012:G|}<T>(Vector<double, T> x, double g) where T : struct, IDimension, IFormattable => x;", "the derivative of 'S' must be generic as 'S' is, 'S<T> where T : struct, IDimension', and take all that it takes")]
    [InlineData("static double S<T, U>(Vector<double, T> x, Vector<double, U> y) where T : struct, IDimension where U : struct, IDimension => 0; [DerivativeOf(nameof(S))] static (Vector<double, T>, Vector<double, U>) {|GRAD2012:G|}<T, U>(Vector<double, U> x, Vector<double, T> y, double g) where T : struct, IDimension where U : struct, IDimension => default;", "the derivative of 'S' must take the parameters of 'S' and then 'double upstream', the adjoint of its result: (Vector<double, T> x, Vector<double, U> y, double upstream)")]
    [InlineData("[DerivativeOf(nameof(F))] static (Matrix<double, N3, N2>, Vector<double, N2>) {|GRAD2012:G|}<T>(Matrix<double, N3, N2> w, Vector<double, N2> x, int n, Vector<double, N3> upstream) => default;", "the derivative of 'F' must not be generic, because 'F' is not")]
    public Task WrongAdjoint_OfArraysRecordsAndTypeParameters(string member, string message) => Verify(member, message);

    [Theory]
    [InlineData($"static {{|GRAD2012:double|}} G({Take}) => 0;", $"the derivative of 'F' must return {Give}, one adjoint for each differentiable parameter; it returns double")]
    [InlineData($"static {{|GRAD2012:(Vector<double, N2>, Matrix<double, N3, N2>)|}} G({Take}) => default;", $"the derivative of 'F' must return {Give}, one adjoint for each differentiable parameter; it returns (Vector<double, N2>, Matrix<double, N3, N2>)")]
    [InlineData($"static {{|GRAD2012:(Matrix<double, N3, N2>, Vector<double, N2>, int)|}} G({Take}) => default;", $"the derivative of 'F' must return {Give}, one adjoint for each differentiable parameter; it returns (Matrix<double, N3, N2>, Vector<double, N2>, int)")]
    [InlineData($"static {{|GRAD2012:void|}} G({Take}) {{ }}", $"the derivative of 'F' must return {Give}, one adjoint for each differentiable parameter; it returns void")]
    public Task WrongReturnType(string method, string message) => Verify("[DerivativeOf(nameof(F))] " + method, message);

    [Theory]
    [InlineData($"static {Give} {{|GRAD2012:G|}}(Matrix<double, N3, N2> w, Vector<double, N2> x, int n) => default;")]
    [InlineData($"static {Give} {{|GRAD2012:G|}}(Matrix<double, N3, N2> w, Vector<double, N2> x, Vector<double, N3> upstream) => default;")]
    [InlineData($"static {Give} {{|GRAD2012:G|}}(Matrix<double, N3, N2> w, Vector<double, N2> x, int n, Vector<double, N2> upstream) => default;")]
    [InlineData($"static {Give} {{|GRAD2012:G|}}({Take}, int more) => default;")]
    [InlineData($"static {Give} {{|GRAD2012:G|}}(Matrix<double, N3, N2> w, Vector<double, N2> x, int n, ref Vector<double, N3> upstream) => default;")]
    [InlineData($"static {Give} {{|GRAD2012:G|}}() => default;")]
    public Task WrongParameters(string method) => Verify(
        "[DerivativeOf(nameof(F))] " + method,
        "the derivative of 'F' must take the parameters of 'F' and then 'Vector<double, N3> upstream', the adjoint of its result: (Matrix<double, N3, N2> w, Vector<double, N2> x, int n, Vector<double, N3> upstream)");

    [Theory]
    [InlineData($"{Give} {{|GRAD2012:G|}}({Take}) => default;")]
    [InlineData($"class D<T> {{ [DerivativeOf(typeof(C), nameof(F))] static {Give} {{|GRAD2012:G|}}({Take}) => default; }}", false)]
    [InlineData($"void M() {{ [DerivativeOf(nameof(F))] static {Give} {{|GRAD2012:G|}}({Take}) => default; _ = G(null!, null!, 0, null!); }}", false)]
    public Task WrongKindOfMethod(string method, bool isMarked = true) => Verify(
        (isMarked ? "[DerivativeOf(nameof(F))] " : "") + method, "the derivative of 'F' must be an ordinary static method: not abstract or virtual, and not in a generic type unless 'F' is in the same");

    [Theory]
    [InlineData("[{|GRAD2012:DerivativeOf(\"Missing\")|}] static double G(double x, double g) => g;", "there is no method 'Missing' in 'C' for 'G' to be the derivative of")]
    [InlineData("[{|GRAD2012:DerivativeOf(nameof(G))|}] static double G(double x, double g) => g;", "there is no method 'G' in 'C' for 'G' to be the derivative of")]
    [InlineData("[{|GRAD2012:DerivativeOf(typeof(Math), \"Missing\")|}] static double G(double x, double g) => g;", "there is no method 'Missing' in 'Math' for 'G' to be the derivative of")]
    [InlineData("static int P => 1; [{|GRAD2012:DerivativeOf(nameof(P))|}] static double G(double x, double g) => g;", "there is no method 'P' in 'C' for 'G' to be the derivative of")]
    [InlineData("[DerivativeOf(typeof(Math), nameof(Math.Max))] static double {|GRAD2012:G|}(string x, double g) => g;", "no overload of 'Max' in 'Math' has the parameters of 'G' without the last, which is the adjoint of its result")]
    [InlineData("double I(double x) => x; [DerivativeOf(nameof(I))] static double {|GRAD2012:G|}(double x, double g) => g;", "'I' can have no derivative given by hand: it is not a static method")]
    [InlineData("static double I<T>(double x) => x; [DerivativeOf(nameof(I))] static double {|GRAD2012:G|}(double x, double g) => g;", "'I' can have no derivative given by hand: its type parameters are not all dimensions, 'T : struct, IDimension', or scalar types")]
    [InlineData("static int I(double x) => 1; [DerivativeOf(nameof(I))] static double {|GRAD2012:G|}(double x, int g) => g;", "'I' can have no derivative given by hand: its result, 'int', is not a floating-point or matrix type, or an array or record of such")]
    [InlineData("static ReadOnlySpan<double> I(double[] x) => x; [DerivativeOf(nameof(I))] static double[] {|GRAD2012:G|}(double[] x, ReadOnlySpan<double> g) => x;", "'I' can have no derivative given by hand: its result, 'ReadOnlySpan<double>', is not a floating-point or matrix type, or an array or record of such")]
    [InlineData("record R(double A, string Name); static R I(R r) => r; [DerivativeOf(nameof(I))] static R {|GRAD2012:G|}(R r, R g) => r;", "'I' can have no derivative given by hand: its result, 'R', cannot be made of an adjoint: 'R.Name' is of a type that GradGen does not know")]
    [InlineData("class K { public double A; public K(double a) => A = a; } static double I(double x) => x; static K J(double x) => new(x); [DerivativeOf(nameof(J))] static double {|GRAD2012:G|}(double x, K g) => x;", "'J' can have no derivative given by hand: its result, 'K', cannot be taken apart: 'K' has no constructor without parameters that generated code can call to make its gradient: add one, or make it a record")]
    [InlineData("static double I(Span<double> x, ReadOnlySpan<string> s) => 0; [DerivativeOf(nameof(I))] static double[] {|GRAD2012:G|}(Span<double> x, ReadOnlySpan<string> s, double g) => null!;", "'I' can have no derivative given by hand: its parameter 'ReadOnlySpan<string> s' cannot be passed on: only numbers, Booleans, matrices, vectors, the structs of System.Numerics, arrays and records of them can")]
    [InlineData("static double I(ref double x) => x; [DerivativeOf(nameof(I))] static double {|GRAD2012:G|}(double x, double g) => g;", "'I' can have no derivative given by hand: its parameter 'x' is passed by reference")]
    [InlineData("static double I(int x, [NoDerivative] double y) => x; [DerivativeOf(nameof(I))] static double {|GRAD2012:G|}(int x, double y, double g) => g;", "'I' can have no derivative given by hand: none of its parameters is differentiable")]
    public Task WrongMethod(string member, string message) => Verify(member, message);

    [Fact]
    public Task PartialDerivative_IsReportedOnce() => Check.Analyzer<DerivativeAnalyzer>(
        "public partial class C { static double F(double x) => x; [DerivativeOf(nameof(F))] internal static partial double {|GRAD2012:G|}(double x); internal static partial double G(double x) => x; }");

    [Fact]
    public Task SecondDerivative_OfOneMethod() => Verify(
        $"[DerivativeOf(nameof(F))] static {Give} G({Take}) => default; [DerivativeOf(typeof(C), nameof(F))] static {Give} {{|GRAD2012:H|}}({Take}) => default;",
        "'C.G' already gives the derivative of 'F': there can be only one");

    /// <summary>The attribute under another name is the attribute.</summary>
    [Fact]
    public Task Alias_IsSeenThrough() => Check.Analyzer<DifferentiableAnalyzer>("""
        using Slope = GradGen.DerivativeOfAttribute;
        public static partial class C
        {
            [Differentiable] static double F(double x) => {|GRAD2002:H(x)|} + G(x);
            static double G(double x) { try { return x; } finally { } }
            static double H(double x) { try { return x; } finally { } }
            [Slope(nameof(G))] static double S(double x, double upstream) => upstream;
        }
        """);

    /// <summary>One mistake, one diagnostic: what calls the method says nothing.</summary>
    [Fact]
    public async Task Callers_AreSilentAboutAWrongDerivative()
    {
        const string Source = """
            public static partial class C
            {
                [Differentiable] static double F(double x) => G(x);
                static double G(double x) { try { return x; } finally { } }
                [DerivativeOf(nameof(G))] static double H(double x) => x;
            }
            """;
        Assert.Empty(await Check.Diagnostics<DifferentiableAnalyzer>(Source));
        Assert.Equal(["GRAD2012"], (await Check.Diagnostics<DerivativeAnalyzer>(Source)).Select(d => d.Id));
        var (_, generated) = Compilations.Generate(Compilations.Create(Compilations.Usings + Source));
        Assert.Contains("GRAD2012: the derivative of 'G' must take the parameters", generated.GeneratedTrees.Single().ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("private class P { internal static double G(double x) => x; [DerivativeOf(nameof(G))] private static double H(double x, double g) => g; internal static double Use(double x) => G(x); }", "'P.H' is not accessible from 'C', where it would be called")]
    [InlineData("private class P { private static double G(double x) => x; [DerivativeOf(nameof(G))] private static double H(double x, double g) => g; internal static double Use(double x) => G(x); }", "'P.G' is not accessible from 'C', where it would be called")]
    public async Task UnreachableDerivative_IsReportedAtTheCall(string members, string reason)
    {
        var file = $"public static partial class C {{ [Differentiable] static double F(double x) => {{|GRAD2002:P.Use(x)|}}; {members} }}";
        await Check.Analyzer<DifferentiableAnalyzer>(file);
        Assert.Contains(reason, (await Check.Diagnostics<DifferentiableAnalyzer>(Check.Plain(file))).Single().GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public Task FileLocalMethods_AreReportedAtTheCall() => Check.Analyzer<DifferentiableAnalyzer>("""
        public static partial class C { [Differentiable] static double F(double x) => {|GRAD2002:P.G(x)|}; }
        file static class P
        {
            internal static double G(double x) => x;
            [DerivativeOf(nameof(G))] internal static double H(double x, double g) => g;
        }
        """, "'P.G' has no derivative here: 'P.G' stands in a file-local type, which generated code cannot reach");

    /// <summary>A matrix that a method returned may be its argument: to write to it would change that.</summary>
    [Fact]
    public Task WritingToWhatWasReturned_IsRefused() => Check.Analyzer<DifferentiableAnalyzer>("""
        public static partial class C
        {
            [Differentiable] static double F(Vector<double, N2> x) { var y = G(x); {|GRAD2003:y[0]|} = 1; return y[1]; }
            [Differentiable] static double Copied(Vector<double, N2> x) { var y = G(x) + 0.0; y[0] = 1; return y[1]; }
            [Differentiable] static double Given(Vector<double, N2> x) { var m = x + 0.0; var y = G(m); {|GRAD2001:m[0]|} = 1; return y[1]; }
            [Differentiable] static double Made(Vector<double, N2> x) { var m = x + 0.0; var s = x[0]; var y = K(s, m); y[0] = s; m[0] = s; return y[1] * m[1]; }
            static Vector<double, N2> G(Vector<double, N2> x) => x;
            [DerivativeOf(nameof(G))] static Vector<double, N2> H(Vector<double, N2> x, Vector<double, N2> g) => g;
            static Vector<double, N3> K(double s, Vector<double, N2> x) => new();
            [DerivativeOf(nameof(K))] static (double, Vector<double, N2>) L(double s, Vector<double, N2> x, Vector<double, N3> g) => (0, x);
        }
        """);

    [Theory]
    [InlineData(
        "static {|GRAD2012:double|} G(Matrix<double, N3, N2> a, Vector<double, N2> x, int n, Vector<double, N3> g) => throw new Exception(g.ToString());",
        "static (Matrix<double, N3, N2> W, Vector<double, N2> X) G(Matrix<double, N3, N2> a, Vector<double, N2> x, int n, Vector<double, N3> g) => throw new Exception(g.ToString());")]
    [InlineData(
        "private (Matrix<double, N3, N2>, Vector<double, N2>) {|GRAD2012:G|}(Matrix<double, N3, N2> a, Vector<double, N3> d) => throw new Exception(a.ToString() + d);",
        "private static (Matrix<double, N3, N2>, Vector<double, N2>) G(Matrix<double, N3, N2> a, Vector<double, N2> x, int n, Vector<double, N3> d) => throw new Exception(a.ToString() + d);")]
    [InlineData(
        "void {|GRAD2012:G|}() => throw new Exception();",
        "static (Matrix<double, N3, N2> W, Vector<double, N2> X) G(Matrix<double, N3, N2> w, Vector<double, N2> x, int n, Vector<double, N3> upstream) => throw new Exception();")]
    [InlineData(
        "static (Matrix<double, N3, N2>, Vector<double, N2>) {|GRAD2012:G|}(Vector<double, N3> x) => throw new Exception();",
        "static (Matrix<double, N3, N2>, Vector<double, N2>) G(Matrix<double, N3, N2> w, Vector<double, N2> x, int n, Vector<double, N3> upstream) => throw new Exception();")]
    public Task Fix_WritesTheSignature(string before, string after) => Check.Fix<DerivativeAnalyzer, DerivativeSignatureFix>(
        "public class C { " + F + "[DerivativeOf(nameof(F))] " + before + " }", "public class C { " + F + "[DerivativeOf(nameof(F))] " + after + " }");

    [Theory]
    [InlineData(
        "record R(double A, string Name); static double S(ReadOnlySpan<double> x, R r, int n) => 0; [DerivativeOf(nameof(S))] static {|GRAD2012:double|} G(ReadOnlySpan<double> x, R r, int n, double g) => throw new Exception();",
        "record R(double A, string Name); static double S(ReadOnlySpan<double> x, R r, int n) => 0; [DerivativeOf(nameof(S))] static (double[] X, R R) G(ReadOnlySpan<double> x, R r, int n, double g) => throw new Exception();")]
    [InlineData(
        "static Vector<double, T> S<T>(Vector<double, T> x, double[] a) where T : struct, IDimension => x; [DerivativeOf(nameof(S))] static {|GRAD2012:Vector<double, U>|} G<U>(Vector<double, U> x, double[] a, Vector<double, U> g) where U : struct, IDimension => throw new Exception();",
        "static Vector<double, T> S<T>(Vector<double, T> x, double[] a) where T : struct, IDimension => x; [DerivativeOf(nameof(S))] static (Vector<double, U> X, double[] A) G<U>(Vector<double, U> x, double[] a, Vector<double, U> g) where U : struct, IDimension => throw new Exception();")]
    [InlineData(
        "static double S<T>(Vector<double, T> x) where T : struct, IDimension => 0; [DerivativeOf(nameof(S))] static Vector<double, N2> {|GRAD2012:G|}(Vector<double, N2> x) => throw new Exception();",
        "static double S<T>(Vector<double, T> x) where T : struct, IDimension => 0; [DerivativeOf(nameof(S))] static Vector<double, T> G<T>(Vector<double, T> x, double upstream) where T : struct, IDimension => throw new Exception();")]
    public Task Fix_WritesArraysRecordsAndTypeParameters(string before, string after) =>
        Check.Fix<DerivativeAnalyzer, DerivativeSignatureFix>("public class C { " + before + " }", "public class C { " + after + " }");

    private static Task Verify(string member, params string[] messages) => Check.Analyzer<DerivativeAnalyzer>("public class C { " + F + member + " }", messages);
}
