namespace Pendulum;

/// <summary>
/// Made, not measured, because no recording is at hand: a pendulum that is known is followed by a simpler method in steps
/// a thousand times finer than the model's, its angle is read ten times a second, and noise is added. The fit sees only
/// the noisy angles.
/// </summary>
public static class Measurements
{
    /// <summary>The standard deviation of the noise, in radians: two degrees.</summary>
    public const double Noise = Math.PI / 90;

    private const int FinerSteps = 1000;

    public static Parameters Truth { get; } = new(Length: 0.85, Damping: 0.25, Angle: 2.0, Velocity: 0.5);

    public static double[] Make(int seed)
    {
        var random = new Random(seed);
        var (angle, velocity) = (Truth.Angle, Truth.Velocity);
        var measured = new double[(PendulumModel.Steps / PendulumModel.StepsPerMeasurement) + 1];
        for (var i = 0; i < measured.Length; i++)
        {
            measured[i] = angle + Noise * Normal(random);
            for (var step = 0; step < PendulumModel.StepsPerMeasurement * FinerSteps; step++)
            {
                (angle, velocity) = Midpoint(angle, velocity, PendulumModel.TimeStep / FinerSteps);
            }
        }

        return measured;
    }

    /// <summary>The midpoint rule: the slope halfway is taken for the whole step.</summary>
    private static (double Angle, double Velocity) Midpoint(double angle, double velocity, double time)
    {
        var angleHalfway = angle + time / 2 * velocity;
        var velocityHalfway = velocity + time / 2 * Acceleration(angle, velocity);
        return (angle + time * velocityHalfway, velocity + time * Acceleration(angleHalfway, velocityHalfway));
    }

    private static double Acceleration(double angle, double velocity) =>
        -PendulumModel.Gravity / Truth.Length * Math.Sin(angle) - Truth.Damping * velocity;

    /// <summary>Box and Muller's normally distributed number.</summary>
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
