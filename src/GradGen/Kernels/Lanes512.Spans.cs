using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.Unsafe;

namespace GradGen.Kernels;

/// <content>Entries of spans, which are not checked.</content>
public readonly partial struct Lanes512<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Load(Span<T> source, int index) => BitCast<Vector512<T>, Lanes512<T>>(Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(source), (uint)index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LoadFirst(Span<T> source, int index, int count) =>
        BitCast<Vector512<T>, Lanes512<T>>(PartialAccess.Load512(in MemoryMarshal.GetReference(source), (uint)index, count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LoadUpTo(Span<T> source, int index, int count) => BitCast<Vector512<T>, Lanes512<T>>(count >= Vector512<T>.Count
        ? Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(source), (uint)index)
        : PartialAccess.LoadMasked512(in MemoryMarshal.GetReference(source), (uint)index, count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Span<T> destination, int index, Lanes512<T> value) =>
        value._vector.StoreUnsafe(ref MemoryMarshal.GetReference(destination), (uint)index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Span<T> destination, int index, Lanes512<T> value, bool accumulate)
    {
        ref var place = ref Add(ref MemoryMarshal.GetReference(destination), index);
        (accumulate ? value._vector + Vector512.LoadUnsafe(ref place) : value._vector).StoreUnsafe(ref place);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(Span<T> destination, int index, int count, Lanes512<T> value, bool accumulate = false)
    {
        ref var place = ref Add(ref MemoryMarshal.GetReference(destination), index);
        PartialAccess.Store512(accumulate ? value._vector + PartialAccess.Load512(in place, 0, count) : value._vector, ref place, 0, count);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreUpTo(Span<T> destination, int index, int count, Lanes512<T> value, bool accumulate = false)
    {
        ref var place = ref Add(ref MemoryMarshal.GetReference(destination), index);
        if (count >= Vector512<T>.Count)
            (accumulate ? value._vector + Vector512.LoadUnsafe(ref place) : value._vector).StoreUnsafe(ref place);
        else
            PartialAccess.StoreMasked512(accumulate ? value._vector + PartialAccess.LoadMasked512(in place, 0, count) : value._vector, ref place, 0, count);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Spread(Span<T> source, int index) => BitCast<Vector512<T>, Lanes512<T>>(Vector512.Create(Add(ref MemoryMarshal.GetReference(source), index)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static Lanes512<T> Dots(Span<T> rows, int index, int stride, int count, Span<T> vector, int start, int length)
    {
        ref var row = ref Add(ref MemoryMarshal.GetReference(rows), index);
        ref var x = ref Add(ref MemoryMarshal.GetReference(vector), start);
        // Short rows leave half of a register empty: they are read as halves.
        return length <= Count / 2 ? Dots<Lanes256<float>, Lanes256<double>>(ref row, stride, count, ref x, length)
            : Dots<Lanes512<float>, Lanes512<double>>(ref row, stride, count, ref x, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes512<T> Dots<TSingles, TDoubles>(ref T row, nint stride, int count, ref T x, int length)
        where TSingles : struct, ILanes<TSingles, float>
        where TDoubles : struct, ILanes<TDoubles, double>
    {
        return typeof(T) == typeof(float)
            ? BitCast<Vector512<float>, Lanes512<T>>(Vector512.Create(
                Vector256.Create(
                    RowDots.Singles<TSingles, T>(ref row, stride, count, ref x, length),
                    RowDots.Singles<TSingles, T>(ref Add(ref row, 4 * stride), stride, count - 4, ref x, length)),
                Vector256.Create(
                    RowDots.Singles<TSingles, T>(ref Add(ref row, 8 * stride), stride, count - 8, ref x, length),
                    RowDots.Singles<TSingles, T>(ref Add(ref row, 12 * stride), stride, count - 12, ref x, length))))
            : BitCast<Vector512<double>, Lanes512<T>>(Vector512.Create(
                RowDots.Doubles<TDoubles, T>(ref row, stride, count, ref x, length),
                RowDots.Doubles<TDoubles, T>(ref Add(ref row, 4 * stride), stride, count - 4, ref x, length)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplyAdd(Span<T> source, int index, Lanes512<T> b, Lanes512<T> c) => BitCast<Vector512<T>, Lanes512<T>>(typeof(T) == typeof(float)
        ? Vector512.MultiplyAddEstimate(Vector512.Create(Add(ref MemoryMarshal.GetReference(source), index)).AsSingle(), b._vector.AsSingle(), c._vector.AsSingle()).As<float, T>()
        : Vector512.MultiplyAddEstimate(Vector512.Create(Add(ref MemoryMarshal.GetReference(source), index)).AsDouble(), b._vector.AsDouble(), c._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Gather(Span<T> source, int index, int stride, int count)
    {
        var half = Vector256<T>.Count;
        var lower = Lanes256<T>.Gather(source, index, stride, count).Vector;
        return BitCast<Vector512<T>, Lanes512<T>>(count <= half ? lower.ToVector512() : Vector512.Create(lower, Lanes256<T>.Gather(source, index + (half * stride), stride, count - half).Vector));
    }

    /// <inheritdoc/>
    public T this[int lane]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _vector.GetElement(lane);
    }
}
