using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Grading;

/// <summary>The grade of a gradient written by hand.</summary>
/// <param name="Claim">What it says it is; null where that is wrong or not known.</param>
/// <param name="Problem">What is wrong with its signature.</param>
/// <param name="Findings">What is wrong with what it computes, or that it is right.</param>
internal sealed record Grade(GradientClaim? Claim, Problem? Problem, ImmutableArray<Finding> Findings)
{
    /// <summary>Whether mistakes were found: they take the place of what is said about shapes in the method.</summary>
    public bool HasMistakes => Findings.Any(f => f.IsMistake);
}

/// <summary>The grades of a compilation, each found once for all who ask.</summary>
internal static class Grades
{
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<IMethodSymbol, Grade>> Known = new();

    public static Grade Of(IMethodSymbol method, Compilation compilation, CancellationToken cancellation) =>
        Known.GetValue(compilation, _ => new(SymbolEqualityComparer.Default)).GetOrAdd(method, m =>
        {
            var (claim, problem) = GradientClaim.Of(m);
            return new Grade(claim, problem, claim is null ? [] : Grader.Grade(claim, compilation, cancellation));
        });
}
