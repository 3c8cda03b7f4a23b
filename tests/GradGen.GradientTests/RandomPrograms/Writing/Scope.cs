namespace GradGen.GradientTests.RandomPrograms;

/// <summary>A variable in scope.</summary>
/// <param name="name">Its name.</param>
/// <param name="kind">Its type.</param>
internal sealed class Variable(string name, Kind kind)
{
    public string Name { get; } = name;

    public Kind Kind { get; } = kind;

    /// <summary>What the absolute values of its entries hardly exceed.</summary>
    public double Bound { get; set; } = 2;

    /// <summary>The least and the largest that an integer is.</summary>
    public (int Low, int High) Range { get; set; }

    /// <summary>The dimension that a loop's counter walks through.</summary>
    public string? IndexOf { get; init; }

    /// <summary>Whether it may be assigned: not a loop's counter, not what is passed by 'in'.</summary>
    public bool CanAssign { get; init; }

    /// <summary>Whether its entries may be written: a matrix of the method's own, that no other variable names.</summary>
    public bool IsOwned { get; init; }

    public Expression Read() => new(Kind, Name, []) { Bound = Bound, Range = Range, IsShared = Kind.IsMatrix };
}

/// <summary>The variables of a method, those of inner blocks forgotten where the blocks end; names are never used twice.</summary>
/// <param name="draw">Random choices.</param>
/// <param name="features">Whether names may be strange.</param>
internal sealed class Scope(Draw draw, Features features)
{
    private static readonly string[] Plain = ["a", "b", "c", "h", "p", "q", "r", "s", "t", "u", "v", "w", "x", "y", "z", "sum", "state", "gain"];

    /// <summary>Names that generated code would like to have itself.</summary>
    private static readonly string[] Strange =
    [
        "upstream", "gradient", "into", "accumulate", "value", "dX", "dW1", "d1", "z1", "a1", "y1", "x_0", "w_00", "tape", "tapes", "index", "workspace",
        "span", "@in", "@double", "@class", "σ", "δ1", "global", "System", "i0", "iteration", "count", "result", "stopped", "goesOn", "item", "array",
    ];

    private readonly List<Variable> _variables = [];
    private readonly HashSet<string> _names = [];

    public IReadOnlyList<Variable> Variables => _variables;

    public Variable Add(Variable variable)
    {
        _variables.Add(variable);
        return variable;
    }

    /// <summary>Writes something whose variables are not known after it.</summary>
    public T Inside<T>(Func<T> write)
    {
        var count = _variables.Count;
        var result = write();
        _variables.RemoveRange(count, _variables.Count - count);
        return result;
    }

    public IReadOnlyList<Variable> Of(Kind kind) => [.. _variables.Where(v => v.Kind == kind)];

    /// <summary>A name that the method has not used.</summary>
    public string NewName(params ReadOnlySpan<string> preferred)
    {
        var name = features.HasFlag(Features.StrangeNames) && draw.Chance(40) ? draw.Of(Strange)
            : preferred.Length > 0 ? draw.Of(preferred)
            : draw.Of(Plain);
        var stem = name;
        for (var i = 2; !_names.Add(name); i++)
        {
            name = stem + i;
        }

        return name;
    }
}
