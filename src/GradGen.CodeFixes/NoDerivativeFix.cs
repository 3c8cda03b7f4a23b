using System.Collections.Immutable;
using System.Composition;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.CodeFixes;

/// <summary>GRAD0003 and 2005: a parameter that has no gradient, or none but 0, is marked so.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NoDerivativeFix))]
[Shared]
internal sealed class NoDerivativeFix : TextFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.TypeNotDifferentiable.Id, Descriptors.NoInfluence.Id];

    protected override string EquivalenceKey => nameof(NoDerivativeFix);

    protected override string TitleOf(Diagnostic diagnostic) => "Mark it [NoDerivative]";

    protected override IEnumerable<TextChange> ChangesFor(Diagnostic diagnostic, SyntaxNode root, SemanticModel model)
    {
        if (root.FindToken(diagnostic.Location.SourceSpan.Start).Parent?.FirstAncestorOrSelf<ParameterSyntax>() is { } parameter
            && model.GetDeclaredSymbol(parameter) is IParameterSymbol symbol
            && !RuntimeSymbols.HasAttribute(symbol, "NoDerivativeAttribute")
            && (RuntimeSymbols.TypeOf(symbol.Type) is not null || new PartReader(model.Compilation, symbol.ContainingType).Read(symbol.Type, symbol.Name, symbol.Name, false) is not null))
        {
            yield return new TextChange(new TextSpan(parameter.SpanStart, 0), $"[{AttributeText.NameAt(parameter.SpanStart, model, "NoDerivative")}] ");
        }
    }
}
