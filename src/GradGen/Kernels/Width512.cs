using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GradGen.Kernels;

/// <summary>Registers of 512 bits.</summary>
internal readonly struct Width512<T> : IPartedWidth<T, Vector512<T>>
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
        => Vector512.ConditionalSelect(
            Vector512.GreaterThanOrEqual(Vector512<T>.Indices, Vector512.Create(T.CreateTruncating(first))), value, default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Before(Vector512<T> value, int count)
        => Vector512.ConditionalSelect(
            Vector512.LessThan(Vector512<T>.Indices, Vector512.Create(T.CreateTruncating(count))), value, default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadParts(ref T first, nint stride)
        => Vector512.Create(Width256<T>.LoadParts(ref first, stride), Width256<T>.LoadParts(ref Unsafe.Add(ref first, 2 * stride), stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> InterleaveLow(Vector512<T> left, Vector512<T> right)
        => typeof(T) == typeof(float)
            ? Interleaved.Low(left.AsSingle(), right.AsSingle()).As<float, T>()
            : Interleaved.Low(left.AsDouble(), right.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> InterleaveHigh(Vector512<T> left, Vector512<T> right)
        => typeof(T) == typeof(float)
            ? Interleaved.High(left.AsSingle(), right.AsSingle()).As<float, T>()
            : Interleaved.High(left.AsDouble(), right.AsDouble()).As<double, T>();

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
