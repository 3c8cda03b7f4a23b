using GradGen.Compiler.Tests.Harness;

namespace GradGen.Compiler.Tests.Snapshots;

/// <summary>What users open when they step into generated code. A change of these files is a change of the product: read it.</summary>
public class GeneratedFileTests
{
    [Fact]
    public void NetworkOfTheQuestion() => Verify("""
        [Differentiable]
        public static Vector<double, N1> Forward(
            Matrix<double, N2, N2> w1, Matrix<double, N2, N2> w2, Matrix<double, N1, N2> w3, [NoDerivative] Vector<double, N2> x)
            => Sigmoid(w3 * Sigmoid(w2 * Sigmoid(w1 * x)));
        """);

    [Fact]
    public void LayersOfANamedModel() => Verify("""
        [Differentiable]
        public static float Loss(
            Matrix<float, Hidden, N2> w1, Vector<float, Hidden> b1, Matrix<float, N4, Hidden> w2, Vector<float, N4> b2,
            [NoDerivative] Vector<float, N2> x, [NoDerivative] int label)
        {
            var hidden = Layer(w1, b1, x);
            return SoftmaxCrossEntropy(Layer(w2, b2, hidden), label);
        }

        private static Vector<T, TOut> Layer<T, TIn, TOut>(Matrix<T, TOut, TIn> w, Vector<T, TOut> b, Vector<T, TIn> x)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> where TIn : struct, IDimension where TOut : struct, IDimension
        {
            var z = w * x + b;
            return Tanh(z);
        }
        """);

    [Fact]
    public void LargeNetwork() => Verify("""
        [Differentiable]
        public static float Loss(
            Matrix<float, N128, Pixels> w1, Vector<float, N128> b1, Matrix<float, N10, N128> w2, Vector<float, N10> b2,
            [NoDerivative] Vector<float, Pixels> image, [NoDerivative] Vector<float, N10> target)
        {
            var hidden = Relu(w1 * image + b1);
            return SoftmaxCrossEntropy(w2 * hidden + b2, target);
        }
        """);

    [Fact]
    public void ScalarFunction() => Verify("""
        [Differentiable]
        internal static double Price(double spot, double rate, [NoDerivative] double strike)
        {
            var forward = spot * Math.Exp(rate);
            return Math.Log(forward / strike) / 2;
        }
        """);

    [Fact]
    public void Conditional() => Verify("""
        [Differentiable(BackwardName = "Gradient")]
        public static double Huber(Vector<double, N3> residual, double width)
        {
            var size = Norm(residual);
            return size < width ? size * size / 2 : width * (size - width / 2);
        }
        """);

    [Fact]
    public void LoopThatRunsWithTheProgram() => Verify("""
        [Differentiable]
        public static Vector<double, N2> Iterate(Matrix<double, N2, N2> w, Vector<double, N2> x, [NoDerivative] int steps)
        {
            for (var step = 0; step < steps; step++)
            {
                x = Tanh(w * x);
            }

            return x;
        }
        """);

    [Fact]
    public void DerivativeGivenByHand() => Verify("""
        [Differentiable]
        public static double Residual(Matrix<double, N3, N2> links, Vector<double, N2> angles, [NoDerivative] Vector<double, N3> target, double damping)
        {
            var reached = Reach(links, 2.0 * angles, 4);
            return NormSquared(reached - target) + Damp(damping);
        }

        private static Vector<double, N3> Reach(Matrix<double, N3, N2> links, Vector<double, N2> angles, int joints) => links * angles;

        [DerivativeOf(nameof(Reach))]
        private static (Matrix<double, N3, N2> Links, Vector<double, N2> Angles) ReachDerivative(
            Matrix<double, N3, N2> links, Vector<double, N2> angles, int joints, Vector<double, N3> upstream) => (upstream * angles.T, links.T * upstream);

        private static double Damp(double factor) => factor * factor;

        [DerivativeOf(nameof(Damp))]
        private static double DampDerivative(double factor, double upstream) => 2 * factor * upstream;
        """);

    [Fact]
    public void KalmanForm() => Verify("""
        [Differentiable]
        public static double Form(Vector<double, N2> x, Matrix<double, N2, N2> f, Matrix<double, N2, N2> p, [NoDerivative] Matrix<double, N2, N2> q)
            => QuadraticForm(x, f * p * f.T + q);
        """);

    [Fact]
    public void BatchWithBias() => Verify("""
        [Differentiable]
        public static Matrix<double, N2, N5> Layer(Matrix<double, N2, N3> w, Vector<double, N2> b, Matrix<double, N3, N5> batch)
            => Softplus(AddBias(w * batch, b));
        """);

    [Fact]
    public void Parts() => Verify("""
        [Differentiable]
        public static double Parts(Matrix<double, N3, N2> a, Vector<double, N2> v)
        {
            Matrix<double, N2, N2> m = [[a[0, 0], v[1]], [1, a[2, 1]]];
            return Sum(a.Block<N2, N2>(1, 0) + m) * MaxEntry(v);
        }
        """);

    [Fact]
    public void RigidTransform() => Verify("""
        [Differentiable]
        public static System.Numerics.Vector3 Move(
            [NoDerivative] System.Numerics.Vector3 point, System.Numerics.Quaternion rotation, System.Numerics.Vector3 translation)
            => System.Numerics.Vector3.Transform(point, System.Numerics.Quaternion.Normalize(rotation)) + translation;
        """);

    [Fact]
    public void JointsOfAnArm() => Verify("""
        [Differentiable]
        public static float Reach(float shoulder, float elbow, System.Numerics.Vector2 goal)
        {
            var arm = Joint(elbow, 0.5f) * Joint(shoulder, 1);
            return (arm.Translation - goal).LengthSquared();
        }

        private static System.Numerics.Matrix3x2 Joint(float angle, float length) =>
            System.Numerics.Matrix3x2.CreateTranslation(length, 0) * System.Numerics.Matrix3x2.CreateRotation(angle);
        """);

    [Fact]
    public void MistakeInTheBody() => Verify("""
        [Differentiable]
        public static double Loss(Matrix<double, N2, N3> w, Vector<double, N2> x) => Sum(w * x);
        """);

    [Fact]
    public void NestedTypeAndStrangeNames() => Verify("""
        public partial record struct Inner<T>
        {
            [Differentiable]
            internal static double ForwardOf(in double @class, double value, [NoDerivative] bool invert) => invert ? value / @class : value * @class;
        }
        """);

    [Fact]
    public void ModelOfRecords() => Verify("""
        /// <summary>A layer.</summary>
        public sealed record Layer<TIn, TOut>(Matrix<double, TOut, TIn> W, Vector<double, TOut> B)
            where TIn : struct, IDimension
            where TOut : struct, IDimension
        {
            /// <summary>What it makes of an input.</summary>
            public Vector<double, TOut> Predict(Vector<double, TIn> x) => Tanh(W * x + B);
        }

        /// <summary>Two layers.</summary>
        public sealed record Mlp(string Name, Layer<N3, N2> Hidden, Layer<N2, N2> Output, double Scale);

        [Differentiable]
        public static double Loss(Mlp model, [NoDerivative] Vector<double, N3> x)
        {
            var (scaled, _) = (model.Hidden.Predict(x) * model.Scale, 0);
            return NormSquared(model.Output.Predict(scaled));
        }
        """);

    [Fact]
    public void InstanceMethod() => Verify("""
        /// <summary>A model that owns its weights.</summary>
        public sealed partial class Perceptron
        {
            private readonly Matrix<double, N2, N3> _w = new();

            /// <summary>How much it counts.</summary>
            public double Scale { get; set; }

            [NoDerivative] private double _rate = 0.1;

            [Differentiable]
            internal double Loss(Vector<double, N3> x) => NormSquared(Tanh(_w * x)) * Scale * _rate;
        }
        """);

    [Fact]
    public void Dimension() => Snapshot.Verify(Generate("").Single(f => f.HintName.Contains("Hidden", StringComparison.Ordinal)).SourceText.ToString(), nameof(Dimension));

    private static void Verify(string members, [System.Runtime.CompilerServices.CallerMemberName] string name = "") =>
        Snapshot.Verify(Generate(members).Single(f => !f.HintName.EndsWith(".Size.g.cs", StringComparison.Ordinal)).SourceText.ToString(), name);

    private static IEnumerable<Microsoft.CodeAnalysis.GeneratedSourceResult> Generate(string members)
    {
        var source = Compilations.Usings + $$"""
            namespace Models;

            /// <summary>A name for a size.</summary>
            [Dimension(3)] public readonly partial struct Hidden : IDimension;

            /// <summary>Another.</summary>
            [Dimension(784)] public readonly partial struct Pixels : IDimension;

            /// <summary>Where the tested methods are.</summary>
            public static partial class Model
            {
            {{members}}
            }
            """;
        var (compilation, result) = Compilations.Generate(Compilations.Create(source));
        Assert.DoesNotContain(compilation.Problems(), p => !p.Contains("CS1591", StringComparison.Ordinal));
        return result.Results[0].GeneratedSources;
    }
}
