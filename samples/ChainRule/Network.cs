using GradGen;
using static GradGen.MatrixFunctions;

namespace ChainRule;

/// <summary>y = ψ(W3·ψ(W2·ψ(W1·x))), the network of the question, exactly as on paper.</summary>
public static partial class Network
{
    [Differentiable]
    public static Vector<double, N1> Forward(
        Matrix<double, N2, N2> w1,
        Matrix<double, N2, N2> w2,
        Matrix<double, N1, N2> w3,
        [NoDerivative] Vector<double, N2> x)
        => Sigmoid(w3 * Sigmoid(w2 * Sigmoid(w1 * x)));
}
