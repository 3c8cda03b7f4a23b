using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.CodeFixes;

/// <summary>The word <c>partial</c>, where it is missing.</summary>
internal static class Partial
{
    /// <summary>Inserts it in the type at a node and in the types around that one.</summary>
    public static IEnumerable<TextChange> AddTo(SyntaxNode? node) =>
        from type in node?.AncestorsAndSelf().OfType<TypeDeclarationSyntax>() ?? []
        where !type.Modifiers.Any(SyntaxKind.PartialKeyword)
        select new TextChange(new TextSpan(type.Keyword.SpanStart, 0), "partial ");
}
