using System.Collections.Immutable;
using System.Composition;
using GradGen.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.CodeFixes;

/// <summary>GRAD0001: adds <c>partial</c> to the type of a differentiable method, and to those around it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MustBePartialFix))]
[Shared]
internal sealed class MustBePartialFix : TextFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.MustBePartial.Id];

    protected override string EquivalenceKey => nameof(MustBePartialFix);

    protected override string TitleOf(Diagnostic diagnostic) => "Add 'partial'";

    protected override IEnumerable<TextChange> ChangesFor(Diagnostic diagnostic, SyntaxNode root, SemanticModel model) =>
        Partial.AddTo(root.FindNode(diagnostic.Location.SourceSpan));
}
