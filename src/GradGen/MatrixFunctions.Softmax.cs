using System.Numerics;

namespace GradGen;

/// <content>Softmax and its relatives.</content>
public static partial class MatrixFunctions
{
    /// <summary>
    /// eˣ divided by the sum of all eˣ. The largest entry is subtracted first, so that nothing overflows.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>A vector of positive entries whose sum is 1.</returns>
    [Operation("softmax")]
    public static Vector<TScalar, TSize> Softmax<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        var largest = Reductions.Max<TScalar>(x.AsSpan());
        var result = Entrywise.MapWith(x, largest, static (entry, largest) => TScalar.Exp(entry - largest));
        var sum = Reductions.Sum<TScalar>(result.AsSpan());
        foreach (ref var entry in result.AsSpan())
            entry /= sum;
        return result;
    }

    /// <summary>ln Σeˣ over all entries. The largest entry is subtracted first, so that nothing overflows.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>The logarithm of the sum; −∞ where every entry is −∞.</returns>
    [Operation("logSumExp")]
    public static TScalar LogSumExp<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        return Reductions.LogSumExp<TScalar>(x.AsSpan());
    }

    /// <summary>ln Σeˣ over all entries. The largest entry is subtracted first, so that nothing overflows.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>The logarithm of the sum; −∞ where every entry is −∞.</returns>
    [Operation("logSumExp")]
    public static TScalar LogSumExp<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        return Reductions.LogSumExp<TScalar>(x.AsSpan());
    }

    /// <summary>
    /// The logarithm of <see cref="Softmax"/>, x − ln Σeˣ, accurate also where the softmax itself is 0 in the scalar
    /// type.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>A vector of entries of at most 0.</returns>
    [Operation("logSoftmax")]
    public static Vector<TScalar, TSize> LogSoftmax<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        var largest = Reductions.Max<TScalar>(x.AsSpan());
        var logOfSum = Reductions.LogOfSumOfExponentials(x.AsSpan(), largest);
        var result = new Vector<TScalar, TSize>();
        for (var i = 0; i < TSize.Size; i++)
            result[i] = x[i] - largest - logOfSum;
        return result;
    }
}
