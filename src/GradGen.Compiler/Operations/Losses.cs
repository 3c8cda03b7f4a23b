using System.Collections.Immutable;
using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Operations;

/// <summary>Softmax and its family, and the losses of networks, all in stable forms.</summary>
internal static class Losses
{
    // Ω = exp(x − m) / Σ exp(x − m), m = max x      x̄ = Ω ⊙ (ḡ − ⟨ḡ, Ω⟩)
    public static readonly Operation Softmax = new("softmax", 1)
    {
        Infer = s => s[0],
        Pullbacks = [p => p.Result * (p.Upstream - p.Upstream.Dot(p.Result))],
        Expansion = (o, _) =>
        {
            var e = Shifted(o[0]);
            return e / e.Sum();
        },
        Range = RangeRules.Within(0, 1, ZeroPoint.Never),
        Letter = "p",
    };

    // Ω = m + ln Σ exp(x − m), m = max x      x̄ = s̄·softmax(x)
    public static readonly Operation LogSumExp = new("logSumExp", 1)
    {
        Infer = s => s[0].With(Shape.Scalar),
        Pullbacks = [p => p.Upstream * p[0].Apply(Softmax)],
        Expansion = (o, _) => Maximum(o[0]) + Shifted(o[0]).Sum().Apply(Elementary.Log),
        IsUpperBound = true,
        Write = (o, _) => Formula.Function("logsumexp", o),
        Letter = "s",
    };

    // Ω = x − logsumexp(x)      x̄ = ḡ − (Σḡ)·softmax(x)
    public static readonly Operation LogSoftmax = new("logSoftmax", 1)
    {
        Infer = s => s[0],
        Pullbacks = [p => p.Upstream - (p.Upstream.Sum() * p[0].Apply(Softmax))],
        Expansion = (o, _) => (o[0] - Maximum(o[0])) - Shifted(o[0]).Sum().Apply(Elementary.Log),
        Write = (o, _) => Formula.Function("logsoftmax", o),
    };

    // Ω = ‖x − t‖² / N      x̄ = 2s̄(x − t)/N
    public static readonly Operation MeanSquaredError = new("meanSquaredError", 2)
    {
        Infer = s => Loss("MeanSquaredError", s),
        Definition = (o, _) => (o[0] - o[1]).Apply(Reductions.NormSquared) / o[0].Shape.Count,
    };

    // Ω = −⟨t, logsoftmax(z)⟩, with 0·ln 0 = 0      z̄ = s̄((Σt)·softmax(z) − t), which is s̄(softmax(z) − t) for a distribution t
    public static readonly Operation SoftmaxCrossEntropy = new("softmaxCrossEntropy", 2)
    {
        Infer = s => Loss("SoftmaxCrossEntropy", s),
        Pullbacks =
        [
            p => p.Upstream * ((p[1].Sum() * p[0].Apply(Softmax)) - p[1]),
            p => -(p.Upstream * p[0].Apply(LogSoftmax)),
        ],
        Expansion = (o, _) => -o[1].Dot(o[1].EqualTo(0).Choose(o[1].Literal(0), o[0].Apply(LogSoftmax))),
        Write = (o, _) => Formula.Function("crossentropy", [Formula.Function("softmax", o[0]), o[1]]),
        Letter = "s",
    };

    // Ω = logsumexp(z) − z[label]      z̄ = s̄(softmax(z) − e[label])
    public static readonly Operation SoftmaxCrossEntropyAt = new("softmaxCrossEntropyAt", 2)
    {
        Infer = s =>
        {
            Entrywise.Require(s[1] == TensorType.Int32, "softmaxCrossEntropyAt", s);
            return s[0].With(Shape.Scalar);
        },
        Pullbacks =
        [
            p => (p.Upstream * p[0].Apply(Softmax))
                - p.Upstream.Apply(Gathers.PlaceAt, Attributes.Of(p[0].Shape.Rows, p[0].Shape.Columns), p[1]),
            Operation.Zero,
        ],
        Expansion = (o, _) => (Maximum(o[0]) - o[0].Apply(Gathers.EntryAt, o[1].Apply(Gathers.InRange, Attributes.Of(o[0].Shape.Count)))) + Shifted(o[0]).Sum().Apply(Elementary.Log),
        Write = (o, _) => Formula.Function("crossentropy", [Formula.Function("softmax", o[0]), o[1]]),
        Letter = "s",
    };

    // Ω = Σ (softplus(z) − t ⊙ z) / N      z̄ = s̄(σ(z) − t)/N
    public static readonly Operation BinaryCrossEntropyWithLogits = new("binaryCrossEntropyWithLogits", 2)
    {
        Infer = s => Loss("BinaryCrossEntropyWithLogits", s),
        Definition = (o, _) => (o[0].Apply(Elementary.Softplus) - (o[1] * o[0])).Sum() / o[0].Shape.Count,
    };

    public static readonly ImmutableArray<Operation> All =
    [
        Softmax, LogSumExp, LogSoftmax, MeanSquaredError, SoftmaxCrossEntropy, SoftmaxCrossEntropyAt, BinaryCrossEntropyWithLogits,
    ];

    private static TypeResult Loss(string name, Signature s) =>
        Entrywise.SameShape(name, s) is { Error: { } error } ? error : s[0].With(Shape.Scalar);

    /// <summary>The greatest entry, or 0 if it is infinite: ∞ − ∞ must not make a NaN of a limit that exists.</summary>
    private static Term Maximum(Term x) => x.Apply(Reductions.MaxEntry).Apply(Elementary.FiniteOrZero);

    private static Term Shifted(Term x) => (x - Maximum(x)).Apply(Elementary.Exp);
}
