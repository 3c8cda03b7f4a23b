using System.Collections.Immutable;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using static GradGen.Compiler.Advice.Pattern;

namespace GradGen.Compiler.Advice;

/// <summary>
/// A formula that is right on paper and wrong in floating point, with the one to write in its place.
/// </summary>
/// <param name="Descriptor">Which diagnostic.</param>
/// <param name="Pattern">The formula.</param>
/// <param name="Replacement">What to write: {x} is the text in a hole, {(x)} the same where it needs parentheses, @F a function of MatrixFunctions.</param>
/// <param name="Reason">What happens: {x} as above, {high} and {low} where exp overflows and where it underflows, {half} where 1 − σ is 0.</param>
internal sealed record Form(DiagnosticDescriptor Descriptor, Pattern Pattern, string Replacement, string Reason)
{
    /// <summary>The holes whose value must be able to be large: nothing overflows where an exponent is known to stay low.</summary>
    public ImmutableArray<string> Exponents { get; init; } = [];

    /// <summary>The holes that must be able to be below 0 by much: the negated exponents.</summary>
    public ImmutableArray<string> NegatedExponents { get; init; } = [];

    /// <summary>Whether only float is in danger.</summary>
    public bool IsOfFloat { get; init; }

    /// <summary>Whether it is said of numbers alone, because what to write in its place is.</summary>
    public bool IsOfNumbers { get; init; }

    /// <summary>The holes that must be positive by their form, for what to write to be defined.</summary>
    public ImmutableArray<string> Positive { get; init; } = [];

    /// <summary>The holes that must not be constants.</summary>
    public ImmutableArray<string> Varying { get; init; } = [];
}

/// <summary>The rows, the larger formulas before those that they are made of.</summary>
internal static class Forms
{
    private static readonly Pattern X = new Hole("x");
    private static readonly Pattern A = new Hole("a");
    private static readonly Pattern B = new Hole("b");
    private static readonly Pattern T = new Hole("t");

    private static readonly Pattern SoftmaxOfX = new Either([new Apply(Losses.Softmax, [X]), Exp(X) / Sum(Exp(X))]);
    private static readonly Pattern SigmoidOfX = new Either([new Apply(Elementary.Sigmoid, [X]), 1 / (1 + Exp(-X))]);
    private static readonly Pattern MeanOfX = Sum(X) / new Hole("n");

    /// <summary>‖x‖², in its forms.</summary>
    public static Pattern SquaresOfX { get; } = NormSquared(X);

    public static readonly ImmutableArray<Form> All =
    [
        // −⟨t, ln softmax(z)⟩
        Unstable(-new Either([new Apply(Reductions.Dot, [T, Log(SoftmaxOfX)]), Sum(T * Log(SoftmaxOfX))]), "@SoftmaxCrossEntropy({x}, {t})",
            "is NaN or ∞ where an entry of '{x}' lies {low} below the greatest, and so is its gradient"),
        // ln softmax(x)
        Unstable(Log(SoftmaxOfX), "@LogSoftmax({x})", "is −∞ where an entry of '{x}' lies {low} below the greatest, and its gradient NaN"),
        // ln Σ eˣ
        Unstable(Log(Sum(Exp(X))), "@LogSumExp({x})", "is ∞ where an entry of '{x}' is above {high}, and its gradient NaN") with { Exponents = ["x"] },
        // ln σ(x), ln(1 − σ(x))
        Unstable(Log(SigmoidOfX), "@LogSigmoid({x})", "is −∞ where '{x}' is below −{low}, and its gradient NaN") with { NegatedExponents = ["x"] },
        Unstable(Log(1 - SigmoidOfX), "@LogSigmoid(-{(x)})", "is −∞ where '{x}' is above {half}, and its gradient NaN") with { Exponents = ["x"] },
        // ln(1 + eˣ)
        Unstable(Log(1 + Exp(X)), "@Softplus({x})", "is ∞ where '{x}' is above {high}, and its gradient NaN") with { Exponents = ["x"] },
        Unstable(new Apply(Elementary.Log1p, [Exp(X)]), "@Softplus({x})", "is ∞ where '{x}' is above {high}, and its gradient NaN") with { Exponents = ["x"] },
        // ln(eᵃ + eᵇ) = a + ln(1 + e^(b − a))
        Unstable(Log(Exp(A) + Exp(B)), "{(a)} + @Softplus({(b)} - {(a)})", "is ∞ where '{a}' or '{b}' is above {high}, and its gradient NaN") with { Exponents = ["a", "b"] },
        // eˣ / Σ eˣ
        Unstable(Exp(X) / Sum(Exp(X)), "@Softmax({x})", "is NaN where an entry of '{x}' is above {high}") with { Exponents = ["x"] },
        // tanh x
        Unstable((Exp(X) - Exp(-X)) / (Exp(X) + Exp(-X)), "@Tanh({x})", "is NaN where '{x}' is above {high} or below −{high}") with { Exponents = ["x"] },
        // 1 / (1 + e⁻ˣ), eˣ / (1 + eˣ)
        Unstable(1 / (1 + Exp(-X)), "@Sigmoid({x})", "has the gradient NaN where '{x}' is below −{high}") with { NegatedExponents = ["x"] },
        Unstable(Exp(X) / (1 + Exp(X)), "@Sigmoid({x})", "is NaN where '{x}' is above {high}") with { Exponents = ["x"] },
        // ln(1 + x), eˣ − 1
        Unstable(Log(1 + X), "@Log1p({x})", "loses the digits of '{x}' where it is small: 1 + {tiny} is 1") with { Varying = ["x"] },
        Unstable(Exp(X) - 1, "@Expm1({x})", "loses its digits where '{x}' is small: it is 0 at {tiny}") with { Varying = ["x"] },
        // the mean of the squares less the square of the mean
        Cancelling(
            (NormSquared(X) / new Hole("n")) - Squared(MeanOfX),
            "@Mean(@Square({(x)} - @Mean({x})))", "loses its digits where the mean of '{x}' is large against its spread"),
        // ‖a‖² + ‖b‖² − 2⟨a, b⟩ = ‖a − b‖²
        Cancelling(
            (NormSquared(A) + NormSquared(B)) - (2 * new Apply(Reductions.Dot, [A, B])),
            "@NormSquared({(a)} - {(b)})", "loses its digits where '{a}' and '{b}' are close to each other"),
        // 1 − cos x = 2 sin²(x/2), cosh x − 1 = 2 sinh²(x/2)
        Cancelling(1 - new Apply(Elementary.Cos, [X]), "2 * @Square(@Sin({(x)} / 2))", "loses its digits where '{x}' is small: it is 0 at 0.0002"),
        Cancelling(new Apply(Elementary.Cos, [X]) - 1, "-2 * @Square(@Sin({(x)} / 2))", "loses its digits where '{x}' is small: it is 0 at 0.0002"),
        Cancelling(new Apply(Elementary.Cosh, [X]) - 1, "2 * @Square(@Sinh({(x)} / 2))", "loses its digits where '{x}' is small: it is 0 at 0.0002") with { IsOfNumbers = true },
        // eˣ − e⁻ˣ = 2 sinh x
        Cancelling(new Either([(Exp(X) - Exp(-X)) / 2, 0.5 * (Exp(X) - Exp(-X))]), "@Sinh({x})", "loses its digits where '{x}' is small") with { IsOfNumbers = true, Varying = ["x"] },
        Cancelling(Exp(X) - Exp(-X), "2 * @Sinh({x})", "loses its digits where '{x}' is small") with { IsOfNumbers = true, Varying = ["x"] },
        // √(1 + x) − 1 = x / (√(1 + x) + 1)
        Cancelling(new Named("r", Sqrt(1 + X)) - 1, "{(x)} / ({r} + 1)", "loses its digits where '{x}' is small: it is 0 at 1E-8") with { IsOfNumbers = true, Varying = ["x"] },
        // √(x + c) − √x = c / (√(x + c) + √x)
        Cancelling(
            new Named("r", Sqrt(X + new Hole("c"))) - new Named("s", Sqrt(X)), "{(c)} / ({r} + {s})",
            "loses its digits where '{x}' is large against '{c}'") with { IsOfNumbers = true, Positive = ["c"], Exponents = ["x"] },
        // √(a² − b²) = √((a − b)(a + b))
        Cancelling(Sqrt(Squared(A) - Squared(B)), "@Sqrt(({(a)} - {(b)}) * ({(a)} + {(b)}))", "loses its digits where '{a}' and '{b}' are close to each other") with { IsOfNumbers = true },
        // ln(1 + eˣ) − x = ln(1 + e⁻ˣ), x − ln(1 + eˣ) = ln σ(x)
        Cancelling(new Apply(Elementary.Softplus, [X]) - X, "@Softplus(-{(x)})", "loses its digits where '{x}' is large: it is 0 at 17") with { Exponents = ["x"] },
        Cancelling(X - new Apply(Elementary.Softplus, [X]), "@LogSigmoid({x})", "loses its digits where '{x}' is large: it is 0 at 17") with { Exponents = ["x"] },
        // ln Σ eˣ − x[i] = −ln softmax(x)[i]
        Cancelling(
            new Apply(Losses.LogSumExp, [X]) - new Apply(Gathers.EntryAt, [X, new Apply(Gathers.InRange, [new Hole("i")])]),
            "@SoftmaxCrossEntropy({x}, {i})", "loses its digits where the entry is the greatest by far, or all are large") with { Exponents = ["x"] },
    ];

    private static Form Unstable(Pattern pattern, string replacement, string reason) => new(Descriptors.UnstableForm, pattern, replacement, reason);

    private static Form Cancelling(Pattern pattern, string replacement, string reason) => new(Descriptors.LostDigits, pattern, replacement, reason) { IsOfFloat = true };

    private static Pattern Log(Pattern x) => new Apply(Elementary.Log, [x]);

    private static Pattern Exp(Pattern x) => new Apply(Elementary.Exp, [x]);

    private static Pattern Sqrt(Pattern x) => new Apply(Elementary.Sqrt, [x]);

    private static Pattern Sum(Pattern x) => new Apply(Reductions.Sum, [x]);

    private static Pattern Squared(Pattern x) => new Either([new Apply(Elementary.Square, [x]), x * x]);

    private static Pattern NormSquared(Pattern x) => new Either([new Apply(Reductions.NormSquared, [x]), new Apply(Reductions.Dot, [x, x]), Sum(Squared(x))]);
}
