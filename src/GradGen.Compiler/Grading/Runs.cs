using System.Collections.Immutable;
using System.Globalization;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Explanation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace GradGen.Compiler.Grading;

/// <summary>
/// Gradients that are not one formula, with loops, branches, arrays or records, in the method or in what was written by hand:
/// both are run at random points. There is no formula to edit, but a missing transpose still shows, and so does a missing
/// <see cref="Factors">factor</see>.
/// </summary>
internal sealed class Runs
{
    private const int PointCount = 8;
    private const int Attempts = 24;

    /// <summary>Operations of the interpreter for all runs together: about 40 ms.</summary>
    private const long Budget = 600_000;

    /// <summary>So many edits are read anew, to see whether their text is right.</summary>
    private const int MostRead = 3;

    private readonly GradientClaim _claim;
    private readonly Compilation _compilation;
    private readonly GradientModel _model;
    private readonly Function _right;
    private readonly GradientModel _handModel;
    private readonly Function _hand;
    private readonly Origins _origins;
    private readonly ImmutableArray<Pair> _pairs;
    private readonly double _tolerance;
    private readonly CancellationToken _cancellation;
    private long _left = Budget;

    private Runs(
        GradientClaim claim, GradientModel model, GradientModel handModel, Function hand, Origins origins, ImmutableArray<Pair> pairs, Compilation compilation, CancellationToken cancellation)
    {
        (_claim, _model, _handModel, _hand, _origins, _pairs, _compilation, _cancellation) = (claim, model, handModel, hand, origins, pairs, compilation, cancellation);
        _right = GradientFunction.Run(model.Function!, [.. model.Parameters.Select(p => p.IsDifferentiated)]).Expanded;
        _tolerance = _right.Parameters.Any(p => p.Type.Scalar == ScalarType.Float32) ? 1e-4 : 1e-9;
    }

    /// <summary>What there is to say; nothing where either cannot be read or run.</summary>
    public static ImmutableArray<Finding> Grade(GradientClaim claim, GradientModel model, Compilation compilation, CancellationToken cancellation)
    {
        if (ModelReader.ReadPlain(claim.Gradient, compilation, cancellation) is not var (handModel, hand, names, origins)
            || PairsOf(claim, model, hand, names) is not { IsEmpty: false } pairs)
        {
            return [];
        }

        try
        {
            return new Runs(claim, model, handModel, hand, origins, pairs, compilation, cancellation).Grade();
        }
        catch (Exception e) when (e is NotSupportedException or InterpreterBudgetException)
        {
            return []; // A derivative that was given elsewhere, or one point takes too long.
        }
    }

    /// <summary>Which result of the method written by hand is which gradient; null where they do not pair.</summary>
    private static ImmutableArray<Pair>? PairsOf(GradientClaim claim, GradientModel model, Function hand, ImmutableArray<string> names)
    {
        var pairs = ImmutableArray.CreateBuilder<Pair>();
        var gradients = model.Parameters.Select((p, i) => (p, i)).Where(x => x.p.IsDifferentiated).Select(x => x.i).ToList();
        foreach (var (parameter, index) in claim.Parameters.Select((p, i) => (p, i)))
        {
            if (model.Declared.FirstOrDefault(d => !d.IsMember && d.Name.TrimStart('@') == parameter.Name) is not { } declared)
            {
                return null;
            }

            var part = claim.ReturnsRecord ? Notation.Pascal(parameter.Name) : claim.Parameters.Length > 1 ? Bundle.Item(index) : "";
            foreach (var leaf in declared.Part.Leaves.Where(l => model.Parameters[l].IsDifferentiated))
            {
                var member = model.Parameters[leaf].Path is { } path && path.IndexOf('.') is >= 0 and var dot ? path.Substring(dot + 1) : "";
                var result = names.IndexOf(string.Join(".", new[] { part, member }.Where(n => n.Length > 0)));
                if (result < 0 || hand.Results[result].Type != model.Parameters[leaf].Type)
                {
                    return null;
                }

                pairs.Add(new Pair(parameter.Name + (member.Length > 0 ? "." + member : ""), result, 1 + gradients.IndexOf(leaf)));
            }
        }

        return pairs.ToImmutable();
    }

    private ImmutableArray<Finding> Grade()
    {
        var seen = new List<Seen>();
        for (var attempt = 0; attempt < Attempts && seen.Count < PointCount && _left > 0; attempt++)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (At(attempt) is { } point)
            {
                seen.Add(point);
            }
        }

        if (seen.Count == 0)
        {
            return [];
        }

        var wrong = _pairs.Where(p => !seen.All(s => AreEqual(s.Hand[p.Hand], s.Right[p.Right]))).ToList();
        return wrong.Count == 0
            ? [new Finding(Descriptors.GradientVerified, _claim.Gradient.Locations[0], $"'{_claim.Gradient.Name}' equals the generated gradient (numerically at {seen.Count} {(seen.Count == 1 ? "point" : "points")})", [])]
            : [.. wrong.Select(pair => Finding(pair, seen, [.. _pairs.Except(wrong), pair]))];
    }

    /// <summary>Both at a point; null where either throws there or is not finite.</summary>
    private Seen? At(int attempt)
    {
        try
        {
            var random = new SeededNumbers(attempt + 1);
            var (low, high) = attempt % 2 == 0 ? (-1.2, 1.2) : (0.2, 1.2);
            Tensor[] point = [.. _right.Parameters.Take(_right.Parameters.Length - 1).Select(p => Drawn.Of(p.Type, random, low, high))];
            var value = Interpreter.Run(_model.Function!, ref _left, _cancellation, point)[0];
            var drawn = Drawn.Like(value, _right.Parameters[_right.Parameters.Length - 1].Type, random);
            var upstream = _claim.Upstream is null ? new Tensor(drawn.Shape, [.. drawn.Entries.Select(_ => 1.0)]) : drawn;
            var right = Interpreter.Run(_right, ref _left, _cancellation, [.. point, upstream]);
            Tensor[] arguments = [.. _handModel.Parameters.Select((p, i) => Argument(p, i, point, upstream, random))];
            var hand = Interpreter.Run(_hand, ref _left, _cancellation, arguments);
            return _pairs.All(p => IsFinite(right[p.Right])) ? new Seen(arguments, hand, right) : null;
        }
        catch (Exception e) when (e is ThrownException or IndexOutOfRangeException or ArgumentException or ArithmeticException or InvalidCastException)
        {
            return null;
        }
    }

    private Tensor Argument(ParameterModel parameter, int index, Tensor[] point, Tensor upstream, SeededNumbers random)
    {
        if (parameter.Path is null && parameter.Name.TrimStart('@') == _claim.Upstream?.Name)
        {
            return upstream;
        }

        var same = _model.Parameters.Items.IndexOf(_model.Parameters.FirstOrDefault(p => p.Expression == parameter.Expression)!);
        return same >= 0 ? point[same] : Drawn.Of(_hand.Parameters[index].Type, random, -1, 1);
    }

    private Finding Finding(Pair pair, IReadOnlyList<Seen> points, ImmutableArray<Pair> toBeRight)
    {
        List<(Tensor Hand, Tensor Right)> seen = [.. points.Select(s => (s.Hand[pair.Hand], s.Right[pair.Right]))];
        var returned = Returned();
        var location = returned.LastOrDefault()?.GetLocation() ?? _claim.Gradient.Locations[0];
        var (hand, right) = seen.First(s => !AreEqual(s.Hand, s.Right));
        var ratio = Ratio(seen);
        if (ratio is not null && _right.Parameters.Any(p => p.Type.IsArray) && Factor(pair, points, toBeRight, returned) is { IsConstant: false } length)
        {
            return OfFactor(length); // All arrays that are drawn are of one length.
        }

        if (ratio is { } factorOfAll)
        {
            var (whole, part) = (Text(factorOfAll), Text(1 / factorOfAll));
            var (isSign, isWhole) = (factorOfAll == -1, factorOfAll == Math.Round(factorOfAll));
            var what = isSign ? "the sign is wrong" : isWhole ? $"the factor {whole} is missing" : $"the factor 1/{part} is missing";
            return new Finding(Descriptors.GradientConstant, location, $"{Sentence(what)} in the gradient with respect to '{pair.Name}'", Edit(t => isSign ? "-" + t : isWhole ? $"{whole} * {t}" : $"{t} / {part}"));
        }

        if (seen.All(s => s.Hand is not ArrayTensor && s.Hand.Shape.Rows == s.Hand.Shape.Columns && AreEqual(Transposed(s.Hand), s.Right)))
        {
            return new Finding(Descriptors.GradientTranspose, location, $"The gradient with respect to '{pair.Name}' is the transpose of what it should be", Edit(t => t + ".T"));
        }

        if (Factor(pair, points, toBeRight, returned) is { } factor)
        {
            return OfFactor(factor);
        }

        return new Finding(Descriptors.GradientFactor, location, $"The gradient with respect to '{pair.Name}' is wrong{Difference(hand, right)} at a random point", []);

        Finding OfFactor(InsertedFactor inserted) => new(
            inserted.IsConstant ? Descriptors.GradientConstant : Descriptors.GradientFactor, inserted.Place.GetLocation(),
            $"{Sentence(inserted.What)} in the gradient with respect to '{pair.Name}': '{CodeText.Short(inserted.Place.ToString())}' should be '{CodeText.Short(inserted.Text)}'",
            [new Change(inserted.Place.SpanStart, inserted.Place.Span.Length, inserted.Text)]);

        // Only where all that is returned is this one gradient, in one place.
        IReadOnlyList<Change> Edit(Func<string, string> edit) => _pairs.Length == 1 && !pair.Name.Contains('.') && hand is not ArrayTensor && returned is [var only]
            ? [new Change(only.SpanStart, only.Span.Length, edit(only is IdentifierNameSyntax or InvocationExpressionSyntax or ParenthesizedExpressionSyntax ? only.ToString() : $"({only})"))]
            : [];
    }

    /// <summary>The one factor that makes a gradient right, and leaves right what is so; its text has been read and run.</summary>
    private InsertedFactor? Factor(Pair pair, IReadOnlyList<Seen> points, ImmutableArray<Pair> toBeRight, IReadOnlyList<ExpressionSyntax> returned)
    {
        if (returned.Count == 0)
        {
            return null;
        }

#pragma warning disable RS1030 // The method is read as a whole, not node by node.
        var model = _compilation.GetSemanticModel(returned[0].SyntaxTree);
#pragma warning restore RS1030
        (ExpressionSyntax Expression, int Result)? whole = returned is not [var only] ? null
            : _pairs.Length == 1 && !pair.Name.Contains('.') ? (only, pair.Hand)
            : only is TupleExpressionSyntax tuple && _claim.Parameters.ToList().FindIndex(p => p.Name == pair.Name) is >= 0 and var index && index < tuple.Arguments.Count
            ? (tuple.Arguments[index].Expression, pair.Hand) : null;
        var left = Budget;
        return Factors.Find(
            _hand, [.. _handModel.Parameters], _origins, whole, (name, place) => CodeText.Function(name, model, place.SpanStart),
            function => IsRight(function, points, toBeRight, ref left)).Take(MostRead).FirstOrDefault(f => IsRightAsText(f, points, toBeRight));
    }

    private bool IsRight(Function function, IReadOnlyList<Seen> points, ImmutableArray<Pair> pairs, ref long left)
    {
        foreach (var point in points)
        {
            _cancellation.ThrowIfCancellationRequested();
            try
            {
                var results = left <= 0 ? [] : Interpreter.Run(function, ref left, _cancellation, point.Arguments);
                if (results.IsEmpty || pairs.Any(p => !AreEqual(results[p.Hand], point.Right[p.Right])))
                {
                    return false;
                }
            }
            catch (Exception e) when (e is ThrownException or IndexOutOfRangeException or ArgumentException or ArithmeticException or InvalidCastException or InterpreterBudgetException)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the method compiles with the factor as it would be written, and is right then.</summary>
    private bool IsRightAsText(InsertedFactor factor, IReadOnlyList<Seen> points, ImmutableArray<Pair> pairs)
    {
        var tree = factor.Place.SyntaxTree;
        var method = factor.Place.FirstAncestorOrSelf<MethodDeclarationSyntax>();
        var index = tree.GetRoot(_cancellation).DescendantNodes().OfType<MethodDeclarationSyntax>().TakeWhile(m => m != method).Count();
        var changed = tree.WithChangedText(tree.GetText(_cancellation).WithChanges(new TextChange(factor.Place.Span, factor.Text)));
        var declaration = changed.GetRoot(_cancellation).DescendantNodes().OfType<MethodDeclarationSyntax>().ElementAtOrDefault(index);
        var compilation = _compilation.ReplaceSyntaxTree(tree, changed);
#pragma warning disable RS1030 // It is another compilation than the one that is analysed.
        var model = compilation.GetSemanticModel(changed);
#pragma warning restore RS1030
        var left = Budget;
        return declaration is not null && model.GetDeclaredSymbol(declaration, _cancellation) is IMethodSymbol symbol
            && !model.GetDiagnostics(declaration.Span, _cancellation).Any(d => d.Severity == DiagnosticSeverity.Error)
            && ModelReader.ReadPlain(symbol, compilation, _cancellation) is var (_, function, _, _)
            && function.Parameters.Select(p => p.Type).SequenceEqual(_hand.Parameters.Select(p => p.Type))
            && function.Results.Select(p => p.Type).SequenceEqual(_hand.Results.Select(p => p.Type))
            && IsRight(function, points, pairs, ref left);
    }

    /// <summary>The whole number, or one over it, that the gradient is to be multiplied by at every point.</summary>
    private double? Ratio(IReadOnlyList<(Tensor Hand, Tensor Right)> seen)
    {
        var (hand, right) = (Flat(seen[0].Hand), Flat(seen[0].Right));
        var largest = Enumerable.Range(0, Math.Min(hand.Length, right.Length)).OrderByDescending(e => Math.Abs(right[e])).FirstOrDefault();
        if (right.Length == 0 || hand.Length != right.Length || hand[largest] == 0)
        {
            return null;
        }

        var exact = right[largest] / hand[largest];
        var whole = Math.Abs(exact) >= 1 ? Math.Round(exact) : 1 / Math.Round(1 / exact);
        return whole != 1 && !double.IsNaN(whole) && !double.IsInfinity(whole) && Math.Abs(whole) is > 0.001 and < 1000
            && seen.All(s => Flat(s.Hand) is var h && Flat(s.Right) is var r && AreEqual([.. h.Select(x => x * whole)], r))
            ? whole : null;
    }

    /// <summary>The expressions that are returned.</summary>
    private IReadOnlyList<ExpressionSyntax> Returned() =>
    [
        .. _claim.Gradient.DeclaringSyntaxReferences.Select(r => r.GetSyntax(_cancellation)).OfType<MethodDeclarationSyntax>()
            .SelectMany(m => m.ExpressionBody is { Expression: var expression } ? [expression]
                : m.DescendantNodes(n => n is not (LocalFunctionStatementSyntax or LambdaExpressionSyntax)).OfType<ReturnStatementSyntax>().Select(r => r.Expression).OfType<ExpressionSyntax>()),
    ];

    private string Difference(Tensor hand, Tensor right)
    {
        var (h, r) = (Flat(hand), Flat(right));
        if (h.Length != r.Length)
        {
            return $": it has {h.Length} entries in place of {r.Length}";
        }

        var worst = Enumerable.Range(0, r.Length).OrderByDescending(e => Math.Abs(h[e] - r[e])).First();
        var columns = right.Shape.Columns;
        var entry = right is ArrayTensor || right.Shape.IsScalar ? right is ArrayTensor ? $" in [{worst / right.Shape.Count}]" : ""
            : columns == 1 ? $" in entry [{worst}]" : $" in entry [{worst / columns}, {worst % columns}]";
        return string.Format(CultureInfo.InvariantCulture, "{0}: {1:G4} in place of {2:G4}", entry, h[worst], r[worst]);
    }

    private bool AreEqual(Tensor left, Tensor right) => AreEqual(Flat(left), Flat(right));

    private bool AreEqual(double[] left, double[] right)
    {
        var scale = right.Select(Math.Abs).DefaultIfEmpty(0).Max();
        return left.Length == right.Length && left.Zip(right, (l, r) => Math.Abs(l - r) <= _tolerance * scale).All(same => same);
    }

    private static double[] Flat(Tensor tensor) => tensor is ArrayTensor array ? [.. array.Items.SelectMany(Flat)] : tensor.Entries;

    private static bool IsFinite(Tensor tensor) => Flat(tensor).All(e => !double.IsNaN(e) && !double.IsInfinity(e));

    private static Tensor Transposed(Tensor tensor)
    {
        var (rows, columns) = (tensor.Shape.Rows, tensor.Shape.Columns);
        return new Tensor(tensor.Shape, [.. Enumerable.Range(0, rows * columns).Select(e => tensor.Entries[(e % columns * columns) + (e / columns)])]);
    }

    private static string Text(double number) => Math.Round(number).ToString(CultureInfo.InvariantCulture);

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text.Substring(1);

    /// <summary>A point: what the method written by hand takes and gives there, and what is right.</summary>
    private sealed record Seen(Tensor[] Arguments, ImmutableArray<Tensor> Hand, ImmutableArray<Tensor> Right);

    /// <summary>A gradient: its name, and which result it is in the method by hand and in the generated one.</summary>
    private sealed record Pair(string Name, int Hand, int Right);
}
