using System.Collections.Immutable;
using System.Composition;
using GradGen.Compiler.Analyzers;
using GradGen.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.CodeFixes;

/// <summary>
/// GRAD1001, 1002, 1004 and 1005: the repairs that the diagnostic carries, each tried before it is offered. One that does not
/// compile, or leaves as many shape mistakes as there were, is not.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ShapeFix))]
[Shared]
internal sealed class ShapeFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [Descriptors.InnerSizes.Id, Descriptors.DifferentShapes.Id, Descriptors.ColumnProduct.Id, Descriptors.ScalarCollapse.Id];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var repair in Repair.FromProperties(diagnostic.Properties))
            {
                var repaired = await TryAsync(context.Document, diagnostic.Location.SourceSpan, repair.Code, context.CancellationToken)
                    .ConfigureAwait(false);
                if (repaired is not null)
                {
                    context.RegisterCodeFix(
                        CodeAction.Create(repair.Title, _ => Task.FromResult(repaired), "GradGen." + repair.Key), diagnostic);
                }
            }
        }
    }

    /// <summary>The document with the repair, or null if it would not be right.</summary>
    private static async Task<Document?> TryAsync(Document document, TextSpan span, string code, CancellationToken cancellationToken)
    {
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        if (text.ToString(span) == code)
        {
            return null;
        }

        var repaired = document.WithText(text.WithChanges(new TextChange(span, code)));
        var before = await ReadAsync(document, span, cancellationToken).ConfigureAwait(false);
        var after = await ReadAsync(repaired, new TextSpan(span.Start, code.Length), cancellationToken).ConfigureAwait(false);
        return before is not null && after is not null && after.IsBetterThan(before) ? repaired : null;
    }

    private static async Task<Findings?> ReadAsync(Document document, TextSpan span, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || model is null || !root.FullSpan.Contains(span)
            || root.FindNode(span, getInnermostNodeForTie: true) is not ExpressionSyntax expression || expression.Span != span
            || model.GetOperation(expression, cancellationToken) is not { } operation)
        {
            return null;
        }

        while (operation.Parent is { } outer)
        {
            operation = outer;
        }

        var errors = model.GetDiagnostics(operation.Syntax.Span, cancellationToken).Where(d => d.Severity == DiagnosticSeverity.Error);
        return new Findings(
            ShapeWalk.Over(operation, model.Compilation).Mistakes.Count,
            errors.GroupBy(d => d.Id).ToDictionary(g => g.Key, g => g.Count()));
    }

    /// <summary>What is wrong in a body or an initializer.</summary>
    private sealed record Findings(int Mistakes, Dictionary<string, int> Errors)
    {
        public bool IsBetterThan(Findings before) =>
            Mistakes < before.Mistakes
            && Errors.All(e => before.Errors.TryGetValue(e.Key, out var count) && e.Value <= count);
    }
}
