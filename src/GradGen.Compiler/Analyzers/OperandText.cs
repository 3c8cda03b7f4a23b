using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.Compiler.Analyzers;

/// <summary>
/// The text of an operand in another place of an expression: with the parentheses that C# needs there, and shortened
/// where people read it.
/// </summary>
internal static class OperandText
{
    private const int Longest = 40;

    /// <summary>As an argument, which needs no parentheses.</summary>
    public static string Argument(ExpressionSyntax operand, bool isShort)
    {
        while (operand is ParenthesizedExpressionSyntax parenthesized)
        {
            operand = parenthesized.Expression;
        }

        return Text(operand, isShort);
    }

    /// <summary>As the left side of <c>*</c>.</summary>
    public static string Left(ExpressionSyntax operand, bool isShort) => Within(operand, isShort, TextBinding.Product);

    /// <summary>As the right side of <c>*</c>.</summary>
    public static string Right(ExpressionSyntax operand, bool isShort) => Within(operand, isShort, TextBinding.Unary);

    /// <summary>Before a dot, or after a cast.</summary>
    public static string Member(ExpressionSyntax operand, bool isShort) => Within(operand, isShort, TextBinding.Primary);

    /// <summary>Transposed: with <c>.T</c>, or without it if it has one.</summary>
    public static string Transposed(ExpressionSyntax operand, bool isShort) => IsTransposed(operand, out var inner)
        ? Text(inner, isShort)
        : Member(operand, isShort) + ".T";

    /// <summary>Whether the operand is transposed already.</summary>
    public static bool IsTransposed(ExpressionSyntax operand) => IsTransposed(operand, out _);

    /// <summary>On one line; calls and parentheses that are too long keep their outside.</summary>
    public static string Text(ExpressionSyntax expression, bool isShort)
    {
        if (!isShort)
        {
            return expression.ToString();
        }

        var text = CodeText.Short(expression.ToString(), Longest);
        return !text.EndsWith("…", StringComparison.Ordinal) ? text
            : expression is ParenthesizedExpressionSyntax parenthesized ? "(" + Text(parenthesized.Expression, true) + ")"
            : expression is InvocationExpressionSyntax call && call.Expression.ToString().Length < Longest ? call.Expression + "(…)"
            : text;
    }

    private static bool IsTransposed(ExpressionSyntax operand, out ExpressionSyntax inner)
    {
        while (operand is ParenthesizedExpressionSyntax parenthesized)
        {
            operand = parenthesized.Expression;
        }

        var access = operand as MemberAccessExpressionSyntax;
        inner = access?.Expression ?? operand;
        return access is { Name.Identifier.ValueText: "T" };
    }

    private static string Within(ExpressionSyntax operand, bool isShort, TextBinding needed) =>
        CodeText.Within(Text(operand, isShort), CodeText.BindingOf(operand), needed);
}
