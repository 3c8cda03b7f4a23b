using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.Unsafe;

namespace GradGen.Kernels;

/// <content>Entries of spans, which are not checked.</content>
public readonly partial struct Lanes256<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Load(Span<T> source, int index) => BitCast<Vector256<T>, Lanes256<T>>(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(source), (uint)index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LoadFirst(Span<T> source, int index, int count) =>
        BitCast<Vector256<T>, Lanes256<T>>(PartialAccess.Load256(in MemoryMarshal.GetReference(source), (uint)index, count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LoadUpTo(Span<T> source, int index, int count) => BitCast<Vector256<T>, Lanes256<T>>(count >= Vector256<T>.Count
        ? Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(source), (uint)index)
        : PartialAccess.LoadMasked256(in MemoryMarshal.GetReference(source), (uint)index, count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Span<T> destination, int index, Lanes256<T> value) =>
        value._vector.StoreUnsafe(ref MemoryMarshal.GetReference(destination), (uint)index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Span<T> destination, int index, Lanes256<T> value, bool accumulate)
    {
        ref var place = ref Add(ref MemoryMarshal.GetReference(destination), index);
        (accumulate ? value._vector + Vector256.LoadUnsafe(ref place) : value._vector).StoreUnsafe(ref place);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(Span<T> destination, int index, int count, Lanes256<T> value, bool accumulate = false)
    {
        ref var place = ref Add(ref MemoryMarshal.GetReference(destination), index);
        PartialAccess.Store256(accumulate ? value._vector + PartialAccess.Load256(in place, 0, count) : value._vector, ref place, 0, count);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreUpTo(Span<T> destination, int index, int count, Lanes256<T> value, bool accumulate = false)
    {
        ref var place = ref Add(ref MemoryMarshal.GetReference(destination), index);
        if (count >= Vector256<T>.Count)
            (accumulate ? value._vector + Vector256.LoadUnsafe(ref place) : value._vector).StoreUnsafe(ref place);
        else
            PartialAccess.StoreMasked256(accumulate ? value._vector + PartialAccess.LoadMasked256(in place, 0, count) : value._vector, ref place, 0, count);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Spread(Span<T> source, int index) => BitCast<Vector256<T>, Lanes256<T>>(Vector256.Create(Add(ref MemoryMarshal.GetReference(source), index)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Gather(Span<T> source, int index, int stride, int count)
    {
        var half = Vector128<T>.Count;
        var lower = Lanes128<T>.Gather(source, index, stride, count).Vector;
        return BitCast<Vector256<T>, Lanes256<T>>(count <= half ? lower.ToVector256() : Vector256.Create(lower, Lanes128<T>.Gather(source, index + (half * stride), stride, count - half).Vector));
    }

    /// <inheritdoc/>
    public T this[int lane]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _vector.GetElement(lane);
    }
}
