using System.Collections.Immutable;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>Expressions that are numbers.</summary>
internal sealed partial class MethodWriter
{
    private enum Domain
    {
        Any,
        /// <summary>At least about ½.</summary>
        Positive,
        /// <summary>From 1 to 3.</summary>
        SmallPositive,
        /// <summary>Inside of (−0.9, 0.9).</summary>
        Unit,
        /// <summary>At most 2 in absolute value.</summary>
        Small,
    }

    /// <summary>Functions of one number, where they are smooth, and a bound of them. Those over Math exist over any scalar type if they are marked so.</summary>
    private static readonly ImmutableArray<(string Name, Domain Domain, Func<double, double> Bound, bool IsGeneric, Features Needs)> RealFunctions =
    [
        ("Math.Sin", Domain.Any, _ => 1, true, Features.None),
        ("Math.Cos", Domain.Any, _ => 1, true, Features.None),
        ("Math.Tanh", Domain.Any, _ => 1, true, Features.None),
        ("Math.Exp", Domain.Small, x => Math.Exp(x), true, Features.None),
        ("Math.Log", Domain.Positive, x => Math.Log(1 + x), true, Features.None),
        ("Math.Sqrt", Domain.Positive, x => 1 + Math.Sqrt(x), true, Features.None),
        ("Math.Abs", Domain.Any, x => x, true, Features.Kinks),
        ("Math.Atan", Domain.Any, _ => 1.6, false, Features.Functions),
        ("Math.Asinh", Domain.Any, x => Math.Asinh(x), false, Features.Functions),
        ("Math.Sinh", Domain.Small, x => Math.Sinh(x), false, Features.Functions),
        ("Math.Cosh", Domain.Small, x => Math.Cosh(x), false, Features.Functions),
        ("Math.Log2", Domain.Positive, x => 2 * Math.Log(1 + x), false, Features.Functions),
        ("Math.Log10", Domain.Positive, x => Math.Log(1 + x), false, Features.Functions),
        ("Math.Cbrt", Domain.Positive, x => 1 + Math.Cbrt(x), false, Features.Functions),
        ("Math.Asin", Domain.Unit, _ => 1.6, false, Features.Functions),
        ("Math.Acos", Domain.Unit, _ => 3.2, false, Features.Functions),
        ("Math.Tan", Domain.Unit, _ => 1.3, false, Features.Functions),
        ("Math.Atanh", Domain.Unit, _ => 1.5, false, Features.Functions),
        ("Sigmoid", Domain.Any, _ => 1, false, Features.Functions),
        ("Softplus", Domain.Any, x => 1 + x, false, Features.Functions),
        ("Relu", Domain.Any, x => x, false, Features.Kinks),
        ("Square", Domain.Any, x => x * x, false, Features.Functions),
        ("Cube", Domain.Any, x => x * x * x, false, Features.Functions),
        ("Reciprocal", Domain.Positive, _ => 2, false, Features.Functions),
        ("ReciprocalSqrt", Domain.Positive, _ => 2, false, Features.Functions),
        ("Expm1", Domain.Small, x => Math.Exp(x), false, Features.Functions),
        ("Log1p", Domain.Positive, x => Math.Log(2 + x), false, Features.Functions),
        ("StopGradient", Domain.Any, x => x, false, Features.Functions),
    ];

    private Production[]? _reals;

    private Production[] Reals => _reals ??=
    [
        new(Features.None, Sum),
        new(Features.None, Sum),
        new(Features.None, Multiple),
        new(Features.None, Multiple),
        new(Features.None, Quotient),
        new(Features.None, (_, depth) => OfRealFunction(depth)),
        new(Features.None, (_, depth) => OfRealFunction(depth)),
        new(Features.None, (_, depth) => OfRealFunction(depth)),
        new(Features.None, (_, depth) => Reduction(depth)),
        new(Features.None, (_, depth) => Reduction(depth)),
        new(Features.None, (_, depth) => InnerProduct(depth)),
        new(Features.None, (_, depth) => ReadEntry(depth)),
        new(Features.Losses, (_, depth) => Loss(depth)),
        new(Features.Kinks, (_, depth) => RealExtreme(depth)),
        new(Features.Functions, (_, depth) => RealOfTwo(depth)),
        new(Features.Integers, (_, depth) => FromInteger(WriteInteger(depth - 1))),
        new(Features.Integers, (_, depth) => IntegerTimesReal(depth)),
        new(Features.Conditionals, Conditional),
        new(Features.Switches, SwitchExpression),
        new(Features.Guards, GuardedValue),
        new(Features.Patterns, SwitchOfTuple),
        new(Features.Helpers, Call),
        new(Features.Helpers, Call),
        new(Features.LocalFunctions, Call),
        new(Features.Lambdas, Call),
        new(Features.Lambdas, (_, depth) => CallWithLambda(depth)),
        new(Features.Arrays, ReadElement),
        new(Features.Arrays, ReadElement),
        new(Features.Arrays, ReadElement),
    ];

    private Expression WriteReal(int depth) => (depth > 0 && _draw.Chance(80) ? Choose(Kind.Real, depth, Reals) : null) ?? RealLeaf();

    private Expression RealLeaf()
    {
        var variables = _scope.Of(Kind.Real);
        return variables.Count > 0 && _draw.Chance(75) ? _draw.Late(variables).Read()
            : _draw.Chance(30) && ReadElement(Kind.Real, 0) is { } element ? element
            : Matrices().Count > 0 && _draw.Chance(60) && ReadEntry(1) is { } entry ? entry
            : Literal(_draw.Number(2));
    }

    private Expression Sum(Kind kind, int depth)
    {
        var (x, y) = (Write(kind, depth - 1), Write(kind, depth - 1));
        return Of(kind, _draw.Of("({0} + {1})", "({0} - {1})"), x.Bound + y.Bound, x, y);
    }

    private Expression Multiple(Kind kind, int depth)
    {
        var (x, y) = (Write(kind, depth - 1), WriteReal(depth - 1));
        return _draw.Below(8) switch
        {
            0 => Of(kind, "(-{0})", x.Bound, x),
            _ => Of(kind, _draw.Of("({0} * {1})", "({1} * {0})"), x.Bound * y.Bound, x, y),
        };
    }

    private Expression Quotient(Kind kind, int depth)
    {
        var (x, y) = (Write(kind, depth - 1), Inside(WriteReal(depth - 1), Domain.Positive));
        return Of(kind, "({0} / {1})", 2 * x.Bound, x, y);
    }

    /// <summary>The expression moved to where a function is smooth.</summary>
    private Expression Inside(Expression x, Domain domain)
    {
        string Function(string name) => (x.Kind.IsMatrix ? "" : "Math.") + name;
        switch (domain)
        {
            case Domain.Positive:
                return _draw.Below(3) switch
                {
                    0 => Of(x.Kind, $"({{1}} + {Function("Exp")}({{0}}))", 9, Tamed(x, 2), Literal(0.5)),
                    1 => Of(x.Kind, $"({{1}} + {Function("Sin")}({{0}}))", 3, x, Literal(2)),
                    _ when x.Kind.IsMatrix => Of(x.Kind, "(Square({0}) + {1})", 26, Tamed(x, 5), Literal(1)),
                    _ => Of(x.Kind, "({1} + ({0} * {0}))", 26, Tamed(x, 5), Literal(1)),
                };
            case Domain.SmallPositive:
                return Of(x.Kind, $"({{1}} + {Function(_draw.Of("Sin", "Tanh"))}({{0}}))", 3, x, Literal(2));
            case Domain.Unit:
                return Of(x.Kind, $"({{1}} * {Function(_draw.Of("Sin", "Tanh"))}({{0}}))", 0.875, x, Literal(0.875));
            case Domain.Small:
                return Tamed(x, 2);
            default:
                return x;
        }
    }

    private Expression? OfRealFunction(int depth)
    {
        var function = _draw.Of(RealFunctions.AsSpan());
        if (!Has(function.Needs) || (_isGenericInScalar && !function.IsGeneric))
        {
            return null;
        }

        var x = Inside(WriteReal(depth - 1), function.Domain);
        return Of(Kind.Real, function.Name + "({0})", function.Bound(x.Bound), x);
    }

    private Expression? RealOfTwo(int depth)
    {
        if (_isGenericInScalar)
        {
            return null;
        }

        var x = WriteReal(depth - 1);
        return _draw.Below(6) switch
        {
            0 when Inside(WriteReal(depth - 1), Domain.Positive) is var y => Of(Kind.Real, "Math.Atan2({0}, {1})", 3.2, x, y),
            1 => Of(Kind.Real, "Math.Pow({0}, {1})", 50, Inside(x, Domain.SmallPositive), Tamed(WriteReal(depth - 1), 2)),
            2 => Of(Kind.Real, $"Math.Pow({{0}}, {_draw.Of("2", "3", "4", "5")})", Math.Pow(Math.Min(x.Bound, 2), 5), Tamed(x, 2)),
            3 => Of(Kind.Real, $"Math.Pow({{0}}, {_draw.Of("-1", "-2", "-3")})", 8, Inside(x, Domain.Positive)),
            4 when Has(Features.Kinks) => Of(Kind.Real, "({0} % {1})", 10, x, Inside(WriteReal(0), Domain.Positive)),
            _ => Of(Kind.Real, "LeakyRelu({0}, {1})", 2 * x.Bound, x, Tamed(WriteReal(0), 2)),
        };
    }

    private Expression? RealExtreme(int depth)
    {
        var (x, y) = (WriteReal(depth - 1), WriteReal(depth - 1));
        return _draw.Below(5) switch
        {
            0 when !_isGenericInScalar => Of(Kind.Real, "AnyMath.Clamp({0}, {1}, {2})", 2, x, Literal(-_draw.Between(1, 8) / 8.0), Literal(_draw.Between(1, 8) / 8.0)),
            1 when !_isGenericInScalar => Of(Kind.Real, _draw.Of("({0} - Math.Floor({0}))", "({0} - Math.Round({0}))", "({0} - Math.Truncate({0}))", "({0} * Math.Ceiling({1}))"), (1 + x.Bound) * (1 + y.Bound), x, y),
            2 or 3 => Of(Kind.Real, "Math.Max({0}, {1})", Math.Max(x.Bound, y.Bound), x, y),
            _ => Of(Kind.Real, "Math.Min({0}, {1})", Math.Max(x.Bound, y.Bound), x, y),
        };
    }

    private Expression FromInteger(Expression integer) => Of(
        Kind.Real, _isGenericInScalar ? "T.CreateChecked({0})" : "(Real){0}", Math.Max(Math.Abs(integer.Range.Low), Math.Abs(integer.Range.High)), integer);

    private Expression? IntegerTimesReal(int depth)
    {
        if (_isGenericInScalar)
        {
            return null;
        }

        var (i, x) = (WriteInteger(depth - 1), WriteReal(depth - 1));
        var largest = Math.Max(Math.Abs(i.Range.Low), Math.Abs(i.Range.High));
        return Of(Kind.Real, _draw.Of("({0} * {1})", "({1} * {0})", "({0} + {1})", "({1} - {0})"), Math.Max(largest * x.Bound, largest + x.Bound), i, x);
    }

    /// <summary>A sum, a mean, a norm, … of a matrix.</summary>
    private Expression? Reduction(int depth)
    {
        var kind = _draw.Chance(50) ? Kind.Vector(AnyDimension()) : Kind.Matrix(AnyDimension(), AnyDimension());
        var a = WriteMatrix(kind, depth - 1);
        var count = 5.0 * (kind.Form == Form.Vector ? 1 : 3);
        var isSquare = kind.Form == Form.Matrix && kind.Rows == kind.Columns;
        return _draw.Below(isSquare ? 8 : Has(Features.Kinks) ? 7 : 5) switch
        {
            0 => Of(Kind.Real, "Sum({0})", count * a.Bound, a),
            1 => Of(Kind.Real, "Mean({0})", a.Bound, a),
            2 => Of(Kind.Real, "NormSquared({0})", count * a.Bound * a.Bound, a),
            3 => Of(Kind.Real, "Norm({0})", Math.Sqrt(count) * a.Bound, a),
            4 => Of(Kind.Real, "LogSumExp({0})", 3 + a.Bound, Tamed(a, 8)),
            5 when Has(Features.Kinks) => Of(Kind.Real, "MaxEntry({0})", a.Bound, a),
            6 when Has(Features.Kinks) => Of(Kind.Real, "MinEntry({0})", a.Bound, a),
            7 => Of(Kind.Real, "Trace({0})", 5 * a.Bound, a),
            _ => Of(Kind.Real, "Sum({0})", count * a.Bound, a),
        };
    }

    private Expression InnerProduct(int depth)
    {
        var (m, n) = (AnyDimension(), AnyDimension());
        var (x, y) = (WriteMatrix(Kind.Vector(m), depth - 1), WriteMatrix(Kind.Vector(n), depth - 1));
        Expression A(Dimension rows, Dimension columns) => WriteMatrix(Kind.Matrix(rows, columns), depth - 1);
        switch (_draw.Below(6))
        {
            case 0:
                return Of(Kind.Real, "BilinearForm({0}, {1}, {2})", 25 * x.Bound * y.Bound * 2, x, A(m, n), y);
            case 1:
                return Of(Kind.Real, "QuadraticForm({0}, {1})", 25 * x.Bound * x.Bound * 2, x, A(m, m));
            case 2:
                return Of(Kind.Real, "TraceOfProduct({0}, {1})", 60, A(m, n), A(n, m));
            case 3:
                return Of(Kind.Real, "((Real)({0}.T * {1}))".Replace("Real", _isGenericInScalar ? "T" : "Real", StringComparison.Ordinal), 5 * x.Bound * y.Bound, x, WriteMatrix(Kind.Vector(m), depth - 1));
            case 4:
                return Of(Kind.Real, "Dot({0}, {1})", 60, A(m, n), A(m, n));
            default:
                return Of(Kind.Real, "Dot({0}, {1})", 5 * x.Bound * y.Bound, x, WriteMatrix(Kind.Vector(m), depth - 1));
        }
    }

    private Expression Loss(int depth)
    {
        var m = AnyDimension();
        var (x, y) = (Tamed(WriteMatrix(Kind.Vector(m), depth - 1), 4), Tamed(WriteMatrix(Kind.Vector(m), depth - 1), 4));
        return _draw.Below(4) switch
        {
            0 => Of(Kind.Real, "MeanSquaredError({0}, {1})", 16, x, y),
            1 => Of(Kind.Real, "SoftmaxCrossEntropy({0}, {1})", 40, x, y),
            2 => Of(Kind.Real, "SoftmaxCrossEntropy({0}, {1})", 10, x, Index(m)),
            _ => Of(Kind.Real, "BinaryCrossEntropyWithLogits({0}, {1})", 30, x, y),
        };
    }

    /// <summary>v[i] or m[i, j] of a variable.</summary>
    private Expression? ReadEntry(int depth)
    {
        var variables = Matrices();
        if (variables.Count == 0)
        {
            return null;
        }

        var a = _draw.Late(variables);
        return a.Kind.Form == Form.Vector
            ? Of(Kind.Real, a.Name + "[{0}]", a.Bound, Index(a.Kind.Rows, depth))
            : Of(Kind.Real, a.Name + "[{0}, {1}]", a.Bound, Index(a.Kind.Rows, depth), Index(a.Kind.Columns, depth));
    }
}
