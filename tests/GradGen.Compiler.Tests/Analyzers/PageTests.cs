using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GradGen.Compiler.Analyzers;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace GradGen.Compiler.Tests.Analyzers;

/// <summary>The pages do not lie: their examples are compiled.</summary>
public class PageTests
{
    [Theory]
    [InlineData("GRAD0001")]
    [InlineData("GRAD0003")]
    [InlineData("GRAD0004")]
    [InlineData("GRAD0005")]
    [InlineData("GRAD0006")]
    [InlineData("GRAD1001")]
    [InlineData("GRAD1002")]
    [InlineData("GRAD1004")]
    [InlineData("GRAD1005")]
    [InlineData("GRAD1006")]
    [InlineData("GRAD1007")]
    [InlineData("GRAD1009")]
    [InlineData("GRAD1010")]
    [InlineData("GRAD2001")]
    [InlineData("GRAD2002")]
    [InlineData("GRAD2003")]
    [InlineData("GRAD2004")]
    [InlineData("GRAD2005")]
    [InlineData("GRAD2006")]
    [InlineData("GRAD2009")]
    [InlineData("GRAD2010")]
    [InlineData("GRAD2012")]
    [InlineData("GRAD2013")]
    [InlineData("GRAD3001")]
    [InlineData("GRAD3002")]
    [InlineData("GRAD3003")]
    [InlineData("GRAD3004")]
    [InlineData("GRAD3005")]
    [InlineData("GRAD3006")]
    [InlineData("GRAD3007")]
    [InlineData("GRAD3008")]
    [InlineData("GRAD3009")]
    [InlineData("GRAD3010")]
    [InlineData("GRAD3011")]
    [InlineData("GRAD3012")]
    [InlineData("GRAD4001")]
    [InlineData("GRAD4002")]
    [InlineData("GRAD4003")]
    [InlineData("GRAD4004")]
    [InlineData("GRAD4006")]
    [InlineData("GRAD4007")]
    [InlineData("GRAD5001")]
    [InlineData("GRAD5002")]
    [InlineData("GRAD5003")]
    public async Task Example_FiresOnce_AndWhatToWriteInstead_IsSilent(string id)
    {
        var code = Regex.Matches(Pages.Text(id), "```csharp\n(.*?)```", RegexOptions.Singleline);
        Assert.Equal(2, code.Count);
        Assert.Equal([id], await Report(id, code[0].Groups[1].Value));
        Assert.Empty(await Report(id, code[1].Groups[1].Value));
    }

    private static async Task<IEnumerable<string>> Report(string id, string file)
    {
        ImmutableArray<DiagnosticAnalyzer> analyzers = [new ShapeAnalyzer(), new DimensionAnalyzer(), new DifferentiableAnalyzer(), new DerivativeAnalyzer(), new GradingAnalyzer(), new CostAnalyzer()];
        var compilation = Check.Compilation(file);
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        if (id == Descriptors.Decision.Id || id == Descriptors.Subgradient.Id)
        {
            compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions([new(id, ReportDiagnostic.Warn)])); // Off by default.
        }

        if (id == Descriptors.GeneratedSize.Id)
        {
            compilation = Compilations.Generate(compilation).Compilation; // What it is about.
        }

        return (await compilation.WithAnalyzers(analyzers).GetAnalyzerDiagnosticsAsync()).Select(d => d.Id)
            .Where(found => found == id || found != Descriptors.GradientVerified.Id); // It says that what stands instead is right.
    }
}
