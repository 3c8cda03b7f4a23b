using System.Diagnostics.CodeAnalysis;

namespace GradGen;

/// <summary>Compares a gradient at one point with differences of its function.</summary>
/// <param name="point">A copy of the point, which is moved.</param>
/// <param name="function">The function at the copy as it stands.</param>
/// <param name="precision">The precision of the function.</param>
/// <param name="options">How to compare.</param>
/// <param name="result">Takes what came of it.</param>
internal sealed class PointComparison(
    DifferentiableValue point, Func<Evaluation> function, Precision precision, GradientCheckOptions options, GradientCheckFindings result)
{
    private readonly Random _random = new(options.Seed);
    private readonly double _tolerance = options.Tolerance ?? precision.Tolerance;
    private readonly double _step = options.Step ?? precision.Step;
    private double _noise;

    /// <param name="atPoint">The function at the point.</param>
    /// <param name="gradient">The gradient there.</param>
    /// <param name="isByName">Whether its members belong to the point's parts by their names.</param>
    [RequiresUnreferencedCode(DifferentiableValue.Reflection)]
    public void Run(Evaluation atPoint, object? gradient, bool isByName)
    {
        // A gradient may share entries with the point, which are moved below.
        var root = gradient is null ? new(point.Root.Name, null) : DifferentiableValue.Of(gradient, point.Root.Name).Root;
        (DifferentiableLeaf Leaf, double[] Given)[] parts =
            [.. (isByName ? GradientReader.PairsByName(point.Root, root, result.AddProblem) : GradientReader.Pairs(point.Root, root, result.AddProblem)).Select(p => (p.Point, p.Gradient.Read()))];
        if (parts.Length == 0)
            return;

        _noise = NoiseAround();
        var maximum = Math.Max(1, options.MaximumEvaluations / 4);
        var isWhole = parts.Sum(p => (long)p.Leaf.Count) <= maximum;
        var directions = isWhole ? 0 : Math.Min(parts.Length, maximum / 4) + 1;
        var chosen = EntryChoice.Choose([.. parts.Select(p => p.Leaf.Count)], Math.Max(1, maximum - directions), _random);
        for (var p = 0; p < parts.Length; p++)
            CompareEntries(parts[p].Leaf, parts[p].Given, chosen[p], atPoint);
        if (isWhole)
            return;

        CompareDirection(point.Root.Name, parts, atPoint);
        var large = Enumerable.Range(0, parts.Length).Where(p => chosen[p].Length < parts[p].Leaf.Count);
        foreach (var p in large.Take(directions - 1))
            CompareDirection(parts[p].Leaf.Name, [parts[p]], atPoint);
    }

    /// <summary>
    /// The noise of the function around the point, where every entry moves in its last digits. A 0 has none and is often
    /// the place of a kink; only the point that is 0 altogether is moved there.
    /// </summary>
    private double NoiseAround()
    {
        var leaves = point.Leaves.ToArray();
        var kept = Array.ConvertAll(leaves, l => l.Read());
        var isZero = kept.All(entries => entries.All(x => x == 0));
        var direction = Array.ConvertAll(kept, entries => Array.ConvertAll(entries, x => isZero ? Sign() : x * Sign()));
        return Noise.Deviation(step => Moved(leaves, kept, direction, step).Value, Math.Sqrt(precision.Smallest * _step), _step);
    }

    private void CompareEntries(DifferentiableLeaf leaf, double[] given, int[] chosen, Evaluation atPoint)
    {
        var checks = Array.ConvertAll(chosen, i => Along(leaf, i, atPoint));
        var firsts = Array.ConvertAll(checks, c => c.Check.At(c.Step));

        // The gradient's own rounding is relative to its large entries: small ones may be what is left of their difference.
        var largest = firsts.Where(s => s.IsFinite).Select(s => Math.Abs(s.Central)).DefaultIfEmpty().Max();
        for (var c = 0; c < chosen.Length; c++)
        {
            var verdict = checks[c].Check.Compare(given[chosen[c]], firsts[c], precision.Hidden(largest));
            result.AddEntry(leaf.EntryName(chosen[c]), given[chosen[c]], verdict);
        }

        foreach (var i in Enumerable.Range(0, given.Length).Where(i => !double.IsFinite(given[i])).Except(chosen))
            result.AddEntry(leaf.EntryName(i), given[i], Verdict.NotCompared);
    }

    /// <summary>The function along one entry.</summary>
    private (SlopeCheck Check, double Step) Along(DifferentiableLeaf leaf, int index, Evaluation atPoint)
    {
        var (kept, unit) = (leaf[index], Unit(leaf[index]));
        Evaluation At(double step)
        {
            leaf[index] = kept + step;
            var value = function();
            leaf[index] = kept;
            return value;
        }

        return (new(At, atPoint, unit * precision.Smallest, _noise, _tolerance, precision), unit * _step);
    }

    /// <summary>
    /// ⟨gradient, d⟩ for a direction d of entries ±1/√n: an error δ in one entry of n shows as δ/√n, beside slopes of the
    /// size of the gradient's entries.
    /// </summary>
    private void CompareDirection(string name, (DifferentiableLeaf Leaf, double[] Given)[] parts, Evaluation atPoint)
    {
        if (parts.Any(p => p.Given.Any(g => !double.IsFinite(g))))
            return;
        var leaves = Array.ConvertAll(parts, p => p.Leaf);
        var kept = Array.ConvertAll(leaves, l => l.Read());
        var share = PowerOfTwo(1 / Math.Sqrt(kept.Sum(entries => (double)entries.Length)));
        var direction = Array.ConvertAll(kept, entries => Array.ConvertAll(entries, x => share * Unit(x) * Sign()));
        var terms = parts.SelectMany((p, k) => p.Given.Zip(direction[k], (g, d) => g * d)).ToArray();
        var check = new SlopeCheck(step => Moved(leaves, kept, direction, step), atPoint, precision.Smallest / share, _noise, _tolerance, precision);
        var verdict = check.Compare(terms.Sum(), check.At(_step), precision.Hidden(terms.Sum(Math.Abs)));
        result.AddDirection(name + " along a random direction", terms.Sum(), verdict);
    }

    /// <summary>The function at the point moved by a step along a direction.</summary>
    private Evaluation Moved(DifferentiableLeaf[] leaves, double[][] kept, double[][] direction, double step)
    {
        for (var l = 0; l < leaves.Length; l++)
            leaves[l].Write([.. kept[l].Zip(direction[l], (x, d) => x + (step * d))]);
        var value = function();
        for (var l = 0; l < leaves.Length; l++)
            leaves[l].Write(kept[l]);
        return value;
    }

    private int Sign() => _random.Next(2) == 0 ? -1 : 1;

    /// <summary>What a step of 1 moves an entry by: 1, or about its size where that is more.</summary>
    private static double Unit(double entry) => PowerOfTwo(Math.Max(1, Math.Abs(entry)));

    // Steps that are powers of two move an entry exactly.
    private static double PowerOfTwo(double value) => double.IsFinite(value) ? Math.ScaleB(1, Math.ILogB(value)) : 1;
}
