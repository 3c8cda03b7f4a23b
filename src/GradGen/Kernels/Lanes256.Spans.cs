using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static Lanes256<T> Dots(Span<T> rows, int index, int stride, int count, Span<T> vector, int start, int length)
    {
        ref var row = ref Add(ref MemoryMarshal.GetReference(rows), index);
        ref var x = ref Add(ref MemoryMarshal.GetReference(vector), start);
        return typeof(T) == typeof(float)
            ? BitCast<Vector256<float>, Lanes256<T>>(Vector256.Create(
                RowDots.Singles<Lanes256<float>, T>(ref row, stride, count, ref x, length),
                RowDots.Singles<Lanes256<float>, T>(ref Add(ref row, 4 * stride), stride, count - 4, ref x, length)))
            : BitCast<Vector256<double>, Lanes256<T>>(RowDots.Doubles<Lanes256<double>, T>(ref row, stride, count, ref x, length));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplyAdd(Span<T> source, int index, Lanes256<T> b, Lanes256<T> c) => BitCast<Vector256<T>, Lanes256<T>>(typeof(T) == typeof(float)
        ? Vector256.MultiplyAddEstimate(Vector256.Create(Add(ref MemoryMarshal.GetReference(source), index)).AsSingle(), b._vector.AsSingle(), c._vector.AsSingle()).As<float, T>()
        : Vector256.MultiplyAddEstimate(Vector256.Create(Add(ref MemoryMarshal.GetReference(source), index)).AsDouble(), b._vector.AsDouble(), c._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Gather(Span<T> source, int index, int stride, int count)
    {
        var half = Vector128<T>.Count;
        var lower = Lanes128<T>.Gather(source, index, stride, count).Vector;
        return BitCast<Vector256<T>, Lanes256<T>>(count <= half ? lower.ToVector256() : Vector256.Create(lower, Lanes128<T>.Gather(source, index + (half * stride), stride, count - half).Vector));
    }

    /// <inheritdoc cref="ILanes{TSelf, T}.Transpose"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(
        Lanes256<T> row0, Lanes256<T> row1, Lanes256<T> row2, Lanes256<T> row3,
        out Lanes256<T> column0, out Lanes256<T> column1, out Lanes256<T> column2, out Lanes256<T> column3)
    {
        if (typeof(T) == typeof(double) && Avx.IsSupported)
        {
            var (r0, r1, r2, r3) = (row0._vector.AsDouble(), row1._vector.AsDouble(), row2._vector.AsDouble(), row3._vector.AsDouble());
            var (even0, odd0) = (Avx.UnpackLow(r0, r1), Avx.UnpackHigh(r0, r1));
            var (even1, odd1) = (Avx.UnpackLow(r2, r3), Avx.UnpackHigh(r2, r3));
            column0 = BitCast<Vector256<double>, Lanes256<T>>(Avx.Permute2x128(even0, even1, 0x20));
            column1 = BitCast<Vector256<double>, Lanes256<T>>(Avx.Permute2x128(odd0, odd1, 0x20));
            column2 = BitCast<Vector256<double>, Lanes256<T>>(Avx.Permute2x128(even0, even1, 0x31));
            column3 = BitCast<Vector256<double>, Lanes256<T>>(Avx.Permute2x128(odd0, odd1, 0x31));
        }
        else
        {
            var (r0, r1, r2, r3) = (row0._vector, row1._vector, row2._vector, row3._vector);
            column0 = Column(r0, r1, r2, r3, 0);
            column1 = Column(r0, r1, r2, r3, 1);
            column2 = Column(r0, r1, r2, r3, 2);
            column3 = Column(r0, r1, r2, r3, 3);
        }
    }

    private static Lanes256<T> Column(Vector256<T> row0, Vector256<T> row1, Vector256<T> row2, Vector256<T> row3, int lane) => BitCast<Vector256<T>, Lanes256<T>>(
        Vector256<T>.Zero.WithElement(0, row0[lane]).WithElement(1, row1[lane]).WithElement(2, row2[lane]).WithElement(3, row3[lane]));

    /// <inheritdoc/>
    public T this[int lane]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _vector.GetElement(lane);
    }
}
