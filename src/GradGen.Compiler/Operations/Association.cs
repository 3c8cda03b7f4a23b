using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Operations;

/// <summary>
/// The order of products by what they cost: (A·B)·x = A·(B·x) and (A·B + C)·x = A·(B·x) + C·x, where multiplications are saved.
/// A chain of matrices that ends in a vector never becomes a matrix.
/// </summary>
internal static class Association
{
    /// <summary>A matrix, transposed or not.</summary>
    private readonly record struct Factor(Value Value, bool IsTransposed)
    {
        public int Rows => IsTransposed ? Value.Shape.Columns : Value.Shape.Rows;

        public int Columns => IsTransposed ? Value.Shape.Rows : Value.Shape.Columns;

        public Factor Transposed => new(Value, !IsTransposed);
    }

    /// <summary>A product in a cheaper order; null where there is none.</summary>
    public static Term? Cheaper(SimplifyContext c)
    {
        var (left, right) = Factors(c.Instruction);
        return c.Operand(0, Products.MatMul) is { } before && OnTheRight(c, Factors(before, left.IsTransposed), right, c.IsOnlyReader(0)) is { } a ? a
            : c.Operand(1, Products.MatMul) is { } after && OnTheLeft(c, left, Factors(after, right.IsTransposed), c.IsOnlyReader(1)) is { } b ? b
            : right.Columns == 1 && Distributed(c, 0) is { } sum ? sum
            : left.Rows == 1 && Distributed(c, 1) is { } other ? other
            : null;
    }

    // (A·B)·X = A·(B·X)
    private static Term? OnTheRight(SimplifyContext c, (Factor A, Factor B) p, Factor x, bool isOnlyReader) =>
        Cost(p.B, x) + Count(p.A.Rows, p.A.Columns, x.Columns) < Count(p.A.Rows, p.B.Columns, x.Columns) + (isOnlyReader ? Cost(p.A, p.B) : 0)
            ? Product(c, p.A, new Factor(Product(c, p.B, x).Value, false))
            : null;

    // X·(A·B) = (X·A)·B
    private static Term? OnTheLeft(SimplifyContext c, Factor x, (Factor A, Factor B) p, bool isOnlyReader) =>
        Cost(x, p.A) + Count(x.Rows, p.B.Rows, p.B.Columns) < Count(x.Rows, p.A.Rows, p.B.Columns) + (isOnlyReader ? Cost(p.A, p.B) : 0)
            ? Product(c, new Factor(Product(c, x, p.A).Value, false), p.B)
            : null;

    // (A·B + C)·x = (A·B)·x + C·x: worth it only where A·B is read for nothing else, and then rewritten by the rules above
    private static Term? Distributed(SimplifyContext c, int side)
    {
        if (c.Operand(side, Arithmetic.Add) is not { } sum || !c.IsOnlyReader(side) || !sum.Operands.All(o => o.Shape == sum.Result.Shape)
            || !sum.Operands.Any(o => c.DefinitionOf(o) is { } d && d.Operation == Products.MatMul && c.CountUses(o) == 1 && c.IsInBlock(o) && Saves(d)))
        {
            return null;
        }

        var (left, right) = Factors(c.Instruction);
        var terms = sum.Operands.Select(o => side == 0
            ? Product(c, new Factor(o, left.IsTransposed), right)
            : Product(c, left, new Factor(o, right.IsTransposed))).ToList();
        return terms[0] + terms[1];
    }

    /// <summary>Whether a product of matrices costs more than two products with a vector and one that the sum then takes besides.</summary>
    private static bool Saves(Instruction product)
    {
        var (a, b) = Factors(product);
        return Cost(a, b) > (a.Rows * a.Columns) + (b.Rows * b.Columns);
    }

    private static (Factor Left, Factor Right) Factors(Instruction product, bool isTransposed = false)
    {
        var left = new Factor(product.Operands[0], Products.Flag(product.Attributes, 0));
        var right = new Factor(product.Operands[1], Products.Flag(product.Attributes, 1));
        return isTransposed ? (right.Transposed, left.Transposed) : (left, right);
    }

    private static long Cost(Factor left, Factor right) => Count(left.Rows, left.Columns, right.Columns);

    private static long Count(int rows, int inner, int columns) => (long)rows * inner * columns;

    private static Term Product(SimplifyContext c, Factor left, Factor right) =>
        Products.Product(c.Builder, left.Value, right.Value, left.IsTransposed, right.IsTransposed);
}
