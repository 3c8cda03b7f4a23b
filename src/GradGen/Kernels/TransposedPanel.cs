using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GradGen.Kernels;

/// <summary>A few columns of Bᵀ, copied row after row.</summary>
internal static class TransposedPanel
{
    /// <summary>Copies k steps of as many rows of B as the panel has columns.</summary>
    /// <param name="b">The first entry of B that is copied.</param>
    /// <param name="bRow">Entries from one row of B to the next.</param>
    /// <param name="panel">Where to.</param>
    /// <param name="k">The rows of the panel.</param>
    /// <param name="width">Its columns.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy<T>(ref T b, nint bRow, ref T panel, int k, int width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var j = 0;
        if (Vector128.IsHardwareAccelerated && typeof(T) == typeof(float))
        {
            for (; j <= width - 4; j += 4)
                FourRows(ref Unsafe.As<T, float>(ref Unsafe.Add(ref b, j * bRow)), bRow, ref Unsafe.As<T, float>(ref Unsafe.Add(ref panel, j)), k, width);
        }
        else if (Vector128.IsHardwareAccelerated && typeof(T) == typeof(double))
        {
            for (; j <= width - 2; j += 2)
                TwoRows(ref Unsafe.As<T, double>(ref Unsafe.Add(ref b, j * bRow)), bRow, ref Unsafe.As<T, double>(ref Unsafe.Add(ref panel, j)), k, width);
        }

        for (; j < width; j++)
        {
            ref var row = ref Unsafe.Add(ref b, j * bRow);
            ref var column = ref Unsafe.Add(ref panel, j);
            for (nint p = 0; p < k; p++)
                Unsafe.Add(ref column, p * width) = Unsafe.Add(ref row, p);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourRows(ref float b, nint bRow, ref float panel, nint k, nint width)
    {
        nint p = 0;
        for (; p <= k - 4; p += 4)
        {
            var r0 = Vector128.LoadUnsafe(ref Unsafe.Add(ref b, p));
            var r1 = Vector128.LoadUnsafe(ref Unsafe.Add(ref b, p + bRow));
            var r2 = Vector128.LoadUnsafe(ref Unsafe.Add(ref b, p + (2 * bRow)));
            var r3 = Vector128.LoadUnsafe(ref Unsafe.Add(ref b, p + (3 * bRow)));
            var low02 = Interleaved.Low(r0, r2);
            var low13 = Interleaved.Low(r1, r3);
            var high02 = Interleaved.High(r0, r2);
            var high13 = Interleaved.High(r1, r3);
            ref var target = ref Unsafe.Add(ref panel, p * width);
            Interleaved.Low(low02, low13).StoreUnsafe(ref target);
            Interleaved.High(low02, low13).StoreUnsafe(ref Unsafe.Add(ref target, width));
            Interleaved.Low(high02, high13).StoreUnsafe(ref Unsafe.Add(ref target, 2 * width));
            Interleaved.High(high02, high13).StoreUnsafe(ref Unsafe.Add(ref target, 3 * width));
        }

        for (; p < k; p++)
        {
            ref var source = ref Unsafe.Add(ref b, p);
            ref var target = ref Unsafe.Add(ref panel, p * width);
            target = source;
            Unsafe.Add(ref target, 1) = Unsafe.Add(ref source, bRow);
            Unsafe.Add(ref target, 2) = Unsafe.Add(ref source, 2 * bRow);
            Unsafe.Add(ref target, 3) = Unsafe.Add(ref source, 3 * bRow);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TwoRows(ref double b, nint bRow, ref double panel, nint k, nint width)
    {
        nint p = 0;
        for (; p <= k - 2; p += 2)
        {
            var r0 = Vector128.LoadUnsafe(ref Unsafe.Add(ref b, p));
            var r1 = Vector128.LoadUnsafe(ref Unsafe.Add(ref b, p + bRow));
            ref var target = ref Unsafe.Add(ref panel, p * width);
            Interleaved.Low(r0, r1).StoreUnsafe(ref target);
            Interleaved.High(r0, r1).StoreUnsafe(ref Unsafe.Add(ref target, width));
        }

        if (p < k)
        {
            ref var source = ref Unsafe.Add(ref b, p);
            ref var target = ref Unsafe.Add(ref panel, p * width);
            target = source;
            Unsafe.Add(ref target, 1) = Unsafe.Add(ref source, bRow);
        }
    }
}
