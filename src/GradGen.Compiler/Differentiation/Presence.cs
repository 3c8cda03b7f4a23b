using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Differentiation;

/// <summary>
/// When anything flows into an adjoint: always, never, or where a condition of the forward sweep holds (or does not). An
/// adjoint whose contributions all come from one side of a branch is 0 on the other, and there it must not be multiplied by
/// a derivative that may be infinite.
/// </summary>
/// <param name="Condition">The Boolean that decides; null for <see cref="Always"/> and <see cref="Never"/>.</param>
/// <param name="Holds">Whether the condition must hold; for always and never, which of the two it is.</param>
internal readonly record struct Presence(Value? Condition, bool Holds)
{
    public static Presence Always { get; } = new(null, true);

    public static Presence Never { get; } = new(null, false);

    public bool IsAlways => Condition is null && Holds;

    public bool IsNever => Condition is null && !Holds;

    public static Presence When(Value condition, bool holds = true) => new(condition, holds);

    /// <summary>Where one or the other is.</summary>
    public static Presence Either(Builder builder, Presence left, Presence right)
    {
        if (left == right || left.IsAlways || right.IsNever)
        {
            return left;
        }

        if (left.IsNever || right.IsAlways)
        {
            return right;
        }

        return left.Condition == right.Condition
            ? Always
            : When(builder.Add(Comparisons.Or, [left.ToValue(builder), right.ToValue(builder)]));
    }

    /// <summary>As a Boolean.</summary>
    public Value ToValue(Builder builder) =>
        Condition is null ? builder.Literal(ScalarType.Boolean, Holds ? 1 : 0)
        : Holds ? Condition
        : builder.Add(Comparisons.Not, [Condition]);
}
