using System.Collections.Immutable;
using GradGen.CodeFixes;
using GradGen.Compiler.Analyzers;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace GradGen.Compiler.Tests.Analyzers;

/// <summary>
/// Analyzers and fixes on code with markup: <c>{|GRAD1001:a * b|}</c> is where the diagnostic stands, and there is no
/// other, of GradGen or of C#.
/// </summary>
internal static class Check
{
    private const string Usings = "global using System; global using GradGen; global using static GradGen.MatrixFunctions;";

    /// <summary>Statements in a method with the network's parameters in scope.</summary>
    public static string InMethod(string statements, string parameters = "") => $$"""
        public static class C
        {
            public static void M({{(parameters.Length > 0 ? parameters : Network)}})
            {
                {{statements}}
            }
        }
        """;

    public const string Network =
        "Matrix<double, N2, N2> w1, Matrix<double, N2, N2> w2, Matrix<double, N1, N2> w3, Vector<double, N2> x, Vector<double, N2> d";

    /// <summary>The shape analyzer on statements.</summary>
    public static Task Statements(string statements, string parameters = "", params string[] messages) =>
        Shapes(InMethod(statements, parameters), messages);

    /// <summary>The shape analyzer on a file; the messages in their order, if given.</summary>
    public static Task Shapes(string file, params string[] messages) => Analyzer<ShapeAnalyzer>(file, messages);

    public static async Task Analyzer<TAnalyzer>(string file, params string[] messages)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var test = Prepare(new AnalyzerTest<TAnalyzer>(), file);
        await test.RunAsync();
        if (messages.Length > 0)
        {
            Assert.Equal(messages, await Messages<TAnalyzer>(file));
        }
    }

    /// <summary>A fix on a file, by its equivalence key; all occurrences are fixed too.</summary>
    public static Task Fix<TAnalyzer, TFix>(string before, string after, string? key = null, string usings = Usings)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        var test = Prepare(new FixTest<TAnalyzer, TFix> { CodeActionEquivalenceKey = key }, before, usings);
        test.DisabledDiagnostics.Add(Descriptors.GradientVerified.Id); // It says that what the fix made is right.
        test.FixedState.Sources.Add(after);
        test.FixedState.Sources.Add(usings);
        return test.RunAsync();
    }

    /// <summary>A shape repair on statements.</summary>
    public static Task Repair(string key, string before, string after, string parameters = "") => Fix<ShapeAnalyzer, ShapeFix>(
        InMethod(before, parameters), InMethod(after, parameters), "GradGen." + key);

    /// <summary>What the analyzer reports on a file.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Diagnostics<TAnalyzer>(params string[] files)
        where TAnalyzer : DiagnosticAnalyzer, new() =>
        await DiagnosticsOf<TAnalyzer>(Compilation([.. files, Usings]));

    /// <summary>What the analyzer reports on a compilation, in the order of the text.</summary>
    public static async Task<ImmutableArray<Diagnostic>> DiagnosticsOf<TAnalyzer>(Compilation compilation)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var diagnostics = await compilation.WithAnalyzers([new TAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        return [.. diagnostics.OrderBy(d => d.Location.SourceSpan.Start)];
    }

    public static CSharpCompilation Compilation(params IEnumerable<string> files) => CSharpCompilation.Create(
        "Test",
        files.Select((f, i) => CSharpSyntaxTree.ParseText(f, Parse, $"File{i}.cs")),
        Compilations.References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));

    public static CSharpParseOptions Parse { get; } = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    /// <summary>A file without its markup.</summary>
    public static string Plain(string file)
    {
        TestFileMarkupParser.GetSpans(file, out var plain, out ImmutableArray<Microsoft.CodeAnalysis.Text.TextSpan> _);
        return plain;
    }

    private static async Task<string[]> Messages<TAnalyzer>(string file)
        where TAnalyzer : DiagnosticAnalyzer, new() =>
        [.. (await Diagnostics<TAnalyzer>(Plain(file))).Select(d => d.GetMessage(System.Globalization.CultureInfo.InvariantCulture))];

    private static TTest Prepare<TTest>(TTest test, string file, string usings = Usings)
        where TTest : Microsoft.CodeAnalysis.Testing.AnalyzerTest<DefaultVerifier>
    {
        test.ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        test.TestState.AdditionalReferences.AddRange(Compilations.References);
        test.TestState.Sources.Add(file);
        test.TestState.Sources.Add(usings);
        test.TestBehaviors = TestBehaviors.SkipGeneratedCodeCheck;
        test.DisabledDiagnostics.Add(Descriptors.Decision.Id); // The test library switches on what is off by default.
        test.DisabledDiagnostics.Add(Descriptors.Subgradient.Id);
        return test;
    }

    private sealed class AnalyzerTest<TAnalyzer> : CSharpAnalyzerTest<TAnalyzer, DefaultVerifier>
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        protected override ParseOptions CreateParseOptions() => Parse;
    }

    private sealed class FixTest<TAnalyzer, TFix> : CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier>
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new()
    {
        protected override ParseOptions CreateParseOptions() => Parse;
    }
}
