using System.Globalization;

namespace GradGen;

/// <summary>One entry of a gradient beside the difference that it should be, or a part of the gradient that is amiss.</summary>
public sealed class GradientCheckEntry
{
    internal GradientCheckEntry(string name)
    {
        Name = name;
    }

    /// <summary>
    /// Its name and index: <c>model.W1[2, 3]</c>; the name of a whole part where that is missing or has another shape.
    /// </summary>
    public string Name { get; }

    /// <summary>What the gradient has there; NaN where it has nothing.</summary>
    public double Given { get; internal init; } = double.NaN;

    /// <summary>What the differences of the function are; NaN where there are none.</summary>
    public double Expected { get; internal init; } = double.NaN;

    /// <summary>How far <see cref="Given"/> is from <see cref="Expected"/>; at a kink, from the slopes on both sides of it.</summary>
    public double Error { get; internal init; } = double.NaN;

    /// <summary>How far it may be: the tolerance times the slope, and what rounding hides.</summary>
    public double AllowedError { get; internal init; }

    /// <summary>What is wrong where it is not only a number, such as <c>missing (null)</c>.</summary>
    public string? Problem { get; internal init; }

    /// <summary>Which of the points that were compared it belongs to, counted from 1.</summary>
    public int Point { get; internal init; } = 1;

    /// <summary>Whether the entry is as near to the difference as it should be.</summary>
    public bool IsRight => Error <= AllowedError;

    /// <summary>Errors are compared as parts of what is allowed.</summary>
    internal double Excess => double.IsNaN(Error) ? double.PositiveInfinity : Error == 0 ? 0 : Error / AllowedError;

    /// <summary>The entry in a line.</summary>
    /// <returns>Its name, what the gradient has, and what the differences are.</returns>
    public override string ToString() => Name + ": " + Text;

    internal string Text => string.Join(", ", new[]
    {
        double.IsNaN(Given) && Problem is not null ? null : "gradient " + Number(Given),
        double.IsNaN(Expected) ? null : "differences " + Number(Expected),
        Problem,
    }.Where(t => t is not null));

    private static string Number(double value) => value.ToString("G8", CultureInfo.InvariantCulture);
}
