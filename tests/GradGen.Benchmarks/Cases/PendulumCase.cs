using GradGen.Benchmarks.ByHand;
using GradGen.Benchmarks.Harness;
using GradGen.Benchmarks.Plain;
using Pendulum;

namespace GradGen.Benchmarks.Cases;

internal readonly record struct PendulumInput(Parameters Parameters, double[] Measured);

/// <summary>The loop of the pendulum sample: 1,000 steps.</summary>
internal sealed class PendulumCase : Case<PendulumInput, PendulumModel.LossGradient>
{
    public PendulumCase()
        : base("pendulum", "pendulum, 1,000 Runge–Kutta steps", 1e-9)
    {
        var random = new Xorshift();
        var measured = new double[PendulumModel.Steps / PendulumModel.StepsPerMeasurement + 1];
        random.Fill<double>(measured, 1);
        Draw(
            _ => new(new(1 + random.Next(0.3), 0.3 + random.Next(0.2), random.Next(2), random.Next(1)), measured),
            () => default);
        Add<Generated>(Role.Generated, "GradGen");
        Add<PendulumByHand>(Role.ByHand, "reverse sweep");
        AddScalar<Formula>(input => (
            [input.Parameters.Length, input.Parameters.Damping, input.Parameters.Angle, input.Parameters.Velocity], input.Measured));
        AddForward<Own>(Role.OwnForward, "PendulumModel.Loss");
        AddForward<PendulumByHand>(Role.PlainForward, "nothing kept");
    }

    protected override void Collect(in PendulumModel.LossGradient output, Parts to)
    {
        to.Add(output.Value);
        to.Add(output.Parameters.Length);
        to.Add(output.Parameters.Damping);
        to.Add(output.Parameters.Angle);
        to.Add(output.Parameters.Velocity);
    }

    private struct Generated : IForm<PendulumInput, PendulumModel.LossGradient>
    {
        public static void Run(in PendulumInput input, ref PendulumModel.LossGradient output) =>
            PendulumModel.LossBackward(input.Parameters, input.Measured, into: ref output);
    }

    private struct Own : IForward<PendulumInput>
    {
        public static double Run(in PendulumInput input) => PendulumModel.Loss(input.Parameters, input.Measured);
    }

    private struct Formula : IScalarFormula
    {
        public static T Value<T>(ReadOnlySpan<T> parameters, ReadOnlySpan<double> measured)
            where T : struct, IScalar<T>
        {
            const double h = PendulumModel.TimeStep;
            var (k, c) = ((T)(-PendulumModel.Gravity) / parameters[0], parameters[1]);
            var (x, v1) = (parameters[2], parameters[3]);
            T sum = 0;
            for (var step = 0; step <= PendulumModel.Steps; step++)
            {
                if (step % PendulumModel.StepsPerMeasurement == 0)
                {
                    var error = x - measured[step / PendulumModel.StepsPerMeasurement];
                    sum += error * error;
                }

                var a1 = Acceleration(x, v1);
                var v2 = v1 + a1 * (h / 2);
                var a2 = Acceleration(x + v1 * (h / 2), v2);
                var v3 = v1 + a2 * (h / 2);
                var a3 = Acceleration(x + v2 * (h / 2), v3);
                var v4 = v1 + a3 * h;
                var a4 = Acceleration(x + v3 * h, v4);
                x += (v1 + v2 * 2 + v3 * 2 + v4) * (h / 6);
                v1 += (a1 + a2 * 2 + a3 * 2 + a4) * (h / 6);
            }

            return sum / measured.Length;

            T Acceleration(T angle, T velocity) => k * T.Sin(angle) - c * velocity;
        }
    }
}
