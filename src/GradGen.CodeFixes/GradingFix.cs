using System.Collections.Immutable;
using System.Composition;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Grading;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.CodeFixes;

/// <summary>
/// GRAD3001–3012: the edit that makes a gradient right, as the diagnostic carries it; and, for all of them, the call of the
/// generated method in place of the body.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(GradingFix))]
[Shared]
internal sealed class GradingFix : CodeFixProvider
{
    public const string EditKey = "GradGen.MendGradient";
    public const string CallKey = "GradGen.CallBackward";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
    [
        Descriptors.GradientTranspose.Id, Descriptors.GradientHadamard.Id, Descriptors.GradientMatrixProduct.Id, Descriptors.GradientOrder.Id,
        Descriptors.GradientFactor.Id, Descriptors.GradientArgument.Id, Descriptors.GradientConstant.Id, Descriptors.GradientOfForm.Id,
        Descriptors.GradientSum.Id, Descriptors.GradientTerms.Id, Descriptors.GradientLayout.Id, Descriptors.GradientVerified.Id,
    ];

    /// <summary>Several mistakes of one product share their edit, and those of one method its call: each is made once.</summary>
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(async (context, document, diagnostics) => await ApplyAsync(
        document, diagnostics.Select(d => ChangesOf(d, context.CodeActionEquivalenceKey)), context.CancellationToken).ConfigureAwait(false));

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            Offer(EditKey, GradeProperties.EditIn(diagnostic.Properties) is [{ Text: var text }, ..] ? $"Make the gradient right: '{CodeText.Short(text)}'" : "");
            Offer(CallKey, "Call the generated gradient");

            void Offer(string key, string title)
            {
                var changes = ChangesOf(diagnostic, key);
                if (changes.Count > 0)
                {
                    context.RegisterCodeFix(CodeAction.Create(title, c => ApplyAsync(context.Document, [changes], c), key), diagnostic);
                }
            }
        }

        return Task.CompletedTask;
    }

    private static IReadOnlyList<Change> ChangesOf(Diagnostic diagnostic, string? key) =>
        key == EditKey ? GradeProperties.EditIn(diagnostic.Properties) : GradeProperties.CallIn(diagnostic.Properties);

    private static async Task<Document> ApplyAsync(Document document, IEnumerable<IReadOnlyList<Change>> fixes, CancellationToken cancellationToken)
    {
        var changes = new List<TextChange>();
        foreach (var change in fixes.SelectMany(f => f).Distinct().OrderBy(c => c.Start).ThenByDescending(c => c.Length))
        {
            if (changes.Count == 0 || changes[changes.Count - 1].Span.End <= change.Start)
            {
                changes.Add(new TextChange(new TextSpan(change.Start, change.Length), change.Text));
            }
        }

        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return document.WithText(text.WithChanges(changes));
    }
}
