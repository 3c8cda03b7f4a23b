using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Reading;

/// <summary>
/// A type of System.Numerics: the fields that hold the entries, in row-major order, and what else names some of them.
/// In the IR a value of it is a plain tensor of float.
/// </summary>
/// <param name="Name">Its name in System.Numerics.</param>
/// <param name="Shape">Its shape: a vector is a column.</param>
/// <param name="Fields">How an entry is reached from a value, and the order of the arguments of its constructor.</param>
internal sealed record NumericsType(string Name, Shape Shape, ImmutableArray<string> Fields)
{
    public TensorType Type => new(ScalarType.Float32, Shape);

    /// <summary>The type in generated code.</summary>
    public string CSharpName => "global::System.Numerics." + Name;

    /// <summary>The members that are several entries in a row.</summary>
    public ImmutableArray<(string Name, NumericsPart Part)> Parts { get; init; } = [];

    /// <summary>What a member that can be read and assigned stands for; null for any other member.</summary>
    public NumericsPart? PartOf(string member)
    {
        var field = Fields.IndexOf(member);
        return field >= 0 ? new NumericsPart(field, 1) : Parts.Where(p => p.Name == member).Select(p => (NumericsPart?)p.Part).FirstOrDefault();
    }

    /// <summary>C# that reads an entry of a value.</summary>
    /// <param name="value">A name.</param>
    /// <param name="entry">Its number in row-major order.</param>
    public string Read(string value, int entry) => value + "." + Fields[entry];

    /// <summary>The arguments of the constructor that takes all entries, in lines: a vector in one, a matrix row by row.</summary>
    public IReadOnlyList<string> Lines(IReadOnlyList<string> entries)
    {
        var width = Shape.IsColumn ? Shape.Count : Shape.Columns;
        return [.. Enumerable.Range(0, Shape.Count / width).Select(line => string.Join(", ", entries.Skip(line * width).Take(width)))];
    }

    /// <summary>C# that adds two values, given by name: a plane is the only one without an operator for it.</summary>
    public string Add(string left, string right) => Name == "Plane"
        ? $"new {CSharpName}({left}.Normal + {right}.Normal, {left}.D + {right}.D)"
        : left + " + " + right;
}

/// <summary>Some entries of a value that follow one another in row-major order: one is a scalar, more are a vector.</summary>
internal readonly record struct NumericsPart(int Start, int Count)
{
    public Shape Shape => Count == 1 ? Shape.Scalar : Shape.Of(Count, 1);
}

/// <summary>The types of System.Numerics that are tensors: the one place that says which entries they have.</summary>
internal static class NumericsTypes
{
    public static readonly NumericsType Vector2 = Column("Vector2", "X", "Y");
    public static readonly NumericsType Vector3 = Column("Vector3", "X", "Y", "Z");
    public static readonly NumericsType Vector4 = Column("Vector4", "X", "Y", "Z", "W");
    public static readonly NumericsType Quaternion = Column("Quaternion", "X", "Y", "Z", "W");

    public static readonly NumericsType Plane = Column("Plane", "Normal.X", "Normal.Y", "Normal.Z", "D") with
    {
        Parts = [("Normal", new NumericsPart(0, 3))],
    };

    public static readonly NumericsType Matrix3x2 = Matrix("Matrix3x2", 3, 2) with
    {
        Parts = [.. Rows("XYZ", 2), ("Translation", new NumericsPart(4, 2))],
    };

    public static readonly NumericsType Matrix4x4 = Matrix("Matrix4x4", 4, 4) with
    {
        Parts = [.. Rows("XYZW", 4), ("Translation", new NumericsPart(12, 3))],
    };

    public static readonly ImmutableArray<NumericsType> All = [Vector2, Vector3, Vector4, Quaternion, Plane, Matrix3x2, Matrix4x4];

    private static readonly Dictionary<string, NumericsType> ByName = All.ToDictionary(t => t.Name);

    private static readonly Dictionary<string, NumericsType> ByCSharpName = All.ToDictionary(t => t.CSharpName);

    /// <summary>The entries of a C# type, or null if it is none of System.Numerics' small ones: not one of the user's own by that name.</summary>
    public static NumericsType? Of(ITypeSymbol? type) =>
        type is INamedTypeSymbol { IsGenericType: false, TypeKind: TypeKind.Struct, DeclaringSyntaxReferences.IsEmpty: true }
            && IsNumerics(type) && ByName.TryGetValue(type.Name, out var found)
            ? found
            : null;

    /// <summary>The entries of a type in generated code (<see cref="ParameterModel.TypeName"/>), or null.</summary>
    public static NumericsType? Of(string typeName) => ByCSharpName.TryGetValue(typeName, out var found) ? found : null;

    /// <summary>Whether the type stands in the namespace System.Numerics.</summary>
    public static bool IsNumerics(ITypeSymbol? type) => type?.ContainingNamespace is
    {
        Name: "Numerics", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true },
    };

    private static NumericsType Column(string name, params string[] fields) =>
        new(name, Shape.Of(fields.Length, 1), [.. fields]);

    /// <summary>M11, M12, … of a matrix.</summary>
    private static NumericsType Matrix(string name, int rows, int columns) => new(
        name,
        Shape.Of(rows, columns),
        [.. Enumerable.Range(0, rows * columns).Select(e => $"M{(e / columns) + 1}{(e % columns) + 1}")]);

    /// <summary>The rows of a matrix, which are called as the entries of a vector are.</summary>
    private static IEnumerable<(string Name, NumericsPart Part)> Rows(string names, int columns) =>
        names.Select((name, row) => (name.ToString(), new NumericsPart(row * columns, columns)));
}
