using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Tests;

internal static partial class OperationCases
{
    private static IEnumerable<OperationCase> Conditions() =>
    [
        .. Binary(Comparisons.Less, (a, b) => a < b ? 1 : 0).Select(Apart),
        .. Binary(Comparisons.LessEqual, (a, b) => a <= b ? 1 : 0).Select(Apart),
        .. Binary(Comparisons.Equal, (a, b) => a == b ? 1 : 0).Select(Apart),
        .. Binary(Comparisons.NotEqual, (a, b) => a != b ? 1 : 0).Select(Apart),
        .. Binary(Comparisons.GreaterMask, (a, b) => a > b ? 1 : 0).Select(Apart),
        .. Binary(Comparisons.LessMask, (a, b) => a < b ? 1 : 0).Select(Apart),
        .. Logical(Comparisons.And, (a, b) => a && b),
        .. Logical(Comparisons.Or, (a, b) => a || b),
        .. Shapes.Select(s => ByEntry(Comparisons.Not, x => x[0] == 0 ? 1 : 0, Condition(s))),
        .. Shapes.Select(s => ByEntry(Comparisons.IsNegative, x => double.IsNegative(x[0]) ? 1 : 0, Signed(s))),
        .. Ternary.Select(s => ByEntry(
            Comparisons.Choose, x => x[0] != 0 ? x[1] : x[2], Condition(s.First), Within(s.Second, -1, 1), Within(s.Third, -1, 1))),
        ByEntry(Comparisons.Choose, x => x[0] != 0 ? x[1] : x[2], Condition(Of(2, 3)), Within(Real, -1, 1), Within(Real, -1, 1)),
        .. Ternary.Select(s => ByEntry(
            Comparisons.Where, x => x[0] != 0 ? x[1] : x[2], Signed(s.First), Within(s.Second, -1, 1), Within(s.Third, -1, 1))),
    ];

    private static Operand Condition(TensorType type) => new(type.With(ScalarType.Boolean), 0, 1);

    private static IEnumerable<OperationCase> Logical(Operation operation, Func<bool, bool, bool> function) =>
        Pairs.Select(s => ByEntry(
            operation, x => function(x[0] != 0, x[1] != 0) ? 1 : 0, Condition(s.Left), Condition(s.Right)));
}
