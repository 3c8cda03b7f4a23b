using System.Buffers;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

/// <summary>
/// What the iterations of a loop leave for the way back, for generated code: entries in the order in which they were
/// pushed, in an array from the pool that grows as needed. <see cref="Release"/> gives it back.
/// </summary>
/// <typeparam name="T">The type of the entries.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1815:Override equals and operator equals on value types", Justification = "A place to store, not a value: nobody compares two.")]
public struct Tape<T>
    where T : struct
{
    private const int FirstCapacity = 256;

    private T[]? _entries;
    private int _count;

    /// <summary>How many entries have been pushed.</summary>
    internal readonly int Count => _count;

    /// <summary>An entry.</summary>
    /// <param name="index">Its number, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">So many entries have not been pushed.</exception>
    public readonly T this[int index] => Read(index, 1)[0];

    /// <summary>Forgets what was pushed, and keeps the room for it.</summary>
    public void Clear() => _count = 0;

    /// <summary>Pushes one entry.</summary>
    /// <param name="entry">The entry.</param>
    public void Push(T entry)
    {
        if (_entries is null || _count == _entries.Length)
        {
            Grow(1);
        }

        _entries![_count++] = entry;
    }

    /// <summary>Takes the last entry off.</summary>
    internal T Pop() => _entries![--_count];

    /// <summary>Takes the last entries off. They are valid until something else is pushed.</summary>
    internal ReadOnlySpan<T> Pop(int length)
    {
        _count -= length;
        return _entries.AsSpan(_count, length);
    }

    /// <summary>Makes room for further entries, to be written at once.</summary>
    /// <param name="length">Their number.</param>
    /// <returns>The room. It is valid until something else is pushed.</returns>
    public Span<T> Extend(int length)
    {
        if (_entries is null || length > _entries.Length - _count)
        {
            Grow(length);
        }

        var room = _entries.AsSpan(_count, length);
        _count += length;
        return room;
    }

    /// <summary>Entries of one iteration.</summary>
    /// <param name="index">The number of the iteration, from 0.</param>
    /// <param name="length">How many entries an iteration has pushed.</param>
    /// <returns>The entries. They are valid until something else is pushed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">So many entries have not been pushed.</exception>
    public readonly Span<T> Read(int index, int length) => new Span<T>(_entries, 0, _count).Slice(index * length, length);

    /// <summary>Gives the memory back to the pool.</summary>
    public void Release()
    {
        if (_entries is { } entries)
        {
            _entries = null;
            _count = 0;
            ArrayPool<T>.Shared.Return(entries, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
        }
    }

    private void Grow(int length)
    {
        var needed = Math.Max(FirstCapacity, Math.Max(checked(_count + length), (int)Math.Min(2L * _count, Array.MaxLength)));
        var larger = ArrayPool<T>.Shared.Rent(needed);
        if (_entries is { } entries)
        {
            entries.AsSpan(0, _count).CopyTo(larger);
            ArrayPool<T>.Shared.Return(entries, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
        }

        _entries = larger;
    }
}
