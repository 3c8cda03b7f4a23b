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

    /// <summary>Entries of a span that lie apart: a column. The span is not checked.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="index">The entry for the first lane.</param>
    /// <param name="stride">How far the next one is.</param>
    /// <param name="count">How many, a constant; the other lanes are 0.</param>
    /// <returns>The register.</returns>
    static abstract TSelf Gather(Span<T> source, int index, int stride, int count);

    /// <summary>The entry in one lane.</summary>
    /// <param name="lane">The lane, a constant.</param>
    T this[int lane] { get; }
}
