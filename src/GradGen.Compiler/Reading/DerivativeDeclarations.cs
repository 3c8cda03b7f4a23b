using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.Compiler.Reading;

/// <summary>
/// Finds the methods marked [DerivativeOf] by their text first: what was found in a file is kept for as long as the file
/// is the same, so that a keystroke searches one file, and only what may be meant is asked for its symbol.
/// </summary>
internal static class DerivativeDeclarations
{
    private const string Attribute = "DerivativeOf";

    private static readonly ConditionalWeakTable<SyntaxTree, File> Files = new();

    /// <summary>The marked methods, in the order of the files and of their text.</summary>
    public static IEnumerable<IMethodSymbol> In(Compilation compilation, CancellationToken cancellation)
    {
        List<(SyntaxTree Tree, File File)> files = [.. compilation.SyntaxTrees.Select(
            tree => (tree, Files.GetValue(tree, t => Search(t, cancellation))))];
        var names = new HashSet<string>(files.SelectMany(f => f.File.Aliases)) { Attribute, Attribute + "Attribute" };
        foreach (var (tree, file) in files)
        {
            var methods = file.Methods.Where(m => m.Attributes.Any(names.Contains)).ToList();
            if (methods.Count == 0)
            {
                continue;
            }

#pragma warning disable RS1030 // A derivative may stand in another file than the method that is being read.
            var model = compilation.GetSemanticModel(tree);
#pragma warning restore RS1030
            foreach (var (syntax, _) in methods)
            {
                if (model.GetDeclaredSymbol(syntax, cancellation) is IMethodSymbol method && RuntimeSymbols.HasAttribute(method, "DerivativeOfAttribute"))
                {
                    yield return DerivativeClaim.Definition(method);
                }
            }
        }
    }

    private static File Search(SyntaxTree tree, CancellationToken cancellation)
    {
        var aliases = ImmutableArray.CreateBuilder<string>();
        var methods = ImmutableArray.CreateBuilder<(MethodDeclarationSyntax, ImmutableArray<string>)>();
        foreach (var node in tree.GetRoot(cancellation).DescendantNodes(
            n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax))
        {
            if (node is UsingDirectiveSyntax { Alias: { } alias } directive && directive.NamespaceOrType.ToString().Contains(Attribute))
            {
                aliases.Add(alias.Name.Identifier.ValueText);
            }
            else if (node is MethodDeclarationSyntax { AttributeLists.Count: > 0 } method)
            {
                methods.Add((method, [.. method.AttributeLists.SelectMany(l => l.Attributes).Select(NameOf)]));
            }
        }

        return new File(aliases.ToImmutable(), methods.ToImmutable());
    }

    private static string NameOf(AttributeSyntax attribute) => attribute.Name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        var other => other.ToString(),
    };

    /// <summary>The other names that a file gives the attribute, and its methods that have attributes.</summary>
    private sealed record File(
        ImmutableArray<string> Aliases, ImmutableArray<(MethodDeclarationSyntax Syntax, ImmutableArray<string> Attributes)> Methods);
}
