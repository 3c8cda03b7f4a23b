using System.Collections.Immutable;
using System.Globalization;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Grading;

/// <summary>
/// Compares a gradient written by hand with the generated one: as formulas, then at random points. Where they differ, looks
/// for the small edit, or the few, that makes it right; that edit is the mistake.
/// </summary>
internal sealed class Grader
{
    private const int PointCount = 8;
    private const int MaximalEdits = 4;
    private const int LargeCount = 4096;

    private readonly GradientClaim _claim;
    private readonly Truth _truth;
    private readonly DraftedReturn _draft;
    private readonly Points _points;
    private readonly Code _code;
    private readonly List<Finding> _findings = [];

    private Grader(GradientClaim claim, Truth truth, DraftedReturn draft, Points points, Code code) =>
        (_claim, _truth, _draft, _points, _code) = (claim, truth, draft, points, code);

    /// <summary>What there is to say; nothing where either cannot be read.</summary>
    public static ImmutableArray<Finding> Grade(GradientClaim claim, Compilation compilation, CancellationToken cancellation)
    {
        try
        {
            if (claim.Layout is { } parameter)
            {
                return [LayoutOf(claim, parameter)];
            }

            // What calls the generated method is right, whatever else it does.
            if (ModelReader.Read(claim.Method, compilation, cancellation).Model is not { Function: not null } model
                || Draft.BodyOf(claim.Gradient, compilation, cancellation) is not { } body
                || body.DescendantsAndSelf().OfType<IInvocationOperation>().Any(i => i.TargetMethod.Name == model.BackwardName.TrimStart('@')))
            {
                return [];
            }

            return Of(claim, model, body, compilation, cancellation) is { } grader ? grader.Grade() : Runs.Grade(claim, model, compilation, cancellation);
        }
        catch (InsufficientExecutionStackException)
        {
            return []; // Nested too deeply to be read.
        }
    }

    /// <summary>A gradient that is declared in another shape than its parameter's: whatever it computes, its type is to change.</summary>
    private static Finding LayoutOf(GradientClaim claim, IParameterSymbol parameter) => new(
        Descriptors.GradientLayout, claim.ReturnLocation,
        $"The gradient with respect to '{parameter.Name}' has its shape, {RuntimeSymbols.TypeOf(parameter.Type)!.Value.Shape}; this returns {RuntimeSymbols.TypeOf(claim.Gradient.ReturnType)!.Value.Shape}",
        claim.ReturnSyntax is { } type ? [new Change(type.SpanStart, type.Span.Length, DerivativeSignature.TypeText(parameter.Type))] : []);

    private static Grader? Of(GradientClaim claim, GradientModel model, IOperation body, Compilation compilation, CancellationToken cancellation)
    {
        if (Truth.Of(model) is not { } truth)
        {
            return null;
        }

        Node? Input(ISymbol symbol)
        {
            if (SymbolEqualityComparer.Default.Equals(symbol, claim.Upstream))
            {
                return truth.Upstream;
            }

            var index = model.Parameters.Items.IndexOf(model.Parameters.FirstOrDefault(p => p.Name.TrimStart('@') == symbol.Name)!);
            return index < 0 || index >= truth.Inputs.Length - 1 ? null : truth.Inputs[index];
        }

        if (Draft.Read(body, compilation, Input, cancellation) is not { } draft || draft.Parts.Any(p => p.Node is null))
        {
            return null;
        }

        var ones = claim.Upstream is null ? truth.Inputs.Length - 1 : -1;
        ImmutableArray<TensorType> types = [.. truth.Inputs.Select(i => i.Type!.Value)];
        // Of large shapes fewer points, so that enough is left for the search.
        var count = (int)Math.Max(1, Math.Min(PointCount, Points.Budget / 16 / Math.Max(1, truth.Cost)));
        var points = new[] { false, true }.Select(isPositive => Points.Draw(types, ones, count, isPositive, cancellation))
            .FirstOrDefault(p => truth.Gradients.Values.All(g => Enumerable.Range(0, p.Count).All(i => p.ValueOf(g, i) is { } value && value.Entries.All(e => !double.IsNaN(e) && !double.IsInfinity(e)))));
        var qualifier = body.SemanticModel!.LookupSymbols(body.Syntax.Span.End - 1, name: "Hadamard").IsEmpty ? "global::GradGen.MatrixFunctions." : "";
        return points is null ? null : new Grader(claim, truth, draft, points, new Code(qualifier));
    }

    private ImmutableArray<Finding> Grade()
    {
        var roots = Roots();
        if (roots.Count == 0 || _points.IsExhausted || roots.Any(r => r.Node.Type is not null && Enumerable.Range(0, _points.Count).Any(p => _points.ValueOf(r.Node, p) is null)))
        {
            return [];
        }

        var wrong = roots.Where(r => !IsRight(r.Node, r.Wanted)).ToList();
        if (wrong.Count == 0)
        {
            var isProved = roots.All(r => NormalForm.AreEqual(r.Node, r.Wanted, _claim.Upstream is null ? _truth.Upstream.InputIndex : -1));
            _findings.Add(new Finding(
                Descriptors.GradientVerified, _claim.Gradient.Locations[0],
                $"'{_claim.Gradient.Name}' equals the generated gradient ({(isProved ? "structurally" : $"numerically at {_points.Count} {(_points.Count == 1 ? "point" : "points")}")})", []));
        }
        else
        {
            Mend(wrong);
        }

        return [.. _findings];
    }

    /// <summary>What the method returns for each parameter, and what it should.</summary>
    private List<Root> Roots()
    {
        var roots = new List<Root>();
        if (_claim.ReturnsRecord)
        {
            foreach (var (name, node) in _draft.Parts)
            {
                var parameter = _truth.Gradients.Keys.FirstOrDefault(k => Explanation.Notation.Pascal(k) == name);
                if (parameter is not null)
                {
                    roots.Add(new Root(parameter, node!, _truth.Gradients[parameter]));
                }
            }
        }
        else if (_draft.Parts.Length == _claim.Parameters.Length)
        {
            roots.AddRange(_claim.Parameters.Zip(_draft.Parts, (p, d) => (p.Name, d.Node)).Where(r => _truth.Gradients.ContainsKey(r.Name))
                .Select(r => new Root(r.Name, r.Node!, _truth.Gradients[r.Name])));
        }

        return roots;
    }

    private bool IsRight(Node node, Node wanted) => node.Shape == wanted.Shape && _points.AreEqual(node, wanted);

    /// <summary>The edits that make it right, one by one, the one first that makes most right.</summary>
    private void Mend(List<Root> wrong)
    {
        for (var count = 0; count < MaximalEdits && wrong.Count > 0; count++)
        {
            if (BestEdit(wrong) is not var (edit, mended))
            {
                break;
            }

            // Two terms of three are two thirds of the gradient, too, where all are alike.
            if (mended.Count == 1 && (edit.Descriptor == Descriptors.GradientConstant || edit.Descriptor == Descriptors.GradientFactor)
                && Further.Terms(mended[0].Node, mended[0].Name, _truth, _points) is { } terms)
            {
                ReportTerms(mended[0], terms.What, terms.Missing);
                wrong = [.. wrong.Except(mended)];
                continue;
            }

            Report(edit, mended);
            var map = new Dictionary<Node, Node> { [edit.Target] = edit.Replacement };
            wrong = [.. wrong.Except(mended).Select(r => r with { Node = r.Node.Replace(map) })];
        }

        foreach (var root in wrong)
        {
            if (Scaled(root) is { } scale)
            {
                Report(scale, [root]);
            }
            else if (Chain.Find(root.Node, root.Wanted, _points) is var (product, steps) && root.Node.Syntax is not null && steps.All(s => s.Factor.Syntax is not null))
            {
                ReportChain(root, product, steps);
            }
            else if (StepByStep(root) is { } edits)
            {
                edits.ForEach(e => Report(e, [root]));
            }
            else if (Further.Terms(root.Node, root.Name, _truth, _points) is var (what, missing))
            {
                ReportTerms(root, what, missing);
            }
            else if (root.Node.Shape == root.Wanted.Shape)
            {
                ReportWhole(root, Descriptors.GradientFactor, "it differs from the gradient" + Difference(root));
            }
        }
    }

    /// <summary>
    /// Several mistakes on the way to one gradient: from the inside out, each edit must make a step right, one of the
    /// generated gradient's own.
    /// </summary>
    private List<Edit>? StepByStep(Root root)
    {
        var edits = new List<Edit>();
        while (edits.Count < MaximalEdits && !_points.IsExhausted)
        {
            if (Edits.Of([root.Node], _truth, _points).FirstOrDefault(IsStep) is not { } edit)
            {
                return null;
            }

            edits.Add(edit);
            root = root with { Node = root.Node.Replace(new Dictionary<Node, Node> { [edit.Target] = edit.Replacement }) };
            if (IsRight(root.Node, root.Wanted))
            {
                return edits;
            }
        }

        return null;

        bool IsStep(Edit edit) => !IsAdjoint(edit.Target) && IsAdjoint(edit.Replacement) && _code.InPlaceOf(edit.Target.Syntax!, edit.Replacement) is not null;
    }

    private bool IsAdjoint(Node node) => _points.ValueOf(node, 0) is { } value
        && _truth.Adjoints.Any(a => _points.AreEqual(value, _points.ValueOf(a, 0)) && _points.AreEqual(node, a));

    /// <summary>A gradient that is right up to a constant, such as the 1/n of a mean.</summary>
    private Edit? Scaled(Root root)
    {
        if (root.Node.Syntax is null || root.Node.Type is not { } type || _points.ValueOf(root.Node, 0) is not { } written || _points.ValueOf(root.Wanted, 0) is not { } wanted || written.Shape != wanted.Shape)
        {
            return null;
        }

        var largest = Enumerable.Range(0, wanted.Entries.Length).OrderByDescending(e => Math.Abs(wanted.Entries[e])).First();
        var ratio = wanted.Entries[largest] / written.Entries[largest];
        var (factor, isQuotient) = Math.Abs(ratio) < 1 ? (Math.Round(1 / ratio, 6), true) : (Math.Round(ratio, 6), false);
        if (factor == 0 || double.IsNaN(factor) || double.IsInfinity(factor) || factor != Math.Round(factor))
        {
            return null;
        }

        var scaled = Node.Apply(isQuotient ? Operations.Arithmetic.Divide : Operations.Arithmetic.Multiply, root.Node, Node.Literal(factor, type.Scalar));
        return IsRight(scaled, root.Wanted)
            ? new Edit(Descriptors.GradientConstant, root.Node, scaled, string.Format(CultureInfo.InvariantCulture, isQuotient ? "the factor 1/{0} is missing" : "the factor {0} is missing", factor))
            : null;
    }

    private (Edit Edit, List<Root> Mended)? BestEdit(List<Root> wrong)
    {
        (Edit Edit, List<Root> Mended)? best = null;
        List<Root> ordered = [.. wrong.OrderBy(r => r.Wanted.Shape!.Value.Count)];
        foreach (var edit in Edits.Of([.. wrong.Select(r => r.Node)], _truth, _points))
        {
            if (_points.IsExhausted)
            {
                break;
            }

            var mended = new List<Root>();
            var map = new Dictionary<Node, Node> { [edit.Target] = edit.Replacement };
            var failed = false;
            foreach (var root in ordered)
            {
                // What makes no small gradient right that it is part of need not be tried in a large one.
                var node = failed && root.Wanted.Shape!.Value.Count > LargeCount ? root.Node : root.Node.Replace(map);
                failed |= node != root.Node;
                if (node != root.Node && node.Shape == root.Wanted.Shape
                    && _points.AreEqual(_points.ValueOf(node, 0), _points.ValueOf(root.Wanted, 0)) && _points.AreEqual(node, root.Wanted))
                {
                    mended.Add(root);
                    failed = false;
                }
            }

            if (mended.Count > (best?.Mended.Count ?? 0) && _code.InPlaceOf(edit.Target.Syntax!, edit.Replacement) is not null)
            {
                best = (edit, mended);
                if (mended.Count == wrong.Count)
                {
                    break;
                }
            }
        }

        return best;
    }

    private void Report(Edit edit, List<Root> mended)
    {
        var syntax = edit.Target.Syntax!;
        var text = _code.InPlaceOf(syntax, edit.Replacement)!;
        var shape = edit.Replacement.Type is { Shape.IsScalar: false } type ? $" ({type.Shape})" : "";
        var formula = (_points.ValueOf(edit.Replacement, 0) is { } value ? _truth.FormulaOf(value, _points) : null) ?? _truth.FormulaOf(mended[0].Name);
        _findings.Add(new Finding(
            edit.Descriptor, syntax.GetLocation(),
            $"{Sentence(edit.What)}: '{CodeText.Short(syntax.ToString())}' should be '{CodeText.Short(text)}'{shape}, for {formula}",
            [new Change(syntax.SpanStart, syntax.Span.Length, text)]));
    }

    private void ReportChain(Root root, Node product, ImmutableArray<Chain.Step> steps)
    {
        var syntax = root.Node.Syntax!;
        if (_code.InPlaceOf(syntax, product) is not { } text)
        {
            return;
        }

        foreach (var step in steps.Where(s => s.Descriptor is not null))
        {
            var formula = (_points.ValueOf(step.Product, 0) is { } value ? _truth.FormulaOf(value, _points) : null) ?? _truth.FormulaOf(root.Name);
            _findings.Add(new Finding(
                step.Descriptor!, step.Factor.Syntax!.GetLocation(),
                $"{Sentence(step.What)}: up to '{CodeText.Short(step.Factor.Syntax.ToString())}' it should be '{CodeText.Short(_code.Of(step.Product) ?? text, 160)}' ({step.Product.Shape}), for {formula}",
                [new Change(syntax.SpanStart, syntax.Span.Length, text)]));
        }
    }

    private void ReportWhole(Root root, DiagnosticDescriptor descriptor, string what, IReadOnlyList<Change>? changes = null) => _findings.Add(new Finding(
        descriptor, (root.Node.Syntax ?? _draft.Returned.Syntax).GetLocation(), $"{Sentence(what)}; it should be {_truth.FormulaOf(root.Name)}", changes ?? []));

    /// <summary>Terms that are missing, and the edit that adds them where they can be written with what is there.</summary>
    private void ReportTerms(Root root, string what, IReadOnlyList<Node> missing)
    {
        var sum = missing.Select(term => Said.Of(term, root.Node, _claim, _truth, _points)).Aggregate(root.Node, (a, b) => Node.Apply(Operations.Arithmetic.Add, a, b));
        var text = root.Node.Syntax is { } syntax && IsRight(sum, root.Wanted) ? _code.InPlaceOf(syntax, sum) : null;
        ReportWhole(root, Descriptors.GradientTerms, what, text is null ? [] : [new Change(root.Node.Syntax!.SpanStart, root.Node.Syntax.Span.Length, text)]);
    }

    private string Difference(Root root)
    {
        var (is_, wanted) = (_points.ValueOf(root.Node, 0), _points.ValueOf(root.Wanted, 0)!);
        if (is_ is null)
        {
            return "";
        }

        var worst = Enumerable.Range(0, wanted.Entries.Length).OrderByDescending(e => Math.Abs(is_.Entries[e] - wanted.Entries[e])).First();
        var entry = wanted.Shape.IsScalar ? "" : wanted.Shape.Columns == 1 ? $" in entry [{worst}]" : $" in entry [{worst / wanted.Shape.Columns}, {worst % wanted.Shape.Columns}]";
        return string.Format(CultureInfo.InvariantCulture, "{0}: {1:G4} in place of {2:G4} at a random point", entry, is_.Entries[worst], wanted.Entries[worst]);
    }

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text.Substring(1);

    /// <summary>A gradient with respect to a parameter: as it is written, and as it should be.</summary>
    private sealed record Root(string Name, Node Node, Node Wanted);
}
