using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace GradGen.Kernels;

/// <summary>
/// 128 bits of lanes, for generated code: two of <see cref="double"/> or four of <see cref="float"/>. Fast on every 64-bit processor.
/// </summary>
/// <typeparam name="T"><see cref="double"/> or <see cref="float"/>.</typeparam>
/// <param name="vector">The lanes.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815:Override equals and operator equals on value types", Justification = "A register: its lanes are compared, not the whole.")]
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "For generated code, which writes operators.")]
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
public readonly struct Lanes128<T>(Vector128<T> vector) : ILanes<Lanes128<T>, T>
    where T : unmanaged
{
    private readonly Vector128<T> _vector = vector;

    /// <summary>The lanes.</summary>
    public Vector128<T> Vector
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _vector;
    }

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128<T>.Count;
    }

    /// <inheritdoc/>
    public static bool IsSingle
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float);
    }

    /// <inheritdoc/>
    public static bool IsFused
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Fma.IsSupported || AdvSimd.IsSupported;
    }

    /// <inheritdoc/>
    public static Lanes128<T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector128<T>.Zero);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Create(T value) => new(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Constant(double value) => typeof(T) == typeof(float)
        ? new(Vector128.Create((float)value).As<float, T>())
        : new(Vector128.Create(value).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> FromBits(long bits, int singleBits) => typeof(T) == typeof(float)
        ? new(Vector128.Create(singleBits).As<int, T>())
        : new(Vector128.Create(bits).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> First(int count) => new(PartialAccess.First128<T>(count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Load(ref readonly T source, nuint index) => new(Vector128.LoadUnsafe(in source, index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Load(ref readonly T source, nuint index, int count) => new(PartialAccess.Load128(in source, index, count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LoadMasked(ref readonly T source, nuint index, int count) => new(PartialAccess.LoadMasked128(in source, index, count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T destination, nuint index) => _vector.StoreUnsafe(ref destination, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T destination, nuint index, int count) => PartialAccess.Store128(_vector, ref destination, index, count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreMasked(ref T destination, nuint index, int count) => PartialAccess.StoreMasked128(_vector, ref destination, index, count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator +(Lanes128<T> left, Lanes128<T> right) => new(left._vector + right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> left, Lanes128<T> right) => new(left._vector - right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator *(Lanes128<T> left, Lanes128<T> right) => new(left._vector * right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator /(Lanes128<T> left, Lanes128<T> right) => new(left._vector / right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> value) => new(-value._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplyAdd(Lanes128<T> a, Lanes128<T> b, Lanes128<T> c) => typeof(T) == typeof(float)
        ? new(Vector128.MultiplyAddEstimate(a._vector.AsSingle(), b._vector.AsSingle(), c._vector.AsSingle()).As<float, T>())
        : new(Vector128.MultiplyAddEstimate(a._vector.AsDouble(), b._vector.AsDouble(), c._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Max(Lanes128<T> left, Lanes128<T> right) => new(Vector128.Max(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Min(Lanes128<T> left, Lanes128<T> right) => new(Vector128.Min(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MaxNative(Lanes128<T> left, Lanes128<T> right) => new(Vector128.MaxNative(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MinNative(Lanes128<T> left, Lanes128<T> right) => new(Vector128.MinNative(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Abs(Lanes128<T> value) => new(Vector128.Abs(value._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Sqrt(Lanes128<T> value) => new(Vector128.Sqrt(value._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Floor(Lanes128<T> value) => typeof(T) == typeof(float)
        ? new(Vector128.Floor(value._vector.AsSingle()).As<float, T>())
        : new(Vector128.Floor(value._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Ceiling(Lanes128<T> value) => typeof(T) == typeof(float)
        ? new(Vector128.Ceiling(value._vector.AsSingle()).As<float, T>())
        : new(Vector128.Ceiling(value._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Round(Lanes128<T> value) => typeof(T) == typeof(float)
        ? new(Vector128.Round(value._vector.AsSingle()).As<float, T>())
        : new(Vector128.Round(value._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Truncate(Lanes128<T> value) => typeof(T) == typeof(float)
        ? new(Vector128.Truncate(value._vector.AsSingle()).As<float, T>())
        : new(Vector128.Truncate(value._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Less(Lanes128<T> left, Lanes128<T> right) => new(Vector128.LessThan(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LessOrEqual(Lanes128<T> left, Lanes128<T> right) => new(Vector128.LessThanOrEqual(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Equal(Lanes128<T> left, Lanes128<T> right) => new(Vector128.Equals(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> And(Lanes128<T> left, Lanes128<T> right) => new(left._vector & right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Or(Lanes128<T> left, Lanes128<T> right) => new(left._vector | right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Xor(Lanes128<T> left, Lanes128<T> right) => new(left._vector ^ right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> AndNot(Lanes128<T> left, Lanes128<T> right) => new(Vector128.AndNot(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Select(Lanes128<T> mask, Lanes128<T> then, Lanes128<T> otherwise) => new(Vector128.ConditionalSelect(mask._vector, then._vector, otherwise._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> SelectLess(Lanes128<T> left, Lanes128<T> right, Lanes128<T> then, Lanes128<T> otherwise) => new(Vector128.ConditionalSelect(Vector128.LessThan(left._vector, right._vector), then._vector, otherwise._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> SelectLessOrEqual(Lanes128<T> left, Lanes128<T> right, Lanes128<T> then, Lanes128<T> otherwise) => new(Vector128.ConditionalSelect(Vector128.LessThanOrEqual(left._vector, right._vector), then._vector, otherwise._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> SelectEqual(Lanes128<T> left, Lanes128<T> right, Lanes128<T> then, Lanes128<T> otherwise) => new(Vector128.ConditionalSelect(Vector128.Equals(left._vector, right._vector), then._vector, otherwise._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Lanes128<T> mask) => Vector128.ExtractMostSignificantBits(mask._vector) != 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> AddBits(Lanes128<T> left, Lanes128<T> right) => typeof(T) == typeof(float)
        ? new((left._vector.AsInt32() + right._vector.AsInt32()).As<int, T>())
        : new((left._vector.AsInt64() + right._vector.AsInt64()).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> SubtractBits(Lanes128<T> left, Lanes128<T> right) => typeof(T) == typeof(float)
        ? new((left._vector.AsInt32() - right._vector.AsInt32()).As<int, T>())
        : new((left._vector.AsInt64() - right._vector.AsInt64()).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> ShiftLeftBits(Lanes128<T> value, int distance, int singleDistance) => typeof(T) == typeof(float)
        ? new((value._vector.AsInt32() << singleDistance).As<int, T>())
        : new((value._vector.AsInt64() << distance).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> ShiftRightBits(Lanes128<T> value, int distance, int singleDistance) => typeof(T) == typeof(float)
        ? new((value._vector.AsInt32() >>> singleDistance).As<int, T>())
        : new((value._vector.AsInt64() >>> distance).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Scale(Lanes128<T> value, Lanes128<T> n)
    {
        if (!Avx512F.VL.IsSupported)
            return Exponents.Scale(value, n);
        return typeof(T) == typeof(float)
            ? new(Avx512F.VL.Scale(value._vector.AsSingle(), n._vector.AsSingle()).As<float, T>())
            : new(Avx512F.VL.Scale(value._vector.AsDouble(), n._vector.AsDouble()).As<double, T>());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Split(Lanes128<T> value, out Lanes128<T> n)
    {
        if (!Avx512F.VL.IsSupported)
            return Exponents.Split(value, out n);
        Lanes128<T> exponent, mantissa;
        if (typeof(T) == typeof(float))
        {
            exponent = new(Avx512F.VL.GetExponent(value._vector.AsSingle()).As<float, T>());
            mantissa = new(Avx512F.VL.GetMantissa(value._vector.AsSingle(), 0).As<float, T>());
        }
        else
        {
            exponent = new(Avx512F.VL.GetExponent(value._vector.AsDouble()).As<double, T>());
            mantissa = new(Avx512F.VL.GetMantissa(value._vector.AsDouble(), 0).As<double, T>());
        }

        var root = Constant(1.4142135623730951);
        n = SelectLess(root, mantissa, exponent + Constant(1), exponent);
        return SelectLess(root, mantissa, mantissa * Constant(0.5), mantissa);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Lane(int lane) => typeof(T) == typeof(float) ? _vector.AsSingle().GetElement(lane) : _vector.AsDouble().GetElement(lane);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes128<T> WithLane(int lane, double value) => typeof(T) == typeof(float)
        ? new(_vector.AsSingle().WithElement(lane, (float)value).As<float, T>())
        : new(_vector.AsDouble().WithElement(lane, value).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Load(Span<T> source, int index) => new(Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(source), (uint)index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LoadFirst(Span<T> source, int index, int count) =>
        new(PartialAccess.Load128(in MemoryMarshal.GetReference(source), (uint)index, count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LoadUpTo(Span<T> source, int index, int count) => count >= Count
        ? Load(in MemoryMarshal.GetReference(source), (uint)index)
        : LoadMasked(in MemoryMarshal.GetReference(source), (uint)index, count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Span<T> destination, int index, Lanes128<T> value, bool accumulate = false)
    {
        ref var place = ref Unsafe.Add(ref MemoryMarshal.GetReference(destination), index);
        (accumulate ? value._vector + Vector128.LoadUnsafe(ref place) : value._vector).StoreUnsafe(ref place);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(Span<T> destination, int index, int count, Lanes128<T> value, bool accumulate = false)
    {
        if (accumulate)
            value += Load(in MemoryMarshal.GetReference(destination), (uint)index, count);
        value.Store(ref MemoryMarshal.GetReference(destination), (uint)index, count);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreUpTo(Span<T> destination, int index, int count, Lanes128<T> value, bool accumulate = false)
    {
        if (count >= Count)
        {
            Store(destination, index, value, accumulate);
            return;
        }

        if (accumulate)
            value += LoadMasked(in MemoryMarshal.GetReference(destination), (uint)index, count);
        value.StoreMasked(ref MemoryMarshal.GetReference(destination), (uint)index, count);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Spread(Span<T> source, int index) => new(Vector128.Create(Unsafe.Add(ref MemoryMarshal.GetReference(source), index)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Gather(Span<T> source, int index, int stride, int count)
    {
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(source), index);
        var vector = Vector128.CreateScalar(first);
        if (count > 1)
            vector = vector.WithElement(1, Unsafe.Add(ref first, stride));
        if (count > 2 && Vector128<T>.Count > 2)
            vector = vector.WithElement(2, Unsafe.Add(ref first, stride * 2));
        if (count > 3 && Vector128<T>.Count > 2)
            vector = vector.WithElement(3, Unsafe.Add(ref first, stride * 3));
        return new(vector);
    }

    /// <inheritdoc/>
    public T this[int lane]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _vector.GetElement(lane);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Sum() => Vector128.Sum(_vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Sum(int count) => And(First(count), this).Sum();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T MaxEntry()
    {
        if (typeof(T) == typeof(float))
        {
            var pairs = Vector128.Max(_vector.AsSingle(), Vector128.Shuffle(_vector.AsSingle(), Vector128.Create(2, 3, 0, 1)));
            return Vector128.Max(pairs, Vector128.Shuffle(pairs, Vector128.Create(1, 0, 3, 2))).As<float, T>().ToScalar();
        }

        return Vector128.Max(_vector.AsDouble(), Vector128.Shuffle(_vector.AsDouble(), Vector128.Create(1L, 0L))).As<double, T>().ToScalar();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T MaxEntry(int count) => Select(First(count), this, Constant(double.NegativeInfinity)).MaxEntry();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T MinEntry()
    {
        if (typeof(T) == typeof(float))
        {
            var pairs = Vector128.Min(_vector.AsSingle(), Vector128.Shuffle(_vector.AsSingle(), Vector128.Create(2, 3, 0, 1)));
            return Vector128.Min(pairs, Vector128.Shuffle(pairs, Vector128.Create(1, 0, 3, 2))).As<float, T>().ToScalar();
        }

        return Vector128.Min(_vector.AsDouble(), Vector128.Shuffle(_vector.AsDouble(), Vector128.Create(1L, 0L))).As<double, T>().ToScalar();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T MinEntry(int count) => Select(First(count), this, Constant(double.PositiveInfinity)).MinEntry();
}
