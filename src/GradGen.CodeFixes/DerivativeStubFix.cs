using System.Collections.Immutable;
using System.Composition;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.CodeFixes;

/// <summary>
/// GRAD2002: writes the stub of a derivative by hand, <c>[DerivativeOf(nameof(F))]</c>, below the method that is called or,
/// where that is in no file of the project, below the one that calls it.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DerivativeStubFix))]
[Shared]
internal sealed class DerivativeStubFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.NoDerivative.Id];

    /// <summary>None: many calls of one method want one stub.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is InvocationExpressionSyntax call
                && model?.GetSymbolInfo(call, context.CancellationToken).Symbol is IMethodSymbol called
                && DerivativeClaim.Definition(called) is var method
                && DerivativeSignature.Of(method, model.Compilation).Signature is { } signature
                && CustomDerivatives.Of(model.Compilation, context.CancellationToken).Find(method) is null
                && Place(context.Document, call, method, model, context.CancellationToken) is { } place)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Write the derivative of '{method.Name}' by hand",
                        cancellation => WriteAsync(place.Document, place.Member, signature, cancellation),
                        nameof(DerivativeStubFix)),
                    diagnostic);
            }
        }
    }

    /// <summary>The method below which the stub is written: the one that is called, if it is ours, else the caller.</summary>
    private static (Document Document, MethodDeclarationSyntax Member)? Place(
        Document document, SyntaxNode call, IMethodSymbol method, SemanticModel model, CancellationToken cancellation)
    {
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            if (document.Project.GetDocument(reference.SyntaxTree) is { } own && reference.GetSyntax(cancellation) is MethodDeclarationSyntax member)
            {
                return (own, member);
            }
        }

        return call.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } caller
            && method.ContainingType is { IsGenericType: false }
            && model.GetDeclaredSymbol(caller, cancellation) is IMethodSymbol { ContainingType: { IsGenericType: false } }
            ? (document, caller)
            : null;
    }

    private static async Task<Document> WriteAsync(
        Document document, MethodDeclarationSyntax member, DerivativeSignature signature, CancellationToken cancellation)
    {
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        if (model?.GetDeclaredSymbol(member, cancellation) is not IMethodSymbol { ContainingType: { } type })
        {
            return document;
        }

        // After what else stands in the line.
        var end = member.GetTrailingTrivia().FirstOrDefault(t => t.IsKind(SyntaxKind.EndOfLineTrivia));
        var position = end.IsKind(SyntaxKind.EndOfLineTrivia) ? end.SpanStart : member.Span.End;
        var line = text.Lines.GetLineFromPosition(member.SpanStart);
        var indentation = text.ToString(line.Span).Substring(0, text.ToString(line.Span).Length - text.ToString(line.Span).TrimStart().Length);
        var newLine = text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak)) is { Length: > 0 } own ? own : "\n";
        var stub = string.Concat(Stub(signature, type, model, member.SpanStart).Select(l => newLine + (l.Length > 0 ? indentation + l : l)));
        return document.WithText(text.WithChanges(new TextChange(new TextSpan(position, 0), stub)));
    }

    private static IEnumerable<string> Stub(DerivativeSignature signature, INamedTypeSymbol type, SemanticModel model, int position)
    {
        var method = signature.Method;
        var text = new DerivativeText(signature, model, position);
        var isOwn = SymbolEqualityComparer.Default.Equals(method.ContainingType, type);
        var (owner, escaped) = (text.Type(method.ContainingType), DerivativeText.Escape(method.Name));
        var arguments = isOwn ? $"nameof({escaped})" : $"typeof({owner}), nameof({owner}.{escaped})";
        var name = method.Name + "Derivative";
        while (!type.GetMembers(name).IsEmpty)
        {
            name += "2";
        }

        var accessibility = isOwn ? SyntaxFacts.GetText(method.DeclaredAccessibility) : "private";
        yield return "";
        yield return $"[{Named(model, RuntimeSymbols.Namespace + ".DerivativeOfAttribute", text).Replace("Attribute", "")}({arguments})]";
        yield return $"{accessibility} static {text.ReturnType} {name}{text.TypeParameterList}({text.Parameters()}){text.Constraints} =>";
        yield return $"    throw new {Named(model, "System.NotImplementedException", text)}();";
    }

    private static string Named(SemanticModel model, string type, DerivativeText text) =>
        model.Compilation.GetTypeByMetadataName(type) is { } symbol ? text.Type(symbol) : type;
}
