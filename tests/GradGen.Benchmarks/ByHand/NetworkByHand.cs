using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ChainRule;
using GradGen.Benchmarks.Cases;
using GradGen.Benchmarks.Harness;
using static GradGen.Benchmarks.ByHand.Entries;
using static GradGen.Benchmarks.ByHand.Inlining;

namespace GradGen.Benchmarks.ByHand;

/// <summary>The network of the question, both neurons of a layer side by side.</summary>
internal struct NetworkByHand : IForm<NetworkInput, Network.ForwardGradient>, IForward<NetworkInput>
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Run(in NetworkInput input, ref Network.ForwardGradient output)
    {
        var y = Forward(in input, out var h, out var k);
        ref var w2 = ref input.W2.First();
        ref var d1 = ref output.W1.First();
        ref var d2 = ref output.W2.First();
        var g = y - y * y;
        var gk = g * Vector128.LoadUnsafe(ref input.W3.First()) * (k - k * k);
        var gk0 = Both(gk, 0);
        var gk1 = Both(gk, 1);
        var gh = (Vector128.LoadUnsafe(ref w2) * gk0 + Vector128.LoadUnsafe(ref w2, 2) * gk1) * (h - h * h);
        var x = Vector128.LoadUnsafe(ref input.X.First());
        output.Value.First() = y.ToScalar();
        (g * k).StoreUnsafe(ref output.W3.First());
        (gk0 * h).StoreUnsafe(ref d2);
        (gk1 * h).StoreUnsafe(ref d2, 2);
        (Both(gh, 0) * x).StoreUnsafe(ref d1);
        (Both(gh, 1) * x).StoreUnsafe(ref d1, 2);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double Run(in NetworkInput input) => Forward(in input, out _, out _).ToScalar();

    [MethodImpl(Inline)]
    private static Vector128<double> Forward(in NetworkInput input, out Vector128<double> h, out Vector128<double> k)
    {
        ref var x = ref input.X.First();
        h = Layer(ref input.W1.First(), Vector128.Create(x), Vector128.Create(At(ref x, 1)));
        k = Layer(ref input.W2.First(), Both(h, 0), Both(h, 1));
        var t = Vector128.LoadUnsafe(ref input.W3.First()) * k;
        return Sigmoid(Both(t, 0) + Both(t, 1));
    }

    [MethodImpl(Inline)]
    private static Vector128<double> Layer(ref double w, Vector128<double> x0, Vector128<double> x1) => Sigmoid(
        Vector128.FusedMultiplyAdd(Vector128.Create(w, At(ref w, 2)), x0, Vector128.Create(At(ref w, 1), At(ref w, 3)) * x1));

    [MethodImpl(Inline)]
    private static Vector128<double> Sigmoid(Vector128<double> z) => Elementary<Of128, Vector128<double>>.Sigmoid(z);

    [MethodImpl(Inline)]
    private static Vector128<double> Both(Vector128<double> v, long lane) => Vector128.Shuffle(v, Vector128.Create(lane));
}
