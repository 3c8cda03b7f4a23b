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
            || derivative is { IsAbstract: true } or { IsVirtual: true } or { IsPartialDefinition: true } or { PartialDefinitionPart: not null }
            || DerivativeClaim.Of(derivative, model.Compilation) is not { Problem: not null, Signature: { } signature, Method: { } method }
            || (!SymbolEqualityComparer.Default.Equals(derivative.ContainingType, method.ContainingType) && (derivative.ContainingType.IsGenericType || method.ContainingType.IsGenericType)))
        {
            return [];
        }

        var changes = new List<TextChange>();
        var isRenamed = derivative.Arity != method.Arity || !TypeParameters.TakesAll(derivative, method);
        if (isRenamed)
        {
            changes.AddRange(TypeParameterChanges(syntax, new DerivativeText(signature, model, syntax.SpanStart)));
        }
        else if (derivative.IsGenericMethod && DerivativeSignature.Of(method.Construct([.. derivative.TypeParameters]), model.Compilation).Signature is { } inItsNames)
        {
            signature = inItsNames;
        }

        var text = new DerivativeText(signature, model, syntax.SpanStart);
        var isStatic = derivative.IsStatic ? "" : "static ";
        if (isRenamed || signature.PathsIn(derivative) is null)
        {
            changes.Add(new TextChange(syntax.ReturnType.Span, isStatic + text.ReturnType));
        }
        else if (isStatic.Length > 0)
        {
            changes.Add(new TextChange(new TextSpan(syntax.ReturnType.SpanStart, 0), isStatic));
        }

        if (isRenamed || !signature.HasParameters(derivative))
        {
            changes.Add(new TextChange(syntax.ParameterList.Span, "(" + text.Parameters(derivative) + ")"));
        }

        return changes;
    }

    /// <summary>Type parameters and constraints as the method has them.</summary>
    private static IEnumerable<TextChange> TypeParameterChanges(MethodDeclarationSyntax syntax, DerivativeText text)
    {
        yield return new TextChange(syntax.TypeParameterList?.Span ?? new TextSpan(syntax.Identifier.Span.End, 0), text.TypeParameterList);
        var last = syntax.ConstraintClauses.LastOrDefault()?.Span.End ?? syntax.ParameterList.Span.End;
        var constraints = TextSpan.FromBounds(syntax.ParameterList.Span.End, last);
        if (constraints.Length > 0 || text.Constraints.Length > 0)
        {
            yield return new TextChange(constraints, text.Constraints);
        }
    }
}
