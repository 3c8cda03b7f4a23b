using System.Collections.Immutable;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.Compiler.Analyzers;

/// <summary>
/// The edit that computes a repeated formula once: with the local that has it already, or one of its own before the statement
/// where it is computed first. A method with an expression for a body gets a block.
/// </summary>
internal static class RepetitionFix
{
    /// <summary>The local's name and the edit; null where there is no place for a local.</summary>
    public static (string Name, ImmutableArray<TextChange> Changes)? Of(Repetition repetition)
    {
        if (repetition.Local is { } local)
        {
            return (local.Name, [.. repetition.Places.Skip(1).Select(p => Use(p, SignatureReader.EscapedName(local)))]);
        }

        if (repetition.Statement is not { } statement || repetition.Reach.Syntax.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method)
        {
            return null;
        }

        var name = FreeName(method, WordFor(repetition.First));
        var uses = repetition.Places.Select(p => Use(p, name)).ToList();
        var declaration = $"var {name} = {repetition.First.Syntax};";
        return statement.Syntax switch
        {
            StatementSyntax { Parent: BlockSyntax } written => (name, [Before(written, declaration), .. uses]),
            _ when method.ExpressionBody is { } arrow && repetition.Reach.Syntax == arrow && !HasComments(arrow) =>
                (name, [.. AsBlock(method, arrow, declaration, uses)]),
            _ => null,
        };
    }

    /// <summary>The name in place of the expression, and of parentheses that were only there for it.</summary>
    private static TextChange Use(IOperation place, string name)
    {
        var syntax = place.Syntax;
        while (syntax.Parent is ParenthesizedExpressionSyntax parenthesized && !IsWordBefore(parenthesized))
        {
            syntax = parenthesized;
        }

        return new TextChange(syntax.Span, name);
    }

    private static bool IsWordBefore(ParenthesizedExpressionSyntax parenthesized) =>
        parenthesized.GetFirstToken().GetPreviousToken() is { Text.Length: > 0 } token
        && token.Span.End == parenthesized.SpanStart && SyntaxFacts.IsIdentifierPartCharacter(token.Text[token.Text.Length - 1]);

    /// <summary>On a line of its own where the statement has one.</summary>
    private static TextChange Before(StatementSyntax statement, string declaration)
    {
        var text = statement.SyntaxTree.GetText();
        var line = text.Lines.GetLineFromPosition(statement.SpanStart);
        var before = text.ToString(TextSpan.FromBounds(line.Start, statement.SpanStart));
        return new TextChange(new TextSpan(statement.SpanStart, 0), declaration + (before.Trim().Length == 0 ? LineEnd(text) + before : " "));
    }

    private static IEnumerable<TextChange> AsBlock(MethodDeclarationSyntax method, ArrowExpressionClauseSyntax arrow, string declaration, IEnumerable<TextChange> uses)
    {
        var text = method.SyntaxTree.GetText();
        var line = text.Lines.GetLineFromPosition(method.SpanStart).ToString();
        var margin = line.Substring(0, line.Length - line.TrimStart().Length);
        var end = LineEnd(text);
        var start = arrow.ArrowToken.GetPreviousToken().Span.End;
        yield return new TextChange(
            TextSpan.FromBounds(start, arrow.Expression.SpanStart),
            $"{end}{margin}{{{end}{margin}    {declaration}{end}{margin}    return ");
        foreach (var use in uses)
        {
            yield return use;
        }

        yield return new TextChange(TextSpan.FromBounds(arrow.Expression.Span.End, method.SemicolonToken.Span.End), $";{end}{margin}}}");
    }

    private static bool HasComments(ArrowExpressionClauseSyntax arrow) =>
        arrow.GetLeadingTrivia().Concat(arrow.ArrowToken.TrailingTrivia).Concat(arrow.ArrowToken.GetPreviousToken().TrailingTrivia)
            .Concat(arrow.Expression.GetTrailingTrivia()).Any(t => !t.IsKind(SyntaxKind.WhitespaceTrivia) && !t.IsKind(SyntaxKind.EndOfLineTrivia));

    private static string LineEnd(SourceText text)
    {
        var line = text.Lines[0];
        return line.EndIncludingLineBreak > line.End ? text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak)) : "\n";
    }

    /// <summary>What the formula is, in a word.</summary>
    private static string WordFor(IOperation operation)
    {
        var row = CallShapes.RowOf(operation);
        return row == Products.MatMul || row == Arithmetic.Multiply || operation is IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } ? "product"
            : row == Arithmetic.Add || operation is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } ? "sum"
            : row == Arithmetic.Subtract || operation is IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract } ? "difference"
            : row == Arithmetic.Divide || operation is IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide } ? "quotient"
            : row == Products.Transpose ? "transposed"
            : operation is IInvocationOperation { TargetMethod.Name: { Length: > 0 } name } ? char.ToLowerInvariant(name[0]) + name.Substring(1)
            : "value";
    }

    /// <summary>The word, or the word with a number: what the method says nowhere else hides nothing.</summary>
    private static string FreeName(MethodDeclarationSyntax method, string word)
    {
        var taken = new HashSet<string>(method.DescendantTokens().Select(t => t.ValueText));
        var name = word;
        for (var i = 2; taken.Contains(name); i++)
        {
            name = word + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return name;
    }
}
