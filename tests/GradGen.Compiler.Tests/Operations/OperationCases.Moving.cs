using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Tests;

internal static partial class OperationCases
{
    private static Operand FreeReal => Within(Real, -1, 1);

    private static IEnumerable<OperationCase> Moving() =>
    [
        new(Constants.Literal, new Attributes(2.5, new EquatableArray<int>([(int)ScalarType.Float64])), [], _ => [2.5]),
        Case(Constants.Fill, [FreeReal], t => Table(2, 3, (_, _) => t[0].Entries[0]), 2, 3),
        Case(Constants.Fill, [FreeReal], t => Table(1, 1, (_, _) => t[0].Entries[0]), 1, 1),
        Case(Constants.Zeros, [FreeReal], _ => Table(2, 3, (_, _) => 0), 2, 3),
        Case(Constants.Ones, [FreeReal], _ => Table(3, 1, (_, _) => 1), 3, 1),
        Case(Constants.Identity, [FreeReal], t => Table(3, 3, (i, j) => i == j ? t[0].Entries[0] : 0), 3, 3),

        Case(Gathers.Element, [Free(2, 3)], t => [t[0].At(1, 2)], 1, 2),
        Case(Gathers.Element, [Free(3, 2)], t => [t[0].At(2, 0)], 2, 0),
        Case(Gathers.Element, [Free(5, 1)], t => [t[0].At(3, 0)], 3),
        Case(Gathers.ToScalar, [Free(1, 1)], t => t[0].Entries),
        Case(Gathers.Place, [FreeReal], t => Table(2, 3, (i, j) => (i, j) == (1, 2) ? t[0].Entries[0] : 0), 1, 2, 2, 3),
        Case(Gathers.Place, [FreeReal], t => Table(5, 1, (i, j) => (i, j) == (3, 0) ? t[0].Entries[0] : 0), 3, 0, 5, 1),
        Case(Gathers.WithEntry, [Free(2, 3), FreeReal], t => Table(2, 3, (i, j) => (i, j) == (1, 2) ? t[1].Entries[0] : t[0].At(i, j)), 1, 2),
        Case(Gathers.WithEntry, [Free(5, 1), FreeReal], t => Table(5, 1, (i, j) => i == 3 ? t[1].Entries[0] : t[0].At(i, j)), 3),
        Case(Gathers.EntryAt, [Free(2, 3), Index(4)], t => [t[0].At(1, 1)]),
        Case(Gathers.EntryAt, [Free(5, 1), Index(0)], t => [t[0].At(0, 0)]),
        Case(Gathers.WithEntryAt, [Free(2, 3), FreeReal, Index(4)], t => Table(2, 3, (i, j) => (i, j) == (1, 1) ? t[1].Entries[0] : t[0].At(i, j))),
        Case(Gathers.WithEntryAt, [Free(5, 1), FreeReal, Index(0)], t => Table(5, 1, (i, j) => i == 0 ? t[1].Entries[0] : t[0].At(i, j))),
        Case(Gathers.InRange, [Index(3)], t => t[0].Entries, 4),
        Case(Gathers.PlaceAt, [FreeReal, Index(4)], t => Table(2, 3, (i, j) => (i, j) == (1, 1) ? t[0].Entries[0] : 0), 2, 3),
        Case(Gathers.PlaceAt, [FreeReal, Index(1)], t => Table(1, 4, (_, j) => j == 1 ? t[0].Entries[0] : 0), 1, 4),
        Case(Gathers.Block, [Free(3, 5)], t => Table(2, 3, (i, j) => t[0].At(i + 1, j + 2)), 1, 2, 2, 3),
        Case(Gathers.Block, [Free(5, 1)], t => Table(2, 1, (i, _) => t[0].At(i + 3, 0)), 3, 2, 1),
        Case(Gathers.Block, [Free(2, 3)], t => t[0].Entries, 0, 0, 2, 3),
        Case(Gathers.Pad, [Free(2, 3)], t => Table(3, 5, (i, j) => i >= 1 && j >= 2 ? t[0].At(i - 1, j - 2) : 0), 1, 2, 3, 5),
        Case(Gathers.Pad, [Free(2, 1)], t => Table(5, 1, (i, _) => i is 0 or 1 ? t[0].At(i, 0) : 0), 0, 0, 5, 1),
        Case(Gathers.Row, [Free(2, 3)], t => Table(1, 3, (_, j) => t[0].At(1, j)), 1),
        Case(Gathers.Row, [Free(5, 1)], t => Table(1, 1, (_, j) => t[0].At(4, j)), 4),
        Case(Gathers.Column, [Free(2, 3)], t => Table(2, 1, (i, _) => t[0].At(i, 2)), 2),
        Case(Gathers.Column, [Free(1, 4)], t => Table(1, 1, (i, _) => t[0].At(i, 0)), 0),
        Case(Gathers.Reshape, [Free(2, 3)], t => t[0].Entries, 3, 2),
        Case(Gathers.Reshape, [Free(1, 4)], t => t[0].Entries, 4, 1),
        Case(Gathers.Reshape, [Free(2, 3)], t => t[0].Entries, 2, 3),
        Case(Gathers.HStack, [Free(2, 3), Free(2, 1)], t => Table(2, 4, (i, j) => j < 3 ? t[0].At(i, j) : t[1].At(i, 0))),
        Case(Gathers.HStack, [Free(1, 1), Free(1, 4)], t => Table(1, 5, (_, j) => j < 1 ? t[0].At(0, j) : t[1].At(0, j - 1))),
        Case(Gathers.VStack, [Free(2, 3), Free(1, 3)], t => Table(3, 3, (i, j) => i < 2 ? t[0].At(i, j) : t[1].At(0, j))),
        Case(Gathers.VStack, [Free(1, 1), Free(4, 1)], t => Table(5, 1, (i, _) => i < 1 ? t[0].At(i, 0) : t[1].At(i - 1, 0))),
        Case(Gathers.DiagonalMatrix, [Free(3, 1)], t => Table(3, 3, (i, j) => i == j ? t[0].At(i, 0) : 0)),
        Case(Gathers.DiagonalMatrix, [Free(1, 1)], t => t[0].Entries),
        Case(Gathers.Diagonal, [Free(3, 3)], t => Table(3, 1, (i, _) => t[0].At(i, i))),
        Case(Gathers.Diagonal, [Free(2, 2)], t => Table(2, 1, (i, _) => t[0].At(i, i))),
        Case(Gathers.RepeatColumn, [Free(2, 1)], t => Table(2, 3, (i, _) => t[0].At(i, 0)), 3),
        Case(Gathers.RepeatColumn, [Free(5, 1)], t => t[0].Entries, 1),
        Case(Gathers.RepeatRow, [Free(1, 2)], t => Table(3, 2, (_, j) => t[0].At(0, j)), 3),
        Case(Gathers.RepeatRow, [Free(1, 4)], t => t[0].Entries, 1),
        Case(Gathers.AddBias, [Free(2, 3), Free(2, 1)], t => Table(2, 3, (i, j) => t[0].At(i, j) + t[1].At(i, 0))),
        Case(Gathers.AddBias, [Free(5, 1), Free(5, 1)], t => Table(5, 1, (i, j) => t[0].At(i, j) + t[1].At(i, 0))),
        Case(Gathers.Assemble, [.. Enumerable.Repeat(FreeReal, 6)], t => [.. t.Select(s => s.Entries[0])], 2, 3),
        Case(Gathers.Assemble, [FreeReal, FreeReal], t => [.. t.Select(s => s.Entries[0])], 2, 1),
    ];

    private static Operand Index(int index) => new(Integer, index, index) { Constant = index };
}
