using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Grading;

/// <summary>
/// The small changes that people's mistakes are undone by, the likeliest first: transposes, the other product, the other
/// order, constants and signs, an argument before or after the nonlinearity, a factor, a sum, a further term.
/// </summary>
internal static class Edits
{
    /// <summary>A factor of a larger matrix is looked for in what it is made from.</summary>
    private const int LargeCount = 4096;

    /// <param name="roots">The gradients as written.</param>
    /// <param name="truth">What they should be.</param>
    /// <param name="points">To know which of the nodes is which value of the method.</param>
    public static IEnumerable<Edit> Of(IReadOnlyList<Node> roots, Truth truth, Points points)
    {
        // The innermost first: the smallest expression is to blame.
        List<Node> nodes = [.. roots.SelectMany(r => r.All()).Distinct().Where(n => n.Syntax is not null && n.Type is not null || n.Row == Products.MatMul && n.Syntax is not null)];
        // What is left out is put in where the most is that it belongs to.
        List<Node> outer = [.. Enumerable.Reverse(nodes).Where(n => n.Shape is not { Count: > LargeCount })];
        IEnumerable<Edit> Each(Func<Node, IEnumerable<Edit>> edits) => nodes.SelectMany(edits);
        return Each(Transposes).Concat(Each(Hadamards)).Concat(Each(MatrixProducts))
            .Concat(roots.Where(r => r.Syntax is not null && r.Shape is { Rows: > 1, Columns: > 1 }).Select(r =>
                new Edit(Descriptors.GradientLayout, r, r.Transposed, "the gradient is laid out transposed, one row for each column of the parameter")))
            .Concat(Each(Orders)).Concat(Each(Names)).Concat(Each(Constants)).Concat(outer.SelectMany(Scales)).Concat(Each(n => Arguments(n, truth, points))).Concat(Each(QuadraticForms))
            .Concat(outer.SelectMany(Sums)).Concat(outer.SelectMany(n => Factors(n, nodes, truth, points)));
    }

    private static IEnumerable<Edit> Transposes(Node node)
    {
        if (node.Row == Products.MatMul)
        {
            var (a, b) = (Left(node), Right(node));
            const string What = "a transpose is missing";
            yield return Transposing(a.Transposed * b, IsTransposed(a) ? "a transpose too many" : What);
            yield return Transposing(a * b.Transposed, IsTransposed(b) ? "a transpose too many" : What);
            yield return Transposing(a.Transposed * b.Transposed, "transposes are missing");
        }
        else if (node.Row == Products.Transpose)
        {
            yield return Transposing(node.Operands[0], "a transpose too many");
        }

        Edit Transposing(Node replacement, string what) => new(Descriptors.GradientTranspose, node, replacement, what);
    }

    private static IEnumerable<Edit> Hadamards(Node node)
    {
        if (node.Row == Products.MatMul)
        {
            const string What = "the factor acts entry by entry: the product is ⊙, not ·";
            yield return new Edit(Descriptors.GradientHadamard, node, Node.Apply(Arithmetic.Multiply, Left(node), Right(node)), What);
            yield return new Edit(Descriptors.GradientHadamard, node, Node.Apply(Arithmetic.Multiply, Left(node).Transposed, Right(node)), What);
            yield return new Edit(Descriptors.GradientHadamard, node, Node.Apply(Arithmetic.Multiply, Left(node), Right(node).Transposed), What);
        }
    }

    private static IEnumerable<Edit> MatrixProducts(Node node)
    {
        if (node.Row == Arithmetic.Multiply && node.Operands.All(o => o.Type is { IsScalar: false }))
        {
            var (a, b) = (node.Operands[0], node.Operands[1]);
            foreach (var product in new[] { a * b, a.Transposed * b, a * b.Transposed, b * a, b.Transposed * a, b * a.Transposed })
            {
                yield return new Edit(Descriptors.GradientMatrixProduct, node, product, "the factor is a matrix of its own: the product is ·, not ⊙");
            }
        }
    }

    private static IEnumerable<Edit> Orders(Node node)
    {
        if (node.Row == Products.MatMul || node.Row == Products.Outer)
        {
            var (a, b) = (Left(node), node.Row == Products.Outer ? node.Operands[1].Transposed : Right(node));
            foreach (var product in new[] { b * a, b.Transposed * a, b * a.Transposed, b.Transposed * a.Transposed })
            {
                yield return new Edit(Descriptors.GradientOrder, node, product, "the factors stand in the wrong order");
            }
        }
    }

    private static IEnumerable<Edit> Names(Node node) =>
        node.IsName && node.Shape is { IsScalar: false } shape && shape.Rows == shape.Columns
            ? [new Edit(Descriptors.GradientTranspose, node, node.Transposed, "a transpose is missing")] : [];

    private static IEnumerable<Edit> Constants(Node node)
    {
        const string Lost = "a constant factor is wrong";
        Edit Mend(Node replacement, string what) => new(Descriptors.GradientConstant, node, replacement, what);
        if (node.Number is { } number && number != 0)
        {
            foreach (var factor in new[] { 2.0, 0.5, -1.0, 4.0, 0.25, -2.0, -0.5 })
            {
                yield return Mend(Node.Literal(factor * number, node.Type!.Value.Scalar), Lost);
            }
        }
        else if (node.Row == Arithmetic.Subtract)
        {
            yield return Mend(Node.Apply(Arithmetic.Subtract, node.Operands[1], node.Operands[0]), "the difference has the wrong sign");
        }
        else if (node.Row == Arithmetic.Negate)
        {
            yield return Mend(node.Operands[0], "the sign is wrong");
        }
        else if (node.Row is not null && node.Type is { IsFloating: true } type)
        {
            if (node.Row == Arithmetic.Multiply && node.Operands.FirstOrDefault(o => o.Number is not null) is { } literal)
            {
                yield return Mend(node.Operands.First(o => o != literal), Lost);
            }
        }
    }

    /// <summary>A factor or a sign that is missing.</summary>
    private static IEnumerable<Edit> Scales(Node node)
    {
        if (node.Row is null || node.Type is not { IsFloating: true } type)
        {
            yield break;
        }

        Edit Mend(Node replacement, string what) => new(Descriptors.GradientConstant, node, replacement, what);
        yield return Mend(Node.Apply(Arithmetic.Negate, node), "the sign is wrong");
        yield return Mend(Node.Apply(Arithmetic.Multiply, Node.Literal(2, type.Scalar), node), "the factor 2 is missing");
        yield return Mend(Node.Apply(Arithmetic.Divide, node, Node.Literal(2, type.Scalar)), "the factor ½ is missing");
    }

    /// <summary>ψ′ of the activation in place of the pre-activation, and the other way round.</summary>
    private static IEnumerable<Edit> Arguments(Node node, Truth truth, Points points)
    {
        if (node.Row is null && !node.IsName)
        {
            yield break;
        }

        foreach (var (before, after, row) in Nonlinearities(truth))
        {
            foreach (var from in node.All().Where(n => n != node && n.Syntax is not null && n.Type is { IsFloating: true } && node.Syntax!.Span.Contains(n.Syntax.Span)))
            {
                var isAfter = points.AreEqual(points.ValueOf(from, 0), points.ValueOf(after, 0));
                if (!isAfter && !points.AreEqual(points.ValueOf(from, 0), points.ValueOf(before, 0)))
                {
                    continue;
                }

                var same = node.All().Where(n => n != node && n.Syntax is not null && node.Syntax!.Span.Contains(n.Syntax.Span)
                    && points.AreEqual(points.ValueOf(n, 0), points.ValueOf(from, 0)));
                var to = !isAfter ? Node.Apply(row, [from], Attributes.None, null)
                    : from.Meant is { Row: { } own, Operands: [var argument] } && own == row ? argument : null;
                if (to is not null)
                {
                    yield return new Edit(Descriptors.GradientArgument, node, node.Replace(same.ToDictionary(n => n, _ => to)), isAfter
                        ? "the derivative is taken at the activation, not at what goes into it" : "the derivative wants the activation, not what goes into it");
                }
            }
        }
    }

    /// <summary>(A + Aᵀ)·x for 2·A·x.</summary>
    private static IEnumerable<Edit> QuadraticForms(Node node)
    {
        var product = Unscaled(node);
        if (product.Row == Products.MatMul && Unscaled(Left(product)) is var matrix && matrix.Shape is { } square && square.Rows == square.Columns && square.Rows > 1)
        {
            const string What = "the gradient of xᵀ·A·x is (A + Aᵀ)·x, which is 2·A·x only where A is symmetric";
            yield return new Edit(
                Descriptors.GradientOfForm, node, Node.Apply(Arithmetic.Add, matrix, matrix.Transposed) * Unscaled(Right(product)), What);
        }

        static Node Unscaled(Node scaled)
        {
            var inner = scaled;
            while (inner.Meant is { } meant && meant.Row == Arithmetic.Multiply && meant.Operands.FirstOrDefault(o => o.Number is not null) is { } literal)
            {
                inner = meant.Operands.First(o => o != literal);
            }

            return inner;
        }
    }

    private static IEnumerable<Edit> Sums(Node node)
    {
        if (node.Type is { IsFloating: true, Shape.IsScalar: false })
        {
            const string What = "what was spread over rows or columns has the sum over them as its gradient";
            foreach (var what in new[] { node, node.Row is { Name: "column" or "row" } ? node.Operands[0] : null })
            {
                foreach (var row in what is null ? [] : new[] { Reductions.RowSum, Reductions.ColumnSum, Reductions.Sum })
                {
                    yield return new Edit(Descriptors.GradientSum, node, Node.Apply(row, what!), What);
                }
            }
        }
    }

    /// <summary>Factors of the chain rule that are left out: a nonlinearity's derivative, a parameter, the upstream.</summary>
    private static IEnumerable<Edit> Factors(Node node, List<Node> nodes, Truth truth, Points points)
    {
        if (node.Type is not { IsFloating: true } type)
        {
            yield break;
        }

        Edit Mend(Node replacement, string what) => new(Descriptors.GradientFactor, node, replacement, what);
        var knowns = nodes.Where(n => n.Type?.Shape == type.Shape && n.Type is { IsFloating: true })
            .GroupBy(n => n.Meant).Select(g => g.OrderBy(n => n.Syntax!.Span.Length).First()).ToList();
        foreach (var (before, after, row) in Nonlinearities(truth))
        {
            Node? Known(Node value) => knowns.Find(k => points.AreEqual(points.ValueOf(k, 0), points.ValueOf(value, 0)));
            var value = Known(after) ?? (Known(before) is { } argument ? Node.Apply(row, argument) : null);
            if (value is not null && DerivativeAt(row, value) is { } derivative)
            {
                yield return Mend(Node.Apply(Arithmetic.Multiply, node, derivative), $"the derivative of {Code.FunctionOf(row)} is missing");
                if (row == Elementary.Sigmoid)
                {
                    yield return Mend(Node.Apply(Arithmetic.Multiply, node, derivative.Operands[1]), $"the factor 1 − a of the derivative of {Code.FunctionOf(row)} is missing");
                }
            }
        }

        foreach (var known in knowns)
        {
            if (nodes.Any(n => n.IsName && n.Meant == known.Meant) || known.Row is not null)
            {
                yield return Mend(Node.Apply(Arithmetic.Multiply, node, known), "a factor of the chain rule is missing");
            }
        }

        foreach (var input in nodes.Where(n => n.Meant.InputIndex >= 0 && n.Type is { IsFloating: true }).GroupBy(n => n.Meant.InputIndex).Select(g => g.First()))
        {
            var what = input.Meant == truth.Upstream ? "the upstream is missing" : "a factor of the chain rule is missing";
            foreach (var product in new[] { input.Transposed * node, input * node, node * input.Transposed, node * input })
            {
                yield return Mend(product, what);
            }
        }
    }

    /// <summary>ψ′ from ψ's value, where it can be had from that.</summary>
    private static Node? DerivativeAt(Operation row, Node value)
    {
        var scalar = value.Type!.Value.Scalar;
        Node One() => Node.Literal(1, scalar);
        return row == Elementary.Sigmoid ? Node.Apply(Arithmetic.Multiply, value, Node.Apply(Arithmetic.Subtract, One(), value))
            : row == Elementary.Tanh ? Node.Apply(Arithmetic.Subtract, One(), Node.Apply(Arithmetic.Multiply, value, value))
            : row == Elementary.Exp ? value
            : null;
    }

    private static IEnumerable<(Node Before, Node After, Operation Row)> Nonlinearities(Truth truth) => truth.Values
        .Where(v => v.Row is { Arity: 1, ReadsEntriesOnce: true } row && Code.FunctionOf(row) is not null && v.Type == v.Operands[0].Type)
        .Select(v => (v.Operands[0], v, v.Row!)).Take(16);

    private static bool IsTransposed(Node node) => node.Meant.Row == Products.Transpose;

    private static Node Left(Node product) => Products.Flag(product.Attributes, 0) ? product.Operands[0].Transposed : product.Operands[0];

    private static Node Right(Node product) => Products.Flag(product.Attributes, 1) ? product.Operands[1].Transposed : product.Operands[1];
}
