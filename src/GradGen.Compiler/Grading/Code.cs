using System.Globalization;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.Compiler.Grading;

/// <summary>
/// Nodes as C#: what stands in the method as it is written there, what is new around it.
/// </summary>
/// <param name="qualifier">"" or "GradGen.MatrixFunctions.", as the method must call functions.</param>
internal sealed class Code(string qualifier)
{
    /// <summary>The text of a node; null where it cannot be written in the method.</summary>
    public string? Of(Node node) => Write(node)?.Text;

    /// <summary>The text that takes the place of an expression, with the parentheses that it needs there.</summary>
    public string? InPlaceOf(ExpressionSyntax expression, Node node) =>
        Write(node) is var (text, binding) ? CodeText.Within(text, binding, CodeText.NeededAt(expression)) : null;

    /// <summary>The name of a row's function, as in <c>Sigmoid</c>; null where it has none.</summary>
    public static string? FunctionOf(Operation row) =>
        row == Products.MatMul || row == Products.Transpose || Array.IndexOf([Arithmetic.Add, Arithmetic.Subtract, Arithmetic.Multiply, Arithmetic.Divide, Arithmetic.Negate], row) >= 0
        || row.Arity != 1 || row.TakesResultShape || row.TakesConstantIntegers ? null
        : char.ToUpperInvariant(row.Name[0]) + row.Name.Substring(1);

    private (string Text, TextBinding Binding)? Write(Node node)
    {
        if (node.Syntax is { } syntax)
        {
            return Spliced(node, syntax) is { } spliced ? (spliced, CodeText.BindingOf(syntax)) : null;
        }

        if (node.IsName)
        {
            return Write(node.Operands[0]);
        }

        if (node.Number is { } number)
        {
            var isWhole = number == Math.Floor(number);
            return (number.ToString("R", CultureInfo.InvariantCulture) + (node.Type?.Scalar == Ir.ScalarType.Float32 && !isWhole ? "f" : ""), number < 0 ? TextBinding.Unary : TextBinding.Primary);
        }

        var parts = node.Operands.Select(Write).ToList();
        if (node.Row is not { } row || parts.Any(p => p is null))
        {
            return null;
        }

        string In(int operand, TextBinding binding) => CodeText.Within(parts[operand]!.Value.Text, parts[operand]!.Value.Binding, binding);
        string Side(int operand, TextBinding binding) => Products.Flag(node.Attributes, operand) ? In(operand, TextBinding.Primary) + ".T" : In(operand, binding);
        if (row == Products.MatMul)
        {
            return (Side(0, TextBinding.Product) + " * " + Side(1, TextBinding.Unary), TextBinding.Product);
        }

        if (row == Products.Transpose)
        {
            return (In(0, TextBinding.Primary) + ".T", TextBinding.Primary);
        }

        if (row == Arithmetic.Multiply)
        {
            return node.Operands.Any(o => o.Type is { IsScalar: true })
                ? (In(0, TextBinding.Product) + " * " + In(1, TextBinding.Unary), TextBinding.Product)
                : ($"{qualifier}Hadamard({parts[0]!.Value.Text}, {parts[1]!.Value.Text})", TextBinding.Primary);
        }

        if (row == Arithmetic.Divide && node.Operands[1].Type is { IsScalar: true })
        {
            return (In(0, TextBinding.Product) + " / " + In(1, TextBinding.Unary), TextBinding.Product);
        }

        if (row == Arithmetic.Add || row == Arithmetic.Subtract)
        {
            return (In(0, TextBinding.Sum) + (row == Arithmetic.Add ? " + " : " - ") + In(1, TextBinding.Product), TextBinding.Sum);
        }

        return row == Arithmetic.Negate ? ("-" + In(0, TextBinding.Unary), TextBinding.Unary)
            : FunctionOf(row) is { } function ? ($"{qualifier}{function}({parts[0]!.Value.Text})", TextBinding.Primary)
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
}
