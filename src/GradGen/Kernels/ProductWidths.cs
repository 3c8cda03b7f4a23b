using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GradGen.Kernels;

/// <summary>
/// What the kernels of products need of a vector register, so that one source serves every width. <typeparamref name="TV"/>
/// is the bare vector: the JIT keeps it in a register as if the kernel had named it.
/// </summary>
internal interface IWidth<T, TV>
    where T : unmanaged
    where TV : struct
{
    /// <summary>The number of lanes.</summary>
    static abstract int Count { get; }

    static abstract TV Load(ref T source);

    static abstract void Store(TV value, ref T target);

    static abstract TV Broadcast(T value);

    static abstract TV Add(TV left, TV right);

    static abstract TV Multiply(TV left, TV right);

    /// <summary>left·right + sum, rounded once where the processor has such an instruction.</summary>
    static abstract TV MultiplyAdd(TV left, TV right, TV sum);

    /// <summary>The value with zeros in the lanes before <paramref name="first"/>.</summary>
    static abstract TV From(TV value, int first);

    /// <summary>The value with zeros in the lanes from <paramref name="count"/> on.</summary>
    static abstract TV Before(TV value, int count);

    static abstract T Sum(TV value);

    /// <summary>The sums of four vectors, to four entries one after the other; added to <paramref name="added"/> if asked for.</summary>
    static abstract void StoreSums(TV s0, TV s1, TV s2, TV s3, ref T added, bool add, ref T target);
}

internal readonly struct Width512<T> : IWidth<T, Vector512<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Count => Vector512<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(ref T source) => Vector512.LoadUnsafe(ref source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> value, ref T target) => value.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Broadcast(T value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Add(Vector512<T> left, Vector512<T> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Multiply(Vector512<T> left, Vector512<T> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> left, Vector512<T> right, Vector512<T> sum)
        => typeof(T) == typeof(float)
            ? Vector512.MultiplyAddEstimate(left.AsSingle(), right.AsSingle(), sum.AsSingle()).As<float, T>()
            : Vector512.MultiplyAddEstimate(left.AsDouble(), right.AsDouble(), sum.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> From(Vector512<T> value, int first)
        => value & Vector512.GreaterThanOrEqual(Vector512<T>.Indices, Vector512.Create(T.CreateTruncating(first)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Before(Vector512<T> value, int count)
        => value & Vector512.LessThan(Vector512<T>.Indices, Vector512.Create(T.CreateTruncating(count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector512<T> value) => Width256<T>.Sum(value.GetLower() + value.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSums(
        Vector512<T> s0, Vector512<T> s1, Vector512<T> s2, Vector512<T> s3, ref T added, bool add, ref T target)
        => Width256<T>.StoreSums(
            s0.GetLower() + s0.GetUpper(),
            s1.GetLower() + s1.GetUpper(),
            s2.GetLower() + s2.GetUpper(),
            s3.GetLower() + s3.GetUpper(),
            ref added,
            add,
            ref target);
}

internal readonly struct Width256<T> : IWidth<T, Vector256<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Count => Vector256<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(ref T source) => Vector256.LoadUnsafe(ref source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> value, ref T target) => value.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast(T value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> left, Vector256<T> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Multiply(Vector256<T> left, Vector256<T> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> left, Vector256<T> right, Vector256<T> sum)
        => typeof(T) == typeof(float)
            ? Vector256.MultiplyAddEstimate(left.AsSingle(), right.AsSingle(), sum.AsSingle()).As<float, T>()
            : Vector256.MultiplyAddEstimate(left.AsDouble(), right.AsDouble(), sum.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> From(Vector256<T> value, int first)
        => value & Vector256.GreaterThanOrEqual(Vector256<T>.Indices, Vector256.Create(T.CreateTruncating(first)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Before(Vector256<T> value, int count)
        => value & Vector256.LessThan(Vector256<T>.Indices, Vector256.Create(T.CreateTruncating(count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector256<T> value) => Vector128.Sum(value.GetLower() + value.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSums(
        Vector256<T> s0, Vector256<T> s1, Vector256<T> s2, Vector256<T> s3, ref T added, bool add, ref T target)
        => Width128<T>.StoreSums(
            s0.GetLower() + s0.GetUpper(),
            s1.GetLower() + s1.GetUpper(),
            s2.GetLower() + s2.GetUpper(),
            s3.GetLower() + s3.GetUpper(),
            ref added,
            add,
            ref target);
}

internal readonly struct Width128<T> : IWidth<T, Vector128<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Count => Vector128<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(ref T source) => Vector128.LoadUnsafe(ref source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<T> value, ref T target) => value.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Broadcast(T value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Add(Vector128<T> left, Vector128<T> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Multiply(Vector128<T> left, Vector128<T> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAdd(Vector128<T> left, Vector128<T> right, Vector128<T> sum)
        => typeof(T) == typeof(float)
            ? Vector128.MultiplyAddEstimate(left.AsSingle(), right.AsSingle(), sum.AsSingle()).As<float, T>()
            : Vector128.MultiplyAddEstimate(left.AsDouble(), right.AsDouble(), sum.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> From(Vector128<T> value, int first)
        => value & Vector128.GreaterThanOrEqual(Vector128<T>.Indices, Vector128.Create(T.CreateTruncating(first)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Before(Vector128<T> value, int count)
        => value & Vector128.LessThan(Vector128<T>.Indices, Vector128.Create(T.CreateTruncating(count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector128<T> value) => Vector128.Sum(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSums(
        Vector128<T> s0, Vector128<T> s1, Vector128<T> s2, Vector128<T> s3, ref T added, bool add, ref T target)
    {
        if (typeof(T) == typeof(float))
        {
            // A transposed 4×4 block, added up: two rounds of interleaving instead of four sums of their own.
            var low = Interleaved.Low(s0.AsSingle(), s2.AsSingle()) + Interleaved.High(s0.AsSingle(), s2.AsSingle());
            var high = Interleaved.Low(s1.AsSingle(), s3.AsSingle()) + Interleaved.High(s1.AsSingle(), s3.AsSingle());
            var sums = (Interleaved.Low(low, high) + Interleaved.High(low, high)).As<float, T>();
            (add ? sums + Vector128.LoadUnsafe(ref added) : sums).StoreUnsafe(ref target);
        }
        else
        {
            var low = (Interleaved.Low(s0.AsDouble(), s1.AsDouble()) + Interleaved.High(s0.AsDouble(), s1.AsDouble())).As<double, T>();
            var high = (Interleaved.Low(s2.AsDouble(), s3.AsDouble()) + Interleaved.High(s2.AsDouble(), s3.AsDouble())).As<double, T>();
            if (add)
            {
                low += Vector128.LoadUnsafe(ref added);
                high += Vector128.LoadUnsafe(ref added, 2);
            }

            low.StoreUnsafe(ref target);
            high.StoreUnsafe(ref target, 2);
        }
    }
}

/// <summary>Two floats, in the lower half of a register whose upper half the kernels never store.</summary>
internal readonly struct WidthPair<T> : IWidth<T, Vector128<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Count => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(ref T source)
        => Vector128.CreateScalar(Unsafe.ReadUnaligned<double>(ref Unsafe.As<T, byte>(ref source))).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<T> value, ref T target)
        => Unsafe.WriteUnaligned(ref Unsafe.As<T, byte>(ref target), value.AsDouble().ToScalar());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Broadcast(T value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Add(Vector128<T> left, Vector128<T> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Multiply(Vector128<T> left, Vector128<T> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAdd(Vector128<T> left, Vector128<T> right, Vector128<T> sum)
        => Width128<T>.MultiplyAdd(left, right, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> From(Vector128<T> value, int first) => Width128<T>.From(value, first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Before(Vector128<T> value, int count) => Width128<T>.Before(value, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector128<T> value) => value[0] + value[1];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSums(
        Vector128<T> s0, Vector128<T> s1, Vector128<T> s2, Vector128<T> s3, ref T added, bool add, ref T target)
        => Width128<T>.StoreSums(s0, s1, s2, s3, ref added, add, ref target);
}

/// <summary>One entry: processors without vectors, other types, and what is left of a row.</summary>
internal readonly struct Width1<T> : IWidth<T, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Load(ref T source) => source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T value, ref T target) => target = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Broadcast(T value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Add(T left, T right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Multiply(T left, T right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MultiplyAdd(T left, T right, T sum) => T.MultiplyAddEstimate(left, right, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T From(T value, int first) => first > 0 ? T.Zero : value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Before(T value, int count) => count > 0 ? value : T.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(T value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSums(T s0, T s1, T s2, T s3, ref T added, bool add, ref T target)
    {
        if (add)
        {
            s0 += added;
            s1 += Unsafe.Add(ref added, 1);
            s2 += Unsafe.Add(ref added, 2);
            s3 += Unsafe.Add(ref added, 3);
        }

        target = s0;
        Unsafe.Add(ref target, 1) = s1;
        Unsafe.Add(ref target, 2) = s2;
        Unsafe.Add(ref target, 3) = s3;
    }
}
