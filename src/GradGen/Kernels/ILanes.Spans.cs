namespace GradGen.Kernels;

/// <content>
/// Entries of spans, which are not checked. Spans that could be read only would do, but the JIT does not inline the conversion to
/// them in long methods.
/// </content>
public partial interface ILanes<TSelf, T>
{
    /// <summary>Loads all lanes from a span, which is not checked.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="index">The entry for the first lane.</param>
    /// <returns>The register.</returns>
    static abstract TSelf Load(Span<T> source, int index);

    /// <summary>Loads the first lanes from a span, which is not checked; the others are 0.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="index">The entry for the first lane.</param>
    /// <param name="count">How many, a constant.</param>
    /// <returns>The register.</returns>
    static abstract TSelf LoadFirst(Span<T> source, int index, int count);

    /// <summary>Loads as many lanes as are left in a span, which is not checked; the others are 0.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="index">The entry for the first lane.</param>
    /// <param name="count">How many are left from there on, at least 1.</param>
    /// <returns>The register.</returns>
    static abstract TSelf LoadUpTo(Span<T> source, int index, int count);

    /// <summary>Stores all lanes; the span is not checked.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="index">The entry for the first lane.</param>
    /// <param name="value">The register.</param>
    static abstract void Store(Span<T> destination, int index, TSelf value);

    /// <summary>Stores all lanes; the span is not checked.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="index">The entry for the first lane.</param>
    /// <param name="value">The register.</param>
    /// <param name="accumulate">Whether to add to what is there.</param>
    static abstract void Store(Span<T> destination, int index, TSelf value, bool accumulate);

    /// <summary>Stores the first lanes, and nothing beyond; the span is not checked.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="index">The entry for the first lane.</param>
    /// <param name="count">How many, a constant.</param>
    /// <param name="value">The register.</param>
    /// <param name="accumulate">Whether to add to what is there.</param>
    static abstract void StoreFirst(Span<T> destination, int index, int count, TSelf value, bool accumulate = false);

    /// <summary>Stores as many lanes as are left, and nothing beyond; the span is not checked.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="index">The entry for the first lane.</param>
    /// <param name="count">How many are left from there on, at least 1.</param>
    /// <param name="value">The register.</param>
    /// <param name="accumulate">Whether to add to what is there.</param>
    static abstract void StoreUpTo(Span<T> destination, int index, int count, TSelf value, bool accumulate = false);

    /// <summary>One entry of a span in all lanes; the span is not checked.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="index">The entry.</param>
    /// <returns>The register.</returns>
    static abstract TSelf Spread(Span<T> source, int index);

    /// <summary>
    /// a·b + c, where a is one entry of a span, which is not checked. The same as with <see cref="Spread"/>, whose register the JIT
    /// loads first where it could read the entry with the multiplication.
    /// </summary>
    /// <param name="source">Where a is.</param>
    /// <param name="index">The entry.</param>
    /// <param name="b">A factor.</param>
    /// <param name="c">What is added.</param>
    /// <returns>The register; rounded once where the machine can.</returns>
    static abstract TSelf MultiplyAdd(Span<T> source, int index, TSelf b, TSelf c);

    /// <summary>Rows of a matrix times a vector, a row in each lane: Σ rows[index + lane·stride + k]·vector[start + k]. The spans are not checked.</summary>
    /// <param name="rows">Where the rows are.</param>
    /// <param name="index">The first entry of the first row.</param>
    /// <param name="stride">How far the next row is.</param>
    /// <param name="count">How many rows are left, at least 1; lanes beyond hold anything.</param>
    /// <param name="vector">Where the vector is.</param>
    /// <param name="start">Its first entry.</param>
    /// <param name="length">How many entries it and the rows have.</param>
    /// <returns>The register.</returns>
    static abstract TSelf Dots(Span<T> rows, int index, int stride, int count, Span<T> vector, int start, int length);

    /// <summary>Entries of a span that lie apart: a column. The span is not checked.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="index">The entry for the first lane.</param>
    /// <param name="stride">How far the next one is.</param>
    /// <param name="count">How many, a constant; the other lanes are 0.</param>
    /// <returns>The register.</returns>
    static abstract TSelf Gather(Span<T> source, int index, int stride, int count);

    /// <summary>The columns of a small matrix whose rows are in registers: of the first four lanes, or as many as there are.</summary>
    /// <param name="row0">A row, as all that follow.</param>
    /// <param name="row1">A row.</param>
    /// <param name="row2">A row.</param>
    /// <param name="row3">A row.</param>
    /// <param name="column0">The first lane of each row; lanes beyond the fourth are 0.</param>
    /// <param name="column1">The second lane of each row.</param>
    /// <param name="column2">The third lane of each row.</param>
    /// <param name="column3">The fourth lane of each row.</param>
    static virtual void Transpose(
        TSelf row0, TSelf row1, TSelf row2, TSelf row3, out TSelf column0, out TSelf column1, out TSelf column2, out TSelf column3)
    {
        const int size = 4;
        Span<T> entries = stackalloc T[size * size];
        entries.Clear();
        var lanes = Math.Min(size, TSelf.Count);
        for (var lane = 0; lane < lanes; lane++)
        {
            (entries[size * lane], entries[(size * lane) + 1], entries[(size * lane) + 2], entries[(size * lane) + 3]) = (row0[lane], row1[lane], row2[lane], row3[lane]);
        }

        column0 = TSelf.LoadFirst(entries, 0, lanes);
        column1 = TSelf.LoadFirst(entries, size, lanes);
        column2 = TSelf.LoadFirst(entries, 2 * size, lanes);
        column3 = TSelf.LoadFirst(entries, 3 * size, lanes);
    }

    /// <summary>The entry in one lane.</summary>
    /// <param name="lane">The lane, a constant.</param>
    T this[int lane] { get; }
}
