using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GradGen.Kernels;

/// <summary>Registers of 128 bits.</summary>
internal readonly struct Width128<T> : IPartedWidth<T, Vector128<T>>
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
        => Vector128.ConditionalSelect(
            Vector128.GreaterThanOrEqual(Vector128<T>.Indices, Vector128.Create(T.CreateTruncating(first))), value, default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Before(Vector128<T> value, int count)
        => Vector128.ConditionalSelect(
            Vector128.LessThan(Vector128<T>.Indices, Vector128.Create(T.CreateTruncating(count))), value, default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadParts(ref T first, nint stride) => Vector128.LoadUnsafe(ref first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> InterleaveLow(Vector128<T> left, Vector128<T> right)
        => typeof(T) == typeof(float)
            ? Interleaved.Low(left.AsSingle(), right.AsSingle()).As<float, T>()
            : Interleaved.Low(left.AsDouble(), right.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> InterleaveHigh(Vector128<T> left, Vector128<T> right)
        => typeof(T) == typeof(float)
            ? Interleaved.High(left.AsSingle(), right.AsSingle()).As<float, T>()
            : Interleaved.High(left.AsDouble(), right.AsDouble()).As<double, T>();

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
