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
            var span = diagnostic.Location.SourceSpan;
            var offered = await OfferedAsync(document, diagnostic, context.CancellationToken).ConfigureAwait(false);
            if ((offered.FirstOrDefault(o => KeyOf(o.Repair) == context.CodeActionEquivalenceKey).Repair ?? (offered.Count == 1 ? offered[0].Repair : null)) is { } chosen
                && !changes.Any(c => c.Span.OverlapsWith(span)))
            {
                changes.Add(new TextChange(span, chosen.Code));
            }
        }

        var text = await document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        return document.WithText(text.WithChanges(changes.OrderBy(c => c.Span.Start)));
    });

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var (repair, repaired) in await OfferedAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false))
            {
                context.RegisterCodeFix(CodeAction.Create(repair.Title, _ => Task.FromResult(repaired), KeyOf(repair)), diagnostic);
            }
        }
    }

    /// <summary>How many mistakes of the diagnostic's kind the method or initializer has.</summary>
    protected abstract int CountMistakes(IOperation body, Compilation compilation);

    /// <summary>Whether there must be fewer of them than before.</summary>
    protected abstract bool MustCountLess { get; }

    private static string KeyOf(Repair repair) => "GradGen." + repair.Key;

    /// <summary>
    /// The repairs that are right, each with the document as it would be then. Where one leaves nothing wrong, one that leaves
    /// another mistake behind (a result that its variable does not take) is not.
    /// </summary>
    private async Task<List<(Repair Repair, Document Repaired)>> OfferedAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var offered = new List<(Repair Repair, Document Repaired, int Left)>();
        foreach (var repair in Repair.FromProperties(diagnostic.Properties))
        {
            if (await TryAsync(document, diagnostic.Location.SourceSpan, repair.Code, cancellationToken).ConfigureAwait(false) is { } tried)
            {
                offered.Add((repair, tried.Repaired, tried.Left));
            }
        }

        return [.. offered.Where(o => o.Left == offered.Min(other => other.Left)).Select(o => (o.Repair, o.Repaired))];
    }

    /// <summary>The document with the repair and how much is wrong then, or null if it would not be better than before.</summary>
    private async Task<(Document Repaired, int Left)?> TryAsync(Document document, TextSpan span, string code, CancellationToken cancellationToken)
    {
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        if (text.ToString(span) == code)
        {
            return null;
        }

        var repaired = document.WithText(text.WithChanges(new TextChange(span, code)));
        var before = await ReadAsync(document, span, cancellationToken).ConfigureAwait(false);
        var after = await ReadAsync(repaired, new TextSpan(span.Start, code.Length), cancellationToken).ConfigureAwait(false);
        return before is not null && after is not null && after.IsBetterThan(before, MustCountLess) ? (repaired, after.Count) : null;
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

    /// <summary>What is wrong in a body or an initializer.</summary>
    private sealed record Findings(int Mistakes, Dictionary<string, int> Errors)
    {
        public int Count => Mistakes + Errors.Values.Sum();

        public bool IsBetterThan(Findings before, bool mustCountLess) =>
            (!mustCountLess || Mistakes < before.Mistakes)
            && Errors.All(e => before.Errors.TryGetValue(e.Key, out var count) && e.Value <= count);
    }
}
