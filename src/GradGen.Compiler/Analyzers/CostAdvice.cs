using System.Collections.Immutable;
using System.Globalization;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.Compiler.Analyzers;

/// <summary>A word about what a differentiable method computes more dearly than it need.</summary>
/// <param name="Descriptor">GRAD5001 or GRAD5003.</param>
/// <param name="Location">The expression.</param>
/// <param name="Others">The places that it has to do with.</param>
/// <param name="Message">In words, with both counts.</param>
/// <param name="Title">What the fix does.</param>
/// <param name="Changes">The fix; none where there is no safe one.</param>
/// <param name="Facts">The counts.</param>
internal sealed record CostAdvice(
    DiagnosticDescriptor Descriptor, Location Location, ImmutableArray<Location> Others, string Message, string Title,
    ImmutableArray<TextChange> Changes, ImmutableDictionary<string, string?> Facts)
{
    /// <summary>What the advice is about in a differentiable method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="body">Its body.</param>
    /// <param name="model">The semantic model of the body's file.</param>
    /// <param name="cancellation">Cancels.</param>
    public static ImmutableArray<CostAdvice> Of(IMethodSymbol method, IOperation body, SemanticModel model, CancellationToken cancellation)
    {
        if (!RuntimeSymbols.HasAttribute(method.PartialDefinitionPart ?? method, "DifferentiableAttribute"))
        {
            return [];
        }

        var order = EvaluationOrder.Of(body);
        var numbers = ValueNumbers.Of(order, model.Compilation);
        cancellation.ThrowIfCancellationRequested();
        var chains = DearChains.Of(body, order, numbers, model.Compilation);
        var apart = new HashSet<IOperation>(chains.SelectMany(c => c.Links));
        return [.. chains.Select(c => Of(c, model)), .. Repetition.In(order, numbers, apart).Select(Of)];
    }

    private static CostAdvice Of(ProductChain chain, SemanticModel model)
    {
        var (written, best) = (chain.Written.Multiplications, chain.Best.Multiplications);
        ImmutableArray<TextChange> changes = chain.BestCode(model) is { } code ? [new TextChange(chain.Whole.Syntax.Span, code)] : [];
        return new CostAdvice(
            Descriptors.ProductOrder,
            chain.Whole.Syntax.GetLocation(),
            [.. chain.Factors.Select(Declaration.Of).OfType<Location>().Distinct()],
            $"'{chain.WrittenText}' takes {Cost.Count(written, "multiplication")}, '{chain.BestText}' {Number(best)} ({chain.Shapes})",
            $"Multiply in the cheaper order: '{chain.BestText}'",
            changes,
            ImmutableDictionary<string, string?>.Empty.Add("Written", Number(written)).Add("Best", Number(best)));
    }

    private static CostAdvice Of(Repetition repetition)
    {
        var again = repetition.Places[1].Syntax;
        var text = OperandText.Text((ExpressionSyntax)again, true);
        var times = repetition.Places.Count - 1;
        var edit = RepetitionFix.Of(repetition);
        return new CostAdvice(
            Descriptors.Repetition,
            again.GetLocation(),
            [repetition.First.Syntax.GetLocation(), .. repetition.Places.Skip(2).Select(p => p.Syntax.GetLocation())],
            repetition.Local is { } local
                ? $"'{text}' is '{local.Name}' already: computing it again takes {times * repetition.Cost}"
                : $"'{text}' is computed {(times == 1 ? "twice" : $"{times + 1} times")}: once would save {times * repetition.Cost}",
            repetition.Local is null ? $"Compute '{text}' once, as '{edit?.Name}'" : $"Use '{edit?.Name}'",
            edit?.Changes ?? [],
            ImmutableDictionary<string, string?>.Empty.Add("Flops", Number(times * repetition.Cost.Flops)).Add("Functions", Number(times * repetition.Cost.ElementaryFunctions)));
    }

    private static string Number(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
