using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Analyzers;

/// <summary>
/// The place where an expression stands: what would become of the operations around it, and of the variable or result
/// that it goes to, if another stood there.
/// </summary>
internal sealed class Place(IOperation operation, ExpressionSyntax expression, ShapeWalk walk, SemanticModel model)
{
    /// <summary>Whether code of a type fits here; where the surroundings are unknown, it does.</summary>
    public bool Fits(string code, TensorType type) => FitsOperationsAround(type) && FitsDestination(code);

    /// <summary>The operations that take the expression, and those that take their results, have shapes too.</summary>
    private bool FitsOperationsAround(TensorType type)
    {
        var resolve = ShapeWalk.EntriesOf(model.Compilation);
        var inner = operation;
        for (var outer = operation.Parent; outer is not null; (inner, outer) = (outer, outer.Parent))
        {
            if (outer is IParenthesizedOperation or IArgumentOperation or IConversionOperation { OperatorMethod: null })
            {
                continue;
            }

            if (!CallShapes.TryGetCall(outer, resolve, out var row, out var operands, out var attributes)
                || outer is ICollectionExpressionOperation
                || CallShapes.OperandTypes(outer, row, operands, resolve) is not { } types)
            {
                return true;
            }

            var index = operands.IndexOf(inner is IArgumentOperation argument ? argument.Value : inner);
            if (index < 0 || operands.Where((o, i) => i != index && walk.IsSpoiled(o)).Any())
            {
                return true;
            }

            types = types.SetItem(index, type);
            row = row == Products.MatMul && types.Any(t => t.Shape.IsScalar) ? Arithmetic.Multiply : row;
            var result = Builder.Infer(row, types, attributes);
            if (result.Error is not null)
            {
                return false;
            }

            type = result.Type;
        }

        return true;
    }

    /// <summary>C#'s own rules: the whole expression still has a type, and one that converts to where it goes.</summary>
    private bool FitsDestination(string code)
    {
        ExpressionSyntax whole = expression;
        while (Outer(whole) is { } outer)
        {
            whole = outer;
        }

        var text = whole.ToString();
        var start = expression.SpanStart - whole.SpanStart;
        var edited = SyntaxFactory.ParseExpression(
            text.Substring(0, start) + code + text.Substring(start + expression.Span.Length), options: whole.SyntaxTree.Options);
        var type = model.GetSpeculativeTypeInfo(whole.SpanStart, edited, SpeculativeBindingOption.BindAsExpression).Type;
        if (type is null or IErrorTypeSymbol)
        {
            return model.GetTypeInfo(whole).Type is null or IErrorTypeSymbol;
        }

        return Destination(whole) is not { TypeKind: not TypeKind.Error } destination
            || model.Compilation.ClassifyCommonConversion(type, destination) is { Exists: true, IsImplicit: true };
    }

    /// <summary>The expression around one, if it is part of it in the same statement and takes its value.</summary>
    private static ExpressionSyntax? Outer(ExpressionSyntax inner) => inner.Parent switch
    {
        AssignmentExpressionSyntax or LambdaExpressionSyntax => null,
        ArgumentSyntax { Parent.Parent: ExpressionSyntax call } => call,
        ExpressionSyntax expression => expression,
        _ => null,
    };

    /// <summary>The type that is expected, if it is written somewhere.</summary>
    private ITypeSymbol? Destination(ExpressionSyntax whole) => whole.Parent switch
    {
        AssignmentExpressionSyntax assignment when assignment.Right == whole => model.GetTypeInfo(assignment.Left).Type,
        EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax { Type: { IsVar: false } type } } =>
            model.GetTypeInfo(type).Type,
        EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax { Type: var type } } => model.GetTypeInfo(type).Type,
        ReturnStatementSyntax or ArrowExpressionClauseSyntax => Result(model.GetEnclosingSymbol(whole.SpanStart)),
        _ => null,
    };

    private static ITypeSymbol? Result(ISymbol? symbol) => symbol switch
    {
        IMethodSymbol { IsAsync: false, ReturnsVoid: false, MethodKind: not MethodKind.AnonymousFunction } method => method.ReturnType,
        IPropertySymbol property => property.Type,
        _ => null,
    };
}
