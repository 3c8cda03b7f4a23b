using System.Collections.Immutable;

namespace GradGen.Compiler.Operations;

/// <summary>All operations, by name and by method of System.Math. The first place to look, and to add a family.</summary>
internal static class OperationTable
{
    public static readonly ImmutableArray<Operation> All =
    [
        .. Constants.All,
        .. Arithmetic.All,
        .. Elementary.All,
        .. Comparisons.All,
        .. Products.All,
        .. Reductions.All,
        .. Gathers.All,
        .. Losses.All,
        .. ControlFlow.All,
    ];

    private static readonly Dictionary<string, Operation> ByName = All.ToDictionary(o => o.Name);

    private static readonly Dictionary<string, Operation> ByMathMethod =
        All.Where(o => o.MathMethod is not null).ToDictionary(o => o.MathMethod!);

    /// <summary>The operation that the runtime's <c>[Operation("name")]</c> names.</summary>
    public static Operation? Find(string name) => ByName.TryGetValue(name, out var operation) ? operation : null;

    /// <summary>The operation that a method of System.Math or MathF is.</summary>
    public static Operation? FindMath(string method) => ByMathMethod.TryGetValue(method, out var operation) ? operation : null;
}
