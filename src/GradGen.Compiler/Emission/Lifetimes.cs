using System.Text.RegularExpressions;

namespace GradGen.Compiler.Emission;

/// <summary>
/// From which statement of a method's body to which a name is used: what is written is what is read. A loop or a branch is one
/// statement, because what an iteration leaves may be read by the next.
/// </summary>
internal sealed class Lifetimes
{
    private static readonly Regex Identifier = new(@"@?[\p{L}_]\w*");

    private readonly Dictionary<string, (int First, int Last)> _uses = [];

    private Lifetimes()
    {
    }

    /// <param name="body">Statements, of which the outermost are indented alike.</param>
    public static Lifetimes Of(string body)
    {
        var (lifetimes, statement, depth) = (new Lifetimes(), 0, 0);
        foreach (var line in body.Split('\n'))
        {
            if (line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            {
                continue;
            }

            if (line.Length == 0 && depth == 0)
            {
                statement++;
            }

            depth += line.Count(c => c is '{' or '(') - line.Count(c => c is '}' or ')');
            foreach (Match match in Identifier.Matches(line))
            {
                lifetimes._uses[match.Value] = (lifetimes._uses.TryGetValue(match.Value, out var use) ? use.First : statement, statement);
            }
        }

        return lifetimes;
    }

    /// <summary>Whether two names are used at the same time, or in the same statement.</summary>
    public bool Meet(string one, string other) =>
        !_uses.TryGetValue(one, out var first) || !_uses.TryGetValue(other, out var second) || (first.First <= second.Last && second.First <= first.Last);
}
