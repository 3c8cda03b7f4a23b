using System.Collections.Immutable;
using System.Composition;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.CodeFixes;

/// <summary>
/// GRAD2004 and 2002: says that no gradient is wanted of what is converted to an integer, or of what a method without a
/// derivative returns.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(StopGradientFix))]
[Shared]
internal sealed class StopGradientFix : TextFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.ZeroDerivative.Id, Descriptors.NoDerivative.Id];

    protected override string EquivalenceKey => nameof(StopGradientFix);

    protected override string TitleOf(Diagnostic diagnostic) => "Stop the gradient there";

    protected override IEnumerable<TextChange> ChangesFor(Diagnostic diagnostic, SyntaxNode root, SemanticModel model)
    {
        var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (diagnostic.Id == Descriptors.ZeroDerivative.Id)
        {
            return node is CastExpressionSyntax cast ? Around(cast.Expression, model) : [];
        }

        if (node is not InvocationExpressionSyntax call || call.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method)
        {
            return [];
        }

        ImmutableArray<TextChange> changes = [.. Around(call, model)];
        var changed = Trial.Changed(method, model, changes);
        return Trial.Removes(diagnostic, Trial.Said(method, model, default), Trial.Said(changed.Method, changed.Model, default)) ? changes : [];
    }

    private static IEnumerable<TextChange> Around(ExpressionSyntax operand, SemanticModel model)
    {
        var function = CodeText.Function("StopGradient", model, operand.SpanStart);
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
