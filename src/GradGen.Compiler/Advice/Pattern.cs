using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Advice;

/// <summary>
/// The shape of a formula: operations over holes, as in ln Σ exp x. Sums and products match in either order, a number
/// also where it is spread over a shape, a hole that stands twice only where both are the same formula.
/// </summary>
internal abstract record Pattern
{
    public static Pattern operator +(Pattern left, Pattern right) => new Apply(Arithmetic.Add, [left, right]);

    /// <summary>The difference, also where it is the sum with a negative.</summary>
    public static Pattern operator -(Pattern left, Pattern right) => new Either([new Apply(Arithmetic.Subtract, [left, right]), new Apply(Arithmetic.Add, [left, -right])]);

    public static Pattern operator -(Pattern operand) => new Apply(Arithmetic.Negate, [operand]);

    public static Pattern operator *(Pattern left, Pattern right) => new Apply(Arithmetic.Multiply, [left, right]);

    /// <summary>The quotient, also where a reciprocal is called by its name.</summary>
    public static Pattern operator /(Pattern left, Pattern right) => left is Number { Value: 1 }
        ? new Either([new Apply(Arithmetic.Divide, [left, right]), new Apply(Elementary.Reciprocal, [right])])
        : new Apply(Arithmetic.Divide, [left, right]);

    public static implicit operator Pattern(double number) => new Number(number);

    /// <summary>Any value, the same wherever the name stands.</summary>
    internal sealed record Hole(string Name) : Pattern;

    internal sealed record Number(double Value) : Pattern;

    internal sealed record Apply(Operation Operation, ImmutableArray<Pattern> Operands) : Pattern;

    /// <summary>What has the form of a pattern, which is held by a name as in a hole.</summary>
    internal sealed record Named(string Name, Pattern Pattern) : Pattern;

    internal sealed record Either(ImmutableArray<Pattern> Ways) : Pattern;
}

/// <summary>What a pattern matched: what is in its holes, and the instructions that it is made of.</summary>
internal sealed record Match(ImmutableDictionary<string, Value> Holes, ImmutableArray<Instruction> Instructions)
{
    public static Match Empty { get; } = new(ImmutableDictionary<string, Value>.Empty, []);

    public Value this[string hole] => Holes[hole];
}

/// <summary>Finds patterns in a function.</summary>
/// <param name="definitions">The instruction that defines each value; parameters have none.</param>
internal sealed class Matcher(Dictionary<Value, Instruction> definitions)
{
    private const int DeepestComparison = 8;

    private static readonly ImmutableArray<Operation> Symmetric = [Arithmetic.Add, Arithmetic.Multiply, Reductions.Dot, Elementary.Max, Elementary.Min];

    public Instruction? DefinitionOf(Value value) => definitions.TryGetValue(value, out var definition) ? definition : null;

    /// <summary>The number that a value is in every entry, or null.</summary>
    public double? NumberOf(Value value) => DefinitionOf(value) switch
    {
        { } d when d.Operation == Constants.Literal => d.Attributes.Number,
        { } d when d.Operation == Constants.Fill || d.Operation == Arithmetic.ToFloat64 || d.Operation == Arithmetic.ToFloat32 => NumberOf(d.Operands[0]),
        _ => null,
    };

    /// <summary>The first way in which a value has the form of a pattern, or null.</summary>
    public Match? Find(Pattern pattern, Value value) => Ways(pattern, value, Match.Empty).FirstOrDefault();

    /// <summary>Whether two values are the same formula of the same values.</summary>
    public bool AreSame(Value first, Value second, int depth = DeepestComparison) =>
        first == second
        || (depth > 0 && DefinitionOf(first) is { } a && DefinitionOf(second) is { } b
            && a.Operation == b.Operation && a.Regions.IsEmpty && b.Regions.IsEmpty && a.Results.Length == 1 && b.Results.Length == 1
            && !Calls.IsCall(a.Operation) && a.Attributes.Equals(b.Attributes) && a.Operands.Length == b.Operands.Length
            && a.Operands.Zip(b.Operands, (x, y) => AreSame(x, y, depth - 1)).All(same => same));

    private IEnumerable<Match> Ways(Pattern pattern, Value value, Match match)
    {
        switch (pattern)
        {
            case Pattern.Number number:
                return NumberOf(value) == number.Value ? [match] : [];

            case Pattern.Hole hole:
                return match.Holes.TryGetValue(hole.Name, out var held)
                    ? AreSame(held, value) ? [match] : []
                    : [match with { Holes = match.Holes.Add(hole.Name, value) }];

            case Pattern.Named named:
                return Ways(named.Pattern, value, match).Select(m => m with { Holes = m.Holes.Add(named.Name, value) });

            case Pattern.Either either:
                return either.Ways.SelectMany(way => Ways(way, value, match));

            case Pattern.Apply apply when DefinitionOf(value) is { } definition && definition.Operation == apply.Operation:
                var here = match with { Instructions = match.Instructions.Add(definition) };
                var straight = All(apply.Operands, definition.Operands, here);
                return Symmetric.Contains(apply.Operation)
                    ? straight.Concat(All(apply.Operands, [definition.Operands[1], definition.Operands[0]], here))
                    : straight;

            default:
                return [];
        }
    }

    private IEnumerable<Match> All(ImmutableArray<Pattern> patterns, ImmutableArray<Value> values, Match match)
    {
        IEnumerable<Match> matches = [match];
        for (var i = 0; i < patterns.Length; i++)
        {
            var (pattern, value) = (patterns[i], values[i]);
            matches = matches.SelectMany(m => Ways(pattern, value, m));
        }

        return matches;
    }
}
