namespace Pendulum;

/// <summary>What is not known of a pendulum.</summary>
/// <param name="Length">In metres.</param>
/// <param name="Damping">In 1/s.</param>
/// <param name="Angle">At the start, in radians from hanging.</param>
/// <param name="Velocity">At the start, in radians per second.</param>
public readonly record struct Parameters(double Length, double Damping, double Angle, double Velocity)
{
    public double[] Angles() => PendulumModel.Angles(Length, Damping, Angle, Velocity);

    public double Loss(double[] measured) => PendulumModel.Loss(Length, Damping, Angle, Velocity, measured);

    /// <summary>The gradient of the loss: the derivative with respect to each parameter, in its place.</summary>
    public Parameters Gradient(double[] measured)
    {
        var gradient = PendulumModel.LossBackward(Length, Damping, Angle, Velocity, measured);
        return new(gradient.Length, gradient.Damping, gradient.Angle, gradient.Velocity);
    }
}
