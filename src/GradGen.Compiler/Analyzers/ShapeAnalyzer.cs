using System.Collections.Immutable;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Grading;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace GradGen.Compiler.Analyzers;

/// <summary>
/// GRAD1001, 1002, 1004, 1005, 1006 and 1007: shapes that do not fit, anywhere in a project. One diagnostic a mistake, under
/// the smallest expression that is wrong.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ShapeAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Descriptors.InnerSizes, Descriptors.DifferentShapes, Descriptors.ColumnProduct, Descriptors.ScalarCollapse, Descriptors.OutOfRange, Descriptors.NotSquare,
    ];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(RuntimeSymbols.DimensionAttribute) is not null)
            {
                start.RegisterOperationBlockAction(AnalyzeBlocks);
            }
        });
    }

    private static void AnalyzeBlocks(OperationBlockAnalysisContext context)
    {
        // A mistake in a gradient written by hand is named there by what it is in the derivation.
        if (context.OwningSymbol is IMethodSymbol method && RuntimeSymbols.HasAttribute(method, "GradientOfAttribute")
            && Grades.Of(method, context.Compilation, context.CancellationToken).HasMistakes)
        {
            return;
        }

        foreach (var block in context.OperationBlocks)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var walk = ShapeWalk.Over(block, context.Compilation);
            foreach (var mistake in walk.Mistakes)
            {
                context.ReportDiagnostic(Describe(mistake, walk, block.SemanticModel!));
            }
        }
    }

    private static Diagnostic Describe(ShapeMistake mistake, ShapeWalk walk, SemanticModel model)
    {
        if (Collapse.Of(mistake, ShapeWalk.EntriesOf(model.Compilation)) is { } collapse)
        {
            var meant = collapse.Repairs(mistake, walk, model);
            return Diagnostic.Create(
                Descriptors.ScalarCollapse, collapse.Product.Syntax.GetLocation(), Declarations(mistake.Operation).Concat(Declarations(collapse.Product)).Distinct(),
                Repair.ToProperties(meant.Select(r => r.Repair)), string.Join(" ", new[] { collapse.Message }.Concat(meant.Select(r => r.Offer))));
        }

        var repairs = Repairs.Of(mistake, walk, model);
        var offers = AreNamed(mistake, repairs.Count) ? [] : repairs.Select(r => r.Offer);
        return Diagnostic.Create(
            Problem.DescriptorOf(mistake.Error.Kind),
            mistake.Wrong.Syntax.GetLocation(),
            Declarations(mistake.Operation),
            Repair.ToProperties(repairs.Select(r => r.Repair)),
            string.Join(" ", new[] { mistake.Error.Message }.Concat(offers)));
    }

    /// <summary>The words for two columns name all products there are; none need be named again unless fewer fit.</summary>
    private static bool AreNamed(ShapeMistake mistake, int repairs) =>
        mistake.Error.Kind == ShapeErrorKind.ColumnProduct
        && repairs == (mistake.Error.Message.Contains("Hadamard") ? 3 : 1);

    /// <summary>Where the operands are declared, and with them the sizes that clash.</summary>
    private static IEnumerable<Location> Declarations(IOperation operation) =>
        CallShapes.TryGetCall(operation, ShapeWalk.EntriesOf(operation.SemanticModel!.Compilation), out _, out var operands, out _)
            ? operands.Select(Declaration.Of).OfType<Location>().Distinct()
            : [];
}
