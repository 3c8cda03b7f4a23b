namespace Pendulum;

/// <summary>Gradient descent in Adam's manner: with momentum, and a step of its own for each parameter.</summary>
public sealed class Fit(Parameters firstGuess, double[] measured)
{
    private const double Momentum = 0.9;
    private const double Memory = 0.99;

    private readonly double[] _parameters = [firstGuess.Length, firstGuess.Damping, firstGuess.Angle, firstGuess.Velocity];
    private readonly double[] _mean = new double[4];
    private readonly double[] _meanSquare = new double[4];
    private int _steps;

    public Parameters Parameters => new(_parameters[0], _parameters[1], _parameters[2], _parameters[3]);

    /// <summary>One step downhill.</summary>
    public void Step(double learningRate)
    {
        var slope = PendulumModel.LossBackward(Parameters, measured).Parameters;
        ReadOnlySpan<double> gradient = [slope.Length, slope.Damping, slope.Angle, slope.Velocity];
        _steps++;
        for (var i = 0; i < gradient.Length; i++)
        {
            _mean[i] = Momentum * _mean[i] + (1 - Momentum) * gradient[i];
            _meanSquare[i] = Memory * _meanSquare[i] + (1 - Memory) * gradient[i] * gradient[i];
            // Both means begin at zero; the divisors take that out again.
            var mean = _mean[i] / (1 - Math.Pow(Momentum, _steps));
            var size = Math.Sqrt(_meanSquare[i] / (1 - Math.Pow(Memory, _steps)));
            _parameters[i] -= learningRate * mean / (size + 1e-12);
        }
    }
}
