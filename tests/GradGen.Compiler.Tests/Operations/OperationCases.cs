using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Tests;

/// <summary>
/// The cases of every operation but control flow, a file a family. A new row brings its cases here, at two or more
/// unequal shapes.
/// </summary>
internal static partial class OperationCases
{
    private static readonly TensorType Real = Types.Real;
    private static readonly TensorType Integer = TensorType.Int32;

    public static ImmutableArray<OperationCase> All { get; } =
        [.. Scalars(), .. Conditions(), .. Matrices(), .. Reducing(), .. Moving(), .. Networks()];

    private static TensorType Of(int rows, int columns) => Types.Of(rows, columns);

    /// <summary>An operand with entries of both signs between ±0.1 and ±1: away from the kink at 0.</summary>
    private static Operand Signed(TensorType type) => new(type, 0.1, 1) { BothSigns = true };

    private static Operand Within(TensorType type, double low, double high) => new(type, low, high);

    private static OperationCase Case(
        Operation operation, ImmutableArray<Operand> operands, Func<Tensor[], double[]> expected, params int[] integers) =>
        new(operation, Attributes.Of(integers), operands, expected);

    /// <summary>A function entry by entry: one shape of the result, scalars standing for all their entries.</summary>
    private static OperationCase ByEntry(Operation operation, Func<double[], double> function, params Operand[] operands) =>
        Case(operation, [.. operands], t => EntryByEntry(t, function));

    /// <summary>The case with operands whose entries are never close to each other: away from the kink where they are equal.</summary>
    private static OperationCase Apart(OperationCase @case) =>
        @case with { Operands = [.. @case.Operands.Select((o, i) => o with { Apart = 0.03 * i })] };

    private static double[] EntryByEntry(Tensor[] operands, Func<double[], double> function) =>
    [
        .. Enumerable.Range(0, operands.Max(o => o.Entries.Length))
            .Select(e => function([.. operands.Select(o => o.Entries[o.Entries.Length == 1 ? 0 : e])])),
    ];

    /// <summary>The entries of a rows×columns matrix, in row-major order.</summary>
    private static double[] Table(int rows, int columns, Func<int, int, double> entry) =>
        [.. Enumerable.Range(0, rows * columns).Select(e => entry(e / columns, e % columns))];

    private static double At(this Tensor tensor, int row, int column) =>
        row >= 0 && row < tensor.Shape.Rows && column >= 0 && column < tensor.Shape.Columns
            ? tensor.Entries[(row * tensor.Shape.Columns) + column]
            : throw new ArgumentOutOfRangeException(nameof(row));

    private static Tensor Transposed(Tensor a) => new(
        a.Shape.Transposed, Table(a.Shape.Columns, a.Shape.Rows, (i, j) => a.At(j, i)));

    private static Tensor Product(Tensor a, Tensor b) => new(
        Shape.Of(a.Shape.Rows, b.Shape.Columns),
        Table(a.Shape.Rows, b.Shape.Columns, (i, j) => Enumerable.Range(0, a.Shape.Columns).Sum(k => a.At(i, k) * b.At(k, j))));
}
