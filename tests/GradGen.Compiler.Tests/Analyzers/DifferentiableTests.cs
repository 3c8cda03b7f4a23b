using GradGen.Compiler.Analyzers;

namespace GradGen.Compiler.Tests.Analyzers;

/// <summary>GRAD0003, 0006, 2001–2004, 2013: what stands in the way of differentiating a method, under the construct.</summary>
public class DifferentiableTests
{
    [Theory]
    [InlineData("[Differentiable] static double F(double x, int {|GRAD0003:n|}) => x * n;")]
    [InlineData("[Differentiable] static double F(double x, [NoDerivative] int n) => x * n;")]
    [InlineData("[Differentiable] static double F(double x, [NoDerivative] string {|GRAD0003:s|}) => x * s.Length;")]
    [InlineData("[Differentiable] static double F(double x, decimal {|GRAD0003:d|}) => x;")]
    [InlineData("[Differentiable] static double F(double[][] {|GRAD0003:x|}) => x[0][0];")]
    [InlineData("[Differentiable] static double F(double[,] {|GRAD0003:x|}) => x[0, 0];")]
    [InlineData("[Differentiable] static double F(double[] x, int[] {|GRAD0003:k|}) => x[k[0]];")]
    [InlineData("[Differentiable] static double[] F(double[] x) => x;")]
    [InlineData("[Differentiable] static {|GRAD0003:int[]|} F(double[] x) => [1];")]
    [InlineData("[Differentiable] static {|GRAD0003:Vector<double, N2>[]|} F(Vector<double, N2>[] x) => x;")]
    [InlineData("[Differentiable] static {|GRAD0003:ReadOnlySpan<double>|} F(ReadOnlySpan<double> x) => x;")]
    [InlineData("[Differentiable] static {|GRAD0003:int|} F(double x) => 1;")]
    [InlineData("[Differentiable] static {|GRAD0003:void|} F(double x) { }")]
    public Task Types(string member) => Verify(member);

    [Theory]
    [InlineData("[Differentiable] static double F(double x) => x; static double FBackward(double x) => x;", true)]
    [InlineData("[Differentiable] static double F(double x) => x; static double FBackward(float x, int y, int z) => x;", false)]
    [InlineData("[Differentiable] static double F(double x) => x; struct FGradient { }", true)]
    [InlineData("[Differentiable] static double F(double x) => x; static int FBackward;", true)]
    [InlineData("[Differentiable(BackwardName = \"Slope\")] static double F(double x) => x; static double FBackward(double x) => x;", false)]
    public Task Names(string member, bool isTaken) =>
        Verify(isTaken ? member.Replace(" F(", " {|GRAD0006:F|}(", StringComparison.Ordinal) : member);

    [Fact]
    public Task SecondOverload_IsTaken() => Verify(
        "[Differentiable] static double F(double x) => x; [Differentiable] static float {|GRAD0006:F|}(float x) => x;");

    [Fact]
    public Task InvalidName_IsReportedAtTheAttribute() => Verify(
        "[{|GRAD0006:Differentiable(BackwardName = \"not a name\")|}] static double F(double x) => x;");

    [Theory]
    [InlineData("double F(double x) => x;")]
    [InlineData("static double {|GRAD2001:F|}<T>(double x) => x;")]
    [InlineData("static double F(ref double {|GRAD2001:x|}) => x;")]
    [InlineData("static double F(double x) { {|GRAD2001:try|} { return x; } finally { } }")]
    [InlineData("static double F(double x, [NoDerivative] int n) { for (var i = 0; i < n; i++) { x *= 2; } return x; }")]
    [InlineData("static double F(double x) { for (var i = 0; i < 4; i++) { x *= 2; } return x; }")]
    [InlineData("static double F(double x, [NoDerivative] int n) { for (var i = 0; i < n; i++) { if (x > 9) { return x; } x *= 2; } return x; }")]
    [InlineData("static double F(double x) { if (x > 0) { return x; } return -x; }")]
    [InlineData("static double F(double[] a) { var b = (double[])a.Clone(); foreach (var x in a[0] > 0 ? b : a) { {|GRAD2001:b[1]|} = x; } return b[0]; }")]
    [InlineData("static double F(double[] a) { {|GRAD2003:Write(a)|}; return a[0]; }")]
    [InlineData("static double F(double[] a) { var b = a; {|GRAD2003:Write(b.AsSpan(1).ToArray().Length > 1 ? b : a)|}; return a[0]; }")]
    [InlineData("static double F(double[] a) { var b = a.AsSpan(); {|GRAD2003:b[0]|} = 2; return a[0]; }")]
    [InlineData("static double F(double[] a) { {|GRAD2003:Array.Fill(a, 2)|}; return a[0]; }")]
    [InlineData("static double F(double[] a) { foreach (ref var x in a.AsSpan()) { {|GRAD2003:x|} *= 2; } return a[0]; }")]
    [InlineData("static double F(double[] a) { static void Set(ref double x) { {|GRAD2003:x|} = 2; } Set(ref a[0]); return a[0]; }")]
    [InlineData("static double F(double[] a, [NoDerivative] int n) { var b = new double[3]; for (var i = 0; i < n; i++) { {|GRAD2003:b[0]|} *= 2; b = a; } return a[0] * b[0]; }")]
    [InlineData("static double F(double[] a) { var b = (double[])a.Clone(); Write(b); return a[0] * b[0]; }")]
    [InlineData("static double F(Vector<double, N2> a) { var b = 2 * a; double Set() { b[0] = 2; return 1; } return Sum(b * {|GRAD2001:Set()|}); }")]
    [InlineData("static double F(double x) { var s = x; void G(ref double a) { a *= 2; s += a; } {|GRAD2010:G(ref s)|}; return s; }")]
    [InlineData("static double F(double x) { var s = x; void G(out double a) { a = 2 * x; s = s + 1; } {|GRAD2010:G(out s)|}; return s; }")]
    [InlineData("static double F(double x) => {|GRAD2001:State|} * x;")]
    [InlineData("static double F(double x) => Fixed * x;")]
    [InlineData("internal static partial double F(double x); internal static partial double F(double x) => {|GRAD2001:State|} * x;")]
    [InlineData("static double F(double x) => {|GRAD2002:Opaque(x)|};")]
    [InlineData("static double F(double x) => {|GRAD2002:Math.IEEERemainder(x, 2)|};")]
    [InlineData("static double F(double x) => Math.Sqrt(1 + Helper(x));")]
    [InlineData("static double F(double x) { {|GRAD2003:State|} = x; return x; }")]
    [InlineData("static double F(double x) { x = 2 * x; return x; }")]
    [InlineData("static double F(Vector<double, N2> v) { {|GRAD2003:v[0]|} = 1; return v[0]; }")]
    [InlineData("static double F(double x) => {|GRAD2004:(int)x|};")]
    [InlineData("static double F(double x, [NoDerivative] double y) => x * (int)y;")]
    [InlineData("static double F(double x) => x + (int)StopGradient(x);")]
    [InlineData("static double F(Matrix<double, N8, N8> w, Vector<double, N8> x) { for (var i = 0; i < 9; i++) { x = Tanh(w * x) * {|GRAD1006:x[i]|}; } return Sum(x); }")]
    [InlineData("static {|GRAD2013:unsafe|} double F(double x) => x;")]
    [InlineData("static {|GRAD2013:async|} System.Threading.Tasks.Task<double> F(double x) { await System.Threading.Tasks.Task.Yield(); return x; }")]
    [InlineData("static double F(double x) { {|GRAD2013:goto|} end; end: return x; }")]
    [InlineData("static double F(double x) { dynamic {|GRAD2013:y = x|}; return y; }")]
    public Task Bodies(string method) => Verify("[Differentiable] " + method);

    /// <summary>What belongs to the shape analyzer is not reported twice.</summary>
    [Fact]
    public Task WrongShape_IsLeftToTheShapeAnalyzer() => Verify(
        "[Differentiable] static double F(Matrix<double, N2, N3> w, Vector<double, N2> x) => Sum(w * x);");

    private static Task Verify(string member) => Check.Analyzer<DifferentiableAnalyzer>($$"""
        public partial class C
        {
            static double State;
            static readonly double Fixed = Math.Sqrt(2);
            static double Helper(double x) => x * x;
            static void Write(double[] a) { for (var i = 0; i < a.Length; i++) { a[i] *= 2; } }
            static double Opaque(double x) { try { return x; } finally { } }
            {{member}}
        }
        """);
}
