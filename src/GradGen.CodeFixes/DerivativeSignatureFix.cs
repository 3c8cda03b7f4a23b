using System.Collections.Immutable;
using System.Composition;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.CodeFixes;

/// <summary>
/// GRAD2012: gives a method marked [DerivativeOf] the signature that it must have, as far as it has it not. Its body stays;
/// where that gives something else, C# says so.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DerivativeSignatureFix))]
[Shared]
internal sealed class DerivativeSignatureFix : TextFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.WrongDerivative.Id];

    protected override string EquivalenceKey => nameof(DerivativeSignatureFix);

    protected override string TitleOf(Diagnostic diagnostic) => "Write the signature of the derivative";

    protected override IEnumerable<TextChange> ChangesFor(Diagnostic diagnostic, SyntaxNode root, SemanticModel model)
    {
        var syntax = root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>();
        if (syntax is null || model.GetDeclaredSymbol(syntax) is not IMethodSymbol derivative
            || derivative is { IsGenericMethod: true } or { IsAbstract: true } or { IsVirtual: true } or { IsPartialDefinition: true } or { PartialDefinitionPart: not null }
            || derivative.ContainingType is not { IsGenericType: false }
            || DerivativeClaim.Of(derivative, model.Compilation) is not { Problem: not null, Signature: { } signature })
        {
            return [];
        }

        var text = new DerivativeText(signature, model, syntax.SpanStart);
        var changes = new List<TextChange>();
        var isStatic = derivative.IsStatic ? "" : "static ";
        if (signature.PathsIn(derivative) is null)
        {
            changes.Add(new TextChange(syntax.ReturnType.Span, isStatic + text.ReturnType));
        }
        else if (isStatic.Length > 0)
        {
            changes.Add(new TextChange(new TextSpan(syntax.ReturnType.SpanStart, 0), isStatic));
        }

        if (!signature.HasParameters(derivative))
        {
            changes.Add(new TextChange(syntax.ParameterList.Span, "(" + text.Parameters(derivative) + ")"));
        }

        return changes;
    }
}
