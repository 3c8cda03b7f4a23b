using GradGen.Benchmarks.ByHand;
using GradGen.Benchmarks.Harness;
using GradGen.Benchmarks.Plain;
using static GradGen.MatrixFunctions;

namespace GradGen.Benchmarks.Cases;

internal static partial class KalmanModel
{
    [Differentiable]
    public static double Distance(Vector<double, N6> x, Matrix<double, N6, N6> p, Matrix<double, N6, N6> f, Matrix<double, N6, N6> q) =>
        Dot(x, (f * p * f.T + q) * x);
}

internal readonly record struct KalmanInput(
    Vector<double, N6> X, Matrix<double, N6, N6> P, Matrix<double, N6, N6> F, Matrix<double, N6, N6> Q);

/// <summary>xᵀ·(F·P·Fᵀ + Q)·x with all gradients.</summary>
internal sealed class KalmanCase : Case<KalmanInput, Output<KalmanModel.DistanceGradient>>
{
    public KalmanCase()
        : base("kalman", "xᵀ(FPFᵀ + Q)x, 6×6", 1e-9)
    {
        var random = new Xorshift();
        Draw(
            _ => new(random.Vector<double, N6>(1), random.Matrix<double, N6, N6>(1), random.Matrix<double, N6, N6>(1), random.Matrix<double, N6, N6>(1)),
            () => new(new(0, new(), new(), new(), new())));
        Add<Generated>(Role.Generated, "GradGen");
        Add<KalmanByHand>(Role.ByHand, "with algebra, rows in lanes");
        AddScalar<Formula>(input => ([.. input.X.AsSpan(), .. input.P.AsSpan(), .. input.F.AsSpan(), .. input.Q.AsSpan()], []));
        AddForward<Own>(Role.OwnForward, "KalmanModel.Distance");
        AddForward<KalmanByHand>(Role.PlainForward, "with algebra, rows in lanes");
    }

    protected override void Collect(in Output<KalmanModel.DistanceGradient> output, Parts to)
    {
        to.Add(output.Value);
        to.Add<double>(output.Gradient.X.AsSpan());
        to.Add<double>(output.Gradient.P.AsSpan());
        to.Add<double>(output.Gradient.F.AsSpan());
        to.Add<double>(output.Gradient.Q.AsSpan());
    }

    private struct Generated : IForm<KalmanInput, Output<KalmanModel.DistanceGradient>>
    {
        public static void Run(in KalmanInput input, ref Output<KalmanModel.DistanceGradient> output)
        {
            KalmanModel.DistanceBackward(input.X, input.P, input.F, input.Q, into: ref output.Gradient);
            output.Value = output.Gradient.Value;
        }
    }

    private struct Own : IForward<KalmanInput>
    {
        public static double Run(in KalmanInput input) => KalmanModel.Distance(input.X, input.P, input.F, input.Q);
    }

    private struct Formula : IScalarFormula
    {
        public static T Value<T>(ReadOnlySpan<T> parameters, ReadOnlySpan<double> constants)
            where T : struct, IScalar<T>
        {
            const int n = 6;
            var x = parameters[..n];
            var f = parameters.Slice(n + n * n, n * n);
            var q = parameters[(n + 2 * n * n)..];
            var fp = SmallMatrices.Product(f, parameters.Slice(n, n * n), n);
            var s = SmallMatrices.Product<T>(fp, SmallMatrices.Transpose(f, n), n);
            T sum = 0;
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    sum += x[i] * (s[i * n + j] + q[i * n + j]) * x[j];
                }
            }

            return sum;
        }
    }
}
