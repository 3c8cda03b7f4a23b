using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GradGen.Kernels;

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
