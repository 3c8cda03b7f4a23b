using System.Collections.Immutable;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>
/// Writes one method: statements and expressions that are well typed by construction, whose indices stay in range,
/// whose loops end, and whose values stay tame. Each construct has one place: a line in a table of productions, and the
/// method that writes it.
/// </summary>
internal sealed partial class MethodWriter
{
    /// <summary>A value that may become larger than this is passed through a bounded function first.</summary>
    private const double Largest = 30;

    private readonly Draw _draw;
    private readonly Features _features;
    private readonly Scope _scope;
    private readonly IReadOnlyList<Dimension> _dimensions;
    private readonly IReadOnlyList<Method> _helpers;
    private readonly bool _isGenericInScalar;
    private bool _canCaptureObject;

    /// <param name="draw">Random choices.</param>
    /// <param name="features">What the program may use.</param>
    /// <param name="dimensions">The sizes that its matrices have.</param>
    /// <param name="helpers">The methods that it may call.</param>
    /// <param name="isGenericInScalar">Whether its scalar type is a type parameter.</param>
    public MethodWriter(
        Draw draw, Features features, IReadOnlyList<Dimension> dimensions, IReadOnlyList<Method> helpers, bool isGenericInScalar = false)
    {
        (_draw, _features, _dimensions, _helpers, _isGenericInScalar) = (draw, features, dimensions, helpers, isGenericInScalar);
        _scope = new Scope(draw, features);
    }

    /// <summary>Writes the method, its parameters being in scope, and the fields of its object.</summary>
    public Method Write(string name, ImmutableArray<Parameter> parameters, Kind result, int statements, ImmutableArray<Parameter> fields = default, bool areCaptured = true)
    {
        _canCaptureObject = areCaptured;
        foreach (var field in fields.IsDefault ? [] : fields)
        {
            // A struct's own lambdas cannot capture it.
            _scope.Add(ToVariable(field with { Modifier = areCaptured ? "" : "in " }, canAssign: false));
        }

        foreach (var parameter in parameters.Where(p => p.Modifier != "out "))
        {
            _scope.Add(ToVariable(parameter, canAssign: parameter.Modifier != "in " && parameter.Kind.Form != Form.Integer && !parameter.Kind.IsArray));
        }

        _result = result;
        var givesOut = parameters.Any(p => p.Modifier is "out " or "ref ");
        _returns = givesOut ? 0 : 2;
        var body = new List<Statement>();
        while (statements > 0)
        {
            body.AddRange(WriteStatement(ref statements));
        }

        body.AddRange(parameters.Where(p => p.Modifier is "out " or "ref ").Select(p => new Statement(p.Name + " = {0};", [Own(Result(Write(p.Kind, 2)))], [])));
        if (result != Kind.Nothing)
        {
            body.Add(new Statement("return {0};", [WriteResult()], []));
        }

        return new Method(name, parameters, result, new Block([.. body]))
        {
            Bound = _resultBound,
            IsShared = _resultIsShared,
            IsInstance = !fields.IsDefault,
        };
    }

    public void Reserve(string name) => _scope.Reserve(name);

    private static Variable ToVariable(Parameter parameter, bool canAssign) => new(parameter.Name, parameter.Kind)
    {
        Bound = 1.5,
        Range = (0, parameter.Largest),
        CanAssign = canAssign,
        CanCapture = parameter.Modifier is not ("in " or "out " or "ref "),
        Length = (parameter.Length, parameter.Length + 2, parameter.Name + ".Length"),
    };

    /// <summary>A matrix that is no other variable's.</summary>
    private Expression Own(Expression value) => value.IsShared && value.Kind.IsMatrix ? Copy(value) : value;

    /// <summary>A name for a parameter.</summary>
    public string NewName(params ReadOnlySpan<string> preferred) => _scope.NewName(preferred);

    private bool Has(Features features) => (_features & features) == features;

    /// <summary>An expression of a type.</summary>
    private Expression Write(Kind kind, int depth) => kind.Form switch
    {
        Form.Real => WriteReal(depth),
        Form.Integer => WriteInteger(depth),
        Form.Boolean => WriteCondition(depth),
        Form.Array or Form.Span => WriteArray(kind, depth),
        Form.Tuple => WriteTuple(kind, depth),
        Form.Record => WriteRecord(kind, depth),
        _ => WriteMatrix(kind, depth),
    };

    /// <summary>One of the productions whose features the program has and which find what they need.</summary>
    private Expression? Choose(Kind kind, int depth, ReadOnlySpan<Production> productions)
    {
        for (var tries = 0; tries < 12; tries++)
        {
            var production = _draw.Of(productions);
            if (Has(production.Needs) && production.Write(kind, depth) is { } expression)
            {
                return expression.Bound > Largest ? Tamed(expression, 4) : expression;
            }
        }

        return null;
    }

    /// <summary>The expression in a bounded function or scaled down, if its bound is above the limit.</summary>
    private Expression Tamed(Expression expression, double limit) =>
        expression.Bound <= limit || !(expression.Kind == Kind.Real || expression.Kind.IsMatrix) ? expression
        : expression.Bound > 20 * limit || _draw.Chance(60) ? Bounded(expression, limit)
        : Of(expression.Kind, expression.Kind.IsMatrix ? "({1} * {0})" : "({0} * {1})", limit, expression, Literal(Math.Max(0.01, Math.Floor(100 * limit / expression.Bound) / 100)));

    /// <summary>The expression in a function with values in [−1, 1].</summary>
    private Expression Bounded(Expression expression, double limit = 1)
    {
        var function = (expression.Kind.IsMatrix ? "" : "Math.") + _draw.Of("Tanh", "Sin", "Cos");
        return limit >= 1
            ? Of(expression.Kind, function + "({0})", 1, expression)
            : Of(expression.Kind, $"({{1}} * {function}({{0}}))", limit, expression, Literal(limit));
    }

    private static Expression Literal(double number) => number < 0
        ? Of(Kind.Real, "(-{0})", -number, Literal(-number))
        : Of(Kind.Real, ProgramPrinter.Literal(number), number);

    private static Expression Of(Kind kind, string template, double bound, params ImmutableArray<Expression> parts) =>
        new(kind, template, parts) { Bound = bound };

    private static Expression Integer(string template, int low, int high, params ImmutableArray<Expression> parts) =>
        new(Kind.Integer, template, parts) { Range = (low, high) };

    private static Expression Condition(string template, params ImmutableArray<Expression> parts) => new(Kind.Boolean, template, parts);

    private IReadOnlyList<Variable> Matrices() => [.. _scope.Variables.Where(v => v.Kind.IsMatrix)];

    private Dimension AnyDimension() => _draw.In(_dimensions);

    /// <summary>A way to write an expression: null where what it needs is not at hand.</summary>
    private readonly record struct Production(Features Needs, Func<Kind, int, Expression?> Write);
}
