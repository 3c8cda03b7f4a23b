using System.Collections.Immutable;
using System.Composition;
using GradGen.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.CodeFixes;

/// <summary>GRAD0004: adds <c>: IDimension</c> and <c>partial</c> to a dimension.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DimensionFix))]
[Shared]
internal sealed class DimensionFix : TextFix
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.InvalidDimension.Id];

    protected override string EquivalenceKey => nameof(DimensionFix);

    protected override string TitleOf(Diagnostic diagnostic) => "Make it 'partial struct … : IDimension'";

    protected override IEnumerable<TextChange> ChangesFor(Diagnostic diagnostic, SyntaxNode root, SemanticModel model)
    {
        var type = root.FindNode(diagnostic.Location.SourceSpan) as TypeDeclarationSyntax;
        if (type is null || type.Identifier.Span != diagnostic.Location.SourceSpan
            || model.GetDeclaredSymbol(type) is not INamedTypeSymbol symbol)
        {
            return [];
        }

        var hasSize = symbol.GetMembers("Size").Any();
        var isMissing = !symbol.AllInterfaces.Any(i => i.Name == "IDimension");
        return [.. isMissing ? AddInterface(type, model) : [], .. hasSize ? [] : Partial.AddTo(type)];
    }

    private static IEnumerable<TextChange> AddInterface(TypeDeclarationSyntax type, SemanticModel model)
    {
        var name = model.LookupNamespacesAndTypes(type.SpanStart, name: "IDimension").IsEmpty ? "GradGen.IDimension" : "IDimension";
        var (position, text) = type.BaseList is { Types.Count: > 0 } bases
            ? (bases.Span.End, ", " + name)
            : ((type.ParameterList?.Span ?? type.TypeParameterList?.Span ?? type.Identifier.Span).End, " : " + name);
        yield return new TextChange(new TextSpan(position, 0), text);
    }
}
