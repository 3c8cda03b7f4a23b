namespace GradGen;

/// <summary>How <see cref="GradientCheck"/> compares.</summary>
public sealed record GradientCheckOptions
{
    /// <summary>
    /// The step h of the differences for an entry x with |x| ≤ 1; larger entries are moved by more. <see langword="null"/>
    /// stands for 2⁻¹⁰ ≈ 0.001, and for 2⁻⁵ ≈ 0.03 where the point or the result holds <see cref="float"/>. Smaller steps
    /// are tried where this one does not agree with the gradient.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is not above 0.</exception>
    public double? Step
    {
        get;
        init
        {
            if (value is { } step)
                Positive(step);
            field = value;
        }
    }

    /// <summary>
    /// How much an entry of the gradient may differ from the slope that the differences show, as a part of it. Beyond it
    /// comes what the rounding of the function hides. <see langword="null"/> stands for 1e−7, and for 1e−3 where the point
    /// or the result holds <see cref="float"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is not above 0.</exception>
    public double? Tolerance
    {
        get;
        init
        {
            if (value is { } tolerance)
                Positive(tolerance);
            field = value;
        }
    }

    /// <summary>
    /// About how often the function may be evaluated at a point, 10,000 times if not set. An entry takes four evaluations;
    /// those that are wrong or near a kink take more, up to eighty, which are not counted. Of a point with more entries as
    /// many are chosen at random, from every member alike, and each member is compared along a random direction besides,
    /// which sees all of its entries.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int MaximumEvaluations
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 10_000;

    /// <summary>
    /// The seed of everything that is random: the upstream adjoint, chosen entries, directions. The same seed gives the
    /// same check.
    /// </summary>
    public int Seed { get; init; } = 1;

    /// <summary>The lowest entry of a random point, −1 if not set.</summary>
    public double Low { get; init; } = -1;

    /// <summary>The highest entry of a random point, 1 if not set.</summary>
    public double High { get; init; } = 1;

    private static void Positive(double value)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, "A finite number is needed.");
    }
}
