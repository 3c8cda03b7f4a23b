using System.Collections.Immutable;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>Loops and jumps. Every loop ends: its counter is counted by itself only.</summary>
internal sealed partial class MethodWriter
{
    /// <summary>Iterations of the loops around, all together, at most.</summary>
    private const int MostIterations = 24;

    /// <summary>The same of loops that are unrolled.</summary>
    private const int MostUnrolled = 12;

    private int _iterations = 1;
    private int _unrolled = 1;
    private int _loops;
    private bool _canBreak;
    private bool _canContinue;

    /// <summary>A loop whose number of iterations is known when the program is compiled.</summary>
    private ImmutableArray<Statement>? KnownLoop(ref int budget)
    {
        var matrices = Matrices();
        var a = matrices.Count > 0 && _draw.Chance(50) ? _draw.Late(matrices) : null;
        var size = a?.Kind.Rows ?? Dimension.Of(_draw.Between(1, 4));
        var trips = size.IsKnown ? size.Least : 5;
        if (_unrolled * trips > MostUnrolled || _iterations * trips > MostIterations)
        {
            return null;
        }

        var i = _scope.NewName("i", "j", "k");
        var end = a is null ? size.Least.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : !size.IsKnown ? size.Text + ".Size"
            : a.Kind.Form == Form.Vector ? a.Name + ".Size" : a.Name + ".Rows";
        var head = _draw.Below(6) switch
        {
            0 when size.IsKnown => $"for (var {i} = {size.Least - 1}; {i} >= 0; {i}--)",
            1 when size.Least > 1 => $"for (var {i} = 1; {i} < {end}; {i}++)",
            2 => $"for (var {i} = 0; {i} < {end}; {i} += 2)",
            3 when size.IsKnown => $"for (int {i} = 0; {i} <= {size.Least - 1}; ++{i})",
            _ => $"for (var {i} = 0; {i} < {end}; {i}++)",
        };
        return Loop(head, new Variable(i, Kind.Integer) { Range = (0, trips - 1), IndexOf = size.Text }, trips, isUnrolled: true, ref budget);
    }

    /// <summary>A loop whose number of iterations is an argument's, or another loop's index.</summary>
    private ImmutableArray<Statement>? RunTimeLoop(ref int budget)
    {
        var counts = _scope.Of(Kind.Integer).Where(v => !v.CanAssign && v.Range.Low >= 0 && v.Range.High <= 6).ToList();
        if (counts.Count == 0)
        {
            return null;
        }

        var n = _draw.In(counts);
        var most = n.Range.High;
        var i = _scope.NewName("i", "j", "k");
        var (head, trips, low, high) = _draw.Below(9) switch
        {
            0 => ($"for (var {i} = 0; {i} < {n.Name} + 2; {i}++)", most + 2, 0, most + 1),
            1 => ($"for (var {i} = 0; {i} <= {n.Name}; {i}++)", most + 1, 0, most),
            2 => ($"for (var {i} = {n.Name}; {i} > 0; {i}--)", most, 1, most),
            3 => ($"for (var {i} = 0; {i} < {n.Name} % 3 + 1; {i}++)", 3, 0, 2),
            4 => ($"for (var {i} = 1; {i} < {n.Name}; {i} += 2)", (most + 1) / 2, 1, most),
            5 => ($"for (var {i} = {n.Name}; {i} < {most + 1}; {i}++)", most + 1, 0, most),
            6 => ($"for (var {i} = {n.Name} % 2; {i} <= {n.Name} + 1; ++{i})", most + 2, 0, most + 1),
            _ => ($"for (var {i} = 0; {i} < {n.Name}; {i}++)", most, 0, most - 1),
        };
        return _iterations * Math.Max(trips, 1) > MostIterations ? null : Loop(head, new Variable(i, Kind.Integer) { Range = (low, Math.Max(low, high)) }, trips, isUnrolled: false, ref budget);
    }

    private ImmutableArray<Statement>? Loop(string head, Variable index, int trips, bool isUnrolled, ref int budget)
    {
        var rest = budget;
        var body = Repeated(trips, isUnrolled, () => _scope.Inside(() =>
        {
            _scope.Add(index);
            return WriteBlock(ref rest);
        }));
        budget = rest;
        return [new Statement(head + "\n[0]", [], [body])];
    }

    private Block Repeated(int trips, bool isUnrolled, Func<Block> write)
    {
        var (iterations, unrolled, loops, canBreak, canContinue) = (_iterations, _unrolled, _loops, _canBreak, _canContinue);
        _iterations *= Math.Max(trips, 1);
        _unrolled *= isUnrolled ? Math.Max(trips, 1) : 1;
        _loops += isUnrolled ? 0 : 1;
        (_canBreak, _canContinue) = (true, true);
        var body = write();
        (_iterations, _unrolled, _loops, _canBreak, _canContinue) = (iterations, unrolled, loops, canBreak, canContinue);
        return body;
    }

    /// <summary>while and do, on a counter that the loop itself counts, so that continue cannot skip it.</summary>
    private ImmutableArray<Statement>? WhileLoop(ref int budget)
    {
        var counts = _scope.Of(Kind.Integer).Where(v => !v.CanAssign && v.Range.Low >= 0 && v.Range.High <= 6).ToList();
        var n = counts.Count > 0 && _draw.Chance(75) ? _draw.In(counts) : null;
        var most = n?.Range.High ?? 3;
        if (_iterations * (most + 1) > MostIterations || (n is null && _unrolled * (most + 1) > MostUnrolled))
        {
            return null;
        }

        var k = _scope.NewName("k", "m", "step");
        var end = n?.Name ?? "3";
        var (template, count) = _draw.Below(6) switch
        {
            0 => ($"var {k} = {end};\nwhile ({k} > 0)\n[0]", $"{k}--;"),
            1 => ($"var {k} = 0;\nwhile ({k} < {end})\n[0]", $"{k}++;"),
            2 => ($"var {k} = 0;\ndo\n[0]\nwhile (++{k} < {end});", ""),
            3 => ($"var {k} = {end};\nwhile ({k}-- > 0)\n[0]", ""),
            4 => ($"var {k} = 0;\nwhile ({{0}} && {k} < {end})\n[0]", $"{k} += 1;"),
            _ => ($"var {k} = 0;\nwhile (true)\n[0]", $"if ({k}++ >= {end})\n{{\n    break;\n}}"),
        };
        ImmutableArray<Expression> parts = template.Contains("{0}", StringComparison.Ordinal) ? [WriteCondition(1)] : [];
        var isUnrolled = n is null && parts.IsEmpty;
        var rest = budget;
        var body = Repeated(most + 1, isUnrolled, () => _scope.Inside(() =>
        {
            _scope.Add(new Variable(k, Kind.Integer) { Range = (-1, most + 1) });
            return WriteBlock(ref rest);
        }));
        budget = rest;
        if (count.Length > 0)
        {
            body = new Block(body.Statements.Insert(0, new Statement(count, [], [])));
        }

        return [new Statement(template, parts, [body])];
    }

    /// <summary>More iterations than are unrolled, of something that contracts: x = 0.98·x + 0.01·f(x).</summary>
    private ImmutableArray<Statement>? LongLoop(ref int budget)
    {
        if (_iterations > 1 || Assigned(v => v.Kind == Kind.Real || v.Kind.IsMatrix) is not { } target)
        {
            return null;
        }

        var i = _scope.NewName("i", "step");
        var body = _scope.Inside(() =>
        {
            _scope.Add(new Variable(i, Kind.Integer) { Range = (0, 299) });
            var next = Of(
                target.Kind, target.Kind.IsMatrix ? "(({1} * {0}) + ({2} * {3}))" : "(({0} * {1}) + ({2} * {3}))", target.Bound,
                target.Read(), Literal(0.98), Literal(0.01), Bounded(Write(target.Kind, 1)));
            return new Block([new Statement(target.Name + " = {0};", [next], [])]);
        });
        return [new Statement($"for (var {i} = 0; {i} < 300; {i}++)\n[0]", [], [body])];
    }

    /// <summary>break or continue, under a condition.</summary>
    private ImmutableArray<Statement>? Jump(ref int budget) => (_canBreak, _canContinue) switch
    {
        (true, _) when _draw.Chance(50) => [JumpIf("break;")],
        (_, true) => [JumpIf("continue;")],
        _ => null,
    };

    private Statement JumpIf(string jump) => new("if ({0})\n[0]", [WriteCondition(1)], [new Block([new Statement(jump, [], [])])]);
}
