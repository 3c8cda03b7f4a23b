using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static System.Runtime.CompilerServices.Unsafe;

namespace GradGen.Kernels;

/// <content>Entries of spans, which are not checked.</content>
public readonly partial struct Lanes1<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Load(Span<T> source, int index) => new(Add(ref MemoryMarshal.GetReference(source), index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> LoadFirst(Span<T> source, int index, int count) => new(Add(ref MemoryMarshal.GetReference(source), index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> LoadUpTo(Span<T> source, int index, int count) => new(Add(ref MemoryMarshal.GetReference(source), index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Span<T> destination, int index, Lanes1<T> value) =>
        Add(ref MemoryMarshal.GetReference(destination), index) = value._value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Span<T> destination, int index, Lanes1<T> value, bool accumulate)
    {
        ref var place = ref Add(ref MemoryMarshal.GetReference(destination), index);
        place = accumulate ? place + value._value : value._value;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(Span<T> destination, int index, int count, Lanes1<T> value, bool accumulate = false) =>
        Store(destination, index, value, accumulate);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreUpTo(Span<T> destination, int index, int count, Lanes1<T> value, bool accumulate = false) =>
        Store(destination, index, value, accumulate);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Spread(Span<T> source, int index) => new(Add(ref MemoryMarshal.GetReference(source), index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Lanes1<T> Dots(Span<T> rows, int index, int stride, int count, Span<T> vector, int start, int length)
    {
        ref var row = ref Add(ref MemoryMarshal.GetReference(rows), index);
        ref var x = ref Add(ref MemoryMarshal.GetReference(vector), start);
        var sum = Zero;
        for (var k = 0; k < length; k++)
        {
            sum = MultiplyAdd(new Lanes1<T>(Add(ref row, k)), new Lanes1<T>(Add(ref x, k)), sum);
        }

        return sum;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> MultiplyAdd(Span<T> source, int index, Lanes1<T> b, Lanes1<T> c) => MultiplyAdd(Spread(source, index), b, c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1<T> Gather(Span<T> source, int index, int stride, int count) => new(Add(ref MemoryMarshal.GetReference(source), index));

    /// <inheritdoc/>
    public T this[int lane]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _value;
    }
}
