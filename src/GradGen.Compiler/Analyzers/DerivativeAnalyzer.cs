using System.Collections.Immutable;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Analyzers;

/// <summary>GRAD2012: a method marked [DerivativeOf] that is not the derivative of the method it names.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class DerivativeAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.WrongDerivative];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(
            c => Analyze((IMethodSymbol)c.Symbol, c.Compilation, c.ReportDiagnostic, c.CancellationToken), SymbolKind.Method);
        context.RegisterOperationAction(
            c => Analyze(((ILocalFunctionOperation)c.Operation).Symbol, c.Compilation, c.ReportDiagnostic, c.CancellationToken), OperationKind.LocalFunction);
    }

    private static void Analyze(IMethodSymbol method, Compilation compilation, Action<Diagnostic> report, CancellationToken cancellation)
    {
        // A partial method comes here with both of its parts.
        if (method.PartialDefinitionPart is null
            && RuntimeSymbols.HasAttribute(method, "DerivativeOfAttribute")
            && CustomDerivatives.Of(compilation, cancellation).ProblemOf(method) is { } problem)
        {
            report(Diagnostic.Create(problem.Descriptor, problem.Location, problem.Arguments));
        }
    }
}
