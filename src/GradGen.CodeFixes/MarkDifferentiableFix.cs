using System.Collections.Immutable;
using System.Composition;
using GradGen.Compiler;
using GradGen.Compiler.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.CodeFixes;

/// <summary>
/// GRAD2002: marks a method of another project that is compiled with GradGen [Differentiable], so that its backward method is
/// written there. (Of a method in the same project the source is read, marked or not.)
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MarkDifferentiableFix))]
[Shared]
internal sealed class MarkDifferentiableFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Descriptors.NoDerivative.Id];

    /// <summary>None: many calls of one method want one attribute.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is InvocationExpressionSyntax call
                && call.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } caller
                && model?.GetSymbolInfo(call, context.CancellationToken).Symbol is IMethodSymbol { IsGenericMethod: false } method
                && Declaration(context.Document, method, context.CancellationToken) is { } declaration
                && await MarkAsync(declaration.Document, declaration.Syntax, diagnostic, caller, model, context.CancellationToken).ConfigureAwait(false) is { } marked)
            {
                context.RegisterCodeFix(
                    CodeAction.Create($"Mark '{method.ContainingType.Name}.{method.Name}' [Differentiable]", _ => Task.FromResult(marked), nameof(MarkDifferentiableFix)), diagnostic);
            }
        }
    }

    /// <summary>The method where it is declared, in another project whose gradients GradGen writes.</summary>
    private static (Document Document, MethodDeclarationSyntax Syntax)? Declaration(Document document, IMethodSymbol method, CancellationToken cancellation) =>
        method.OriginalDefinition.DeclaringSyntaxReferences is [var reference]
            && document.Project.Solution.GetDocument(reference.SyntaxTree) is { } other && other.Project.Id != document.Project.Id
            && reference.GetSyntax(cancellation) is MethodDeclarationSyntax syntax
            && other.Project.AnalyzerReferences.SelectMany(a => a.GetGenerators(LanguageNames.CSharp)).Any(g => g.GetGeneratorType().FullName == GeneratorName)
            ? (other, syntax)
            : null;

    private static string GeneratorName => typeof(GradientGenerator).FullName;

    /// <summary>The solution with the attribute; null where it would not help, or leave something to be said of the method.</summary>
    private static async Task<Solution?> MarkAsync(
        Document document, MethodDeclarationSyntax syntax, Diagnostic diagnostic, MethodDeclarationSyntax caller, SemanticModel model, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } own)
        {
            return null;
        }

        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var line = text.Lines.GetLineFromPosition(syntax.SpanStart);
        var before = text.ToString(TextSpan.FromBounds(line.Start, syntax.SpanStart));
        var newLine = text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak)) is { Length: > 0 } end ? end : "\n";
        var separator = string.IsNullOrWhiteSpace(before) ? newLine + before : " ";
        ImmutableArray<TextChange> changes =
        [
            .. Partial.AddTo(syntax.Parent),
            new TextChange(new TextSpan(syntax.SpanStart, 0), $"[{AttributeText.NameAt(syntax.SpanStart, own, "Differentiable")}]{separator}"),
        ];
        var marked = Trial.Changed(syntax, own, changes);
        if (Trial.Said(marked.Method, marked.Model, cancellation).Except(Trial.Said(syntax, own, cancellation)).Any()
            || model.Compilation.References.OfType<CompilationReference>().FirstOrDefault(r => r.Compilation.AssemblyName == own.Compilation.AssemblyName) is not { } reference)
        {
            return null;
        }

        var called = WithGradients(marked.Model.Compilation, cancellation).ToMetadataReference(reference.Properties.Aliases, reference.Properties.EmbedInteropTypes);
        var after = model.Compilation.ReplaceReference(reference, called).GetSemanticModel(caller.SyntaxTree);
        return Trial.Removes(diagnostic, Trial.Said(caller, model, cancellation), Trial.Said(caller, after, cancellation))
            ? document.WithText(text.WithChanges(changes.OrderBy(c => c.Span.Start))).Project.Solution
            : null;
    }

    /// <summary>A compilation with what GradGen writes for it, in place of what it has written before.</summary>
    private static Compilation WithGradients(Compilation compilation, CancellationToken cancellation)
    {
        compilation = compilation.RemoveSyntaxTrees(compilation.SyntaxTrees.Where(t => t.FilePath.Contains(GeneratorName)));
        _ = CSharpGeneratorDriver
            .Create([new GradientGenerator().AsSourceGenerator()], parseOptions: (CSharpParseOptions?)compilation.SyntaxTrees.FirstOrDefault()?.Options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _, cancellation);
        return generated;
    }
}
