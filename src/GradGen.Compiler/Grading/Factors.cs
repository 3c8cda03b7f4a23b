using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.Compiler.Grading;

/// <summary>A factor put before an expression, as C#.</summary>
/// <param name="Place">The expression.</param>
/// <param name="Text">What is to stand there.</param>
/// <param name="What">The mistake in words.</param>
/// <param name="IsConstant">Whether the factor is a number.</param>
internal sealed record InsertedFactor(ExpressionSyntax Place, string Text, string What, bool IsConstant);

/// <summary>
/// A gradient that is no one formula, with one factor more: at an expression that is returned, assigned or added, by something
/// that has a name or a short text there, or by a small number. The function is changed and run; the text follows.
/// </summary>
internal sealed class Factors
{
    /// <summary>Functions that are built and run, while somebody types.</summary>
    private const int MostTried = 600;

    /// <summary>Instructions that are copied for that.</summary>
    private const int MostCopied = 200_000;

    private const int LongestKey = 24;

    private readonly Function _function;
    private readonly Origins _origins;
    private readonly Func<string, ExpressionSyntax, string> _functionName;

    /// <summary>The instructions that compute an expression: one, or one an iteration where a loop was unrolled.</summary>
    private readonly Dictionary<ExpressionSyntax, List<Site>> _sites = [];

    private Factors(Function function, Origins origins, Func<string, ExpressionSyntax, string> functionName) =>
        (_function, _origins, _functionName) = (function, origins, functionName);

    /// <summary>The factors that make the function right.</summary>
    /// <param name="function">What was written by hand.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="origins">Where its values stand.</param>
    /// <param name="returned">The expression that is one of its results, and the number of that result; null where there is no such.</param>
    /// <param name="functionName">A function of MatrixFunctions as it is called at an expression.</param>
    /// <param name="isRight">Whether a changed function is right.</param>
    public static IEnumerable<InsertedFactor> Find(
        Function function, IReadOnlyList<ParameterModel> parameters, Origins origins, (ExpressionSyntax Expression, int Result)? returned,
        Func<string, ExpressionSyntax, string> functionName, Func<Function, bool> isRight)
    {
        var factors = new Factors(function, origins, functionName);
        var visible = ImmutableDictionary<string, Value>.Empty;
        for (var i = 0; i < function.Parameters.Length; i++)
        {
            visible = IsFactor(function.Parameters[i].Type) ? visible.SetItem(parameters[i].Expression, function.Parameters[i]) : visible;
        }

        visible = factors.Visit(function.Body, visible);
        if (returned is var (expression, result) && !factors._sites.ContainsKey(expression) && IsFactored(function.Results[result].Type))
        {
            factors._sites.Add(expression, [new Site(null, result, function.Results[result].Type, visible)]);
        }

        return factors.Try(returned?.Expression, isRight);
    }

    private IEnumerable<InsertedFactor> Try(ExpressionSyntax? returned, Func<Function, bool> isRight)
    {
        var (tried, most) = (0, Math.Min(MostTried, MostCopied / Math.Max(1, CountOf(_function.Body))));
        foreach (var form in Forms)
        {
            // What is returned first: a factor that is one of all terms is written once.
            foreach (var place in _sites.OrderByDescending(s => s.Key == returned).ThenBy(s => s.Key.SpanStart))
            {
                foreach (var key in KeysOf(form, place.Value))
                {
                    if (!form.IsOfNumber && !place.Value.All(s => Fits(form, s.Visible[key].Type, s.Type)))
                    {
                        continue;
                    }

                    if (++tried > most)
                    {
                        yield break;
                    }

                    if (isRight(new Inserting(place.Value, form, key).Run(_function)))
                    {
                        yield return Written(place.Key, place.Value[0], form, key);
                    }
                }
            }
        }
    }

    /// <summary>What can be written at all sites of a place, the shortest first.</summary>
    private static IEnumerable<string> KeysOf(Form form, List<Site> sites) => form.IsOfNumber ? [""]
        : sites[0].Visible.Keys.Where(k => sites.All(s => s.Visible.ContainsKey(k))).OrderBy(k => k.Length).ThenBy(k => k, StringComparer.Ordinal).ToList();

    private InsertedFactor Written(ExpressionSyntax place, Site site, Form form, string key)
    {
        var isEntrywise = !form.IsOfNumber && !site.Visible[key].Type.IsScalar;
        var (factor, isQuotient) = form.Write(key, isEntrywise ? name => _functionName(name, place) : null);
        string Own(TextBinding needed) => CodeText.Within(place.ToString(), CodeText.BindingOf(place), needed);
        var text = isEntrywise ? $"{_functionName("Hadamard", place)}({factor}, {place})"
            : factor == "-1" ? CodeText.Within("-" + Own(TextBinding.Unary), TextBinding.Unary, CodeText.NeededAt(place))
            : CodeText.Within(
                isQuotient ? $"{Own(TextBinding.Product)} / {factor}" : $"{factor} * {Own(TextBinding.Unary)}", TextBinding.Product, CodeText.NeededAt(place));
        return new InsertedFactor(
            place, text, factor == "-1" ? "the sign is wrong" : form.IsOfNumber ? $"the factor {(isQuotient ? "1/" : "")}{factor} is missing" : $"the factor '{(isQuotient ? "1/" : "")}{factor}' is missing", form.IsOfNumber);
    }

    /// <summary>Notes the places in a block, and gives what is visible at its end.</summary>
    private ImmutableDictionary<string, Value> Visit(Block block, ImmutableDictionary<string, Value> visible)
    {
        visible = block.Parameters.Aggregate(visible, See);
        foreach (var instruction in block.Instructions)
        {
            foreach (var region in instruction.Regions)
            {
                _ = Visit(region, visible);
            }

            if (instruction is { Regions.IsEmpty: true, Results.Length: 1 } && IsFactored(instruction.Result.Type)
                && _origins.ExpressionOf(instruction.Result) is { } expression && IsPlace(expression))
            {
                if (!_sites.TryGetValue(expression, out var sites))
                {
                    _sites.Add(expression, sites = []);
                }

                sites.Add(new Site(instruction, 0, instruction.Result.Type, visible));
            }

            visible = instruction.Results.Aggregate(visible, See);
        }

        return visible;
    }

    private ImmutableDictionary<string, Value> See(ImmutableDictionary<string, Value> visible, Value value)
    {
        if (!IsFactor(value.Type))
        {
            return visible;
        }

        foreach (var name in _origins.NamesOf(value))
        {
            visible = visible.SetItem(SyntaxFacts.GetKeywordKind(name.Name) != SyntaxKind.None ? "@" + name.Name : name.Name, value);
        }

        var expression = _origins.ExpressionOf(value);
        var assigned = expression?.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } => declarator.Identifier.Text,
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax name } assignment when assignment.Right == expression => name.ToString(),
            _ => null,
        };
        visible = assigned is null ? visible : visible.SetItem(assigned, value); // Also where nobody reads it.
        return expression is ElementAccessExpressionSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax && expression.ToString() is { Length: <= LongestKey } text
            ? visible.SetItem(text, value) : visible;
    }

    private static int CountOf(Block block) => block.Instructions.Sum(i => 1 + i.Regions.Sum(CountOf));

    private static bool IsFactor(TensorType type) => (type.IsFloating && type.IsTensor) || type == TensorType.Int32;

    private static bool IsFactored(TensorType type) => type.IsFloating && type.IsTensor;

    private static bool Fits(Form form, TensorType factor, TensorType own) => factor.IsFloating
        ? factor.Scalar == own.Scalar && (factor.IsScalar || (factor == own && !form.IsOfScalar))
        : form.TakesInteger;

    /// <summary>Whether it is a whole term: returned, assigned, an element, a side of a condition or a sum.</summary>
    private static bool IsPlace(ExpressionSyntax expression) => expression is not LiteralExpressionSyntax && expression.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Right == expression,
        EqualsValueClauseSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or ExpressionElementSyntax => true,
        ConditionalExpressionSyntax conditional => conditional.Condition != expression,
        ArgumentSyntax { Parent: TupleExpressionSyntax or ArgumentListSyntax { Parent: BaseObjectCreationExpressionSyntax } } => true,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression or (int)SyntaxKind.SubtractExpression } sum => IsPlace(sum),
        ParenthesizedExpressionSyntax parenthesized => IsPlace(parenthesized),
        _ => false,
    };

    /// <summary>The factors: v, 1/v, 1 − v², 1 − v, v·(1 − v) of something v that is there, and small numbers.</summary>
    private static readonly ImmutableArray<Form> Forms =
    [
        new((p, v) => v * p, (v, _) => (v, false)) { TakesInteger = true },
        new((p, v) => p / v, (v, _) => (v, true)) { TakesInteger = true, IsOfScalar = true },
        new((p, v) => (1 - (v * v)) * p, (v, function) => (function is null ? $"(1 - {v} * {v})" : $"1 - {function("Square")}({v})", false)),
        new((p, v) => (1 - v) * p, (v, function) => (function is null ? $"(1 - {v})" : $"1 - {v}", false)),
        new((p, v) => v * (1 - v) * p, (v, function) => (function is null ? $"{v} * (1 - {v})" : $"{function("Hadamard")}({v}, 1 - {v})", false)),
        new((p, _) => -p, (_, _) => ("-1", false)) { IsOfNumber = true },
        new((p, _) => 2 * p, (_, _) => ("2", false)) { IsOfNumber = true },
        new((p, _) => p / 2, (_, _) => ("2", true)) { IsOfNumber = true },
        new((p, _) => 3 * p, (_, _) => ("3", false)) { IsOfNumber = true },
    ];

    /// <param name="Apply">What is to stand in place of p, with v.</param>
    /// <param name="Write">The factor's text, and whether it is divided by; with the names of functions where v is not a number.</param>
    private sealed record Form(Func<Term, Term, Term> Apply, Func<string, Func<string, string>?, (string Text, bool IsQuotient)> Write)
    {
        /// <summary>Whether there is no v.</summary>
        public bool IsOfNumber { get; init; }

        /// <summary>Whether v must be a number.</summary>
        public bool IsOfScalar { get; init; }

        /// <summary>Whether v may be an integer.</summary>
        public bool TakesInteger { get; init; }
    }

    /// <param name="Instruction">What computes the expression; null for a result.</param>
    /// <param name="Result">The number of the result.</param>
    /// <param name="Type">The type of the expression.</param>
    /// <param name="Visible">What can be written there, and its value.</param>
    private sealed record Site(Instruction? Instruction, int Result, TensorType Type, ImmutableDictionary<string, Value> Visible);

    /// <summary>Puts a factor at the sites of one expression.</summary>
    private sealed class Inserting(List<Site> sites, Form form, string key) : Rewriter
    {
        public Function Run(Function function) => Rewrite(function);

        protected override Value Replace(Instruction original, ImmutableArray<Value> operands)
        {
            var value = Builder.Add(original.Operation, operands, original.Attributes);
            return sites.Find(s => s.Instruction == original) is { } site ? With(value, site) : value;
        }

        protected override ImmutableArray<Value> ResultsOf(Function function) =>
            [.. base.ResultsOf(function).Select((r, i) => sites.Find(s => s.Instruction is null && s.Result == i) is { } site ? With(r, site) : r)];

        private Value With(Value value, Site site)
        {
            var own = new Term(Builder, value);
            var factor = form.IsOfNumber ? own : new Term(Builder, Mapped(site.Visible[key]));
            return form.Apply(own, factor.Value.Type.IsFloating ? factor : factor.Apply(Arithmetic.To(own.Scalar))).Value;
        }
    }
}
