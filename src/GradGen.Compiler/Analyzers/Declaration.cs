using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Analyzers;

/// <summary>Where an operand gets its shape from: the type of the local, parameter, field or property that it is.</summary>
internal static class Declaration
{
    /// <summary>The location of the type, or of the name where the type is not written; null where there is none in source.</summary>
    public static Location? Of(IOperation operand)
    {
        var symbol = SymbolOf(operand);
        return symbol?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
        {
            ParameterSyntax { Type: { } type } => type.GetLocation(),
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type: { IsVar: false } type } } => type.GetLocation(),
            PropertyDeclarationSyntax property => property.Type.GetLocation(),
            null => null,
            _ => symbol.Locations.FirstOrDefault(l => l.IsInSource),
        };
    }

    private static ISymbol? SymbolOf(IOperation operand) => operand switch
    {
        IParenthesizedOperation parenthesized => SymbolOf(parenthesized.Operand),
        IConversionOperation conversion => SymbolOf(conversion.Operand),
        IUnaryOperation unary => SymbolOf(unary.Operand),
        IPropertyReferenceOperation { Property.Name: "T", Instance: { } instance } => SymbolOf(instance),
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation property => property.Property,
        _ => null,
    };
}
