using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Analyzers;

/// <summary>
/// GRAD1005: a row times a column, which is one number, as a factor of a product that it does not fit. The product that does
/// not fit is where it shows; the one before is where the mistake is.
/// </summary>
/// <remarks>
/// Only where the shapes around do not fit: a quadratic form that is returned, a number times a row (δ·hᵀ), a number that is
/// converted with <c>(double)</c> are all right.
/// </remarks>
/// <param name="Product">The product that is one number.</param>
/// <param name="Left">The row's shape.</param>
/// <param name="Right">The column's shape.</param>
/// <param name="Other">The shape of what it is multiplied with.</param>
/// <param name="IsLeft">Whether it stands on the left.</param>
internal sealed record Collapse(IOperation Product, TensorType Left, TensorType Right, TensorType Other, bool IsLeft)
{
    /// <summary>The collapse that makes a product not fit, if there is one.</summary>
    public static Collapse? Of(ShapeMistake mistake, Func<ITypeSymbol, ITypeSymbol> resolve)
    {
        if (mistake.Error.Kind != ShapeErrorKind.InnerSizes || TypesOf(mistake.Operation, resolve) is not { } outer)
        {
            return null;
        }

        for (var side = 0; side < 2; side++)
        {
            var product = Stripped(outer.Operands[side]);
            if (product is IBinaryOperation && TypesOf(product, resolve) is { } inner
                && inner.Types[0].Shape is { Rows: 1, Columns: > 1 } && inner.Types[1].Shape is { Columns: 1, Rows: > 1 }
                && inner.Types[0].Shape.Columns == inner.Types[1].Shape.Rows)
            {
                return new Collapse(product, inner.Types[0], inner.Types[1], outer.Types[1 - side], side == 0);
            }
        }

        return null;
    }

    /// <summary>The message.</summary>
    public string Message =>
        $"'{OperandText.Text((ExpressionSyntax)Product.Syntax, true)}' is {Left.Shape} by {Right.Shape} and gives 1×1, which does not multiply a {Other.Shape}: was a product entry by entry meant?";

    /// <summary>What may have been meant: the product entry by entry, or the number as a number.</summary>
    public List<(Repair Repair, string Offer)> Repairs(ShapeMistake mistake, ShapeWalk walk, SemanticModel model)
    {
        var found = new List<(Repair, string)>();
        if (Product.Syntax is not BinaryExpressionSyntax { Span.Length: <= LongestExpression } product || mistake.Operation.Syntax is not ExpressionSyntax whole)
        {
            return found;
        }

        void Offer(string key, string verb, TensorType type, Func<bool, string> text)
        {
            var code = text(false);
            var types = IsLeft ? new[] { type, Other } : [Other, type];
            var result = Builder.Infer(type.Shape.IsScalar ? Arithmetic.Multiply : Products.MatMul, [.. types], Attributes.None);
            var start = product.SpanStart - whole.SpanStart;
            var edited = whole.ToString().Remove(start, product.Span.Length).Insert(start, code);
            if (result.Error is null && new Place(mistake.Operation, whole, walk, model).Fits(edited, result.Type))
            {
                found.Add((new Repair(key, $"{verb}: '{text(true)}'", code), $"'{text(true)}' gives {(type.Shape.IsScalar ? "a scalar" : type.Shape.ToString())}."));
            }
        }

        string Hadamard(string left, string right) => $"Hadamard({left}, {right})";
        Offer("HadamardOfColumns", "Multiply entry by entry", Right,
            isShort => Hadamard(OperandText.Transposed(product.Left, isShort), OperandText.Argument(product.Right, isShort)));
        Offer("HadamardOfRows", "Multiply entry by entry", Left,
            isShort => Hadamard(OperandText.Argument(product.Left, isShort), OperandText.Transposed(product.Right, isShort)));
        Offer("AsScalar", "Take the one entry as a number", Left.With(Shape.Scalar),
            isShort => $"({(Left.Scalar == ScalarType.Float32 ? "float" : "double")})({OperandText.Text(product, isShort)})");
        return found;
    }

    private const int LongestExpression = 2000;

    private static IOperation Stripped(IOperation operation) => operation switch
    {
        IParenthesizedOperation parenthesized => Stripped(parenthesized.Operand),
        IConversionOperation { IsImplicit: true, OperatorMethod: null } conversion => Stripped(conversion.Operand),
        _ => operation,
    };

    private static (IReadOnlyList<IOperation> Operands, IReadOnlyList<TensorType> Types)? TypesOf(IOperation operation, Func<ITypeSymbol, ITypeSymbol> resolve) =>
        CallShapes.TryGetCall(operation, resolve, out var row, out var operands, out _) && row == Products.MatMul
        && CallShapes.OperandTypes(operation, row, operands, resolve) is { Length: 2 } types
            ? (operands, types)
            : null;
}
