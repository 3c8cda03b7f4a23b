using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace GradGen.Compiler.Tests.Harness;

/// <summary>Whatever is typed: a diagnostic or nothing, never an exception, never generated code that does not compile, never a gradient found wrong.</summary>
internal static class Harmless
{
    /// <summary>All there are.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        .. typeof(GradientGenerator).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !t.IsAbstract)
            .Select(t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!),
    ];

    /// <summary>What generator and analyzers do wrong on a program; null if nothing.</summary>
    /// <param name="compilation">The program.</param>
    /// <param name="isTyped">Whether it comes after others: what was remembered of them must not show.</param>
    public static async Task<string?> Fault(CSharpCompilation compilation, bool isTyped = false)
    {
        var (generated, result) = Compilations.Generate(compilation);
        if (result.Results[0].Exception is { } exception)
        {
            return exception.ToString();
        }

        if (isTyped && Text(result) is var text)
        {
            var fresh = Compilations.Generate(compilation.WithOptions(compilation.Options.WithModuleName("Fresh"))).Result;
            if (Text(fresh) != text)
            {
                return "Remembered:\n" + text + "\nread anew:\n" + Text(fresh);
            }
        }

        var reported = await generated.WithAnalyzers(Analyzers).GetAnalyzerDiagnosticsAsync();
        if (reported.FirstOrDefault(d => d.Id == "AD0001") is { } crash)
        {
            return crash.ToString();
        }

        if (reported.FirstOrDefault(d => d.Id == "GRAD9001") is { } alarm)
        {
            return alarm.ToString();
        }

        // Only while the user's own program is right: what a broken one means is nobody's to say.
        var errors = Errors(compilation).ToHashSet();
        var newErrors = errors.All(e => e.Id is "CS0535" or "CS0117")
            ? Errors(generated).Where(e => !errors.Contains(e) && e.Location.SourceTree is { } tree && !compilation.ContainsSyntaxTree(tree)).ToList()
            : [];
        return newErrors.Count == 0 ? null : string.Join("\n", newErrors) + "\n" + Text(result);
    }

    private static string Text(GeneratorDriverRunResult result) => string.Join("\n", result.GeneratedTrees);

    private static IEnumerable<Diagnostic> Errors(Compilation compilation) =>
        compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error);
}
