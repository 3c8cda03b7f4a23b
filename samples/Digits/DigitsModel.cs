using GradGen;
using static GradGen.MatrixFunctions;

namespace Digits;

[Dimension(64)] public readonly partial struct Pixels : IDimension;
[Dimension(32)] public readonly partial struct Hidden : IDimension;
[Dimension(10)] public readonly partial struct Classes : IDimension;

/// <summary>A 64–32–10 network with tanh, trained by softmax cross-entropy.</summary>
public static partial class DigitsModel
{
    /// <summary>The scores of the ten digits; the greatest is the answer.</summary>
    public static Vector<float, Classes> Scores(
        Matrix<float, Hidden, Pixels> w1,
        Vector<float, Hidden> b1,
        Matrix<float, Classes, Hidden> w2,
        Vector<float, Classes> b2,
        Vector<float, Pixels> image)
    {
        var hidden = Tanh(w1 * image + b1);
        return w2 * hidden + b2;
    }

    /// <summary>The cross-entropy of one image; GradGen writes LossBackward.</summary>
    [Differentiable]
    public static float Loss(
        Matrix<float, Hidden, Pixels> w1,
        Vector<float, Hidden> b1,
        Matrix<float, Classes, Hidden> w2,
        Vector<float, Classes> b2,
        [NoDerivative] Vector<float, Pixels> image,
        [NoDerivative] int label)
        => SoftmaxCrossEntropy(Scores(w1, b1, w2, b2, image), label);
}
