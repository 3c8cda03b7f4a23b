using System.Collections.Immutable;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>Expressions that are vectors and matrices.</summary>
internal sealed partial class MethodWriter
{
    private static readonly ImmutableArray<(string Name, Domain Domain, Func<double, double> Bound, Features Needs)> MatrixFunctionsOfOne =
    [
        ("Sin", Domain.Any, _ => 1, Features.None),
        ("Cos", Domain.Any, _ => 1, Features.None),
        ("Tanh", Domain.Any, _ => 1, Features.None),
        ("Sigmoid", Domain.Any, _ => 1, Features.None),
        ("Exp", Domain.Small, x => Math.Exp(x), Features.None),
        ("Relu", Domain.Any, x => x, Features.Kinks),
        ("Abs", Domain.Any, x => x, Features.Kinks),
        ("Square", Domain.Any, x => x * x, Features.None),
        ("Cube", Domain.Any, x => x * x * x, Features.Functions),
        ("Softplus", Domain.Any, x => 1 + x, Features.Functions),
        ("Expm1", Domain.Small, x => Math.Exp(x), Features.Functions),
        ("Log", Domain.Positive, x => Math.Log(1 + x), Features.Functions),
        ("Log1p", Domain.Positive, x => Math.Log(2 + x), Features.Functions),
        ("Sqrt", Domain.Positive, x => 1 + Math.Sqrt(x), Features.Functions),
        ("Reciprocal", Domain.Positive, _ => 2, Features.Functions),
        ("ReciprocalSqrt", Domain.Positive, _ => 2, Features.Functions),
        ("Tan", Domain.Unit, _ => 1.3, Features.Functions),
    ];

    private Production[]? _matrices;

    private Production[] MatrixProductions => _matrices ??=
    [
        new(Features.None, Sum),
        new(Features.None, Sum),
        new(Features.None, Multiple),
        new(Features.None, Quotient),
        new(Features.None, Product),
        new(Features.None, Product),
        new(Features.None, Product),
        new(Features.None, Transposed),
        new(Features.None, Hadamard),
        new(Features.None, OfMatrixFunction),
        new(Features.None, OfMatrixFunction),
        new(Features.None, WithNumber),
        new(Features.None, SpecialProduct),
        new(Features.Kinks, MatrixExtreme),
        new(Features.Functions, Power),
        new(Features.Parts, Part),
        new(Features.Parts, Part),
        new(Features.Literals, Listed),
        new(Features.Constants, Constant),
        new(Features.Losses, OfSoftmax),
        new(Features.Conditionals, Conditional),
        new(Features.Switches, SwitchExpression),
        new(Features.Helpers, Call),
        new(Features.Helpers, Call),
        new(Features.LocalFunctions, Call),
        new(Features.Arrays, ReadElement),
        new(Features.Arrays, ReadElement),
    ];

    private Expression WriteMatrix(Kind kind, int depth) =>
        (depth > 0 && _draw.Chance(75) ? Choose(kind, depth, MatrixProductions) : null) ?? MatrixLeaf(kind);

    /// <summary>A variable of the type; else something made of numbers, or of variables of other types.</summary>
    private Expression MatrixLeaf(Kind kind)
    {
        var variables = _scope.Of(kind);
        if (variables.Count > 0)
        {
            return _draw.Late(variables).Read();
        }

        var transposed = _scope.Of(Kind.Matrix(kind.Columns, kind.Rows));
        if (transposed.Count > 0 && kind.Form == Form.Matrix)
        {
            var a = _draw.Late(transposed).Read();
            return Of(kind, _draw.Of("{0}.T", "Transpose({0})"), a.Bound, a);
        }

        return kind.Form == Form.Matrix && _scope.Of(Kind.Vector(kind.Rows)) is { Count: > 0 } left && _scope.Of(Kind.Vector(kind.Columns)) is { Count: > 0 } right
            ? Of(kind, "Outer({0}, {1})", 4, _draw.Late(left).Read(), _draw.Late(right).Read())
            : Of(kind, "(" + kind.Text + ".Ones() * {0})", 2, RealLeafForMatrix());
    }

    private Expression RealLeafForMatrix() => _scope.Of(Kind.Real) is { Count: > 0 } variables ? _draw.Late(variables).Read() : Literal(_draw.Number(1));

    private Expression Product(Kind kind, int depth)
    {
        var inner = AnyDimension();
        var a = WriteMatrix(Kind.Matrix(kind.Rows, inner), depth - 1);
        var b = WriteMatrix(kind.Form == Form.Vector ? Kind.Vector(inner) : Kind.Matrix(inner, kind.Columns), depth - 1);
        return Of(kind, "({0} * {1})", 5 * a.Bound * b.Bound, a, b);
    }

    private Expression? Transposed(Kind kind, int depth)
    {
        if (kind.Form == Form.Vector)
        {
            var inner = AnyDimension();
            var (w, x) = (WriteMatrix(Kind.Matrix(inner, kind.Rows), depth - 1), WriteMatrix(Kind.Vector(inner), depth - 1));
            return Of(kind, "({0}.T * {1})", 5 * w.Bound * x.Bound, w, x);
        }

        var a = WriteMatrix(
            kind.Rows == Dimension.One && _draw.Chance(50) ? Kind.Vector(kind.Columns) : Kind.Matrix(kind.Columns, kind.Rows), depth - 1);
        return Of(kind, _draw.Of("{0}.T", "Transpose({0})"), a.Bound, a);
    }

    private Expression Hadamard(Kind kind, int depth)
    {
        var (a, b) = (WriteMatrix(kind, depth - 1), WriteMatrix(kind, depth - 1));
        return _draw.Chance(70)
            ? Of(kind, "Hadamard({0}, {1})", a.Bound * b.Bound, a, b)
            : Of(kind, "Divide({0}, {1})", 2 * a.Bound, a, Inside(b, Domain.Positive));
    }

    private Expression? OfMatrixFunction(Kind kind, int depth)
    {
        var function = _draw.Of(MatrixFunctionsOfOne.AsSpan());
        if (!Has(function.Needs))
        {
            return null;
        }

        var a = Inside(WriteMatrix(kind, depth - 1), function.Domain);
        return Of(kind, function.Name + "({0})", function.Bound(a.Bound), a);
    }

    private Expression WithNumber(Kind kind, int depth)
    {
        var (a, s) = (WriteMatrix(kind, depth - 1), WriteReal(depth - 1));
        return _draw.Below(4) switch
        {
            0 => Of(kind, "({1} / {0})", 2 * s.Bound, Inside(a, Domain.Positive), s),
            1 => Of(kind, _draw.Of("({1} + {0})", "({0} + {1})"), a.Bound + s.Bound, a, s),
            2 => Of(kind, _draw.Of("({1} - {0})", "({0} - {1})"), a.Bound + s.Bound, a, s),
            _ => Of(kind, "LeakyRelu({0}, {1})", 2 * a.Bound, a, Tamed(s, 2)),
        };
    }

    /// <summary>Products with a name, where the type allows them.</summary>
    private Expression? SpecialProduct(Kind kind, int depth)
    {
        var choice = _draw.Below(5);
        if (kind.Form == Form.Vector)
        {
            var inner = AnyDimension();
            var a = WriteMatrix(Kind.Matrix(kind.Rows, inner), depth - 1);
            return choice < 2 ? Of(kind, "RowSum({0})", 5 * a.Bound, a)
                : choice < 4 && WriteMatrix(Kind.Matrix(kind.Rows, kind.Rows), depth - 1) is var square ? Of(kind, "Diagonal({0})", square.Bound, square)
                : null;
        }

        switch (choice)
        {
            case 0:
                var (x, y) = (WriteMatrix(Kind.Vector(kind.Rows), depth - 1), WriteMatrix(Kind.Vector(kind.Columns), depth - 1));
                return Of(kind, "Outer({0}, {1})", x.Bound * y.Bound, x, y);
            case 1 when kind.Rows == kind.Columns:
                var a = WriteMatrix(Kind.Matrix(AnyDimension(), kind.Rows), depth - 1);
                return Of(kind, "Gram({0})", 5 * a.Bound * a.Bound, a);
            case 2 when kind.Rows == kind.Columns:
                var diagonal = WriteMatrix(Kind.Vector(kind.Rows), depth - 1);
                return Of(kind, "DiagonalMatrix({0})", diagonal.Bound, diagonal);
            case 3 when kind.Rows == Dimension.One:
                var tall = WriteMatrix(Kind.Matrix(AnyDimension(), kind.Columns), depth - 1);
                return Of(kind, "ColumnSum({0})", 5 * tall.Bound, tall);
            default:
                var (b, bias) = (WriteMatrix(kind, depth - 1), WriteMatrix(Kind.Vector(kind.Rows), depth - 1));
                return Of(kind, "AddBias({0}, {1})", b.Bound + bias.Bound, b, bias);
        }
    }

    private Expression MatrixExtreme(Kind kind, int depth)
    {
        var (a, b) = (WriteMatrix(kind, depth - 1), WriteMatrix(kind, depth - 1));
        var bound = Math.Max(a.Bound, b.Bound);
        return _draw.Below(5) switch
        {
            0 => Of(kind, "Max({0}, {1})", bound, a, b),
            1 => Of(kind, "Min({0}, {1})", bound, a, b),
            2 => Of(kind, $"Where({_draw.Of("Greater", "Less")}({{0}}, {{1}}), {{1}}, {{2}})", bound + 2, a, b, WriteMatrix(kind, 0)),
            3 => Of(kind, $"Hadamard({_draw.Of("Greater", "Less")}({{0}}, {{1}}), {{0}})", bound, a, b),
            _ => Of(kind, "Clamp({0}, {1}, {2})", 2, a, Literal(-_draw.Between(1, 8) / 8.0), Literal(_draw.Between(1, 8) / 8.0)),
        };
    }

    private Expression Power(Kind kind, int depth)
    {
        var a = WriteMatrix(kind, depth - 1);
        return _draw.Below(3) switch
        {
            0 when !_isGenericInScalar => Of(kind, $"Pow({{0}}, {_draw.Of("2", "3", "5")})", 32, Tamed(a, 2)),
            1 when !_isGenericInScalar => Of(kind, $"Pow({{0}}, {_draw.Of("-1", "-2", "0")})", 4, Inside(a, Domain.Positive)),
            _ => Of(kind, "Pow({0}, {1})", 60, Inside(a, Domain.SmallPositive), Tamed(WriteReal(depth - 1), 2)),
        };
    }

    /// <summary>Rows, columns, blocks and stacks: sizes are numbers here.</summary>
    private Expression? Part(Kind kind, int depth)
    {
        if (!kind.Rows.IsKnown || !kind.Columns.IsKnown)
        {
            return null;
        }

        var (rows, columns) = (kind.Rows.Least, kind.Columns.Least);
        Dimension Larger(int size) => Dimension.Of(size + _draw.Between(0, 2));
        if (kind.Form == Form.Vector)
        {
            var larger = Larger(rows);
            switch (_draw.Below(4))
            {
                case 0:
                    var x = WriteMatrix(Kind.Vector(larger), depth - 1);
                    return Of(kind, $"{{0}}.Slice<{kind.Rows.Text}>({_draw.Between(0, larger.Least - rows)})", x.Bound, x);
                case 1:
                    var a = WriteMatrix(Kind.Matrix(kind.Rows, larger), depth - 1);
                    return Of(kind, $"Column({{0}}, {_draw.Below(larger.Least)})", a.Bound, a);
                case 2:
                    var (top, bottom) = (Dimension.Of(_draw.Between(1, rows)), Larger(rows));
                    var (u, v) = (WriteMatrix(Kind.Vector(top), depth - 1), WriteMatrix(Kind.Vector(bottom), depth - 1));
                    return Of(kind, $"VStack({{0}}, {{1}}).Slice<{kind.Rows.Text}>({_draw.Between(0, top.Least + bottom.Least - rows)})", Math.Max(u.Bound, v.Bound), u, v);
                default:
                    var (m, n) = Factors(rows);
                    var flat = WriteMatrix(Kind.Matrix(Dimension.Of(m), Dimension.Of(n)), depth - 1);
                    return Of(kind, $"{{0}}.Flatten<{kind.Rows.Text}>()", flat.Bound, flat);
            }
        }

        var (tall, wide) = (Larger(rows), Larger(columns));
        switch (_draw.Below(5))
        {
            case 0 when rows == 1:
                var a = WriteMatrix(Kind.Matrix(tall, kind.Columns), depth - 1);
                return Of(kind, $"Row({{0}}, {_draw.Below(tall.Least)})", a.Bound, a);
            case 1:
                var (left, right) = (WriteMatrix(Kind.Matrix(kind.Rows, wide), depth - 1), WriteMatrix(Kind.Matrix(kind.Rows, kind.Columns), depth - 1));
                return Of(kind, $"HStack({{0}}, {{1}}).Block<{kind.Rows.Text}, {kind.Columns.Text}>(0, {_draw.Between(0, wide.Least)})", Math.Max(left.Bound, right.Bound), left, right);
            case 2:
                var (top, bottom) = (WriteMatrix(Kind.Matrix(tall, kind.Columns), depth - 1), WriteMatrix(Kind.Matrix(kind.Rows, kind.Columns), depth - 1));
                return Of(kind, $"VStack({{0}}, {{1}}).Block<{kind.Rows.Text}, {kind.Columns.Text}>({_draw.Between(0, tall.Least)}, 0)", Math.Max(top.Bound, bottom.Bound), top, bottom);
            case 3:
                var (m, n) = Factors(rows * columns);
                var b = WriteMatrix(_draw.Chance(50) ? Kind.Matrix(Dimension.Of(m), Dimension.Of(n)) : Kind.Vector(Dimension.Of(rows * columns)), depth - 1);
                return Of(kind, $"{{0}}.Reshape<{kind.Rows.Text}, {kind.Columns.Text}>()", b.Bound, b);
            default:
                var whole = WriteMatrix(Kind.Matrix(tall, wide), depth - 1);
                return Of(
                    kind, $"{{0}}.Block<{kind.Rows.Text}, {kind.Columns.Text}>({_draw.Between(0, tall.Least - rows)}, {_draw.Between(0, wide.Least - columns)})",
                    whole.Bound, whole);
        }
    }

    private (int Rows, int Columns) Factors(int count)
    {
        var rows = _draw.Of([.. Enumerable.Range(1, count).Where(r => count % r == 0)]);
        return (rows, count / rows);
    }

    /// <summary>[a, b] and [[a, b], [c, d]], as what a typed helper expression makes of it.</summary>
    private Expression? Listed(Kind kind, int depth)
    {
        if (!kind.Rows.IsKnown || !kind.Columns.IsKnown || kind.Count > 8)
        {
            return null;
        }

        var entries = Enumerable.Range(0, kind.Count).Select(_ => WriteReal(Math.Min(1, depth - 1))).ToImmutableArray();
        var names = Enumerable.Range(0, kind.Count).Select(i => $"{{{i}}}").ToList();
        var text = kind.Form == Form.Vector
            ? string.Join(", ", names)
            : string.Join(", ", names.Chunk(kind.Columns.Least).Select(r => $"[{string.Join(", ", r)}]"));
        return new Expression(kind, $"(({kind.Text})[{text}])", entries) { Bound = entries.Max(e => e.Bound) };
    }

    private Expression Constant(Kind kind, int depth) => _draw.Below(kind.Form == Form.Matrix && kind.Rows == kind.Columns ? 4 : 2) switch
    {
        0 => Of(kind, kind.Text + ".Ones()", 1),
        1 => Of(kind, _draw.Of(kind.Text + ".Zeros()", $"new {kind.Text}()"), 1),
        _ => Of(kind, kind.Text + ".Identity()", 1),
    };

    private Expression? OfSoftmax(Kind kind, int depth)
    {
        if (kind.Form != Form.Vector)
        {
            return null;
        }

        var x = Tamed(WriteMatrix(kind, depth - 1), 6);
        return _draw.Chance(60) ? Of(kind, "Softmax({0})", 1, x) : Of(kind, "LogSoftmax({0})", 8, x);
    }
}
