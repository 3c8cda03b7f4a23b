using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.Unsafe;

namespace GradGen.Kernels;

/// <summary>
/// 256 bits of lanes, for generated code: four of <see cref="double"/> or eight of <see cref="float"/>. Right, but slow, where <see cref="Vector256.IsHardwareAccelerated"/> is false.
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
public readonly partial struct Lanes256<T>(Vector256<T> vector) : ILanes<Lanes256<T>, T>
    where T : unmanaged
{
    private readonly Vector256<T> _vector = vector;

    /// <summary>The lanes.</summary>
    public Vector256<T> Vector
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _vector;
    }

    /// <inheritdoc/>
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256<T>.Count;
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
    public static Lanes256<T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => BitCast<Vector256<T>, Lanes256<T>>(Vector256<T>.Zero);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Create(T value) => BitCast<Vector256<T>, Lanes256<T>>(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Constant(double value) => BitCast<Vector256<T>, Lanes256<T>>(typeof(T) == typeof(float)
        ? Vector256.Create((float)value).As<float, T>()
        : Vector256.Create(value).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Constant(double value, double single) => BitCast<Vector256<T>, Lanes256<T>>(typeof(T) == typeof(float)
        ? Vector256.Create((float)single).As<float, T>()
        : Vector256.Create(value).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> FromBits(long bits, int singleBits) => BitCast<Vector256<T>, Lanes256<T>>(typeof(T) == typeof(float)
        ? Vector256.Create(singleBits).As<int, T>()
        : Vector256.Create(bits).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> First(int count) => BitCast<Vector256<T>, Lanes256<T>>(PartialAccess.First256<T>(count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Load(ref readonly T source, nuint index) => BitCast<Vector256<T>, Lanes256<T>>(Vector256.LoadUnsafe(in source, index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Load(ref readonly T source, nuint index, int count) => BitCast<Vector256<T>, Lanes256<T>>(PartialAccess.Load256(in source, index, count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LoadMasked(ref readonly T source, nuint index, int count) => BitCast<Vector256<T>, Lanes256<T>>(PartialAccess.LoadMasked256(in source, index, count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T destination, nuint index) => _vector.StoreUnsafe(ref destination, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T destination, nuint index, int count) => PartialAccess.Store256(_vector, ref destination, index, count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreMasked(ref T destination, nuint index, int count) => PartialAccess.StoreMasked256(_vector, ref destination, index, count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256<T> value, ref T destination, nuint index) => value._vector.StoreUnsafe(ref destination, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256<T> value, ref T destination, nuint index, int count) => PartialAccess.Store256(value._vector, ref destination, index, count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreMasked(Lanes256<T> value, ref T destination, nuint index, int count) => PartialAccess.StoreMasked256(value._vector, ref destination, index, count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator +(Lanes256<T> left, Lanes256<T> right) => BitCast<Vector256<T>, Lanes256<T>>(left._vector + right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> left, Lanes256<T> right) => BitCast<Vector256<T>, Lanes256<T>>(left._vector - right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator *(Lanes256<T> left, Lanes256<T> right) => BitCast<Vector256<T>, Lanes256<T>>(left._vector * right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator /(Lanes256<T> left, Lanes256<T> right) => BitCast<Vector256<T>, Lanes256<T>>(left._vector / right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator +(Lanes256<T> left, double right) => BitCast<Vector256<T>, Lanes256<T>>(typeof(T) == typeof(float)
        ? (left._vector.AsSingle() + Vector256.Create((float)right)).As<float, T>()
        : (left._vector.AsDouble() + Vector256.Create(right)).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> left, double right) => BitCast<Vector256<T>, Lanes256<T>>(typeof(T) == typeof(float)
        ? (left._vector.AsSingle() - Vector256.Create((float)right)).As<float, T>()
        : (left._vector.AsDouble() - Vector256.Create(right)).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator *(Lanes256<T> left, double right) => BitCast<Vector256<T>, Lanes256<T>>(typeof(T) == typeof(float)
        ? (left._vector.AsSingle() * Vector256.Create((float)right)).As<float, T>()
        : (left._vector.AsDouble() * Vector256.Create(right)).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator /(Lanes256<T> left, double right) => BitCast<Vector256<T>, Lanes256<T>>(typeof(T) == typeof(float)
        ? (left._vector.AsSingle() / Vector256.Create((float)right)).As<float, T>()
        : (left._vector.AsDouble() / Vector256.Create(right)).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(double left, Lanes256<T> right) => BitCast<Vector256<T>, Lanes256<T>>(typeof(T) == typeof(float)
        ? (Vector256.Create((float)left) - right._vector.AsSingle()).As<float, T>()
        : (Vector256.Create(left) - right._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator /(double left, Lanes256<T> right) => BitCast<Vector256<T>, Lanes256<T>>(typeof(T) == typeof(float)
        ? (Vector256.Create((float)left) / right._vector.AsSingle()).As<float, T>()
        : (Vector256.Create(left) / right._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> value) => BitCast<Vector256<T>, Lanes256<T>>(-value._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplyAdd(Lanes256<T> a, Lanes256<T> b, Lanes256<T> c) => BitCast<Vector256<T>, Lanes256<T>>(typeof(T) == typeof(float)
        ? Vector256.MultiplyAddEstimate(a._vector.AsSingle(), b._vector.AsSingle(), c._vector.AsSingle()).As<float, T>()
        : Vector256.MultiplyAddEstimate(a._vector.AsDouble(), b._vector.AsDouble(), c._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplyAdd(Lanes256<T> a, Lanes256<T> b, double c) => BitCast<Vector256<T>, Lanes256<T>>(typeof(T) == typeof(float)
        ? Vector256.MultiplyAddEstimate(a._vector.AsSingle(), b._vector.AsSingle(), Vector256.Create((float)c)).As<float, T>()
        : Vector256.MultiplyAddEstimate(a._vector.AsDouble(), b._vector.AsDouble(), Vector256.Create(c)).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplyAdd(Lanes256<T> a, double b, Lanes256<T> c) => BitCast<Vector256<T>, Lanes256<T>>(typeof(T) == typeof(float)
        ? Vector256.MultiplyAddEstimate(a._vector.AsSingle(), Vector256.Create((float)b), c._vector.AsSingle()).As<float, T>()
        : Vector256.MultiplyAddEstimate(a._vector.AsDouble(), Vector256.Create(b), c._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Horner(Lanes256<T> p, Lanes256<T> x, double c1, double c0) => BitCast<Vector256<T>, Lanes256<T>>(typeof(T) == typeof(float)
        ? Vector256.MultiplyAddEstimate(
                Vector256.MultiplyAddEstimate(p._vector.AsSingle(), x._vector.AsSingle(), Vector256.Create((float)c1)),
                x._vector.AsSingle(), Vector256.Create((float)c0)).As<float, T>()
        : Vector256.MultiplyAddEstimate(
                Vector256.MultiplyAddEstimate(p._vector.AsDouble(), x._vector.AsDouble(), Vector256.Create(c1)),
                x._vector.AsDouble(), Vector256.Create(c0)).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Horner(Lanes256<T> p, Lanes256<T> x, double c3, double c2, double c1, double c0) => BitCast<Vector256<T>, Lanes256<T>>(typeof(T) == typeof(float)
        ? Vector256.MultiplyAddEstimate(
                Vector256.MultiplyAddEstimate(
                    Vector256.MultiplyAddEstimate(
                        Vector256.MultiplyAddEstimate(p._vector.AsSingle(), x._vector.AsSingle(), Vector256.Create((float)c3)),
                        x._vector.AsSingle(), Vector256.Create((float)c2)),
                    x._vector.AsSingle(), Vector256.Create((float)c1)),
                x._vector.AsSingle(), Vector256.Create((float)c0)).As<float, T>()
        : Vector256.MultiplyAddEstimate(
                Vector256.MultiplyAddEstimate(
                    Vector256.MultiplyAddEstimate(
                        Vector256.MultiplyAddEstimate(p._vector.AsDouble(), x._vector.AsDouble(), Vector256.Create(c3)),
                        x._vector.AsDouble(), Vector256.Create(c2)),
                    x._vector.AsDouble(), Vector256.Create(c1)),
                x._vector.AsDouble(), Vector256.Create(c0)).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Max(Lanes256<T> left, Lanes256<T> right) => BitCast<Vector256<T>, Lanes256<T>>(Vector256.Max(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Min(Lanes256<T> left, Lanes256<T> right) => BitCast<Vector256<T>, Lanes256<T>>(Vector256.Min(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MaxNative(Lanes256<T> left, Lanes256<T> right) => BitCast<Vector256<T>, Lanes256<T>>(Vector256.MaxNative(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MinNative(Lanes256<T> left, Lanes256<T> right) => BitCast<Vector256<T>, Lanes256<T>>(Vector256.MinNative(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> CopySign(Lanes256<T> size, Lanes256<T> sign) => BitCast<Vector256<T>, Lanes256<T>>(Vector256.CopySign(size._vector, sign._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Abs(Lanes256<T> value) => BitCast<Vector256<T>, Lanes256<T>>(Vector256.Abs(value._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Sqrt(Lanes256<T> value) => BitCast<Vector256<T>, Lanes256<T>>(Vector256.Sqrt(value._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Floor(Lanes256<T> value) => BitCast<Vector256<T>, Lanes256<T>>(typeof(T) == typeof(float)
        ? Vector256.Floor(value._vector.AsSingle()).As<float, T>()
        : Vector256.Floor(value._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Ceiling(Lanes256<T> value) => BitCast<Vector256<T>, Lanes256<T>>(typeof(T) == typeof(float)
        ? Vector256.Ceiling(value._vector.AsSingle()).As<float, T>()
        : Vector256.Ceiling(value._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Round(Lanes256<T> value) => BitCast<Vector256<T>, Lanes256<T>>(typeof(T) == typeof(float)
        ? Vector256.Round(value._vector.AsSingle()).As<float, T>()
        : Vector256.Round(value._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Truncate(Lanes256<T> value) => BitCast<Vector256<T>, Lanes256<T>>(typeof(T) == typeof(float)
        ? Vector256.Truncate(value._vector.AsSingle()).As<float, T>()
        : Vector256.Truncate(value._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Less(Lanes256<T> left, Lanes256<T> right) => BitCast<Vector256<T>, Lanes256<T>>(Vector256.LessThan(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LessOrEqual(Lanes256<T> left, Lanes256<T> right) => BitCast<Vector256<T>, Lanes256<T>>(Vector256.LessThanOrEqual(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Equal(Lanes256<T> left, Lanes256<T> right) => BitCast<Vector256<T>, Lanes256<T>>(Vector256.Equals(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> And(Lanes256<T> left, Lanes256<T> right) => BitCast<Vector256<T>, Lanes256<T>>(left._vector & right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Or(Lanes256<T> left, Lanes256<T> right) => BitCast<Vector256<T>, Lanes256<T>>(left._vector | right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Xor(Lanes256<T> left, Lanes256<T> right) => BitCast<Vector256<T>, Lanes256<T>>(left._vector ^ right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> AndNot(Lanes256<T> left, Lanes256<T> right) => BitCast<Vector256<T>, Lanes256<T>>(Vector256.AndNot(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Select(Lanes256<T> mask, Lanes256<T> then, Lanes256<T> otherwise) => BitCast<Vector256<T>, Lanes256<T>>(Vector256.ConditionalSelect(mask._vector, then._vector, otherwise._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> SelectLess(Lanes256<T> left, Lanes256<T> right, Lanes256<T> then, Lanes256<T> otherwise) => BitCast<Vector256<T>, Lanes256<T>>(Vector256.ConditionalSelect(Vector256.LessThan(left._vector, right._vector), then._vector, otherwise._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> SelectLessOrEqual(Lanes256<T> left, Lanes256<T> right, Lanes256<T> then, Lanes256<T> otherwise) => BitCast<Vector256<T>, Lanes256<T>>(Vector256.ConditionalSelect(Vector256.LessThanOrEqual(left._vector, right._vector), then._vector, otherwise._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> SelectEqual(Lanes256<T> left, Lanes256<T> right, Lanes256<T> then, Lanes256<T> otherwise) => BitCast<Vector256<T>, Lanes256<T>>(Vector256.ConditionalSelect(Vector256.Equals(left._vector, right._vector), then._vector, otherwise._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Lanes256<T> mask) => Vector256.ExtractMostSignificantBits(mask._vector) != 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> AddBits(Lanes256<T> left, Lanes256<T> right) => BitCast<Vector256<T>, Lanes256<T>>(typeof(T) == typeof(float)
        ? (left._vector.AsInt32() + right._vector.AsInt32()).As<int, T>()
        : (left._vector.AsInt64() + right._vector.AsInt64()).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> SubtractBits(Lanes256<T> left, Lanes256<T> right) => BitCast<Vector256<T>, Lanes256<T>>(typeof(T) == typeof(float)
        ? (left._vector.AsInt32() - right._vector.AsInt32()).As<int, T>()
        : (left._vector.AsInt64() - right._vector.AsInt64()).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> ShiftLeftBits(Lanes256<T> value, int distance, int singleDistance) => BitCast<Vector256<T>, Lanes256<T>>(typeof(T) == typeof(float)
        ? (value._vector.AsInt32() << singleDistance).As<int, T>()
        : (value._vector.AsInt64() << distance).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> ShiftRightBits(Lanes256<T> value, int distance, int singleDistance) => BitCast<Vector256<T>, Lanes256<T>>(typeof(T) == typeof(float)
        ? (value._vector.AsInt32() >>> singleDistance).As<int, T>()
        : (value._vector.AsInt64() >>> distance).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Scale(Lanes256<T> value, Lanes256<T> n)
    {
        if (!Avx512F.VL.IsSupported)
            return Exponents.Scale(value, n);
        return typeof(T) == typeof(float)
            ? BitCast<Vector256<float>, Lanes256<T>>(Avx512F.VL.Scale(value._vector.AsSingle(), n._vector.AsSingle()))
            : BitCast<Vector256<double>, Lanes256<T>>(Avx512F.VL.Scale(value._vector.AsDouble(), n._vector.AsDouble()));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Split(Lanes256<T> value, out Lanes256<T> n)
    {
        if (!Avx512F.VL.IsSupported)
            return Exponents.Split(value, out n);
        Lanes256<T> exponent, mantissa;
        if (typeof(T) == typeof(float))
        {
            exponent = BitCast<Vector256<float>, Lanes256<T>>(Avx512F.VL.GetExponent(value._vector.AsSingle()));
            mantissa = BitCast<Vector256<float>, Lanes256<T>>(Avx512F.VL.GetMantissa(value._vector.AsSingle(), 0));
        }
        else
        {
            exponent = BitCast<Vector256<double>, Lanes256<T>>(Avx512F.VL.GetExponent(value._vector.AsDouble()));
            mantissa = BitCast<Vector256<double>, Lanes256<T>>(Avx512F.VL.GetMantissa(value._vector.AsDouble(), 0));
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
    public Lanes256<T> WithLane(int lane, double value) => BitCast<Vector256<T>, Lanes256<T>>(typeof(T) == typeof(float)
        ? _vector.AsSingle().WithElement(lane, (float)value).As<float, T>()
        : _vector.AsDouble().WithElement(lane, value).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Sum() => Vector256.Sum(_vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Sum(int count) => And(First(count), this).Sum();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T MaxEntry() => BitCast<Vector128<T>, Lanes128<T>>(Vector128.Max(_vector.GetLower(), _vector.GetUpper())).MaxEntry();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T MaxEntry(int count) => Select(First(count), this, Constant(double.NegativeInfinity)).MaxEntry();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T MinEntry() => BitCast<Vector128<T>, Lanes128<T>>(Vector128.Min(_vector.GetLower(), _vector.GetUpper())).MinEntry();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T MinEntry(int count) => Select(First(count), this, Constant(double.PositiveInfinity)).MinEntry();
}
