using System.Collections.Immutable;
using GradGen.Compiler.Diagnostics;
using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.Compiler.Advice;

/// <summary>
/// GRAD4001–4007: what goes wrong in floating point in a method that was read. Only what is certain by its form: of a
/// parameter's values nothing is known, and nothing is said.
/// </summary>
internal sealed class NumericsAdvice
{
    private readonly Origins _origins;
    private readonly Wording _wording;
    private readonly CancellationToken _cancellation;
    private readonly Matcher _matcher;
    private readonly Ranges _ranges;
    private readonly Activity _activity = new();
    private readonly Guarded _guarded;
    private readonly List<Instruction> _instructions = [];
    private readonly List<Remark> _remarks = [];

    /// <summary>What has been said: of an iteration that is unrolled a hundred times, once.</summary>
    private readonly HashSet<(DiagnosticDescriptor Descriptor, ExpressionSyntax Expression)> _said = [];

    /// <summary>The values that are divided by, or that a logarithm is taken of.</summary>
    private readonly HashSet<Value> _critical;

    /// <summary>What a remark was made about: one mistake, one remark.</summary>
    private readonly HashSet<Instruction> _done = [];

    private NumericsAdvice(Function function, ImmutableArray<bool> differentiated, Origins origins, Wording wording, CancellationToken cancellation)
    {
        _origins = origins;
        _wording = wording;
        _cancellation = cancellation;
        Collect(function.Body);
        _matcher = new Matcher(_instructions.SelectMany(i => i.Results.Select(r => (r, i))).ToDictionary(p => p.r, p => p.i));
        _critical = [.. _instructions.Select(i => AtZero(i) is { } at ? i.Operands[at.Operand] : null).OfType<Value>()];
        _ranges = new Ranges(_matcher);
        _guarded = new Guarded(function, _matcher);
        foreach (var (parameter, isDifferentiated) in function.Parameters.Zip(differentiated, (p, d) => (p, d)))
        {
            if (isDifferentiated)
            {
                _activity.Add(parameter);
            }
        }

        _activity.Extend(function.Body.Instructions);
    }

    /// <summary>Nobody waits while he types for advice on what has become so large.</summary>
    private const int MostInstructions = 20_000;

    /// <summary>The remarks on a method, in the order of the text.</summary>
    public static ImmutableArray<Remark> On(
        Function function, ImmutableArray<bool> differentiated, Origins origins, SemanticModel model, SyntaxNode method, CancellationToken cancellation)
    {
        if (CountOf(function.Body, MostInstructions) >= MostInstructions)
        {
            return [];
        }

        var advice = new NumericsAdvice(function, differentiated, origins, new Wording(origins, model, method), cancellation);
        advice.RemarkOnForms();
        advice.RemarkOnZeros();
        advice.RemarkOnKinks();
        return [.. advice._remarks.OrderBy(r => r.Expression.SpanStart)];
    }

    /// <summary>GRAD4003 and 4007: formulas that have a better one, the larger before the smaller.</summary>
    private void RemarkOnForms()
    {
        foreach (var form in Forms.All)
        {
            foreach (var instruction in _instructions)
            {
                _cancellation.ThrowIfCancellationRequested();
                if (instruction.Results.Length != 1 || !_activity.Has(instruction.Result) || _done.Contains(instruction) || _origins.ExpressionOf(instruction.Result) is not { } expression
                    || _matcher.Find(form.Pattern, instruction.Result) is not { } match || !Applies(form, match))
                {
                    continue;
                }

                _done.UnionWith(match.Instructions);
                var code = _wording.Fill(form.Replacement, match, expression);
                Add(form.Descriptor, expression, Reason(form, match, expression), code is null ? [] : [(form.Replacement, "Write", code)]);
            }
        }
    }

    private bool Applies(Form form, Match match)
    {
        var scalar = match.Instructions[0].Result.Type.Scalar;
        var highest = scalar == ScalarType.Float32 ? 88 : 709;
        return (!form.IsOfFloat || scalar == ScalarType.Float32)
            && !match.Instructions.Any(_done.Contains)
            && (!form.IsOfNumbers || match.Instructions[0].Result.Type.IsScalar)
            && form.Positive.All(h => _ranges.Of(match[h]).IsPositive)
            && form.Exponents.All(h => _ranges.Of(match[h]).High > highest)
            && form.NegatedExponents.All(h => _ranges.Of(match[h]).Low < -highest)
            // Where an exponential stays low, its sum with 1 has been looked at above.
            && form.Varying.All(h => _matcher.NumberOf(match[h]) is null && _matcher.DefinitionOf(match[h])?.Operation != Elementary.Exp && IsSmallSomewhere(_ranges.Of(match[h])))
            && (!match.Holes.TryGetValue("n", out var count) || _matcher.NumberOf(count) is { } n && n == SummedBy(match));
    }

    // Digits are lost near 0 only.
    private static bool IsSmallSomewhere(ValueRange range) => range.Low <= 0 && range.High >= 0;

    /// <summary>How many entries the sums of a match add up.</summary>
    private static int SummedBy(Match match) => match.Instructions.Where(i => i.Operation == Reductions.Sum).Select(i => i.Operands[0].Shape.Count).Distinct().ToList() is [var count] ? count : 0;

    private string Reason(Form form, Match match, ExpressionSyntax place)
    {
        var isFloat = match.Instructions[0].Result.Type.Scalar == ScalarType.Float32;
        var reason = form.Reason
            .Replace("{high}", isFloat ? "88" : "709").Replace("{low}", isFloat ? "103" : "745")
            .Replace("{half}", isFloat ? "17" : "37").Replace("{tiny}", isFloat ? "1E-8" : "1E-17");
        foreach (var hole in match.Holes)
        {
            reason = reason.Replace($"'{{{hole.Key}}}'", _wording.Of(hole.Value, place) is { } text ? $"'{CodeText.Short(text)}'" : "what it is taken of");
        }

        return reason;
    }

    /// <summary>GRAD4001, 4002 and 4004: roots, logarithms and quotients of what can be 0.</summary>
    private void RemarkOnZeros()
    {
        foreach (var instruction in _instructions)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (instruction.Results.Length != 1 || !_activity.Has(instruction.Result) || _done.Contains(instruction)
                || AtZero(instruction) is not { } singular || _origins.ExpressionOf(instruction.Result) is not { } expression)
            {
                continue;
            }

            var value = instruction.Operands[singular.Operand];
            if (_guarded.ByWhere(instruction.Result, value) is { } choice)
            {
                if (!_ranges.Of(value).IsPositive && _activity.Has(value) && _matcher.DefinitionOf(value)?.Operation != Comparisons.Choose)
                {
                    RemarkOnGuard(instruction, value, expression, choice);
                }
            }
            else if (_ranges.Of(value).TouchesZero && !_guarded.ByCondition(instruction, value)
                && !(_matcher.DefinitionOf(value) is { } definition && _done.Contains(definition)))
            {
                _ = _done.Add(instruction);
                if (singular.Kind == ZeroKind.InfiniteSlope)
                {
                    RemarkOnRoot(instruction, value, expression, singular.Safe);
                }
                else
                {
                    RemarkOnDivisor(value, expression, singular.Kind);
                }
            }
        }
    }

    /// <summary>The operand at whose zero the value or the slope of an instruction is infinite.</summary>
    private ZeroSingularity? AtZero(Instruction instruction) =>
        instruction.Operation.AtZero?.Invoke(instruction.Attributes, i => _matcher.NumberOf(instruction.Operands[i]));

    private void RemarkOnRoot(Instruction root, Value value, ExpressionSyntax expression, string? safeName)
    {
        var text = _wording.Of(value, expression);
        var repairs = new List<(string, string, string)>();
        var isDivisor = _critical.Contains(root.Result);
        if (!isDivisor && root.Operation == Elementary.Sqrt && root.Result.Type.IsScalar && _matcher.Find(Forms.SquaresOfX, value) is { } squares && _wording.Fill("@Norm({x})", squares, expression) is { } norm)
        {
            repairs.Add(("Norm", "Write", norm));
        }

        if (text is not null)
        {
            var match = Match.Empty with { Holes = Match.Empty.Holes.Add("x", value), Instructions = [root] };
            if (!isDivisor && safeName is not null && _wording.Fill($"@{safeName}({{x}})", match, expression) is { } safe)
            {
                repairs.Add((safeName, "Take 0 as the slope at 0", safe));
            }

            if (Replaced(expression, value, CodeText.AsTerm(text) + " + " + Small(value)) is { } lifted)
            {
                repairs.Add(("Epsilon", "Add a little under the root", lifted));
            }
        }

        Add(Descriptors.RootOfZero, expression, $"is 0 where '{CodeText.Short(text ?? "its argument")}' is, and its slope there is infinite: one such point makes the gradient NaN", repairs);
    }

    private void RemarkOnDivisor(Value value, ExpressionSyntax expression, ZeroKind kind)
    {
        var text = _wording.Of(value, expression);
        var repairs = text is not null && Replaced(expression, value, CodeText.AsTerm(text) + " + " + Small(value)) is { } lifted
            ? [("Epsilon", "Add a little to what may be 0", lifted)]
            : new List<(string, string, string)>();
        var what = $"'{CodeText.Short(text ?? "its argument")}' can be 0, by its form";
        Add(Descriptors.DivisorOfZero, expression, (kind == ZeroKind.MinusInfinity ? "is −∞ at 0, and " : "is not finite at 0, and ") + what, repairs);
    }

    private static string Small(Value value) => value.Type.Scalar == ScalarType.Float32 ? "1e-12f" : "1e-12";

    /// <summary>GRAD4004: the value is chosen, the gradient is 0·∞ all the same.</summary>
    private void RemarkOnGuard(Instruction instruction, Value value, ExpressionSyntax expression, Choice choice)
    {
        _ = _done.Add(instruction);
        var repairs = new List<(string, string, string)>();
        if (_wording.Of(value, expression) is { } text && _wording.Of(choice.Mask, expression) is { } condition && choice.Mask.Shape == value.Shape
            && _wording.Ones(value, expression) is { } ones)
        {
            var match = Match.Empty with { Holes = Match.Empty.Holes.Add("x", value) };
            var where = _wording.Fill("@Where", match, expression);
            if (where is not null && Replaced(expression, value, choice.IsTrueSide ? $"{where}({condition}, {text}, {ones})" : $"{where}({condition}, {ones}, {text})") is { } guarded)
            {
                repairs.Add(("DoubleWhere", "Choose the argument too", guarded));
            }
        }

        Add(Descriptors.GuardedValue, expression, "is not chosen where it is not finite, but its gradient is 0·∞ there, which is NaN, unless the argument is chosen too", repairs);
    }

    /// <summary>An expression with the text of an argument replaced; in its place parentheses are kept where they are needed.</summary>
    private string? Replaced(ExpressionSyntax expression, Value value, string code)
    {
        if (_origins.ExpressionOf(value) is not { } inner || !expression.Span.Contains(inner.Span) || inner == expression)
        {
            // What a quotient is divided by stands last, and so does a function's only argument.
            var last = expression switch
            {
                BinaryExpressionSyntax binary => binary.Right,
                AssignmentExpressionSyntax assignment => assignment.Right,
                InvocationExpressionSyntax { ArgumentList.Arguments: [.., { Expression: var argument }] } => argument,
                _ => expression,
            };
            inner = last.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
                .FirstOrDefault(n => _origins.NamesOf(value).Any(s => s.Name == n.Identifier.ValueText) && n.Parent is not MemberAccessExpressionSyntax);
        }

        if (inner is null)
        {
            return null;
        }

        var text = expression.ToString();
        var start = inner.SpanStart - expression.SpanStart;
        return text.Substring(0, start) + CodeText.InPlaceOf(inner, code) + text.Substring(start + inner.Span.Length);
    }

    /// <summary>GRAD4006: where a function has no derivative, GradGen takes one.</summary>
    private void RemarkOnKinks()
    {
        foreach (var instruction in _instructions)
        {
            if (instruction.Results.Length == 1 && _activity.Has(instruction.Result) && instruction.Operation.Kink is { } kink && _origins.ExpressionOf(instruction.Result) is { } expression)
            {
                Add(Descriptors.Subgradient, expression, kink, []);
            }
        }
    }

    private void Add(DiagnosticDescriptor descriptor, ExpressionSyntax expression, string reason, IReadOnlyList<(string Key, string Verb, string Code)> repairs)
    {
        if (!_said.Add((descriptor, expression)))
        {
            return;
        }

        var offered = repairs.Select(r => new Repair(r.Key, $"{r.Verb}: '{CodeText.Short(r.Code)}'", CodeText.InPlaceOf(expression, r.Code))).ToImmutableArray();
        var instead = offered.IsEmpty ? "" : $": write '{CodeText.Short(repairs[0].Code)}'";
        _remarks.Add(new Remark(descriptor, expression, $"'{CodeText.Short(expression.ToString())}' {reason}{instead}", offered));
    }

    private static int CountOf(Block block, int most)
    {
        var count = 0;
        foreach (var instruction in block.Instructions)
        {
            count += 1 + instruction.Regions.Sum(r => CountOf(r, most));
            if (count >= most)
            {
                break;
            }
        }

        return count;
    }

    private void Collect(Block block)
    {
        foreach (var instruction in block.Instructions)
        {
            _instructions.Add(instruction);
            foreach (var region in instruction.Regions)
            {
                Collect(region);
            }
        }
    }
}
