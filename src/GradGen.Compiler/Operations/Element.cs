using System.Collections.Immutable;

namespace GradGen.Compiler.Operations;

/// <summary>
/// A position in index notation: a loop variable (i, j, k, e), the value of an integer operand, or neither, plus a
/// constant.
/// </summary>
/// <param name="Variable">The loop variable, or null.</param>
/// <param name="Offset">The constant.</param>
/// <param name="Operand">The integer operand whose value is the position, or −1.</param>
internal readonly record struct Position(string? Variable, int Offset = 0, int Operand = -1)
{
    public static implicit operator Position(string variable) => new(variable);

    public static implicit operator Position(int constant) => new(null, constant);

    public static Position Of(int operand) => new(null, 0, operand);

    public static Position operator +(Position index, int offset) => index with { Offset = index.Offset + offset };

    public static Position operator -(Position index, int offset) => index with { Offset = index.Offset - offset };
}

/// <summary>Where a guarded entry holds: position ∈ [Low, High), or two positions are the same.</summary>
internal sealed record Condition(Position Left, int Low, int High, Position? Same = null)
{
    public static Condition Within(Position index, int low, int high) => new(index, low, high);

    public static Condition Equal(Position left, Position right) => new(left, 0, 0, right);
}

internal enum ReduceKind
{
    Sum,
    Max,
    Min,
    /// <summary>The first position with the greatest entry.</summary>
    FirstMax,
    /// <summary>The first position with the least entry.</summary>
    FirstMin,
}

/// <summary>
/// One entry of an operation's result, in index notation: the single description from which the interpreter
/// evaluates, the emitter writes unrolled code or loops, and the cost is counted.
/// </summary>
internal abstract record Element
{
    public static implicit operator Element(double value) => new Literal(value);

    public static Element operator +(Element left, Element right) => ScalarFunctions.Add.Of(left, right);

    public static Element operator -(Element left, Element right) => ScalarFunctions.Subtract.Of(left, right);

    public static Element operator *(Element left, Element right) => ScalarFunctions.Multiply.Of(left, right);

    public static Element operator /(Element left, Element right) => ScalarFunctions.Divide.Of(left, right);
}

/// <summary>The entry (row, column) of an operand.</summary>
internal sealed record Load(int Operand, Position Row, Position Column) : Element;

/// <summary>The entry of an operand at a position in row-major order; a scalar operand has only one.</summary>
internal sealed record LoadEntry(int Operand, Position Position) : Element;

/// <summary>The entry being computed of the element of an array operand at the index that another operand is.</summary>
internal sealed record LoadArray(int Operand, int Index) : Element;

/// <summary>How many elements an array operand has.</summary>
internal sealed record LoadLength(int Operand) : Element;

/// <summary>A constant in the result's scalar type.</summary>
internal sealed record Literal(double Value) : Element;

/// <summary>A scalar function of entries.</summary>
internal sealed record Call(ScalarFunction Function, ImmutableArray<Element> Arguments) : Element;

/// <summary>One entry where all conditions hold, another where they do not; decided at compile time when unrolled.</summary>
internal sealed record Guarded(ImmutableArray<Condition> Conditions, Element Then, Element Else) : Element;

/// <summary>A reduction over <paramref name="Extent"/> positions of <paramref name="Variable"/>.</summary>
internal sealed record Reduce(ReduceKind Kind, string Variable, int Extent, Element Body) : Element;

/// <summary>
/// How the entries of a result are visited: <c>e</c> in row-major order (<see cref="ByEntry"/>), or <c>i</c>, <c>j</c>.
/// </summary>
internal sealed record ElementForm(bool ByEntry, Element Element);
