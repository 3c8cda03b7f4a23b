using System.Numerics;

namespace GradGen;

/// <summary>Sums, norms and extremes of all entries of a span.</summary>
internal static class Reductions
{
    public static TScalar Sum<TScalar>(ReadOnlySpan<TScalar> entries)
        where TScalar : IFloatingPointIeee754<TScalar>
    {
        var sum = TScalar.Zero;
        foreach (var entry in entries)
            sum += entry;
        return sum;
    }

    public static TScalar Mean<TScalar>(ReadOnlySpan<TScalar> entries)
        where TScalar : IFloatingPointIeee754<TScalar> =>
        Sum(entries) / TScalar.CreateChecked(entries.Length);

    /// <summary>√Σx². Where the sum of squares would leave the range of the scalar type, the entries are scaled first.</summary>
    public static TScalar Norm<TScalar>(ReadOnlySpan<TScalar> entries)
        where TScalar : IFloatingPointIeee754<TScalar>
    {
        var squares = Products.Dot(entries, entries);
        // Far inside the range of a float, where no square that matters is lost.
        if (squares > TScalar.CreateChecked(1e-20) && squares < TScalar.CreateChecked(1e30))
            return TScalar.Sqrt(squares);

        var largest = TScalar.Zero;
        foreach (var entry in entries)
            largest = TScalar.Max(largest, TScalar.Abs(entry));
        if (largest == TScalar.Zero || !TScalar.IsFinite(largest))
            return largest;

        squares = TScalar.Zero;
        foreach (var entry in entries)
            squares += entry / largest * (entry / largest);
        return largest * TScalar.Sqrt(squares);
    }

    /// <summary>The largest entry; NaN if any entry is.</summary>
    public static TScalar Max<TScalar>(ReadOnlySpan<TScalar> entries)
        where TScalar : IFloatingPointIeee754<TScalar>
    {
        var largest = entries[0];
        foreach (var entry in entries)
            largest = TScalar.Max(largest, entry);
        return largest;
    }

    /// <summary>The smallest entry; NaN if any entry is.</summary>
    public static TScalar Min<TScalar>(ReadOnlySpan<TScalar> entries)
        where TScalar : IFloatingPointIeee754<TScalar>
    {
        var smallest = entries[0];
        foreach (var entry in entries)
            smallest = TScalar.Min(smallest, entry);
        return smallest;
    }

    /// <summary>ln Σeˣ = m + ln Σeˣ⁻ᵐ with m the largest entry, so that no exponential overflows.</summary>
    public static TScalar LogSumExp<TScalar>(ReadOnlySpan<TScalar> entries)
        where TScalar : IFloatingPointIeee754<TScalar>
    {
        var largest = Max(entries);
        // An infinite maximum is the result; x − m would be ∞ − ∞.
        return TScalar.IsInfinity(largest) ? largest : largest + LogOfSumOfExponentials(entries, largest);
    }

    /// <summary>ln Σeˣ⁻ᵐ.</summary>
    public static TScalar LogOfSumOfExponentials<TScalar>(ReadOnlySpan<TScalar> entries, TScalar largest)
        where TScalar : IFloatingPointIeee754<TScalar>
    {
        var sum = TScalar.Zero;
        foreach (var entry in entries)
            sum += TScalar.Exp(entry - largest);
        return TScalar.Log(sum);
    }
}
