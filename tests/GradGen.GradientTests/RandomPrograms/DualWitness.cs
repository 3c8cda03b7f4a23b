using GradGen.GradientTests.RandomPrograms.Duals;
using Math = System.Math;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>The derivatives of a program at one place by dual numbers: one run for each differentiated entry, and one along a direction.</summary>
internal sealed class DualWitness
{
    private readonly CompiledProgram _program;
    private readonly Sample _sample;

    public DualWitness(CompiledProgram program, Sample sample)
    {
        (_program, _sample) = (program, sample);
        Kinks.Reset();
        Derivatives = [.. Enumerable.Range(0, sample.Direction.Length).Select(entry => Run(e => e == entry ? 1 : 0).Tangent)];
        AlongDirection = Run(e => sample.Direction[e]).Tangent;
        // In float, a decision is a matter of rounding where double still sees a difference.
        IsNearKink = Kinks.Nearest < (program.Program.IsFloat ? 1e-4 : 1e-10);
    }

    /// <summary>The derivatives of the results, weighted by the upstream gradient, by each differentiated entry.</summary>
    public double[] Derivatives { get; }

    public double AlongDirection { get; }

    /// <summary>Whether rounding may have decided a branch, so that another computation may go another way.</summary>
    public bool IsNearKink { get; }

    /// <summary>
    /// Whether a difference is no more than what the program makes of the last digits of its arguments: chaotic loops
    /// and cancellations lose them in every computation.
    /// </summary>
    public bool IsIllConditioned(double difference)
    {
        var (value, tangent) = Run(e => _sample.Direction[e]);
        var size = _program.Program.IsFloat ? 1e-6 : 1e-14;
        var random = new Random(1);
        var spread = 0.0;
        for (var i = 0; i < 6; i++)
        {
            var moved = Run(e => _sample.Direction[e], x => x * (1 + (size * ((2 * random.NextDouble()) - 1))));
            spread = Math.Max(spread, Math.Max(Math.Abs(moved.Value - value), Math.Abs(moved.Tangent - tangent)));
        }

        return difference <= 100 * spread;
    }

    /// <summary>The parameter and the entry of a derivative.</summary>
    public string NameOf(int entry)
    {
        foreach (var (leaf, input) in _program.Reals.Zip(_sample.Inputs).Where(p => p.First.IsDifferentiated))
        {
            if (entry < input.Length)
            {
                return $"{leaf.Path}[{entry}]";
            }

            entry -= input.Length;
        }

        return "?";
    }

    private (double Value, double Tangent) Run(Func<int, double> direction, Func<double, double>? move = null)
    {
        var entry = 0;
        Dual[][] inputs =
        [
            .. _program.Reals.Select((p, i) => _sample.Inputs[i]
                .Select(x => new Dual(move is null ? x : move(x), p.IsDifferentiated ? direction(entry++) : 0)).ToArray()),
        ];
        var results = _program.Duals(inputs, _sample.Integers);
        return (results.Zip(_sample.Upstream, (r, u) => r.Value * u).Sum(), results.Zip(_sample.Upstream, (r, u) => r.Tangent * u).Sum());
    }
}
