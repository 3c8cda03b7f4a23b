using System.Collections.Immutable;
using System.Composition;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.CodeFixes;

/// <summary>GRAD0006: another name for the backward method, where its own is taken.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BackwardNameFix))]
[Shared]
internal sealed class BackwardNameFix : TextFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.NameTaken.Id];

    protected override string EquivalenceKey => nameof(BackwardNameFix);

    protected override string TitleOf(Diagnostic diagnostic) => "Give the backward method another name";

    protected override IEnumerable<TextChange> ChangesFor(Diagnostic diagnostic, SyntaxNode root, SemanticModel model)
    {
        var declaration = root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>();
        if (declaration is null || model.GetDeclaredSymbol(declaration) is not { ContainingType: { } type } method
            || type.GetMembers(method.Name + "Gradient").Length > 0 // That name is the record's, which has no other.
            || type.GetMembers(method.Name).OfType<IMethodSymbol>().Count(m => RuntimeSymbols.HasAttribute(m, "DifferentiableAttribute")) > 1)
        {
            return [];
        }

        var name = method.Name + "Pullback";
        while (type.GetMembers(name).Length > 0)
        {
            name += "2";
        }

        return AttributeText.WithArgument(declaration, $"BackwardName = \"{name}\"");
    }
}
