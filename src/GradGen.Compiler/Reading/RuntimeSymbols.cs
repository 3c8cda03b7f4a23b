using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Reading;

/// <summary>
/// The runtime library as the compiler sees it: which C# type has which shape, which method is which operation. By
/// names and attributes, so that nothing need be resolved first.
/// </summary>
internal static class RuntimeSymbols
{
    public const string Namespace = "GradGen";
    public const string DifferentiableAttribute = "GradGen.DifferentiableAttribute";
    public const string DimensionAttribute = "GradGen.DimensionAttribute";

    public static bool HasAttribute(ISymbol symbol, string name) => AttributeOf(symbol, name) is not null;

    public static AttributeData? AttributeOf(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(a => a.AttributeClass is { } c && c.Name == name && IsRuntime(c));

    public static bool IsObsolete(ISymbol symbol) => symbol.GetAttributes().Any(a => a.AttributeClass is { Name: "ObsoleteAttribute" });

    /// <summary>
    /// The scalar type and shape of a C# type: double, float, int, enums, bool, Vector, Matrix, those of System.Numerics
    /// (<see cref="NumericsTypes"/>), and arrays and spans of these. Null for any other type, and where a dimension has no
    /// size (a type parameter that <paramref name="resolve"/> does not know).
    /// </summary>
    public static TensorType? TypeOf(ITypeSymbol? type, Func<ITypeSymbol, ITypeSymbol>? resolve = null)
    {
        if (type is null)
        {
            return null;
        }

        type = resolve?.Invoke(type) ?? type;
        if (ScalarOf(type) is { } scalar)
        {
            return new TensorType(scalar, Shape.Scalar);
        }

        if (NumericsTypes.Of(type) is { } numerics)
        {
            return numerics.Type;
        }

        if (ElementOf(type) is { } element)
        {
            return !IsEnum(resolve?.Invoke(element) ?? element) && TypeOf(element, resolve) is { IsTensor: true } each ? each.Array : null;
        }

        if (!IsMatrixOrVector(type) || type is not INamedTypeSymbol { TypeArguments: var arguments }
            || ScalarOf(resolve?.Invoke(arguments[0]) ?? arguments[0]) is not { } entry)
        {
            return null;
        }

        return SizeOf(arguments[1], resolve) is not { } rows ? null
            : arguments.Length == 2 ? new TensorType(entry, Shape.Of(rows, 1))
            : SizeOf(arguments[2], resolve) is { } columns && (long)rows * columns <= int.MaxValue
                ? new TensorType(entry, Shape.Of(rows, columns))
            : null;
    }

    /// <summary>The type of the elements of a one-dimensional array or a span; null for any other type.</summary>
    public static ITypeSymbol? ElementOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { IsSZArray: true } array => array.ElementType,
        INamedTypeSymbol { Name: "ReadOnlySpan" or "Span", TypeArguments: [var element], ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } => element,
        _ => null,
    };

    public static bool IsMatrixOrVector(ITypeSymbol type) => IsMatrix(type) || IsVector(type);

    public static bool IsMatrix(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "Matrix", TypeArguments.Length: 3 } && IsRuntime(type);

    public static bool IsVector(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "Vector", TypeArguments.Length: 2 } && IsRuntime(type);

    /// <summary>
    /// The size of a dimension: what its <c>[Dimension(n)]</c> says, the sum for Plus. Null if it has none, or one
    /// below 1.
    /// </summary>
    public static int? SizeOf(ITypeSymbol dimension, Func<ITypeSymbol, ITypeSymbol>? resolve = null)
    {
        dimension = resolve?.Invoke(dimension) ?? dimension;
        if (dimension is INamedTypeSymbol { Name: "Plus", TypeArguments: [var left, var right] } && IsRuntime(dimension))
        {
            return SizeOf(left, resolve) is { } a && SizeOf(right, resolve) is { } b && (long)a + b <= int.MaxValue ? a + b : null;
        }

        return AttributeOf(dimension, "DimensionAttribute") is { ConstructorArguments: [{ Value: int size }] } && size > 0
            ? size
            : null;
    }

    /// <summary>The operation that a runtime method, operator or property is; null if it is none.</summary>
    public static Operation? OperationOf(ISymbol symbol)
    {
        if (symbol.ContainingType is null || !IsRuntime(symbol.ContainingType.OriginalDefinition))
        {
            return null;
        }

        var attribute = AttributeOf(symbol.OriginalDefinition, "OperationAttribute");
        return attribute is { ConstructorArguments: [{ Value: string name }] } ? OperationTable.Find(name) : null;
    }

    /// <summary>Whether the type belongs to the runtime's namespace (C# 14's extension blocks nest in its classes).</summary>
    public static bool IsRuntime(ITypeSymbol type) =>
        type.ContainingNamespace is { Name: Namespace, ContainingNamespace.IsGlobalNamespace: true };

    private static ScalarType? ScalarOf(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Double => ScalarType.Float64,
        SpecialType.System_Single => ScalarType.Float32,
        SpecialType.System_Int32 => ScalarType.Int32,
        SpecialType.System_Boolean => ScalarType.Boolean,
        _ => IsEnum(type) ? ScalarType.Int32 : null,
    };

    /// <summary>An enum whose values are integers: it is computed with as with int.</summary>
    public static bool IsEnum(ITypeSymbol type) => type is INamedTypeSymbol
    {
        TypeKind: TypeKind.Enum,
        EnumUnderlyingType.SpecialType: SpecialType.System_Int32 or SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Int16 or SpecialType.System_UInt16,
    };
}
