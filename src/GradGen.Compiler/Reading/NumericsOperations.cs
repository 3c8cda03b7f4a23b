using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Reading;

/// <summary>What a method, operator, constructor or property of System.Numerics computes, in the rows of the IR.</summary>
/// <param name="Signature">Itself, as C# writes it: <c>Vector3.Dot(Vector3, Vector3)</c>, <c>Vector3 + Vector3</c>.</param>
/// <param name="Formula">
/// The result, of the receiver (if there is one) and the arguments; what has neither gets a 1, for its scalar type.
/// </param>
internal sealed record NumericsOperation(string Signature, Func<ImmutableArray<Term>, Term> Formula)
{
    public override string ToString() => Signature;
}

/// <summary>
/// System.Numerics: every member that is differentiated, with its formula. A vector is a column v here; System.Numerics
/// takes it for a row, so that its <c>Transform(v, M)</c> is Mᵀ·v, and the matrix that acts first stands on the left.
/// Arguments that a method refuses with an exception give what the formula gives.
/// </summary>
internal static partial class NumericsOperations
{
    /// <summary>What a letter stands for in the signatures below.</summary>
    private static readonly Dictionary<string, string[]> Placeholders = new()
    {
        ["V"] = ["Vector2", "Vector3", "Vector4"],
        ["Q"] = ["Vector2", "Vector3", "Vector4", "Quaternion"],
        ["M"] = ["Matrix3x2", "Matrix4x4"],
        ["T"] = ["Vector2", "Vector3", "Vector4", "Quaternion", "Matrix3x2", "Matrix4x4"],
    };

    public static readonly ImmutableArray<NumericsOperation> All =
    [
        .. EntryByEntry(), .. Vectors(), .. Transforms(), .. Quaternions(), .. Planes(),
        .. Matrices(), .. PlaneMatrices(), .. SpaceMatrices(), .. Cameras(),
    ];

    private static readonly Dictionary<string, NumericsOperation> BySignature = All.ToDictionary(o => o.Signature);

    /// <summary>The operation that a symbol is; null if it is none.</summary>
    public static NumericsOperation? Of(ISymbol? symbol) =>
        symbol is not null && NumericsTypes.IsNumerics(symbol.ContainingType) && SignatureOf(symbol) is { } signature
            && BySignature.TryGetValue(signature, out var operation)
            ? operation
            : null;

    private static string? SignatureOf(ISymbol symbol) => symbol switch
    {
        IPropertySymbol { Parameters.IsEmpty: true } => symbol.ContainingType.Name + "." + symbol.Name,
        IMethodSymbol { IsGenericMethod: true } => null,
        IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator, Parameters: [var operand] } =>
            OperatorOf(symbol.Name) + NameOf(operand),
        IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator, Parameters: [var left, var right] } =>
            NameOf(left) + " " + OperatorOf(symbol.Name) + " " + NameOf(right),
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor =>
            "new " + symbol.ContainingType.Name + ListOf(constructor.Parameters),
        IMethodSymbol method => symbol.ContainingType.Name + "." + symbol.Name + ListOf(method.Parameters),
        _ => null,
    };

    private static string ListOf(ImmutableArray<IParameterSymbol> parameters) => "(" + string.Join(", ", parameters.Select(NameOf)) + ")";

    private static string NameOf(IParameterSymbol parameter) =>
        (parameter.RefKind is RefKind.Out or RefKind.Ref ? "ref " : "") + parameter.Type.SpecialType switch
        {
            SpecialType.System_Single => "float",
            SpecialType.None when NumericsTypes.Of(parameter.Type) is { } type => type.Name,
            _ => "?",
        };

    private static string OperatorOf(string name) => name switch
    {
        "op_Addition" or "op_UnaryPlus" => "+",
        "op_Subtraction" or "op_UnaryNegation" => "-",
        "op_Multiply" => "*",
        "op_Division" => "/",
        "op_Equality" => "==",
        "op_Inequality" => "!=",
        _ => name,
    };

    private static IEnumerable<NumericsOperation> Row(string signatures, Func<Term, Term> formula) => Rows(signatures, o => formula(o[0]));

    private static IEnumerable<NumericsOperation> Row(string signatures, Func<Term, Term, Term> formula) =>
        Rows(signatures, o => formula(o[0], o[1]));

    private static IEnumerable<NumericsOperation> Row(string signatures, Func<Term, Term, Term, Term> formula) =>
        Rows(signatures, o => formula(o[0], o[1], o[2]));

    private static IEnumerable<NumericsOperation> Row(string signatures, Func<Term, Term, Term, Term, Term> formula) =>
        Rows(signatures, o => formula(o[0], o[1], o[2], o[3]));

    private static IEnumerable<NumericsOperation> Row(string signatures, Operation row) =>
        Rows(signatures, o => o[0].Apply(row, [.. o.Skip(1)]));

    /// <summary>A row for each of the signatures, and each type that a letter in them stands for.</summary>
    private static IEnumerable<NumericsOperation> Rows(string signatures, Func<ImmutableArray<Term>, Term> formula)
    {
        foreach (var signature in signatures.Split([" | "], StringSplitOptions.None))
        {
            var letter = Regex.Match(signature, @"\b[VQMT]\b").Value;
            if (letter.Length == 0)
            {
                yield return new NumericsOperation(signature, formula);
                continue;
            }

            foreach (var type in Placeholders[letter])
            {
                yield return new NumericsOperation(Regex.Replace(signature, @"\b" + letter + @"\b", type), formula);
            }
        }
    }
}
