using GradGen.CodeFixes;
using GradGen.Compiler.Analyzers;

namespace GradGen.Compiler.Tests.Analyzers;

/// <summary>Fixes that insert a word: GRAD0003, 0005, 0006, 1006, 2002, 2004 and 2005; and when GRAD2005 is silent.</summary>
public class SmallFixTests
{
    private static string InModel(string members) => $$"""
        public static partial class Model
        {
            {{members}}
        }
        """;

    private static Task Fixed<TFix>(string before, string after)
        where TFix : Microsoft.CodeAnalysis.CodeFixes.CodeFixProvider, new() =>
        Check.Fix<DifferentiableAnalyzer, TFix>(InModel(before), InModel(after));

    [Theory]
    [InlineData("double x, int {|GRAD0003:n|}", "double x, [NoDerivative] int n")]
    [InlineData("double x, bool {|GRAD0003:n|}, in int {|GRAD0003:m|}", "double x, [NoDerivative] bool n, [NoDerivative] in int m")]
    public Task NoDerivative_IsWritten(string before, string after) => Fixed<NoDerivativeFix>(
        $"[Differentiable] public static double F({before}) => x;", $"[Differentiable] public static double F({after}) => x;");

    [Theory]
    [InlineData("string {|GRAD0003:s|}")]
    [InlineData("[NoDerivative] string {|GRAD0003:s|}")]
    public Task NoDerivative_IsNotOffered_WhereItDoesNotHelp(string parameter)
    {
        var file = InModel($"[Differentiable] public static double F(double x, {parameter}) => x;");
        return Check.Fix<DifferentiableAnalyzer, NoDerivativeFix>(file, file);
    }

    [Fact]
    public Task BackwardName_IsChosen() => Fixed<BackwardNameFix>(
        "[Differentiable] public static double {|GRAD0006:F|}(double x) => x; public static void FBackward(double x, double upstream = 1) { } public static int FPullback;",
        "[Differentiable(BackwardName = \"FPullback2\")] public static double F(double x) => x; public static void FBackward(double x, double upstream = 1) { } public static int FPullback;");

    [Fact]
    public Task BackwardName_IsNotOffered_WhereTheRecordsNameIsTaken()
    {
        var file = InModel("[Differentiable] public static double {|GRAD0006:F|}(double x) => x; public static int FGradient;");
        return Check.Fix<DifferentiableAnalyzer, BackwardNameFix>(file, file);
    }

    [Theory]
    [InlineData("{|GRAD2004:(int)x|}", "(int)StopGradient(x)")]
    [InlineData("{|GRAD2004:(int)(x * x)|}", "(int)StopGradient(x * x)")]
    [InlineData("{|GRAD2004:(int)Math.Exp(x)|}", "(int)StopGradient(Math.Exp(x))")]
    public Task StopGradient_IsWritten(string before, string after) => Fixed<StopGradientFix>(
        $"[Differentiable] public static double F(double x) => x + {before};", $"[Differentiable] public static double F(double x) => x + {after};");

    [Theory]
    [InlineData("{|GRAD2002:Math.IEEERemainder(x, 2)|}", "StopGradient(Math.IEEERemainder(x, 2))")]
    [InlineData("Math.Sin({|GRAD2002:Opaque(x)|}) / {|GRAD2002:Opaque(2)|}", "Math.Sin(StopGradient(Opaque(x))) / StopGradient(Opaque(2))")]
    [InlineData("Sum({|GRAD2002:Opaque(Tanh(v))|}) + {|GRAD2002:Opaque(v)|}[1]", "Sum(StopGradient(Opaque(Tanh(v)))) + StopGradient(Opaque(v))[1]")]
    public Task StopGradient_IsWrittenAroundACall(string before, string after)
    {
        static string Method(string expression) => $$"""
            [Differentiable] public static double F(double x, Vector<double, N2> v) { var y = {{expression}}; return x * v[0] + y * v[1]; }
            static double Opaque(double x) { try { return x; } finally { } }
            static Vector<double, N2> Opaque(Vector<double, N2> x) { try { return x; } finally { } }
            """;
        return Fixed<StopGradientFix>(Method(before), Method(after));
    }

    /// <summary>Where the gradient would be 0, or what is called cannot be.</summary>
    [Theory]
    [InlineData("{|GRAD2002:Opaque(x)|}")]
    [InlineData("x * {|GRAD2002:Opaque(x, out _)|}")]
    [InlineData("x * {|GRAD2002:x.CompareTo(2)|}")]
    public Task StopGradient_IsNotOffered(string expression)
    {
        var file = InModel($$"""
            [Differentiable] public static double F(double x) => {{expression}};
            static double Opaque(double x) { try { return x; } finally { } }
            static double Opaque(double x, out int n) { try { n = 1; return x; } finally { } }
            """);
        return Check.Fix<DifferentiableAnalyzer, StopGradientFix>(file, file);
    }

    [Theory]
    [InlineData("w1[{|GRAD1006:2|}, 0]", "w1[1, 0]")]
    [InlineData("w1[0, {|GRAD1006:-1|}]", "w1[0, 0]")]
    [InlineData("x[{|GRAD1006:17|}]", "x[1]")]
    [InlineData("Row(w1, {|GRAD1006:2|})", "Row(w1, 1)")]
    [InlineData("x.Slice<N2>({|GRAD1006:1|})", "x.Slice<N2>(0)")]
    public Task Index_IsTakenBack(string before, string after) => Check.Repair("Clamp", $"var g = {before};", $"var g = {after};");

    [Theory]
    [InlineData("HStack(a, b)", "HStack(a, b.T)", "TransposeArgument1")]
    [InlineData("VStack(b.T, a.T)", "VStack(b.T, a)", "TransposeArgument1")]
    public Task Stacked_IsTransposed(string before, string after, string key) => Check.Repair(
        key, $"var g = {{|GRAD1009:{before}|}};", $"var g = {after};", "Matrix<double, N2, N3> a, Matrix<double, N3, N2> b");

    [Theory]
    [InlineData("static void H(ref double a, ref double b) { a *= 2; b += a; } [Differentiable] static double F(double x) { var y = x; {|GRAD2010:H(ref y, ref y)|}; return y; }")]
    [InlineData("static void H(ref double a, in double b) { a *= 2; a += b; } [Differentiable] static double F(double x) { var y = x; {|GRAD2010:H(ref y, y)|}; return y; }")]
    [InlineData("[Differentiable] static double F(double x) { var y = x; void L(ref double a) { a = 2 * a; y = y + a; } {|GRAD2010:L(ref y)|}; return y; }")]
    [InlineData("static void H(ref double a, ref double b) { a *= 2; b += a; } [Differentiable] static double F(double x) { var y = x; var z = x; H(ref y, ref z); return y * z; }")]
    public Task Aliases_AreRefused(string members) => Check.Analyzer<DifferentiableAnalyzer>(InModel(members));

    [Theory]
    [InlineData("Vector<double, N3> x", "{|GRAD0005:Vector<double, N1>|} F(#) => x.T * x;", "double F(#) => (double)(x.T * x);")]
    [InlineData("Vector<float, N3> x", "{|GRAD0005:Vector<float, N1>|} F(#) => (x.T * x);", "float F(#) => (float)(x.T * x);")]
    [InlineData("Matrix<double, N3, N3> a, Vector<double, N3> x", "{|GRAD0005:Vector<double, N1>|} F(#) { if (Sum(x) > 0) { return x.T * a * x; } return x.T * x; }",
        "double F(#) { if (Sum(x) > 0) { return (double)(x.T * a * x); } return (double)(x.T * x); }")]
    public Task OneEntry_IsReturnedAsANumber(string parameters, string before, string after) => Fixed<OneEntryFix>(
        "[Differentiable] public static " + before.Replace("#", parameters), "[Differentiable] public static " + after.Replace("#", parameters));

    [Theory]
    [InlineData("Matrix<double, N1, N3> w, Matrix<double, N3, N1> a", "Matrix<double, N1, N1> F(#) => w * a;")]
    [InlineData("Matrix<double, N1, N3> w, Vector<double, N3> a", "Vector<double, N1> F(#) => w * a;")]
    [InlineData("Vector<double, N3> x", "Matrix<double, N1, N3> F(#) => 2 * x.T;")]
    [InlineData("Vector<double, N3> x", "double F(#) => (double)(x.T * x);")]
    public Task OneOutput_IsNoMistake(string parameters, string method) => Check.Analyzer<DifferentiableAnalyzer>(
        InModel("[Differentiable] public static " + method.Replace("#", parameters)));

    [Fact]
    public Task Index_ThatHasAName_IsLeft() => Check.Repair(
        "Clamp", "const int Last = 5; var g = w1[0, {|GRAD1006:Last|}];", "const int Last = 5; var g = w1[0, {|GRAD1006:Last|}];");

    [Theory]
    [InlineData("double x, double {|GRAD2005:y|}", "double x, [NoDerivative] double y", "2 * x")]
    [InlineData("double x, double {|GRAD2005:y|}", "double x, [NoDerivative] double y", "y > 0 ? x : 2 * x")]
    [InlineData("double x, Vector<double, N2> {|GRAD2005:y|}", "double x, [NoDerivative] Vector<double, N2> y", "x * StopGradient(Sum(y))")]
    [InlineData("double x, double {|GRAD2005:y|}", "double x, [NoDerivative] double y", "x * Math.Floor(y)")]
    public Task ParameterWithoutInfluence_IsMarked(string before, string after, string body) => Fixed<NoDerivativeFix>(
        $"[Differentiable] public static double F({before}) => {body};", $"[Differentiable] public static double F({after}) => {body};");

    [Theory]
    [InlineData("double x, double _")]
    [InlineData("double x, double _unused")]
    [InlineData("double x, [NoDerivative] double y")]
    [InlineData("(double A, double B) x, double {|GRAD2005:y|}")]
    public Task ParameterThatIsMeantSo_IsSilent(string parameters) => Check.Analyzer<DifferentiableAnalyzer>(
        InModel($"[Differentiable] public static double F({parameters}) => {(parameters[0] == '(' ? "x.A" : "x")};"));

    [Fact]
    public Task Message() => Check.Analyzer<DifferentiableAnalyzer>(
        InModel("[Differentiable] public static double F(double x, double {|GRAD2005:y|}) => x;"), "'F' does not depend on 'y': its gradient is always 0");
}
