using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.Unsafe;

namespace GradGen.Kernels;

/// <summary>
/// 128 bits of lanes, for generated code: two of <see cref="double"/> or four of <see cref="float"/>. Fast on every 64-bit processor.
/// </summary>
/// <typeparam name="T"><see cref="double"/> or <see cref="float"/>.</typeparam>
/// <param name="vector">The lanes.</param>
/// <remarks>
/// Results are bits of a vector taken as a register, and constructors are not called: what is inlined costs the JIT local
/// variables, of which a method has 1,024 before inlining stops; this form takes two for an operation, that one three.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815:Override equals and operator equals on value types", Justification = "A register: its lanes are compared, not the whole.")]
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "For generated code, which writes operators.")]
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
public readonly partial struct Lanes128<T>(Vector128<T> vector) : ILanes<Lanes128<T>, T>
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
        get => BitCast<Vector128<T>, Lanes128<T>>(Vector128<T>.Zero);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Create(T value) => BitCast<Vector128<T>, Lanes128<T>>(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Constant(double value) => BitCast<Vector128<T>, Lanes128<T>>(typeof(T) == typeof(float)
        ? Vector128.Create((float)value).As<float, T>()
        : Vector128.Create(value).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Constant(double value, double single) => BitCast<Vector128<T>, Lanes128<T>>(typeof(T) == typeof(float)
        ? Vector128.Create((float)single).As<float, T>()
        : Vector128.Create(value).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> FromBits(long bits, int singleBits) => BitCast<Vector128<T>, Lanes128<T>>(typeof(T) == typeof(float)
        ? Vector128.Create(singleBits).As<int, T>()
        : Vector128.Create(bits).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> First(int count) => BitCast<Vector128<T>, Lanes128<T>>(PartialAccess.First128<T>(count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Load(ref readonly T source, nuint index) => BitCast<Vector128<T>, Lanes128<T>>(Vector128.LoadUnsafe(in source, index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Load(ref readonly T source, nuint index, int count) => BitCast<Vector128<T>, Lanes128<T>>(PartialAccess.Load128(in source, index, count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LoadMasked(ref readonly T source, nuint index, int count) => BitCast<Vector128<T>, Lanes128<T>>(PartialAccess.LoadMasked128(in source, index, count));

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
    public static void Store(Lanes128<T> value, ref T destination, nuint index) => value._vector.StoreUnsafe(ref destination, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes128<T> value, ref T destination, nuint index, int count) => PartialAccess.Store128(value._vector, ref destination, index, count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreMasked(Lanes128<T> value, ref T destination, nuint index, int count) => PartialAccess.StoreMasked128(value._vector, ref destination, index, count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator +(Lanes128<T> left, Lanes128<T> right) => BitCast<Vector128<T>, Lanes128<T>>(left._vector + right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> left, Lanes128<T> right) => BitCast<Vector128<T>, Lanes128<T>>(left._vector - right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator *(Lanes128<T> left, Lanes128<T> right) => BitCast<Vector128<T>, Lanes128<T>>(left._vector * right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator /(Lanes128<T> left, Lanes128<T> right) => BitCast<Vector128<T>, Lanes128<T>>(left._vector / right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator +(Lanes128<T> left, double right) => BitCast<Vector128<T>, Lanes128<T>>(typeof(T) == typeof(float)
        ? (left._vector.AsSingle() + Vector128.Create((float)right)).As<float, T>()
        : (left._vector.AsDouble() + Vector128.Create(right)).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> left, double right) => BitCast<Vector128<T>, Lanes128<T>>(typeof(T) == typeof(float)
        ? (left._vector.AsSingle() - Vector128.Create((float)right)).As<float, T>()
        : (left._vector.AsDouble() - Vector128.Create(right)).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator *(Lanes128<T> left, double right) => BitCast<Vector128<T>, Lanes128<T>>(typeof(T) == typeof(float)
        ? (left._vector.AsSingle() * Vector128.Create((float)right)).As<float, T>()
        : (left._vector.AsDouble() * Vector128.Create(right)).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator /(Lanes128<T> left, double right) => BitCast<Vector128<T>, Lanes128<T>>(typeof(T) == typeof(float)
        ? (left._vector.AsSingle() / Vector128.Create((float)right)).As<float, T>()
        : (left._vector.AsDouble() / Vector128.Create(right)).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator -(double left, Lanes128<T> right) => BitCast<Vector128<T>, Lanes128<T>>(typeof(T) == typeof(float)
        ? (Vector128.Create((float)left) - right._vector.AsSingle()).As<float, T>()
        : (Vector128.Create(left) - right._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator /(double left, Lanes128<T> right) => BitCast<Vector128<T>, Lanes128<T>>(typeof(T) == typeof(float)
        ? (Vector128.Create((float)left) / right._vector.AsSingle()).As<float, T>()
        : (Vector128.Create(left) / right._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> value) => BitCast<Vector128<T>, Lanes128<T>>(-value._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplyAdd(Lanes128<T> a, Lanes128<T> b, Lanes128<T> c) => BitCast<Vector128<T>, Lanes128<T>>(typeof(T) == typeof(float)
        ? Vector128.MultiplyAddEstimate(a._vector.AsSingle(), b._vector.AsSingle(), c._vector.AsSingle()).As<float, T>()
        : Vector128.MultiplyAddEstimate(a._vector.AsDouble(), b._vector.AsDouble(), c._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplyAdd(Lanes128<T> a, Lanes128<T> b, double c) => BitCast<Vector128<T>, Lanes128<T>>(typeof(T) == typeof(float)
        ? Vector128.MultiplyAddEstimate(a._vector.AsSingle(), b._vector.AsSingle(), Vector128.Create((float)c)).As<float, T>()
        : Vector128.MultiplyAddEstimate(a._vector.AsDouble(), b._vector.AsDouble(), Vector128.Create(c)).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplyAdd(Lanes128<T> a, double b, Lanes128<T> c) => BitCast<Vector128<T>, Lanes128<T>>(typeof(T) == typeof(float)
        ? Vector128.MultiplyAddEstimate(a._vector.AsSingle(), Vector128.Create((float)b), c._vector.AsSingle()).As<float, T>()
        : Vector128.MultiplyAddEstimate(a._vector.AsDouble(), Vector128.Create(b), c._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Horner(Lanes128<T> p, Lanes128<T> x, double c1, double c0) => BitCast<Vector128<T>, Lanes128<T>>(typeof(T) == typeof(float)
        ? Vector128.MultiplyAddEstimate(
                Vector128.MultiplyAddEstimate(p._vector.AsSingle(), x._vector.AsSingle(), Vector128.Create((float)c1)),
                x._vector.AsSingle(), Vector128.Create((float)c0)).As<float, T>()
        : Vector128.MultiplyAddEstimate(
                Vector128.MultiplyAddEstimate(p._vector.AsDouble(), x._vector.AsDouble(), Vector128.Create(c1)),
                x._vector.AsDouble(), Vector128.Create(c0)).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Horner(Lanes128<T> p, Lanes128<T> x, double c3, double c2, double c1, double c0) => BitCast<Vector128<T>, Lanes128<T>>(typeof(T) == typeof(float)
        ? Vector128.MultiplyAddEstimate(
                Vector128.MultiplyAddEstimate(
                    Vector128.MultiplyAddEstimate(
                        Vector128.MultiplyAddEstimate(p._vector.AsSingle(), x._vector.AsSingle(), Vector128.Create((float)c3)),
                        x._vector.AsSingle(), Vector128.Create((float)c2)),
                    x._vector.AsSingle(), Vector128.Create((float)c1)),
                x._vector.AsSingle(), Vector128.Create((float)c0)).As<float, T>()
        : Vector128.MultiplyAddEstimate(
                Vector128.MultiplyAddEstimate(
                    Vector128.MultiplyAddEstimate(
                        Vector128.MultiplyAddEstimate(p._vector.AsDouble(), x._vector.AsDouble(), Vector128.Create(c3)),
                        x._vector.AsDouble(), Vector128.Create(c2)),
                    x._vector.AsDouble(), Vector128.Create(c1)),
                x._vector.AsDouble(), Vector128.Create(c0)).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Max(Lanes128<T> left, Lanes128<T> right) => BitCast<Vector128<T>, Lanes128<T>>(Vector128.Max(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Min(Lanes128<T> left, Lanes128<T> right) => BitCast<Vector128<T>, Lanes128<T>>(Vector128.Min(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MaxNative(Lanes128<T> left, Lanes128<T> right) => BitCast<Vector128<T>, Lanes128<T>>(Vector128.MaxNative(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MinNative(Lanes128<T> left, Lanes128<T> right) => BitCast<Vector128<T>, Lanes128<T>>(Vector128.MinNative(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> CopySign(Lanes128<T> size, Lanes128<T> sign) => BitCast<Vector128<T>, Lanes128<T>>(Vector128.CopySign(size._vector, sign._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Abs(Lanes128<T> value) => BitCast<Vector128<T>, Lanes128<T>>(Vector128.Abs(value._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Sqrt(Lanes128<T> value) => BitCast<Vector128<T>, Lanes128<T>>(Vector128.Sqrt(value._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Floor(Lanes128<T> value) => BitCast<Vector128<T>, Lanes128<T>>(typeof(T) == typeof(float)
        ? Vector128.Floor(value._vector.AsSingle()).As<float, T>()
        : Vector128.Floor(value._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Ceiling(Lanes128<T> value) => BitCast<Vector128<T>, Lanes128<T>>(typeof(T) == typeof(float)
        ? Vector128.Ceiling(value._vector.AsSingle()).As<float, T>()
        : Vector128.Ceiling(value._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Round(Lanes128<T> value) => BitCast<Vector128<T>, Lanes128<T>>(typeof(T) == typeof(float)
        ? Vector128.Round(value._vector.AsSingle()).As<float, T>()
        : Vector128.Round(value._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Truncate(Lanes128<T> value) => BitCast<Vector128<T>, Lanes128<T>>(typeof(T) == typeof(float)
        ? Vector128.Truncate(value._vector.AsSingle()).As<float, T>()
        : Vector128.Truncate(value._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Less(Lanes128<T> left, Lanes128<T> right) => BitCast<Vector128<T>, Lanes128<T>>(Vector128.LessThan(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LessOrEqual(Lanes128<T> left, Lanes128<T> right) => BitCast<Vector128<T>, Lanes128<T>>(Vector128.LessThanOrEqual(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Equal(Lanes128<T> left, Lanes128<T> right) => BitCast<Vector128<T>, Lanes128<T>>(Vector128.Equals(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> And(Lanes128<T> left, Lanes128<T> right) => BitCast<Vector128<T>, Lanes128<T>>(left._vector & right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Or(Lanes128<T> left, Lanes128<T> right) => BitCast<Vector128<T>, Lanes128<T>>(left._vector | right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Xor(Lanes128<T> left, Lanes128<T> right) => BitCast<Vector128<T>, Lanes128<T>>(left._vector ^ right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> AndNot(Lanes128<T> left, Lanes128<T> right) => BitCast<Vector128<T>, Lanes128<T>>(Vector128.AndNot(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Select(Lanes128<T> mask, Lanes128<T> then, Lanes128<T> otherwise) => BitCast<Vector128<T>, Lanes128<T>>(Vector128.ConditionalSelect(mask._vector, then._vector, otherwise._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> SelectLess(Lanes128<T> left, Lanes128<T> right, Lanes128<T> then, Lanes128<T> otherwise) => BitCast<Vector128<T>, Lanes128<T>>(Vector128.ConditionalSelect(Vector128.LessThan(left._vector, right._vector), then._vector, otherwise._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> SelectLessOrEqual(Lanes128<T> left, Lanes128<T> right, Lanes128<T> then, Lanes128<T> otherwise) => BitCast<Vector128<T>, Lanes128<T>>(Vector128.ConditionalSelect(Vector128.LessThanOrEqual(left._vector, right._vector), then._vector, otherwise._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> SelectEqual(Lanes128<T> left, Lanes128<T> right, Lanes128<T> then, Lanes128<T> otherwise) => BitCast<Vector128<T>, Lanes128<T>>(Vector128.ConditionalSelect(Vector128.Equals(left._vector, right._vector), then._vector, otherwise._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Lanes128<T> mask) => Vector128.ExtractMostSignificantBits(mask._vector) != 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> AddBits(Lanes128<T> left, Lanes128<T> right) => BitCast<Vector128<T>, Lanes128<T>>(typeof(T) == typeof(float)
        ? (left._vector.AsInt32() + right._vector.AsInt32()).As<int, T>()
        : (left._vector.AsInt64() + right._vector.AsInt64()).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> SubtractBits(Lanes128<T> left, Lanes128<T> right) => BitCast<Vector128<T>, Lanes128<T>>(typeof(T) == typeof(float)
        ? (left._vector.AsInt32() - right._vector.AsInt32()).As<int, T>()
        : (left._vector.AsInt64() - right._vector.AsInt64()).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> ShiftLeftBits(Lanes128<T> value, int distance, int singleDistance) => BitCast<Vector128<T>, Lanes128<T>>(typeof(T) == typeof(float)
        ? (value._vector.AsInt32() << singleDistance).As<int, T>()
        : (value._vector.AsInt64() << distance).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> ShiftRightBits(Lanes128<T> value, int distance, int singleDistance) => BitCast<Vector128<T>, Lanes128<T>>(typeof(T) == typeof(float)
        ? (value._vector.AsInt32() >>> singleDistance).As<int, T>()
        : (value._vector.AsInt64() >>> distance).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Scale(Lanes128<T> value, Lanes128<T> n)
    {
        if (!Avx512F.VL.IsSupported)
            return Exponents.Scale(value, n);
        return typeof(T) == typeof(float)
            ? BitCast<Vector128<float>, Lanes128<T>>(Avx512F.VL.Scale(value._vector.AsSingle(), n._vector.AsSingle()))
            : BitCast<Vector128<double>, Lanes128<T>>(Avx512F.VL.Scale(value._vector.AsDouble(), n._vector.AsDouble()));
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
            exponent = BitCast<Vector128<float>, Lanes128<T>>(Avx512F.VL.GetExponent(value._vector.AsSingle()));
            mantissa = BitCast<Vector128<float>, Lanes128<T>>(Avx512F.VL.GetMantissa(value._vector.AsSingle(), 0));
        }
        else
        {
            exponent = BitCast<Vector128<double>, Lanes128<T>>(Avx512F.VL.GetExponent(value._vector.AsDouble()));
            mantissa = BitCast<Vector128<double>, Lanes128<T>>(Avx512F.VL.GetMantissa(value._vector.AsDouble(), 0));
        }

        var root = Constant(1.4142135623730951);
        n = SelectLessOrEqual(root, mantissa, exponent + 1, exponent);
        return SelectLessOrEqual(root, mantissa, mantissa * 0.5, mantissa);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Lane(int lane) => typeof(T) == typeof(float) ? _vector.AsSingle().GetElement(lane) : _vector.AsDouble().GetElement(lane);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes128<T> WithLane(int lane, double value) => BitCast<Vector128<T>, Lanes128<T>>(typeof(T) == typeof(float)
        ? _vector.AsSingle().WithElement(lane, (float)value).As<float, T>()
        : _vector.AsDouble().WithElement(lane, value).As<double, T>());

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
