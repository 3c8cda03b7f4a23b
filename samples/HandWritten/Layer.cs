using GradGen;
using static GradGen.MatrixFunctions;

namespace HandWritten;

/// <summary>A layer and its gradient as somebody wrote it by hand. It is right: GRAD3012 says so, as information.</summary>
public static partial class Layer
{
    [Differentiable]
    public static double Loss(Matrix<double, N3, N2> w, Vector<double, N3> b, [NoDerivative] Vector<double, N2> x, [NoDerivative] Vector<double, N3> t)
        => NormSquared(Sigmoid(w * x + b) - t);

    [GradientOf(nameof(Loss))]
    public static (Matrix<double, N3, N2> W, Vector<double, N3> B) ByHand(Matrix<double, N3, N2> w, Vector<double, N3> b, Vector<double, N2> x, Vector<double, N3> t)
    {
        var a = Sigmoid(w * x + b);
        var delta = Hadamard(2 * (a - t), Hadamard(a, 1 - a));
        return (delta * x.T, delta);
    }
}
