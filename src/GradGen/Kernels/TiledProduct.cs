using System.Numerics;
using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

/// <summary>
/// C = op(A)·op(B) in register tiles. Rows and vectors of a row are shared out evenly between the tiles (ten rows are five
/// and five, not eight and two), because it is the large tiles that hide latency and spare loads.
/// </summary>
internal static class TiledProduct<T, TV, TW>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TV : struct
    where TW : struct, IWidth<T, TV>
{
    /// <summary>
    /// Steps of the inner dimension after which C is written and a new sum begun. The panel of B that these steps need is
    /// read again for each tile of the panel: it stays in the second-level cache.
    /// </summary>
    private const int InnerBlock = 1024;

    /// <summary>Computes the product.</summary>
    /// <param name="a">A.</param>
    /// <param name="aRow">Entries from one row of op(A) to the next.</param>
    /// <param name="aStep">Entries from one column of op(A) to the next.</param>
    /// <param name="b">B.</param>
    /// <param name="bRow">Entries from one row of B, as it is stored, to the next.</param>
    /// <param name="transposed">Whether op(B) is Bᵀ; its panels are then copied to where they lie as the tiles read them.</param>
    /// <param name="c">C.</param>
    /// <param name="m">The rows of op(A).</param>
    /// <param name="k">The columns of op(A).</param>
    /// <param name="n">The columns of op(B), a vector at least.</param>
    /// <param name="accumulate">Whether the product is added to what C holds.</param>
    /// <param name="known">Whether the sizes are constants.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ref T a, int aRow, int aStep, ref T b, int bRow, bool transposed, ref T c, int m, int k, int n, bool accumulate, bool known)
    {
        if (known && m <= 2 * ProductWidth.TileRows && n <= ProductWidth.TileVectors * TW.Count && k <= InnerBlock)
            Few(ref a, aRow, aStep, ref b, bRow, transposed, ref c, m, k, n, accumulate);
        else
            Panels(ref a, aRow, aStep, ref b, bRow, transposed, ref c, m, k, n, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Few(
        ref T a, int aRow, int aStep, ref T b, int bRow, bool transposed, ref T c, int m, int k, int n, bool accumulate)
    {
        nint entry = Unsafe.SizeOf<T>();
        if (transposed)
        {
            ref var panel = ref ProductScratch<T>.Rent(k * n);
            TransposedPanel.Copy(ref b, bRow, ref panel, k, n);
            b = ref panel;
            bRow = n;
        }

        var vectors = (n + TW.Count - 1) / TW.Count;
        var last = (n - TW.Count) * entry;
        var rows = m <= ProductWidth.TileRows ? m : (m + 1) / 2;
        Tile(vectors, rows, ref a, aRow * entry, aStep * entry, ref b, bRow * entry, ref c, n * entry, last, k, accumulate);
        if (rows < m)
        {
            a = ref Unsafe.Add(ref a, rows * aRow);
            c = ref Unsafe.Add(ref c, rows * n);
            Tile(vectors, m - rows, ref a, aRow * entry, aStep * entry, ref b, bRow * entry, ref c, n * entry, last, k, accumulate);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Panels(
        ref T a, int aRow, int aStep, ref T b, int bRow, bool transposed, ref T c, int m, int k, int n, bool accumulate)
    {
        nint entry = Unsafe.SizeOf<T>();
        var vectors = (n + TW.Count - 1) / TW.Count;
        var panels = (vectors + ProductWidth.TileVectors - 1) / ProductWidth.TileVectors;
        var (panelVectors, wider) = Math.DivRem(vectors, panels);
        for (var first = 0; first < k; first += InnerBlock)
        {
            var steps = Math.Min(InnerBlock, k - first);
            ref var aBlock = ref Unsafe.Add(ref a, (nint)first * aStep);
            var column = 0;
            for (var panel = 0; panel < panels; panel++)
            {

                // A lone vector comes first, so that the last, which may overlap, has the one before it in its own tile.
                var width = panelVectors + (panel >= panels - wider ? 1 : 0);
                var last = Math.Min((width - 1) * TW.Count, n - TW.Count - column);
                ref var bPanel = ref b;
                nint bStep = bRow;
                if (transposed)
                {
                    bStep = last + TW.Count;
                    bPanel = ref ProductScratch<T>.Rent(steps * (int)bStep);
                    TransposedPanel.Copy(ref Unsafe.Add(ref b, ((nint)column * bRow) + first), bRow, ref bPanel, steps, (int)bStep);
                }
                else
                {
                    bPanel = ref Unsafe.Add(ref b, ((nint)first * bRow) + column);
                }

                Panel(
                    width, ref aBlock, aRow * entry, aStep * entry, ref bPanel, bStep * entry, ref Unsafe.Add(ref c, column), n * entry,
                    last * entry, m, steps, accumulate || first > 0);
                column += width * TW.Count;
            }
        }
    }

    private static void Panel(
        int vectors, ref T a, nint aRow, nint aStep, ref T b, nint bStep, ref T c, nint cRow, nint last, int m, int k, bool accumulate)
    {
        var (rows, taller) = Math.DivRem(m, (m + ProductWidth.TileRows - 1) / ProductWidth.TileRows);
        while (m > 0)
        {
            var height = rows;
            if (taller > 0)
            {
                height++;
                taller--;
            }

            Tile(vectors, height, ref a, aRow, aStep, ref b, bStep, ref c, cRow, last, k, accumulate);
            a = ref Unsafe.AddByteOffset(ref a, height * aRow);
            c = ref Unsafe.AddByteOffset(ref c, height * cRow);
            m -= height;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile(
        int vectors, int rows, ref T a, nint aRow, nint aStep, ref T b, nint bStep, ref T c, nint cRow, nint last, int k, bool accumulate)
    {
        if (vectors == 1)
            Tile<N1>(rows, ref a, aRow, aStep, ref b, bStep, ref c, cRow, last, k, accumulate);
        else if (vectors == 2)
            Tile<N2>(rows, ref a, aRow, aStep, ref b, bStep, ref c, cRow, last, k, accumulate);
        else
            Tile<N3>(rows, ref a, aRow, aStep, ref b, bStep, ref c, cRow, last, k, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile<TVectors>(
        int rows, ref T a, nint aRow, nint aStep, ref T b, nint bStep, ref T c, nint cRow, nint last, int k, bool accumulate)
        where TVectors : struct, IDimension
    {
        switch (rows)
        {
            case 1:
                ProductTile<T, TV, TW>.Run<N1, TVectors>(ref a, aRow, aStep, ref b, bStep, ref c, cRow, last, k, accumulate);
                break;
            case 2:
                ProductTile<T, TV, TW>.Run<N2, TVectors>(ref a, aRow, aStep, ref b, bStep, ref c, cRow, last, k, accumulate);
                break;
            case 3:
                ProductTile<T, TV, TW>.Run<N3, TVectors>(ref a, aRow, aStep, ref b, bStep, ref c, cRow, last, k, accumulate);
                break;
            case 4:
                ProductTile<T, TV, TW>.Run<N4, TVectors>(ref a, aRow, aStep, ref b, bStep, ref c, cRow, last, k, accumulate);
                break;
            case 5:
                ProductTile<T, TV, TW>.Run<N5, TVectors>(ref a, aRow, aStep, ref b, bStep, ref c, cRow, last, k, accumulate);
                break;
            case 6:
                ProductTile<T, TV, TW>.Run<N6, TVectors>(ref a, aRow, aStep, ref b, bStep, ref c, cRow, last, k, accumulate);
                break;
            case 7:
                ProductTile<T, TV, TW>.Run<N7, TVectors>(ref a, aRow, aStep, ref b, bStep, ref c, cRow, last, k, accumulate);
                break;
            default:
                ProductTile<T, TV, TW>.Run<N8, TVectors>(ref a, aRow, aStep, ref b, bStep, ref c, cRow, last, k, accumulate);
                break;
        }
    }
}
