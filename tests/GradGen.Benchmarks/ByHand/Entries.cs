using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static GradGen.Benchmarks.ByHand.Inlining;

namespace GradGen.Benchmarks.ByHand;

/// <summary>The first entry, from which code by hand reaches the others without checks.</summary>
internal static class Entries
{
    [MethodImpl(Inline)]
    public static ref T First<T, TRows, TColumns>(this Matrix<T, TRows, TColumns> matrix)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => ref MemoryMarshal.GetReference(matrix.AsSpan());

    [MethodImpl(Inline)]
    public static ref T First<T, TSize>(this Vector<T, TSize> vector)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TSize : struct, IDimension => ref MemoryMarshal.GetReference(vector.AsSpan());

    [MethodImpl(Inline)]
    public static ref T At<T>(ref T first, int index) => ref Unsafe.Add(ref first, index);
}
