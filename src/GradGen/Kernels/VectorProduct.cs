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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ByRows(ref T a, ref T x, ref T added, ref T y, int m, int k, bool add, bool known)
    {
        if (known && m <= RowsAtOnce)
            Rows(m, ref a, (nint)k * Unsafe.SizeOf<T>(), ref x, k, ref added, add, ref y);
        else
            BlocksOfRows(ref a, ref x, ref added, ref y, m, k, add);
    }

    /// <summary>y = Aᵀ·x: the rows of A, a vector at least, times the entries of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ByColumns(ref T a, ref T x, ref T y, int m, int k, bool accumulate, bool known)
    {
        var vectors = (k + TW.Count - 1) / TW.Count;
        if (known && vectors <= RowsAtOnce)
            Columns(vectors, ref a, ref x, ref y, m, k, accumulate);
        else
            AnyColumns(vectors, ref a, ref x, ref y, m, k, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void BlocksOfRows(ref T a, ref T x, ref T added, ref T y, int m, int k, bool add)
    {
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

            Rows(height, ref a, row, ref x, k, ref added, add, ref y);
            a = ref Unsafe.AddByteOffset(ref a, height * row);
            added = ref Unsafe.Add(ref added, height);
            y = ref Unsafe.Add(ref y, height);
            m -= height;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rows(int rows, ref T a, nint row, ref T x, int k, ref T added, bool add, ref T y)
    {
        switch (rows)
        {
            case 1:
                var dot = DotRows<T, TV, TW>.Dot(ref a, ref x, k);
                y = add ? added + dot : dot;
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
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AnyColumns(int vectors, ref T a, ref T x, ref T y, int m, int k, bool accumulate)
    {
        if (vectors <= RowsAtOnce)
        {
            Columns(vectors, ref a, ref x, ref y, m, k, accumulate);
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

            if (accumulate)
                LongRows<Adding>(height, ref a, row, ref x, ref y, k);
            else
                LongRows<Writing>(height, ref a, row, ref x, ref y, k);
            a = ref Unsafe.AddByteOffset(ref a, height * row);
            x = ref Unsafe.Add(ref x, height);
            m -= height;
            accumulate = true;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Columns(int vectors, ref T a, ref T x, ref T y, int m, int k, bool accumulate)
    {
        var row = (nint)k * Unsafe.SizeOf<T>();
        var last = k - TW.Count;
        switch (vectors)
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
            default:
                RowSums<T, TV, TW>.Narrow<N8>(ref a, row, ref x, m, ref y, last, accumulate);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LongRows<TMode>(int rows, ref T a, nint row, ref T x, ref T y, int k)
        where TMode : struct, ISumMode
    {
        switch (rows)
        {
            case 1:
                RowSums<T, TV, TW>.Wide<TMode, N1>(ref a, row, ref x, ref y, k);
                break;
            case 2:
                RowSums<T, TV, TW>.Wide<TMode, N2>(ref a, row, ref x, ref y, k);
                break;
            case 3:
                RowSums<T, TV, TW>.Wide<TMode, N3>(ref a, row, ref x, ref y, k);
                break;
            case 4:
                RowSums<T, TV, TW>.Wide<TMode, N4>(ref a, row, ref x, ref y, k);
                break;
            case 5:
                RowSums<T, TV, TW>.Wide<TMode, N5>(ref a, row, ref x, ref y, k);
                break;
            case 6:
                RowSums<T, TV, TW>.Wide<TMode, N6>(ref a, row, ref x, ref y, k);
                break;
            case 7:
                RowSums<T, TV, TW>.Wide<TMode, N7>(ref a, row, ref x, ref y, k);
                break;
            default:
                RowSums<T, TV, TW>.Wide<TMode, N8>(ref a, row, ref x, ref y, k);
                break;
        }
    }
}
