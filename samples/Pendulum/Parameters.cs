namespace Pendulum;

/// <summary>What is not known of a pendulum.</summary>
/// <param name="Length">In metres.</param>
/// <param name="Damping">In 1/s.</param>
/// <param name="Angle">At the start, in radians from hanging.</param>
/// <param name="Velocity">At the start, in radians per second.</param>
public readonly record struct Parameters(double Length, double Damping, double Angle, double Velocity);
