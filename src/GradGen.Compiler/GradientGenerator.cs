using System.Text;
using GradGen.Compiler.Emission;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.Compiler;

/// <summary>Writes the backward method of every method marked [Differentiable], and the Size of every [Dimension].</summary>
[Generator(LanguageNames.CSharp)]
internal sealed class GradientGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var methods = context.SyntaxProvider
            .ForAttributeWithMetadataName(RuntimeSymbols.DifferentiableAttribute, IsMethod, Read)
            .WithTrackingName(GeneratorSteps.Read)
            .Where(model => model is not null)
            .Select(Emit)
            .WithTrackingName(GeneratorSteps.Emit);
        context.RegisterSourceOutput(methods, AddSource);

        var dimensions = context.SyntaxProvider
            .ForAttributeWithMetadataName(RuntimeSymbols.DimensionAttribute, IsStruct, ReadDimension)
            .WithTrackingName(GeneratorSteps.ReadDimension)
            .Where(model => model is not null)
            .Select(EmitDimension)
            .WithTrackingName(GeneratorSteps.EmitDimension);
        context.RegisterSourceOutput(dimensions, AddSource);
    }

    private static bool IsMethod(SyntaxNode node, CancellationToken cancellation) => node is MethodDeclarationSyntax;

    private static bool IsStruct(SyntaxNode node, CancellationToken cancellation) => node is StructDeclarationSyntax or RecordDeclarationSyntax;

    private static GradientModel? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation) =>
        context.TargetSymbol is IMethodSymbol method
            ? ReadingMemory.Read(method, context.TargetNode, context.SemanticModel.Compilation, cancellation)
            : null;

    private static DimensionModel? ReadDimension(GeneratorAttributeSyntaxContext context, CancellationToken cancellation) =>
        context.TargetSymbol is INamedTypeSymbol type ? ModelReader.ReadDimension(type, cancellation) : null;

    private static GeneratedFile Emit(GradientModel? model, CancellationToken cancellation) =>
        new(model!.HintName, GradientEmitter.Emit(model, cancellation: cancellation));

    private static GeneratedFile EmitDimension(DimensionModel? model, CancellationToken cancellation) =>
        new(model!.HintName, DimensionEmitter.Emit(model));

    private static void AddSource(SourceProductionContext context, GeneratedFile file) =>
        context.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8));
}

/// <summary>The names of the pipeline's steps, for the tests of what is cached.</summary>
internal static class GeneratorSteps
{
    public const string Read = nameof(Read);
    public const string Emit = nameof(Emit);
    public const string ReadDimension = nameof(ReadDimension);
    public const string EmitDimension = nameof(EmitDimension);
}

/// <summary>A generated file.</summary>
internal sealed record GeneratedFile(string HintName, string Text);
