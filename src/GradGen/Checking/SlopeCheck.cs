using System.Globalization;

namespace GradGen;

/// <summary>What came of comparing one derivative with differences.</summary>
/// <param name="Expected">The difference.</param>
/// <param name="Error">How far the derivative is from it, or from the slopes on both sides of a kink.</param>
/// <param name="Tolerated">The part of the slope that it may be off.</param>
/// <param name="Hidden">What rounding hides besides.</param>
/// <param name="IsSeen">Whether the derivative is so large that rounding does not hide it.</param>
/// <param name="Problem">What else is to be said where it is wrong.</param>
internal readonly record struct Verdict(
    double Expected, double Error, double Tolerated, double Hidden, bool IsSeen = true, string? Problem = null)
{
    public static readonly Verdict NotCompared = new(double.NaN, double.NaN, 0, 0);

    public double Allowed => Tolerated + Hidden;

    public bool IsRight => Error <= Allowed;
}

/// <summary>
/// Compares a derivative φ′(0) with differences of φ. One step settles the usual case. Where it does not, the reason may
/// be a kink, a pole or a curve within that step; smaller ones follow until the derivative is accepted by one, or refused
/// by two at which φ is smooth.
/// </summary>
/// <param name="function">φ.</param>
/// <param name="atZero">φ(0).</param>
/// <param name="smallest">A step that is not gone below, because entries would not move by it exactly.</param>
/// <param name="noise">The standard deviation of φ's noise.</param>
/// <param name="tolerance">The part of the slope that a right derivative may be off.</param>
/// <param name="precision">The precision of φ.</param>
internal sealed class SlopeCheck(
    Func<double, Evaluation> function, Evaluation atZero, double smallest, double noise, double tolerance, Precision precision)
{
    private static readonly Verdict NotFinite =
        Verdict.NotCompared with { Problem = "the function is not finite on both sides of the point" };

    public Stencil At(double step) => new(function, atZero, step);

    /// <param name="given">The derivative.</param>
    /// <param name="first">The values at the first step.</param>
    /// <param name="hidden">What rounding in the gradient itself explains.</param>
    public Verdict Compare(double given, Stencil first, double hidden)
    {
        Verdict? refused = null;
        Stencil? flattest = null;
        var error = double.PositiveInfinity;
        for (var stencil = first; ; stencil = At(stencil.Step / 4))
        {
            if (stencil.IsFinite)
            {
                var verdict = Judge(given, stencil, hidden);
                var isSmooth = stencil.Roughness <= verdict.Allowed;
                if (verdict.IsRight && (isSmooth || stencil.Step == first.Step))
                    return verdict;
                if (isSmooth && refused is { } confirmed)
                    return confirmed;
                refused ??= isSmooth ? verdict : null;
                flattest = flattest is { } best && best.Roughness <= stencil.Roughness ? flattest : stencil;
                error = verdict.IsRight ? error : Math.Min(error, verdict.Error);
            }

            // Rounding grows as steps shrink; where it could be as large as the error it would excuse it.
            if (stencil.Step / 4 < smallest || (stencil.IsFinite && 4 * stencil.Hidden(noise, precision) > error / 2))
                break;
        }

        return flattest is { } kink ? JudgeKink(given, kink, hidden) : NotFinite;
    }

    private Verdict Judge(double given, Stencil stencil, double hidden)
    {
        hidden += stencil.Hidden(noise, precision);
        var size = Math.Max(Math.Abs(given), stencil.Steepness);
        return new(
            stencil.Central,
            Math.Abs(given - stencil.Central),
            tolerance * stencil.Steepness,
            hidden,
            IsSeen: size == 0 || hidden < 0.1 * size);
    }

    /// <summary>At a kink every number between the slopes on both sides is a derivative by somebody's convention.</summary>
    private Verdict JudgeKink(double given, Stencil stencil, double hidden)
    {
        double[] slopes = [stencil.Left, stencil.Central, stencil.Right];
        var nearest = Math.Clamp(given, slopes.Min(), slopes.Max());
        var verdict = Judge(given, stencil, hidden) with { Error = Math.Abs(given - nearest) };
        return stencil.Roughness <= verdict.Allowed ? verdict : verdict with
        {
            Problem = string.Create(
                CultureInfo.InvariantCulture,
                $"not smooth there, the slope is {stencil.Left:G6} to the left and {stencil.Right:G6} to the right"),
        };
    }
}
