namespace GradGen.GradientTests.RandomPrograms;

/// <summary>How far results may be apart, relative to the largest of them: cancellation in one entry is no mistake of it.</summary>
/// <param name="isFloat">Whether the program computes in float, the witnesses in double.</param>
internal sealed class Tolerance(bool isFloat)
{
    public double OfValues => isFloat ? 1e-4 : 1e-12;

    public double OfGradients => isFloat ? 2e-4 : 1e-9;

    public double OfInterpreter => isFloat ? 2e-4 : 1e-10;

    /// <summary>Whether the results are further apart than that, and where most.</summary>
    public bool Differ(double[] expected, double[] actual, double tolerance, out Mismatch mismatch)
    {
        mismatch = new Mismatch(0, expected.Length, actual.Length);
        if (expected.Length != actual.Length)
        {
            return true;
        }

        var scale = Math.Max(1, expected.Max(Math.Abs));
        var worst = Enumerable.Range(0, expected.Length).MaxBy(i => double.IsNaN(actual[i]) ? double.PositiveInfinity : Math.Abs(expected[i] - actual[i]));
        mismatch = new Mismatch(worst, expected[worst], actual[worst]);
        return !(Math.Abs(expected[worst] - actual[worst]) <= tolerance * scale);
    }
}

/// <summary>Where two results differ most.</summary>
/// <param name="Entry">The place.</param>
/// <param name="Expected">What it should be.</param>
/// <param name="Actual">What it is.</param>
internal readonly record struct Mismatch(int Entry, double Expected, double Actual)
{
    public double Difference => Math.Abs(Expected - Actual);

    public string Kind => double.IsNaN(Actual) ? "NaN" : double.IsNaN(Expected) ? "no NaN" : "wrong";

    public override string ToString() => FormattableString.Invariant($"should be {Expected:R}, is {Actual:R}");
}
