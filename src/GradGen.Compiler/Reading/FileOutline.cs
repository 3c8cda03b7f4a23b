using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.Compiler.Reading;

/// <summary>
/// What a file declares, apart from what its methods do: while declarations stay as they are, another method's body
/// changes nothing about what a name means. Bodies are those of methods, constructors and operators; accessors,
/// initializers and constants are taken for declarations.
/// </summary>
internal sealed class FileOutline
{
    private static readonly ConditionalWeakTable<SyntaxTree, FileOutline> Outlines = new();

    private readonly Dictionary<int, int> _numbers = [];
    private readonly ImmutableArray<Digest>.Builder _bodies = ImmutableArray.CreateBuilder<Digest>();

    private FileOutline(SyntaxTree tree, CancellationToken cancellation)
    {
        var text = tree.GetText(cancellation);
        var digest = Digest.Start.With(tree.FilePath);
        foreach (var part in tree.GetRoot(cancellation).DescendantNodesAndTokens(node => !IsBody(node) && node is not GlobalStatementSyntax))
        {
            if (part.AsNode() is not { } node)
            {
                digest = WithDirectives(digest.With(part.AsToken()), part.AsToken());
                continue;
            }

            if (node is BaseMethodDeclarationSyntax)
            {
                _numbers[node.SpanStart] = _bodies.Count;
                _bodies.Add(Digest.Start);
            }
            else if (node is GlobalStatementSyntax)
            {
                // Names of a program's own locals can stand in the way of others.
                digest = node.DescendantTokens().Where(IsDeclared).Aggregate(digest.With(node.RawKind), (d, t) => d.With(t));
                digest = WithDirectives(digest, node);
            }
            else if (IsBody(node))
            {
                _bodies[_bodies.Count - 1] = _bodies[_bodies.Count - 1].With(text.ToString(node.Span));
                digest = WithDirectives(digest.With(node.RawKind), node);
            }
        }

        Declarations = digest;
    }

    /// <summary>All tokens but those of bodies.</summary>
    public Digest Declarations { get; }

    /// <summary>The outline of a file, made once.</summary>
    public static FileOutline Of(SyntaxTree tree, CancellationToken cancellation)
    {
        if (!Outlines.TryGetValue(tree, out var outline))
        {
            outline = new FileOutline(tree, cancellation);
            outline = Outlines.GetValue(tree, _ => outline);
        }

        return outline;
    }

    /// <summary>The number of the method, constructor or operator in which a node stands, in the order of the text; null of any other.</summary>
    public int? NumberOf(SyntaxNode node) =>
        node.FirstAncestorOrSelf<BaseMethodDeclarationSyntax>() is { } method && _numbers.TryGetValue(method.SpanStart, out var number) ? number : null;

    /// <summary>The text of a body, by the number of its method.</summary>
    public Digest BodyOf(int number) => _bodies[number];

    private static bool IsBody(SyntaxNode node) => node is BlockSyntax or ArrowExpressionClauseSyntax && node.Parent is BaseMethodDeclarationSyntax;

    private static bool IsDeclared(SyntaxToken token) => token.IsKind(SyntaxKind.IdentifierToken)
        && token.Parent is VariableDeclaratorSyntax or SingleVariableDesignationSyntax or LocalFunctionStatementSyntax or ForEachStatementSyntax or LabeledStatementSyntax;

    /// <summary>Directives hold for what follows them, be it in a body or behind it.</summary>
    private static Digest WithDirectives(Digest digest, SyntaxNodeOrToken part)
    {
        if (!part.ContainsDirectives)
        {
            return digest;
        }

        var trivia = part.AsNode()?.DescendantTrivia() ?? part.AsToken().LeadingTrivia;
        return trivia.Where(t => t.IsDirective).Aggregate(digest, (d, t) => d.With(t.ToString()));
    }
}
