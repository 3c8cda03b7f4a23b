using System.Collections.Immutable;
using GradGen.CodeFixes;
using GradGen.Compiler.Analyzers;
using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.Compiler.Tests.Grading;

/// <summary>
/// Gradients written by hand in a class, with the generator's output beside them: what is said about them, where, and what
/// the fixes make of them.
/// </summary>
internal static class Graded
{
    private const string Usings = "global using System; global using GradGen; global using static GradGen.MatrixFunctions;";

    /// <summary>
    /// Each mistake as "GRAD3001: the text under the squiggle", in the order of the text. Then the fixes: the edits, made until
    /// nothing is left to mend, compile and give what GRAD3012 calls right; so does the call of the generated method.
    /// </summary>
    public static async Task Mistakes(string members, params string[] expected)
    {
        var (mistakes, source) = await Find(members);
        Assert.Equal(expected, mistakes.Select(d => $"{d.Id}: {Text(source, d)}"));
        await Mended(members);
        await Called(members);
    }

    /// <summary>As <see cref="Mistakes"/> where no small edit mends it: only the call of the generated method is offered.</summary>
    public static async Task MistakeWithoutEdit(string members, string expected)
    {
        var (mistakes, source) = await Find(members);
        var mistake = Assert.Single(mistakes);
        Assert.Equal(expected, $"{mistake.Id}: {Text(source, mistake)}");
        Assert.Null(await Fixed(source, mistake, GradingFix.EditKey));
        await Called(members);
    }

    /// <summary>The gradient is right: only GRAD3012 says something, one for each.</summary>
    public static async Task Right(string members, params string[] how)
    {
        var (found, _) = await Find(members, withInfo: true);
        Assert.Equal(how.Length == 0 ? found.Select(_ => "") : how, found.Select(d => how.Length == 0 ? "" : d.GetMessage(null).Split('(')[^1].TrimEnd(')')));
        Assert.NotEmpty(found);
        Assert.All(found, d => Assert.Equal("GRAD3012", d.Id));
    }

    /// <summary>Nothing is said.</summary>
    public static async Task Silent(string members) => Assert.Empty((await Find(members, withInfo: true)).Found);

    public static async Task<string[]> Messages(string members) => [.. (await Find(members, withInfo: true)).Found.Select(d => d.GetMessage(null))];

    public static async Task<ImmutableArray<Diagnostic>> Reported(string source)
    {
        var compilation = WithGenerated(source);
        var all = await compilation.WithAnalyzers([new GradingAnalyzer(), new ShapeAnalyzer(), new DifferentiableAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        return [.. all.OrderBy(d => d.Location.SourceSpan.Start)];
    }

    public static string InClass(string members) => "public static partial class C\n{\n" + members + "\n}\n";

    public static async Task<string> Mended(string members)
    {
        var source = InClass(members);
        for (var round = 0; round < 4; round++)
        {
            var open = (await Reported(source)).Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
            if (open.Count == 0)
            {
                break;
            }

            source = await Fixed(source, open[0], GradingFix.EditKey) ?? throw new Xunit.Sdk.XunitException("No edit is offered: " + open[0].GetMessage(null));
        }

        Assert.Empty(Errors(source));
        Assert.All(await Reported(source), d => Assert.Equal("GRAD3012", d.Id));
        return source;
    }

    /// <summary>The fix that calls the generated method in place of the body compiles, and nothing more is said.</summary>
    public static async Task Called(string members)
    {
        var source = InClass(members);
        var first = (await Reported(source)).First(d => d.Id.StartsWith("GRAD3", StringComparison.Ordinal));
        var called = await Fixed(source, first, GradingFix.CallKey);
        Assert.NotNull(called);
        Assert.Empty(Errors(called));
        Assert.Empty(await Reported(called));
    }

    private static async Task<(List<Diagnostic> Found, string Source)> Find(string members, bool withInfo = false)
    {
        var source = InClass(members);
        return ([.. (await Reported(source)).Where(d => withInfo || d.Severity == DiagnosticSeverity.Error)], source);
    }

    private static string Text(string source, Diagnostic diagnostic) => source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length);

    private static IEnumerable<string> Errors(string source) =>
        WithGenerated(source).GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString());

    private static CSharpCompilation WithGenerated(string source) => Compilations.Generate(Compilations.Create(source, Usings)).Compilation;

    private static async Task<string?> Fixed(string source, Diagnostic diagnostic, string key)
    {
        using var workspace = new AdhocWorkspace();
        var document = workspace.AddProject("P", LanguageNames.CSharp).AddDocument("C.cs", SourceText.From(source));
        var actions = new List<CodeAction>();
        await new GradingFix().RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (a, _) => actions.Add(a), default));
        if (actions.Find(a => a.EquivalenceKey == key) is not { } action)
        {
            return null;
        }

        var operation = (await action.GetOperationsAsync(default)).OfType<ApplyChangesOperation>().Single();
        return (await operation.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString();
    }
}
