namespace GradGen;

/// <content>Matrices to start from.</content>
public sealed partial class Matrix<TScalar, TRows, TColumns>
{
    /// <summary>A matrix of zeros.</summary>
    /// <returns>A new matrix.</returns>
    [Operation("zeros")]
    public static Matrix<TScalar, TRows, TColumns> Zeros() => new();

    /// <summary>A matrix of ones.</summary>
    /// <returns>A new matrix.</returns>
    [Operation("ones")]
    public static Matrix<TScalar, TRows, TColumns> Ones()
    {
        var result = new Matrix<TScalar, TRows, TColumns>();
        result.Fill(TScalar.One);
        return result;
    }

    /// <summary>The identity: ones on the diagonal, zeros elsewhere.</summary>
    /// <returns>A new matrix.</returns>
    /// <exception cref="ShapeMismatchException">The matrix is not square.</exception>
    [Operation("identity")]
    public static Matrix<TScalar, TRows, TColumns> Identity()
    {
        ShapeGuard.Square(nameof(Identity), TRows.Size, TColumns.Size);
        var result = new Matrix<TScalar, TRows, TColumns>();
        for (var i = 0; i < TRows.Size; i++)
            result._entries[(i * TColumns.Size) + i] = TScalar.One;
        return result;
    }

    /// <summary>A matrix whose entries are a function of their row and column, both counted from 0.</summary>
    /// <param name="entry">Gives the entry in a row and a column.</param>
    /// <returns>A new matrix.</returns>
    public static Matrix<TScalar, TRows, TColumns> FromFunction(Func<int, int, TScalar> entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var result = new Matrix<TScalar, TRows, TColumns>();
        for (var i = 0; i < TRows.Size; i++)
        {
            for (var j = 0; j < TColumns.Size; j++)
                result._entries[(i * TColumns.Size) + j] = entry(i, j);
        }

        return result;
    }

    /// <summary>A matrix of independent entries, uniform between −scale and scale.</summary>
    /// <param name="random">The source of randomness; the same seed gives the same matrix.</param>
    /// <param name="scale">The largest magnitude.</param>
    /// <returns>A new matrix.</returns>
    public static Matrix<TScalar, TRows, TColumns> Random(Random random, TScalar scale)
    {
        ArgumentNullException.ThrowIfNull(random);
        var result = new Matrix<TScalar, TRows, TColumns>();
        RandomEntries.Uniform(random, scale, result.AsSpan());
        return result;
    }

    /// <summary>A matrix of independent entries from the normal distribution with mean 0.</summary>
    /// <param name="random">The source of randomness; the same seed gives the same matrix.</param>
    /// <param name="standardDeviation">The distribution's standard deviation.</param>
    /// <returns>A new matrix.</returns>
    public static Matrix<TScalar, TRows, TColumns> RandomNormal(Random random, TScalar standardDeviation)
    {
        ArgumentNullException.ThrowIfNull(random);
        var result = new Matrix<TScalar, TRows, TColumns>();
        RandomEntries.Normal(random, standardDeviation, result.AsSpan());
        return result;
    }
}
