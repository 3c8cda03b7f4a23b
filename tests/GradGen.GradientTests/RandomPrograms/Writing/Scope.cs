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

    /// <summary>Whether it is a variable itself: of what a property gives, no member can be assigned.</summary>
    public bool HasFields { get; init; } = true;

    /// <summary>Whether a lambda may use it: not what is passed by reference, nor a field of a struct.</summary>
    public bool CanCapture { get; init; } = true;

    /// <summary>Whether its entries may be written: a matrix of the method's own, that no other variable names.</summary>
    public bool IsOwned { get; init; }

    /// <summary>The least and the most elements of an array, and how its length is written.</summary>
    public (int Least, int Most, string Text) Length { get; init; } = (1, 1, "");

    /// <summary>How many loops walk over the array: until they end it keeps its elements.</summary>
    public int Walks { get; set; }

    public Expression Read() => new(Kind, Name, []) { Bound = Bound, Range = Range, IsShared = Kind.IsReference };
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
    private readonly List<Method> _functions = [];
    private readonly HashSet<string> _names = [];

    public IReadOnlyList<Variable> Variables => _variables;

    /// <summary>Local functions and delegates.</summary>
    public IReadOnlyList<Method> Functions => _functions;

    /// <summary>Adds a variable, and the members of a record or tuple as variables of their own.</summary>
    public Variable Add(Variable variable)
    {
        _variables.Add(variable);
        if (variable.Kind.Form is Form.Record or Form.Tuple)
        {
            foreach (var (name, kind) in variable.Kind.Members)
            {
                Add(new Variable($"{variable.Name}.{name}", kind)
                {
                    Bound = variable.Bound,
                    Range = (0, 4),
                    CanCapture = variable.CanCapture,
                    CanAssign = variable.CanAssign && variable.HasFields && variable.Kind.HasVariableMembers && kind.Form != Form.Integer,
                    HasFields = variable.Kind.Form == Form.Tuple || variable.Kind.Declared.Style == Style.Struct,
                });
            }
        }

        return variable;
    }

    public void Add(Method function) => _functions.Add(function);

    /// <summary>Writes something whose variables are not known after it.</summary>
    public T Inside<T>(Func<T> write)
    {
        var (count, functions) = (_variables.Count, _functions.Count);
        var result = write();
        _variables.RemoveRange(count, _variables.Count - count);
        _functions.RemoveRange(functions, _functions.Count - functions);
        return result;
    }

    public IReadOnlyList<Variable> Of(Kind kind) => [.. _variables.Where(v => v.Kind == kind)];

    /// <summary>Writes something that knows none of the variables so far but those given.</summary>
    public T Apart<T>(IReadOnlyList<Variable> known, IReadOnlyList<Method> knownFunctions, Func<T> write)
    {
        Variable[] variables = [.. _variables];
        Method[] functions = [.. _functions];
        _variables.Clear();
        _functions.Clear();
        _variables.AddRange(known);
        _functions.AddRange(knownFunctions);
        var result = write();
        _variables.Clear();
        _functions.Clear();
        _variables.AddRange(variables);
        _functions.AddRange(functions);
        return result;
    }

    /// <summary>A name that is taken outside of the method.</summary>
    public void Reserve(string name) => _names.Add(name);

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
