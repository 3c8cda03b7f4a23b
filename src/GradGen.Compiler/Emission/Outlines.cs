using System.Text.RegularExpressions;

namespace GradGen.Compiler.Emission;

/// <summary>
/// Steps in functions of their own. The JIT stops inlining where a method has 1,024 locals, and each operation on vectors
/// takes a few: a method with many of them would call them one by one, at a tenth of the speed.
/// </summary>
internal sealed class Outlines(Storage storage, Names names)
{
    private static readonly Regex Identifier = new(@"(?<![\w@.:])@?[\p{L}_][\w]*(?!\s*::)");

    private readonly List<(string Header, string Text)> _functions = [];

    /// <summary>Makes a function of statements that only write to spans, and gives its call; null where they read arrays or tapes.</summary>
    /// <param name="text">The statements.</param>
    /// <param name="wanted">What the function should be called.</param>
    public string? CallOf(string text, string wanted)
    {
        List<string> words = [.. Identifier.Matches(text).Cast<Match>().Select(m => m.Value).Distinct()];
        if (words.Any(storage.IsGrowing))
        {
            return null;
        }

        List<(string Type, string Name)> captured = [.. words.Select(name => (Type: storage.TypeOf(name)!, Name: name)).Where(v => v.Type is not null)];
        var function = names.Reserve(wanted);
        _functions.Add(($"static void {function}({string.Join(", ", captured.Select(c => $"{c.Type} {c.Name}"))})", text));
        return $"{function}({string.Join(", ", captured.Select(c => c.Name))});";
    }

    /// <summary>Declares the functions.</summary>
    public void Declare(CSharpWriter output)
    {
        foreach (var (header, text) in Enumerable.Reverse(_functions))
        {
            output.Separate().Line(GradientEmitter.Optimized).Open(header).Lines(text.TrimEnd('\n').Split('\n')).Close();
        }
    }
}
