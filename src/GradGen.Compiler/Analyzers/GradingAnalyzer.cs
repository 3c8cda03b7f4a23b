using System.Collections.Immutable;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Grading;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace GradGen.Compiler.Analyzers;

/// <summary>GRAD3001–3012: gradients that somebody wrote by hand, marked [GradientOf], compared with the generated ones; GRAD2012 where their signature is wrong.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class GradingAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Descriptors.WrongDerivative,
        Descriptors.GradientTranspose,
        Descriptors.GradientHadamard,
        Descriptors.GradientMatrixProduct,
        Descriptors.GradientOrder,
        Descriptors.GradientFactor,
        Descriptors.GradientArgument,
        Descriptors.GradientConstant,
        Descriptors.GradientOfForm,
        Descriptors.GradientSum,
        Descriptors.GradientTerms,
        Descriptors.GradientLayout,
        Descriptors.GradientVerified,
    ];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.Method);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.PartialDefinitionPart is not null || !RuntimeSymbols.HasAttribute(method, "GradientOfAttribute"))
        {
            return;
        }

        var grade = Grades.Of(method, context.Compilation, context.CancellationToken);
        if (grade.Problem is { } problem)
        {
            context.ReportDiagnostic(Diagnostic.Create(problem.Descriptor, problem.Location, problem.Arguments));
        }

        foreach (var finding in grade.Findings)
        {
            context.ReportDiagnostic(Diagnostic.Create(finding.Descriptor, finding.Location, [grade.Claim!.Method.Locations[0]], GradeProperties.Of(finding, grade), finding.Message));
        }
    }
}
