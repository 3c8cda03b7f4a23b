using System.Collections.Immutable;
using System.Composition;
using GradGen.Compiler.Analyzers;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.CodeFixes;

/// <summary>
/// CS0029, CS0266 and CS1503: a matrix where one of another shape, or a number, is declared. C# says so itself, and GradGen
/// adds no second error: only what was probably meant.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DestinationFix))]
[Shared]
internal sealed class DestinationFix : RepairFix
{
    private const string NoConversion = "CS0029";
    private const string OnlyACast = "CS0266";
    private const string Argument = "CS1503";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [NoConversion, OnlyACast, Argument];

    protected override bool MustCountLess => false;

    protected override int CountMistakes(IOperation body, Compilation compilation) => ShapeWalk.Over(body, compilation).Mistakes.Count;

    /// <summary>C#'s own error is gone, there is no new one of any kind, and no shape that does not fit.</summary>
    protected override bool IsBetter(Findings before, Findings after) =>
        after.Mistakes <= before.Mistakes && after.Errors.Values.Sum() < before.Errors.Values.Sum() && base.IsBetter(before, after);

    protected override IEnumerable<(Repair Repair, TextChange Change)> Candidates(Diagnostic diagnostic, SyntaxNode root, SemanticModel model)
    {
        var span = diagnostic.Location.SourceSpan;
        if (root.FindNode(span, getInnermostNodeForTie: true) is not ExpressionSyntax expression || expression.Span != span
            || model.GetTypeInfo(expression).Type is not INamedTypeSymbol { Name: "Matrix" or "Vector" } type || !RuntimeSymbols.IsRuntime(type)
            || IsWrongItself(expression, model))
        {
            yield break;
        }

        var shape = RuntimeSymbols.TypeOf(type, ShapeWalk.EntriesOf(model.Compilation))?.Shape; // Null: sizes that are type parameters.
        (Repair Repair, TextChange Change) Instead(string key, string verb, Func<bool, string> code) =>
            (new Repair(key, $"{verb}: '{code(true)}'", code(false)), new TextChange(span, code(false)));

        var isTransposed = OperandText.IsTransposed(expression);
        yield return Instead("TransposeValue", isTransposed ? "Do not transpose it" : "Transpose it", isShort => OperandText.Transposed(expression, isShort));
        if (type is { Name: "Matrix", TypeArguments: [_, var rows, var columns] } && !isTransposed && (shape?.Rows == 1 || shape?.Columns == 1))
        {
            var size = (shape?.Rows == 1 ? columns : rows).ToMinimalDisplayString(model, span.Start);
            yield return Instead("AsVector", "Make it a vector", isShort => OperandText.Member(expression, isShort) + $".Flatten<{size}>()");
        }

        if (shape is { Rows: 1, Columns: 1 })
        {
            var entry = type.TypeArguments[0].ToMinimalDisplayString(model, span.Start);
            yield return Instead("OnlyEntry", "Take its only entry", isShort => $"({entry})" + OperandText.Member(expression, isShort));
        }

        if (DeclaredType(expression, model) is { } declared)
        {
            var name = type.ToMinimalDisplayString(model, declared.Type.SpanStart);
            yield return (new Repair("DeclaredType", $"Change the type of '{declared.Name}' to {name}", name), new TextChange(declared.Type.Span, name));
        }
    }

    /// <summary>A product that does not fit has a shape that nobody meant: it is mended first.</summary>
    private static bool IsWrongItself(ExpressionSyntax expression, SemanticModel model)
    {
        while (expression is ParenthesizedExpressionSyntax parenthesized)
        {
            expression = parenthesized.Expression;
        }

        if (model.GetOperation(expression) is not { } operation)
        {
            return true;
        }

        var root = operation;
        while (root.Parent is { } outer)
        {
            root = outer;
        }

        return ShapeWalk.Over(root, model.Compilation).IsSpoiled(operation);
    }

    /// <summary>The type written for the local that takes the value, if it is that local's alone.</summary>
    private static (TypeSyntax Type, string Name)? DeclaredType(ExpressionSyntax value, SemanticModel model)
    {
        var declarator = value.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax own } => own,
            AssignmentExpressionSyntax assignment when assignment.Right == value && assignment.IsKind(SyntaxKind.SimpleAssignmentExpression)
                && model.GetSymbolInfo(assignment.Left).Symbol is ILocalSymbol { DeclaringSyntaxReferences: [var reference] } => reference.GetSyntax() as VariableDeclaratorSyntax,
            _ => null,
        };
        return declarator is { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax, Type: { IsVar: false } type } }
            ? (type, declarator.Identifier.ValueText) : null;
    }
}
