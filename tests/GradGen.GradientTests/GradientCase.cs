using System.Text.RegularExpressions;

namespace GradGen.GradientTests;

/// <summary>Where a case's inputs lie, so that its function is smooth around them.</summary>
public enum Domain
{
    /// <summary>[−1.5, 1.5], at least 0.05 away from 0 and from each other.</summary>
    Any,
    /// <summary>[0.4, 2].</summary>
    Positive,
    /// <summary>[−0.8, 0.8].</summary>
    Unit,
    /// <summary>[1.2, 3].</summary>
    AboveOne,
}

/// <summary>
/// A differentiable method as a user writes it. T stands for double or float; A, B, C, D for dimensions, whose sizes
/// differ from each other so that a lost transpose cannot hide.
/// </summary>
/// <param name="Rows">The operations' rows that it tests, by name.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Result">Its result's type.</param>
/// <param name="Body">An expression, or statements in braces.</param>
/// <param name="Domain">Where its inputs lie.</param>
public sealed partial record GradientCase(string Rows, string Parameters, string Result, string Body, Domain Domain = Domain.Any)
{
    /// <summary>The sizes that A, B, C and D take, one set after the other.</summary>
    public static readonly int[][] Sizes = [[2, 3, 5, 4], [4, 1, 2, 3], [17, 18, 20, 19]];

    /// <summary>The method, for sizes and a scalar type.</summary>
    public string Source(string name, int[] sizes, string scalar)
    {
        var body = Body.StartsWith('{') ? Body : "=> " + Body + ";";
        var text = $"[Differentiable] public static {Result} {name}({Parameters}) {body}";
        return Placeholder().Replace(text, m => m.Value switch
        {
            "T" => scalar,
            "Math" => scalar == "float" ? "MathF" : "Math",
            var letter => "N" + sizes["ABCD".IndexOf(letter, StringComparison.Ordinal)],
        });
    }

    public override string ToString() => Rows + ": " + Body;

    [GeneratedRegex(@"(?<!\.)\b(T|A|B|C|D|Math)\b(?!\()")]
    private static partial Regex Placeholder();
}
