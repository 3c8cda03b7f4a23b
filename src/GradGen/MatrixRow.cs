using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GradGen;

/// <summary>
/// One row of a matrix: what <c>[1, 2, 3]</c> is in <c>[[1, 2, 3], [4, 5, 6]]</c>, and what enumerating a
/// <see cref="Matrix{TScalar, TRows, TColumns}"/> gives. A row can be read and not written.
/// </summary>
/// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
[CollectionBuilder(typeof(MatrixBuilder), nameof(MatrixBuilder.CreateRow))]
public readonly struct MatrixRow<TScalar> : IReadOnlyList<TScalar>
    where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
{
    private readonly ReadOnlyMemory<TScalar> _entries;

    internal MatrixRow(ReadOnlyMemory<TScalar> entries)
    {
        _entries = entries;
    }

    /// <summary>The number of entries.</summary>
    public int Count => _entries.Length;

    /// <summary>An entry, counted from 0.</summary>
    /// <param name="index">The entry's place.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such entry.</exception>
    public TScalar this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Count)
                throw new ArgumentOutOfRangeException(nameof(index), ShapeMessages.ColumnOutOfRange(index, 1, Count));
            return _entries.Span[index];
        }
    }

    /// <summary>The entries themselves.</summary>
    /// <returns>A span over the row.</returns>
    public ReadOnlySpan<TScalar> AsSpan() => _entries.Span;

    /// <summary>Enumerates the entries, from the first.</summary>
    /// <returns>The entries.</returns>
    public IEnumerator<TScalar> GetEnumerator() => MemoryMarshal.ToEnumerable(_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
