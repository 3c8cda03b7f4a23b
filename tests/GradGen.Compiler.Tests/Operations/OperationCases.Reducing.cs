namespace GradGen.Compiler.Tests;

internal static partial class OperationCases
{
    private static IEnumerable<OperationCase> Reducing() =>
    [
        .. Full(ReductionRows.Sum, t => [t[0].Entries.Sum()], [.. Shapes]),
        .. Full(ReductionRows.Mean, t => [t[0].Entries.Sum() / t[0].Entries.Length], [.. Shapes]),
        .. Full(ReductionRows.RowSum, t => Table(t[0].Shape.Rows, 1, (i, _) => Range(t[0].Shape.Columns).Sum(j => t[0].At(i, j))), Of(2, 3), Of(3, 2), Of(5, 1), Of(1, 4)),
        .. Full(ReductionRows.ColumnSum, t => Table(1, t[0].Shape.Columns, (_, j) => Range(t[0].Shape.Rows).Sum(i => t[0].At(i, j))), Of(2, 3), Of(3, 2), Of(5, 1), Of(1, 4)),
        .. Full(ReductionRows.Length, t => [Math.Sqrt(t[0].Entries.Sum(e => e * e))], [.. Shapes]),
        .. Full(ReductionRows.Normalize, t => [.. t[0].Entries.Select(e => e / Math.Sqrt(t[0].Entries.Sum(x => x * x)))], [.. Shapes.Where(s => s.Shape.Count > 1)]),
        .. Full(ReductionRows.NormSquared, t => [t[0].Entries.Sum(e => e * e)], [.. Shapes]),
        .. Full(ReductionRows.Norm, t => [Math.Sqrt(t[0].Entries.Sum(e => e * e))], [.. Shapes]),
        .. Full(ReductionRows.Trace, t => Trace(t[0]), Of(2, 2), Of(3, 3), Of(1, 1)),
        .. Full(ReductionRows.MaxEntry, t => [t[0].Entries.Max()], [.. Shapes]),
        .. Full(ReductionRows.MinEntry, t => [t[0].Entries.Min()], [.. Shapes]),
        .. Full(ReductionRows.FirstMax, t => [Array.IndexOf(t[0].Entries, t[0].Entries.Max())], [.. Shapes]),
        .. Full(ReductionRows.FirstMin, t => [Array.IndexOf(t[0].Entries, t[0].Entries.Min())], [.. Shapes]),
        .. Pairs.Select(s => Case(
            ReductionRows.Dot, [Within(s.Left, -1, 1), Within(s.Right, -1, 1)], t => [EntryByEntry(t, x => x[0] * x[1]).Sum()])),
    ];

    private static IEnumerable<int> Range(int count) => Enumerable.Range(0, count);
}
