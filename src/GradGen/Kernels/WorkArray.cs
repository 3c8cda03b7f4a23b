using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

/// <summary>
/// An array of a differentiated method, for generated code: elements of one or more entries each, in memory that an
/// <see cref="ArrayStore{T}"/> has lent. It stands for the array as a variable of the method does: copies of it are the
/// same array.
/// </summary>
/// <typeparam name="T">The type of the entries.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815:Override equals and operator equals on value types", Justification = "A place to store, not a value: nobody compares two.")]
public readonly struct WorkArray<T>
    where T : unmanaged
{
    private readonly T[] _entries;
    private readonly int _start;
    private readonly int _width;

    internal WorkArray(T[] entries, int start, int length, int width)
    {
        _entries = entries;
        _start = start;
        Length = length;
        _width = width;
    }

    /// <summary>The number of elements.</summary>
    public int Length { get; }

    /// <summary>An element of one entry.</summary>
    /// <param name="index">Its number, from 0.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such element.</exception>
    [SuppressMessage("Design", "CA1065:Do not raise exceptions in unexpected locations", Justification = "As an array's own indexer does.")]
    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)index >= (uint)Length)
            {
                OutOfRange();
            }

            return ref _entries[_start + index];
        }
    }

    /// <summary>The entries of an element.</summary>
    /// <param name="index">Its number, from 0.</param>
    /// <returns>The entries, in row-major order.</returns>
    /// <exception cref="IndexOutOfRangeException">There is no such element.</exception>
    public Span<T> Element(int index)
    {
        if ((uint)index >= (uint)Length)
        {
            OutOfRange();
        }

        return _entries.AsSpan(_start + (index * _width), _width);
    }

    /// <summary>All entries, element by element.</summary>
    /// <returns>The entries.</returns>
    public Span<T> AsSpan() => new(_entries, _start, Length * _width);

    [DoesNotReturn]
    private static void OutOfRange() => throw new IndexOutOfRangeException();
}

/// <summary>A work array as it was at a moment, for generated code (<see cref="ArrayStore{T}.Snapshot"/>).</summary>
/// <typeparam name="T">The type of the entries.</typeparam>
/// <param name="array">The array.</param>
/// <param name="position">How much had been saved then.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815:Override equals and operator equals on value types", Justification = "A place to store, not a value: nobody compares two.")]
public readonly struct SavedArray<T>(WorkArray<T> array, int position)
    where T : unmanaged
{
    /// <summary>The array.</summary>
    public WorkArray<T> Array { get; } = array;

    /// <summary>How much had been saved then.</summary>
    public int Position { get; } = position;
}

/// <summary>Sums and parts of arrays, for generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WorkArrays
{
    /// <summary>An index of a part of an array.</summary>
    /// <param name="index">The index, from 0.</param>
    /// <param name="length">How many elements the part has.</param>
    /// <returns>The index.</returns>
    /// <exception cref="IndexOutOfRangeException">There is no such element.</exception>
    [SuppressMessage("Usage", "CA2201:Do not raise reserved exception types", Justification = "As an array's own indexer does.")]
    public static int Within(int index, int length) => (uint)index < (uint)length ? index : throw new IndexOutOfRangeException();

    /// <summary>Where a part of an array begins, or how many elements it has.</summary>
    /// <param name="count">The number.</param>
    /// <param name="length">What it may be at most.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or more.</exception>
    public static int UpTo(int count, int length) => count >= 0 && count <= length ? count : throw new ArgumentOutOfRangeException(nameof(count));

    /// <summary>Adds entries to others, one by one.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
    /// <param name="added">What is added.</param>
    /// <param name="sum">What it is added to, of the same length.</param>
    public static void AddTo<T>(this Span<T> added, Span<T> sum)
        where T : unmanaged, INumber<T>
    {
        sum = sum[..added.Length];
        for (var i = 0; i < added.Length; i++)
        {
            sum[i] += added[i];
        }
    }
}
