using System.Text;

namespace GradGen;

/// <summary>What came of a <see cref="GradientCheck"/>.</summary>
public sealed class GradientCheckResult
{
    private const int Reported = 8;

    internal GradientCheckResult(IReadOnlyList<GradientCheckEntry> wrong, GradientCheckEntry worst)
    {
        (Wrong, Worst) = (wrong, worst);
    }

    /// <summary>Whether nothing was found to be wrong.</summary>
    public bool IsRight => Wrong.Count == 0;

    /// <summary>
    /// The entry that is furthest off, as a part of what is allowed; a missing part, a wrong shape and NaN come before
    /// numbers. Where everything is right it is the entry that is nearest to being wrong.
    /// </summary>
    public GradientCheckEntry Worst { get; }

    /// <summary>All that is wrong, the worst first.</summary>
    public IReadOnlyList<GradientCheckEntry> Wrong { get; }

    /// <summary>How many points were compared.</summary>
    public int Points { get; internal init; }

    /// <summary>How many entries the points have.</summary>
    public long EntryCount { get; internal init; }

    /// <summary>How many of the entries were compared one by one.</summary>
    public long ComparedCount { get; internal init; }

    /// <summary>How many random directions were compared besides, where not all entries were.</summary>
    public long DirectionCount { get; internal init; }

    /// <summary>
    /// How many entries are right only as far as can be seen: the function's rounding is more than a tenth of them.
    /// </summary>
    public long UnseenCount { get; internal init; }

    /// <summary>Does nothing where the gradient is right.</summary>
    /// <exception cref="GradientCheckException">The gradient is wrong; the message is the report.</exception>
    public void ThrowIfWrong()
    {
        if (!IsRight)
            throw new GradientCheckException(ToString());
    }

    /// <summary>A report for people: what was compared, and the worst that is wrong, an entry in a line.</summary>
    /// <returns>The report, its lines separated by <c>\n</c>.</returns>
    public override string ToString()
    {
        if (IsRight)
            return $"The gradient is right: {Compared()}. The worst is {Worst}.";
        var text = new StringBuilder(
            $"The gradient is wrong in {CheckTexts.Count(Wrong.Count, "place", "places")}: {Compared()}.");
        var shown = Wrong.Take(Reported).ToList();
        var width = shown.Max(e => e.Name.Length);
        foreach (var entry in shown)
        {
            text.Append("\n  ").Append(entry.Name.PadRight(width)).Append("  ").Append(entry.Text);
            if (Points > 1)
                text.Append(", at point ").Append(entry.Point);
        }

        if (Wrong.Count > Reported)
            text.Append("\n  and ").Append(CheckTexts.Count(Wrong.Count - Reported, "other", "others"));
        return text.ToString();
    }

    private string Compared()
    {
        var entries = CheckTexts.Count(EntryCount, "entry", "entries");
        if (ComparedCount < EntryCount)
            entries = $"{CheckTexts.Count(ComparedCount, "", "").Trim()} of {entries}";
        if (DirectionCount > 0)
            entries += " and " + CheckTexts.Count(DirectionCount, "random direction", "random directions");
        var points = Points == 1 ? "" : $" at {CheckTexts.Count(Points, "point", "points")}";
        var unseen = UnseenCount == 0 ? "" : $", {CheckTexts.Count(UnseenCount, "of them", "of them")} too small to be seen beside the function's rounding";
        return entries + points + " compared with central differences" + unseen;
    }
}
