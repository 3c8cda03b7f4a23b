using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static Lanes128<T> Dots(Span<T> rows, int index, int stride, int count, Span<T> vector, int start, int length)
    {
        ref var row = ref Add(ref MemoryMarshal.GetReference(rows), index);
        ref var x = ref Add(ref MemoryMarshal.GetReference(vector), start);
        return typeof(T) == typeof(float)
            ? BitCast<Vector128<float>, Lanes128<T>>(RowDots.Singles<Lanes128<float>, T>(ref row, stride, count, ref x, length))
            : BitCast<Vector128<double>, Lanes128<T>>(RowDots.Pair(ref row, stride, count, ref x, length));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplyAdd(Span<T> source, int index, Lanes128<T> b, Lanes128<T> c) => BitCast<Vector128<T>, Lanes128<T>>(typeof(T) == typeof(float)
        ? Vector128.MultiplyAddEstimate(Vector128.Create(Add(ref MemoryMarshal.GetReference(source), index)).AsSingle(), b._vector.AsSingle(), c._vector.AsSingle()).As<float, T>()
        : Vector128.MultiplyAddEstimate(Vector128.Create(Add(ref MemoryMarshal.GetReference(source), index)).AsDouble(), b._vector.AsDouble(), c._vector.AsDouble()).As<double, T>());

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

    /// <inheritdoc cref="ILanes{TSelf, T}.Transpose"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(
        Lanes128<T> row0, Lanes128<T> row1, Lanes128<T> row2, Lanes128<T> row3,
        out Lanes128<T> column0, out Lanes128<T> column1, out Lanes128<T> column2, out Lanes128<T> column3)
    {
        if (typeof(T) == typeof(float) && Sse.IsSupported)
        {
            var (r0, r1, r2, r3) = (row0._vector.AsSingle(), row1._vector.AsSingle(), row2._vector.AsSingle(), row3._vector.AsSingle());
            var (low0, high0) = (Sse.UnpackLow(r0, r1), Sse.UnpackHigh(r0, r1));
            var (low1, high1) = (Sse.UnpackLow(r2, r3), Sse.UnpackHigh(r2, r3));
            column0 = BitCast<Vector128<float>, Lanes128<T>>(Sse.MoveLowToHigh(low0, low1));
            column1 = BitCast<Vector128<float>, Lanes128<T>>(Sse.MoveHighToLow(low1, low0));
            column2 = BitCast<Vector128<float>, Lanes128<T>>(Sse.MoveLowToHigh(high0, high1));
            column3 = BitCast<Vector128<float>, Lanes128<T>>(Sse.MoveHighToLow(high1, high0));
        }
        else
        {
            var (r0, r1, r2, r3) = (row0._vector, row1._vector, row2._vector, row3._vector);
            column0 = Column(r0, r1, r2, r3, 0);
            column1 = Column(r0, r1, r2, r3, 1);
            column2 = Vector128<T>.Count > 2 ? Column(r0, r1, r2, r3, 2) : Zero;
            column3 = Vector128<T>.Count > 2 ? Column(r0, r1, r2, r3, 3) : Zero;
        }
    }

    private static Lanes128<T> Column(Vector128<T> row0, Vector128<T> row1, Vector128<T> row2, Vector128<T> row3, int lane)
    {
        var column = Vector128<T>.Zero.WithElement(0, row0[lane]).WithElement(1, row1[lane]);
        return BitCast<Vector128<T>, Lanes128<T>>(Vector128<T>.Count > 2 ? column.WithElement(2, row2[lane]).WithElement(3, row3[lane]) : column);
    }

    /// <inheritdoc/>
    public T this[int lane]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _vector.GetElement(lane);
    }
}
