using System.Collections.Immutable;
using System.Composition;
using GradGen.Compiler.Analyzers;
using GradGen.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.CodeFixes;

/// <summary>
/// GRAD5001, the chain of products in the order that costs less, and GRAD5003, what is computed again computed once. What is
/// said about one method can overlap, a chain inside a factor of another: it is mended one after the other, each time read anew.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CostFix))]
[Shared]
internal sealed class CostFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.ProductOrder.Id, Descriptors.Repetition.Id];

    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(async (context, document, diagnostics) =>
    {
        // Methods neither come nor go, so that their numbers name them.
        var root = await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var concerned = new HashSet<int>(diagnostics.Select(d => Methods(root).FindIndex(m => m.Span.Contains(d.Location.SourceSpan))));
        var ids = new HashSet<string>(diagnostics.Select(d => d.Id));
        for (var round = 0; round < MostRounds; round++)
        {
            var advice = await AdviceAsync(document, (method, number) => concerned.Contains(number), context.CancellationToken).ConfigureAwait(false);
            if (advice.FirstOrDefault(a => ids.Contains(a.Descriptor.Id) && !a.Changes.IsEmpty) is not { } next)
            {
                break;
            }

            document = await ApplyAsync(document, next, context.CancellationToken).ConfigureAwait(false);
        }

        return document;
    });

    /// <summary>Each round leaves less to be said; this only bounds what a mistake of ours could do.</summary>
    private const int MostRounds = 1000;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var advice = await AdviceAsync(context.Document, (method, _) => method.Span.Contains(context.Span), context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (advice.FirstOrDefault(a => a.Descriptor.Id == diagnostic.Id && a.Location.SourceSpan == diagnostic.Location.SourceSpan) is { Changes.IsEmpty: false } found)
            {
                context.RegisterCodeFix(CodeAction.Create(found.Title, c => ApplyAsync(context.Document, found, c), "GradGen." + found.Descriptor.Id), diagnostic);
            }
        }
    }

    private static async Task<List<CostAdvice>> AdviceAsync(Document document, Func<MethodDeclarationSyntax, int, bool> isConcerned, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var found = new List<CostAdvice>();
        foreach (var declaration in Methods(root).Where(isConcerned))
        {
            if (model?.GetDeclaredSymbol(declaration, cancellationToken) is { } method
                && model.GetOperation(declaration, cancellationToken) is IMethodBodyOperation operation
                && (operation.BlockBody ?? operation.ExpressionBody) is { } body)
            {
                found.AddRange(CostAdvice.Of(method, body, model, cancellationToken));
            }
        }

        return found;
    }

    private static List<MethodDeclarationSyntax> Methods(SyntaxNode? root) => [.. root?.DescendantNodes().OfType<MethodDeclarationSyntax>() ?? []];

    private static async Task<Document> ApplyAsync(Document document, CostAdvice advice, CancellationToken cancellationToken)
    {
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return document.WithText(text.WithChanges(advice.Changes));
    }
}
