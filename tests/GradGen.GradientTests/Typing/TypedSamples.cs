using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace GradGen.GradientTests.Typing;

/// <summary>A file with a differentiable method, as somebody might be typing it.</summary>
/// <param name="Start">What stands before what is typed.</param>
/// <param name="Text">What is typed.</param>
/// <param name="End">What stands after it, as when somebody types in the midst of a file.</param>
internal sealed record TypedSample(string Start, string Text, string End)
{
    public string Source => Start + Text + End;

    /// <summary>The tokens of what is typed, with what is between them.</summary>
    public IReadOnlyList<string> Tokens { get; } = [.. SyntaxFactory.ParseTokens(Text, options: Compilations.ParseOptions).Select(t => t.ToFullString()).Where(t => t.Length > 0)];
}

/// <summary>The methods whose gradients are tested, each in a file of its own.</summary>
internal static class TypedSamples
{
    /// <summary>The file that all of them use.</summary>
    public const string Helpers = Compilations.Usings + GradientCases.Helpers;

    private const string Usings = "using System.Linq;\nusing System.Numerics;\n" + Compilations.Usings;

    public static IReadOnlyList<TypedSample> All { get; } =
    [
        .. GradientCases.All.Concat(ArrayCases.All).DistinctBy(c => (c.Parameters, c.Body)).Select(c => Of(c, "double")),
        .. NumericsCases.Models.Concat(NumericsCases.All.Where((_, i) => i % 4 == 0)).Select(c => Of(c, "float")),
        .. ObjectCases.All.Select(text => new TypedSample(Compilations.Usings + "namespace Case;\n", text, "\n")),
    ];

    private static TypedSample Of(GradientCase method, string scalar) =>
        new(Usings + "public static partial class Cases\n{\n    ", method.Source("F", GradientCase.Sizes[0], scalar), "\n}\n");
}
