using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.CodeFixes;

/// <summary>
/// A fix that inserts a few words. Several mistakes may ask for the same word in the same place (two methods, one type
/// that is not partial): fixing all of a document inserts it once.
/// </summary>
internal abstract class TextFix : CodeFixProvider
{
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(async (context, document, diagnostics) =>
        await ApplyAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            var changed = await ApplyAsync(context.Document, [diagnostic], context.CancellationToken).ConfigureAwait(false);
            if (changed != context.Document)
            {
                var title = TitleOf(diagnostic);
                context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(changed), EquivalenceKey), diagnostic);
            }
        }
    }

    /// <summary>The same for all that can be fixed at once.</summary>
    protected abstract string EquivalenceKey { get; }

    /// <summary>What the fix does.</summary>
    protected abstract string TitleOf(Diagnostic diagnostic);

    /// <summary>The insertions that fix a diagnostic; none if it cannot be fixed.</summary>
    protected abstract IEnumerable<TextChange> ChangesFor(Diagnostic diagnostic, SyntaxNode root, SemanticModel model);

    private async Task<Document> ApplyAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || model is null)
        {
            return document;
        }

        var changes = diagnostics.SelectMany(d => ChangesFor(d, root, model)).Distinct().OrderBy(c => c.Span.Start).ToList();
        if (changes.Count == 0)
        {
            return document;
        }

        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return document.WithText(text.WithChanges(changes));
    }
}
