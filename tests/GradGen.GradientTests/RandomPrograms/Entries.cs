using GradGen.GradientTests.RandomPrograms.Duals;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>
/// From arrays of entries to what programs take, and from what they give to arrays of entries: for the methods beside
/// the programs, which are compiled with each batch and are short because of it.
/// </summary>
public static class Entries
{
    public static double[] Doubles(double[] entries) => [.. entries];

    public static float[] Floats(double[] entries) => Array.ConvertAll(entries, e => (float)e);

    public static Dual[] Duals(Dual[] entries) => [.. entries];

    /// <summary>An array of matrices, their entries one after the other.</summary>
    public static TItem[] Many<TScalar, TItem>(TScalar[] entries, int size, Func<TScalar[], TItem> make) => [.. entries.Chunk(size).Select(make)];

    public static double[] Of(double number) => [number];

    public static double[] Of(ReadOnlySpan<double> numbers) => [.. numbers];

    public static double[] Of(ReadOnlySpan<float> numbers) => [.. numbers];

    public static double[] Of<TItem>(TItem[] items, Func<TItem, double[]> entries) => [.. items.SelectMany(entries)];

    public static double[] Of<TItem>(TItem[] items, Func<TItem, float[]> entries) => [.. items.SelectMany(entries).Select(e => (double)e)];

    public static Dual[] Of(Dual number) => [number];

    public static Dual[] Of(ReadOnlySpan<Dual> numbers) => [.. numbers];
}
