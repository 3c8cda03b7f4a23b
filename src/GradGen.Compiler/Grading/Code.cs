using System.Globalization;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.Compiler.Grading;

/// <summary>
/// Nodes as C#: what stands in the method as it is written there, what is new around it. How tightly text binds: 0 for
/// sums, 1 for products, 2 for signs, 3 for what needs no parentheses.
/// </summary>
/// <param name="qualifier">"" or "GradGen.MatrixFunctions.", as the method must call functions.</param>
internal sealed class Code(string qualifier)
{
    private const int SumBinding = 0;
    private const int ProductBinding = 1;
    private const int UnaryBinding = 2;
    private const int PrimaryBinding = 3;

    /// <summary>The text of a node; null where it cannot be written in the method.</summary>
    public string? Of(Node node) => Write(node)?.Text;

    /// <summary>The text that takes the place of an expression, with the parentheses that it needs there.</summary>
    public string? InPlaceOf(ExpressionSyntax expression, Node node)
    {
        if (Write(node) is not var (text, binding))
        {
            return null;
        }

        var needed = expression.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Expression == expression => PrimaryBinding,
            ElementAccessExpressionSyntax => PrimaryBinding,
            PrefixUnaryExpressionSyntax or CastExpressionSyntax => UnaryBinding,
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.MultiplyExpression or (int)SyntaxKind.DivideExpression } binary => binary.Right == expression ? UnaryBinding : ProductBinding,
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.SubtractExpression } binary when binary.Right == expression => ProductBinding,
            _ => SumBinding,
        };
        return binding < needed ? $"({text})" : text;
    }

    /// <summary>The name of a row's function, as in <c>Sigmoid</c>; null where it has none.</summary>
    public static string? FunctionOf(Operation row) =>
        row == Products.MatMul || row == Products.Transpose || Array.IndexOf([Arithmetic.Add, Arithmetic.Subtract, Arithmetic.Multiply, Arithmetic.Divide, Arithmetic.Negate], row) >= 0
        || row.Arity != 1 || row.TakesResultShape || row.TakesConstantIntegers ? null
        : char.ToUpperInvariant(row.Name[0]) + row.Name.Substring(1);

    private (string Text, int Binding)? Write(Node node)
    {
        if (node.Syntax is { } syntax)
        {
            return Spliced(node, syntax) is { } spliced ? (spliced, BindingOf(syntax)) : null;
        }

        if (node.IsName)
        {
            return Write(node.Operands[0]);
        }

        if (node.Number is { } number)
        {
            var isWhole = number == Math.Floor(number);
            return (number.ToString("R", CultureInfo.InvariantCulture) + (node.Type?.Scalar == Ir.ScalarType.Float32 && !isWhole ? "f" : ""), number < 0 ? UnaryBinding : PrimaryBinding);
        }

        var parts = node.Operands.Select(Write).ToList();
        if (node.Row is not { } row || parts.Any(p => p is null))
        {
            return null;
        }

        string In(int operand, int binding) => parts[operand]!.Value.Binding < binding ? $"({parts[operand]!.Value.Text})" : parts[operand]!.Value.Text;
        string Side(int operand, int binding) => Products.Flag(node.Attributes, operand) ? In(operand, PrimaryBinding) + ".T" : In(operand, binding);
        if (row == Products.MatMul)
        {
            return (Side(0, ProductBinding) + " * " + Side(1, UnaryBinding), ProductBinding);
        }

        if (row == Products.Transpose)
        {
            return (In(0, PrimaryBinding) + ".T", PrimaryBinding);
        }

        if (row == Arithmetic.Multiply)
        {
            return node.Operands.Any(o => o.Type is { IsScalar: true })
                ? (In(0, ProductBinding) + " * " + In(1, UnaryBinding), ProductBinding)
                : ($"{qualifier}Hadamard({parts[0]!.Value.Text}, {parts[1]!.Value.Text})", PrimaryBinding);
        }

        if (row == Arithmetic.Divide && node.Operands[1].Type is { IsScalar: true })
        {
            return (In(0, ProductBinding) + " / " + In(1, UnaryBinding), ProductBinding);
        }

        if (row == Arithmetic.Add || row == Arithmetic.Subtract)
        {
            return (In(0, SumBinding) + (row == Arithmetic.Add ? " + " : " - ") + In(1, ProductBinding), SumBinding);
        }

        return row == Arithmetic.Negate ? ("-" + In(0, UnaryBinding), UnaryBinding)
            : FunctionOf(row) is { } function ? ($"{qualifier}{function}({parts[0]!.Value.Text})", PrimaryBinding)
            : null;
    }

    /// <summary>The text of an expression, with what was replaced in it.</summary>
    private string? Spliced(Node node, ExpressionSyntax syntax)
    {
        var text = syntax.ToString();
        var splices = new Dictionary<ExpressionSyntax, string>();
        if (!Collect(node, syntax, splices))
        {
            return null;
        }

        foreach (var splice in splices.OrderByDescending(s => s.Key.SpanStart))
        {
            var start = splice.Key.SpanStart - syntax.SpanStart;
            if (start < 0 || start + splice.Key.Span.Length > text.Length)
            {
                return null;
            }

            text = text.Remove(start, splice.Key.Span.Length).Insert(start, splice.Value);
        }

        return text;
    }

    private bool Collect(Node copy, ExpressionSyntax within, Dictionary<ExpressionSyntax, string> splices)
    {
        for (var i = 0; copy.Original is { } original && i < copy.Operands.Length; i++)
        {
            var (operand, old) = (copy.Operands[i], original.Operands[i]);
            if (operand == old || (old.Syntax is { } elsewhere && !within.Span.Contains(elsewhere.Span)))
            {
                continue; // What a local is has its text where it is declared.
            }

            if (operand.Original == old)
            {
                if (!Collect(operand, within, splices))
                {
                    return false;
                }
            }
            else if (old.Syntax is { } place && InPlaceOf(place, operand) is { } text)
            {
                splices[place] = text;
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static int BindingOf(ExpressionSyntax syntax) => syntax.Kind() switch
    {
        SyntaxKind.MultiplyExpression or SyntaxKind.DivideExpression => ProductBinding,
        SyntaxKind.UnaryMinusExpression or SyntaxKind.CastExpression or SyntaxKind.UnaryPlusExpression => UnaryBinding,
        _ => syntax is BinaryExpressionSyntax or AssignmentExpressionSyntax or ConditionalExpressionSyntax ? SumBinding : PrimaryBinding,
    };
}
