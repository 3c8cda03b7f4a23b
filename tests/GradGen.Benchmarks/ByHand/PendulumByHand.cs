using System.Runtime.CompilerServices;
using GradGen.Benchmarks.Cases;
using GradGen.Benchmarks.Harness;
using Pendulum;
using static GradGen.Benchmarks.ByHand.Inlining;

namespace GradGen.Benchmarks.ByHand;

/// <summary>The pendulum's reverse sweep: sine and cosine of a stage are computed together and kept.</summary>
internal struct PendulumByHand : IForm<PendulumInput, PendulumModel.LossGradient>, IForward<PendulumInput>
{
    private const double H = PendulumModel.TimeStep;
    private const double W = PendulumModel.TimeStep / 6;
    private const int Steps = PendulumModel.Steps;

    private static readonly Step[] Kept = new Step[Steps + 1];

    public static void Run(in PendulumInput input, ref PendulumModel.LossGradient output)
    {
        var p = input.Parameters;
        var (k, c) = (-PendulumModel.Gravity / p.Length, p.Damping);
        var steps = Kept.AsSpan(0, Steps + 1);
        (steps[0].Angle, steps[0].First.Velocity) = (p.Angle, p.Velocity);
        for (var n = 0; n < Steps; n++)
        {
            Next(ref steps[n], ref steps[n + 1], k, c);
        }

        var measured = input.Measured;
        var (sum, dk, dc, dx, dv) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var n = Steps; n >= 0; n--)
        {
            ref var s = ref steps[n];
            if (n < Steps)
            {
                var a4 = W * dv;
                var x4 = s.Last.Back(a4, k, ref dk, ref dc);
                var v4 = W * dx - c * a4;
                var a3 = 2 * W * dv + H * v4;
                var x3 = s.Third.Back(a3, k, ref dk, ref dc);
                var v3 = 2 * W * dx + H * x4 - c * a3;
                var a2 = 2 * W * dv + H / 2 * v3;
                var x2 = s.Second.Back(a2, k, ref dk, ref dc);
                var v2 = 2 * W * dx + H / 2 * x3 - c * a2;
                var a1 = W * dv + H / 2 * v2;
                var x1 = s.First.Back(a1, k, ref dk, ref dc);
                dv += W * dx + v2 + v3 + v4 + H / 2 * x2 - c * a1;
                dx += x1 + x2 + x3 + x4;
            }

            if (n % PendulumModel.StepsPerMeasurement == 0)
            {
                var error = s.Angle - measured[n / PendulumModel.StepsPerMeasurement];
                sum += error * error;
                dx += 2 * error / measured.Length;
            }
        }

        output = new(sum / measured.Length, new(dk * PendulumModel.Gravity / (p.Length * p.Length), dc, dx, dv));
    }

    public static double Run(in PendulumInput input)
    {
        var (k, c) = (-PendulumModel.Gravity / input.Parameters.Length, input.Parameters.Damping);
        var (x, v1) = (input.Parameters.Angle, input.Parameters.Velocity);
        var sum = 0.0;
        for (var n = 0; n <= Steps; n++)
        {
            if (n % PendulumModel.StepsPerMeasurement == 0)
            {
                var error = x - input.Measured[n / PendulumModel.StepsPerMeasurement];
                sum += error * error;
            }

            var a1 = k * Math.Sin(x) - c * v1;
            var v2 = v1 + H / 2 * a1;
            var a2 = k * Math.Sin(x + H / 2 * v1) - c * v2;
            var v3 = v1 + H / 2 * a2;
            var a3 = k * Math.Sin(x + H / 2 * v2) - c * v3;
            var v4 = v1 + H * a3;
            var a4 = k * Math.Sin(x + H * v3) - c * v4;
            x += W * (v1 + 2 * v2 + 2 * v3 + v4);
            v1 += W * (a1 + 2 * a2 + 2 * a3 + a4);
        }

        return sum / input.Measured.Length;
    }

    [MethodImpl(Inline)]
    private static void Next(ref Step s, ref Step next, double k, double c)
    {
        var (x, v1) = (s.Angle, s.First.Velocity);
        var a1 = s.First.Acceleration(x, v1, k, c);
        var v2 = v1 + H / 2 * a1;
        var a2 = s.Second.Acceleration(x + H / 2 * v1, v2, k, c);
        var v3 = v1 + H / 2 * a2;
        var a3 = s.Third.Acceleration(x + H / 2 * v2, v3, k, c);
        var v4 = v1 + H * a3;
        var a4 = s.Last.Acceleration(x + H * v3, v4, k, c);
        next.Angle = x + W * (v1 + 2 * v2 + 2 * v3 + v4);
        next.First.Velocity = v1 + W * (a1 + 2 * a2 + 2 * a3 + a4);
    }

    /// <summary>What one step leaves for the way back.</summary>
    private struct Step
    {
        public double Angle;
        public Stage First, Second, Third, Last;
    }

    private struct Stage
    {
        public double Velocity;
        private double _sine, _cosine;

        [MethodImpl(Inline)]
        public double Acceleration(double angle, double velocity, double k, double c)
        {
            Velocity = velocity;
            (_sine, _cosine) = Math.SinCos(angle);
            return k * _sine - c * velocity;
        }

        /// <summary>From the acceleration's adjoint to the angle's; those of k and c are added to.</summary>
        [MethodImpl(Inline)]
        public readonly double Back(double a, double k, ref double dk, ref double dc)
        {
            dk += _sine * a;
            dc -= Velocity * a;
            return k * _cosine * a;
        }
    }
}
