using System.Numerics;
using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

/// <summary>Products of a matrix and a vector: eight rows at once, or shared out evenly where there are fewer.</summary>
internal static class VectorProduct<T, TV, TW>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TV : struct
    where TW : struct, IWidth<T, TV>
{
    private const int RowsAtOnce = 8;

    /// <summary>y = A·x (+ b): each row of A, a vector at least, times x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ByRows(ref T a, ref T x, ref T added, ref T y, int m, int k, bool add)
    {
        if (m == 1)
        {
            var dot = DotRows<T, TV, TW>.Dot(ref a, ref x, k);
            y = add ? added + dot : dot;
            return;
        }

        var row = (nint)k * Unsafe.SizeOf<T>();
        var (rows, taller) = Math.DivRem(m, (m + RowsAtOnce - 1) / RowsAtOnce);
        while (m > 0)
        {
            var height = rows;
            if (taller > 0)
            {
                height++;
                taller--;
            }

            switch (height)
            {
                case 1:
                    DotRows<T, TV, TW>.Run<N1>(ref a, row, ref x, k, ref added, add, ref y);
                    break;
                case 2:
                    DotRows<T, TV, TW>.Run<N2>(ref a, row, ref x, k, ref added, add, ref y);
                    break;
                case 3:
                    DotRows<T, TV, TW>.Run<N3>(ref a, row, ref x, k, ref added, add, ref y);
                    break;
                case 4:
                    DotRows<T, TV, TW>.Run<N4>(ref a, row, ref x, k, ref added, add, ref y);
                    break;
                case 5:
                    DotRows<T, TV, TW>.Run<N5>(ref a, row, ref x, k, ref added, add, ref y);
                    break;
                case 6:
                    DotRows<T, TV, TW>.Run<N6>(ref a, row, ref x, k, ref added, add, ref y);
                    break;
                case 7:
                    DotRows<T, TV, TW>.Run<N7>(ref a, row, ref x, k, ref added, add, ref y);
                    break;
                default:
                    DotRows<T, TV, TW>.Run<N8>(ref a, row, ref x, k, ref added, add, ref y);
                    break;
            }

            a = ref Unsafe.AddByteOffset(ref a, height * row);
            added = ref Unsafe.Add(ref added, height);
            y = ref Unsafe.Add(ref y, height);
            m -= height;
        }
    }

    /// <summary>y = Aᵀ·x: the rows of A, a vector at least, times the entries of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ByColumns(ref T a, ref T x, ref T y, int m, int k, bool accumulate)
    {
        var row = (nint)k * Unsafe.SizeOf<T>();
        var last = k - TW.Count;
        switch ((k + TW.Count - 1) / TW.Count)
        {
            case 1:
                RowSums<T, TV, TW>.Narrow<N1>(ref a, row, ref x, m, ref y, last, accumulate);
                break;
            case 2:
                RowSums<T, TV, TW>.Narrow<N2>(ref a, row, ref x, m, ref y, last, accumulate);
                break;
            case 3:
                RowSums<T, TV, TW>.Narrow<N3>(ref a, row, ref x, m, ref y, last, accumulate);
                break;
            case 4:
                RowSums<T, TV, TW>.Narrow<N4>(ref a, row, ref x, m, ref y, last, accumulate);
                break;
            case 5:
                RowSums<T, TV, TW>.Narrow<N5>(ref a, row, ref x, m, ref y, last, accumulate);
                break;
            case 6:
                RowSums<T, TV, TW>.Narrow<N6>(ref a, row, ref x, m, ref y, last, accumulate);
                break;
            case 7:
                RowSums<T, TV, TW>.Narrow<N7>(ref a, row, ref x, m, ref y, last, accumulate);
                break;
            case 8:
                RowSums<T, TV, TW>.Narrow<N8>(ref a, row, ref x, m, ref y, last, accumulate);
                break;
            default:
                ByColumnsOfLongRows(ref a, row, ref x, ref y, m, k, accumulate);
                break;
        }
    }

    private static void ByColumnsOfLongRows(ref T a, nint row, ref T x, ref T y, int m, int k, bool accumulate)
    {
        var (rows, taller) = Math.DivRem(m, (m + RowsAtOnce - 1) / RowsAtOnce);
        while (m > 0)
        {
            var height = rows;
            if (taller > 0)
            {
                height++;
                taller--;
            }

            switch (height)
            {
                case 1:
                    RowSums<T, TV, TW>.Wide<N1>(ref a, row, ref x, ref y, k, accumulate);
                    break;
                case 2:
                    RowSums<T, TV, TW>.Wide<N2>(ref a, row, ref x, ref y, k, accumulate);
                    break;
                case 3:
                    RowSums<T, TV, TW>.Wide<N3>(ref a, row, ref x, ref y, k, accumulate);
                    break;
                case 4:
                    RowSums<T, TV, TW>.Wide<N4>(ref a, row, ref x, ref y, k, accumulate);
                    break;
                case 5:
                    RowSums<T, TV, TW>.Wide<N5>(ref a, row, ref x, ref y, k, accumulate);
                    break;
                case 6:
                    RowSums<T, TV, TW>.Wide<N6>(ref a, row, ref x, ref y, k, accumulate);
                    break;
                case 7:
                    RowSums<T, TV, TW>.Wide<N7>(ref a, row, ref x, ref y, k, accumulate);
                    break;
                default:
                    RowSums<T, TV, TW>.Wide<N8>(ref a, row, ref x, ref y, k, accumulate);
                    break;
            }

            a = ref Unsafe.AddByteOffset(ref a, height * row);
            x = ref Unsafe.Add(ref x, height);
            m -= height;
            accumulate = true;
        }
    }
}
