using System.Globalization;
using GradGen.Compiler.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.CodeFixes;

/// <summary>What a differentiable method would be found to be after a change.</summary>
internal static class Trial
{
    /// <summary>
    /// Whether a change inside a method leaves less to be said about it, as an error of C# or by GradGen's analyzer, and
    /// nothing that has not been said before. (Of what is read at last, advice on numerics counts for nothing: it was due anyway.)
    /// </summary>
    public static bool Removes(Diagnostic diagnostic, IEnumerable<TextChange> changes, MethodDeclarationSyntax method, SemanticModel model)
    {
        var before = Said(method, model);
        var (index, tree) = (Methods(method.SyntaxTree.GetRoot()).IndexOf(method), method.SyntaxTree);
        var changed = tree.WithChangedText(tree.GetText().WithChanges(changes));
        var compilation = model.Compilation.ReplaceSyntaxTree(tree, changed);
        var after = Said(Methods(changed.GetRoot())[index], compilation.GetSemanticModel(changed));
        foreach (var said in after)
        {
            if (!before.Remove(said))
            {
                return false;
            }
        }

        return before.Contains(TextOf(diagnostic));
    }

    private static List<MethodDeclarationSyntax> Methods(SyntaxNode root) => [.. root.DescendantNodes().OfType<MethodDeclarationSyntax>()];

    private static List<string> Said(MethodDeclarationSyntax method, SemanticModel model)
    {
        var errors = model.GetDiagnostics(method.Span).Where(d => d.Severity == DiagnosticSeverity.Error);
        var own = model.GetDeclaredSymbol(method) is { } symbol ? DifferentiableAnalyzer.Of(symbol.PartialDefinitionPart ?? symbol, model.Compilation, default) : [];
        return [.. errors.Concat(own.Where(d => !d.Id.StartsWith("GRAD4", StringComparison.Ordinal))).Select(TextOf)];
    }

    private static string TextOf(Diagnostic diagnostic) => diagnostic.Id + diagnostic.GetMessage(CultureInfo.InvariantCulture);
}
