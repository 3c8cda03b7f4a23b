using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Reading;

/// <summary>What a project declares: all its files' declarations, its references and its options.</summary>
internal sealed class ProjectOutline
{
    private static readonly ConditionalWeakTable<Compilation, ProjectOutline> Outlines = new();
    private static readonly ConditionalWeakTable<object, object> Numbers = new();
    private static long _lastNumber;

    private readonly Dictionary<SyntaxTree, int> _indices = [];
    private readonly List<FileOutline> _files = [];

    private ProjectOutline(Compilation compilation, CancellationToken cancellation)
    {
        var digest = Digest.Start.With(compilation.AssemblyName ?? "").With(NumberOf(compilation.Options));
        foreach (var tree in compilation.SyntaxTrees)
        {
            var file = FileOutline.Of(tree, cancellation);
            _indices[tree] = _files.Count;
            _files.Add(file);
            digest = digest.With(file.Declarations).With(NumberOf(tree.Options));
        }

        foreach (var reference in compilation.References)
        {
            digest = digest.With(NumberOf(reference is CompilationReference project ? project.Compilation : reference));
        }

        Declarations = digest;
    }

    /// <summary>Everything on which the meaning of a name can depend.</summary>
    public Digest Declarations { get; }

    /// <summary>The outline of a project as it is now, made once.</summary>
    public static ProjectOutline Of(Compilation compilation, CancellationToken cancellation)
    {
        if (!Outlines.TryGetValue(compilation, out var outline))
        {
            outline = new ProjectOutline(compilation, cancellation);
            outline = Outlines.GetValue(compilation, _ => outline);
        }

        return outline;
    }

    /// <summary>Where the body is in which a node stands; null if the node stands in none, but among the declarations.</summary>
    public BodyPlace? PlaceOf(SyntaxNode node) =>
        _indices.TryGetValue(node.SyntaxTree, out var index) && _files[index].NumberOf(node) is { } number ? new BodyPlace(index, number) : null;

    /// <summary>The text of a body. The place must be one of a project with the same <see cref="Declarations"/>.</summary>
    public Digest BodyAt(BodyPlace place) => _files[place.File].BodyOf(place.Number);

    /// <summary>Objects do not say what is in them: each has a number of its own, and is not kept by it.</summary>
    private static ulong NumberOf(object part) => (ulong)(long)Numbers.GetValue(part, _ => Interlocked.Increment(ref _lastNumber));
}

/// <summary>Where a body is in a project.</summary>
/// <param name="File">The index of its file.</param>
/// <param name="Number">The number of its method in the file.</param>
internal readonly record struct BodyPlace(int File, int Number);
