using System.Collections.Immutable;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Grading;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace GradGen.Compiler.Analyzers;

/// <summary>
/// GRAD1001, 1002, 1004, 1005, 1006, 1007, 1009 and 1010: shapes that do not fit, anywhere in a project, or only by their numbers. One diagnostic a mistake, under
/// the smallest expression that is wrong.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class ShapeAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Descriptors.InnerSizes, Descriptors.DifferentShapes, Descriptors.ColumnProduct, Descriptors.ScalarCollapse, Descriptors.OutOfRange, Descriptors.NotSquare, Descriptors.StackSizes, Descriptors.MixedNames,
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

            foreach (var (operation, names) in walk.Mixed)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.MixedNames, operation.Syntax.GetLocation(), Declarations(operation).Concat(DimensionNames.Declarations([names.Left.Dimension, names.Right.Dimension])).Distinct(), null,
                    names.Message(RuntimeSymbols.SizeOf(names.Left.Dimension)!.Value)));
            }
        }
    }

    private static Diagnostic Describe(ShapeMistake mistake, ShapeWalk walk, SemanticModel model)
    {
        if (Collapse.Of(mistake, ShapeWalk.EntriesOf(model.Compilation)) is { } collapse)
        {
            var meant = collapse.Repairs(mistake, walk, model);
            return Diagnostic.Create(
                Descriptors.ScalarCollapse, collapse.Product.Syntax.GetLocation(), Origins(mistake.Operation).Concat(Origins(collapse.Product)).Distinct(),
                Repair.ToProperties(meant.Select(r => r.Repair)), Words([collapse.Message, Names(collapse.Product), .. meant.Select(r => r.Offer)]));
        }

        var repairs = Repairs.Of(mistake, walk, model);
        var offers = AreNamed(mistake, repairs.Count) ? [] : repairs.Select(r => r.Offer);
        return Diagnostic.Create(
            Problem.DescriptorOf(mistake.Error.Kind),
            mistake.Wrong.Syntax.GetLocation(),
            Origins(mistake.Operation),
            Repair.ToProperties(repairs.Select(r => r.Repair)),
            Words([mistake.Error.Message, Names(mistake.Operation), .. offers]));
    }

    /// <summary>The words for two columns name all products there are; none need be named again unless fewer fit.</summary>
    private static bool AreNamed(ShapeMistake mistake, int repairs) =>
        mistake.Error.Kind == ShapeErrorKind.ColumnProduct
        && repairs == (mistake.Error.Message.Contains("Hadamard") ? 3 : 1);

    private static string Words(IEnumerable<string> sentences) => string.Join(" ", sentences.Where(s => s.Length > 0));

    /// <summary>The names of the sizes that a message speaks of.</summary>
    private static string Names(IOperation operation) => DimensionNames.Sentence(NamesOf(operation));

    private static IReadOnlyList<INamedTypeSymbol> NamesOf(IOperation operation) => DimensionNames.Of(operation, ShapeWalk.EntriesOf(operation.SemanticModel!.Compilation));

    /// <summary>Where the operands are declared, and their sizes where these have names.</summary>
    private static IEnumerable<Location> Origins(IOperation operation) => Declarations(operation).Concat(DimensionNames.Declarations(NamesOf(operation))).Distinct();

    /// <summary>Where the operands are declared, and with them the sizes that clash.</summary>
    private static IEnumerable<Location> Declarations(IOperation operation) =>
        CallShapes.TryGetCall(operation, ShapeWalk.EntriesOf(operation.SemanticModel!.Compilation), out _, out var operands, out _)
            ? operands.Select(Declaration.Of).OfType<Location>().Distinct()
            : [];
}
