using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Analyzers;

/// <summary>The chains of products of a body whose order costs more than another: GRAD5001.</summary>
internal static class DearChains
{
    /// <summary>
    /// Multiplications from which on another order is worth a word. A product of the library takes about 40 ns whatever its
    /// size, and so many multiplications about as long: (A·B)·v and A·(B·v) took 207 and 135 ns at 6×6, 144 and 121 at 4×4.
    /// </summary>
    private const int LeastSaved = 64;

    public static IReadOnlyList<ProductChain> Of(IOperation body, EvaluationOrder order, ValueNumbers numbers, Compilation compilation)
    {
        var resolve = ShapeWalk.EntriesOf(compilation);
        var links = new HashSet<IOperation>();
        var dear = new List<ProductChain>();
        foreach (var operation in body.DescendantsAndSelf().Where(o => !links.Contains(o)))
        {
            if (ProductChain.Of(operation, resolve) is { } chain)
            {
                links.UnionWith(chain.Links);
                if (IsWorthAWord(chain))
                {
                    dear.Add(chain);
                }
            }
        }

        // Where one is left alone, a product that another one has in it too stays.
        for (var count = -1; count != dear.Count;)
        {
            count = dear.Count;
            dear = [.. dear.Where(c => !IsSharedBetter(c, dear, order, numbers, resolve))];
        }

        return dear;
    }

    /// <summary>At least a third less, and not next to nothing.</summary>
    private static bool IsWorthAWord(ProductChain chain)
    {
        var (written, best) = (chain.Written.Multiplications, chain.Best.Multiplications);
        return written - best >= LeastSaved && 3 * best <= 2 * written;
    }

    /// <summary>
    /// Whether a product inside the chain is computed elsewhere too, so that computing it once may save more than another
    /// order, which would leave it out here only. Where it stands in chains alone that are all better in another order, not.
    /// </summary>
    private static bool IsSharedBetter(ProductChain chain, List<ProductChain> dear, EvaluationOrder order, ValueNumbers numbers, Func<ITypeSymbol, ITypeSymbol> resolve)
    {
        foreach (var link in chain.Links)
        {
            if (numbers.NumberOf(link) is not { } number || ProductChain.Of(link, resolve) is not { } inner)
            {
                continue;
            }

            var same = order.Operations.Where(o => numbers.NumberOf(o) == number && ProductChain.IsProduct(o)).ToList();
            var users = dear.Where(c => c.Links.Any(same.Contains)).ToList();
            if (same.Count > users.Sum(u => u.Links.Count(same.Contains)))
            {
                return true;
            }

            // All of them in another order, or the product once and the rest as written.
            if (same.Count > 1
                && users.Sum(u => u.Best.Multiplications) > users.Sum(u => u.Written.Multiplications) - ((same.Count - 1) * inner.Written.Multiplications))
            {
                return true;
            }
        }

        return false;
    }
}
