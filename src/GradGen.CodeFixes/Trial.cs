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
    /// <summary>A method after changes of its file, with its model.</summary>
    public static (MethodDeclarationSyntax Method, SemanticModel Model) Changed(MethodDeclarationSyntax method, SemanticModel model, IEnumerable<TextChange> changes)
    {
        var tree = method.SyntaxTree;
        var index = Methods(tree.GetRoot()).IndexOf(method);
        var changed = tree.WithChangedText(tree.GetText().WithChanges(changes));
        return (Methods(changed.GetRoot())[index], model.Compilation.ReplaceSyntaxTree(tree, changed).GetSemanticModel(changed));
    }

    /// <summary>
    /// What is said about a method: the errors of C# and what GradGen's analyzer reports. (Advice on numerics counts for
    /// nothing: it is due as soon as the method can be read.)
    /// </summary>
    public static List<string> Said(MethodDeclarationSyntax method, SemanticModel model, CancellationToken cancellation)
    {
        var errors = model.GetDiagnostics(method.Span, cancellation).Where(d => d.Severity == DiagnosticSeverity.Error);
        var own = model.GetDeclaredSymbol(method, cancellation) is { } symbol
            ? DifferentiableAnalyzer.Of(symbol.PartialDefinitionPart ?? symbol, model.Compilation, cancellation) : [];
        return [.. errors.Concat(own.Where(d => !d.Id.StartsWith("GRAD4", StringComparison.Ordinal))).Select(TextOf)];
    }

    /// <summary>Whether a diagnostic is gone, and nothing is said that was not said before.</summary>
    public static bool Removes(Diagnostic diagnostic, List<string> before, List<string> after)
    {
        var left = before.ToList();
        return after.All(left.Remove) && left.Contains(TextOf(diagnostic));
    }

    private static List<MethodDeclarationSyntax> Methods(SyntaxNode root) => [.. root.DescendantNodes().OfType<MethodDeclarationSyntax>()];

    private static string TextOf(Diagnostic diagnostic) => diagnostic.Id + diagnostic.GetMessage(CultureInfo.InvariantCulture);
}
