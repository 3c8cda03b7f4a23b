using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GradGen.Kernels;

/// <summary>
/// Loads and stores of the first lanes of a vector, which touch nothing beyond.
/// </summary>
/// <remarks>
/// Two ways. <b>Pieces</b>: a count is a sum of powers of two, each a smaller load or store. For a count that is constant
/// to the JIT the choice is folded away; 6×6 products in rows of 6 doubles took 12.9 ns with pieces and 13.6 with masks,
/// 3×3 4.1 and 6.5, and 15 and 17–20, 8.5 and 12.5 where each reads what the last one wrote (Zen 4: stores with a mask are not forwarded to
/// loads). From three pieces on masks win: 7×7 19–30 and 16.8. <b>Masks</b> need no choice, so that they are for counts
/// that change. They take a pointer, and the collector may move what it points to: so it is pinned, which costs two
/// stores to the stack.
/// </remarks>
internal static class PartialAccess
{
    /// <summary>From three pieces on a mask is faster.</summary>
    private const int MostPieces = 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load512<T>(ref readonly T source, nuint index, int count)
        where T : unmanaged
    {
        if (count >= Vector512<T>.Count)
            return Vector512.LoadUnsafe(in source, index);
        if (Avx512F.IsSupported && BitOperations.PopCount((uint)count) > MostPieces)
            return LoadMasked512(in source, index, count);
        if (count > Vector256<T>.Count)
        {
            return Vector256.LoadUnsafe(in source, index).ToVector512Unsafe()
                .WithUpper(Load256(in source, index + (nuint)Vector256<T>.Count, count - Vector256<T>.Count));
        }

        return Load256(in source, index, count).ToVector512();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load256<T>(ref readonly T source, nuint index, int count)
        where T : unmanaged
    {
        if (count >= Vector256<T>.Count)
            return Vector256.LoadUnsafe(in source, index);
        if (Avx512F.VL.IsSupported && BitOperations.PopCount((uint)count) > MostPieces)
            return LoadMasked256(in source, index, count);
        if (count > Vector128<T>.Count)
        {
            return Vector128.LoadUnsafe(in source, index).ToVector256Unsafe()
                .WithUpper(Load128(in source, index + (nuint)Vector128<T>.Count, count - Vector128<T>.Count));
        }

        return Load128(in source, index, count).ToVector256();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load128<T>(ref readonly T source, nuint index, int count)
        where T : unmanaged
    {
        if (count >= Vector128<T>.Count)
            return Vector128.LoadUnsafe(in source, index);
        ref var first = ref Unsafe.Add(ref Unsafe.AsRef(in source), index);
        if (Vector128<T>.Count == 2 || count == 1)
            return Vector128.CreateScalar(first);
        var two = Vector128.CreateScalar(Unsafe.ReadUnaligned<double>(ref Unsafe.As<T, byte>(ref first))).As<double, T>();
        return count == 2 ? two : two.WithElement(2, Unsafe.Add(ref first, 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store512<T>(Vector512<T> value, ref T destination, nuint index, int count)
        where T : unmanaged
    {
        if (count >= Vector512<T>.Count)
        {
            value.StoreUnsafe(ref destination, index);
        }
        else if (Avx512F.IsSupported && BitOperations.PopCount((uint)count) > MostPieces)
        {
            StoreMasked512(value, ref destination, index, count);
        }
        else if (count > Vector256<T>.Count)
        {
            value.GetLower().StoreUnsafe(ref destination, index);
            Store256(value.GetUpper(), ref destination, index + (nuint)Vector256<T>.Count, count - Vector256<T>.Count);
        }
        else
        {
            Store256(value.GetLower(), ref destination, index, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store256<T>(Vector256<T> value, ref T destination, nuint index, int count)
        where T : unmanaged
    {
        if (count >= Vector256<T>.Count)
        {
            value.StoreUnsafe(ref destination, index);
        }
        else if (Avx512F.VL.IsSupported && BitOperations.PopCount((uint)count) > MostPieces)
        {
            StoreMasked256(value, ref destination, index, count);
        }
        else if (count > Vector128<T>.Count)
        {
            value.GetLower().StoreUnsafe(ref destination, index);
            Store128(value.GetUpper(), ref destination, index + (nuint)Vector128<T>.Count, count - Vector128<T>.Count);
        }
        else
        {
            Store128(value.GetLower(), ref destination, index, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store128<T>(Vector128<T> value, ref T destination, nuint index, int count)
        where T : unmanaged
    {
        ref var first = ref Unsafe.Add(ref destination, index);
        if (count >= Vector128<T>.Count)
        {
            value.StoreUnsafe(ref first);
        }
        else if (Vector128<T>.Count == 2 || count == 1)
        {
            first = value.ToScalar();
        }
        else
        {
            Unsafe.WriteUnaligned(ref Unsafe.As<T, byte>(ref first), value.AsDouble().ToScalar());
            if (count == 3)
                Unsafe.Add(ref first, 2) = value.GetElement(2);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector512<T> LoadMasked512<T>(ref readonly T source, nuint index, int count)
        where T : unmanaged
    {
        if (Avx512F.IsSupported)
        {
            fixed (T* pointer = &source)
            {
                return typeof(T) == typeof(float)
                    ? Avx512F.MaskLoad((float*)(pointer + index), First512<T>(count).AsSingle(), Vector512<float>.Zero).As<float, T>()
                    : Avx512F.MaskLoad((double*)(pointer + index), First512<T>(count).AsDouble(), Vector512<double>.Zero).As<double, T>();
            }
        }

        var lower = LoadMasked256(in source, index, count);
        var more = count - Vector256<T>.Count;
        return Vector512.Create(lower, more > 0 ? LoadMasked256(in source, index + (nuint)Vector256<T>.Count, more) : Vector256<T>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector256<T> LoadMasked256<T>(ref readonly T source, nuint index, int count)
        where T : unmanaged
    {
        if (Avx512F.VL.IsSupported)
        {
            fixed (T* pointer = &source)
            {
                return typeof(T) == typeof(float)
                    ? Avx512F.VL.MaskLoad((float*)(pointer + index), First256<T>(count).AsSingle(), Vector256<float>.Zero).As<float, T>()
                    : Avx512F.VL.MaskLoad((double*)(pointer + index), First256<T>(count).AsDouble(), Vector256<double>.Zero).As<double, T>();
            }
        }

        if (Avx2.IsSupported)
        {
            fixed (T* pointer = &source)
            {
                return typeof(T) == typeof(float)
                    ? Avx.MaskLoad((float*)(pointer + index), First256<T>(count).AsSingle()).As<float, T>()
                    : Avx.MaskLoad((double*)(pointer + index), First256<T>(count).AsDouble()).As<double, T>();
            }
        }

        return Load256(in source, index, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector128<T> LoadMasked128<T>(ref readonly T source, nuint index, int count)
        where T : unmanaged
    {
        if (Avx512F.VL.IsSupported)
        {
            fixed (T* pointer = &source)
            {
                return typeof(T) == typeof(float)
                    ? Avx512F.VL.MaskLoad((float*)(pointer + index), First128<T>(count).AsSingle(), Vector128<float>.Zero).As<float, T>()
                    : Avx512F.VL.MaskLoad((double*)(pointer + index), First128<T>(count).AsDouble(), Vector128<double>.Zero).As<double, T>();
            }
        }

        return Load128(in source, index, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StoreMasked512<T>(Vector512<T> value, ref T destination, nuint index, int count)
        where T : unmanaged
    {
        if (Avx512F.IsSupported)
        {
            fixed (T* pointer = &destination)
            {
                if (typeof(T) == typeof(float))
                    Avx512F.MaskStore((float*)(pointer + index), First512<T>(count).AsSingle(), value.AsSingle());
                else
                    Avx512F.MaskStore((double*)(pointer + index), First512<T>(count).AsDouble(), value.AsDouble());
            }
        }
        else
        {
            Store512(value, ref destination, index, count);
        }
    }

    /// <summary>Without AVX-512 in pieces: vmaskmov's store takes 12 cycles and more on AMD's processors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StoreMasked256<T>(Vector256<T> value, ref T destination, nuint index, int count)
        where T : unmanaged
    {
        if (Avx512F.VL.IsSupported)
        {
            fixed (T* pointer = &destination)
            {
                if (typeof(T) == typeof(float))
                    Avx512F.VL.MaskStore((float*)(pointer + index), First256<T>(count).AsSingle(), value.AsSingle());
                else
                    Avx512F.VL.MaskStore((double*)(pointer + index), First256<T>(count).AsDouble(), value.AsDouble());
            }
        }
        else
        {
            Store256(value, ref destination, index, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StoreMasked128<T>(Vector128<T> value, ref T destination, nuint index, int count)
        where T : unmanaged
    {
        if (Avx512F.VL.IsSupported)
        {
            fixed (T* pointer = &destination)
            {
                if (typeof(T) == typeof(float))
                    Avx512F.VL.MaskStore((float*)(pointer + index), First128<T>(count).AsSingle(), value.AsSingle());
                else
                    Avx512F.VL.MaskStore((double*)(pointer + index), First128<T>(count).AsDouble(), value.AsDouble());
            }
        }
        else
        {
            Store128(value, ref destination, index, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> First512<T>(int count) => typeof(T) == typeof(float)
        ? Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).As<int, T>()
        : Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)count)).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> First256<T>(int count) => typeof(T) == typeof(float)
        ? Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).As<int, T>()
        : Vector256.LessThan(Vector256<long>.Indices, Vector256.Create((long)count)).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> First128<T>(int count) => typeof(T) == typeof(float)
        ? Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).As<int, T>()
        : Vector128.LessThan(Vector128<long>.Indices, Vector128.Create((long)count)).As<long, T>();
}
