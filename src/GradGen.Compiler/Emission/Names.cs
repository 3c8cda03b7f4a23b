using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace GradGen.Compiler.Emission;

/// <summary>
/// Identifiers of a method: the parameters' as declared, everything else fitted around them, so that no two clash and
/// none is a keyword. Names of an inner block are given back when it closes, but never to a name outside it, which C#
/// would refuse.
/// </summary>
internal sealed class Names
{
    /// <summary>Words that are names elsewhere and mean something in some statement or other.</summary>
    private static readonly HashSet<string> ContextualWords =
        ["_", "async", "await", "dynamic", "field", "from", "nameof", "partial", "record", "scoped", "var", "yield"];

    private readonly HashSet<string> _taken = [];
    private readonly HashSet<string> _usedInBlocks = [];
    private readonly List<(HashSet<string> Own, HashSet<string> Inner)> _blocks = [];

    public Names(IEnumerable<string> parameters) => _taken.UnionWith(parameters.Select(p => p.TrimStart('@')));

    /// <summary>A name for the whole method: the wanted one or, where it is taken, with a number or a letter after it.</summary>
    public string Reserve(string wanted) => Reserve(wanted, [""])[0];

    /// <summary>A name with each of the suffixes: the entries of a value.</summary>
    public IReadOnlyList<string> Reserve(string wanted, IReadOnlyList<string> suffixes)
    {
        var name = Variants(Clean(wanted)).First(
            v => suffixes.All(s => !_taken.Contains(v + s) && !_usedInBlocks.Contains(v + s)));
        _taken.UnionWith(suffixes.Select(s => name + s));
        return [.. suffixes.Select(s => Escape(name + s))];
    }

    /// <summary>How many blocks are open.</summary>
    public int Depth => _blocks.Count;

    /// <summary>A name for the innermost block.</summary>
    public string ReserveInBlock(string wanted) => ReserveInBlock(wanted, Depth);

    /// <summary>A name for the innermost block or one around it.</summary>
    public string ReserveInBlock(string wanted, int depth)
    {
        if (depth == 0)
        {
            return Reserve(wanted);
        }

        var name = Variants(Clean(wanted)).First(v =>
            !_taken.Contains(v) && !_blocks.Any(b => b.Own.Contains(v)) && !_blocks.Skip(depth - 1).Any(b => b.Inner.Contains(v)));
        _blocks[depth - 1].Own.Add(name);
        _usedInBlocks.Add(name);
        return Escape(name);
    }

    public void OpenBlock() => _blocks.Add(([], []));

    public void CloseBlock()
    {
        var (own, inner) = _blocks[_blocks.Count - 1];
        _blocks.RemoveAt(_blocks.Count - 1);
        if (_blocks.Count > 0)
        {
            _blocks[_blocks.Count - 1].Inner.UnionWith(own);
            _blocks[_blocks.Count - 1].Inner.UnionWith(inner);
        }
    }

    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || ContextualWords.Contains(name) ? "@" + name : name;

    private static string Clean(string name)
    {
        var clean = new string([.. name.TrimStart('@').Select(c => SyntaxFacts.IsIdentifierPartCharacter(c) ? c : '_')]);
        return clean.Length > 0 && SyntaxFacts.IsIdentifierStartCharacter(clean[0]) ? clean : "_" + clean;
    }

    /// <summary>sum, sum2, sum3…; after a digit letters, because z12 would be another name: z1, z1b, z1c….</summary>
    private static IEnumerable<string> Variants(string name)
    {
        yield return name;
        if (char.IsDigit(name[name.Length - 1]))
        {
            for (var letter = 'b'; letter <= 'z'; letter++)
            {
                yield return name + letter;
            }

            name += "_";
        }

        for (var number = 2; ; number++)
        {
            yield return name + number.ToString(CultureInfo.InvariantCulture);
        }
    }
}
