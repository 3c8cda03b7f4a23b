using System.Collections.Immutable;
using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Operations;

/// <summary>What the rule of a result's type sees: the operands' types and the attributes.</summary>
internal sealed record Signature(ImmutableArray<TensorType> Operands, Attributes Attributes)
{
    public TensorType this[int index] => Operands[index];

    public Shape Shape(int index) => Operands[index].Shape;
}

/// <summary>The kinds of shape error, each a diagnostic.</summary>
internal enum ShapeErrorKind
{
    InnerSizes,
    DifferentShapes,
    ColumnProduct,
    OutOfRange,
    NotSquare,
    StackSizes,
}

/// <summary>Why operands do not fit, in the words of <see cref="ShapeMessages"/>.</summary>
internal sealed record ShapeError(ShapeErrorKind Kind, string Message)
{
    /// <summary>The words with a function's own name, for operations that several functions and operators share.</summary>
    public Func<string, string>? MessageOf { get; init; }
}

/// <summary>The result's type, or why there is none.</summary>
internal readonly record struct TypeResult(TensorType Type, ShapeError? Error)
{
    public static implicit operator TypeResult(TensorType type) => new(type, null);

    public static implicit operator TypeResult(ShapeError error) => new(default, error);
}

/// <summary>
/// What a pullback sees: the adjoint flowing in, the operands, the result, the attributes.
/// </summary>
internal sealed record PullbackContext(Term Upstream, ImmutableArray<Term> Operands, Term Result, Attributes Attributes)
{
    public Term this[int index] => Operands[index];
}

/// <summary>The adjoint of one operand: what one use of it contributes.</summary>
internal delegate Term Pullback(PullbackContext context);

/// <summary>
/// Everything known about an operation: one row. Nothing else in the compiler names an operation, except where it
/// builds one.
/// </summary>
internal sealed class Operation(string name, int arity)
{
    /// <summary>The name in the printed form and in the runtime's <c>[Operation("…")]</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The number of operands; −1 where it varies.</summary>
    public int Arity { get; } = arity;

    /// <summary>The type of the result, or why the operands do not fit.</summary>
    public Func<Signature, TypeResult> Infer { get; init; } = _ => throw new NotSupportedException();

    /// <summary>In place of <see cref="Infer"/> where an instruction has several results: their types.</summary>
    public Func<Signature, ImmutableArray<TensorType>>? ResultTypes { get; init; }

    /// <summary>
    /// One pullback an operand; <see cref="Zero"/> for an operand that has no derivative. Null for control flow
    /// (differentiated by its regions) and for operations that are <see cref="Definition"/>s.
    /// </summary>
    public Pullback[]? Pullbacks { get; init; }

    /// <summary>In place of <see cref="Pullbacks"/> where the number of operands varies: the pullback of operand i.</summary>
    public Func<int, Pullback>? VariadicPullback { get; init; }

    /// <summary>For a composed operation: the operations that the builder puts in its place.</summary>
    public Func<ImmutableArray<Term>, Attributes, Term>? Definition { get; init; }

    /// <summary>
    /// For a primitive without an element of its own: the operations that take its place after differentiation
    /// (softmax: maximum, exponential, sum, quotient).
    /// </summary>
    public Func<ImmutableArray<Term>, Attributes, Term>? Expansion { get; init; }

    /// <summary>The result's entry in index notation.</summary>
    public Func<Signature, ElementForm>? Element { get; init; }

    /// <summary>How people write it.</summary>
    public Func<ImmutableArray<Formula>, Signature, Formula> Write { get; init; } = (operands, _) => Formula.Function(name, operands);

    /// <summary>A simpler value, or null if there is none.</summary>
    public Func<SimplifyContext, Term?>? Simplify { get; init; }

    /// <summary>The letter of an unnamed result: z for products and sums, a for what comes out of a nonlinearity.</summary>
    public string Letter { get; init; } = "t";

    /// <summary>
    /// Sums, products, choices: their operands are written into their formula, as in <c>w·x + b</c>, and are no steps
    /// of their own unless the user named them or something else needs them.
    /// </summary>
    public bool IsArithmetic { get; init; }

    /// <summary>
    /// Whether each entry of an operand is read once to compute the result, so that computing it in place costs
    /// nothing.
    /// </summary>
    public bool ReadsEntriesOnce { get; init; }

    /// <summary>The method of System.Math and MathF that is this operation on scalars, if any.</summary>
    public string? MathMethod { get; init; }

    /// <summary>
    /// Whether, at finite operands, the value or a derivative can be infinite or NaN (√ at 0, a quotient, an exponential
    /// that overflows), given the constants among the operands: where nothing flows into the adjoint, its pullback must
    /// not be computed, for 0·∞ is NaN. Null: never.
    /// </summary>
    public Func<Func<int, double?>, bool>? IsSingular { get; init; }

    /// <summary>
    /// Where it has no derivative and what is taken there, in words that follow its name; null where it has one everywhere, or
    /// none that anything is taken for.
    /// </summary>
    public string? Kink { get; init; }

    /// <summary>
    /// The operand at whose zero it is singular, given the constants among the operands; null where there is none. What is never
    /// 0 by its form may be put there without a word.
    /// </summary>
    public Func<Attributes, Func<int, double?>, ZeroSingularity?>? AtZero { get; init; }

    /// <summary>What is known of the result by what is known of the operands; null: nothing.</summary>
    public Func<RangeContext, ValueRange>? Range { get; init; }

    /// <summary>Whether the result is at least every entry of the operand: a maximum, from which exponents are counted.</summary>
    public bool IsUpperBound { get; init; }

    /// <summary>Whether the derivative is zero everywhere it exists (floor, round, sign).</summary>
    public bool IsPiecewiseConstant { get; init; }

    /// <summary>The pullback of an operand that has no derivative (a condition, an index).</summary>
    public static Pullback Zero { get; } = _ => default;

    /// <summary>
    /// Whether the integers that a call passes (block offsets, indices) are attributes and must be constants; else
    /// they are operands.
    /// </summary>
    public bool TakesConstantIntegers { get; init; }

    /// <summary>Whether the rows and columns of the result, which the call's type arguments give, follow as attributes.</summary>
    public bool TakesResultShape { get; init; }

    /// <summary>The pullback of an operand.</summary>
    /// <exception cref="NotSupportedException">The row has none: a missing rule fails loudly.</exception>
    public Pullback PullbackOf(int operand) =>
        VariadicPullback?.Invoke(operand)
        ?? (Pullbacks is { } pullbacks && operand < pullbacks.Length
            ? pullbacks[operand]
            : throw new NotSupportedException($"'{Name}' has no pullback for operand {operand}."));

    public override string ToString() => Name;
}

/// <summary>What a simplification sees.</summary>
internal sealed record SimplifyContext(
    Builder Builder, Instruction Instruction, Func<Value, Instruction?> DefinitionOf, Func<Value, int> CountUses, Func<Value, bool> IsInBlock)
{
    public Signature Signature { get; } = new([.. Instruction.Operands.Select(o => o.Type)], Instruction.Attributes);

    public TensorType Type => Instruction.Result.Type;

    public Term this[int index] => new(Builder, Instruction.Operands[index]);

    /// <summary>The instruction that defines an operand, if it is the given operation.</summary>
    public Instruction? Operand(int index, Operation operation) =>
        DefinitionOf(Instruction.Operands[index]) is { } definition && definition.Operation == operation ? definition : null;

    /// <summary>Whether an operand is all there is to read of its instruction, which is computed as often as this one.</summary>
    public bool IsOnlyReader(int index) => UseCount(index) == 1 && IsInBlock(Instruction.Operands[index]);

    /// <summary>How often an operand is used in the whole function.</summary>
    public int UseCount(int index) => CountUses(Instruction.Operands[index]);

    /// <summary>The constant that an operand is in every entry, or null.</summary>
    public double? Constant(int index) => Constant(Instruction.Operands[index]);

    /// <summary>The result of moving the entries of operand 0 where they are all the same; null where they are not.</summary>
    public Term? Filled() => Operand(0, Constants.Fill) is { } fill ? new Term(Builder, fill.Operands[0]).Fill(Type.Shape) : null;

    /// <summary>Zeros in every entry of the result.</summary>
    public Term Zeros() => this[0].Literal(0).Fill(Type.Shape);

    private double? Constant(Value value) => DefinitionOf(value) switch
    {
        { } d when d.Operation == Constants.Literal => d.Attributes.Number,
        { } d when d.Operation == Constants.Fill => Constant(d.Operands[0]),
        _ => null,
    };
}
