using static GradGen.MatrixFunctions;

namespace GradGen.Tests;

/// <summary>Gradients whose members have the names of the point's parts, as those that GradGen writes have.</summary>
public class GradientCheckByNameTests
{
    private static readonly Vector<double, N2> X = [0.5, -1.25];
    private static readonly Net Model = new() { W = [[1, 2], [0.5, -1], [3, 0.25]], Value = 0.75, Bias = [0.1, 0.2, 0.3] };

    /// <summary>An instance method: a member for each of the object's, and for its parameters.</summary>
    [Fact]
    public void MembersOfAnObject_AreCompared()
    {
        GradientCheck.CompareByName(n => n.Loss(X), n => n.LossBackward(X), Model).ThrowIfWrong();
        GradientCheck.CompareByName(p => p.Model.Loss(p.X), p => p.Model.LossBackward(p.X), (Model, X)).ThrowIfWrong();
        GradientCheck.CompareByName(p => p.Model.Loss(p.x), p => p.Model.LossBackward(p.x), (Model, x: X)).ThrowIfWrong();
        var result = GradientCheck.CompareByName(n => n.Loss(X), n => n.LossBackward(X) with { Bias = [0, 1, 2] }, Model);
        Assert.False(result.IsRight);
        Assert.All(result.Wrong, e => Assert.StartsWith("Model.Bias[", e.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void Upstream_IsPassedOn() =>
        GradientCheck.CompareByName(n => n.W * X, (n, u) => new WGradient(u * X.T), Model).ThrowIfWrong();

    /// <summary>What is left out is claimed not to matter.</summary>
    [Fact]
    public void MissingMembers_AreWrong()
    {
        var missing = GradientCheck.CompareByName(n => n.Loss(X), n => new WGradient(n.LossBackward(X).W), Model);
        Assert.Contains("Model.Bias[0]", missing.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Model.W[", missing.ToString(), StringComparison.Ordinal);
        Assert.False(GradientCheck.CompareByName(w => Sum(w * X), w => (W: w, 1), Model.W).IsRight); // Nothing is called W any more.
        var none = GradientCheck.CompareByName<Net, WGradient?>(n => n.Loss(X), _ => null, Model);
        Assert.Contains("the gradient is missing (null)", none.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            "the gradient is of type", GradientCheck.CompareByName(n => n.Loss(X), n => new { W = 1.0, n.LossBackward(X).Bias, ValueGradient = n.LossBackward(X).ValueGradient }, Model).ToString(), StringComparison.Ordinal);
    }

    private sealed class Net
    {
        public Matrix<double, N3, N2> W { get; init; } = new();

        public double Value { get; init; }

        public double[] Bias { get; init; } = [];

        public string Name { get; init; } = "not compared";

        [NoDerivative]
        public double Fixed { get; init; } = 2;

        public double Loss(Vector<double, N2> x) => Fixed * NormSquared(W * x) * Value + Bias[0] * Bias[1];

        public LossGradient LossBackward(Vector<double, N2> x)
        {
            var y = W * x;
            return new(Loss(x), 2 * Fixed * Value * (y * x.T), Fixed * NormSquared(y), [Bias[1], Bias[0], 0], 2 * Fixed * Value * (W.T * y));
        }
    }

    private sealed record WGradient(Matrix<double, N3, N2> W);

    private sealed record LossGradient(double Value, Matrix<double, N3, N2> W, double ValueGradient, double[] Bias, Vector<double, N2> X);
}
