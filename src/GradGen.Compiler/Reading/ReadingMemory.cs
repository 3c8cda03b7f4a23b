using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Reading;

/// <summary>
/// The methods of a project as they were read last. Roslyn asks for every marked method again whenever anything in the
/// project changes, and most of reading is C#'s own binding; but what a method means can only change with a declaration
/// somewhere, or with a body that was read for it: its own or that of a method that it calls.
/// </summary>
internal sealed class ReadingMemory
{
    /// <summary>Lives as long as the project's options, which stay the same object while its text changes.</summary>
    private static readonly ConditionalWeakTable<CompilationOptions, ReadingMemory> Memories = new();

    private readonly ConcurrentDictionary<BodyPlace, Remembered> _methods = new();

    /// <summary>Reads a method, or remembers it.</summary>
    /// <param name="method">The method.</param>
    /// <param name="declaration">Its declaration that is marked.</param>
    /// <param name="compilation">The project.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What <see cref="ModelReader"/> would give.</returns>
    public static GradientModel? Read(IMethodSymbol method, SyntaxNode declaration, Compilation compilation, CancellationToken cancellation)
    {
        var project = ProjectOutline.Of(compilation, cancellation);
        if (project.PlaceOf(declaration) is not { } place)
        {
            return ModelReader.Read(method, compilation, cancellation).Model;
        }

        var methods = Memories.GetValue(compilation.Options, _ => new ReadingMemory())._methods;
        if (methods.TryGetValue(place, out var known) && known.HoldsIn(project))
        {
            return known.Model;
        }

        var read = ModelReader.Read(method, compilation, cancellation);
        if (read.Model is { Failure: null } model)
        {
            var bodies = read.Bodies.Add(declaration).Select(project.PlaceOf).OfType<BodyPlace>().Distinct();
            methods[place] = new Remembered(model, project.Declarations, [.. bodies.Select(b => (b, project.BodyAt(b)))]);
        }

        return read.Model;
    }

    /// <summary>A method that could be read; why one could not can depend on line numbers.</summary>
    private sealed record Remembered(GradientModel Model, Digest Declarations, ImmutableArray<(BodyPlace Place, Digest Text)> Bodies)
    {
        public bool HoldsIn(ProjectOutline project) =>
            project.Declarations == Declarations && Bodies.All(b => project.BodyAt(b.Place) == b.Text);
    }
}
