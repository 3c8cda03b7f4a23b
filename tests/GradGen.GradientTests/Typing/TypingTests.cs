using System.Collections.Concurrent;
using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;
using Xunit.Abstractions;

namespace GradGen.GradientTests.Typing;

/// <summary>
/// While somebody types, a program is nearly always broken. A part of all states is tried; with GRADGEN_TYPING=all every
/// prefix at every token, and 5,000 mutations.
/// </summary>
public class TypingTests(ITestOutputHelper output)
{
    private const int Prefixes = 700;
    private const int Mutations = 400;
    private const int AllMutations = 5_000;

    private static readonly bool IsComplete = Environment.GetEnvironmentVariable("GRADGEN_TYPING") == "all";

    /// <summary>The project without the file that is typed in: what one state costs is that file alone.</summary>
    private static readonly CSharpCompilation Project = Compilations.Create("", TypedSamples.Helpers);

    [Fact]
    public void ThereAreThreeHundredMethods() => Assert.InRange(TypedSamples.All.Count, 300, int.MaxValue);

    [Fact]
    public Task WholeFiles_HaveNoMistake()
    {
        var broken = TypedSamples.All.Where(s => With(s.Source).GetDiagnostics().Any(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error)).Select(s => s.Text);
        Assert.Empty(broken);
        return AreHarmless([.. TypedSamples.All.Select(s => s.Source)]);
    }

    [Fact]
    public Task EveryPrefix_IsHarmless()
    {
        // At the end of the file, and in the midst of it.
        List<string> all =
        [
            .. from sample in TypedSamples.All
               from count in Enumerable.Range(1, sample.Tokens.Count)
               let prefix = sample.Start + string.Concat(sample.Tokens.Take(count))
               from source in new[] { prefix, prefix + sample.End }
               select source,
        ];
        return AreHarmless(IsComplete ? all : [.. Random(1).GetItems(all.ToArray(), Prefixes)]);
    }

    [Fact]
    public Task DeletedDoubledAndSwappedTokens_AreHarmless()
    {
        var random = Random(2);
        return AreHarmless([.. Enumerable.Range(0, IsComplete ? AllMutations : Mutations).Select(_ => Mutated(random.GetItems([.. TypedSamples.All], 1)[0], random))]);
    }

    private static string Mutated(TypedSample sample, Random random)
    {
        var tokens = sample.Tokens.ToList();
        for (var edits = random.Next(1, 4); edits > 0 && tokens.Count > 1; edits--)
        {
            var (i, j) = (random.Next(tokens.Count), random.Next(tokens.Count));
            switch (random.Next(3))
            {
                case 0: tokens.RemoveAt(i); break;
                case 1: tokens.Insert(i, tokens[i]); break;
                default: (tokens[i], tokens[j]) = (tokens[j], tokens[i]); break;
            }
        }

        return sample.Start + string.Concat(tokens) + sample.End;
    }

    private async Task AreHarmless(IReadOnlyCollection<string> sources)
    {
        var faults = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(sources, async (source, _) =>
        {
            if (await Harmless.Fault(With(source), isTyped: true) is { } fault)
            {
                faults.Add(fault + "\n" + source);
            }
        });
        output.WriteLine($"{sources.Count} states, {faults.Count} faults");
        var kinds = faults.GroupBy(f => string.Join("\n", f.Split('\n').Take(2)), (_, same) => $"{same.Count()} times:\n{same.MinBy(f => f.Length)}");
        Assert.True(faults.IsEmpty, string.Join("\n\n", kinds));
    }

    private static CSharpCompilation With(string source)
    {
        var old = Project.SyntaxTrees[0];
        return Project.ReplaceSyntaxTree(old, CSharpSyntaxTree.ParseText(source, Compilations.ParseOptions, old.FilePath));
    }

    private static Random Random(int seed) => new(seed);
}
