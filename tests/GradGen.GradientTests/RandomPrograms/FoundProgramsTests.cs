using GradGen.Compiler.Optimization;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>What random programs found, shrunk: each must stay mended, under every choice of passes.</summary>
public class FoundProgramsTests
{
    private static readonly FoundProgram[] Found =
    [
        new("a warning of a comparison of a parameter with itself, whose name needs an @",
            "Real @in", "Real", "return Math.Max(@in, @in);"),
        new("a warning of a comparison of an expression with itself",
            "Real x, [NoDerivative] int n", "Real", "return ((n / 2) == n) == ((n / 2) == n) ? x : 2 * x;"),
    ];

    public static TheoryData<int> Programs => [.. Enumerable.Range(0, Found.Length)];

    [Theory]
    [MemberData(nameof(Programs))]
    public void FoundProgram_StaysMended(int index)
    {
        for (var passes = Passes.None; passes <= Passes.All; passes++)
        {
            foreach (var isFloat in new[] { false, true })
            {
                var failure = ProgramRun.Check(Found[index].ToProgram(isFloat), (int)passes);
                Assert.True(failure is null, $"{Found[index]}, {passes}: {failure}");
            }
        }
    }
}
