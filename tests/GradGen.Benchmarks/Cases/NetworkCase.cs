using ChainRule;
using GradGen.Benchmarks.ByHand;
using GradGen.Benchmarks.Harness;
using GradGen.Benchmarks.Plain;

namespace GradGen.Benchmarks.Cases;

internal readonly record struct NetworkInput(
    Matrix<double, N2, N2> W1, Matrix<double, N2, N2> W2, Matrix<double, N1, N2> W3, Vector<double, N2> X);

/// <summary>The network of the question, y = σ(W3·σ(W2·σ(W1·x))).</summary>
internal sealed class NetworkCase : Case<NetworkInput, Network.ForwardGradient>
{
    public NetworkCase()
        : base("network", "2-2-2-1, sigmoid", 1e-9)
    {
        var random = new Xorshift();
        Draw(
            _ => new(random.Matrix<double, N2, N2>(2), random.Matrix<double, N2, N2>(2), random.Matrix<double, N1, N2>(2), random.Vector<double, N2>(2)),
            () => new(new(), new(), new(), new()));
        Add<Generated>(Role.Generated, "GradGen");
        Add<NetworkByHand>(Role.ByHand, "two lanes, exp of its own");
        AddScalar<Formula>(input => (
            [.. input.W1.AsSpan(), .. input.W2.AsSpan(), .. input.W3.AsSpan()],
            [.. input.X.AsSpan()]));
        AddForward<Own>(Role.OwnForward, "Network.Forward");
        AddForward<NetworkByHand>(Role.PlainForward, "two lanes, exp of its own");
    }

    protected override void Collect(in Network.ForwardGradient output, Parts to)
    {
        to.Add<double>(output.Value.AsSpan());
        to.Add<double>(output.W1.AsSpan());
        to.Add<double>(output.W2.AsSpan());
        to.Add<double>(output.W3.AsSpan());
    }

    private struct Generated : IForm<NetworkInput, Network.ForwardGradient>
    {
        public static void Run(in NetworkInput input, ref Network.ForwardGradient output) =>
            Network.Backward(input.W1, input.W2, input.W3, input.X, into: ref output);
    }

    private struct Own : IForward<NetworkInput>
    {
        public static double Run(in NetworkInput input) => Network.Forward(input.W1, input.W2, input.W3, input.X)[0];
    }

    private struct Formula : IScalarFormula
    {
        public static T Value<T>(ReadOnlySpan<T> w, ReadOnlySpan<double> x)
            where T : struct, IScalar<T>
        {
            var (a, b) = (Sigmoid(w[0] * x[0] + w[1] * x[1]), Sigmoid(w[2] * x[0] + w[3] * x[1]));
            var (c, d) = (Sigmoid(w[4] * a + w[5] * b), Sigmoid(w[6] * a + w[7] * b));
            return Sigmoid(w[8] * c + w[9] * d);

            static T Sigmoid(T z) => (T)1 / ((T)1 + T.Exp((T)0 - z));
        }
    }
}
