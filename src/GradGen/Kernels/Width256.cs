using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GradGen.Kernels;

/// <summary>Registers of 256 bits.</summary>
internal readonly struct Width256<T> : IPartedWidth<T, Vector256<T>>
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
        => Vector256.ConditionalSelect(
            Vector256.GreaterThanOrEqual(Vector256<T>.Indices, Vector256.Create(T.CreateTruncating(first))), value, default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Before(Vector256<T> value, int count)
        => Vector256.ConditionalSelect(
            Vector256.LessThan(Vector256<T>.Indices, Vector256.Create(T.CreateTruncating(count))), value, default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadParts(ref T first, nint stride)
        => Vector256.Create(Width128<T>.LoadParts(ref first, stride), Width128<T>.LoadParts(ref Unsafe.Add(ref first, stride), stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> InterleaveLow(Vector256<T> left, Vector256<T> right)
        => typeof(T) == typeof(float)
            ? Interleaved.Low(left.AsSingle(), right.AsSingle()).As<float, T>()
            : Interleaved.Low(left.AsDouble(), right.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> InterleaveHigh(Vector256<T> left, Vector256<T> right)
        => typeof(T) == typeof(float)
            ? Interleaved.High(left.AsSingle(), right.AsSingle()).As<float, T>()
            : Interleaved.High(left.AsDouble(), right.AsDouble()).As<double, T>();

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
