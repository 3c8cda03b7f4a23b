using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using GradGen.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Tests.Analyzers;

/// <summary>Owns ids, pages, the release file, and that each diagnostic is tested.</summary>
public class DescriptorTests
{
    private static readonly DiagnosticDescriptor[] All =
    [
        .. typeof(Descriptors).GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(f => f.GetValue(null)).OfType<DiagnosticDescriptor>(),
    ];

    public static TheoryData<string> Ids => [.. All.Select(d => d.Id)];

    [Fact]
    public void Ids_AreUniqueAndOfOurRange()
    {
        Assert.Equal(All.Length, All.Select(d => d.Id).Distinct().Count());
        Assert.All(All, d => Assert.Matches("^GRAD[0-59][0-9]{3}$", d.Id));
    }

    [Fact]
    public void ReleaseFile_HasEachDescriptorAndNoOther()
    {
        var released = Directory.GetFiles(Compiler(), "AnalyzerReleases.*.md").SelectMany(File.ReadAllLines)
            .Select(line => Regex.Match(line, @"^(GRAD\d{4}) \| (\w+) \| (\w+) \| (.+)$")).Where(m => m.Success)
            .Select(m => (m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value, m.Groups[4].Value.Trim()));
        Assert.Equal(
            All.Select(d => (d.Id, d.Category, d.IsEnabledByDefault ? d.DefaultSeverity.ToString() : "Disabled", Text(d.Title))).Order(),
            released.Order());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_HasTheDescriptorsTitle_AndIsItsDescription(string id)
    {
        var descriptor = All.Single(d => d.Id == id);
        var page = Pages.Text(id);
        Assert.StartsWith($"# {id}: {Text(descriptor.Title)}\n\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## Example\n\n```csharp\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## What to write instead\n\n```csharp\n", page, StringComparison.Ordinal);

        var description = Text(descriptor.Description);
        Assert.NotEmpty(description);
        Assert.DoesNotContain('`', description);
        Assert.DoesNotContain("##", description, StringComparison.Ordinal);
        Assert.EndsWith(".", description, StringComparison.Ordinal);
        Assert.Empty(descriptor.HelpLinkUri);
    }

    [Fact]
    public void Pages_WithoutADescriptor_DoNotExist() => Assert.Equal(
        All.Select(d => d.Id + ".md").Order(),
        Directory.GetFiles(Path.Combine(Compiler(), "Diagnostics"), "*.md").Select(Path.GetFileName).Order());

    [Theory]
    [MemberData(nameof(Ids))]
    public void Diagnostic_IsNamedByATestClass(string id) => Assert.Contains(
        Directory.GetFiles(Path.Combine(Here(), ".."), "*Tests.cs", SearchOption.AllDirectories),
        file => File.ReadAllText(file).Contains(id, StringComparison.Ordinal));

    [Fact]
    public void Analyzers_SupportEachDescriptor()
    {
        var supported = typeof(Descriptors).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzer)))
            .SelectMany(t => ((Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzer)Activator.CreateInstance(t)!).SupportedDiagnostics);
        Assert.Equal(All.Select(d => d.Id).Order(), supported.Select(d => d.Id).Distinct().Order());
    }

    private static string Text(LocalizableString text) => text.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Compiler() => Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "src", "GradGen.Compiler"));

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
