using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

/// <summary>
/// A length shared out evenly between as few tiles as hold it: ten in tiles of up to eight are five and five. Where it does
/// not divide, the tiles from <c>changes</c> on have one more, or one less.
/// </summary>
internal struct EvenTiles
{
    private readonly int _tiles;
    private readonly int _changes;
    private readonly int _before;
    private readonly int _after;
    private int _tile;

    /// <param name="length">The length.</param>
    /// <param name="most">The largest tile.</param>
    /// <param name="smallestFirst">Whether smaller tiles come first, or last.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public EvenTiles(int length, int most, bool smallestFirst = false)
    {
        _tiles = (length + most - 1) / most;
        var smaller = length / _tiles;
        var larger = length - (smaller * _tiles);
        (_changes, _before, _after) = smallestFirst ? (_tiles - larger, smaller, smaller + 1) : (larger, smaller + 1, smaller);
    }

    /// <summary>Where the tile begins.</summary>
    public int Start { get; private set; }

    /// <summary>Its size.</summary>
    public int Size { get; private set; }

    /// <summary>Goes on to the next tile, if there is one.</summary>
    /// <returns>Whether there is.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Next()
    {
        Start += Size;
        Size = _tile < _changes ? _before : _after;
        return _tile++ < _tiles;
    }
}
