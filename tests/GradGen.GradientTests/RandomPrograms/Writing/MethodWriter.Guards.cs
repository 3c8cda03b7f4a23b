using System.Collections.Immutable;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>Guards that throw, hardly ever; patterns of several integers and of members.</summary>
internal sealed partial class MethodWriter
{
    /// <summary>What every guard says, so that it is known from a mistake of the writer's.</summary>
    public const string Guard = "a guard of the program's";

    /// <summary>if (…) { throw …; }, which stops some runs, or ThrowIf…, which stops none.</summary>
    private ImmutableArray<Statement>? WriteGuard(ref int budget)
    {
        if (_draw.Chance(25))
        {
            var integers = _scope.Of(Kind.Integer).Where(i => i.Range.Low >= 0).ToList();
            var objects = _scope.Variables.Where(v => v.Kind.IsMatrix || v.Kind.Form == Form.Array).ToList();
            return integers.Count > 0 && _draw.Chance(50) && _draw.In(integers) is var integer
                ? [new Statement($"ArgumentOutOfRangeException.{_draw.Of("ThrowIfNegative({0})", $"ThrowIfGreaterThan({{0}}, {integer.Range.High})")};".Replace("{0}", integer.Name, StringComparison.Ordinal), [], [])]
                : objects.Count > 0 ? [new Statement($"ArgumentNullException.ThrowIfNull({_draw.In(objects).Name});", [], [])]
                : null;
        }

        var rare = Condition("({0} && {1} && {2})", WriteCondition(0), WriteCondition(0), Subject() is { } subject ? Condition("({0} is 2 or 7)", subject) : WriteCondition(0));
        return [new Statement("if ({0})\n[0]", [rare], [new Block([new Statement($"throw {Thrown()};", [], [])])])];
    }

    private string Thrown() => _draw.Of(
        $"new ArgumentException(\"{Guard}\")", $"new InvalidOperationException(\"{Guard}\")", $"new ArgumentOutOfRangeException(null, \"{Guard}\")");

    /// <summary>A value, or an exception: beyond the range of an integer, which never is, or under conditions that hardly hold.</summary>
    private Expression? GuardedValue(Kind kind, int depth)
    {
        if (Subject() is not { } subject)
        {
            return null;
        }

        var (value, (low, high)) = (Write(kind, depth - 1), subject.Range);
        return _draw.Below(3) switch
        {
            0 => new Expression(kind, $"({{1}} is {_draw.Of($"<= {high}", $">= {low}", $"not {high + 1}")} ? {{0}} : throw {Thrown()})", [value, subject]) { Bound = value.Bound, IsShared = value.IsShared },
            1 => new Expression(kind, $"(({{1}} && {{2}} && {{3}}) ? throw {Thrown()} : {{0}})", [value, WriteCondition(0), WriteCondition(0), Condition("({0} is 2 or 7)", subject)]) { Bound = value.Bound, IsShared = value.IsShared },
            _ => Chosen(kind, $"({{2}} switch {{ {_draw.Of("0 or 1", "< 2")} => {{0}}, <= {high + 2} => {{1}}, _ => throw {Thrown()} }})", value, Write(kind, depth - 1), subject),
        };
    }

    /// <summary>A switch over two integers, one of which an arm may name.</summary>
    private Expression? SwitchOfTuple(Kind kind, int depth)
    {
        if (Subject() is not { } first || Subject() is not { } second)
        {
            return null;
        }

        var (x, y, z) = (Write(kind, depth - 1), Write(kind, depth - 1), Write(kind, depth - 1));
        var name = _scope.NewName("u", "k");
        return _draw.Chance(50)
            ? Chosen(kind, $"(({{3}}, {{4}}) switch {{ (0, {_draw.Of("_", "> 1", "not 2")}) => {{0}}, ({_draw.Of("1 or 2", "> 0")}, < 2) => {{1}}, _ => {{2}} }})", x, y, z, first, second)
            : Chosen(kind, $"(({{3}}, {{4}}) switch {{ (var {name}, {_draw.Of("0", "> 0")}) when {name} < 2 => {{0}}, (_, {_draw.Of("1", "<= 1", ">= 2")}) => {{1}}, _ => {{2}} }})", x, y, z, first, second);
    }

    /// <summary>Whether two integers, or the integer in a record, match.</summary>
    private Expression? PatternOfParts()
    {
        var records = _scope.Variables.Where(v => v.Kind.Form == Form.Record && v.Kind.Members.Any(m => m.Name == "Count")).ToList();
        if (records.Count > 0 && _draw.Chance(60))
        {
            return Condition($"({_draw.In(records).Name} is {{ Count: {_draw.Of("0", "> 1", "1 or 3")} }})");
        }

        return Subject() is { } first && Subject() is { } second
            ? Condition($"(({{0}}, {{1}}) is {_draw.Of("(0, _)", "(> 1, not 2)", "(1 or 2, < 3)")})", first, second)
            : null;
    }

    /// <summary>An integer that a pattern names where it matches.</summary>
    private ImmutableArray<Statement>? DeclareByPattern(ref int budget)
    {
        if (Subject() is not { } subject)
        {
            return null;
        }

        var (name, result) = (_scope.NewName("k", "m"), _scope.NewName());
        var (inside, outside) = (_scope.Inside(() =>
        {
            _scope.Add(new Variable(name, Kind.Integer) { Range = subject.Range });
            return Tamed(WriteReal(2), 4);
        }), Tamed(WriteReal(1), 4));
        _scope.Add(new Variable(result, Kind.Real) { Bound = 4, CanAssign = true });
        return [new Statement($"Real {result} = {{0}} is {_draw.Of("> 0", ">= 1", "not 0")} and var {name} ? {{1}} : {{2}};", [subject, inside, outside], [])];
    }
}
