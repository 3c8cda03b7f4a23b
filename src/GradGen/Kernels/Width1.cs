using System.Numerics;
using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

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
