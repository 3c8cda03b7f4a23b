using System.Collections.Immutable;
using GradGen.Compiler.Optimization;

namespace GradGen.Compiler.Tests.Harness;

/// <summary>With which passes everything is tested.</summary>
internal static class PassSets
{
    private static readonly ImmutableArray<Passes> Each = [.. Enumerable.Range(0, 31).Select(bit => (Passes)(1 << bit)).Where(p => Passes.All.HasFlag(p))];

    /// <summary>All passes, none, and all but one.</summary>
    public static ImmutableArray<Passes> EachOff { get; } = [Passes.All, Passes.None, .. Each.Select(p => Passes.All & ~p)];

    /// <summary>Each pass alone, too.</summary>
    public static ImmutableArray<Passes> EachOffAndAlone { get; } = [.. EachOff, .. Each];
}
