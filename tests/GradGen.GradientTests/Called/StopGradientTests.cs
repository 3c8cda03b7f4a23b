using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Optimization;
using GradGen.Compiler.Tests.Harness;

namespace GradGen.GradientTests.Called;

/// <summary>
/// StopGradient of everything that can be differentiated: f(a, stop(a)) has the gradient that f(a, b) has with respect to a
/// alone, where b is a; and that one is compared with differences and the interpreter.
/// </summary>
public class StopGradientTests
{
    private static readonly (string Type, string Result, string Body)[] Functions =
    [
        ("double", "double", "a * a * b"),
        ("float", "float", "a * a * b"),
        ("Vector<double, N3>", "double", "Dot(a, b) + Sum(a)"),
        ("Matrix<float, N2, N3>", "Vector<float, N2>", "a * Transpose(b) * a[0, 1] * Vector<float, N2>.Ones()"),
        ("System.Numerics.Vector3", "System.Numerics.Vector3", "System.Numerics.Vector3.Cross(a, b) * a.X"),
        ("double[]", "double", "a[0] * b[1] * a[1] + Total(b) * a[2] + Total(a)"),
        ("ReadOnlySpan<double>", "double", "a[0] * b[1] + Total(b) * a[2]"),
        ("Vector<double, N3>[]", "double", "Dot(a[0], b[1]) * a[1][2] + Sum(b[0])"),
        ("System.Numerics.Vector2[]", "float", "a[0].X * b[1].Y + b[0].X"),
        ("Layer", "double", "Sum(a.W * b.B) * b.Weights[1] * a.Scale + a.Weights[0] * b.Inner.X"),
        ("(double X, (double[] Y, Vector<double, N2> Z) T)", "double", "a.X * b.T.Y[0] * a.T.Z[1] + b.X * a.T.Y[1] * b.T.Z[0]"),
        ("Point", "double", "a.X * b.Y * a.Y"),
        ("Box", "double", "a.V[0] * b.V[1] * a.S + b.S"),
    ];

    private static readonly Dictionary<Passes, Lazy<UserProgram>> Programs =
        PassSets.EachOff.ToDictionary(p => p, p => new Lazy<UserProgram>(() => UserProgram.Compile(Source, p)));

    private static string Source => """
        public record Layer(Matrix<double, N3, N2> W, Vector<double, N2> B, double[] Weights, string Name) { public double Scale { get; init; } public Point Inner { get; init; } }
        public record struct Point(double X, double Y);
        public class Box { public Vector<double, N2> V { get; set; } = new(); public double S { get; set; } }
        public static partial class Model
        {
            private static double Total(ReadOnlySpan<double> x) { var s = 0.0; for (var i = 0; i < x.Length; i++) { s += x[i] * (i + 1); } return s; }
        """ + string.Concat(Functions.Select((f, i) => $$"""

            [Differentiable] public static {{f.Result}} F{{i}}({{f.Type}} a) { var b = StopGradient(a); return {{f.Body}}; }
            [Differentiable] public static {{f.Result}} G{{i}}({{f.Type}} a, [NoDerivative] {{f.Type}} b) => {{f.Body}};
        """)) + """

            [Differentiable] public static double Local(double[] x)
            {
                double[] y = [x[0] * x[1], x[2], x[0]];
                var kept = StopGradient(y)[0];
                y[1] *= kept * x[0];
                var (a, b) = StopGradient((y[1], x[2]));
                return Total(StopGradient<ReadOnlySpan<double>>(x)) * y[1] * a * b;
            }
        }
        """;

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Functions.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradient_IsThatOfAConstantInItsPlace(int index)
    {
        foreach (var (passes, program) in Programs)
        {
            var (stopped, constant) = (program.Value.Models[2 * index], program.Value.Models[(2 * index) + 1]);
            Witnesses.Check(program.Value, constant, passes);
            Tensor[] a = [.. stopped.Parameters.Items.Select((p, i) => Parts.Filled(p.Type, i))];
            var upstream = Parts.Filled(stopped.Result.Type, 99);
            var (expected, actual) = (program.Value.Backward(constant, [.. a, .. a], upstream), program.Value.Backward(stopped, a, upstream));
            Assert.Equal(expected.Select(Parts.Entries), actual.Select(Parts.Entries));
            Assert.Contains(actual.Skip(1), g => Parts.Entries(g).Any(e => e != 0));
        }
    }

    /// <summary>Methods that have no derivative and cannot be read, called for their values.</summary>
    private static readonly (string Type, string Value, string Result, string Called, string Body)[] Values =
    [
        ("double", "double", "double", "Bend(a * a)", "a * a * b"),
        ("double", "double", "double", "Math.IEEERemainder(a, 0.3)", "Math.Sin(a) + a * b * b"),
        ("float", "float", "float", "Single(a, 2)", "a * b"),
        ("Vector<double, N3>", "Vector<double, N3>", "double", "Warp(2.0 * a)", "Dot(a, b) + Sum(a)"),
        ("Vector<double, N3>", "Vector<double, N3>", "Vector<double, N3>", "Warp(a)", "a * Sum(b)"),
        ("Matrix<double, N12, N10>", "Matrix<double, N12, N10>", "Matrix<double, N12, N10>", "Large(a)", "Hadamard(a, Tanh(a + b))"),
        ("double[]", "double[]", "double", "Twice(a)", "a[0] * b[1] + a[2] * a[1]"),
        ("System.Numerics.Vector3", "System.Numerics.Vector3", "float", "Turned(a)", "System.Numerics.Vector3.Dot(a, b) * a.X"),
    ];

    private static readonly Dictionary<Passes, Lazy<UserProgram>> OfValues =
        PassSets.EachOff.ToDictionary(p => p, p => new Lazy<UserProgram>(() => UserProgram.Compile(SourceOfValues, p)));

    private static string SourceOfValues => """
        public static partial class Model
        {
            internal static double Bend(double x) { try { return Math.Exp(-x); } finally { } }
            internal static float Single(float x, int n) { try { return x * n; } finally { } }
            internal static Vector<double, N3> Warp(Vector<double, N3> x) { try { return x[1] * x; } finally { } }
            internal static Matrix<double, N12, N10> Large(Matrix<double, N12, N10> x) { try { return x + Sigmoid(x); } finally { } }
            internal static double[] Twice(double[] x) { try { return [2 * x[0], 2 * x[1], 2 * x[2], 0, 0]; } finally { } }
            internal static System.Numerics.Vector3 Turned(System.Numerics.Vector3 x) { try { return new(x.Y, -x.X, x.Z); } finally { } }
        """ + string.Concat(Values.Select((v, i) => $$"""

            internal static {{v.Value}} Value{{i}}({{v.Type}} a) => {{v.Called}};
            [Differentiable] public static {{v.Result}} F{{i}}({{v.Type}} a) { var b = StopGradient({{v.Called}}); return {{v.Body}}; }
            [Differentiable] public static {{v.Result}} G{{i}}({{v.Type}} a, [NoDerivative] {{v.Value}} b) => {{v.Body}};
        """)) + """

            [Differentiable] public static double Steps(double a, [NoDerivative] int n)
            {
                var s = a;
                for (var i = 0; i < n; i++) { if (s > 0.5) { s *= StopGradient(Bend(s)); } else { s += a * StopGradient(Bend(a + i)); } }
                return s;
            }
        }
        """;

    public static TheoryData<int> ValueCases => [.. Enumerable.Range(0, Values.Length)];

    /// <summary>f(a, stop(v(a))), where v is only called, has the gradient of f(a, b) with respect to a, where b is v(a).</summary>
    [Theory]
    [MemberData(nameof(ValueCases))]
    public void GradientPastAValueThatIsOnlyCalled_IsThatOfAConstantInItsPlace(int index)
    {
        foreach (var (passes, program) in OfValues)
        {
            var (stopped, constant) = (program.Value.Models[2 * index], program.Value.Models[(2 * index) + 1]);
            Assert.Contains(stopped.Function!.Body.Instructions, i => Compiler.Operations.Calls.IsCall(i.Operation));
            Witnesses.Check(program.Value, constant, passes);

            var a = Parts.Filled(stopped.Parameters[0].Type, 1);
            var called = program.Value.Methods("Model", $"Value{index}").Single();
            var b = Parts.Leaf(Invoker.Invoke(called, null, Parts.Leaf(a, Invoker.ArgumentType(called.GetParameters()[0])))!);
            var upstream = Parts.Filled(stopped.Result.Type, 99);
            var (expected, actual) = (program.Value.Backward(constant, [a, b], upstream), program.Value.Backward(stopped, [a], upstream));
            Assert.Equal(expected.Select(Parts.Entries), actual.Select(Parts.Entries));

            var gradient = GradientFunction.Run(stopped.Function!, [true], passes);
            foreach (var function in new[] { gradient.Gradient, gradient.Expanded })
            {
                var interpreted = Interpreter.Run(Verifier.Verify(function), program.Value.Resolve, [a, upstream]);
                Assert.All(interpreted.Zip(expected), p => Assert.All(
                    Parts.Entries(p.First).Zip(Parts.Entries(p.Second)), e => Assert.Equal(e.Second, e.First, stopped.Result.Type.Scalar == ScalarType.Float32 ? 1e-5 : 1e-12)));
            }
        }
    }

    /// <summary>In branches of a loop: s₀ = a, then s ← s + a·b with b = e^(−(a + i)), or s ← s·e^(−s), each b a constant.</summary>
    [Fact]
    public void ValuesCalledInALoop_AreConstants()
    {
        foreach (var program in OfValues.Values)
        {
            foreach (var a in new[] { 0.2, 0.45, 0.9 })
            {
                var (s, slope) = (a, 1.0);
                for (var i = 0; i < 4; i++)
                {
                    if (s > 0.5)
                    {
                        var b = Math.Exp(-s);
                        (s, slope) = (s * b, slope * b);
                    }
                    else
                    {
                        var b = Math.Exp(-(a + i));
                        (s, slope) = (s + (a * b), slope + b);
                    }
                }

                var results = program.Value.Backward(program.Value.Models[^1], [Tensor.Scalar(a), Tensor.Scalar(4)], Tensor.Scalar(1));
                Assert.Equal(s, results[0].Entries[0], 1e-14);
                Assert.Equal(slope, results[1].Entries[0], 1e-14);
            }
        }
    }

    [Fact]
    public void LocalArraysAndTuples_AreStopped()
    {
        foreach (var program in Programs.Values)
        {
            var model = program.Value.Models[^1];
            var x = new ArrayTensor(Shape.Scalar, [Tensor.Scalar(0.5), Tensor.Scalar(2), Tensor.Scalar(3)]);
            var results = program.Value.Backward(model, [x], Tensor.Scalar(1));

            // y₁ = x₂·k·x₀ with k = x₀x₁ constant; f = T·y₁·a·b with T = 13.5, a = y₁, b = x₂ constant.
            var (k, y1) = (1.0, 1.5);
            Assert.Equal(13.5 * y1 * y1 * 3, results[0].Entries[0], 12);
            Assert.Equal([13.5 * y1 * 3 * (3 * k), 0, 13.5 * y1 * 3 * (k * 0.5)], Parts.Entries(results[1]));
        }
    }
}
