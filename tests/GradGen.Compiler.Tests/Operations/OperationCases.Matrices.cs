using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Tests;

internal static partial class OperationCases
{
    private static IEnumerable<OperationCase> Matrices() =>
    [
        .. Product(2, 3, 5),
        .. Product(3, 2, 1),
        .. Product(1, 4, 3),
        .. Product(4, 1, 2),
        .. Product(1, 3, 1),
        .. Full(ProductRows.Transpose, t => Transposed(t[0]).Entries, Of(2, 3), Of(3, 2), Of(5, 1), Of(1, 4), Of(1, 1)),
        .. Full(ProductRows.Gram, t => Product(Transposed(t[0]), t[0]).Entries, Of(2, 3), Of(3, 2), Of(5, 1), Of(1, 4)),
        Case(ProductRows.Outer, [Free(5, 1), Free(3, 1)], t => Product(t[0], Transposed(t[1])).Entries),
        Case(ProductRows.Outer, [Free(1, 1), Free(4, 1)], t => Product(t[0], Transposed(t[1])).Entries),
        Case(ProductRows.BilinearForm, [Free(2, 1), Free(2, 3), Free(3, 1)], t => Form(t[0], t[1], t[2])),
        Case(ProductRows.BilinearForm, [Free(5, 1), Free(5, 1), Free(1, 1)], t => Form(t[0], t[1], t[2])),
        Case(ProductRows.QuadraticForm, [Free(3, 1), Free(3, 3)], t => Form(t[0], t[1], t[0])),
        Case(ProductRows.QuadraticForm, [Free(4, 1), Free(4, 4)], t => Form(t[0], t[1], t[0])),
        Case(ProductRows.TraceOfProduct, [Free(2, 3), Free(3, 2)], t => Trace(Product(t[0], t[1]))),
        Case(ProductRows.TraceOfProduct, [Free(4, 1), Free(1, 4)], t => Trace(Product(t[0], t[1]))),
        Case(ProductRows.Cross, [Free(3, 1), Free(3, 1)], t => CrossOf(t[0].Entries, t[1].Entries)),
    ];

    private static double[] CrossOf(double[] a, double[] b) =>
        [(a[1] * b[2]) - (a[2] * b[1]), (a[2] * b[0]) - (a[0] * b[2]), (a[0] * b[1]) - (a[1] * b[0])];

    private static Operand Free(int rows, int columns) => Within(Of(rows, columns), -1, 1);

    /// <summary>An operation of one operand at each of the shapes.</summary>
    private static IEnumerable<OperationCase> Full(
        Operation operation, Func<Tensor[], double[]> expected, params TensorType[] types) =>
        types.Select(type => Case(operation, [Within(type, -1, 1)], expected));

    /// <summary>An m×k by k×n product under all four transposition flags.</summary>
    private static IEnumerable<OperationCase> Product(int m, int k, int n) =>
    [
        Case(ProductRows.MatMul, [Free(m, k), Free(k, n)], t => Product(t[0], t[1]).Entries),
        Case(ProductRows.MatMul, [Free(k, m), Free(k, n)], t => Product(Transposed(t[0]), t[1]).Entries, 1, 0),
        Case(ProductRows.MatMul, [Free(m, k), Free(n, k)], t => Product(t[0], Transposed(t[1])).Entries, 0, 1),
        Case(ProductRows.MatMul, [Free(k, m), Free(n, k)], t => Product(Transposed(t[0]), Transposed(t[1])).Entries, 1, 1),
    ];

    private static double[] Form(Tensor x, Tensor a, Tensor y) => Product(Product(Transposed(x), a), y).Entries;

    private static double[] Trace(Tensor a) => [Enumerable.Range(0, a.Shape.Rows).Sum(i => a.At(i, i))];
}
