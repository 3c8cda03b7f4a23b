using GradGen.Benchmarks.ByHand;
using GradGen.Benchmarks.Harness;
using static GradGen.MatrixFunctions;

namespace GradGen.Benchmarks.Cases;

[Dimension(784)]
internal readonly partial struct Pixels : IDimension;

internal static partial class ClassifierModel
{
    [Differentiable]
    public static float Loss(
        Matrix<float, N128, Pixels> w1,
        Vector<float, N128> b1,
        Matrix<float, N10, N128> w2,
        Vector<float, N10> b2,
        [NoDerivative] Vector<float, Pixels> x,
        [NoDerivative] int label) => SoftmaxCrossEntropy(w2 * Relu(w1 * x + b1) + b2, label);
}

internal readonly record struct ClassifierInput(
    Matrix<float, N128, Pixels> W1, Vector<float, N128> B1, Matrix<float, N10, N128> W2, Vector<float, N10> B2, Vector<float, Pixels> X, int Label);

/// <summary>784-128-10 on one sample. As in training, all samples meet the same weights and write the same gradient.</summary>
internal sealed class ClassifierCase : Case<ClassifierInput, Output<ClassifierModel.LossGradient>>
{
    public ClassifierCase()
        : base("classifier", "784-128-10, relu, softmax, float", 1e-4)
    {
        var random = new Xorshift();
        var w1 = random.Matrix<float, N128, Pixels>(1 / Math.Sqrt(784));
        var b1 = random.Vector<float, N128>(0.1);
        var w2 = random.Matrix<float, N10, N128>(1 / Math.Sqrt(128));
        var b2 = random.Vector<float, N10>(0.1);
        var gradient = new ClassifierModel.LossGradient(0, new(), new(), new(), new());
        Draw(n => new(w1, b1, w2, b2, random.Vector<float, Pixels>(1), n * 7 % 10), () => new(gradient));
        Add<Generated>(Role.Generated, "GradGen");
        Add<ClassifierByHand>(Role.ByHand, "eight rows at once");
        AddForward<Own>(Role.OwnForward, "ClassifierModel.Loss");
        AddForward<ClassifierByHand>(Role.PlainForward, "eight rows at once");
    }

    protected override void Collect(in Output<ClassifierModel.LossGradient> output, Parts to)
    {
        to.Add(output.Value);
        to.Add<float>(output.Gradient.W1.AsSpan());
        to.Add<float>(output.Gradient.B1.AsSpan());
        to.Add<float>(output.Gradient.W2.AsSpan());
        to.Add<float>(output.Gradient.B2.AsSpan());
    }

    private struct Generated : IForm<ClassifierInput, Output<ClassifierModel.LossGradient>>
    {
        public static void Run(in ClassifierInput i, ref Output<ClassifierModel.LossGradient> output)
        {
            ClassifierModel.LossBackward(i.W1, i.B1, i.W2, i.B2, i.X, i.Label, into: ref output.Gradient);
            output.Value = output.Gradient.Value;
        }
    }

    private struct Own : IForward<ClassifierInput>
    {
        public static double Run(in ClassifierInput i) => ClassifierModel.Loss(i.W1, i.B1, i.W2, i.B2, i.X, i.Label);
    }
}
