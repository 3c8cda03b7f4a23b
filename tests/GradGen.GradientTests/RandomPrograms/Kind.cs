using System.Collections.Immutable;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>The number of rows or columns, as its type is written: N3, or a type parameter of a generic helper.</summary>
/// <param name="Text">The dimension's type.</param>
/// <param name="Least">The number; the least that it can be where a helper is called with several.</param>
internal readonly record struct Dimension(string Text, int Least)
{
    public static Dimension One => Of(1);

    public bool IsKnown => Text[0] == 'N';

    public static Dimension Of(int size) => new("N" + size, size);
}

/// <summary>What kinds of types there are.</summary>
internal enum Form
{
    Real,
    Integer,
    Boolean,
    Vector,
    Matrix,
    /// <summary>An array of its one member's type.</summary>
    Array,
    /// <summary>A span to read from, of its one member's type.</summary>
    Span,
    Tuple,
    /// <summary>A record, struct or class of the program's own.</summary>
    Record,
    /// <summary>No result.</summary>
    Nothing,
}

/// <summary>How a type of the program's own is declared.</summary>
internal enum Style
{
    Record,
    RecordStruct,
    Struct,
    Class,
}

/// <summary>A type of the programs. Two are equal if C# takes them for the same.</summary>
internal sealed record Kind(Form Form)
{
    /// <summary>The rows of a matrix, the entries of a vector.</summary>
    public Dimension Rows { get; init; }

    /// <summary>The columns of a matrix.</summary>
    public Dimension Columns { get; init; }

    /// <summary>What a record, a tuple, an array consists of.</summary>
    public ImmutableArray<(string Name, Kind Kind)> Members { get; init; } = [];

    /// <summary>The name of a type of the program's own, and how it is declared.</summary>
    public (string Name, Style Style) Declared { get; init; }

    public static Kind Real { get; } = new(Form.Real);

    public static Kind Integer { get; } = new(Form.Integer);

    public static Kind Boolean { get; } = new(Form.Boolean);

    public static Kind Nothing { get; } = new(Form.Nothing);

    public bool IsMatrix => Form is Form.Vector or Form.Matrix;

    public bool IsArray => Form is Form.Array or Form.Span;

    /// <summary>Whether it has entries that can be differentiated, all in one place.</summary>
    public bool HasEntries => Form is Form.Real or Form.Vector or Form.Matrix || (IsArray && Element.HasEntries);

    public bool CanBeNull => IsMatrix || Form == Form.Array || (Form == Form.Record && Declared.Style is Style.Record or Style.Class);

    /// <summary>Whether two variables can name the same object.</summary>
    public bool IsReference => IsMatrix || IsArray || Members.Any(m => m.Kind.IsReference);

    /// <summary>Whether the members of a local of this type can be assigned.</summary>
    public bool HasVariableMembers => Form == Form.Tuple || (Form == Form.Record && Declared.Style is Style.Struct or Style.RecordStruct);

    /// <summary>What an array has as elements.</summary>
    public Kind Element => Members[0].Kind;

    /// <summary>How many entries; the least of them in a generic helper. Of an array, those of an element.</summary>
    public int Count => Form switch
    {
        Form.Vector => Rows.Least,
        Form.Matrix => Rows.Least * Columns.Least,
        Form.Array or Form.Span => Element.Count,
        _ => 1,
    };

    /// <summary>The type in C#; Real stands for the scalar type of the method around it.</summary>
    public string Text => Form switch
    {
        Form.Real => "Real",
        Form.Integer => "int",
        Form.Boolean => "bool",
        Form.Vector => $"Vector<Real, {Rows.Text}>",
        Form.Matrix => $"Matrix<Real, {Rows.Text}, {Columns.Text}>",
        Form.Array => Element.Text + "[]",
        Form.Span => $"ReadOnlySpan<{Element.Text}>",
        Form.Tuple => $"({string.Join(", ", Members.Select(m => $"{m.Kind.Text} {m.Name}"))})",
        Form.Record => Declared.Name,
        _ => "void",
    };

    public static Kind Vector(Dimension size) => new(Form.Vector) { Rows = size, Columns = Dimension.One };

    public static Kind Matrix(Dimension rows, Dimension columns) => new(Form.Matrix) { Rows = rows, Columns = columns };

    public static Kind Array(Kind element) => new(Form.Array) { Members = [("", element)] };

    public static Kind Span(Kind element) => new(Form.Span) { Members = [("", element)] };

    public static Kind Tuple(params ImmutableArray<(string Name, Kind Kind)> members) => new(Form.Tuple) { Members = members };

    /// <summary>The type with other dimensions.</summary>
    public Kind Resized(Func<Dimension, Dimension> resize) => this with
    {
        Rows = IsMatrix ? resize(Rows) : Rows,
        Columns = IsMatrix ? resize(Columns) : Columns,
        Members = [.. Members.Select(m => (m.Name, m.Kind.Resized(resize)))],
    };

    public bool Equals(Kind? other) => other?.Text == Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;
}
