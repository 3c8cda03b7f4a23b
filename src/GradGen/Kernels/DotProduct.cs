using System.Numerics;
using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

/// <summary>When A·Bᵀ is computed from its rows as they lie.</summary>
internal static class DotProduct
{
    /// <summary>
    /// Adding up the lanes costs about three steps for an entry of C, transposing B about k/m: rows as they lie pay where
    /// they are long and A has few of them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Pays(int m, int k) => k > 2 * m;
}

/// <summary>C = A·Bᵀ in tiles of dot products, shared out evenly between the rows of A.</summary>
internal static class DotProduct<T, TV, TW>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TV : struct
    where TW : struct, IWidth<T, TV>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref T a, ref T b, ref T c, int m, int k, int n, bool accumulate)
    {
        nint entry = Unsafe.SizeOf<T>();
        var (rows, taller) = Math.DivRem(m, (m + ProductWidth.DotRows - 1) / ProductWidth.DotRows);
        while (m > 0)
        {
            var height = rows;
            if (taller > 0)
            {
                height++;
                taller--;
            }

            nint j = 0;
            for (; j <= n - 4; j += 4)
                Tile<N4>(height, ref a, k * entry, ref Unsafe.Add(ref b, j * k), ref Unsafe.Add(ref c, j), n * entry, k, accumulate);
            if (j == n - 1)
                Tile<N1>(height, ref a, k * entry, ref Unsafe.Add(ref b, j * k), ref Unsafe.Add(ref c, j), n * entry, k, accumulate);
            else if (j == n - 2)
                Tile<N2>(height, ref a, k * entry, ref Unsafe.Add(ref b, j * k), ref Unsafe.Add(ref c, j), n * entry, k, accumulate);
            else if (j == n - 3)
                Tile<N3>(height, ref a, k * entry, ref Unsafe.Add(ref b, j * k), ref Unsafe.Add(ref c, j), n * entry, k, accumulate);
            a = ref Unsafe.Add(ref a, (nint)height * k);
            c = ref Unsafe.Add(ref c, (nint)height * n);
            m -= height;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile<TColumns>(int rows, ref T a, nint row, ref T b, ref T c, nint cRow, int k, bool accumulate)
        where TColumns : struct, IDimension
    {
        switch (rows)
        {
            case 1:
                DotTile<T, TV, TW>.Run<N1, TColumns>(ref a, row, ref b, row, ref c, cRow, k, accumulate);
                break;
            case 2:
                DotTile<T, TV, TW>.Run<N2, TColumns>(ref a, row, ref b, row, ref c, cRow, k, accumulate);
                break;
            case 3:
                DotTile<T, TV, TW>.Run<N3, TColumns>(ref a, row, ref b, row, ref c, cRow, k, accumulate);
                break;
            case 4:
                DotTile<T, TV, TW>.Run<N4, TColumns>(ref a, row, ref b, row, ref c, cRow, k, accumulate);
                break;
            case 5:
                DotTile<T, TV, TW>.Run<N5, TColumns>(ref a, row, ref b, row, ref c, cRow, k, accumulate);
                break;
            default:
                DotTile<T, TV, TW>.Run<N6, TColumns>(ref a, row, ref b, row, ref c, cRow, k, accumulate);
                break;
        }
    }
}
