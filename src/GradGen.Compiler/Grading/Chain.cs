using System.Collections.Immutable;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;

namespace GradGen.Compiler.Grading;

/// <summary>
/// The chain rule as it is written for scalars, a product of factors: looks for the products, transposes and orders with
/// which the same factors give the gradient, from the first factor on or from the last, with as few changes as possible.
/// </summary>
internal sealed class Chain
{
    private const int MaximalFactors = 16;
    private const int MaximalTries = 20_000;

    private readonly List<Node> _factors;
    private readonly List<bool> _areHadamards;
    private readonly Node _wanted;
    private readonly Points _points;
    private readonly bool _isFromTheEnd;
    private int _tries;

    private Chain(List<Node> factors, List<bool> areHadamards, Node wanted, Points points, bool isFromTheEnd) =>
        (_factors, _areHadamards, _wanted, _points, _isFromTheEnd) = (factors, areHadamards, wanted, points, isFromTheEnd);

    /// <summary>The steps of the right product; null where the factors do not give it.</summary>
    public static (Node Product, ImmutableArray<Step> Steps)? Find(Node root, Node wanted, Points points)
    {
        var factors = new List<Node>();
        var areHadamards = new List<bool>();
        Flatten(root, false, factors, areHadamards);
        if (factors.Count is < 3 or > MaximalFactors)
        {
            return null;
        }

        foreach (var isFromTheEnd in new[] { false, true })
        {
            List<Node> ordered = isFromTheEnd ? [.. Enumerable.Reverse(factors)] : factors;
            List<bool> kinds = isFromTheEnd ? [false, .. Enumerable.Reverse(areHadamards).Take(factors.Count - 1)] : areHadamards;
            var chain = new Chain(ordered, kinds, wanted, points, isFromTheEnd);
            for (var most = 1; most <= factors.Count && chain._tries < MaximalTries; most++)
            {
                if (chain.Go(ordered[0], 1, most, []) is { } found)
                {
                    return found;
                }
            }
        }

        return null;
    }

    private (Node Product, ImmutableArray<Step> Steps)? Go(Node product, int next, int left, ImmutableArray<Step> steps)
    {
        if (next == _factors.Count)
        {
            return _points.AreEqual(product, _wanted) ? (product, steps) : null;
        }

        foreach (var (descriptor, candidate, what) in Candidates(product, _factors[next], _areHadamards[next]))
        {
            if (candidate.Type is null || (descriptor is not null && left == 0) || ++_tries > MaximalTries || _points.IsExhausted)
            {
                continue;
            }

            var step = new Step(descriptor, _factors[next], candidate, what);
            if (Go(candidate, next + 1, left - (descriptor is null ? 0 : 1), steps.Add(step)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>As it is written; then what it may have been meant to be.</summary>
    private IEnumerable<(DiagnosticDescriptor? Descriptor, Node Product, string What)> Candidates(Node product, Node factor, bool isHadamard)
    {
        Node Beside(Node other) => _isFromTheEnd ? other * product : product * other;
        Node Across(Node other) => _isFromTheEnd ? product * other : other * product;
        var entrywise = Node.Apply(Arithmetic.Multiply, product, factor);
        if (isHadamard)
        {
            yield return (null, entrywise, "");
            yield return (Descriptors.GradientMatrixProduct, Beside(factor), "the factor is a matrix of its own: the product is ·, not ⊙");
            yield return (Descriptors.GradientMatrixProduct, Across(factor.Transposed), "the factor is a matrix of its own: the product is ·, not ⊙");
            yield break;
        }

        yield return (null, Beside(factor), "");
        if (factor.Type is { IsScalar: true })
        {
            yield break;
        }

        yield return (Descriptors.GradientTranspose, Beside(factor.Transposed), "a transpose is missing");
        yield return (Descriptors.GradientHadamard, entrywise, "the factor acts entry by entry: the product is ⊙, not ·");
        yield return (Descriptors.GradientOrder, Across(factor.Transposed), "the factor belongs, transposed, on the other side");
        yield return (Descriptors.GradientOrder, Across(factor), "the factor belongs on the other side");
    }

    /// <summary>The factors in their order, and whether each comes in entry by entry.</summary>
    private static void Flatten(Node node, bool isHadamard, List<Node> factors, List<bool> areHadamards)
    {
        var isEntrywise = node.Row == Arithmetic.Multiply;
        if (node.Syntax is not null && factors.Count <= MaximalFactors
            && (isEntrywise || (node.Row == Products.MatMul && node.Attributes == Attributes.None)))
        {
            Flatten(node.Operands[0], isHadamard, factors, areHadamards);
            Flatten(node.Operands[1], isEntrywise && node.Operands.All(o => o.Type is { IsScalar: false }), factors, areHadamards);
            return;
        }

        factors.Add(node);
        areHadamards.Add(isHadamard);
    }

    /// <summary>How one factor comes in.</summary>
    /// <param name="Descriptor">What was wrong with it; null where nothing was.</param>
    /// <param name="Factor">The factor.</param>
    /// <param name="Product">The product up to it.</param>
    /// <param name="What">The mistake in words.</param>
    internal sealed record Step(DiagnosticDescriptor? Descriptor, Node Factor, Node Product, string What);
}
