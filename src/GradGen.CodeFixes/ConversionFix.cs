using System.Collections.Immutable;
using System.Composition;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.CodeFixes;

/// <summary>
/// C#'s own CS0029, CS0266 and CS1503 where a matrix or vector goes to a place of another shape: transposes it, takes the one
/// entry of a 1×1 as a number, or declares the local with the type that the value has. Only what leaves fewer errors and none
/// that is new.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ConversionFix))]
[Shared]
internal sealed class ConversionFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["CS0029", "CS0266", "CS1503"];

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            var node = root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            var expression = node as ExpressionSyntax ?? (node as ArgumentSyntax)?.Expression;
            if (expression is null || model?.GetTypeInfo(expression, context.CancellationToken).Type is not { } type || !RuntimeSymbols.IsMatrixOrVector(type))
            {
                continue;
            }

            foreach (var (key, title, change) in Candidates(expression, type, model))
            {
                var text = await context.Document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
                var changed = context.Document.WithText(text.WithChanges(change));
                if (await IsBetterAsync(context.Document, changed, expression, context.CancellationToken).ConfigureAwait(false))
                {
                    context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(changed), "GradGen." + key), diagnostic);
                }
            }
        }
    }

    private static IEnumerable<(string Key, string Title, TextChange Change)> Candidates(ExpressionSyntax expression, ITypeSymbol type, SemanticModel model)
    {
        var text = expression.ToString();
        var isPrimary = expression is SimpleNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax;
        var atom = isPrimary ? text : $"({text})";
        yield return expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "T", Expression: var plain }
            ? ("Transpose", $"Leave out the transpose: '{Short(plain.ToString())}'", new TextChange(expression.Span, plain.ToString()))
            : ("Transpose", $"Transpose: '{Short(atom)}.T'", new TextChange(expression.Span, atom + ".T"));
        if (RuntimeSymbols.TypeOf(type) is { Shape: { Rows: 1, Columns: 1 }, Scalar: var scalar })
        {
            var number = scalar == Compiler.Ir.ScalarType.Float32 ? "float" : "double";
            yield return ("AsScalar", $"Take the one entry as a number: '({number}){Short(atom)}'", new TextChange(expression.Span, $"({number}){atom}"));
        }

        if (expression.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax } declaration } })
        {
            var declared = type.ToMinimalDisplayString(model, declaration.SpanStart);
            yield return ("DeclareAs", $"Declare it as '{declared}'", new TextChange(declaration.Type.Span, declared));
        }
    }

    /// <summary>Whether the member has fewer errors than before, and none that is new.</summary>
    private static async Task<bool> IsBetterAsync(Document document, Document changed, ExpressionSyntax expression, CancellationToken cancellationToken)
    {
        if (expression.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member)
        {
            return false;
        }

        var before = await ErrorsAsync(document, member.SpanStart, cancellationToken).ConfigureAwait(false);
        var after = await ErrorsAsync(changed, member.SpanStart, cancellationToken).ConfigureAwait(false);
        return after.Values.Sum() < before.Values.Sum() && after.All(e => before.TryGetValue(e.Key, out var count) && e.Value <= count);
    }

    private static async Task<Dictionary<string, int>> ErrorsAsync(Document document, int start, CancellationToken cancellationToken)
    {
        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var model = (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!;
        var span = root.FindToken(start).Parent?.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.Span ?? root.FullSpan;
        return model.GetDiagnostics(span, cancellationToken).Where(d => d.Severity == DiagnosticSeverity.Error).GroupBy(d => d.Id).ToDictionary(g => g.Key, g => g.Count());
    }

    private static string Short(string text) => text.Length <= 60 ? text : text.Substring(0, 59) + "…";
}
