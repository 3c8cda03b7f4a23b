using System.Buffers;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

/// <summary>
/// The memory of a call's local arrays, for generated code: lent from the pool and given back all at once by
/// <see cref="Release"/>. It remembers what generated code overwrites and says that it will need again: the reverse sweep
/// goes back through the states that the arrays had, from the last to the first, by undoing the writes.
/// </summary>
/// <typeparam name="T">The type of the entries.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815:Override equals and operator equals on value types", Justification = "A place to store, not a value: nobody compares two.")]
public struct ArrayStore<T>
    where T : unmanaged
{
    private const int ChunkEntries = 1024;

    /// <summary>The memory lent so far; arrays are parts of it, one after the other.</summary>
    private T[][]? _chunks;
    private int _chunkCount;
    private int _used;

    /// <summary>Overwritten elements: their entries, then where they belong.</summary>
    private Tape<T> _entries;
    private Tape<SavedElement> _places;

    /// <summary>How much has been saved: a moment to come back to.</summary>
    public readonly int Position => _places.Count;

    /// <summary>An array of zeros.</summary>
    /// <param name="length">The number of its elements.</param>
    /// <param name="width">The number of entries of an element.</param>
    /// <returns>The array.</returns>
    /// <exception cref="OverflowException">The length is negative, as for an array of C#.</exception>
    public WorkArray<T> New(int length, int width = 1)
    {
        if (length < 0)
        {
            throw new OverflowException();
        }

        var count = checked(length * width);
        if (_chunks is null || _chunkCount == 0 || count > _chunks[_chunkCount - 1].Length - _used)
        {
            AddChunk(count);
        }

        var chunk = _chunks![_chunkCount - 1];
        chunk.AsSpan(_used, count).Clear();
        var array = new WorkArray<T>(chunk, _used, length, width);
        _used += count;
        return array;
    }

    /// <summary>An array with the same elements.</summary>
    /// <param name="array">The array to copy.</param>
    /// <param name="width">The number of entries of an element.</param>
    /// <returns>The copy.</returns>
    public WorkArray<T> Copy(ReadOnlySpan<T> array, int width = 1)
    {
        var copy = New(array.Length / width, width);
        array.CopyTo(copy.AsSpan());
        return copy;
    }

    /// <summary>Remembers an element that is about to be overwritten.</summary>
    /// <param name="array">The array.</param>
    /// <param name="index">The number of the element.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such element.</exception>
    public void Save(WorkArray<T> array, int index)
    {
        var element = array.Element(index);
        element.CopyTo(_entries.Extend(element.Length));
        _places.Push(new SavedElement(array, index));
    }

    /// <summary>The array as it is now, to be restored.</summary>
    /// <param name="array">The array.</param>
    /// <returns>The array with the moment.</returns>
    public readonly SavedArray<T> Snapshot(WorkArray<T> array) => new(array, Position);

    /// <summary>Brings all arrays back to how they were at a moment.</summary>
    /// <param name="saved">An array, with the moment.</param>
    /// <returns>The array.</returns>
    public WorkArray<T> Restore(SavedArray<T> saved)
    {
        Undo(saved.Position);
        return saved.Array;
    }

    /// <summary>Brings all arrays back to how they were at a moment.</summary>
    /// <param name="position">What <see cref="Position"/> was then.</param>
    /// <exception cref="InvalidOperationException">The moment has been undone already: generated code is wrong.</exception>
    public void Undo(int position)
    {
        if (position > Position)
        {
            throw new InvalidOperationException("An array is to be restored to a state that has been undone.");
        }

        while (Position > position)
        {
            var place = _places.Pop();
            var element = place.Array.Element(place.Index);
            _entries.Pop(element.Length).CopyTo(element);
        }
    }

    /// <summary>Gives the memory back to the pool.</summary>
    public void Release()
    {
        if (_chunks is { } chunks)
        {
            for (var i = 0; i < _chunkCount; i++)
            {
                ArrayPool<T>.Shared.Return(chunks[i]);
            }

            ArrayPool<T[]>.Shared.Return(chunks, clearArray: true);
            (_chunks, _chunkCount, _used) = (null, 0, 0);
        }

        _entries.Release();
        _places.Release();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddChunk(int count)
    {
        var chunks = _chunks ??= ArrayPool<T[]>.Shared.Rent(16);
        if (_chunkCount == chunks.Length)
        {
            var more = ArrayPool<T[]>.Shared.Rent(2 * chunks.Length);
            chunks.CopyTo(more, 0);
            ArrayPool<T[]>.Shared.Return(chunks, clearArray: true);
            chunks = _chunks = more;
        }

        // Each as large as all before it, up to a size at which their number no longer matters.
        var last = _chunkCount == 0 ? 0 : chunks[_chunkCount - 1].Length;
        chunks[_chunkCount] = ArrayPool<T>.Shared.Rent(Math.Max(count, Math.Max(ChunkEntries, Math.Min(2 * last, 1 << 20))));
        _chunkCount++;
        _used = 0;
    }

    private readonly record struct SavedElement(WorkArray<T> Array, int Index);
}
