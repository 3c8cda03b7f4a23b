using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.CodeFixes;

/// <summary>Changes of a method's attributes.</summary>
internal static class AttributeText
{
    /// <summary>Gives a method's [Differentiable] one more argument; nothing where there is no such attribute, or it has that argument.</summary>
    /// <param name="method">The method.</param>
    /// <param name="argument">The argument: <c>name = value</c>.</param>
    public static IEnumerable<TextChange> WithArgument(MethodDeclarationSyntax? method, string argument)
    {
        var attribute = method?.AttributeLists.SelectMany(l => l.Attributes).FirstOrDefault(a => NameOf(a.Name) is "Differentiable" or "DifferentiableAttribute");
        var name = argument.Substring(0, argument.IndexOf(' '));
        if (attribute is null || attribute.ArgumentList?.Arguments.Any(a => a.NameEquals?.Name.Identifier.ValueText == name) == true)
        {
            yield break;
        }

        yield return attribute.ArgumentList is not { } list ? new TextChange(new TextSpan(attribute.Span.End, 0), $"({argument})")
            : new TextChange(new TextSpan(list.CloseParenToken.SpanStart, 0), list.Arguments.Count == 0 ? argument : ", " + argument);
    }

    /// <summary>The name that an attribute of GradGen has at a place: alone, or with its namespace.</summary>
    public static string NameAt(int position, SemanticModel model, string attribute) =>
        model.LookupNamespacesAndTypes(position, name: attribute + "Attribute").IsEmpty ? RuntimeSymbols.Namespace + "." + attribute : attribute;

    private static string NameOf(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
