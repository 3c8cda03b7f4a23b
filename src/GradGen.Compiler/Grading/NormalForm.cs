using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Grading;

/// <summary>
/// Matrix algebra's normal form: a sum of coefficients times products of factors. (A·B)·C = A·(B·C), A·(B + C) = A·B + A·C,
/// (A·B)ᵀ = Bᵀ·Aᵀ, ⊙ commutes and distributes, a 1×1 product is a number and commutes with everything. What is none of these
/// is a factor by its row and its operands' forms, so that a ⊙ (1 − a) is a − a ⊙ a however it is written.
/// </summary>
/// <param name="one">The input that is 1, an upstream that is not given; −1 where there is none.</param>
internal sealed class NormalForm(int one)
{
    private const int MaximalTerms = 200;

    private readonly Dictionary<Node, Sum?> _known = [];

    /// <summary>Whether two expressions are the same by algebra; false where that is not seen.</summary>
    /// <param name="left">One expression.</param>
    /// <param name="right">The other.</param>
    /// <param name="one">The input that is 1, or −1.</param>
    public static bool AreEqual(Node left, Node right, int one)
    {
        var forms = new NormalForm(one);
        return forms.Of(left) is { } a && forms.Of(right) is { } b && a.Key == b.Key;
    }

    private Sum? Of(Node node)
    {
        if (!_known.TryGetValue(node, out var form))
        {
            _known[node] = form = node.IsName ? Of(node.Operands[0]) : Compute(node);
        }

        return form;
    }

    private Sum? Compute(Node node)
    {
        if (node.Type is not { } type)
        {
            return null;
        }

        if (node.InputIndex == one && one >= 0)
        {
            return Sum.Number(1);
        }

        if (node.InputIndex >= 0)
        {
            return Sum.Of(Monomial.Of(new Factor("p" + node.InputIndex, type.Shape)));
        }

        if (node.Number is { } number)
        {
            return Sum.Number(number);
        }

        var operands = node.Operands.Select(Of).ToList();
        if (operands.Any(o => o is null))
        {
            return null;
        }

        Sum At(int i) => node.Operands[i].Type!.Value.Shape.IsScalar && !type.Shape.IsScalar ? operands[i]!.Spread(type.Shape) : operands[i]!;
        Sum Side(int i) => Products.Flag(node.Attributes, i) ? operands[i]!.Transposed : operands[i]!;
        var row = node.Row!;
        return row == Arithmetic.Add ? At(0).Plus(At(1), 1)
            : row == Arithmetic.Subtract ? At(0).Plus(At(1), -1)
            : row == Arithmetic.Negate ? Sum.Zero.Plus(At(0), -1)
            : row == Arithmetic.Multiply ? Times(At(0), At(1), (a, b) => Monomial.Hadamard(a, b, type.Shape))
            : row == Constants.Fill ? operands[0]!.Spread(type.Shape)
            : row == Gathers.ToScalar ? operands[0]
            : row == Products.MatMul ? Times(Side(0), Side(1), Monomial.Product)
            : row == Products.Outer ? Times(operands[0]!, operands[1]!.Transposed, Monomial.Product)
            : row == Products.Transpose ? operands[0]!.Transposed
            : row == Reductions.Dot && node.Operands[0].Shape is { Columns: 1 } ? Times(operands[0]!.Transposed, operands[1]!, Monomial.Product)
            : row.Name == "square" ? Times(operands[0]!, operands[0]!, (a, b) => Monomial.Hadamard(a, b, type.Shape))
            : Sum.Of(Monomial.Of(new Factor(
                $"{row.Name}{node.Attributes.Number.ToString("R", System.Globalization.CultureInfo.InvariantCulture)}[{string.Join(",", node.Attributes.Integers.Items)}]({string.Join(";", operands.Select(o => o!.Key))}):{type.Shape}",
                type.Shape)));
    }

    private static Sum? Times(Sum left, Sum right, Func<Monomial, Monomial, Monomial> product)
    {
        if (left.Terms.Count * right.Terms.Count > MaximalTerms)
        {
            return null;
        }

        var sum = Sum.Zero;
        foreach (var a in left.Terms)
        {
            foreach (var b in right.Terms)
            {
                sum = sum.Plus(product(a.Value.Monomial, b.Value.Monomial), a.Value.Coefficient * b.Value.Coefficient);
            }
        }

        return sum;
    }

    /// <summary>What is not taken apart, and whether it is transposed.</summary>
    private sealed record Factor(string Name, Shape Shape, bool IsTransposed = false)
    {
        public string Key => Name + (IsTransposed ? "ᵀ" : "");

        public Factor Transposed => Shape is { Rows: 1, Columns: 1 } ? this : this with { Shape = Shape.Transposed, IsTransposed = !IsTransposed };
    }

    /// <summary>Numbers that commute, times a product of matrices; without matrices a number alone.</summary>
    private sealed record Monomial(IReadOnlyList<string> Numbers, IReadOnlyList<Factor> Factors)
    {
        public static Monomial One { get; } = new([], []);

        public string Key { get; } = string.Join("*", Numbers) + "|" + string.Join("·", Factors.Select(f => f.Key));

        public static Monomial Of(Factor factor) => From([], [factor]);

        public static Monomial Ones(Shape shape) => From([], [new Factor("1:" + shape.Rows + "x" + shape.Columns, shape)]);

        public Monomial Transposed => From(Numbers, [.. Factors.Reverse().Select(f => IsOnes(f) ? new Factor($"1:{f.Shape.Columns}x{f.Shape.Rows}", f.Shape.Transposed) : f.Transposed)]);

        public static Monomial Product(Monomial left, Monomial right) => From([.. left.Numbers, .. right.Numbers], [.. left.Factors, .. right.Factors]);

        public static Monomial Hadamard(Monomial left, Monomial right, Shape shape)
        {
            if (shape.Count == 1)
            {
                return Product(left, right);
            }

            List<string> parts = [.. Parts(left), .. Parts(right)];
            parts.Sort(StringComparer.Ordinal);
            IReadOnlyList<string> numbers = [.. left.Numbers, .. right.Numbers];
            if (parts.Count == 0)
            {
                return From(numbers, Ones(shape).Factors);
            }

            var chain = Parts(left).Count == 0 ? right.Factors : Parts(right).Count == 0 ? left.Factors : [new Factor("⊙{" + string.Join("&", parts) + "}", shape)];
            return From(numbers, chain);
        }

        /// <summary>Sorted numbers; the stretches of the product that are 1×1 are numbers too, alike to their transposes.</summary>
        private static Monomial From(IEnumerable<string> numbers, IReadOnlyList<Factor> factors)
        {
            List<string> all = [.. numbers];
            List<Factor> chain = [.. factors];
            for (var i = 0; i < chain.Count; i++)
            {
                for (var j = i; j < chain.Count && chain[i].Shape.Rows == 1; j++)
                {
                    if (chain[j].Shape.Columns == 1)
                    {
                        var stretch = chain.GetRange(i, j - i + 1);
                        chain.RemoveRange(i, j - i + 1);
                        if (!stretch.All(IsOnes))
                        {
                            all.Add(Smaller(string.Join("·", stretch.Select(f => f.Key)), string.Join("·", Enumerable.Reverse(stretch).Select(f => f.Transposed.Key))));
                        }

                        i = -1;
                        break;
                    }
                }
            }

            all.Sort(StringComparer.Ordinal);
            return new Monomial(all, chain);
        }

        private static bool IsOnes(Factor factor) => factor.Name.StartsWith("1:", StringComparison.Ordinal);

        private static List<string> Parts(Monomial monomial) => monomial.Factors switch
        {
            [] => [],
            [var one] when IsOnes(one) => [],
            [{ IsTransposed: false } one] when one.Name.StartsWith("⊙{", StringComparison.Ordinal) => [.. Split(one.Name)],
            var factors => [string.Join("·", factors.Select(f => f.Key))],
        };

        /// <summary>The parts of a product entry by entry; braces nest.</summary>
        private static IEnumerable<string> Split(string name)
        {
            var (depth, start) = (0, 2);
            for (var i = 2; i < name.Length; i++)
            {
                if (depth == 0 && (name[i] == '&' || i == name.Length - 1))
                {
                    yield return name.Substring(start, i - start);
                    start = i + 1;
                }

                depth += name[i] is '{' or '(' ? 1 : name[i] is '}' or ')' ? -1 : 0;
            }
        }

        private static string Smaller(string left, string right) => string.CompareOrdinal(left, right) <= 0 ? left : right;
    }

    /// <summary>Terms by their keys.</summary>
    private sealed class Sum(SortedDictionary<string, (Monomial Monomial, double Coefficient)> terms)
    {
        public static Sum Zero { get; } = new(new(StringComparer.Ordinal));

        public SortedDictionary<string, (Monomial Monomial, double Coefficient)> Terms { get; } = terms;

        public string Key => string.Join("+", Terms.Select(t => t.Value.Coefficient.ToString("G12", System.Globalization.CultureInfo.InvariantCulture) + "*" + t.Key));

        public Sum Transposed => Terms.Aggregate(Zero, (sum, t) => sum.Plus(t.Value.Monomial.Transposed, t.Value.Coefficient));

        public static Sum Of(Monomial monomial) => Zero.Plus(monomial, 1);

        public static Sum Number(double number) => Zero.Plus(Monomial.One, number);

        /// <summary>A number in every entry.</summary>
        public Sum Spread(Shape shape) => Terms.Aggregate(Zero, (sum, t) => sum.Plus(Monomial.Product(t.Value.Monomial, Monomial.Ones(shape)), t.Value.Coefficient));

        public Sum Plus(Sum other, double factor) => other.Terms.Aggregate(this, (sum, t) => sum.Plus(t.Value.Monomial, factor * t.Value.Coefficient));

        public Sum Plus(Monomial monomial, double coefficient)
        {
            var terms = new SortedDictionary<string, (Monomial Monomial, double Coefficient)>(Terms, StringComparer.Ordinal);
            var total = coefficient + (terms.TryGetValue(monomial.Key, out var old) ? old.Coefficient : 0);
            if (total == 0)
            {
                _ = terms.Remove(monomial.Key);
            }
            else
            {
                terms[monomial.Key] = (monomial, total);
            }

            return new Sum(terms);
        }
    }
}
