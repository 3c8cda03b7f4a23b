using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
    /// read again for each tile of the panel, and stays in the second-level cache.
    /// </summary>
    private const int InnerBlock = 512;

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
    /// <param name="lanes">The number of lanes, where the JIT sees it early.</param>
    /// <param name="known">Whether the sizes are constants.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ref T a, int aRow, int aStep, ref T b, int bRow, bool transposed, ref T c, int m, int k, int n, bool accumulate, int lanes, bool known)
    {
        if (known && m <= 2 * ProductWidth.TileRows && n <= ProductWidth.TileVectors * lanes && k <= InnerBlock)
            Few((n + lanes - 1) / lanes, ref a, aRow, aStep, ref b, bRow, transposed, ref c, m, k, n, accumulate);
        else
            Blocks(ref a, aRow, aStep, ref b, bRow, transposed, ref c, m, k, n, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Few(
        int vectors, ref T a, int aRow, int aStep, ref T b, int bRow, bool transposed, ref T c, int m, int k, int n, bool accumulate)
    {
        nint entry = Unsafe.SizeOf<T>();
        if (transposed)
        {
            ref var panel = ref ProductScratch<T>.Rent(k * n);
            PackedPanel.CopyTransposed(ref b, bRow, ref panel, k, n);
            b = ref panel;
            bRow = n;
        }

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
    private static void Blocks(
        ref T a, int aRow, int aStep, ref T b, int bRow, bool transposed, ref T c, int m, int k, int n, bool accumulate)
    {
        // The transposed A alone is read in long strides by a tile; rows are read one after the other as they lie.
        var copy = aRow == 1 && PackedPanel.Pays<T>(aStep, k, n) ? ArrayPool<T>.Shared.Rent(m * Math.Min(k, InnerBlock)) : null;
        for (var blocks = new EvenTiles(k, InnerBlock); blocks.Next();)
        {
            ref var aBlock = ref Unsafe.Add(ref a, (nint)blocks.Start * aStep);
            ref var bBlock = ref Unsafe.Add(ref b, transposed ? blocks.Start : (nint)blocks.Start * bRow);
            if (copy is not null)
            {
                ref var copied = ref MemoryMarshal.GetArrayDataReference(copy);
                CopyTiles(ref aBlock, aStep, ref copied, m, blocks.Size);
                aBlock = ref copied;
            }

            Panels(
                ref aBlock, copy is not null, aRow, aStep, ref bBlock, bRow, transposed, ref c, m, blocks.Size, n,
                accumulate || blocks.Start > 0);
        }

        if (copy is not null)
            ArrayPool<T>.Shared.Return(copy);
    }

    /// <summary>Copies, for each tile, the entries of Aᵀ in the order in which the tile reads them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyTiles(ref T a, int aStep, ref T copy, int m, int k)
    {
        for (var tiles = new EvenTiles(m, ProductWidth.TileRows); tiles.Next();)
            PackedPanel.Copy(ref Unsafe.Add(ref a, tiles.Start), aStep, ref Unsafe.Add(ref copy, tiles.Start * k), k, tiles.Size);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Panels(
        ref T a, bool copied, int aRow, int aStep, ref T b, int bRow, bool transposed, ref T c, int m, int k, int n, bool accumulate)
    {
        nint entry = Unsafe.SizeOf<T>();
        var copiesRight = transposed || PackedPanel.Pays<T>(bRow, k, m);

        // A lone vector comes first, so that the last, which may overlap, has the one before it in its own tile.
        for (var panels = new EvenTiles((n + TW.Count - 1) / TW.Count, ProductWidth.TileVectors, smallestFirst: true); panels.Next();)
        {
            var column = panels.Start * TW.Count;
            var last = Math.Min((panels.Size - 1) * TW.Count, n - TW.Count - column);
            ref var panel = ref Unsafe.Add(ref b, transposed ? (nint)column * bRow : column);
            nint bStep = bRow;
            if (copiesRight)
            {
                ref var source = ref panel;
                bStep = last + TW.Count;
                panel = ref ProductScratch<T>.Rent(k * (int)bStep);
                if (transposed)
                    PackedPanel.CopyTransposed(ref source, bRow, ref panel, k, (int)bStep);
                else
                    PackedPanel.Copy(ref source, bRow, ref panel, k, (int)bStep);
            }

            for (var tiles = new EvenTiles(m, ProductWidth.TileRows); tiles.Next();)
            {
                Tile(
                    panels.Size, tiles.Size,
                    ref Unsafe.Add(ref a, copied ? (nint)tiles.Start * k : (nint)tiles.Start * aRow),
                    copied ? entry : aRow * entry, copied ? tiles.Size * entry : aStep * entry,
                    ref panel, bStep * entry, ref Unsafe.Add(ref c, ((nint)tiles.Start * n) + column), n * entry, last * entry, k, accumulate);
            }
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
