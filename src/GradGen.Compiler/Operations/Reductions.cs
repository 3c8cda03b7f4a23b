using System.Collections.Immutable;
using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Operations;

/// <summary>Sums, norms, extremes: from many entries to one, or to one a row or a column.</summary>
internal static class Reductions
{
    // Ω = ΣA      Ā = s̄·1
    public static readonly Operation Sum = new("sum", 1)
    {
        Infer = ToScalar,
        Element = s => new ElementForm(true, new Reduce(ReduceKind.Sum, "k", s.Shape(0).Count, At(0, "k"))),
        Pullbacks = [p => p.Upstream.Fill(p[0].Shape)],
        Range = RangeRules.Sum,
        Write = (o, _) => Formula.Function("Σ", o),
        IsArithmetic = true,
        ReadsEntriesOnce = true,
        Letter = "s",
        Simplify = c => c[0].Shape.IsScalar ? c[0]
            : c.Operand(0, Constants.Fill) is { } fill ? c[0].Shape.Count * new Term(c.Builder, fill.Operands[0])
            : c.Operand(0, Arithmetic.Multiply) is { } product && c.UseCount(0) == 1 ? SumOfProduct(c, product)
            : null,
    };

    // Ω = ⟨A, B⟩ = Σ A ⊙ B      Ā = s̄·B      B̄ = s̄·A
    public static readonly Operation Dot = new("dot", 2)
    {
        Infer = s => Entrywise.SameShape("Dot", s) is { Error: { } error } ? error : s[0].With(Shape.Scalar),
        Element = s => new ElementForm(true, new Reduce(ReduceKind.Sum, "k", Count(s), At(0, "k") * At(1, "k"))),
        Pullbacks = [p => p.Upstream * p[1], p => p.Upstream * p[0]],
        Range = c => c.IsOfOne ? c[0].Even() : c[0] * c[1] * ValueRange.Of(Math.Max(1, c.Instruction.Operands[0].Shape.Count)),
        Write = (o, s) => s.Shape(0).IsColumn && s.Shape(1).IsColumn
            ? Formula.Product(Formula.Raised(o[0], "ᵀ"), o[1])
            : Formula.Name("⟨" + o[0].Text + ", " + o[1].Text + "⟩"),
        IsArithmetic = true,
        ReadsEntriesOnce = true,
        Letter = "s",
        Simplify = c => c.Constant(0) is 0 || c.Constant(1) is 0 ? c.Zeros()
            : c[0].Shape.IsScalar && c[1].Shape.IsScalar ? c[0] * c[1]
            : Scalar(c, 0) is { } left && !c[1].Shape.IsScalar ? left * c[1].Sum()
            : Scalar(c, 1) is { } right && !c[0].Shape.IsScalar ? right * c[0].Sum()
            : null,
    };

    // Ω = ΣA / N
    public static readonly Operation Mean = new("mean", 1)
    {
        Infer = ToScalar,
        Definition = (o, _) => o[0].Sum() / o[0].Shape.Count,
    };

    // Ω = A·1, the sum along each row      Ā = Ḡ·1ᵀ
    public static readonly Operation RowSum = new("rowSum", 1)
    {
        Infer = s => s[0].With(Shape.Of(s.Shape(0).Rows, 1)),
        Element = s => new ElementForm(false, new Reduce(ReduceKind.Sum, "k", s.Shape(0).Columns, new Load(0, "i", "k"))),
        Pullbacks = [p => p.Upstream.Apply(Gathers.RepeatColumn, Attributes.Of(p[0].Shape.Columns))],
        Range = RangeRules.Sum,
        Write = (o, _) => Formula.Product(o[0], Formula.Name("𝟏")),
        Simplify = c => c[0].Shape.Columns == 1 ? c[0]
            : c.Operand(0, Constants.Fill) is { } fill ? (c[0].Shape.Columns * new Term(c.Builder, fill.Operands[0])).Fill(c.Type.Shape)
            : null,
    };

    // Ω = 1ᵀ·A, the sum along each column      Ā = 1·Ḡ
    public static readonly Operation ColumnSum = new("columnSum", 1)
    {
        Infer = s => s[0].With(Shape.Of(1, s.Shape(0).Columns)),
        Element = s => new ElementForm(false, new Reduce(ReduceKind.Sum, "k", s.Shape(0).Rows, new Load(0, "k", "j"))),
        Pullbacks = [p => p.Upstream.Apply(Gathers.RepeatRow, Attributes.Of(p[0].Shape.Rows))],
        Range = RangeRules.Sum,
        Write = (o, _) => Formula.Product(Formula.Raised(Formula.Name("𝟏"), "ᵀ"), o[0]),
        Simplify = c => c[0].Shape.Rows == 1 ? c[0]
            : c.Operand(0, Constants.Fill) is { } fill ? (c[0].Shape.Rows * new Term(c.Builder, fill.Operands[0])).Fill(c.Type.Shape)
            : null,
    };

    // Ω = ‖A‖² = ⟨A, A⟩      Ā = 2s̄A
    public static readonly Operation NormSquared = new("normSquared", 1)
    {
        Infer = ToScalar,
        Element = s => new ElementForm(true, new Reduce(ReduceKind.Sum, "k", s.Shape(0).Count, At(0, "k") * At(0, "k"))),
        Pullbacks = [p => 2 * p.Upstream * p[0]],
        Range = RangeRules.Even,
        Write = (o, _) => Formula.Name("‖" + o[0].Text + "‖²"),
        Letter = "s",
    };

    // Ω = ‖A‖      Ā = s̄A / Ω, 0 where Ω = 0 (the subgradient of least norm)
    // The largest entry is divided out first, so that squares neither overflow nor underflow.
    public static readonly Operation Norm = new("norm", 1)
    {
        Infer = ToScalar,
        Pullbacks = [p => p.Result.EqualTo(0).Choose(p.Result.Literal(0), p.Upstream / p.Result) * p[0]],
        Expansion = (o, _) =>
        {
            var largest = o[0].Apply(Elementary.Abs).Apply(MaxEntry!);
            var scale = Usable(largest).Choose(largest, largest.Literal(1));
            return scale * (o[0] / scale).Apply(NormSquared).Apply(Elementary.Sqrt);
        },
        Kink = "has no derivative at 0: GradGen takes 0",
        Range = RangeRules.Even,
        Write = (o, _) => Formula.Name("‖" + o[0].Text + "‖"),
        Letter = "s",
    };

    // Ω = ‖A‖ = √⟨A, A⟩ without more ado, as System.Numerics computes it      Ā as for the norm
    public static readonly Operation Length = new("length", 1)
    {
        Infer = ToScalar,
        Element = s => new ElementForm(true, ScalarFunctions.Sqrt.Of(
            new Reduce(ReduceKind.Sum, "k", s.Shape(0).Count, At(0, "k") * At(0, "k")))),
        Pullbacks = Norm.Pullbacks,
        Range = RangeRules.Even,
        Write = Norm.Write,
        Letter = "s",
    };

    // Ω = A / ‖A‖      Ā = (Ḡ − ⟨Ḡ, Ω⟩·Ω) / ‖A‖
    public static readonly Operation Normalize = new("normalize", 1)
    {
        Infer = s => s[0],
        Pullbacks = [p => (p.Upstream - (p.Upstream.Dot(p.Result) * p.Result)) / p[0].Apply(Length)],
        IsSingular = Entrywise.Anywhere,
        AtZero = Entrywise.Always(new ZeroSingularity(0, ZeroKind.NotFinite)),
        Expansion = (o, _) => o[0] / o[0].Apply(Length),
        Write = (o, _) => Formula.Quotient(o[0], " / ", Formula.Name("‖" + o[0].Text + "‖")),
        Letter = "a",
    };

    // Ω = tr A      Ā = s̄·I
    public static readonly Operation Trace = new("trace", 1)
    {
        Infer = s => s.Shape(0).Rows == s.Shape(0).Columns
            ? s[0].With(Shape.Scalar)
            : new ShapeError(ShapeErrorKind.NotSquare, ShapeMessages.Square("Trace", s.Shape(0).Rows, s.Shape(0).Columns)),
        Element = s => new ElementForm(true, new Reduce(ReduceKind.Sum, "k", s.Shape(0).Rows, new Load(0, "k", "k"))),
        Pullbacks = [p => p.Upstream.Apply(Constants.Identity, Attributes.Of(p[0].Shape.Rows, p[0].Shape.Columns))],
        Write = (o, _) => Formula.Function("tr", o),
        Letter = "s",
        Simplify = c => c.Operand(0, Products.MatMul) is { } product && c.UseCount(0) == 1 ? TraceOfProduct(c, product) : null,
    };

    // Ω = max of the entries      Ā = s̄ at the first greatest entry
    public static readonly Operation MaxEntry = Extreme("maxEntry", "max", ReduceKind.Max, p => p.Apply(FirstMax!));
    public static readonly Operation MinEntry = Extreme("minEntry", "min", ReduceKind.Min, p => p.Apply(FirstMin!));
    public static readonly Operation FirstMax = Position("firstMax", "argmax", ReduceKind.FirstMax);
    public static readonly Operation FirstMin = Position("firstMin", "argmin", ReduceKind.FirstMin);

    public static readonly ImmutableArray<Operation> All =
        [Sum, Dot, Mean, RowSum, ColumnSum, NormSquared, Norm, Length, Normalize, Trace, MaxEntry, MinEntry, FirstMax, FirstMin];

    private static TypeResult ToScalar(Signature s) => s[0].With(Shape.Scalar);

    private static Element At(int operand, Position position) => new LoadEntry(operand, position);

    private static int Count(Signature s) => s.Shape(0).IsScalar ? s.Shape(1).Count : s.Shape(0).Count;

    /// <summary>Positive and finite: ∞ and NaN go through the plain formula, and so does 0.</summary>
    private static Term Usable(Term scale) => scale.Greater(0).Apply(
        Comparisons.And, scale.Less(scale.Scalar == ScalarType.Float32 ? float.MaxValue : double.MaxValue));

    /// <summary>The scalar that an operand is in every entry, or null.</summary>
    private static Term? Scalar(SimplifyContext c, int operand) => c[operand].Shape.IsScalar ? c[operand]
        : c.Operand(operand, Constants.Fill) is { } fill ? new Term(c.Builder, fill.Operands[0])
        : null;

    // Σ A ⊙ B = ⟨A, B⟩, and a scalar factor leaves the sum
    private static Term SumOfProduct(SimplifyContext c, Instruction product)
    {
        var (left, right) = (new Term(c.Builder, product.Operands[0]), new Term(c.Builder, product.Operands[1]));
        return left.Shape.IsScalar ? left * right.Sum()
            : right.Shape.IsScalar ? right * left.Sum()
            : left.Dot(right);
    }

    // tr(A·B) = ⟨A, Bᵀ⟩ = tr(Aᵀ·Bᵀ), tr(Aᵀ·B) = ⟨A, B⟩ = tr(A·Bᵀ)
    private static Term TraceOfProduct(SimplifyContext c, Instruction product)
    {
        var (left, right) = (new Term(c.Builder, product.Operands[0]), new Term(c.Builder, product.Operands[1]));
        return left.Dot(Products.Flag(product.Attributes, 0) == Products.Flag(product.Attributes, 1) ? right.T : right);
    }

    private static Operation Extreme(string name, string symbol, ReduceKind kind, Func<Term, Term> position) => new(name, 1)
    {
        Infer = ToScalar,
        Element = s => new ElementForm(true, new Reduce(kind, "k", s.Shape(0).Count, At(0, "k"))),
        Pullbacks =
        [
            p => p.Upstream.Apply(Gathers.PlaceAt, Attributes.Of(p[0].Shape.Rows, p[0].Shape.Columns), position(p[0])),
        ],
        Kink = "has no derivative where several entries are equal: GradGen gives all to the first",
        Range = RangeRules.OfOperand,
        IsUpperBound = kind == ReduceKind.Max,
        Write = (o, _) => Formula.Function(symbol, o),
        Letter = "s",
        Simplify = c => c[0].Shape.IsScalar ? c[0] : null,
    };

    private static Operation Position(string name, string symbol, ReduceKind kind) => new(name, 1)
    {
        Infer = _ => TensorType.Int32,
        Element = s => new ElementForm(true, new Reduce(kind, "k", s.Shape(0).Count, At(0, "k"))),
        Pullbacks = [Operation.Zero],
        Write = (o, _) => Formula.Function(symbol, o),
        IsPiecewiseConstant = true,
    };
}
