using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Analyzers;

/// <summary>Two dimensions of equal size that go together in an operation, though the user gave them two names.</summary>
/// <param name="Left">The one on the left.</param>
/// <param name="Right">The one on the right.</param>
internal sealed record MixedNames(NamedSide Left, NamedSide Right)
{
    public string Message(int size) =>
        $"'{Left.Dimension.Name}' and '{Right.Dimension.Name}' are both {size}, and two dimensions: {Left.Name} of the left side go together with {Right.Name} of the right side";
}

/// <summary>One of the sizes of an operand.</summary>
/// <param name="Operand">The operand.</param>
/// <param name="Dimension">The dimension.</param>
/// <param name="Index">Which of its sizes: of a matrix 0 or 1, of a vector 0.</param>
internal sealed record NamedSide(IOperation Operand, INamedTypeSymbol Dimension, int Index)
{
    /// <summary>What people call the size.</summary>
    public string Name => Operand.Type is INamedTypeSymbol { TypeArguments.Length: 2 } ? "the entries" : Index == 0 ? "the rows" : "the columns";
}

/// <summary>The names that users gave to sizes, with <c>[Dimension(16)] struct Hidden</c>.</summary>
internal static class DimensionNames
{
    /// <summary>The dimensions with names of their own that an operation's operands have, each once.</summary>
    public static IReadOnlyList<INamedTypeSymbol> Of(IOperation operation, Func<ITypeSymbol, ITypeSymbol> resolve) =>
        CallShapes.TryGetCall(operation, resolve, out _, out var operands, out _)
            ? [.. operands.SelectMany(DimensionsOf).Where(IsOwn).Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default)]
            : [];

    /// <summary>What a message says of the sizes in it that have names; "" where none has.</summary>
    public static string Sentence(IReadOnlyList<INamedTypeSymbol> names)
    {
        var said = names.Select(n => $"{n.Name} is {RuntimeSymbols.SizeOf(n)}").ToList();
        return said.Count == 0 ? "" : string.Join(", ", said.Take(said.Count - 1)) + (said.Count > 1 ? " and " : "") + said[said.Count - 1] + ".";
    }

    /// <summary>Where the sizes are said.</summary>
    public static IEnumerable<Location> Declarations(IEnumerable<INamedTypeSymbol> names) =>
        names.SelectMany(n => n.Locations.Where(l => l.IsInSource).Take(1));

    /// <summary>
    /// Two names for one size. Which sizes go together in an operation, the operation's own rule says: those that must change
    /// together.
    /// </summary>
    public static MixedNames? MixedIn(IOperation operation, Func<ITypeSymbol, ITypeSymbol> resolve)
    {
        if (!CallShapes.TryGetCall(operation, resolve, out var row, out var operands, out var attributes) || operands.Length < 2 || row.Arity < 2)
        {
            return null;
        }

        var dimensions = operands.Select(o => DimensionsOf(o).ToList()).ToList();
        if (dimensions.Count(d => d.Any(IsOwn)) < 2 || CallShapes.OperandTypes(operation, row, operands, resolve) is not { } types)
        {
            return null;
        }

        for (var right = 1; right < operands.Length; right++)
        {
            for (var left = 0; left < right; left++)
            {
                for (var (i, j) = (0, 0); i < dimensions[left].Count; (i, j) = j + 1 < dimensions[right].Count ? (i, j + 1) : (i + 1, 0))
                {
                    if (j < dimensions[right].Count && dimensions[left][i] is var a && dimensions[right][j] is var b
                        && IsOwn(a) && IsOwn(b) && !SymbolEqualityComparer.Default.Equals(a, b) && RuntimeSymbols.SizeOf(a) == RuntimeSymbols.SizeOf(b)
                        && GoTogether(row, types, attributes, (left, i), (right, j)))
                    {
                        return new MixedNames(new NamedSide(operands[left], a, i), new NamedSide(operands[right], b, j));
                    }
                }
            }
        }

        return null;
    }

    private static bool GoTogether(Operation row, System.Collections.Immutable.ImmutableArray<TensorType> types, Attributes attributes, (int Operand, int Side) left, (int Operand, int Side) right)
    {
        bool Fits(params (int Operand, int Side)[] grown)
        {
            var changed = types;
            foreach (var (operand, side) in grown)
            {
                var shape = changed[operand].Shape;
                changed = changed.SetItem(operand, changed[operand].With(Shape.Of(shape.Rows + (side == 0 ? 1 : 0), shape.Columns + (side == 1 ? 1 : 0))));
            }

            return Builder.Infer(row, changed, attributes).Error is null;
        }

        return Fits() && !Fits(left) && !Fits(right) && Fits(left, right);
    }

    /// <summary>Rows and columns, or the one size of a vector.</summary>
    private static IEnumerable<INamedTypeSymbol> DimensionsOf(IOperation operand) =>
        operand.Type is INamedTypeSymbol type && RuntimeSymbols.IsMatrixOrVector(type) ? type.TypeArguments.Skip(1).OfType<INamedTypeSymbol>() : [];

    /// <summary>Not one of the library's N1, N2, …, which are only numbers.</summary>
    private static bool IsOwn(INamedTypeSymbol dimension) =>
        RuntimeSymbols.HasAttribute(dimension, "DimensionAttribute") && dimension.ContainingNamespace is not { Name: RuntimeSymbols.Namespace, ContainingNamespace.IsGlobalNamespace: true };
}
