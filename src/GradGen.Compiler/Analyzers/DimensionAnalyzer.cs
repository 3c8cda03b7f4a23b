using System.Collections.Immutable;
using System.Globalization;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace GradGen.Compiler.Analyzers;

/// <summary>GRAD0004: dimensions without an interface, a size, or a size that a matrix can have.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class DimensionAnalyzer : DiagnosticAnalyzer
{
    private const string Interface = "GradGen.IDimension";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.InvalidDimension];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(Interface) is { } dimension)
            {
                start.RegisterSymbolAction(c => AnalyzeDeclaration(c, dimension), SymbolKind.NamedType);
                start.RegisterSyntaxNodeAction(AnalyzeSizes, SyntaxKind.GenericName);
                start.RegisterSyntaxNodeAction(c => AnalyzeMethod(c, dimension), SyntaxKind.MethodDeclaration);
            }
        });
    }

    /// <summary>What the struct itself must say.</summary>
    private static void AnalyzeDeclaration(SymbolAnalysisContext context, INamedTypeSymbol dimension)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (RuntimeSymbols.AttributeOf(type, "DimensionAttribute") is not { } attribute || type.TypeKind != TypeKind.Struct)
        {
            return;
        }

        var syntax = attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken);
        var location = type.Locations.FirstOrDefault(l => l.SourceTree == syntax?.SyntaxTree) ?? type.Locations.FirstOrDefault();
        if (location is null || attribute.ConstructorArguments is not [{ Value: int size }])
        {
            return;
        }

        var named = $"'{type.Name}' has [Dimension({size.ToString(CultureInfo.InvariantCulture)})]";
        var related = syntax is null ? null : new[] { syntax.GetLocation() };
        if (!Implements(type, dimension))
        {
            Report($"{named} but does not name IDimension: write 'partial struct {type.Name} : IDimension'");
        }
        else if (size < 1)
        {
            location = (syntax as AttributeSyntax)?.ArgumentList?.Arguments.FirstOrDefault()?.GetLocation() ?? location;
            related = null;
            Report($"{named}: a size is at least 1");
        }
        else if (!HasSize(type, dimension) && NotPartial(type) is { } around)
        {
            Report(SymbolEqualityComparer.Default.Equals(around, type)
                ? $"{named} but is not partial, so that GradGen cannot write its Size: write 'partial struct {type.Name} : IDimension'"
                : $"{named} but '{around.Name}' around it is not partial, so that GradGen cannot write its Size");
        }

        void Report(string message) => context.ReportDiagnostic(
            Diagnostic.Create(Descriptors.InvalidDimension, location, related, message));
    }

    /// <summary>Matrices and sums of dimensions that are too large.</summary>
    private static void AnalyzeSizes(SyntaxNodeAnalysisContext context)
    {
        var name = (GenericNameSyntax)context.Node;
        if (name.Identifier.ValueText is not ("Matrix" or "Plus")
            || context.SemanticModel.GetTypeInfo(name, context.CancellationToken).Type is not INamedTypeSymbol type)
        {
            return;
        }

        if (RuntimeSymbols.IsMatrix(type)
            && RuntimeSymbols.SizeOf(type.TypeArguments[1]) is { } rows
            && RuntimeSymbols.SizeOf(type.TypeArguments[2]) is { } columns
            && (long)rows * columns > int.MaxValue)
        {
            Report(ShapeMessages.TooLarge(rows, columns));
        }
        else if (type is { Name: "Plus", TypeArguments: [var left, var right] }
            && RuntimeSymbols.SizeOf(left) is { } a
            && RuntimeSymbols.SizeOf(right) is { } b
            && RuntimeSymbols.SizeOf(type) is null
            && (long)a + b > int.MaxValue)
        {
            var sum = ((long)a + b).ToString(CultureInfo.InvariantCulture);
            Report($"'{name}' cannot be a dimension: its size would be {sum}, more than 2147483647.");
        }

        void Report(string message) => context.ReportDiagnostic(
            Diagnostic.Create(Descriptors.InvalidDimension, name.GetLocation(), message));
    }

    /// <summary>Dimensions without <c>[Dimension]</c> in a differentiable method, each where it is first used.</summary>
    private static void AnalyzeMethod(SyntaxNodeAnalysisContext context, INamedTypeSymbol dimension)
    {
        var method = (MethodDeclarationSyntax)context.Node;
        if (method.AttributeLists.Count == 0
            || context.SemanticModel.GetDeclaredSymbol(method, context.CancellationToken) is not { } symbol
            || !RuntimeSymbols.HasAttribute(symbol, "DifferentiableAttribute"))
        {
            return;
        }

        var reported = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var name in method.DescendantNodes().OfType<GenericNameSyntax>())
        {
            if (name.Identifier.ValueText is not ("Matrix" or "Vector" or "Plus"))
            {
                continue;
            }

            foreach (var argument in name.TypeArgumentList.Arguments)
            {
                if (context.SemanticModel.GetTypeInfo(argument, context.CancellationToken).Type is INamedTypeSymbol type
                    && IsWithoutSize(type, dimension)
                    && reported.Add(type))
                {
                    context.ReportDiagnostic(Diagnostic.Create(
                        Descriptors.InvalidDimension,
                        argument.GetLocation(),
                        type.Locations.Where(l => l.IsInSource),
                        $"'{type.Name}' has no [Dimension(n)]: '{symbol.Name}' is differentiated when the program is compiled, "
                        + "and needs to know the size then"));
                }
            }
        }
    }

    private static bool IsWithoutSize(INamedTypeSymbol type, INamedTypeSymbol dimension) =>
        type.TypeKind == TypeKind.Struct
        && Implements(type, dimension)
        && !RuntimeSymbols.HasAttribute(type, "DimensionAttribute")
        && !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, dimension.ContainingAssembly);

    private static bool Implements(INamedTypeSymbol type, INamedTypeSymbol dimension) =>
        type.AllInterfaces.Contains(dimension, SymbolEqualityComparer.Default);

    private static bool HasSize(INamedTypeSymbol type, INamedTypeSymbol dimension) =>
        dimension.GetMembers("Size").FirstOrDefault() is { } size && type.FindImplementationForInterfaceMember(size) is not null;

    /// <summary>The first type, from the inside, that cannot have another part.</summary>
    private static INamedTypeSymbol? NotPartial(INamedTypeSymbol type)
    {
        for (var around = type; around is not null; around = around.ContainingType)
        {
            if (!around.DeclaringSyntaxReferences.Any(
                r => r.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword)))
            {
                return around;
            }
        }

        return null;
    }
}
