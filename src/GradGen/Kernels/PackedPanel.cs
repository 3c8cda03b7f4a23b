using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GradGen.Kernels;

/// <summary>
/// Copies of what a tile reads, row after row without gaps. They spare the translation of addresses and the sets of the
/// cache that long strides fall into, and are made where enough tiles read them.
/// </summary>
internal static class PackedPanel
{
    /// <summary>
    /// Bytes from one row to the next from which on a factor is copied. Wide tiles read whole lines of the cache and bear
    /// a page a row; narrow ones, of 16 registers, come back to each line and lose it between. Measured: 256³ in double
    /// with 16 registers 76 % of the peak without, 94 % with copies; 1024³ with 32 registers 68 % and 84 %.
    /// </summary>
    private static int LongStride
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ProductWidth.ManyRegisters ? 4096 : 1024;
    }

    /// <summary>Whether a factor is copied.</summary>
    /// <param name="stride">Entries of the factor from one step of the product to the next.</param>
    /// <param name="k">The number of steps.</param>
    /// <param name="uses">How many rows or columns of the other factor read the copy.</param>
    public static bool Pays<T>(int stride, int k, int uses)
        where T : unmanaged
        => stride * (long)Unsafe.SizeOf<T>() >= LongStride && k >= 128 && uses >= 64;

    /// <summary>Copies rows of a matrix.</summary>
    /// <param name="source">The first entry that is copied.</param>
    /// <param name="row">Entries from one row to the next.</param>
    /// <param name="panel">Where to.</param>
    /// <param name="k">The rows of the panel.</param>
    /// <param name="width">Its columns.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy<T>(ref T source, nint row, ref T panel, int k, int width)
        where T : unmanaged
    {
        for (; k > 0; k--)
        {
            nint j = 0;
            if (Vector128.IsHardwareAccelerated && Vector128<T>.IsSupported && width >= Vector128<T>.Count)
            {
                var last = width - Vector128<T>.Count;
                for (; j < last; j += Vector128<T>.Count)
                    Vector128.LoadUnsafe(ref Unsafe.Add(ref source, j)).StoreUnsafe(ref Unsafe.Add(ref panel, j));
                Vector128.LoadUnsafe(ref Unsafe.Add(ref source, last)).StoreUnsafe(ref Unsafe.Add(ref panel, last));
            }
            else
            {
                for (; j < width; j++)
                    Unsafe.Add(ref panel, j) = Unsafe.Add(ref source, j);
            }

            source = ref Unsafe.Add(ref source, row);
            panel = ref Unsafe.Add(ref panel, width);
        }
    }

    /// <summary>Copies, transposed, as many rows of a matrix as the panel has columns.</summary>
    /// <param name="b">The first entry of B that is copied.</param>
    /// <param name="bRow">Entries from one row of B to the next.</param>
    /// <param name="panel">Where to.</param>
    /// <param name="k">The rows of the panel.</param>
    /// <param name="width">Its columns.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyTransposed<T>(ref T b, nint bRow, ref T panel, int k, int width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (k * Unsafe.SizeOf<T>() >= 16 && ProductWidth.Fits128<T>(width))
        {
            if (ProductWidth.Fits512<T>(width))
                TransposedBlocks<T, Vector512<T>, Width512<T>>.Copy(ref b, bRow, ref panel, k, width);
            else if (ProductWidth.Fits256<T>(width))
                TransposedBlocks<T, Vector256<T>, Width256<T>>.Copy(ref b, bRow, ref panel, k, width);
            else
                TransposedBlocks<T, Vector128<T>, Width128<T>>.Copy(ref b, bRow, ref panel, k, width);
            return;
        }

        for (var j = 0; j < width; j++)
        {
            ref var row = ref Unsafe.Add(ref b, j * bRow);
            ref var column = ref Unsafe.Add(ref panel, j);
            for (nint p = 0; p < k; p++)
                Unsafe.Add(ref column, p * width) = Unsafe.Add(ref row, p);
        }
    }
}
