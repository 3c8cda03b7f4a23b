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

            [Differentiable]
            public static double Load(double[] x, Weights w, [NoDerivative] int[] n)
            {
                var s = w.Scale;
                for (var i = 0; i < x.Length; i++) { s += x[i] * x[i] * w.Bias[i % n.Length] * w.W[0, 1]; }
                return s;
            }

            [Differentiable]
            public static float Slide(ReadOnlySpan<float> x, System.Numerics.Vector2[] v, float s) => x[0] * x[1] * v[1].X * s * s;

            [Differentiable]
            public static double Stack(Vector<double, N3>[] v, ReadOnlySpan<Vector<double, N3>> w) => Dot(v[0], v[1]) * w[0][2];

            [Differentiable]
            public static double Tuple((double A, Vector<double, N2> B) t, Point p) => t.A * t.B[0] * p.X + p.Y * p.Y;
        }

        public record Weights(Matrix<double, N3, N2> W, double[] Bias, string Name) { public double Scale { get; init; } [NoDerivative] public double Fixed { get; init; } }

        public struct Point { public double X; public double Y { get; set; } }

        public partial class Motor
        {
            public Matrix<double, N3, N2> W { get; set; } = new();
            public double Gain { get; init; }
            public Weights Inner { get; set; } = null!;
            [NoDerivative] public double Fixed { get; set; }
            public double Unused { get; set; }

            [Differentiable]
            public Vector<double, N3> Turn(Vector<double, N2> x) => Tanh(W * x) * Gain * Fixed;

            [Differentiable(BackwardName = "Slope")]
            public double Energy(double w) => w * w * Gain * Inner.Scale + Inner.Bias[1] * Inner.W[2, 1];

            [Differentiable]
            public double Plain(double x) => x * x;
        }

        public partial struct Spring
        {
            public double K;
            public int Power { get; set; }

            [Differentiable]
            public readonly double Pull(double x) => K * K * x * Power;
        }

        public static partial class Generic<T>
        {
            public static partial class Nested<TOther>
            {
                [Differentiable(BackwardName = "WaveSlope")]
                public static double Wave(double x, Vector<double, N2> v) => Math.Sin(x) * v[1];
            }
        }

        public static class Ops<TSize> where TSize : struct, IDimension
        {
            public static Vector<double, TSize> Bend(Vector<double, TSize> x) { try { return Square(x); } finally { } }

            [DerivativeOf(nameof(Bend))]
            public static Vector<double, TSize> BendSlope(Vector<double, TSize> x, Vector<double, TSize> upstream) => 2.0 * Hadamard(x, upstream);

            public static double Total<TOther>(Vector<double, TSize> x, Matrix<double, TOther, TSize> m) where TOther : struct, IDimension { try { return Sum(m * x); } finally { } }

            [DerivativeOf(nameof(Total))]
            public static (Vector<double, TSize>, Matrix<double, TOther, TSize>) TotalSlope<TOther>(Vector<double, TSize> x, Matrix<double, TOther, TSize> m, double upstream) where TOther : struct, IDimension =>
                (m.T * (upstream * Vector<double, TOther>.Ones()), upstream * Vector<double, TOther>.Ones() * x.T);
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

        // Arrays, spans, records.
        "double F(double[] x, Weights w, [NoDerivative] int[] n) => Arm.Load(x, w, n) * w.Scale + Arm.Load([x[0], w.Scale], w with { Bias = x }, [1]);",
        "double F(double[] x, Weights w, [NoDerivative] int n) { var y = x.ToArray(); for (var i = 0; i < n; i++) { y[i % 3] *= 0.5 * Arm.Load(y, w, [1, 2, 3]); } return y[0] + Arm.Load(y, w, [n]); }",
        "float F(float[] x, System.Numerics.Vector2[] v, float s) => Arm.Slide(x, v, s) + Arm.Slide([s, x[2]], [v[0], 2 * v[2]], 2);",
        "double F(Vector<double, N3>[] v, Vector<double, N3> u) => Arm.Stack(v, v) + Arm.Stack([u, v[2]], [Tanh(u)]);",
        "double F((double A, Vector<double, N2> B) t, Point p) { var first = Arm.Tuple(t, p); p.X *= first; return first + Arm.Tuple((p.Y, 2.0 * t.B), p) + Arm.Tuple(t, p with { X = t.A, Y = 3 }); }",

        // Methods of objects, whose members are inputs.
        "double F(Motor motor, Vector<double, N2> x) => Sum(motor.Turn(x)) + motor.Energy(x[0]) * motor.Gain + motor.Plain(x[1]);",
        "double F([NoDerivative] Motor motor, Vector<double, N2> x, [NoDerivative] int n) { for (var i = 0; i < n; i++) { x = motor.Turn(x).Slice<N2>(1); } return Sum(x) + Energy(motor, x[0]); } static double Energy(Motor other, double x) => x > 0 ? other.Energy(w: x) : other.Plain(x);",
        "double F(Spring spring, double x) { var first = spring.Pull(x); spring.K += first; return spring.Pull(first) + (spring with { K = x }).Pull(x); }",

        // In generic and nested types.
        "double F(double x, Vector<double, N2> v) => Generic<int>.Nested<string>.Wave(x, v) * Wave<double>(v[0], v); static double Wave<T>(double x, Vector<double, N2> v) => Generic<T>.Nested<System.Collections.Generic.List<T>>.Wave(x, v);",
        "double F(Vector<double, N2> x, Matrix<double, N3, N2> m) => Sum(Ops<N2>.Bend(x)) + Both(x, m) + Ops<N2>.Total(2.0 * x, m); static double Both<TAny>(Vector<double, TAny> x, Matrix<double, N3, TAny> m) where TAny : struct, IDimension => Ops<TAny>.Total(Ops<TAny>.Bend(x), m);",
    ];

    private static readonly Lazy<UserProgram> Robots = new(() => UserProgram.Compile("Robots", Friends + Library, Passes.All));

    private static readonly Dictionary<Passes, Lazy<UserProgram>> Programs = PassSets.EachOff.ToDictionary(
        p => p, p => new Lazy<UserProgram>(() => UserProgram.Compile("Program", Source(Methods), p, Robots.Value)));

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Methods.Length + 2)];

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
        Assert.All(Robots.Value.Models.Where(m => m.Types.Items.All(t => !t.Name.Contains('<', StringComparison.Ordinal))), model => Witnesses.Check(Robots.Value, model, Passes.All));

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

    /// <summary>The program's own objects: that have one of the library's, and that are one.</summary>
    private const string Instances = """

        public partial class Robot
        {
            public Motor Motor { get; set; } = null!;
            public Spring Spring { get; set; }

            [Differentiable] public double Act(Vector<double, N2> x) => Sum(Motor.Turn(x)) + Motor.Energy(x[1]) * Spring.Pull(2);
        }

        public partial class BigMotor : Motor
        {
            public double Size { get; set; }

            [Differentiable] public double Act(Vector<double, N2> x) => Sum(Turn(x)) * Size + this.Energy(Gain) + Weigh(this, x[0]);

            private static double Weigh(Motor motor, double x) => motor.Energy(x);
        }
        """;

    private static string Source(IEnumerable<string> methods) =>
        "using Robots;\nusing System.Linq;\npublic static partial class Model {" + string.Concat(methods.Select((m, i) =>
            "\n    [Differentiable] public static " + m.Replace(" F(", $" F{i}(", StringComparison.Ordinal))) + "\n}" + Instances;
}
