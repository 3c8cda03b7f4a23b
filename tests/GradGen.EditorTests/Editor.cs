using System.Collections;
using System.Collections.Immutable;
using System.Composition.Hosting;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.QuickInfo;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.EditorTests;

/// <summary>
/// A C# editor without its window: Roslyn's own services for squiggles, light bulbs, hovers and completion, over a project
/// that refers to GradGen and loads its generator, analyzers and fixes from their files.
/// </summary>
internal sealed class Editor : IDisposable
{
    private static readonly ImmutableArray<Assembly> Parts = [.. MefHostServices.DefaultAssemblies.Union(
        [Assembly.Load("Microsoft.CodeAnalysis.Features"), Assembly.Load("Microsoft.CodeAnalysis.CSharp.Features")])];

    private static readonly CompositionHost Services = new ContainerConfiguration().WithAssemblies(Parts).CreateContainer();

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll"))
            .Append(typeof(N1).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path, documentation: DocumentationOf(path))),
    ];

    private readonly AdhocWorkspace _workspace = new(MefHostServices.Create(Services));
    private readonly DocumentId _file;
    private readonly DocumentId? _library;

    /// <param name="text">The file that is open; <c>[|</c> and <c>|]</c> select, and <c>$$</c> is where the cursor is.</param>
    /// <param name="library">A file of another project, to which that of the open file refers; null if there is none.</param>
    /// <param name="isLibraryGenerated">Whether GradGen's generator runs in the other project, too.</param>
    public Editor(string text, string? library = null, bool isLibraryGenerated = true)
    {
        Selection = new TextSpan(Math.Max(0, text.IndexOf("[|", StringComparison.Ordinal)), 0);
        if (text.IndexOf("|]", StringComparison.Ordinal) is > 0 and var end)
        {
            Selection = TextSpan.FromBounds(Selection.Start, end - 2);
        }

        text = text.Replace("[|", "").Replace("|]", "");
        Cursor = text.IndexOf("$$", StringComparison.Ordinal);
        if (library is not null)
        {
            _library = Add("Library", library, isLibraryGenerated);
        }

        _file = Add("Edited", text.Replace("$$", ""), isGenerated: true);
    }

    public TextSpan Selection { get; }

    public int Cursor { get; }

    public Document Document => _workspace.CurrentSolution.GetDocument(_file)!;

    public string Text => Document.GetTextAsync().Result.ToString();

    /// <summary>The text of the other project's file.</summary>
    public string LibraryText => _workspace.CurrentSolution.GetDocument(_library)!.GetTextAsync().Result.ToString();

    /// <summary>What is underlined in the file: id, text under it, message.</summary>
    public async Task<IReadOnlyList<(string Id, TextSpan Span, string Message)>> Squiggles()
    {
        // The service is internal to Roslyn.
        var type = Assembly.Load("Microsoft.CodeAnalysis.Features").GetType("Microsoft.CodeAnalysis.Diagnostics.IDiagnosticAnalyzerService", throwOnError: true)!;
        var project = Document.Project;
        var service = typeof(Microsoft.CodeAnalysis.Host.HostWorkspaceServices).GetMethod("GetService")!.MakeGenericMethod(type).Invoke(_workspace.Services, null)!;
        var data = await Result(type.GetMethod("ForceRunCodeAnalysisDiagnosticsAsync")!.Invoke(service, [project, CancellationToken.None])!);
        List<(string, TextSpan, string)> squiggles = [];
        foreach (var one in (IEnumerable)data)
        {
            var diagnostic = (Diagnostic)await Result(one.GetType().GetMethod("ToDiagnosticAsync")!.Invoke(one, [project, CancellationToken.None])!);
            if (!diagnostic.IsSuppressed && diagnostic.Severity != DiagnosticSeverity.Hidden && diagnostic.Location.SourceTree?.FilePath == Document.FilePath)
            {
                squiggles.Add((diagnostic.Id, diagnostic.Location.SourceSpan, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
            }
        }

        return squiggles;
    }

    /// <summary>What the light bulb offers for the selection that is GradGen's.</summary>
    public async Task<IReadOnlyList<CodeAction>> LightBulb()
    {
        var type = Assembly.Load("Microsoft.CodeAnalysis.Features").GetType("Microsoft.CodeAnalysis.CodeFixes.ICodeFixService", throwOnError: true)!;
        var service = Services.GetExport(type);
        var stream = type.GetMethod("StreamFixesAsync")!.Invoke(service, [Document, Selection, null, CancellationToken.None])!;
        List<CodeAction> actions = [];
        await foreach (var collection in (IAsyncEnumerable<object>)stream)
        {
            var provider = Property(collection, "Provider");
            if (provider.GetType().Namespace == "GradGen.CodeFixes")
            {
                actions.AddRange(((IEnumerable)Property(collection, "Fixes")).Cast<object>().Select(fix => (CodeAction)Member(fix, "Action")));
            }
        }

        return actions;
    }

    /// <summary>Chooses what the light bulb offers.</summary>
    public async Task Apply(CodeAction action)
    {
        foreach (var operation in await action.GetOperationsAsync(CancellationToken.None))
        {
            operation.Apply(_workspace, CancellationToken.None);
        }
    }

    /// <summary>What is shown when the mouse rests at the cursor.</summary>
    public async Task<string> Hover()
    {
        var info = await QuickInfoService.GetService(Document)!.GetQuickInfoAsync(Document, Cursor);
        return info is null ? "" : string.Join("\n", info.Sections.Select(section => section.Text));
    }

    /// <summary>What the list at the cursor offers.</summary>
    public async Task<IReadOnlyList<string>> Completion() =>
        [.. (await CompletionService.GetService(Document)!.GetCompletionsAsync(Document, Cursor)).ItemsList.Select(item => item.DisplayText)];

    public void Dispose() => _workspace.Dispose();

    /// <summary>A project with one file, over those that are there.</summary>
    private DocumentId Add(string name, string text, bool isGenerated)
    {
        var others = _workspace.CurrentSolution.ProjectIds.Select(id => new ProjectReference(id));
        var project = _workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Create(), name, name, LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable),
            parseOptions: new CSharpParseOptions(LanguageVersion.CSharp14, DocumentationMode.Diagnose),
            projectReferences: others,
            metadataReferences: References,
            analyzerReferences: (isGenerated ? new[] { "GradGen.Compiler.dll", "GradGen.CodeFixes.dll" } : []).Select(
                file => new AnalyzerFileReference(Path.Combine(AppContext.BaseDirectory, file), new Loader()))));
        _ = _workspace.AddDocument(project.Id, "Usings.cs", SourceText.From("global using System; global using GradGen; global using static GradGen.MatrixFunctions;"));
        var file = DocumentId.CreateNewId(project.Id);
        return _workspace.AddDocument(DocumentInfo.Create(
            file, "File.cs", filePath: $"/{name}/File.cs", loader: TextLoader.From(TextAndVersion.Create(SourceText.From(text), VersionStamp.Create())))).Id;
    }

    private static XmlDocumentationProvider? DocumentationOf(string path) =>
        Path.ChangeExtension(path, ".xml") is var xml && File.Exists(xml) ? XmlDocumentationProvider.CreateFromFile(xml) : null;

    private static async Task<object> Result(object task)
    {
        await (Task)task;
        return Property(task, "Result");
    }

    private static object Property(object target, string name) => target.GetType().GetProperty(name)!.GetValue(target)!;

    private static object Member(object target, string name) => target.GetType()
        .GetField(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!.GetValue(target)!;

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
