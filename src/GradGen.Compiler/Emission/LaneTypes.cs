using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Emission;

/// <summary>
/// The vectors of the processor that a method computes with: type parameters of its core, one for each scalar type and
/// width. Few entries take the narrowest vector that holds them, so that there is no loop; many take the widest vector
/// that the machine has, which is known when the core is compiled for it.
/// </summary>
internal sealed class LaneTypes(Names names)
{
    private readonly SortedDictionary<(ScalarType Scalar, int Bytes), string> _names = [];

    /// <summary>Whether there are any.</summary>
    public bool IsEmpty => _names.Count == 0;

    /// <summary>The vectors for so many entries in a row.</summary>
    public LaneType For(ScalarType scalar, int extent)
    {
        var (size, bytes) = (SizeOf(scalar), BytesOf(scalar, extent));
        if (!_names.TryGetValue((scalar, bytes), out var name))
        {
            var count = bytes == 0 ? "" : Literals.Integer(bytes / size);
            _names[(scalar, bytes)] = name = names.Reserve((scalar == ScalarType.Float64 ? "TDoubles" : "TFloats") + count);
        }

        return new LaneType(name, Literals.Keyword(scalar), bytes > 0, extent * size % (bytes > 0 ? bytes : Limits.WidestVectorBytes) != 0);
    }

    /// <summary>The bytes of the vector that holds so many entries; 0 where there is none.</summary>
    public static int BytesOf(ScalarType scalar, int extent) => Limits.FixedVectorBytes.FirstOrDefault(b => extent * SizeOf(scalar) <= b);

    /// <summary>Whether one vector holds so many entries.</summary>
    public static bool IsFew(ScalarType scalar, int extent) => BytesOf(scalar, extent) > 0;

    /// <summary>Bytes of an entry.</summary>
    public static int SizeOf(ScalarType scalar) => scalar == ScalarType.Float64 ? sizeof(double) : sizeof(float);

    /// <summary>"&lt;TDoubles4, TFloats&gt;", or nothing.</summary>
    public string Parameters => IsEmpty ? "" : $"<{string.Join(", ", _names.Values)}>";

    /// <summary>The constraints of the type parameters, a line each.</summary>
    public IEnumerable<string> Constraints => _names.Select(
        n => $"where {n.Value} : struct, global::GradGen.Kernels.ILanes<{n.Value}, {Literals.Keyword(n.Key.Scalar)}>");

    /// <summary>The calls of the core: the condition on the machine, or "" for the last, and the type arguments.</summary>
    public IEnumerable<(string Condition, string Arguments)> Choices()
    {
        if (_names.Keys.All(k => k.Bytes > 0))
        {
            yield return ("", Arguments(0));
            yield break;
        }

        foreach (var bits in new[] { 512, 256, 128 })
        {
            yield return ($"global::System.Runtime.Intrinsics.Vector{bits}.IsHardwareAccelerated", Arguments(bits));
        }

        yield return ("", Arguments(1));
    }

    private string Arguments(int bits) => IsEmpty ? "" : "<" + string.Join(
        ", ", _names.Keys.Select(k => $"global::GradGen.Kernels.Lanes{(k.Bytes > 0 ? k.Bytes * 8 : bits)}<{Literals.Keyword(k.Scalar)}>")) + ">";
}

/// <summary>One of the vectors.</summary>
/// <param name="Name">The type parameter.</param>
/// <param name="Keyword">The scalar type in C#.</param>
/// <param name="HoldsAll">Whether one vector holds all entries of a row.</param>
/// <param name="IsPartial">Whether the last vector of a row has lanes beyond its end.</param>
internal sealed record LaneType(string Name, string Keyword, bool HoldsAll, bool IsPartial);

/// <summary>Entries that are computed together.</summary>
/// <param name="Type">The vectors.</param>
/// <param name="Variable">The loop variable that runs along them; where there is no loop, a name for it that is never written.</param>
/// <param name="Extent">How many entries there are in a row.</param>
internal sealed record Lane(LaneType Type, string Variable, int Extent)
{
    /// <summary>Where the entries begin.</summary>
    public EntryIndex Start => EntryIndex.Variable(Variable);

    /// <summary>Whether there are so few lanes that entries that lie apart may be gathered.</summary>
    public bool IsFew => Type.HoldsAll;

    /// <summary>An index as it is written: without a loop the lanes begin at 0.</summary>
    public EntryIndex At(EntryIndex index) => Type.HoldsAll ? index.Without(Variable) : index;

    /// <summary>The number of the entry that lanes without a loop begin at, if they are entries one after the other from a known one.</summary>
    public int? StartsAt(EntryIndex index) => index.Terms is [var (variable, factor)] && variable == Variable && factor == 1 ? index.Offset : null;

    /// <summary>"10 - i": how many entries are left, where that may be fewer than a vector holds; else nothing.</summary>
    public string Left => !Type.IsPartial ? "" : Type.HoldsAll ? Literals.Integer(Extent) : $"{Literals.Integer(Extent)} - {Variable}";

    /// <summary>"Load(x, 0)", "LoadFirst(x, 0, 3)" or "LoadUpTo(x, i, 10 - i)"; of stores alike.</summary>
    public string Access(string verb, string span, EntryIndex index, string more = "") =>
        $"{verb}{(!Type.IsPartial ? "" : Type.HoldsAll ? "First" : "UpTo")}({span}, {At(index)}{(Left.Length > 0 ? ", " + Left : "")}{more})";
}
