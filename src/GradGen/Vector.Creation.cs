namespace GradGen;

/// <content>Vectors to start from.</content>
public sealed partial class Vector<TScalar, TSize>
{
    /// <summary>A vector of zeros.</summary>
    /// <returns>A new vector.</returns>
    [Operation("zeros")]
    public static Vector<TScalar, TSize> Zeros() => new();

    /// <summary>A vector of ones.</summary>
    /// <returns>A new vector.</returns>
    [Operation("ones")]
    public static Vector<TScalar, TSize> Ones()
    {
        var result = new Vector<TScalar, TSize>();
        result.Fill(TScalar.One);
        return result;
    }

    /// <summary>A vector whose entries are a function of their place, counted from 0.</summary>
    /// <param name="entry">Gives the entry at a place.</param>
    /// <returns>A new vector.</returns>
    public static Vector<TScalar, TSize> FromFunction(Func<int, TScalar> entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var result = new Vector<TScalar, TSize>();
        for (var i = 0; i < TSize.Size; i++)
            result._entries[i] = entry(i);
        return result;
    }

    /// <summary>A vector of independent entries, uniform between −scale and scale.</summary>
    /// <param name="random">The source of randomness; the same seed gives the same vector.</param>
    /// <param name="scale">The largest magnitude.</param>
    /// <returns>A new vector.</returns>
    public static Vector<TScalar, TSize> Random(Random random, TScalar scale)
    {
        ArgumentNullException.ThrowIfNull(random);
        var result = new Vector<TScalar, TSize>();
        RandomEntries.Uniform(random, scale, result.AsSpan());
        return result;
    }

    /// <summary>A vector of independent entries from the normal distribution with mean 0.</summary>
    /// <param name="random">The source of randomness; the same seed gives the same vector.</param>
    /// <param name="standardDeviation">The distribution's standard deviation.</param>
    /// <returns>A new vector.</returns>
    public static Vector<TScalar, TSize> RandomNormal(Random random, TScalar standardDeviation)
    {
        ArgumentNullException.ThrowIfNull(random);
        var result = new Vector<TScalar, TSize>();
        RandomEntries.Normal(random, standardDeviation, result.AsSpan());
        return result;
    }
}
