using System.Collections.Immutable;
using GradGen.Compiler.Advice;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace GradGen.Compiler.Analyzers;

/// <summary>
/// Reads every method marked [Differentiable] as the generator does, and reports what stands in the way: GRAD0001,
/// 0003, 0006, 2001–2005, 2013; GRAD9001, if the gradient does not stand its check; the advice on floating point, GRAD4001–4007; and shape errors that only show once a generic helper's sizes are known.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class DifferentiableAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Descriptors.MustBePartial,
        Descriptors.TypeNotDifferentiable,
        Descriptors.OneEntry,
        Descriptors.NameTaken,
        Descriptors.NotSupported,
        Descriptors.NoDerivative,
        Descriptors.WritesState,
        Descriptors.ZeroDerivative,
        Descriptors.NoInfluence,
        Descriptors.Decision,
        Descriptors.Recursion,
        Descriptors.CannotBeRead,
        Descriptors.InnerSizes,
        Descriptors.DifferentShapes,
        Descriptors.ColumnProduct,
        Descriptors.OutOfRange,
        Descriptors.NotSquare,
        Descriptors.StackSizes,
        Descriptors.Aliased,
        Descriptors.SelfCheckFailed,
        Descriptors.RootOfZero,
        Descriptors.DivisorOfZero,
        Descriptors.UnstableForm,
        Descriptors.GuardedValue,
        Descriptors.Subgradient,
        Descriptors.LostDigits,
    ];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.Method);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        foreach (var diagnostic in Of((IMethodSymbol)context.Symbol, context.Compilation, context.CancellationToken))
        {
            context.ReportDiagnostic(diagnostic);
        }
    }

    /// <summary>What is reported about a method.</summary>
    public static IEnumerable<Diagnostic> Of(IMethodSymbol method, Compilation compilation, CancellationToken cancellation)
    {
        if (method.PartialDefinitionPart is not null)
        {
            yield break; // It comes here with both of its parts.
        }

        foreach (var attribute in method.GetAttributes())
        {
            var name = attribute.AttributeClass?.Name;
            var isEarly = name is "DifferentiableAttribute" && method.MethodKind is not (MethodKind.Ordinary or MethodKind.LocalFunction);
            if (isEarly && RuntimeSymbols.HasAttribute(method, name!))
            {
                var location = attribute.ApplicationSyntaxReference is { } reference ? Location.Create(reference.SyntaxTree, reference.Span) : method.Locations[0];
                yield return Diagnostic.Create(
                    Descriptors.NotSupported, location, $"[{name!.Replace("Attribute", "")}] on '{method.Name}' has no effect in this version of GradGen: it is not supported yet");
            }
        }

        if (method.MethodKind != MethodKind.Ordinary || !RuntimeSymbols.HasAttribute(method, "DifferentiableAttribute"))
        {
            yield break;
        }

        var read = ModelReader.Read(method, compilation, cancellation);
        foreach (var problem in read.Problems.Concat(read.Advice))
        {
            if (!problem.IsReportedElsewhere)
            {
                yield return Diagnostic.Create(problem.Descriptor, problem.Location, problem.Arguments);
            }
        }

        if (read is not { Model: { Function: { } function } model, Problems.IsEmpty: true })
        {
            yield break;
        }

        ImmutableArray<bool> differentiated = [.. model.Parameters.Select(p => p.IsDifferentiated)];
        if (model.IsSelfChecked && Refutation(method, function, differentiated, cancellation) is { } refuted)
        {
            yield return refuted;
        }

        foreach (var remark in Remarks(method, read, function, differentiated, compilation, cancellation))
        {
            yield return remark;
        }

        foreach (var parameter in Influence.Missing(method, model, function))
        {
            yield return Diagnostic.Create(
                Descriptors.NoInfluence, parameter.Locations[0], $"'{method.Name}' does not depend on '{parameter.Name}': its gradient is always 0");
        }
    }

    /// <summary>GRAD9001.</summary>
    private static Diagnostic? Refutation(IMethodSymbol method, Function function, ImmutableArray<bool> differentiated, CancellationToken cancellation)
    {
        var check = SelfCheck.Of(function, () => GradientFunction.Run(function, differentiated).Expanded, differentiated, cancellation);
        return check.Verdict != SelfCheckVerdict.Refuted ? null : Diagnostic.Create(
            Descriptors.SelfCheckFailed, method.Locations[0],
            $"GradGen found its own gradient of '{method.Name}' wrong and has not written it: {check.Reason}; please report this with the method's text");
    }

    /// <summary>GRAD0005 and GRAD4001–4007, in the method's own text.</summary>
    private static IEnumerable<Diagnostic> Remarks(
        IMethodSymbol method, ReadMethod read, Function function, ImmutableArray<bool> differentiated, Compilation compilation, CancellationToken cancellation)
    {
        if ((method.PartialImplementationPart ?? method).DeclaringSyntaxReferences is not [var reference] || read.Origins.Tree != reference.SyntaxTree)
        {
            yield break;
        }

#pragma warning disable RS1030 // The method is read as a whole, not node by node.
        var model = compilation.GetSemanticModel(reference.SyntaxTree);
#pragma warning restore RS1030
        var syntax = reference.GetSyntax(cancellation);
        if (syntax is MethodDeclarationSyntax declaration && OneEntry.Of(declaration, model, cancellation) is var (type, _))
        {
            yield return Diagnostic.Create(
                Descriptors.OneEntry, type.GetLocation(), $"The result of '{method.Name}' is a 1×1 matrix, not a number: return {(method.ReturnType as INamedTypeSymbol)?.TypeArguments[0].ToDisplayString()}");
        }

        foreach (var remark in NumericsAdvice.On(function, differentiated, read.Origins, model, syntax, cancellation))
        {
            yield return Diagnostic.Create(remark.Descriptor, remark.Expression.GetLocation(), Repair.ToProperties(remark.Repairs), remark.Message);
        }
    }
}
