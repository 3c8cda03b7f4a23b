using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GradGen.Compiler.Tests.Harness;

/// <summary>Compilations of source texts against this process's framework and the GradGen runtime.</summary>
internal static class Compilations
{
    public const string Usings = """
        using System;
        using GradGen;
        using static GradGen.MatrixFunctions;

        """;

    public static CSharpParseOptions ParseOptions { get; } =
        new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    /// <summary>The framework's assemblies, and the runtime's.</summary>
    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll"))
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(N1).Assembly.Location),
    ];

    public static CSharpCompilation Create(params string[] sources) => Create(sources, null);

    public static CSharpCompilation Create(string[] sources, Func<CSharpCompilationOptions, CSharpCompilationOptions>? configure)
    {
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        return CSharpCompilation.Create(
            "Tested",
            sources.Select((text, i) => CSharpSyntaxTree.ParseText(text, ParseOptions, path: $"Source{i}.cs")),
            References,
            configure?.Invoke(options) ?? options);
    }

    /// <summary>Runs the generator; the compilation with what it wrote.</summary>
    public static (CSharpCompilation Compilation, GeneratorDriverRunResult Result) Generate(CSharpCompilation compilation)
    {
        var driver = Driver().RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);
        return ((CSharpCompilation)output, driver.GetRunResult());
    }

    public static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new GradientGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Errors and warnings, as text.</summary>
    public static IReadOnlyList<string> Problems(this Compilation compilation) =>
        [.. compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString())];
}
