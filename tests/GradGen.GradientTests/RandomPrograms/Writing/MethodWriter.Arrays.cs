using System.Collections.Immutable;
using System.Globalization;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>Arrays and spans: made, measured, walked over, read and written by element. All have two elements at least.</summary>
internal sealed partial class MethodWriter
{
    private const int LeastElements = 2;

    private IReadOnlyList<Variable> ArraysOf(Kind element) => [.. _scope.Variables.Where(v => v.Kind.IsArray && v.Kind.Element == element)];

    /// <summary>An array to be passed: a variable, a choice between two, a list.</summary>
    private Expression WriteArray(Kind kind, int depth)
    {
        var fitting = ArraysOf(kind.Element).Where(v => v.Kind == kind || kind.Form == Form.Span).ToList();
        if (fitting.Count > 0 && _draw.Chance(75))
        {
            var (a, b) = (_draw.Late(fitting).Read(), _draw.Late(fitting).Read());
            return Has(Features.Conditionals) && a.Kind == b.Kind && _draw.Chance(15) ? Chosen(a.Kind, "({2} ? {0} : {1})", a, b, WriteCondition(0)) : a;
        }

        return List(kind, _draw.Between(LeastElements, 3), depth - 1);
    }

    private Expression List(Kind kind, int count, int depth)
    {
        ImmutableArray<Expression> elements =
            [.. Enumerable.Range(0, count).Select(_ => kind.Element.Form == Form.Integer ? Limited(2) : Own(Tamed(Write(kind.Element, depth), 2)))];
        return new Expression(kind, $"[{string.Join(", ", Enumerable.Range(0, count).Select(i => $"{{{i}}}"))}]", elements);
    }

    /// <summary>a[i], as a number, a vector or a matrix.</summary>
    private Expression? ReadElement(Kind kind, int depth)
    {
        var arrays = ArraysOf(kind);
        if (arrays.Count == 0)
        {
            return null;
        }

        var array = _draw.Late(arrays);
        return Of(kind, array.Name + "[{0}]", array.Bound, IndexInto(array, depth)) with { IsShared = kind.IsReference };
    }

    /// <summary>An index that the array has.</summary>
    private Expression IndexInto(Variable array, int depth = 1)
    {
        var least = array.Length.Least;
        var fitting = _scope.Of(Kind.Integer).Where(v => v.IndexOf == array.Name || (v.Range.Low >= 0 && v.Range.High < least)).ToList();
        if (fitting.Count > 0 && _draw.Chance(60))
        {
            return _draw.Late(fitting).Read();
        }

        switch (_draw.Below(4))
        {
            case 0 when WriteInteger(Math.Min(depth, 1)) is { Range.Low: >= 0 } index:
                return Integer($"({{0}} % {array.Name}.Length)", 0, array.Length.Most - 1, index);
            case 1 when IntegerElement() is { } index:
                return Integer($"({{0}} % {array.Name}.Length)", 0, array.Length.Most - 1, index);
            case 2:
                return Integer($"^{_draw.Between(1, least)}", 0, array.Length.Most - 1);
            default:
                var place = _draw.Below(least);
                return Integer(place.ToString(CultureInfo.InvariantCulture), place, place);
        }
    }

    /// <summary>An element of index data.</summary>
    private Expression? IntegerElement()
    {
        var arrays = ArraysOf(Kind.Integer);
        return arrays.Count > 0 && _draw.In(arrays) is var data
            ? Integer($"{data.Name}[{_draw.Below(LeastElements)}]", data.Range.Low, data.Range.High)
            : null;
    }

    private Statement DeclareVariable(string type, string name, string template, Variable variable, params ImmutableArray<Expression> parts)
    {
        _scope.Add(variable);
        return new Statement($"{type} {name} = {template};", parts, []);
    }

    /// <summary>An array of the method's own.</summary>
    private ImmutableArray<Statement>? DeclareArray(ref int budget)
    {
        var name = _scope.NewName();
        var real = Kind.Array(Kind.Real);
        Variable Own((int, int, string) length, Kind? kind = null) => new(name, kind ?? real) { Bound = 4, IsOwned = true, Length = length };
        var counts = _scope.Of(Kind.Integer).Where(v => !v.CanAssign && v.Range.Low >= 0 && v.Range.High <= 4).ToList();
        var sources = ArraysOf(Kind.Real);
        switch (_draw.Below(7))
        {
            case 0 when counts.Count > 0:
                var n = _draw.In(counts);
                return [DeclareVariable("var", name, $"new Real[{n.Name} + 2]", Own((n.Range.Low + 2, n.Range.High + 2, n.Name + " + 2")))];
            case 1 or 2 when sources.Count > 0:
                var source = _draw.In(sources);
                return [DeclareVariable("var", name, source.Name + ".ToArray()", Own(source.Length))];
            case 3 when sources.Count > 0:
                var shown = _draw.In(sources);
                return [DeclareVariable("var", name, $"new Real[{shown.Name}.Length]", Own(shown.Length))];
            case 4 when !IsInLoop:
                var count = _draw.Between(LeastElements, 4);
                return [DeclareVariable("Span<Real>", name, $"stackalloc Real[{count}]", Own((count, count, $"{count}"), Kind.Span(Kind.Real)))];
            case 5:
                var element = _draw.Chance(60) ? Kind.Vector(AnyDimension()) : Kind.Matrix(AnyDimension(), AnyDimension());
                var list = List(Kind.Array(element), _draw.Between(LeastElements, 3), 2);
                return [DeclareVariable(list.Kind.Text, name, "{0}", Own((list.Parts.Length, list.Parts.Length, $"{list.Parts.Length}"), list.Kind), list)];
            default:
                var numbers = List(real, _draw.Between(LeastElements, 4), 2);
                var template = _draw.Chance(50) ? "{0}" : $"new Real[] {{ {numbers.Template[1..^1]} }}";
                return
                [
                    DeclareVariable(
                        "Real[]", name, template, Own((numbers.Parts.Length, numbers.Parts.Length, $"{numbers.Parts.Length}")),
                        template == "{0}" ? [numbers] : numbers.Parts),
                ];
        }
    }

    /// <summary>a[i] = …, a[i] += … on an array of the method's own that no foreach walks over.</summary>
    private ImmutableArray<Statement>? WriteElement(ref int budget)
    {
        var owned = _scope.Variables.Where(v => v.IsOwned && v.Kind.IsArray && v.Walks == 0 && !_frozen.Contains(v)).ToList();
        if (owned.Count == 0)
        {
            return null;
        }

        var target = _draw.Late(owned);
        _written.Add(target);
        var kind = target.Kind.Element;
        var operation = _draw.Of("=", "=", "+=", "-=", kind.IsMatrix ? "=" : "*=");
        var value = Write(kind, 2);
        value = operation == "=" ? Own(Tamed(value, target.Bound)) : Bounded(value, 0.5);
        return kind == Kind.Real && !_isGenericInScalar && _draw.Chance(6)
            ? [new Statement($"{target.Name}[{{0}}]++;", [IndexInto(target)], [])]
            : [new Statement($"{target.Name}[{{0}}] {operation} {{1}};", [IndexInto(target), value], [])];
    }

    /// <summary>foreach, over an array or span that its body leaves alone.</summary>
    private ImmutableArray<Statement>? WriteWalk(ref int budget)
    {
        var arrays = _scope.Variables.Where(v => v.Kind.IsArray && _iterations * v.Length.Most <= MostIterations).ToList();
        if (arrays.Count == 0)
        {
            return null;
        }

        var array = _draw.Late(arrays);
        var element = array.Kind.Element;
        var name = _scope.NewName("item", "point", "part");
        var rest = budget;
        array.Walks++;
        var body = Repeated(array.Length.Most, isUnrolled: false, () => _scope.Inside(() =>
        {
            _scope.Add(new Variable(name, element) { Bound = array.Bound, Range = array.Range });
            return WriteBlock(ref rest);
        }));
        array.Walks--;
        budget = rest;
        return [new Statement($"foreach ({(_draw.Chance(60) ? "var" : element.Text)} {name} in {array.Name})\n[0]", [], [body])];
    }

    /// <summary>for over the indices of an array.</summary>
    private ImmutableArray<Statement>? WriteArrayLoop(ref int budget)
    {
        var arrays = _scope.Variables.Where(v => v.Kind.IsArray && _iterations * v.Length.Most <= MostIterations).ToList();
        if (arrays.Count == 0)
        {
            return null;
        }

        var array = _draw.Late(arrays);
        var i = _scope.NewName("i", "j", "k");
        var head = _draw.Below(4) switch
        {
            0 => $"for (var {i} = 1; {i} < {array.Name}.Length; {i}++)",
            1 => $"for (var {i} = {array.Name}.Length - 1; {i} >= 0; {i}--)",
            _ => $"for (var {i} = 0; {i} < {array.Name}.Length; {i}++)",
        };
        return Loop(head, new Variable(i, Kind.Integer) { Range = (0, array.Length.Most - 1), IndexOf = array.Name }, array.Length.Most, isUnrolled: false, ref budget);
    }

    /// <summary>Two arrays of one length change places.</summary>
    private ImmutableArray<Statement>? SwapArrays(ref int budget)
    {
        var owned = _scope.Variables.Where(v => v.IsOwned && v.Kind.Form == Form.Array && v.Walks == 0 && !_frozen.Contains(v)).ToList();
        if (owned.Count < 2)
        {
            return null;
        }

        var a = _draw.In(owned);
        var others = owned.Where(v => v != a && v.Kind == a.Kind && v.Length == a.Length).ToList();
        _written.UnionWith(others.Prepend(a));
        return others.Count == 0 ? null
            : [new Statement($"({a.Name}, {others[0].Name}) = ({others[0].Name}, {a.Name});", [], [])];
    }
}
