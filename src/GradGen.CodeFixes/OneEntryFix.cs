using System.Collections.Immutable;
using System.Composition;
using GradGen.Compiler.Analyzers;
using GradGen.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.CodeFixes;

/// <summary>GRAD0005: returns the one entry as a number. Callers that want a matrix are C#'s to report.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OneEntryFix))]
[Shared]
internal sealed class OneEntryFix : TextFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.OneEntry.Id];

    protected override string EquivalenceKey => nameof(OneEntryFix);

    protected override string TitleOf(Diagnostic diagnostic) => "Return the one entry as a number";

    protected override IEnumerable<TextChange> ChangesFor(Diagnostic diagnostic, SyntaxNode root, SemanticModel model)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method
            || OneEntry.Of(method, model, default) is not var (type, returned)
            || model.GetTypeInfo(type).Type is not INamedTypeSymbol { TypeArguments: [var scalar, ..] })
        {
            yield break;
        }

        var number = scalar.ToMinimalDisplayString(model, type.SpanStart);
        yield return new TextChange(type.Span, number);
        foreach (var expression in returned)
        {
            yield return new TextChange(new TextSpan(expression.SpanStart, 0), expression is ParenthesizedExpressionSyntax ? $"({number})" : $"({number})(");
            if (expression is not ParenthesizedExpressionSyntax)
            {
                yield return new TextChange(new TextSpan(expression.Span.End, 0), ")");
            }
        }
    }
}
