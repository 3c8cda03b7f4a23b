namespace GradGen.GradientTests.RandomPrograms;

/// <summary>Integers, whose ranges are known; indices; conditions; and what chooses by them.</summary>
internal sealed partial class MethodWriter
{
    private Expression WriteInteger(int depth)
    {
        if (depth <= 0 || _draw.Chance(40))
        {
            return IntegerLeaf();
        }

        var (i, j) = (WriteInteger(depth - 1), WriteInteger(depth - 1));
        var (a, b) = (i.Range, j.Range);
        var expression = _draw.Below(10) switch
        {
            0 => Integer("({0} - {1})", a.Low - b.High, a.High - b.Low, i, j),
            1 when a.Low >= 0 && b.Low >= 0 => Integer("({0} * {1})", a.Low * b.Low, a.High * b.High, i, j),
            2 when a.Low >= 0 => Integer($"({{0}} % {_draw.Between(2, 4)})", 0, 3, i),
            3 => Integer($"({{0}} / {_draw.Between(2, 3)})", Math.Min(a.Low, 0), Math.Max(a.High, 0), i),
            4 when !_isGenericInScalar => Integer("AnyMath.Max({0}, {1})", Math.Max(a.Low, b.Low), Math.Max(a.High, b.High), i, j),
            5 when Has(Features.Conditionals) => Integer("({2} ? {0} : {1})", Math.Min(a.Low, b.Low), Math.Max(a.High, b.High), i, j, WriteCondition(0)),
            7 when _scope.Variables.Where(v => v.Kind.IsArray).ToList() is { Count: > 0 } arrays && _draw.In(arrays) is var array =>
                Integer(array.Name + ".Length", array.Length.Least, array.Length.Most),
            8 when IntegerElement() is { } element => element,
            6 when Matrices() is { Count: > 0 } matrices && _draw.In(matrices) is { Kind.Rows.IsKnown: true } m =>
                Integer($"{m.Name}.{(m.Kind.Form == Form.Vector ? "Size" : "Rows")}", m.Kind.Rows.Least, m.Kind.Rows.Least),
            _ => Integer("({0} + {1})", a.Low + b.Low, a.High + b.High, i, j),
        };
        return Math.Max(Math.Abs(expression.Range.Low), expression.Range.High) > 60 ? Integer("({0} % 5)", -4, 4, expression) : expression;
    }

    private Expression IntegerLeaf()
    {
        var variables = _scope.Of(Kind.Integer);
        if (variables.Count > 0 && _draw.Chance(75))
        {
            return _draw.Late(variables).Read();
        }

        var number = _draw.Between(0, 4);
        return Integer(number.ToString(System.Globalization.CultureInfo.InvariantCulture), number, number);
    }

    /// <summary>What a switch or a pattern asks: not a constant, which C# would answer itself.</summary>
    private Expression? Subject() => WriteInteger(1) is var subject && MentionsVariable(subject) ? subject : null;

    private static bool MentionsVariable(Expression expression) =>
        (expression.Parts.IsEmpty && char.IsLetter(expression.Template[0]) && expression.Template is not ("true" or "false")) || expression.Parts.Any(MentionsVariable);

    /// <summary>An index that is in the range of a dimension.</summary>
    private Expression Index(Dimension size, int depth = 1)
    {
        var variables = _scope.Of(Kind.Integer).Where(v => v.IndexOf == size.Text || (v.Range.Low >= 0 && v.Range.High < size.Least)).ToList();
        if (variables.Count > 0 && _draw.Chance(70))
        {
            return _draw.Late(variables).Read();
        }

        if (Has(Features.RunTimeIndices) && size.IsKnown && _draw.Chance(50) && WriteInteger(Math.Min(depth, 1)) is { Range.Low: >= 0 } integer)
        {
            return integer.Range.High < size.Least ? integer
                : Integer($"({{0}} % {size.Least})", 0, size.Least - 1, integer);
        }

        var index = _draw.Below(size.Least);
        return Integer(index.ToString(System.Globalization.CultureInfo.InvariantCulture), index, index);
    }

    private Expression WriteCondition(int depth)
    {
        var flags = _scope.Of(Kind.Boolean);
        switch (_draw.Below(depth > 0 ? 12 : 7))
        {
            case 0 when flags.Count > 0:
                return _draw.Late(flags).Read();
            case 1 or 2 when _scope.Of(Kind.Integer).Count > 0:
                return Condition($"({{0}} {_draw.Of("==", "!=", "<", "<=", ">", ">=")} {{1}})", WriteInteger(1), WriteInteger(0));
            case 3 when Subject() is { } subject:
                return Condition($"({{0}} is {_draw.Of("1 or 3", "> 0 and < 3", "not 2", ">= 2", "0")})", subject);
            case 4 when GuardedEntry() is { } guarded:
                return guarded;
            case 7 or 8:
                return Condition($"({{0}} {_draw.Of("&&", "||")} {{1}})", WriteCondition(depth - 1), WriteCondition(depth - 1));
            case 9:
                return Condition("!{0}", WriteCondition(0));
            case 11 when Has(Features.Patterns) && PatternOfParts() is { } pattern:
                return pattern;
            case 10 when Has(Features.Switches):
                return Condition($"({{0}} {_draw.Of("==", "!=", "^", "&", "|")} {{1}})", WriteCondition(0), WriteCondition(0));
            default:
                var (x, y) = (WriteReal(depth), _draw.Chance(50) ? Literal(_draw.Number(1)) : WriteReal(0));
                return Condition($"({{0}} {_draw.Of("<", ">", "<=", ">=")} {{1}})", x, y);
        }
    }

    /// <summary>i &lt; 3 &amp;&amp; v[i] &gt; 0.5: reading the entry is only right where the index is.</summary>
    private Expression? GuardedEntry()
    {
        var vectors = _scope.Variables.Where(v => v.Kind is { Form: Form.Vector, Rows.IsKnown: true }).ToList();
        if (!Has(Features.RunTimeIndices) || vectors.Count == 0 || _scope.Of(Kind.Integer).Where(i => i.Range.Low >= 0).ToList() is not { Count: > 0 } indices)
        {
            return null;
        }

        var (v, index) = (_draw.In(vectors), _draw.In(indices).Read());
        return Condition($"({{0}} < {v.Kind.Rows.Least} && {v.Name}[{{0}}] > {{1}})", index, Literal(_draw.Number(1)));
    }

    private Expression Conditional(Kind kind, int depth)
    {
        var (x, y) = (Write(kind, depth - 1), Write(kind, depth - 1));
        return Chosen(kind, "({2} ? {0} : {1})", x, y, WriteCondition(depth - 1));
    }

    private Expression? SwitchExpression(Kind kind, int depth)
    {
        if (Subject() is not { } subject)
        {
            return null;
        }

        var (x, y, z) = (Write(kind, depth - 1), Write(kind, depth - 1), Write(kind, depth - 1));
        return _draw.Chance(60)
            ? Chosen(kind, $"({{3}} switch {{ {_draw.Of("0", "1 or 2", "< 1")} => {{0}}, {_draw.Of("3", "> 3", "not (4 or 5)")} => {{1}}, _ => {{2}} }})", x, y, z, subject)
            : Chosen(kind, $"({{3}} switch {{ {_draw.Of("0", "1 or 2", "> 2")} when {{4}} => {{0}}, -1 => {{1}}, _ => {{2}} }})", x, y, z, subject, WriteCondition(0));
    }

    private static Expression Chosen(Kind kind, string template, params Expression[] parts)
    {
        var arms = parts.Where(p => p.Kind == kind).ToList();
        return new Expression(kind, template, [.. parts]) { Bound = arms.Max(p => p.Bound), IsShared = arms.Any(p => p.IsShared) };
    }
}
