using GradGen.Compiler.Operations;
using GradGen.Compiler.Optimization;
using GradGen.Compiler.Tests.Harness;

namespace GradGen.GradientTests.Called;

/// <summary>
/// Differentiable methods of a library, called by one of the program: forward the method itself, backward the one that
/// GradGen wrote when the library was compiled. The program sees the library's metadata and no source.
/// </summary>
public class AcrossAssembliesTests
{
    private const string Library = """
        namespace Robots;

        public static partial class Arm
        {
            [Differentiable]
            public static Vector<double, N3> Reach(Matrix<double, N3, N2> links, Vector<double, N2> angles, [NoDerivative] int n)
            {
                var reach = links * angles;
                for (var i = 0; i < n; i++) { reach = Tanh(reach * 1.5); }
                return reach;
            }

            [Differentiable]
            public static Vector<double, N1> Forward(Vector<double, N2> x) => [x[0] * Math.Exp(x[1])];

            /// Its members are ValueGradient, V and VGradient.
            [Differentiable(BackwardName = "Slope")]
            public static double Energy(in double value, Vector<double, N3> v, [NoDerivative] bool on, double V) => on ? value * NormSquared(v) * V : Sum(v) - V;

            [Differentiable]
            public static Matrix<double, N12, N10> Turn(Matrix<double, N10, N12> m, double s) => Sin(s * m.T);

            [Differentiable]
            public static float Single(float x, [NoDerivative] float y) => x * x * y;

            public static partial class Inner
            {
                [Differentiable]
                internal static double Hidden(double x) => Math.Sin(x) * x;
            }

            /// Not differentiable itself: its derivative stands beside it.
            public static double Bend(double x, double y) { try { return x * x * y; } finally { } }

            [DerivativeOf(nameof(Bend))]
            public static (double, double) BendSlope(double x, double y, double upstream) => (2 * x * y * upstream, x * x * upstream);

            /// Differentiable, with a derivative of its own.
            [Differentiable]
            public static double Curl(double x) { try { return x * x * x; } finally { } }

            [DerivativeOf(nameof(Curl))]
            private static double CurlSlope(double x, double upstream) => 3 * x * x * upstream;
        }
        """;

    private const string Friends = "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Program\")]\n";

    private static readonly string[] Methods =
    [
        "double F(Matrix<double, N3, N2> w, Vector<double, N2> x, [NoDerivative] int n) => Sum(Tanh(Arm.Reach(w, x, n)));",
        "Vector<double, N3> F(Matrix<double, N3, N2> w, [NoDerivative] Vector<double, N2> x) => Arm.Reach(w, x, 2) + Arm.Reach(2.0 * w, Tanh(x), 1);",
        "Vector<double, N1> F(Vector<double, N2> x) => Arm.Forward(x);",
        "double F(Vector<double, N2> x) => Arm.Forward(2.0 * x)[0] * x[1];",
        "double F(double a, Vector<double, N3> v, [NoDerivative] bool b) => Arm.Energy(a, v, b, 2 * a) + Arm.Energy(v: Tanh(v), V: a, on: true, value: v[2]);",
        "double F(Matrix<double, N12, N10> m, double s) => NormSquared(Arm.Turn(m.T, s)) + Sum(Arm.Turn(Transpose(Arm.Turn(m.T, 2 * s)), 1));",
        "float F(float x) => Arm.Single(x, x) + Arm.Single(2 * x, 3);",
        "double F(double x) => Arm.Inner.Hidden(Arm.Inner.Hidden(x));",
        "double F(double x, double y) => Arm.Bend(x, y) * Arm.Bend(y, 2);",
        "double F(double x) => Arm.Curl(x * x) + Arm.Curl(x);",
        "double F(double x, [NoDerivative] int n) { for (var i = 0; i < n; i++) { x = x > 0.5 ? Arm.Curl(x) - x : Arm.Bend(x, 1 + i) + 0.4; } return x; }",
        "double F(Matrix<double, N3, N2> w, Vector<double, N2> x) { for (var i = 0; i < 3; i++) { x = Arm.Reach(w, x, i).Slice<N2>(1); } return Once(x[0]) + Once(x[1]); } static double Once(double x) => Arm.Inner.Hidden(x);",
    ];

    private static readonly Lazy<UserProgram> Robots = new(() => UserProgram.Compile("Robots", Friends + Library, Passes.All));

    private static readonly Dictionary<Passes, Lazy<UserProgram>> Programs = PassSets.EachOff.ToDictionary(
        p => p, p => new Lazy<UserProgram>(() => UserProgram.Compile("Program", Source(Methods), p, Robots.Value)));

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Methods.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradient_EqualsDifferencesAndInterpreter_WithAllPassesAndWithEachOff(int index)
    {
        foreach (var (passes, program) in Programs)
        {
            // In float x is both what is differentiated and what is not: differences see both, and are not taken.
            Witnesses.Check(program.Value, program.Value.Models[index], passes);
        }
    }

    [Fact]
    public void Library_GivesRightGradientsItself() =>
        Assert.All(Robots.Value.Models, model => Witnesses.Check(Robots.Value, model, Passes.All));

    [Fact]
    public void MethodOfAnotherAssembly_IsCalled_AndOneOfTheSameIsRead()
    {
        var there = Programs[Passes.All].Value.Models[3].Function!;
        var call = Assert.Single(there.Body.Instructions, i => i.Operation == Calls.Call);
        Assert.Equal("global::Robots.Arm.Forward", call.Attributes.Callee!.Method);
        Assert.Equal("global::Robots.Arm.Backward", call.Attributes.Callee.Derivative);

        var here = UserProgram.Compile(Library + "public static partial class Arm { [Differentiable] public static double F(Vector<double, N2> x) => Forward(2.0 * x)[0] * x[1]; }");
        Assert.DoesNotContain(here.Models.Single(m => m.MethodName == "F").Function!.Body.Instructions, i => Calls.IsCall(i.Operation));
    }

    private static string Source(IEnumerable<string> methods) =>
        "using Robots;\npublic static partial class Model {" + string.Concat(methods.Select((m, i) =>
            "\n    [Differentiable] public static " + m.Replace(" F(", $" F{i}(", StringComparison.Ordinal))) + "\n}";
}
