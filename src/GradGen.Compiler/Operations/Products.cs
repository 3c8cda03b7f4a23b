using System.Collections.Immutable;
using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Operations;

/// <summary>Matrix products and transposes. A vector is a column, n×1, so one row serves every product.</summary>
internal static class Products
{
    // Ω = A·B      Ā = Ḡ·Bᵀ      B̄ = Aᵀ·Ḡ      (A or B transposed by a flag: Ā is then transposed too)
    public static readonly Operation MatMul = new("matmul", 2)
    {
        Infer = s =>
        {
            Entrywise.RequireOneScalarType("matmul", s);
            return InferProduct(s.Shape(0), s.Shape(1), Flag(s.Attributes, 0), Flag(s.Attributes, 1), s[0]);
        },
        Element = s => new ElementForm(false, new Reduce(
            ReduceKind.Sum, "k", Flag(s.Attributes, 0) ? s.Shape(0).Rows : s.Shape(0).Columns,
            (Flag(s.Attributes, 0) ? new Load(0, "k", "i") : new Load(0, "i", "k"))
            * (Element)(Flag(s.Attributes, 1) ? new Load(1, "j", "k") : new Load(1, "k", "j")))),
        Pullbacks =
        [
            p => Flag(p.Attributes, 0) ? Right(p).MatMul(p.Upstream.T) : p.Upstream.MatMul(Right(p).T),
            p => Flag(p.Attributes, 1) ? p.Upstream.T.MatMul(Left(p)) : Left(p).T.MatMul(p.Upstream),
        ],
        Write = (o, s) => Formula.Product(
            Flag(s.Attributes, 0) ? Formula.Raised(o[0], "ᵀ") : o[0],
            Flag(s.Attributes, 1) ? Formula.Raised(o[1], "ᵀ") : o[1]),
        Letter = "z",
        Simplify = SimplifyProduct,
    };

    // Ω = Aᵀ      Ā = Ḡᵀ
    public static readonly Operation Transpose = new("transpose", 1)
    {
        Infer = s => s[0].With(s.Shape(0).Transposed),
        Element = _ => new ElementForm(false, new Load(0, "j", "i")),
        Pullbacks = [p => p.Upstream.T],
        Range = RangeRules.OfOperand,
        Write = (o, _) => Formula.Raised(o[0], "ᵀ"),
        IsArithmetic = true,
        ReadsEntriesOnce = true,
        Simplify = c => c.Operand(0, Transpose!) is { } inner ? new Term(c.Builder, inner.Operands[0])
            : c.Operand(0, Constants.Fill) is { } fill ? new Term(c.Builder, fill.Operands[0]).Fill(c.Type.Shape)
            : c[0].Shape is { Rows: 1, Columns: 1 } ? c[0]
            : c.Operand(0, MatMul) is { } product && c.UseCount(0) == 1 ? TransposedProduct(c.Builder, product.Operands[0], product.Operands[1], product.Attributes)
            : null,
    };

    // Ω = x·yᵀ
    public static readonly Operation Outer = new("outer", 2)
    {
        Infer = s => InferProduct(s.Shape(0), s.Shape(1), false, true, s[0]),
        Definition = (o, _) => o[0].MatMul(o[1].T),
    };

    // Ω = Aᵀ·A      (Ā = A·(Ḡ + Ḡᵀ) follows)
    public static readonly Operation Gram = new("gram", 1)
    {
        Infer = s => s[0].With(Shape.Of(s.Shape(0).Columns, s.Shape(0).Columns)),
        Definition = (o, _) => o[0].T.MatMul(o[0]),
    };

    // Ω = xᵀ·A·y
    public static readonly Operation BilinearForm = new("bilinearForm", 3)
    {
        Infer = s => InferForm("BilinearForm", s, s.Shape(2)),
        Definition = (o, _) => o[0].Dot(o[1].MatMul(o[2])),
    };

    // Ω = xᵀ·A·x
    public static readonly Operation QuadraticForm = new("quadraticForm", 2)
    {
        Infer = s => InferForm("QuadraticForm", s, s.Shape(0)),
        Definition = (o, _) => o[0].Dot(o[1].MatMul(o[0])),
    };

    // Ω = tr(A·B) = Σ A ⊙ Bᵀ
    public static readonly Operation TraceOfProduct = new("traceOfProduct", 2)
    {
        Infer = s => s.Shape(0) == s.Shape(1).Transposed
            ? s[0].With(Shape.Scalar)
            : new ShapeError(
                s.Shape(0).Columns == s.Shape(1).Rows ? ShapeErrorKind.NotSquare : ShapeErrorKind.InnerSizes,
                ShapeMessages.TraceOfProduct(s.Shape(0).Rows, s.Shape(0).Columns, s.Shape(1).Rows, s.Shape(1).Columns)),
        Definition = (o, _) => o[0].Dot(o[1].T),
    };

    // Ω = a × b, of 3×1      ā = b × ḡ      b̄ = ḡ × a
    public static readonly Operation Cross = new("cross", 2)
    {
        Infer = s =>
        {
            Entrywise.Require(s[0] == s[1] && s.Shape(0) == Shape.Of(3, 1), "cross", s);
            return s[0];
        },
        Element = _ => new ElementForm(true, new Guarded(
            [Condition.Equal("e", 0)],
            CrossEntry(1, 2),
            new Guarded([Condition.Equal("e", 1)], CrossEntry(2, 0), CrossEntry(0, 1)))),
        Pullbacks = [p => p[1].Cross(p.Upstream), p => p.Upstream.Cross(p[0])],
        Write = (o, _) => Formula.Cross(o[0], o[1]),
        Letter = "z",
    };

    public static readonly ImmutableArray<Operation> All =
        [MatMul, Transpose, Outer, Gram, BilinearForm, QuadraticForm, TraceOfProduct, Cross];

    /// <summary>Whether the left (0) or right (1) operand of a product is taken transposed.</summary>
    public static bool Flag(Attributes attributes, int index) => attributes.Integers.Count > index && attributes[index] != 0;

    /// <summary>aᵢbⱼ − aⱼbᵢ.</summary>
    private static Element CrossEntry(int i, int j) =>
        (new LoadEntry(0, i) * (Element)new LoadEntry(1, j)) - (new LoadEntry(0, j) * (Element)new LoadEntry(1, i));

    private static Term Left(PullbackContext p) => Flag(p.Attributes, 0) ? p[0].T : p[0];

    private static Term Right(PullbackContext p) => Flag(p.Attributes, 1) ? p[1].T : p[1];

    private static TypeResult InferProduct(Shape left, Shape right, bool transposeLeft, bool transposeRight, TensorType type)
    {
        left = transposeLeft ? left.Transposed : left;
        right = transposeRight ? right.Transposed : right;
        if (left.Columns == right.Rows)
        {
            return type.With(Shape.Of(left.Rows, right.Columns));
        }

        return left.Columns == 1 && right.Columns == 1 && left.Rows > 1 && right.Rows > 1
            ? new ShapeError(ShapeErrorKind.ColumnProduct, ShapeMessages.MultiplyColumns(left.Rows, right.Rows))
            : new ShapeError(ShapeErrorKind.InnerSizes, ShapeMessages.Multiply(left.Rows, left.Columns, right.Rows, right.Columns));
    }

    private static TypeResult InferForm(string name, Signature s, Shape right)
    {
        var (x, a) = (s.Shape(0), s.Shape(1));
        return a.Rows == x.Rows && a.Columns == right.Rows
            ? s[0].With(Shape.Scalar)
            : new ShapeError(
                name == "QuadraticForm" && a.Rows != a.Columns ? ShapeErrorKind.NotSquare : ShapeErrorKind.InnerSizes,
                ShapeMessages.Form(name, x.Rows, right.Rows, a.Rows, a.Columns));
    }

    private static Term? SimplifyProduct(SimplifyContext c)
    {
        var left = c.Operand(0, Transpose);
        var right = c.Operand(1, Transpose);
        var transposeLeft = Flag(c.Instruction.Attributes, 0);
        var transposeRight = Flag(c.Instruction.Attributes, 1);
        if (left is null && right is null)
        {
            return c.Constant(0) is 0 || c.Constant(1) is 0 ? c[0].Literal(0).Fill(c.Type.Shape) : Association.Cheaper(c);
        }

        // Transposes are free: they become flags.
        return Product(
            c.Builder,
            left?.Operands[0] ?? c[0].Value,
            right?.Operands[0] ?? c[1].Value,
            transposeLeft ^ left is not null,
            transposeRight ^ right is not null);
    }

    // (A·B)ᵀ = Bᵀ·Aᵀ
    public static Term TransposedProduct(Builder builder, Value left, Value right, Attributes attributes) =>
        Product(builder, right, left, !Flag(attributes, 1), !Flag(attributes, 0));

    public static Term Product(Builder builder, Value left, Value right, bool transposeLeft, bool transposeRight) => new(
        builder,
        builder.Add(
            MatMul,
            [left, right],
            transposeLeft || transposeRight ? Attributes.Of(transposeLeft ? 1 : 0, transposeRight ? 1 : 0) : Attributes.None));
}
