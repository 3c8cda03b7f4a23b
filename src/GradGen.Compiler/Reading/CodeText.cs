using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.Compiler.Reading;

/// <summary>How tightly a text in C# binds.</summary>
internal enum TextBinding
{
    /// <summary>Conditions, assignments, comparisons, lambdas.</summary>
    Loose,
    /// <summary>Sums and differences.</summary>
    Sum,
    /// <summary>Products and quotients.</summary>
    Product,
    /// <summary>Signs and casts.</summary>
    Unary,
    /// <summary>What needs no parentheses anywhere.</summary>
    Primary,
}

/// <summary>The user's own text in another place, or in a message: short, and with the parentheses that C# needs there.</summary>
internal static class CodeText
{
    /// <summary>On one line, and no longer than a message bears.</summary>
    public static string Short(string text, int longest = 60)
    {
        text = Regex.Replace(text, @"\s+", " ");
        return text.Length <= longest ? text : text.Substring(0, longest - 1) + "…";
    }

    /// <summary>How tightly an expression binds.</summary>
    public static TextBinding BindingOf(ExpressionSyntax expression) => expression switch
    {
        SimpleNameSyntax or AliasQualifiedNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax
            or ParenthesizedExpressionSyntax or ThisExpressionSyntax or LiteralExpressionSyntax or PostfixUnaryExpressionSyntax
            or BaseObjectCreationExpressionSyntax or TupleExpressionSyntax or CollectionExpressionSyntax or DefaultExpressionSyntax => TextBinding.Primary,
        PrefixUnaryExpressionSyntax or CastExpressionSyntax or AwaitExpressionSyntax => TextBinding.Unary,
        BinaryExpressionSyntax binary => binary.Kind() switch
        {
            SyntaxKind.MultiplyExpression or SyntaxKind.DivideExpression => TextBinding.Product,
            SyntaxKind.AddExpression or SyntaxKind.SubtractExpression => TextBinding.Sum,
            _ => TextBinding.Loose,
        },
        _ => TextBinding.Loose,
    };

    /// <summary>How tightly what takes an expression's place must bind, so that it needs no parentheses.</summary>
    public static TextBinding NeededAt(ExpressionSyntax place) => place.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Expression == place => TextBinding.Primary,
        ElementAccessExpressionSyntax => TextBinding.Primary,
        PrefixUnaryExpressionSyntax or CastExpressionSyntax => TextBinding.Unary,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.MultiplyExpression or (int)SyntaxKind.DivideExpression } binary => binary.Right == place ? TextBinding.Unary : TextBinding.Product,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.SubtractExpression } binary when binary.Right == place => TextBinding.Product,
        BinaryExpressionSyntax => TextBinding.Sum,
        _ => TextBinding.Loose,
    };

    /// <summary>In parentheses where it binds less tightly than it must.</summary>
    public static string Within(string text, TextBinding own, TextBinding needed) => own < needed ? $"({text})" : text;

    /// <summary>The text with the parentheses that it needs as an operand of anything.</summary>
    public static string AsOperand(string text) => Within(text, BindingOf(SyntaxFactory.ParseExpression(text)), TextBinding.Primary);

    /// <summary>The text with the parentheses that it needs as the first term of a sum.</summary>
    public static string AsTerm(string text) => Within(text, BindingOf(SyntaxFactory.ParseExpression(text)), TextBinding.Sum);

    /// <summary>The text in place of an expression: whole, or an operand, so that nothing is computed in another order than it says.</summary>
    public static string InPlaceOf(ExpressionSyntax place, string code) => place.Parent
        is ArgumentSyntax or EqualsValueClauseSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or ParenthesizedExpressionSyntax or AssignmentExpressionSyntax
        ? code
        : AsOperand(code);

    /// <summary>A function of MatrixFunctions by the name that reaches it at a place: alone, or with its class.</summary>
    public static string Function(string name, SemanticModel model, int position) =>
        model.LookupSymbols(position, name: name).Any(s => s.ContainingType?.Name == "MatrixFunctions") ? name
        : model.LookupNamespacesAndTypes(position, name: "MatrixFunctions").IsEmpty ? RuntimeSymbols.Namespace + ".MatrixFunctions." + name
        : "MatrixFunctions." + name;
}
