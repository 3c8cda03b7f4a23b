namespace GradGen;

/// <summary>The entries of a matrix or a vector, whatever its dimensions and its scalar type.</summary>
internal interface IEntries
{
    /// <summary>Rows and columns of a matrix, the size of a vector.</summary>
    IReadOnlyList<int> Lengths { get; }

    /// <summary>Whether the entries are <see cref="float"/>.</summary>
    bool IsSingle { get; }

    /// <summary>An entry, counted row after row.</summary>
    double this[int index] { get; set; }

    /// <summary>A copy with entries of its own.</summary>
    IEntries Copy();
}
