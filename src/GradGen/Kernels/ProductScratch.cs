using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GradGen.Kernels;

/// <summary>
/// Where a thread copies a panel of a transposed factor: one array of its own, grown as needed and kept. Kernels call
/// nobody while they use it. It does not move and begins a cache line, so that no vector of it lies across two.
/// </summary>
internal static class ProductScratch<T>
    where T : unmanaged
{
    private const int CacheLine = 64;

    [ThreadStatic]
    private static T[]? _entries;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T Rent(int length)
    {
        var entries = _entries;
        if (entries is null || entries.Length < length + (CacheLine / Unsafe.SizeOf<T>()))
            entries = Grow(length);
        ref var start = ref MemoryMarshal.GetArrayDataReference(entries);
        var address = Unsafe.ByteOffset(ref Unsafe.NullRef<T>(), ref start);
        return ref Unsafe.AddByteOffset(ref start, -address & (CacheLine - 1));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T[] Grow(int length)
    {
        var needed = (int)BitOperations.RoundUpToPowerOf2((uint)length) + (CacheLine / Unsafe.SizeOf<T>());
        return _entries = GC.AllocateUninitializedArray<T>(needed, pinned: true);
    }
}
