using System.Collections.Immutable;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>
/// A number, matrix or array among the arguments: a parameter, a field of the object, or a member of one. Their values
/// are passed as arrays, in this order: what has entries, and what is made of integers.
/// </summary>
/// <param name="Path">How the method reaches it: <c>x</c>, <c>model.W1</c>, <c>this.scale</c>.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Root">The parameter or field.</param>
/// <param name="IsField">Whether the root is a field.</param>
internal sealed record Leaf(string Path, Kind Kind, Parameter Root, bool IsField)
{
    public bool HasEntries => Kind.HasEntries;

    public bool IsDifferentiated => HasEntries && !Root.Modifier.Contains("NoDerivative", StringComparison.Ordinal);

    /// <summary>The least and the most elements of an array; 1 and 1 of anything else.</summary>
    public (int Least, int Most) Length => Kind.IsArray ? (Root.Length, Root.Length + 2) : (1, 1);

    /// <summary>The members below the root: <c>.W1</c>, or nothing.</summary>
    public string Below => Path[(Path.IndexOf(Root.Name, StringComparison.Ordinal) + Root.Name.Length)..];

    /// <summary>The path as GradGen writes it, the members of tuples by their numbers.</summary>
    public string PlainPath { get; init; } = Plain(Path);

    /// <summary>A path without @, which GradGen puts before more names than need one.</summary>
    public static string Plain(string path) => path.Replace("@", "", StringComparison.Ordinal);

    public static ImmutableArray<Leaf> Of(RandomProgram program) =>
    [
        .. program.Fields.SelectMany(f => Of("this." + f.Name, "this." + f.Name, f.Kind, f, true)),
        .. program.Main.Parameters.SelectMany(p => Of(p.Name, p.Name, p.Kind, p, false)),
    ];

    private static IEnumerable<Leaf> Of(string path, string plain, Kind kind, Parameter root, bool isField) => kind.Form is Form.Record or Form.Tuple
        ? kind.Members.SelectMany((m, i) => Of($"{path}.{m.Name}", $"{plain}.{(kind.Form == Form.Tuple ? $"Item{i + 1}" : m.Name)}", m.Kind, root, isField))
        : [new Leaf(path, kind, root, isField) { PlainPath = Plain(plain) }];
}
