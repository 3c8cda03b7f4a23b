using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.Unsafe;

namespace GradGen.Kernels;

/// <summary>
/// 512 bits of lanes, for generated code: eight of <see cref="double"/> or sixteen of <see cref="float"/>. Right, but slow, where <see cref="Vector512.IsHardwareAccelerated"/> is false.
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
public readonly partial struct Lanes512<T>(Vector512<T> vector) : ILanes<Lanes512<T>, T>
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
        get => BitCast<Vector512<T>, Lanes512<T>>(Vector512<T>.Zero);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Create(T value) => BitCast<Vector512<T>, Lanes512<T>>(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Constant(double value) => BitCast<Vector512<T>, Lanes512<T>>(typeof(T) == typeof(float)
        ? Vector512.Create((float)value).As<float, T>()
        : Vector512.Create(value).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Constant(double value, double single) => BitCast<Vector512<T>, Lanes512<T>>(typeof(T) == typeof(float)
        ? Vector512.Create((float)single).As<float, T>()
        : Vector512.Create(value).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> FromBits(long bits, int singleBits) => BitCast<Vector512<T>, Lanes512<T>>(typeof(T) == typeof(float)
        ? Vector512.Create(singleBits).As<int, T>()
        : Vector512.Create(bits).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> First(int count) => BitCast<Vector512<T>, Lanes512<T>>(PartialAccess.First512<T>(count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Load(ref readonly T source, nuint index) => BitCast<Vector512<T>, Lanes512<T>>(Vector512.LoadUnsafe(in source, index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Load(ref readonly T source, nuint index, int count) => BitCast<Vector512<T>, Lanes512<T>>(PartialAccess.Load512(in source, index, count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LoadMasked(ref readonly T source, nuint index, int count) => BitCast<Vector512<T>, Lanes512<T>>(PartialAccess.LoadMasked512(in source, index, count));

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
    public static void Store(Lanes512<T> value, ref T destination, nuint index) => value._vector.StoreUnsafe(ref destination, index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512<T> value, ref T destination, nuint index, int count) => PartialAccess.Store512(value._vector, ref destination, index, count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreMasked(Lanes512<T> value, ref T destination, nuint index, int count) => PartialAccess.StoreMasked512(value._vector, ref destination, index, count);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator +(Lanes512<T> left, Lanes512<T> right) => BitCast<Vector512<T>, Lanes512<T>>(left._vector + right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> left, Lanes512<T> right) => BitCast<Vector512<T>, Lanes512<T>>(left._vector - right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator *(Lanes512<T> left, Lanes512<T> right) => BitCast<Vector512<T>, Lanes512<T>>(left._vector * right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator /(Lanes512<T> left, Lanes512<T> right) => BitCast<Vector512<T>, Lanes512<T>>(left._vector / right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator +(Lanes512<T> left, double right) => BitCast<Vector512<T>, Lanes512<T>>(typeof(T) == typeof(float)
        ? (left._vector.AsSingle() + Vector512.Create((float)right)).As<float, T>()
        : (left._vector.AsDouble() + Vector512.Create(right)).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> left, double right) => BitCast<Vector512<T>, Lanes512<T>>(typeof(T) == typeof(float)
        ? (left._vector.AsSingle() - Vector512.Create((float)right)).As<float, T>()
        : (left._vector.AsDouble() - Vector512.Create(right)).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator *(Lanes512<T> left, double right) => BitCast<Vector512<T>, Lanes512<T>>(typeof(T) == typeof(float)
        ? (left._vector.AsSingle() * Vector512.Create((float)right)).As<float, T>()
        : (left._vector.AsDouble() * Vector512.Create(right)).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator /(Lanes512<T> left, double right) => BitCast<Vector512<T>, Lanes512<T>>(typeof(T) == typeof(float)
        ? (left._vector.AsSingle() / Vector512.Create((float)right)).As<float, T>()
        : (left._vector.AsDouble() / Vector512.Create(right)).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(double left, Lanes512<T> right) => BitCast<Vector512<T>, Lanes512<T>>(typeof(T) == typeof(float)
        ? (Vector512.Create((float)left) - right._vector.AsSingle()).As<float, T>()
        : (Vector512.Create(left) - right._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator /(double left, Lanes512<T> right) => BitCast<Vector512<T>, Lanes512<T>>(typeof(T) == typeof(float)
        ? (Vector512.Create((float)left) / right._vector.AsSingle()).As<float, T>()
        : (Vector512.Create(left) / right._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> value) => BitCast<Vector512<T>, Lanes512<T>>(-value._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplyAdd(Lanes512<T> a, Lanes512<T> b, Lanes512<T> c) => BitCast<Vector512<T>, Lanes512<T>>(typeof(T) == typeof(float)
        ? Vector512.MultiplyAddEstimate(a._vector.AsSingle(), b._vector.AsSingle(), c._vector.AsSingle()).As<float, T>()
        : Vector512.MultiplyAddEstimate(a._vector.AsDouble(), b._vector.AsDouble(), c._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplyAdd(Lanes512<T> a, Lanes512<T> b, double c) => BitCast<Vector512<T>, Lanes512<T>>(typeof(T) == typeof(float)
        ? Vector512.MultiplyAddEstimate(a._vector.AsSingle(), b._vector.AsSingle(), Vector512.Create((float)c)).As<float, T>()
        : Vector512.MultiplyAddEstimate(a._vector.AsDouble(), b._vector.AsDouble(), Vector512.Create(c)).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplyAdd(Lanes512<T> a, double b, Lanes512<T> c) => BitCast<Vector512<T>, Lanes512<T>>(typeof(T) == typeof(float)
        ? Vector512.MultiplyAddEstimate(a._vector.AsSingle(), Vector512.Create((float)b), c._vector.AsSingle()).As<float, T>()
        : Vector512.MultiplyAddEstimate(a._vector.AsDouble(), Vector512.Create(b), c._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Horner(Lanes512<T> p, Lanes512<T> x, double c1, double c0) => BitCast<Vector512<T>, Lanes512<T>>(typeof(T) == typeof(float)
        ? Vector512.MultiplyAddEstimate(
                Vector512.MultiplyAddEstimate(p._vector.AsSingle(), x._vector.AsSingle(), Vector512.Create((float)c1)),
                x._vector.AsSingle(), Vector512.Create((float)c0)).As<float, T>()
        : Vector512.MultiplyAddEstimate(
                Vector512.MultiplyAddEstimate(p._vector.AsDouble(), x._vector.AsDouble(), Vector512.Create(c1)),
                x._vector.AsDouble(), Vector512.Create(c0)).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Horner(Lanes512<T> p, Lanes512<T> x, double c3, double c2, double c1, double c0) => BitCast<Vector512<T>, Lanes512<T>>(typeof(T) == typeof(float)
        ? Vector512.MultiplyAddEstimate(
                Vector512.MultiplyAddEstimate(
                    Vector512.MultiplyAddEstimate(
                        Vector512.MultiplyAddEstimate(p._vector.AsSingle(), x._vector.AsSingle(), Vector512.Create((float)c3)),
                        x._vector.AsSingle(), Vector512.Create((float)c2)),
                    x._vector.AsSingle(), Vector512.Create((float)c1)),
                x._vector.AsSingle(), Vector512.Create((float)c0)).As<float, T>()
        : Vector512.MultiplyAddEstimate(
                Vector512.MultiplyAddEstimate(
                    Vector512.MultiplyAddEstimate(
                        Vector512.MultiplyAddEstimate(p._vector.AsDouble(), x._vector.AsDouble(), Vector512.Create(c3)),
                        x._vector.AsDouble(), Vector512.Create(c2)),
                    x._vector.AsDouble(), Vector512.Create(c1)),
                x._vector.AsDouble(), Vector512.Create(c0)).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Max(Lanes512<T> left, Lanes512<T> right) => BitCast<Vector512<T>, Lanes512<T>>(Vector512.Max(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Min(Lanes512<T> left, Lanes512<T> right) => BitCast<Vector512<T>, Lanes512<T>>(Vector512.Min(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MaxNative(Lanes512<T> left, Lanes512<T> right) => BitCast<Vector512<T>, Lanes512<T>>(Vector512.MaxNative(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MinNative(Lanes512<T> left, Lanes512<T> right) => BitCast<Vector512<T>, Lanes512<T>>(Vector512.MinNative(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> CopySign(Lanes512<T> size, Lanes512<T> sign) => BitCast<Vector512<T>, Lanes512<T>>(Vector512.CopySign(size._vector, sign._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Abs(Lanes512<T> value) => BitCast<Vector512<T>, Lanes512<T>>(Vector512.Abs(value._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Sqrt(Lanes512<T> value) => BitCast<Vector512<T>, Lanes512<T>>(Vector512.Sqrt(value._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Floor(Lanes512<T> value) => BitCast<Vector512<T>, Lanes512<T>>(typeof(T) == typeof(float)
        ? Vector512.Floor(value._vector.AsSingle()).As<float, T>()
        : Vector512.Floor(value._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Ceiling(Lanes512<T> value) => BitCast<Vector512<T>, Lanes512<T>>(typeof(T) == typeof(float)
        ? Vector512.Ceiling(value._vector.AsSingle()).As<float, T>()
        : Vector512.Ceiling(value._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Round(Lanes512<T> value) => BitCast<Vector512<T>, Lanes512<T>>(typeof(T) == typeof(float)
        ? Vector512.Round(value._vector.AsSingle()).As<float, T>()
        : Vector512.Round(value._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Truncate(Lanes512<T> value) => BitCast<Vector512<T>, Lanes512<T>>(typeof(T) == typeof(float)
        ? Vector512.Truncate(value._vector.AsSingle()).As<float, T>()
        : Vector512.Truncate(value._vector.AsDouble()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Less(Lanes512<T> left, Lanes512<T> right) => BitCast<Vector512<T>, Lanes512<T>>(Vector512.LessThan(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LessOrEqual(Lanes512<T> left, Lanes512<T> right) => BitCast<Vector512<T>, Lanes512<T>>(Vector512.LessThanOrEqual(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Equal(Lanes512<T> left, Lanes512<T> right) => BitCast<Vector512<T>, Lanes512<T>>(Vector512.Equals(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> And(Lanes512<T> left, Lanes512<T> right) => BitCast<Vector512<T>, Lanes512<T>>(left._vector & right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Or(Lanes512<T> left, Lanes512<T> right) => BitCast<Vector512<T>, Lanes512<T>>(left._vector | right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Xor(Lanes512<T> left, Lanes512<T> right) => BitCast<Vector512<T>, Lanes512<T>>(left._vector ^ right._vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> AndNot(Lanes512<T> left, Lanes512<T> right) => BitCast<Vector512<T>, Lanes512<T>>(Vector512.AndNot(left._vector, right._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Select(Lanes512<T> mask, Lanes512<T> then, Lanes512<T> otherwise) => BitCast<Vector512<T>, Lanes512<T>>(Vector512.ConditionalSelect(mask._vector, then._vector, otherwise._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> SelectLess(Lanes512<T> left, Lanes512<T> right, Lanes512<T> then, Lanes512<T> otherwise) => BitCast<Vector512<T>, Lanes512<T>>(Vector512.ConditionalSelect(Vector512.LessThan(left._vector, right._vector), then._vector, otherwise._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> SelectLessOrEqual(Lanes512<T> left, Lanes512<T> right, Lanes512<T> then, Lanes512<T> otherwise) => BitCast<Vector512<T>, Lanes512<T>>(Vector512.ConditionalSelect(Vector512.LessThanOrEqual(left._vector, right._vector), then._vector, otherwise._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> SelectEqual(Lanes512<T> left, Lanes512<T> right, Lanes512<T> then, Lanes512<T> otherwise) => BitCast<Vector512<T>, Lanes512<T>>(Vector512.ConditionalSelect(Vector512.Equals(left._vector, right._vector), then._vector, otherwise._vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Lanes512<T> mask) => Vector512.ExtractMostSignificantBits(mask._vector) != 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> AddBits(Lanes512<T> left, Lanes512<T> right) => BitCast<Vector512<T>, Lanes512<T>>(typeof(T) == typeof(float)
        ? (left._vector.AsInt32() + right._vector.AsInt32()).As<int, T>()
        : (left._vector.AsInt64() + right._vector.AsInt64()).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> SubtractBits(Lanes512<T> left, Lanes512<T> right) => BitCast<Vector512<T>, Lanes512<T>>(typeof(T) == typeof(float)
        ? (left._vector.AsInt32() - right._vector.AsInt32()).As<int, T>()
        : (left._vector.AsInt64() - right._vector.AsInt64()).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> ShiftLeftBits(Lanes512<T> value, int distance, int singleDistance) => BitCast<Vector512<T>, Lanes512<T>>(typeof(T) == typeof(float)
        ? (value._vector.AsInt32() << singleDistance).As<int, T>()
        : (value._vector.AsInt64() << distance).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> ShiftRightBits(Lanes512<T> value, int distance, int singleDistance) => BitCast<Vector512<T>, Lanes512<T>>(typeof(T) == typeof(float)
        ? (value._vector.AsInt32() >>> singleDistance).As<int, T>()
        : (value._vector.AsInt64() >>> distance).As<long, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Scale(Lanes512<T> value, Lanes512<T> n)
    {
        if (!Avx512F.IsSupported)
            return Exponents.Scale(value, n);
        return typeof(T) == typeof(float)
            ? BitCast<Vector512<float>, Lanes512<T>>(Avx512F.Scale(value._vector.AsSingle(), n._vector.AsSingle()))
            : BitCast<Vector512<double>, Lanes512<T>>(Avx512F.Scale(value._vector.AsDouble(), n._vector.AsDouble()));
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
            exponent = BitCast<Vector512<float>, Lanes512<T>>(Avx512F.GetExponent(value._vector.AsSingle()));
            mantissa = BitCast<Vector512<float>, Lanes512<T>>(Avx512F.GetMantissa(value._vector.AsSingle(), 0));
        }
        else
        {
            exponent = BitCast<Vector512<double>, Lanes512<T>>(Avx512F.GetExponent(value._vector.AsDouble()));
            mantissa = BitCast<Vector512<double>, Lanes512<T>>(Avx512F.GetMantissa(value._vector.AsDouble(), 0));
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
    public Lanes512<T> WithLane(int lane, double value) => BitCast<Vector512<T>, Lanes512<T>>(typeof(T) == typeof(float)
        ? _vector.AsSingle().WithElement(lane, (float)value).As<float, T>()
        : _vector.AsDouble().WithElement(lane, value).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Sum() => Vector512.Sum(_vector);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Sum(int count) => And(First(count), this).Sum();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T MaxEntry() => BitCast<Vector256<T>, Lanes256<T>>(Vector256.Max(_vector.GetLower(), _vector.GetUpper())).MaxEntry();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T MaxEntry(int count) => Select(First(count), this, Constant(double.NegativeInfinity)).MaxEntry();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T MinEntry() => BitCast<Vector256<T>, Lanes256<T>>(Vector256.Min(_vector.GetLower(), _vector.GetUpper())).MinEntry();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T MinEntry(int count) => Select(First(count), this, Constant(double.PositiveInfinity)).MinEntry();
}
