using GradGen.Benchmarks.ByHand;
using GradGen.Benchmarks.Harness;
using GradGen.Benchmarks.Plain;
using static GradGen.MatrixFunctions;

namespace GradGen.Benchmarks.Cases;

internal static partial class TinyModel
{
    [Differentiable]
    public static double Loss(
        Matrix<double, N16, N4> w1,
        Vector<double, N16> b1,
        Matrix<double, N16, N16> w2,
        Vector<double, N16> b2,
        Vector<double, N16> w3,
        double b3,
        [NoDerivative] Vector<double, N4> x,
        [NoDerivative] double target)
    {
        var error = Dot(w3, Tanh(w2 * Tanh(w1 * x + b1) + b2)) + b3 - target;
        return 0.5 * error * error;
    }
}

internal readonly record struct TinyInput(
    Matrix<double, N16, N4> W1,
    Vector<double, N16> B1,
    Matrix<double, N16, N16> W2,
    Vector<double, N16> B2,
    Vector<double, N16> W3,
    double B3,
    Vector<double, N4> X,
    double Target);

/// <summary>A regression with two hidden layers and the squared error.</summary>
internal sealed class TinyCase : Case<TinyInput, Output<TinyModel.LossGradient>>
{
    public TinyCase()
        : base("tiny", "4-16-16-1, tanh, ½e²", 1e-9)
    {
        var random = new Xorshift();
        Draw(
            _ => new(
                random.Matrix<double, N16, N4>(0.5),
                random.Vector<double, N16>(0.5),
                random.Matrix<double, N16, N16>(0.5),
                random.Vector<double, N16>(0.5),
                random.Vector<double, N16>(0.5),
                random.Next(0.5),
                random.Vector<double, N4>(1),
                random.Next(1)),
            () => new(new(0, new(), new(), new(), new(), new(), 0)));
        Add<Generated>(Role.Generated, "GradGen");
        Add<TinyByHand>(Role.ByHand, "layers in lanes, tanh of its own");
        AddScalar<Formula>(input => (
            [.. input.W1.AsSpan(), .. input.B1.AsSpan(), .. input.W2.AsSpan(), .. input.B2.AsSpan(), .. input.W3.AsSpan(), input.B3],
            [.. input.X.AsSpan(), input.Target]));
        AddForward<Own>(Role.OwnForward, "TinyModel.Loss");
        AddForward<TinyByHand>(Role.PlainForward, "layers in lanes, tanh of its own");
    }

    protected override void Collect(in Output<TinyModel.LossGradient> output, Parts to)
    {
        to.Add(output.Value);
        to.Add<double>(output.Gradient.W1.AsSpan());
        to.Add<double>(output.Gradient.B1.AsSpan());
        to.Add<double>(output.Gradient.W2.AsSpan());
        to.Add<double>(output.Gradient.B2.AsSpan());
        to.Add<double>(output.Gradient.W3.AsSpan());
        to.Add(output.Scalar);
    }

    private struct Generated : IForm<TinyInput, Output<TinyModel.LossGradient>>
    {
        public static void Run(in TinyInput i, ref Output<TinyModel.LossGradient> output)
        {
            TinyModel.LossBackward(i.W1, i.B1, i.W2, i.B2, i.W3, i.B3, i.X, i.Target, into: ref output.Gradient);
            (output.Value, output.Scalar) = (output.Gradient.Value, output.Gradient.B3);
        }
    }

    private struct Own : IForward<TinyInput>
    {
        public static double Run(in TinyInput i) => TinyModel.Loss(i.W1, i.B1, i.W2, i.B2, i.W3, i.B3, i.X, i.Target);
    }

    private struct Formula : IScalarFormula
    {
        public static T Value<T>(ReadOnlySpan<T> parameters, ReadOnlySpan<double> constants)
            where T : struct, IScalar<T>
        {
            var x = Array.ConvertAll(constants[..4].ToArray(), number => (T)number);
            var h = Layer(parameters, parameters[64..], x);
            var k = Layer(parameters[80..], parameters[336..], h);
            var w3 = parameters[352..];
            var error = w3[16] - constants[4];
            for (var i = 0; i < 16; i++)
            {
                error += w3[i] * k[i];
            }

            return error * error * 0.5;
        }

        private static T[] Layer<T>(ReadOnlySpan<T> w, ReadOnlySpan<T> b, T[] x)
            where T : struct, IScalar<T>
        {
            var result = new T[16];
            for (var i = 0; i < result.Length; i++)
            {
                var sum = b[i];
                for (var j = 0; j < x.Length; j++)
                {
                    sum += w[i * x.Length + j] * x[j];
                }

                result[i] = T.Tanh(sum);
            }

            return result;
        }
    }
}
