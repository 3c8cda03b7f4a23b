using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace GradGen.Kernels;

/// <summary>
/// 512 bits of lanes, for generated code: eight of <see cref="double"/> or sixteen of <see cref="float"/>. Right, but slow, where <see cref="Vector512.IsHardwareAccelerated"/> is false.
/// </summary>
/// <typeparam name="T"><see cref="double"/> or <see cref="float"/>.</typeparam>
/// <param name="vector">The lanes.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815:Override equals and operator equals on value types", Justification = "A register: its lanes are compared, not the whole.")]
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "For generated code, which writes operators.")]
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
public readonly struct Lanes512<T>(Vector512<T> vector) : ILanes<Lanes512<T>, T>
    where T : unmanaged
{
    private readonly Vector512<T> _vector = vector;

    /// <summary>The lanes.</summary>
    public Vector512<T> Vector
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _vector;
    }

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<T>.Count;
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
    public static Lanes512<T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector512<T>.Zero);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Create(T value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Constant(double value) => typeof(T) == typeof(float)
        ? new(Vector512.Create((float)value).As<float, T>())
        : new(Vector512.Create(value).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> FromBits(long bits, int singleBits) => typeof(T) == typeof(float)
        ? new(Vector512.Create(singleBits).As<int, T>())
        : new(Vector512.Create(bits).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> First(int count) => new(PartialAccess.First512<T>(count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Load(ref readonly T source, nuint index) => new(Vector512.LoadUnsafe(in source, index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Load(ref readonly T source, nuint index, int count) => new(PartialAccess.Load512(in source, index, count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LoadMasked(ref readonly T source, nuint index, int count) => new(PartialAccess.LoadMasked512(in source, index, count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T destination, nuint index) => _vector.StoreUnsafe(ref destination, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T destination, nuint index, int count) => PartialAccess.Store512(_vector, ref destination, index, count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreMasked(ref T destination, nuint index, int count) => PartialAccess.StoreMasked512(_vector, ref destination, index, count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator +(Lanes512<T> left, Lanes512<T> right) => new(left._vector + right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> left, Lanes512<T> right) => new(left._vector - right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator *(Lanes512<T> left, Lanes512<T> right) => new(left._vector * right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator /(Lanes512<T> left, Lanes512<T> right) => new(left._vector / right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> value) => new(-value._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplyAdd(Lanes512<T> a, Lanes512<T> b, Lanes512<T> c) => typeof(T) == typeof(float)
        ? new(Vector512.MultiplyAddEstimate(a._vector.AsSingle(), b._vector.AsSingle(), c._vector.AsSingle()).As<float, T>())
        : new(Vector512.MultiplyAddEstimate(a._vector.AsDouble(), b._vector.AsDouble(), c._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Max(Lanes512<T> left, Lanes512<T> right) => new(Vector512.Max(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Min(Lanes512<T> left, Lanes512<T> right) => new(Vector512.Min(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MaxNative(Lanes512<T> left, Lanes512<T> right) => new(Vector512.MaxNative(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MinNative(Lanes512<T> left, Lanes512<T> right) => new(Vector512.MinNative(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Abs(Lanes512<T> value) => new(Vector512.Abs(value._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Sqrt(Lanes512<T> value) => new(Vector512.Sqrt(value._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Floor(Lanes512<T> value) => typeof(T) == typeof(float)
        ? new(Vector512.Floor(value._vector.AsSingle()).As<float, T>())
        : new(Vector512.Floor(value._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Ceiling(Lanes512<T> value) => typeof(T) == typeof(float)
        ? new(Vector512.Ceiling(value._vector.AsSingle()).As<float, T>())
        : new(Vector512.Ceiling(value._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Round(Lanes512<T> value) => typeof(T) == typeof(float)
        ? new(Vector512.Round(value._vector.AsSingle()).As<float, T>())
        : new(Vector512.Round(value._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Truncate(Lanes512<T> value) => typeof(T) == typeof(float)
        ? new(Vector512.Truncate(value._vector.AsSingle()).As<float, T>())
        : new(Vector512.Truncate(value._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Less(Lanes512<T> left, Lanes512<T> right) => new(Vector512.LessThan(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LessOrEqual(Lanes512<T> left, Lanes512<T> right) => new(Vector512.LessThanOrEqual(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Equal(Lanes512<T> left, Lanes512<T> right) => new(Vector512.Equals(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> And(Lanes512<T> left, Lanes512<T> right) => new(left._vector & right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Or(Lanes512<T> left, Lanes512<T> right) => new(left._vector | right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Xor(Lanes512<T> left, Lanes512<T> right) => new(left._vector ^ right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> AndNot(Lanes512<T> left, Lanes512<T> right) => new(Vector512.AndNot(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Select(Lanes512<T> mask, Lanes512<T> then, Lanes512<T> otherwise) => new(Vector512.ConditionalSelect(mask._vector, then._vector, otherwise._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> SelectLess(Lanes512<T> left, Lanes512<T> right, Lanes512<T> then, Lanes512<T> otherwise) => new(Vector512.ConditionalSelect(Vector512.LessThan(left._vector, right._vector), then._vector, otherwise._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> SelectLessOrEqual(Lanes512<T> left, Lanes512<T> right, Lanes512<T> then, Lanes512<T> otherwise) => new(Vector512.ConditionalSelect(Vector512.LessThanOrEqual(left._vector, right._vector), then._vector, otherwise._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> SelectEqual(Lanes512<T> left, Lanes512<T> right, Lanes512<T> then, Lanes512<T> otherwise) => new(Vector512.ConditionalSelect(Vector512.Equals(left._vector, right._vector), then._vector, otherwise._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Lanes512<T> mask) => Vector512.ExtractMostSignificantBits(mask._vector) != 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> AddBits(Lanes512<T> left, Lanes512<T> right) => typeof(T) == typeof(float)
        ? new((left._vector.AsInt32() + right._vector.AsInt32()).As<int, T>())
        : new((left._vector.AsInt64() + right._vector.AsInt64()).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> SubtractBits(Lanes512<T> left, Lanes512<T> right) => typeof(T) == typeof(float)
        ? new((left._vector.AsInt32() - right._vector.AsInt32()).As<int, T>())
        : new((left._vector.AsInt64() - right._vector.AsInt64()).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> ShiftLeftBits(Lanes512<T> value, int distance, int singleDistance) => typeof(T) == typeof(float)
        ? new((value._vector.AsInt32() << singleDistance).As<int, T>())
        : new((value._vector.AsInt64() << distance).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> ShiftRightBits(Lanes512<T> value, int distance, int singleDistance) => typeof(T) == typeof(float)
        ? new((value._vector.AsInt32() >>> singleDistance).As<int, T>())
        : new((value._vector.AsInt64() >>> distance).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Scale(Lanes512<T> value, Lanes512<T> n)
    {
        if (!Avx512F.IsSupported)
            return Exponents.Scale(value, n);
        return typeof(T) == typeof(float)
            ? new(Avx512F.Scale(value._vector.AsSingle(), n._vector.AsSingle()).As<float, T>())
            : new(Avx512F.Scale(value._vector.AsDouble(), n._vector.AsDouble()).As<double, T>());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Split(Lanes512<T> value, out Lanes512<T> n)
    {
        if (!Avx512F.IsSupported)
            return Exponents.Split(value, out n);
        Lanes512<T> exponent, mantissa;
        if (typeof(T) == typeof(float))
        {
            exponent = new(Avx512F.GetExponent(value._vector.AsSingle()).As<float, T>());
            mantissa = new(Avx512F.GetMantissa(value._vector.AsSingle(), 0).As<float, T>());
        }
        else
        {
            exponent = new(Avx512F.GetExponent(value._vector.AsDouble()).As<double, T>());
            mantissa = new(Avx512F.GetMantissa(value._vector.AsDouble(), 0).As<double, T>());
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
    public Lanes512<T> WithLane(int lane, double value) => typeof(T) == typeof(float)
        ? new(_vector.AsSingle().WithElement(lane, (float)value).As<float, T>())
        : new(_vector.AsDouble().WithElement(lane, value).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Load(Span<T> source, int index) => new(Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(source), (uint)index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LoadFirst(Span<T> source, int index, int count) =>
        new(PartialAccess.Load512(in MemoryMarshal.GetReference(source), (uint)index, count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LoadUpTo(Span<T> source, int index, int count) => count >= Count
        ? Load(in MemoryMarshal.GetReference(source), (uint)index)
        : LoadMasked(in MemoryMarshal.GetReference(source), (uint)index, count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Span<T> destination, int index, Lanes512<T> value, bool accumulate = false)
    {
        ref var place = ref Unsafe.Add(ref MemoryMarshal.GetReference(destination), index);
        (accumulate ? value._vector + Vector512.LoadUnsafe(ref place) : value._vector).StoreUnsafe(ref place);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(Span<T> destination, int index, int count, Lanes512<T> value, bool accumulate = false)
    {
        if (accumulate)
            value += Load(in MemoryMarshal.GetReference(destination), (uint)index, count);
        value.Store(ref MemoryMarshal.GetReference(destination), (uint)index, count);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreUpTo(Span<T> destination, int index, int count, Lanes512<T> value, bool accumulate = false)
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
    public static Lanes512<T> Spread(Span<T> source, int index) => new(Vector512.Create(Unsafe.Add(ref MemoryMarshal.GetReference(source), index)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Gather(Span<T> source, int index, int stride, int count)
    {
        var half = Vector256<T>.Count;
        var lower = Lanes256<T>.Gather(source, index, stride, count).Vector;
        return new(count <= half
            ? lower.ToVector512()
            : Vector512.Create(lower, Lanes256<T>.Gather(source, index + (half * stride), stride, count - half).Vector));
    }

    /// <inheritdoc/>
    public T this[int lane]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _vector.GetElement(lane);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Sum() => Vector512.Sum(_vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Sum(int count) => And(First(count), this).Sum();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T MaxEntry() => new Lanes256<T>(Vector256.Max(_vector.GetLower(), _vector.GetUpper())).MaxEntry();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T MaxEntry(int count) => Select(First(count), this, Constant(double.NegativeInfinity)).MaxEntry();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T MinEntry() => new Lanes256<T>(Vector256.Min(_vector.GetLower(), _vector.GetUpper())).MinEntry();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T MinEntry(int count) => Select(First(count), this, Constant(double.PositiveInfinity)).MinEntry();
}
