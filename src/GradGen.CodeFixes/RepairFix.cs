using GradGen.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.CodeFixes;

/// <summary>The repairs that a diagnostic carries, each tried before it is offered: one that does not compile, or leaves as much wrong as there was, is not.</summary>
internal abstract class RepairFix : CodeFixProvider
{
    /// <summary>The same repair wherever it is offered, and where only one is offered, that one: a command line asks once for all.</summary>
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(async (context, document, diagnostics) =>
    {
        var changes = new List<TextChange>();
        foreach (var diagnostic in diagnostics.OrderBy(d => d.Location.SourceSpan.End).ThenByDescending(d => d.Location.SourceSpan.Start))
        {
            var offered = await OfferedAsync(document, diagnostic, context.CancellationToken).ConfigureAwait(false);
            if ((offered.FirstOrDefault(o => KeyOf(o.Repair) == context.CodeActionEquivalenceKey) ?? (offered.Count == 1 ? offered[0] : null)) is { } chosen
                && !changes.Any(c => c.Span.OverlapsWith(chosen.Change.Span)))
            {
                changes.Add(chosen.Change);
            }
        }

        var text = await document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        return document.WithText(text.WithChanges(changes.OrderBy(c => c.Span.Start)));
    });

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var offer in await OfferedAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false))
            {
                context.RegisterCodeFix(CodeAction.Create(offer.Repair.Title, _ => Task.FromResult(offer.Repaired), KeyOf(offer.Repair)), diagnostic);
            }
        }
    }

    /// <summary>How many mistakes of the diagnostic's kind the method or initializer has.</summary>
    protected abstract int CountMistakes(IOperation body, Compilation compilation);

    /// <summary>Whether there must be fewer of them than before.</summary>
    protected abstract bool MustCountLess { get; }

    /// <summary>The edits that may be right, the likeliest first: those that the diagnostic carries, of the expression under it.</summary>
    protected virtual IEnumerable<(Repair Repair, TextChange Change)> Candidates(Diagnostic diagnostic, SyntaxNode root, SemanticModel model) =>
        Repair.FromProperties(diagnostic.Properties).Select(r => (r, new TextChange(diagnostic.Location.SourceSpan, r.Code)));

    /// <summary>Whether less is wrong than before, and nothing that was right.</summary>
    protected virtual bool IsBetter(Findings before, Findings after) =>
        (!MustCountLess || after.Mistakes < before.Mistakes)
        && after.Errors.All(e => before.Errors.TryGetValue(e.Key, out var count) && e.Value <= count);

    /// <summary>Whether nothing is made wrong elsewhere.</summary>
    protected virtual Task<bool> IsHarmlessAsync(Document document, TextChange change, Document repaired, CancellationToken cancellationToken) => Task.FromResult(true);

    private static string KeyOf(Repair repair) => "GradGen." + repair.Key;

    /// <summary>
    /// The repairs that are right, each with the document as it would be then. Where one leaves nothing wrong, one that leaves
    /// another mistake behind (a result that its variable does not take) is not.
    /// </summary>
    private async Task<List<Offer>> OfferedAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var offered = new List<Offer>();
        foreach (var (repair, change) in root is null || model is null ? [] : Candidates(diagnostic, root, model))
        {
            if (await TryAsync(document, diagnostic.Location.SourceSpan, repair, change, cancellationToken).ConfigureAwait(false) is { } offer)
            {
                offered.Add(offer);
            }
        }

        return [.. offered.Where(o => o.Left == offered.Min(other => other.Left))];
    }

    /// <summary>The document with the repair and how much is wrong then, or null if it would not be better than before.</summary>
    private async Task<Offer?> TryAsync(Document document, TextSpan span, Repair repair, TextChange change, CancellationToken cancellationToken)
    {
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        if (text.ToString(change.Span) == repair.Code)
        {
            return null;
        }

        // The expression under the diagnostic: replaced, or moved by what changed before it.
        var repaired = document.WithText(text.WithChanges(change));
        var moved = change.Span == span ? new TextSpan(span.Start, repair.Code.Length)
            : change.Span.End <= span.Start ? new TextSpan(span.Start + repair.Code.Length - change.Span.Length, span.Length)
            : span;
        var before = await ReadAsync(document, span, cancellationToken).ConfigureAwait(false);
        var after = await ReadAsync(repaired, moved, cancellationToken).ConfigureAwait(false);
        return before is not null && after is not null && IsBetter(before, after)
            && await IsHarmlessAsync(document, change, repaired, cancellationToken).ConfigureAwait(false)
            ? new Offer(repair, change, repaired, after.Count) : null;
    }

    private async Task<Findings?> ReadAsync(Document document, TextSpan span, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || model is null || !root.FullSpan.Contains(span)
            || root.FindNode(span, getInnermostNodeForTie: true) is not ExpressionSyntax expression || expression.Span != span)
        {
            return null;
        }

        while (expression is ParenthesizedExpressionSyntax parenthesized)
        {
            expression = parenthesized.Expression; // Parentheses are no operation of their own.
        }

        if (model.GetOperation(expression, cancellationToken) is not { } operation)
        {
            return null;
        }

        while (operation.Parent is { } outer)
        {
            operation = outer;
        }

        var errors = model.GetDiagnostics(operation.Syntax.Span, cancellationToken).Where(d => d.Severity == DiagnosticSeverity.Error);
        return new Findings(
            CountMistakes(operation, model.Compilation),
            errors.GroupBy(d => d.Id).ToDictionary(g => g.Key, g => g.Count()));
    }

    /// <summary>A repair that is right.</summary>
    /// <param name="Repair">What it is called.</param>
    /// <param name="Change">The edit.</param>
    /// <param name="Repaired">The document as it would be then.</param>
    /// <param name="Left">How much is wrong then.</param>
    private sealed record Offer(Repair Repair, TextChange Change, Document Repaired, int Left);

    /// <summary>What is wrong in a body or an initializer.</summary>
    /// <param name="Mistakes">How many mistakes of the diagnostic's kind.</param>
    /// <param name="Errors">How many errors of C#, by their ids.</param>
    protected sealed record Findings(int Mistakes, Dictionary<string, int> Errors)
    {
        public int Count => Mistakes + Errors.Values.Sum();
    }
}
