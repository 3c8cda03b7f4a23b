using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.Unsafe;

namespace GradGen.Kernels;

/// <content>Entries of spans, which are not checked.</content>
public readonly partial struct Lanes128<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Load(Span<T> source, int index) => BitCast<Vector128<T>, Lanes128<T>>(Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(source), (uint)index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LoadFirst(Span<T> source, int index, int count) =>
        BitCast<Vector128<T>, Lanes128<T>>(PartialAccess.Load128(in MemoryMarshal.GetReference(source), (uint)index, count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LoadUpTo(Span<T> source, int index, int count) => BitCast<Vector128<T>, Lanes128<T>>(count >= Vector128<T>.Count
        ? Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(source), (uint)index)
        : PartialAccess.LoadMasked128(in MemoryMarshal.GetReference(source), (uint)index, count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Span<T> destination, int index, Lanes128<T> value) =>
        value._vector.StoreUnsafe(ref MemoryMarshal.GetReference(destination), (uint)index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Span<T> destination, int index, Lanes128<T> value, bool accumulate)
    {
        ref var place = ref Add(ref MemoryMarshal.GetReference(destination), index);
        (accumulate ? value._vector + Vector128.LoadUnsafe(ref place) : value._vector).StoreUnsafe(ref place);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(Span<T> destination, int index, int count, Lanes128<T> value, bool accumulate = false)
    {
        ref var place = ref Add(ref MemoryMarshal.GetReference(destination), index);
        PartialAccess.Store128(accumulate ? value._vector + PartialAccess.Load128(in place, 0, count) : value._vector, ref place, 0, count);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreUpTo(Span<T> destination, int index, int count, Lanes128<T> value, bool accumulate = false)
    {
        ref var place = ref Add(ref MemoryMarshal.GetReference(destination), index);
        if (count >= Vector128<T>.Count)
            (accumulate ? value._vector + Vector128.LoadUnsafe(ref place) : value._vector).StoreUnsafe(ref place);
        else
            PartialAccess.StoreMasked128(accumulate ? value._vector + PartialAccess.LoadMasked128(in place, 0, count) : value._vector, ref place, 0, count);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Spread(Span<T> source, int index) => BitCast<Vector128<T>, Lanes128<T>>(Vector128.Create(Add(ref MemoryMarshal.GetReference(source), index)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Gather(Span<T> source, int index, int stride, int count)
    {
        ref var first = ref Add(ref MemoryMarshal.GetReference(source), index);
        var vector = Vector128.CreateScalar(first);
        if (count > 1)
            vector = vector.WithElement(1, Add(ref first, stride));
        if (Vector128<T>.Count > 2 && count > 2)
            vector = vector.WithElement(2, Add(ref first, 2 * stride));
        if (Vector128<T>.Count > 2 && count > 3)
            vector = vector.WithElement(3, Add(ref first, 3 * stride));
        return BitCast<Vector128<T>, Lanes128<T>>(vector);
    }

    /// <inheritdoc/>
    public T this[int lane]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _vector.GetElement(lane);
    }
}
