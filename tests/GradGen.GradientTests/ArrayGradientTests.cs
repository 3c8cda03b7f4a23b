using System.Collections.Immutable;
using GradGen.Compiler.Optimization;

namespace GradGen.GradientTests;

/// <summary>Arrays, as the tests of tier 1 check gradients, with all passes on and with each off.</summary>
public class ArrayGradientTests
{
    private static readonly Dictionary<Passes, Lazy<ImmutableArray<CompiledCase>>> Compiled =
        new[] { Passes.All, Passes.None, Passes.All & ~Passes.Simplify, Passes.All & ~Passes.CommonSubexpressions, Passes.All & ~Passes.DeadCode }
        .ToDictionary(p => p, p => new Lazy<ImmutableArray<CompiledCase>>(() => CompiledCases.Compile(
            Scalars(p).SelectMany(s => ArrayCases.All.Select(c => (c, GradientCase.Sizes[0], s))), p)));

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, ArrayCases.All.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradient_EqualsCentralDifferencesAndInterpreter_WithEachPassOff(int index)
    {
        foreach (var (passes, compiled) in Compiled)
        {
            for (var s = 0; s < Scalars(passes).Length; s++)
            {
                TierOneGradientTests.Check(compiled.Value[(s * ArrayCases.All.Length) + index], compiled.Value[index]);
            }
        }
    }

    private static string[] Scalars(Passes passes) => passes == Passes.All ? ["double", "float"] : ["double"];
}
