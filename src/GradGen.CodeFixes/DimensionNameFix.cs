using System.Collections.Immutable;
using System.Composition;
using GradGen.Compiler.Analyzers;
using GradGen.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.CodeFixes;

/// <summary>
/// GRAD1010: gives one of the two operands the other's dimension, in the type that is written for it: where that type is
/// written in the same file, and everything fits that uses it, in other files too.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DimensionNameFix))]
[Shared]
internal sealed class DimensionNameFix : RepairFix
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [new ShapeAnalyzer(), new DifferentiableAnalyzer(), new DerivativeAnalyzer(), new GradingAnalyzer()];

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.MixedNames.Id];

    protected override bool MustCountLess => true;

    protected override int CountMistakes(IOperation body, Compilation compilation) => ShapeWalk.Over(body, compilation) is var walk ? walk.Mistakes.Count + walk.Mixed.Count : 0;

    protected override IEnumerable<(Repair Repair, TextChange Change)> Candidates(Diagnostic diagnostic, SyntaxNode root, SemanticModel model)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax expression
            || model.GetOperation(expression) is not { } operation
            || DimensionNames.MixedIn(operation, ShapeWalk.EntriesOf(model.Compilation)) is not { } mixed)
        {
            yield break;
        }

        foreach (var (key, own, other) in new[] { ("LeftDimension", mixed.Left, mixed.Right), ("RightDimension", mixed.Right, mixed.Left) })
        {
            if (WrittenType(own, root) is var (name, type, argument))
            {
                var code = other.Dimension.ToMinimalDisplayString(model, argument.SpanStart);
                var whole = type.ToString().Remove(argument.SpanStart - type.SpanStart, argument.Span.Length).Insert(argument.SpanStart - type.SpanStart, code);
                yield return (new Repair(key, $"Change the type of '{name}' to {whole}", code), new TextChange(argument.Span, code));
            }
        }
    }

    protected override async Task<bool> IsHarmlessAsync(Document document, TextChange change, Document repaired, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var declaration = root!.FindNode(change.Span).Ancestors()
            .Select(n => model!.GetDeclaredSymbol(n is BaseFieldDeclarationSyntax or LocalDeclarationStatementSyntax ? n.DescendantNodes().OfType<VariableDeclaratorSyntax>().First() : n, cancellationToken))
            .FirstOrDefault(s => s is not null);
        var symbol = declaration is IParameterSymbol ? declaration.ContainingSymbol : declaration;
        var documents = new HashSet<DocumentId> { document.Id };
        if (symbol is not (null or ILocalSymbol))
        {
            var found = await SymbolFinder.FindReferencesAsync(symbol, document.Project.Solution, cancellationToken).ConfigureAwait(false);
            documents.UnionWith(found.SelectMany(f => f.Locations).Select(l => l.Document.Id));
        }

        foreach (var id in documents)
        {
            var before = await FoundAsync(document.Project.Solution, id, cancellationToken).ConfigureAwait(false);
            var after = await FoundAsync(repaired.Project.Solution, id, cancellationToken).ConfigureAwait(false);
            if (after.Any(a => a.Count() > before[a.Key].Count()))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What C# and GradGen find wrong in a file, by the ids.</summary>
    private static async Task<ILookup<string, Diagnostic>> FoundAsync(Solution solution, DocumentId id, CancellationToken cancellationToken)
    {
        if (solution.GetDocument(id) is not { } document || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model)
        {
            return Array.Empty<Diagnostic>().ToLookup(d => d.Id);
        }

        var own = await model.Compilation.WithAnalyzers(Analyzers, document.Project.AnalyzerOptions)
            .GetAnalyzerSemanticDiagnosticsAsync(model, null, cancellationToken).ConfigureAwait(false);
        return model.GetDiagnostics(cancellationToken: cancellationToken).Concat(own).Where(d => d.Severity >= DiagnosticSeverity.Warning).ToLookup(d => d.Id);
    }

    /// <summary>The type that is written in this file for an operand that is a variable or member, or its transpose, and the dimension in it.</summary>
    private static (string Name, TypeSyntax Type, TypeSyntax Dimension)? WrittenType(NamedSide side, SyntaxNode root)
    {
        var (operand, index) = (side.Operand, side.Index);
        while (operand is IPropertyReferenceOperation { Property.Name: "T", Instance: { } transposed } && transposed.Type is INamedTypeSymbol { Name: "Matrix" or "Vector" } type)
        {
            // The one row of a transposed vector has no name; its columns are the vector's entries.
            (operand, index) = (transposed, type.TypeArguments.Length == 2 ? 0 : 1 - index);
        }

        ISymbol? symbol = operand switch
        {
            IParameterReferenceOperation reference => reference.Parameter,
            ILocalReferenceOperation reference => reference.Local,
            IFieldReferenceOperation reference => reference.Field,
            IPropertyReferenceOperation reference => reference.Property,
            _ => null,
        };
        if (symbol?.DeclaringSyntaxReferences is not [var declared] || declared.SyntaxTree != root.SyntaxTree)
        {
            return null;
        }

        var written = declared.GetSyntax() switch
        {
            ParameterSyntax parameter => parameter.Type,
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } => declaration.Type,
            PropertyDeclarationSyntax property => property.Type,
            _ => null,
        };
        return written?.DescendantNodesAndSelf(n => n is not TypeArgumentListSyntax).OfType<GenericNameSyntax>().LastOrDefault() is { } generic
            && generic.TypeArgumentList.Arguments is var arguments && arguments.Count > index + 1
            && generic.Identifier.ValueText is "Matrix" or "Vector"
            ? (symbol.Name, written, arguments[index + 1])
            : null;
    }
}
