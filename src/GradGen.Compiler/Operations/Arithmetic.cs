using System.Collections.Immutable;
using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Operations;

/// <summary>Sums, products and quotients entry by entry, and conversions.</summary>
internal static class Arithmetic
{
    // Ω = A + B      Ā = Ḡ      B̄ = Ḡ
    public static readonly Operation Add = Entrywise.Binary(
        "add", "+", ScalarFunctions.Add,
        p => p.Upstream,
        p => p.Upstream,
        (o, _) => Formula.Sum(o[0], "+", o[1]), letter: "z", isArithmetic: true,
        simplify: c => c.Constant(0) is 0 && c[1].Value.Type == c.Type ? c[1]
            : c.Constant(1) is 0 && c[0].Value.Type == c.Type ? c[0]
            : c.Operand(1, Negate!) is { } n ? c[0] - new Term(c.Builder, n.Operands[0])
            : null,
        onIntegers: IntegerFunctions.Add.Of,
        range: c => c[0] + c[1]);

    // Ω = A − B      Ā = Ḡ      B̄ = −Ḡ
    public static readonly Operation Subtract = Entrywise.Binary(
        "sub", "-", ScalarFunctions.Subtract,
        p => p.Upstream,
        p => -p.Upstream,
        (o, _) => Formula.Sum(o[0], "−", o[1]), letter: "z", isArithmetic: true,
        simplify: c => c.Constant(1) is 0 && c[0].Value.Type == c.Type ? c[0]
            : c.Constant(0) is 0 && c[1].Value.Type == c.Type ? -c[1]
            : c.Operand(1, Negate!) is { } n ? c[0] + new Term(c.Builder, n.Operands[0])
            : null,
        onIntegers: IntegerFunctions.Subtract.Of,
        range: c => IsShift(c) ? new(double.NegativeInfinity, 0, ZeroPoint.Attained) : c[0] + -c[1]);

    // Ω = −A      Ā = −Ḡ
    public static readonly Operation Negate = Entrywise.Unary(
        "neg", ScalarFunctions.Negate, p => -p.Upstream, letter: "t", write: Formula.Negation, isArithmetic: true,
        simplify: c => c.Operand(0, Negate!) is { } n ? new Term(c.Builder, n.Operands[0]) : null,
        onIntegers: IntegerFunctions.Negate.Of,
        range: c => -c[0]);

    // Ω = A ⊙ B      Ā = Ḡ ⊙ B      B̄ = Ḡ ⊙ A      (s·A: s̄ = ⟨Ḡ, A⟩, by summing back to the scalar)
    public static readonly Operation Multiply = Entrywise.Binary(
        "mul", "⊙", ScalarFunctions.Multiply,
        p => p.Upstream * p[1],
        p => p.Upstream * p[0],
        (o, s) => s.Shape(0).IsScalar || s.Shape(1).IsScalar ? Formula.Product(o[0], o[1]) : Formula.Hadamard(o[0], o[1]),
        isArithmetic: true, simplify: c => c.Constant(0) is 1 && c[1].Value.Type == c.Type ? c[1]
            : c.Constant(1) is 1 && c[0].Value.Type == c.Type ? c[0]
            : c.Constant(0) is 0 || c.Constant(1) is 0 ? c[0].Literal(0).Fill(c.Type.Shape)
            : c.Constant(0) is -1 && c[1].Value.Type == c.Type ? -c[1]
            : c.Constant(1) is -1 && c[0].Value.Type == c.Type ? -c[0]
            // s·Aᵀ = (s·A)ᵀ: products take the transpose away.
            : c[0].Shape.IsScalar && c.Operand(1, Products.Transpose) is { } right ? (c[0] * new Term(c.Builder, right.Operands[0])).T
            : c[1].Shape.IsScalar && c.Operand(0, Products.Transpose) is { } left ? (new Term(c.Builder, left.Operands[0]) * c[1]).T
            : null,
        onIntegers: IntegerFunctions.Multiply.Of,
        range: c => c.IsOfOne ? c[0].Even() : c[0] * c[1]);

    // Ω = A ⊘ B      Ā = Ḡ ⊘ B      B̄ = −Ḡ ⊙ Ω ⊘ B
    public static readonly Operation Divide = Entrywise.Binary(
        "div", "⊘", ScalarFunctions.Divide,
        p => p.Upstream / p[1],
        p => -(p.Upstream * p.Result / p[1]),
        (o, s) => Formula.Quotient(o[0], s.Shape(0).IsScalar || s.Shape(1).IsScalar ? " / " : " ⊘ ", o[1]),
        isArithmetic: true, simplify: c => c.Constant(1) is 1 && c[0].Value.Type == c.Type ? c[0]
            : c.Constant(0) is 0 && c.Type.IsFloating ? c[0].Literal(0).Fill(c.Type.Shape)
            : null,
        onIntegers: _ => ScalarFunctions.DivideInteger, isSingular: constant => constant(1) is null or 0,
        range: c => c[0] / c[1], atZero: _ => new ZeroSingularity(1, ZeroKind.NotFinite));

    // Ω = A mod B (C#'s %, the sign of A)      Ā = Ḡ      B̄ = −Ḡ ⊙ trunc(A ⊘ B)
    public static readonly Operation Remainder = Entrywise.Binary(
        "rem", "mod", ScalarFunctions.Remainder,
        p => p.Upstream,
        p => -(p.Upstream * (p[0] / p[1]).Apply(Elementary.Truncate)),
        (o, _) => Formula.Quotient(o[0], " mod ", o[1]), isArithmetic: true, isSingular: constant => constant(1) is null or 0,
        atZero: _ => new ZeroSingularity(1, ZeroKind.NotFinite));

    // Ω = A in another floating type      Ā = Ḡ in A's
    public static readonly Operation ToFloat64 = Conversion("toF64", ScalarType.Float64, ScalarFunctions.ToFloat64);
    public static readonly Operation ToFloat32 = Conversion("toF32", ScalarType.Float32, ScalarFunctions.ToFloat32);
    public static readonly Operation ToInt32 = Conversion("toI32", ScalarType.Int32, ScalarFunctions.ToInt32);

    public static readonly ImmutableArray<Operation> All =
        [Add, Subtract, Negate, Multiply, Divide, Remainder, ToFloat64, ToFloat32, ToInt32];

    /// <summary>The conversion to a scalar type.</summary>
    public static Operation To(ScalarType type) => type switch
    {
        ScalarType.Float64 => ToFloat64,
        ScalarType.Float32 => ToFloat32,
        ScalarType.Int32 => ToInt32,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>x − max x, the shift that keeps exponents low.</summary>
    private static bool IsShift(RangeContext c) =>
        c.DefinitionOf(c.Instruction.Operands[1]) is { Operation.IsUpperBound: true } greatest && c.AreSame(greatest.Operands[0], c.Instruction.Operands[0]);

    private static Operation Conversion(string name, ScalarType type, ScalarFunction function) => new(name, 1)
    {
        Infer = s => s[0].With(type),
        Element = s => new ElementForm(true, (type == ScalarType.Int32 ? IntegerFunctions.FromFloating.Of(s.Attributes) : function).Of(Entrywise.Entry(0))),
        Pullbacks = [type == ScalarType.Int32 ? Operation.Zero : p => p[0].Value.Type.IsFloating ? p.Upstream.Apply(To(p[0].Scalar)) : default],
        Write = (o, _) => o[0],
        IsArithmetic = true,
        ReadsEntriesOnce = true,
        IsPiecewiseConstant = type == ScalarType.Int32,
        Range = type == ScalarType.Int32 ? null : RangeRules.OfOperand,
        Simplify = c => c[0].Scalar == type ? c[0]
            : c.Constant(0) is { } number && type != ScalarType.Int32
                ? new Term(c.Builder, c.Builder.Literal(type, function.Evaluate([number]))).Fill(c.Type.Shape)
            : null,
    };
}
