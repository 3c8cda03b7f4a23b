using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.Compiler.Analyzers;

/// <summary>
/// GRAD0005: a differentiable method that returns the matrix xᵀ·…·y, which is one number. Not a network with one output: its
/// last weights are a matrix with one row, and its result a column with one entry.
/// </summary>
internal static class OneEntry
{
    /// <summary>The return type of such a method, and the products that it returns; null where it is none.</summary>
    public static (TypeSyntax Type, IReadOnlyList<ExpressionSyntax> Returned)? Of(MethodDeclarationSyntax method, SemanticModel model, CancellationToken cancellation)
    {
        if (model.GetTypeInfo(method.ReturnType, cancellation).Type is not { } type || !RuntimeSymbols.IsMatrixOrVector(type) || RuntimeSymbols.TypeOf(type) is not { Shape: { Rows: 1, Columns: 1 } })
        {
            return null;
        }

        var returned = Returned(method);
        return returned.Count > 0 && returned.All(e => StartsWithARow(e, model, cancellation)) ? (method.ReturnType, returned) : null;
    }

    /// <summary>The expressions that a method returns, those of functions inside it left out.</summary>
    public static IReadOnlyList<ExpressionSyntax> Returned(MethodDeclarationSyntax method) => method.ExpressionBody is { Expression: var only } ? [only]
        : [.. method.DescendantNodes(n => n is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)).OfType<ReturnStatementSyntax>().Select(r => r.Expression).OfType<ExpressionSyntax>()];

    /// <summary>Whether the first factor of a product is a vector, transposed.</summary>
    private static bool StartsWithARow(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellation) => expression switch
    {
        ParenthesizedExpressionSyntax parenthesized => StartsWithARow(parenthesized.Expression, model, cancellation),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.MultiplyExpression, Left: var left } => IsRow(left, model, cancellation) || StartsWithARow(left, model, cancellation),
        _ => false,
    };

    private static bool IsRow(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellation) => expression switch
    {
        ParenthesizedExpressionSyntax parenthesized => IsRow(parenthesized.Expression, model, cancellation),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "T", Expression: var vector } => model.GetTypeInfo(vector, cancellation).Type is { } type && RuntimeSymbols.IsVector(type),
        _ => false,
    };
}
