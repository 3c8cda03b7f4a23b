using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>A program that failed once, shrunk, as a user would write it over Real.</summary>
/// <param name="What">What was wrong.</param>
/// <param name="Parameters">The parameters of F.</param>
/// <param name="Result">Its result's type.</param>
/// <param name="Body">Its statements.</param>
/// <param name="Members">Helpers.</param>
internal sealed partial record FoundProgram(string What, string Parameters, string Result, string Body, string Members = "")
{
    public RandomProgram ToProgram(bool isFloat) => new(
        new Method("F", [.. ListedParameter().Matches(Parameters).Select(ToParameter)], ToKind(Result), new Block([new Statement(Body, [], [])])),
        [],
        isFloat)
    {
        Members = Members,
    };

    public override string ToString() => What;

    private static Parameter ToParameter(Match match) =>
        new(match.Groups["name"].Value, ToKind(match.Groups["type"].Value), match.Groups["modifier"].Value);

    private static Kind ToKind(string type)
    {
        ImmutableArray<Dimension> sizes = [.. Size().Matches(type).Select(m => Dimension.Of(int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)))];
        return type[..Math.Min(3, type.Length)] switch
        {
            "Rea" => Kind.Real,
            "int" => Kind.Integer,
            "boo" => Kind.Boolean,
            "Vec" => Kind.Vector(sizes[0]),
            _ => Kind.Matrix(sizes[0], sizes[1]),
        };
    }

    [GeneratedRegex(@"(?<modifier>(\[NoDerivative\] )?(in )?)(?<type>[A-Za-z]+(<[^>]*>)?(\[\])?) (?<name>@?\w+)")]
    private static partial Regex ListedParameter();

    [GeneratedRegex(@"\bN(\d+)")]
    private static partial Regex Size();
}
