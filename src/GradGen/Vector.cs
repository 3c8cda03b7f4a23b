using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GradGen;

/// <summary>
/// A vector whose size is part of its type. It is a column: in every product it counts as a matrix with one column.
/// Written <c>Vector&lt;double, N2&gt; x = [1, 2];</c>.
/// </summary>
/// <remarks>
/// Like every array in .NET it is a reference: assigning it shares its entries, and <see cref="Clone"/> copies them.
/// </remarks>
/// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TSize">The number of entries.</typeparam>
[CollectionBuilder(typeof(VectorBuilder), nameof(VectorBuilder.Create))]
public sealed partial class Vector<TScalar, TSize> : IEnumerable<TScalar>, IFormattable
    where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
    where TSize : struct, IDimension
{
    private readonly TScalar[] _entries;

    /// <summary>Makes a vector of zeros.</summary>
    /// <exception cref="NotSupportedException"><typeparamref name="TScalar"/> is neither float nor double.</exception>
    /// <exception cref="ArgumentException">The size is below 1.</exception>
    public Vector()
    {
        _entries = new TScalar[ShapeGuard.EntryCount<TScalar>(TSize.Size, 1)];
    }

    /// <summary>Makes a vector from a copy of its entries.</summary>
    /// <param name="entries">As many entries as the vector has.</param>
    /// <exception cref="ArgumentException">The number of entries is wrong.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="TScalar"/> is neither float nor double.</exception>
    public Vector(ReadOnlySpan<TScalar> entries)
        : this()
    {
        CopyFrom(entries);
    }

    /// <summary>The number of entries.</summary>
    public int Size => TSize.Size;

    /// <summary>An entry, counted from 0.</summary>
    /// <param name="index">The entry's place, from 0 to <see cref="Size"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such entry.</exception>
    [Operation("element")]
    public TScalar this[int index]
    {
        get => _entries[Offset(index)];
        set => _entries[Offset(index)] = value;
    }

    /// <summary>The transpose, a copy: the same entries as one row.</summary>
    [Operation("transpose")]
    public Matrix<TScalar, N1, TSize> T => new(_entries);

    /// <summary>The entries themselves; writing to the span writes to the vector.</summary>
    /// <returns>A span over all entries.</returns>
    public Span<TScalar> AsSpan() => _entries;

    /// <summary>Adds a multiple of another vector to this one, in place and without allocating: x ← x + factor·y.</summary>
    /// <param name="factor">What every entry of <paramref name="other"/> is multiplied by.</param>
    /// <param name="other">The vector to add a multiple of.</param>
    public void AddScaled(TScalar factor, Vector<TScalar, TSize> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Entrywise.AddScaled(_entries, factor, other._entries);
    }

    /// <summary>Sets every entry to 0.</summary>
    public void Clear() => AsSpan().Clear();

    /// <summary>Sets every entry to the same value.</summary>
    /// <param name="value">The value.</param>
    public void Fill(TScalar value) => AsSpan().Fill(value);

    /// <summary>Copies the entries into another vector.</summary>
    /// <param name="destination">The vector to write to.</param>
    public void CopyTo(Vector<TScalar, TSize> destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        AsSpan().CopyTo(destination._entries);
    }

    /// <summary>Copies the entries into a span.</summary>
    /// <param name="destination">The span to write to, at least as long as there are entries.</param>
    /// <exception cref="ArgumentException">The span is too short.</exception>
    public void CopyTo(Span<TScalar> destination) => AsSpan().CopyTo(destination);

    /// <summary>Sets the entries to those of another vector.</summary>
    /// <param name="source">The vector to read.</param>
    public void CopyFrom(Vector<TScalar, TSize> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        source.CopyTo(this);
    }

    /// <summary>Sets the entries.</summary>
    /// <param name="entries">As many entries as the vector has.</param>
    /// <exception cref="ArgumentException">The number of entries is wrong.</exception>
    [OverloadResolutionPriority(1)] // so that x.CopyFrom([1, 2]) is not ambiguous
    public void CopyFrom(ReadOnlySpan<TScalar> entries)
    {
        if (entries.Length != _entries.Length)
            throw new ArgumentException(ShapeMessages.EntryCount(TSize.Size, entries.Length), nameof(entries));
        entries.CopyTo(_entries);
    }

    /// <summary>Makes a copy with entries of its own.</summary>
    /// <returns>The copy.</returns>
    public Vector<TScalar, TSize> Clone() => new(_entries);

    /// <summary>Enumerates the entries, from the first.</summary>
    /// <returns>The entries.</returns>
    public IEnumerator<TScalar> GetEnumerator() => ((IEnumerable<TScalar>)_entries).GetEnumerator();

    /// <summary>A column for people: a line for each entry, aligned, six digits at most, in the invariant culture.</summary>
    /// <returns>The column, its lines separated by <c>\n</c>.</returns>
    public override string ToString() => ToString(null, null);

    /// <summary>A column for people: a line for each entry, aligned.</summary>
    /// <param name="format">The format of a number; <see langword="null"/> stands for <c>G6</c>.</param>
    /// <param name="formatProvider">The culture; <see langword="null"/> stands for the invariant one.</param>
    /// <returns>The column, its lines separated by <c>\n</c>.</returns>
    public string ToString([StringSyntax(StringSyntaxAttribute.NumericFormat)] string? format, IFormatProvider? formatProvider) =>
        Table.Format<TScalar>(_entries, 1, format, formatProvider);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static int Offset(int index)
    {
        if ((uint)index >= (uint)TSize.Size)
            throw new ArgumentOutOfRangeException(nameof(index), ShapeMessages.IndexOutOfRange(index, TSize.Size));
        return index;
    }
}
