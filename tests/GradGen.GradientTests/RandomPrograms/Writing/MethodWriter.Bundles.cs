using System.Collections.Immutable;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>Tuples and records: made, taken apart, assigned, changed by 'with'.</summary>
internal sealed partial class MethodWriter
{
    private static readonly string[] ItemNames = ["P", "Q", "R"];

    private Kind AnyEntries() => _draw.Below(10) switch
    {
        < 5 => Kind.Real,
        < 8 => Kind.Vector(AnyDimension()),
        _ => Kind.Matrix(AnyDimension(), AnyDimension()),
    };

    private Kind AnyTuple(bool canNest = true) => Kind.Tuple(
        [.. Enumerable.Range(0, _draw.Between(2, 3)).Select(i => (ItemNames[i], canNest && _draw.Chance(12) ? AnyTuple(canNest: false) : AnyEntries()))]);

    private Expression WriteTuple(Kind kind, int depth)
    {
        if (_scope.Of(kind) is { Count: > 0 } variables && _draw.Chance(25))
        {
            return _draw.Late(variables).Read();
        }

        return Call(kind, depth) is { } call && _draw.Chance(50) ? call
            : Made(kind, $"({List(kind)})", depth);
    }

    private static string List(Kind kind) => string.Join(", ", Enumerable.Range(0, kind.Members.Length).Select(i => $"{{{i}}}"));

    /// <summary>A tuple or record of new members; a matrix that is written to elsewhere goes in as a copy.</summary>
    private Expression Made(Kind kind, string template, int depth)
    {
        var parts = kind.Members.Select(m => m.Kind.Form == Form.Integer ? Limited(4) : Fresh(Tamed(Write(m.Kind, depth - 1), 2))).ToImmutableArray();
        return new Expression(kind, template, parts) { Bound = parts.Max(p => p.Bound), IsShared = parts.Any(p => p.IsShared) };
    }

    private Expression WriteRecord(Kind kind, int depth)
    {
        var variables = _scope.Of(kind);
        if (variables.Count > 0 && (depth <= 0 || _draw.Chance(40)))
        {
            return _draw.Late(variables).Read();
        }

        if (variables.Count > 0 && kind.Declared.Style != Style.Class && _draw.Chance(70))
        {
            var (name, member) = _draw.In(kind.Members);
            var value = member.Form == Form.Integer ? Limited(4) : Fresh(Tamed(Write(member, depth - 1), 2));
            var changed = _draw.Late(variables).Read();
            return new Expression(kind, $"({{0}} with {{ {name} = {{1}} }})", [changed, value]) { Bound = Math.Max(changed.Bound, value.Bound), IsShared = true };
        }

        return kind.Declared.Style is Style.Record or Style.RecordStruct
            ? Made(kind, $"new {kind.Text}({List(kind)})", depth)
            : Made(kind, $"new {kind.Text} {{ {string.Join(", ", kind.Members.Select((m, i) => $"{m.Name} = {{{i}}}"))} }}", depth);
    }

    private ImmutableArray<Statement>? DeclareTuple(ref int budget)
    {
        var results = _helpers.Concat(_scope.Functions).Where(h => h.Result.Form == Form.Tuple && h.TypeParameters.IsEmpty).ToList();
        var kind = results.Count > 0 && !_isGenericInScalar && _draw.Chance(60) ? _draw.In(results).Result : AnyTuple();
        var value = WriteTuple(kind, 3);
        if (_draw.Chance(50))
        {
            var name = _scope.NewName("pair", "t");
            _scope.Add(new Variable(name, kind) { Bound = Math.Max(2, value.Bound), CanAssign = true });
            return [new Statement($"{kind.Text} {name} = {{0}};", [value], [])];
        }

        // Taken apart.
        var names = kind.Members.Select(m => m.Kind.Form == Form.Tuple && _draw.Chance(30) ? "_" : _scope.NewName()).ToList();
        foreach (var ((_, member), name) in kind.Members.Zip(names).Where(m => m.Second != "_"))
        {
            _scope.Add(new Variable(name, member) { Bound = Math.Max(2, value.Bound), CanAssign = true });
        }

        return [new Statement($"({string.Join(", ", kind.Members.Zip(names, (m, n) => n == "_" ? n : $"{m.Kind.Text} {n}"))}) = {{0}};", [value], [])];
    }

    /// <summary>(x, y) = (…, …), of variables that are no others' members.</summary>
    private ImmutableArray<Statement>? AssignSeveral(ref int budget)
    {
        if (Assigned(v => v.Kind == Kind.Real || v.Kind.IsMatrix) is not { } first
            || Assigned(v => (v.Kind == Kind.Real || v.Kind.IsMatrix) && v != first) is not { } second)
        {
            return null;
        }

        if (first.Kind == second.Kind && !first.IsOwned && !second.IsOwned && _draw.Chance(40))
        {
            second.Bound = first.Bound = Math.Max(first.Bound, second.Bound);
            return [new Statement($"({first.Name}, {second.Name}) = ({second.Name}, {first.Name});", [], [])];
        }

        return [new Statement($"({first.Name}, {second.Name}) = ({{0}}, {{1}});", [ValueFor(first, 2), ValueFor(second, 2)], [])];
    }

    private ImmutableArray<Statement>? DeclareRecord(ref int budget)
    {
        var kinds = _scope.Variables.Select(v => v.Kind).Where(k => k.Form == Form.Record).Distinct().ToList();
        return kinds.Count == 0 ? null : [Declaration(WriteRecord(_draw.In(kinds), 3), canAssign: true, isOwned: false)];
    }
}
