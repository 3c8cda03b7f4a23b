using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Analyzers;

/// <summary>
/// Matrices that are multiplied one after the other, A·B·…·v, in whatever order: parentheses and transposes around products
/// are seen through, (A·B)ᵀ·v = Bᵀ·Aᵀ·v, and numbers as factors of products are set apart.
/// </summary>
internal sealed class ProductChain
{
    /// <summary>The dynamic programme takes the cube of this; people write a handful.</summary>
    private const int MostFactors = 64;

    private readonly Func<ITypeSymbol, ITypeSymbol> _resolve;
    private readonly List<(IOperation Operation, Shape Shape, bool IsTransposed)> _factors = [];
    private readonly List<ExpressionSyntax> _numbers = [];
    private readonly List<IOperation> _links = [];
    private bool _isKnown = true;

    private ProductChain(IBinaryOperation whole, Func<ITypeSymbol, ITypeSymbol> resolve)
    {
        (Whole, _resolve) = (whole, resolve);
        Written = Read(whole, isTransposed: false);
        Best = Written;
        if (_isKnown)
        {
            Best = Cheapest();
        }
    }

    /// <summary>The whole product.</summary>
    public IBinaryOperation Whole { get; }

    /// <summary>The products, transposes and products with numbers that it is made of, the whole one not among them.</summary>
    public IReadOnlyList<IOperation> Links => _links;

    /// <summary>The order that is written.</summary>
    public Order Written { get; }

    /// <summary>One of the orders with the fewest multiplications; the written one, if it is one of them.</summary>
    public Order Best { get; }

    /// <summary>What is multiplied with what first: factors from one to another, where the products before and after are done, if they are several.</summary>
    internal sealed record Order(int First, int Last, long Multiplications, Order? Left = null, Order? Right = null);

    /// <summary>The chain that an operation is the last product of; null for any other operation, and where a shape is not known or does not fit.</summary>
    public static ProductChain? Of(IOperation operation, Func<ITypeSymbol, ITypeSymbol> resolve) =>
        operation is IBinaryOperation whole && IsProduct(whole) && new ProductChain(whole, resolve) is { _isKnown: true } chain ? chain : null;

    /// <summary>Whether the operation is a product of matrices, written with <c>*</c>.</summary>
    public static bool IsProduct(IOperation operation) => operation is IBinaryOperation && CallShapes.RowOf(operation) == Products.MatMul;

    /// <summary>The operands, without conversions.</summary>
    public IEnumerable<IOperation> Factors => _factors.Select(f => f.Operation);

    /// <summary>"6×6, 6×6, 6×1": the shapes as they are multiplied.</summary>
    public string Shapes => string.Join(", ", _factors.Select(f => f.Shape.ToString()));

    /// <summary>The written order as people read it, with all its parentheses.</summary>
    public string WrittenText => Text(Written, isShort: true);

    /// <summary>The best order as people read it, with all its parentheses.</summary>
    public string BestText => Text(Best, isShort: true);

    /// <summary>
    /// The expression in the best order, as code with the operands' own text; null where something else would be lost (a
    /// comment) or changed (the type: a vector is not a matrix of one column).
    /// </summary>
    public string? BestCode(SemanticModel model)
    {
        var syntax = (ExpressionSyntax)Whole.Syntax;
        if (syntax.DescendantTrivia().Any(t => !t.IsKind(SyntaxKind.WhitespaceTrivia) && !t.IsKind(SyntaxKind.EndOfLineTrivia)))
        {
            return null;
        }

        var chain = Text(Best, isShort: false);
        var code = _numbers.Count == 0 ? chain
            : string.Join(" * ", _numbers.Select((n, i) => i == 0 ? OperandText.Left(n, false) : OperandText.Right(n, false))) + " * (" + chain + ")";
        var parsed = SyntaxFactory.ParseExpression(code, options: syntax.SyntaxTree.Options);
        var type = model.GetSpeculativeTypeInfo(syntax.SpanStart, parsed, SpeculativeBindingOption.BindAsExpression).Type;
        return SymbolEqualityComparer.Default.Equals(type, Whole.Type) ? code : null;
    }

    private Order Read(IOperation operation, bool isTransposed, int depth = 0)
    {
        if (depth > 2 * MostFactors || _factors.Count > MostFactors)
        {
            _isKnown = false;
        }

        if (!_isKnown || !IsLink(operation))
        {
            return Factor(operation, isTransposed);
        }

        if (operation != Whole)
        {
            _links.Add(operation);
        }

        if (!IsProduct(operation))
        {
            if (NumberIn(operation) is { } number)
            {
                _numbers.Add((ExpressionSyntax)number.Syntax);
            }

            return Read(InnerOf(operation)!, isTransposed ^ CallShapes.RowOf(operation) == Products.Transpose, depth + 1);
        }

        // (A·B)ᵀ = Bᵀ·Aᵀ
        var product = (IBinaryOperation)operation;
        var before = Read(Stripped(isTransposed ? product.RightOperand : product.LeftOperand), isTransposed, depth + 1);
        var after = Read(Stripped(isTransposed ? product.LeftOperand : product.RightOperand), isTransposed, depth + 1);
        return _isKnown ? Multiplied(before, after) : before;
    }

    private Order Factor(IOperation operation, bool isTransposed)
    {
        var shape = RuntimeSymbols.TypeOf(operation.Type, _resolve)?.Shape;
        _isKnown &= shape is { IsScalar: false } && operation.Syntax is ExpressionSyntax;
        _factors.Add((operation, !_isKnown ? default : isTransposed ? shape!.Value.Transposed : shape!.Value, isTransposed));
        return new Order(_factors.Count - 1, _factors.Count - 1, 0);
    }

    private Order Multiplied(Order before, Order after)
    {
        _isKnown &= _factors[before.Last].Shape.Columns == _factors[after.First].Shape.Rows;
        var own = (long)_factors[before.First].Shape.Rows * _factors[before.Last].Shape.Columns * _factors[after.Last].Shape.Columns;
        return new Order(before.First, after.Last, before.Multiplications + after.Multiplications + own, before, after);
    }

    /// <summary>The dynamic programme: the best order from i to j is the best split of it. Of equal ones that with fewest parentheses.</summary>
    private Order Cheapest()
    {
        var n = _factors.Count;
        var best = new Order[n, n];
        for (var length = 1; length <= n; length++)
        {
            for (var i = 0; i + length <= n; i++)
            {
                var j = i + length - 1;
                best[i, j] = length == 1 ? new Order(i, i, 0) : Multiplied(best[i, j - 1], best[j, j]);
                for (var k = j - 2; k >= i; k--)
                {
                    var order = Multiplied(best[i, k], best[k + 1, j]);
                    best[i, j] = order.Multiplications < best[i, j].Multiplications ? order : best[i, j];
                }
            }
        }

        return best[0, n - 1].Multiplications < Written.Multiplications ? best[0, n - 1] : Written;
    }

    private string Text(Order order, bool isShort)
    {
        if (order is not { Left: { } left, Right: { } right })
        {
            return Operand(order.First, isShort, isLeft: true);
        }

        // As code, a product on the left needs no parentheses; people see the order better with them.
        var before = left.Left is null ? Operand(left.First, isShort, isLeft: true) : isShort ? $"({Text(left, true)})" : Text(left, false);
        var after = right.Left is null ? Operand(right.First, isShort, isLeft: false) : $"({Text(right, isShort)})";
        return before + " * " + after;
    }

    private string Operand(int factor, bool isShort, bool isLeft)
    {
        var (operation, _, isTransposed) = _factors[factor];
        var syntax = (ExpressionSyntax)operation.Syntax;
        return isTransposed ? OperandText.Transposed(syntax, isShort) : isLeft ? OperandText.Left(syntax, isShort) : OperandText.Right(syntax, isShort);
    }

    /// <summary>Whether an operation is a product, or the transpose of one, or a number times one.</summary>
    private static bool IsLink(IOperation operation)
    {
        var inner = operation;
        while (!IsProduct(inner))
        {
            if (InnerOf(inner) is not { } next)
            {
                return false;
            }

            inner = next;
        }

        return true;
    }

    /// <summary>The matrix in a transpose or in a product with a number.</summary>
    private static IOperation? InnerOf(IOperation operation)
    {
        var inner = operation switch
        {
            IPropertyReferenceOperation { Instance: { } instance } when CallShapes.RowOf(operation) == Products.Transpose => instance,
            IInvocationOperation { Arguments: [var argument] } when CallShapes.RowOf(operation) == Products.Transpose => argument.Value,
            IBinaryOperation scaled when NumberIn(scaled) is { } number => number == scaled.LeftOperand ? scaled.RightOperand : scaled.LeftOperand,
            _ => null,
        };
        return inner is null ? null : Stripped(inner);
    }

    /// <summary>The number in a product of a number and a matrix.</summary>
    private static IOperation? NumberIn(IOperation operation) =>
        operation is not IBinaryOperation scaled || CallShapes.RowOf(operation) != Arithmetic.Multiply ? null
        : IsMatrix(scaled.RightOperand) && !IsMatrix(scaled.LeftOperand) ? scaled.LeftOperand
        : IsMatrix(scaled.LeftOperand) && !IsMatrix(scaled.RightOperand) ? scaled.RightOperand
        : null;

    private static bool IsMatrix(IOperation operation) => operation.Type is { } type && RuntimeSymbols.IsMatrixOrVector(type);

    private static IOperation Stripped(IOperation operation)
    {
        while (operation is IConversionOperation { IsImplicit: true, OperatorMethod: null } conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }
}
