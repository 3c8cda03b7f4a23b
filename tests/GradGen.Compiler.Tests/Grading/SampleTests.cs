using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Tests.Grading;

/// <summary>The sample of classic mistakes does not lie: over each gradient stands what GradGen says about it.</summary>
public class SampleTests
{
    [Fact]
    public async Task WhatStandsOverEachMistake_IsWhatIsSaid()
    {
        var file = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "samples", "HandWritten", "Mistakes.cs"));
        var text = (await File.ReadAllTextAsync(file)).Replace("\r\n", "\n", StringComparison.Ordinal);
        var code = string.Join("\n", text.Split('\n').Where(line => !line.TrimStart().StartsWith("// GRAD", StringComparison.Ordinal)));
        Assert.Equal(Annotated(code, await Graded.Reported(code)), text);
    }

    /// <summary>While it is typed: cut anywhere, it gives diagnostics or none, and no exception.</summary>
    [Fact]
    public async Task CutAnywhere_NothingThrows()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Here(), "..", "..", "..", "samples", "HandWritten", "Mistakes.cs"));
        var ends = Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens().Select(t => t.Span.End).ToList();
        for (var i = 0; i < ends.Count; i += 11)
        {
            var found = await Graded.Reported(text[..ends[i]]);
            Assert.DoesNotContain(found, d => d.Id.StartsWith("AD", StringComparison.Ordinal));
        }
    }

    /// <summary>A line for each diagnostic, above the attribute of its method.</summary>
    private static string Annotated(string code, IEnumerable<Diagnostic> diagnostics)
    {
        var lines = code.Split('\n');
        var above = diagnostics.ToLookup(
            d => Array.FindLastIndex(lines, d.Location.GetLineSpan().StartLinePosition.Line, l => l.Contains("[GradientOf", StringComparison.Ordinal)),
            d => $"    // {d.Id} '{code.Substring(d.Location.SourceSpan.Start, d.Location.SourceSpan.Length)}': {d.GetMessage(null)}");
        return string.Join("\n", lines.SelectMany((line, i) => above[i].Append(line)));
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
