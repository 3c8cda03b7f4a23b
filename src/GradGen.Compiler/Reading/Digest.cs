using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Reading;

/// <summary>128 bits that stand for a text: two texts that differ have, for all that can happen, two.</summary>
internal readonly record struct Digest(ulong First, ulong Second)
{
    /// <summary>Where digests of texts begin.</summary>
    public static Digest Start { get; } = new(0xcbf29ce484222325, 0x9e3779b97f4a7c15);

    public Digest With(ulong number) => unchecked(new(
        Mixed((First ^ number) * 0x100000001b3),
        Mixed((Second + number) * 0xd6e8feb86659fd93)));

    public Digest With(int number) => With(unchecked((ulong)number));

    public Digest With(Digest other) => With(other.First).With(other.Second);

    public Digest With(string text)
    {
        var (first, second) = (First, Second);
        foreach (var character in text)
        {
            unchecked
            {
                first = (first ^ character) * 0x100000001b3;
                second = (second + character) * 0xd6e8feb86659fd93;
                second ^= second >> 29;
            }
        }

        return new Digest(first, second).With(text.Length);
    }

    public Digest With(SyntaxToken token) => With(token.RawKind).With(token.Text);

    private static ulong Mixed(ulong bits) => bits ^ (bits >> 32);
}
