using System.Collections;
using System.Runtime.CompilerServices;

namespace GradGen.GradientTests.RandomPrograms.Duals;

/// <summary>Collection expressions: what the C# compiler calls for [[1, 2], [3, 4]] and [1, 2].</summary>
public static class Builders
{
    public static Matrix<TScalar, TRows, TColumns> OfRows<TScalar, TRows, TColumns>(ReadOnlySpan<MatrixRow<TScalar>> rows)
        where TScalar : IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        var copied = rows.ToArray();
        return new((i, j) => copied[i].Entries[j]);
    }

    public static MatrixRow<TScalar> OfRow<TScalar>(ReadOnlySpan<TScalar> entries) => new(entries.ToArray());

    public static Vector<TScalar, TSize> OfEntries<TScalar, TSize>(ReadOnlySpan<TScalar> entries)
        where TScalar : IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension
    {
        var copied = entries.ToArray();
        return new(p => copied[p]);
    }
}

/// <summary>A row of a matrix literal.</summary>
/// <typeparam name="TScalar">The scalar type.</typeparam>
/// <param name="entries">Its entries.</param>
[CollectionBuilder(typeof(Builders), nameof(Builders.OfRow))]
public sealed class MatrixRow<TScalar>(TScalar[] entries) : IEnumerable<TScalar>
{
    public TScalar[] Entries { get; } = entries;

    public IEnumerator<TScalar> GetEnumerator() => ((IEnumerable<TScalar>)Entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Entries.GetEnumerator();
}
