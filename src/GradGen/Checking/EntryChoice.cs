namespace GradGen;

/// <summary>Which entries of a point are compared.</summary>
internal static class EntryChoice
{
    /// <summary>As many entries of each leaf, all of those of small ones, and no more than a number of entries altogether.</summary>
    /// <param name="counts">The number of entries of each leaf.</param>
    /// <param name="maximum">The number of entries that may be chosen.</param>
    /// <param name="random">What the choice is made with.</param>
    /// <returns>For each leaf the entries chosen, in their order.</returns>
    public static int[][] Choose(IReadOnlyList<int> counts, int maximum, Random random)
    {
        var chosen = new int[counts.Count][];
        var order = Enumerable.Range(0, counts.Count).ToArray();
        random.Shuffle(order);

        // From the smallest leaf on each takes its share of what is left, so that none leaves more unused than it must.
        var (left, leaves) = (maximum, counts.Count);
        foreach (var leaf in order.OrderBy(l => counts[l]))
        {
            chosen[leaf] = Distinct(counts[leaf], Math.Min(counts[leaf], left / leaves), random);
            left -= chosen[leaf].Length;
            leaves--;
        }

        return chosen;
    }

    // R. W. Floyd's sample: each subset of the size is as likely as any other.
    private static int[] Distinct(int count, int size, Random random)
    {
        var chosen = new SortedSet<int>();
        for (var last = count - size; last < count; last++)
        {
            if (!chosen.Add(random.Next(last + 1)))
                _ = chosen.Add(last);
        }

        return [.. chosen];
    }
}
