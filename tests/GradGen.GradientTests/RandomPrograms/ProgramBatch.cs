using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Emission;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Optimization;
using GradGen.Compiler.Reading;
using GradGen.Compiler.Tests.Harness;
using GradGen.GradientTests.RandomPrograms.Duals;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>
/// Compiles many programs at once: one assembly of the programs with what GradGen generates, one of the same programs
/// over dual numbers.
/// </summary>
internal sealed class ProgramBatch : IDisposable
{
    private static readonly CSharpCompilation Empty = Compilations.Create([], o => o
        .WithOptimizationLevel(OptimizationLevel.Release)
        .WithOverflowChecks(true)
        .WithConcurrentBuild(false)
        .WithSpecificDiagnosticOptions([new("CS1591", ReportDiagnostic.Suppress)]));

    private static readonly CSharpCompilation EmptyOfDuals = Compilations
        .Create([], o => o.WithOptimizationLevel(OptimizationLevel.Release).WithConcurrentBuild(false))
        .WithAssemblyName("Duals");

    /// <summary>
    /// What every batch shares: a method that runs a few times is compiled to machine code in less time without
    /// optimizations, and an optimized one computes the same.
    /// </summary>
    private static readonly SyntaxTree Unoptimized = Tree(
        "[assembly: System.Diagnostics.Debuggable(System.Diagnostics.DebuggableAttribute.DebuggingModes.DisableOptimizations)]", Name(-1, "Assembly"));

    private static readonly MetadataReference Tests = MetadataReference.CreateFromFile(typeof(Dual).Assembly.Location);

    private readonly AssemblyLoadContext _context = new(null, isCollectible: true);
    private readonly Dictionary<int, Failure> _failures = [];
    private readonly Func<int, Passes> _passes;

    private ProgramBatch(Func<int, Passes> passes) => _passes = passes;

    /// <summary>The programs that GradGen could read.</summary>
    public ImmutableArray<GeneratedProgram> Generated { get; private set; } = [];

    public ImmutableArray<CompiledProgram> Compiled { get; private set; } = [];

    /// <summary>The failures, by the program's place in the batch.</summary>
    public IReadOnlyDictionary<int, Failure> Failures => _failures;

    /// <param name="programs">The programs.</param>
    /// <param name="passes">The passes under which each is emitted.</param>
    public static ProgramBatch Compile(IReadOnlyList<RandomProgram> programs, Func<int, Passes> passes)
    {
        var batch = new ProgramBatch(passes);
        batch.Run(programs);
        return batch;
    }

    public void Dispose() => _context.Unload();

    private void Run(IReadOnlyList<RandomProgram> programs)
    {
        var compilation = Empty.AddSyntaxTrees([.. programs.Select((p, i) => Tree(ProgramGlue.ForGradGen(p, i), Name(i, "User")))]);
        var generated = new List<GeneratedProgram>();
        for (var i = 0; i < programs.Count; i++)
        {
            if (Generate(programs[i], i, _passes(i), compilation) is { } one)
            {
                generated.Add(one);
            }
            else if (compilation.GetSemanticModel(compilation.SyntaxTrees[i]).GetDiagnostics().FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error) is { } error)
            {
                // What is no C# is no fault of GradGen's. (The generated method is not there yet, but nothing here calls it.)
                _ = _failures.Remove(i);
                Fail(error, Stage.Program);
            }
        }

        Generated = [.. generated];
        SyntaxTree[] written =
        [
            .. generated.Select(g => Tree(g.Generated, Name(g.Index, "Generated"))),
            .. generated.Select(g => Tree(ProgramGlue.Calls(g.Program, g.Index, g.Model), Name(g.Index, "Glue"))),
        ];
        var calls = Load(compilation.AddReferences(Tests).AddSyntaxTrees(written));
        SyntaxTree[] overDuals = [.. generated.Where(g => !_failures.ContainsKey(g.Index)).Select(g => Tree(ProgramGlue.ForDuals(g.Program, g.Index), Name(g.Index, "Duals")))];
        var duals = Load(EmptyOfDuals.AddReferences(Tests).AddSyntaxTrees(overDuals));
        Compiled =
        [
            .. generated.Where(g => !_failures.ContainsKey(g.Index)).Select(g => new CompiledProgram(
                g,
                Method<ForwardCall>(calls!, ProgramGlue.TypeOfCalls(g.Index), "Forward"),
                Method<GradientCall>(calls!, ProgramGlue.TypeOfCalls(g.Index), "Gradient"),
                Method<DualCall>(duals!, ProgramGlue.TypeOfDuals(g.Index), "Forward"))),
        ];
    }

    private GeneratedProgram? Generate(RandomProgram program, int index, Passes passes, CSharpCompilation compilation)
    {
        try
        {
            var tree = compilation.SyntaxTrees[index];
            var syntax = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().First(m => m.Identifier.Text == "F");
            var read = ModelReader.Read(compilation.GetSemanticModel(tree).GetDeclaredSymbol(syntax)!, compilation, CancellationToken.None);
            if (!read.Problems.IsEmpty || read.Model?.Function is not { } function)
            {
                var problem = read.Problems.FirstOrDefault();
                _failures[index] = new Failure(
                    Stage.Refused, (problem?.Descriptor.Id ?? "nothing") + Words(problem?.Message),
                    string.Join("\n", read.Problems.Select(p => $"{p.Descriptor.Id} {p.Message}")) + read.Model?.Failure);
                return null;
            }

            ImmutableArray<bool> differentiated = [.. read.Model.Parameters.Select(p => p.IsDifferentiated)];
            Verifier.Verify(function);
            var plain = GradientFunction.Run(function, differentiated, Passes.None);
            var expanded = GradientFunction.Run(function, differentiated, passes);
            foreach (var one in new[] { plain.Gradient, expanded.Expanded })
            {
                Verifier.Verify(one);
            }

            return new GeneratedProgram(program, index, read.Model, passes, plain, expanded, GradientEmitter.Emit(read.Model, passes));
        }
        catch (Exception e)
        {
            _failures[index] = Failure.Of(Stage.Compiler, e);
            return null;
        }
    }

    /// <summary>The words of a message, without what it quotes: two refusals with the same words are alike.</summary>
    private static string Words(string? message) => System.Text.RegularExpressions.Regex.Replace(message ?? "", "'[^']*'|[0-9]+", "…");

    /// <summary>The assembly, without the programs whose sources do not compile.</summary>
    private Assembly? Load(CSharpCompilation compilation)
    {
        compilation = compilation.RemoveSyntaxTrees([.. compilation.SyntaxTrees.Where(t => _failures.ContainsKey(IndexOf(t)))]).AddSyntaxTrees(Unoptimized);
        while (compilation.SyntaxTrees.Length > 1)
        {
            using var stream = new MemoryStream();
            var result = compilation.Emit(stream);
            foreach (var problem in result.Diagnostics.Where(d => IsProblem(d)))
            {
                Fail(problem, problem.Location.SourceTree is { } tree && IsOfGradGen(tree) ? Stage.Generated : Stage.Program);
            }

            if (result.Success)
            {
                stream.Position = 0;
                return _context.LoadFromStream(stream);
            }

            var failing = compilation.SyntaxTrees.Where(t => _failures.ContainsKey(IndexOf(t))).ToList();
            if (failing.Count == 0)
            {
                throw new InvalidOperationException(string.Join("\n", result.Diagnostics));
            }

            compilation = compilation.RemoveSyntaxTrees(failing);
        }

        return null;
    }

    /// <summary>An error, or a warning about what GradGen wrote.</summary>
    private static bool IsProblem(Diagnostic diagnostic) =>
        diagnostic.Severity == DiagnosticSeverity.Error
        || (diagnostic.Severity == DiagnosticSeverity.Warning && diagnostic.Location.SourceTree is { } tree && tree.FilePath.StartsWith("Generated", StringComparison.Ordinal));

    /// <summary>Whether a file is what GradGen wrote, or calls it.</summary>
    private static bool IsOfGradGen(SyntaxTree tree) =>
        tree.FilePath.StartsWith("Generated", StringComparison.Ordinal) || tree.FilePath.StartsWith("Glue", StringComparison.Ordinal);

    private void Fail(Diagnostic diagnostic, Stage stage)
    {
        if (diagnostic.Location.SourceTree is { } tree)
        {
            var line = tree.GetText().Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line].ToString();
            _failures.TryAdd(IndexOf(tree), new Failure(stage, diagnostic.Id, $"{diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)} in {line.Trim()}"));
        }
    }

    private static string Name(int index, string name) => $"{name}.{index}.cs";

    private static int IndexOf(SyntaxTree tree) => int.Parse(tree.FilePath.Split('.')[1], System.Globalization.CultureInfo.InvariantCulture);

    private static SyntaxTree Tree(string text, string name) => CSharpSyntaxTree.ParseText(text, Compilations.ParseOptions, path: name);

    private static TCall Method<TCall>(Assembly assembly, string type, string name)
        where TCall : Delegate => assembly.GetType(type)!.GetMethod(name)!.CreateDelegate<TCall>();
}
