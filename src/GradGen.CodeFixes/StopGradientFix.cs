using System.Collections.Immutable;
using System.Composition;
using GradGen.Compiler.Advice;
using GradGen.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.CodeFixes;

/// <summary>GRAD2004: says that no gradient is wanted of what is converted to an integer.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(StopGradientFix))]
[Shared]
internal sealed class StopGradientFix : TextFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.ZeroDerivative.Id];

    protected override string EquivalenceKey => nameof(StopGradientFix);

    protected override string TitleOf(Diagnostic diagnostic) => "Stop the gradient there";

    protected override IEnumerable<TextChange> ChangesFor(Diagnostic diagnostic, SyntaxNode root, SemanticModel model)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not CastExpressionSyntax { Expression: var operand })
        {
            yield break;
        }

        var function = Wording.Function("StopGradient", model, operand.SpanStart);
        if (operand is ParenthesizedExpressionSyntax)
        {
            yield return new TextChange(new TextSpan(operand.SpanStart, 0), function);
        }
        else
        {
            yield return new TextChange(new TextSpan(operand.SpanStart, 0), function + "(");
            yield return new TextChange(new TextSpan(operand.Span.End, 0), ")");
        }
    }
}
