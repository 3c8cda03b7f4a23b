using System.Globalization;

namespace GradGen;

/// <summary>
/// A number, matrix, vector or array of numbers inside a value: what a gradient has entries for. Reading and writing an
/// entry reads and writes the value itself.
/// </summary>
/// <param name="name">Where it stands, such as <c>model.W1</c>.</param>
/// <param name="lengths">Rows and columns, or a single length; none for a number.</param>
/// <param name="isSingle">Whether its entries are <see cref="float"/>.</param>
/// <param name="get">Reads an entry, counted row after row.</param>
/// <param name="set">Writes an entry.</param>
internal sealed class DifferentiableLeaf(
    string name, IReadOnlyList<int> lengths, bool isSingle, Func<int, double> get, Action<int, double> set)
{
    public string Name => name;

    public IReadOnlyList<int> Lengths => lengths;

    public bool IsSingle => isSingle;

    public int Count { get; } = lengths.Aggregate(1, (count, length) => count * length);

    /// <summary>An entry; one written to a <see cref="float"/> is rounded.</summary>
    public double this[int index]
    {
        get => get(index);
        set => set(index, value);
    }

    public double[] Read()
    {
        var entries = new double[Count];
        for (var i = 0; i < entries.Length; i++)
            entries[i] = get(i);
        return entries;
    }

    public void Write(ReadOnlySpan<double> entries)
    {
        for (var i = 0; i < entries.Length; i++)
            set(i, entries[i]);
    }

    /// <summary><c>model.W1[2, 3]</c>; a number is called by its own name.</summary>
    public string EntryName(int index) => name + Subscript(lengths, index);

    /// <summary>The place of an entry that is counted row after row: <c>[2, 3]</c>.</summary>
    public static string Subscript(IReadOnlyList<int> lengths, int index) => lengths.Count == 0
        ? ""
        : "[" + string.Join(", ", Places(lengths, index).Select(p => p.ToString(CultureInfo.InvariantCulture))) + "]";

    public static int[] Places(IReadOnlyList<int> lengths, int index)
    {
        var places = new int[lengths.Count];
        for (var axis = places.Length - 1; axis >= 0; axis--)
        {
            places[axis] = index % lengths[axis];
            index /= lengths[axis];
        }

        return places;
    }
}
