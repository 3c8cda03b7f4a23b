using System.Text.RegularExpressions;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.Compiler.Advice;

/// <summary>Values as C# at a place of the user's method: what stands there, or a name that still means the same there.</summary>
internal sealed class Wording(Origins origins, SemanticModel model, SyntaxNode method)
{
    private readonly Dictionary<string, bool> _isSteady = [];

    /// <summary>The text of a value in an expression's place, to stand as an argument; null where it cannot be said there.</summary>
    public string? Of(Value value, ExpressionSyntax place)
    {
        var expression = origins.ExpressionOf(value);
        if (expression is not null && place.Span.Contains(expression.Span))
        {
            return expression.ToString();
        }

        foreach (var name in origins.NamesOf(value))
        {
            if (IsSteady(name) && IsVisible(name, place))
            {
                return name.Name;
            }
        }

        return expression is not null && expression.DescendantNodesAndSelf().All(node => MeansTheSame(node, place)) ? expression.ToString() : null;
    }

    /// <summary>A template (see <see cref="Form"/>) with its holes and functions written out; null where one cannot be.</summary>
    public string? Fill(string template, Match match, ExpressionSyntax place)
    {
        var isComplete = true;
        var filled = Regex.Replace(template, @"\{(\()?(\w+)\)?\}", m =>
        {
            var text = Of(match[m.Groups[2].Value], place);
            isComplete &= text is not null;
            return text is null || !m.Groups[1].Success ? text ?? "" : CodeText.AsOperand(text);
        });
        var isScalar = match.Instructions.Length > 0 && match.Instructions[0].Result.Type.IsScalar && match.Holes.Values.All(v => v.Type.IsScalar);
        var type = match.Instructions.Length > 0 ? match.Instructions[0].Result.Type.Scalar : ScalarType.Float64;
        filled = Regex.Replace(filled, @"@(\w+)", m => Function(m.Groups[1].Value, isScalar, type, place));
        return isComplete ? filled : null;
    }

    /// <summary>Ones of the type of a value that stands in an expression, as in <c>Vector&lt;double, N3&gt;.Ones()</c>.</summary>
    public string? Ones(Value value, ExpressionSyntax place)
    {
        var type = origins.ExpressionOf(value) is { } expression ? model.GetTypeInfo(expression).Type
            : origins.NamesOf(value).FirstOrDefault() switch
            {
                ILocalSymbol local => local.Type,
                IParameterSymbol parameter => parameter.Type,
                _ => null,
            };
        return type is INamedTypeSymbol { IsGenericType: true } ? type.ToMinimalDisplayString(model, place.SpanStart) + ".Ones()" : null;
    }

    /// <summary>A function by the name that reaches it: alone, or with its class.</summary>
    private string Function(string name, bool isScalar, ScalarType type, ExpressionSyntax place)
    {
        if (isScalar && OperationTable.All.Any(row => row.MathMethod == name))
        {
            return (model.LookupNamespacesAndTypes(place.SpanStart, name: "Math").IsEmpty ? "System." : "") + (type == ScalarType.Float32 ? "MathF." : "Math.") + name;
        }

        return CodeText.Function(name, model, place.SpanStart);
    }

    private bool IsVisible(ISymbol symbol, ExpressionSyntax place) =>
        model.LookupSymbols(place.SpanStart, name: symbol.Name).Contains(symbol, SymbolEqualityComparer.Default);

    /// <summary>Whether a part of an expression can be written elsewhere: it names nothing that changes, and reads no entry of an array.</summary>
    private bool MeansTheSame(SyntaxNode node, ExpressionSyntax place) => node switch
    {
        ElementAccessExpressionSyntax or AssignmentExpressionSyntax or LambdaExpressionSyntax or PostfixUnaryExpressionSyntax or DeclarationExpressionSyntax => false,
        PrefixUnaryExpressionSyntax prefix => !prefix.IsKind(SyntaxKind.PreIncrementExpression) && !prefix.IsKind(SyntaxKind.PreDecrementExpression),
        IdentifierNameSyntax name => model.GetSymbolInfo(name).Symbol switch
        {
            ILocalSymbol or IParameterSymbol when model.GetSymbolInfo(name).Symbol is { } variable => IsSteady(variable) && IsVisible(variable, place),
            IFieldSymbol field => field.IsConst || field.IsReadOnly,
            IPropertySymbol { SetMethod: not null } => false,
            _ => true,
        },
        _ => true,
    };

    /// <summary>Whether a local or parameter is never assigned after its declaration.</summary>
    private bool IsSteady(ISymbol symbol)
    {
        if (!_isSteady.TryGetValue(symbol.Name, out var isSteady))
        {
            _isSteady[symbol.Name] = isSteady = !method.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == symbol.Name && IsWritten(name));
        }

        return isSteady;
    }

    private static bool IsWritten(IdentifierNameSyntax name)
    {
        // x = …, x[i] = …, x.Y = …, x++, ref x, (x, y) = …
        SyntaxNode node = name;
        while (node.Parent is ElementAccessExpressionSyntax or MemberAccessExpressionSyntax or ParenthesizedExpressionSyntax or TupleExpressionSyntax
            || (node.Parent is ArgumentSyntax { Parent: TupleExpressionSyntax }))
        {
            if ((node.Parent is ElementAccessExpressionSyntax element && element.Expression != node) || (node.Parent is MemberAccessExpressionSyntax access && access.Expression != node))
            {
                return false;
            }

            node = node.Parent!;
        }

        return node.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == node,
            PostfixUnaryExpressionSyntax => true,
            PrefixUnaryExpressionSyntax prefix => prefix.IsKind(SyntaxKind.PreIncrementExpression) || prefix.IsKind(SyntaxKind.PreDecrementExpression),
            ArgumentSyntax argument => !argument.RefOrOutKeyword.IsKind(SyntaxKind.None),
            RefExpressionSyntax => true,
            _ => false,
        };
    }
}
