using System.Collections.Immutable;
using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Optimization;
using Xunit.Abstractions;

namespace GradGen.GradientTests;

/// <summary>The compiler's own check of what it emits, on methods whose gradients are known to be right.</summary>
public class SelfCheckTests(ITestOutputHelper output)
{
    [Fact]
    public void MethodsOfTheLibrary_AreConfirmed() => AreConfirmed(CompiledCases.Of(Passes.All), 0.9);

    [Fact]
    public void MethodsOnArrays_AreConfirmed() => AreConfirmed(
        CompiledCases.Compile(ArrayCases.All.Select(c => (c, GradientCase.Sizes[0], "double")), Passes.All), 0.7);

    private void AreConfirmed(IReadOnlyCollection<CompiledCase> cases, double share)
    {
        var results = cases.Select(c =>
        {
            ImmutableArray<bool> differentiated = [.. c.Model.Parameters.Select(p => p.IsDifferentiated)];
            var result = SelfCheck.Run(c.Model.Function!, GradientFunction.Run(c.Model.Function!, differentiated).Expanded, differentiated);
            return (Case: c, Result: result);
        }).ToList();
        foreach (var group in results.GroupBy(r => (r.Result.Verdict, Reason: r.Result.Verdict == SelfCheckVerdict.Unchecked ? r.Result.Reason : "")).OrderBy(g => g.Key))
        {
            output.WriteLine($"{group.Count()} × {group.Key.Verdict} {group.Key.Reason}");
            if (group.Key.Verdict == SelfCheckVerdict.Unchecked)
            {
                output.WriteLine("  such as " + string.Join("\n          ", group.Take(6).Select(r => r.Case.Case.ToString())));
            }
        }

        Assert.Empty(results.Where(r => r.Result.Verdict == SelfCheckVerdict.Refuted).Select(r => $"{r.Case.Case}: {r.Result.Reason}"));
        Assert.InRange(results.Count(r => r.Result.Verdict == SelfCheckVerdict.Confirmed) / (double)results.Count, share, 1);
    }
}
