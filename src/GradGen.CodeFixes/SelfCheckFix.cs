using System.Collections.Immutable;
using System.Composition;
using GradGen.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.CodeFixes;

/// <summary>GRAD9001: has the gradient written although the check refused it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SelfCheckFix))]
[Shared]
internal sealed class SelfCheckFix : TextFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.SelfCheckFailed.Id];

    protected override string EquivalenceKey => nameof(SelfCheckFix);

    protected override string TitleOf(Diagnostic diagnostic) => "Write the gradient without checking it";

    protected override IEnumerable<TextChange> ChangesFor(Diagnostic diagnostic, SyntaxNode root, SemanticModel model) =>
        AttributeText.WithArgument(root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>(), "SelfCheck = false");
}
