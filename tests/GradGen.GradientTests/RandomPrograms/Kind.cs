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
}

/// <summary>A type of the programs. Two are equal if C# takes them for the same.</summary>
/// <param name="Form">Number, vector, …</param>
/// <param name="Rows">The rows of a matrix, the entries of a vector.</param>
/// <param name="Columns">The columns of a matrix.</param>
internal readonly record struct Kind(Form Form, Dimension Rows = default, Dimension Columns = default)
{
    public static Kind Real => new(Form.Real);

    public static Kind Integer => new(Form.Integer);

    public static Kind Boolean => new(Form.Boolean);

    public bool IsMatrix => Form is Form.Vector or Form.Matrix;

    /// <summary>How many entries; the least of them in a generic helper.</summary>
    public int Count => Form switch
    {
        Form.Vector => Rows.Least,
        Form.Matrix => Rows.Least * Columns.Least,
        _ => 1,
    };

    /// <summary>The type in C#; Real stands for the scalar type of the method around it.</summary>
    public string Text => Form switch
    {
        Form.Real => "Real",
        Form.Integer => "int",
        Form.Boolean => "bool",
        Form.Vector => $"Vector<Real, {Rows.Text}>",
        _ => $"Matrix<Real, {Rows.Text}, {Columns.Text}>",
    };

    public static Kind Vector(Dimension size) => new(Form.Vector, size, Dimension.One);

    public static Kind Matrix(Dimension rows, Dimension columns) => new(Form.Matrix, rows, columns);

    public override string ToString() => Text;
}
