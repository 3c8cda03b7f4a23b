using System.Collections.Immutable;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace GradGen.Compiler.Analyzers;

/// <summary>GRAD5001, 5002 and 5003: what a differentiable method or its gradient could compute at less cost.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class CostAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.ProductOrder, Descriptors.GeneratedSize, Descriptors.Repetition];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(RuntimeSymbols.DifferentiableAttribute) is not null)
            {
                start.RegisterOperationBlockAction(AnalyzeBlocks);
                start.RegisterSymbolAction(AnalyzeMethod, SymbolKind.Method);
            }
        });
    }

    private static void AnalyzeBlocks(OperationBlockAnalysisContext context)
    {
        if (context.OwningSymbol is not IMethodSymbol method)
        {
            return;
        }

        foreach (var advice in context.OperationBlocks.SelectMany(b => CostAdvice.Of(method, b, b.SemanticModel!, context.CancellationToken)))
        {
            context.ReportDiagnostic(Diagnostic.Create(advice.Descriptor, advice.Location, advice.Others, advice.Facts, advice.Message));
        }
    }

    private static void AnalyzeMethod(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method is { MethodKind: MethodKind.Ordinary, PartialDefinitionPart: null } && RuntimeSymbols.HasAttribute(method, "DifferentiableAttribute")
            && GeneratedSize.MessageFor(method, context.CancellationToken) is { } message)
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.GeneratedSize, method.Locations[0], message));
        }
    }
}
