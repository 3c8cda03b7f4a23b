using System.Collections.Immutable;
using System.Globalization;

namespace GradGen.Compiler.Diagnostics;

/// <summary>A small edit that makes an expression right.</summary>
/// <param name="Key">Which edit: the same for the same edit elsewhere, so that all can be made at once.</param>
/// <param name="Title">What it does, and what will then stand there.</param>
/// <param name="Code">The expression in place of the wrong one.</param>
internal sealed record Repair(string Key, string Title, string Code)
{
    /// <summary>The properties of a diagnostic that offers the repairs.</summary>
    public static ImmutableDictionary<string, string?> ToProperties(IEnumerable<Repair> repairs)
    {
        var properties = ImmutableDictionary.CreateBuilder<string, string?>();
        foreach (var repair in repairs)
        {
            var prefix = Prefix(properties.Count / 3);
            properties.Add(prefix + nameof(Key), repair.Key);
            properties.Add(prefix + nameof(Title), repair.Title);
            properties.Add(prefix + nameof(Code), repair.Code);
        }

        return properties.ToImmutable();
    }

    /// <summary>The repairs that a diagnostic offers, the likeliest first.</summary>
    public static IEnumerable<Repair> FromProperties(ImmutableDictionary<string, string?> properties)
    {
        for (var i = 0; properties.TryGetValue(Prefix(i) + nameof(Key), out var key); i++)
        {
            if (key is not null
                && properties.TryGetValue(Prefix(i) + nameof(Title), out var title) && title is not null
                && properties.TryGetValue(Prefix(i) + nameof(Code), out var code) && code is not null)
            {
                yield return new Repair(key, title, code);
            }
        }
    }

    private static string Prefix(int index) => "Repair" + index.ToString(CultureInfo.InvariantCulture) + ".";
}
