namespace GradGen;

/// <summary>
/// A size known when the program is compiled: the number of rows or columns of a
/// <see cref="Matrix{TScalar, TRows, TColumns}"/>, or of entries of a <see cref="Vector{TScalar, TSize}"/>.
/// Ready-made ones are <see cref="N1"/>, <see cref="N2"/> and so on; a named one is
/// <c>[Dimension(784)] public readonly partial struct Pixels : IDimension;</c>.
/// Two dimensions of the same size fit each other, whatever their names.
/// </summary>
public interface IDimension
{
    /// <summary>The number of rows, columns or entries; at least 1.</summary>
    static abstract int Size { get; }
}
