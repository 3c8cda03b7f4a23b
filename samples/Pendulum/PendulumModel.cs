using GradGen;

namespace Pendulum;

/// <summary>A damped pendulum, θ'' = −(g/l)·sin θ − c·θ', followed for ten seconds in 1,000 steps.</summary>
public static partial class PendulumModel
{
    public const double Gravity = 9.81;
    public const int Steps = 1000;
    public const double TimeStep = 0.01;
    public const int StepsPerMeasurement = 10;

    /// <summary>The angle at the start and after each step.</summary>
    public static double[] Angles(Parameters parameters)
    {
        var (length, damping, angle, velocity) = parameters;
        var angles = new double[Steps + 1];
        angles[0] = angle;
        for (var step = 0; step < Steps; step++)
        {
            (angle, velocity) = Next(angle, velocity);
            angles[step + 1] = angle;
        }

        return angles;

        // A step of the classical Runge–Kutta method: velocity v and acceleration a at its start, twice halfway, at its end.
        (double Angle, double Velocity) Next(double angle, double v1)
        {
            var a1 = Acceleration(angle, v1);
            var v2 = v1 + TimeStep / 2 * a1;
            var a2 = Acceleration(angle + TimeStep / 2 * v1, v2);
            var v3 = v1 + TimeStep / 2 * a2;
            var a3 = Acceleration(angle + TimeStep / 2 * v2, v3);
            var v4 = v1 + TimeStep * a3;
            var a4 = Acceleration(angle + TimeStep * v3, v4);
            return (angle + TimeStep * Mean(v1, v2, v3, v4), v1 + TimeStep * Mean(a1, a2, a3, a4));
        }

        double Acceleration(double angle, double velocity) => -Gravity / length * Math.Sin(angle) - damping * velocity;
    }

    /// <summary>The mean squared difference between these angles and the measured ones; GradGen writes LossBackward.</summary>
    [Differentiable]
    public static double Loss(Parameters parameters, [NoDerivative] ReadOnlySpan<double> measured)
    {
        var angles = Angles(parameters);
        var sum = 0.0;
        for (var i = 0; i < measured.Length; i++)
        {
            var error = angles[i * StepsPerMeasurement] - measured[i];
            sum += error * error;
        }

        return sum / measured.Length;
    }

    private static double Mean(double first, double second, double third, double last) => (first + 2 * second + 2 * third + last) / 6;
}
