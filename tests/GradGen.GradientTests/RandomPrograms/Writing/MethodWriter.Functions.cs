using System.Collections.Immutable;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>Local functions, lambdas, and helpers that give results by reference.</summary>
internal sealed partial class MethodWriter
{
    private bool _isInFunction;
    private bool _hasNoObject;
    private HashSet<Variable> _written = [];

    /// <summary>What a local function or lambda may know of the variables around it.</summary>
    private IReadOnlyList<Variable> Captured() => [.. _scope.Variables.Where(v => v.CanCapture && v.Kind.Form != Form.Span)];

    /// <summary>A local function: of its parameters only, or of the variables around it, which it may assign.</summary>
    private ImmutableArray<Statement>? DeclareFunction(ref int budget)
    {
        if (_isInFunction)
        {
            return null;
        }

        var isStatic = _draw.Chance(25);
        var name = _scope.NewName("Local", "Step", "Inner");
        var result = _draw.Chance(60) ? Kind.Real : Kind.Vector(AnyDimension());
        ImmutableArray<Parameter> parameters = [.. Enumerable.Range(0, _draw.Between(0, 2)).Select(_ => new Parameter(_scope.NewName(), AnyEntries()))];
        var hasEffects = !isStatic && _draw.Chance(35);
        var rest = budget;
        var statements = _draw.Of(0, 0, 1, 2);
        _written = [];
        var (body, bound) = InFunction(isStatic, parameters, !hasEffects, result, () =>
        {
            var list = new List<Statement>();
            for (var left = statements; left > 0;)
            {
                list.AddRange(WriteStatement(ref left));
            }

            list.Add(new Statement("return {0};", [Own(Tamed(Write(result, 2), 3))], []));
            return list;
        });
        budget = rest - 1;
        var head = $"{(isStatic ? "static " : "")}{result.Text} {name}({string.Join(", ", parameters.Select(p => $"{p.Kind.Text} {p.Name}"))})";
        _scope.Add(new Method(name, parameters, result, new Block([])) { Bound = bound, HasEffects = hasEffects, Writes = [.. _written] });
        return body is [{ Parts: [var only] }]
            ? [new Statement(head + " => {0};", [only], [])]
            : [new Statement(head + "\n[0]", [], [new Block([.. body])])];
    }

    /// <summary>A delegate that is called later, when what it captures may have changed.</summary>
    private ImmutableArray<Statement>? DeclareDelegate(ref int budget)
    {
        if (_isInFunction)
        {
            return null;
        }

        var isStatic = _draw.Chance(30);
        var name = _scope.NewName("f", "g");
        var result = _draw.Chance(70) ? Kind.Real : Kind.Vector(AnyDimension());
        ImmutableArray<Parameter> parameters = [.. Enumerable.Range(0, _draw.Between(1, 2)).Select(_ => new Parameter(_scope.NewName(), AnyEntries()))];
        var (body, bound) = InFunction(
            isStatic, parameters, isFrozen: true, result, () => [new Statement("return {0};", [Own(Tamed(Write(result, 2), 3))], [])]);
        _scope.Add(new Method(name, parameters, result, new Block([])) { Bound = bound, IsDelegate = true });
        var type = $"Func<{string.Join(", ", parameters.Select(p => p.Kind.Text).Append(result.Text))}>";
        var list = parameters is [var one] && _draw.Chance(50) ? one.Name : $"({string.Join(", ", parameters.Select(p => p.Name))})";
        return [new Statement($"{type} {name} = {(isStatic ? "static " : "")}{list} => {{0}};", [body[0].Parts[0]], [])];
    }

    /// <summary>A lambda passed to a helper, which calls it twice.</summary>
    private Expression? CallWithLambda(int depth)
    {
        if (_isInFunction || _isGenericInScalar)
        {
            return null;
        }

        var parameter = new Parameter(_scope.NewName(), Kind.Real);
        var (body, _) = InFunction(
            isStatic: false, [parameter], isFrozen: true, Kind.Real, () => [new Statement("", [Tamed(WriteReal(depth - 1), 2)], [])]);
        return Of(Kind.Real, $"Twice({parameter.Name} => {{0}}, {{1}})", 1, body[0].Parts[0], Tamed(WriteReal(depth - 1), 2));
    }

    /// <summary>Writes the body of a function inside the method: without loops, whose iterations would multiply.</summary>
    private (IReadOnlyList<Statement> Body, double Bound) InFunction(
        bool isStatic, ImmutableArray<Parameter> parameters, bool isFrozen, Kind result, Func<IReadOnlyList<Statement>> write)
    {
        var outer = (_result, _resultBound, _resultIsShared, _returns, _iterations, _unrolled, _canBreak, _canContinue, _frozen);
        (_result, _resultBound, _resultIsShared, _returns, _isInFunction, _hasNoObject) = (result, 3, false, 1, true, isStatic || !_canCaptureObject);
        (_iterations, _unrolled, _canBreak, _canContinue) = (MostIterations + 1, MostUnrolled + 1, false, false);
        var known = isStatic ? [] : Captured();
        _frozen = isFrozen ? [.. known] : _frozen;
        var functions = isStatic ? [] : _scope.Functions.Where(f => !f.HasEffects).ToList();
        var body = _scope.Apart(known, functions, () =>
        {
            foreach (var parameter in parameters)
            {
                _scope.Add(ToVariable(parameter, canAssign: true));
            }

            return write();
        });
        var bound = Math.Max(3, _resultBound);
        (_result, _resultBound, _resultIsShared, _returns, _iterations, _unrolled, _canBreak, _canContinue, _frozen) = outer;
        (_isInFunction, _hasNoObject) = (false, false);
        return (body, bound);
    }

    /// <summary>A call that assigns: by out and ref, or the variables around a local function. It stands alone.</summary>
    private ImmutableArray<Statement>? CallForEffects(ref int budget)
    {
        var fitting = _helpers.Where(h => GivesOut(h) && !(h.IsInstance && _hasNoObject) && (h.IsGenericInScalar || !_isGenericInScalar)).Concat(_scope.Functions.Where(f => f.HasEffects && f.Writes.All(a => a.Walks == 0))).ToList();
        if (fitting.Count == 0)
        {
            return null;
        }

        var helper = _draw.In(fitting);
        var other = helper.Result == Kind.Real ? WriteReal(1) : null;
        var declared = new List<Variable>();
        var taken = new HashSet<Variable>();
        Expression? ByReference(Parameter parameter)
        {
            var existing = Assigned(v => v.Kind == parameter.Kind && !v.IsOwned && !v.Name.Contains('.', StringComparison.Ordinal));
            if (existing is not null && (parameter.Modifier == "ref " || _draw.Chance(40)) && taken.Add(existing))
            {
                existing.Bound = Math.Max(existing.Bound, helper.Bound);
                return Of(parameter.Kind, parameter.Modifier + existing.Name, existing.Bound);
            }

            if (parameter.Modifier == "ref ")
            {
                return null;
            }

            var name = _scope.NewName();
            declared.Add(new Variable(name, parameter.Kind) { Bound = Math.Max(2, helper.Bound), CanAssign = true });
            return Of(parameter.Kind, $"out {(_draw.Chance(50) ? "var" : parameter.Kind.Text)} {name}", 2);
        }

        if (Call(helper, helper.Result, 2, ByReference) is not { } call)
        {
            return null;
        }

        foreach (var variable in declared)
        {
            _scope.Add(variable);
        }

        if (helper.Result == Kind.Nothing)
        {
            return [new Statement("{0};", [call], [])];
        }

        var result = _scope.NewName();
        _scope.Add(new Variable(result, helper.Result) { Bound = 10, CanAssign = true });
        return other is not null && _draw.Chance(40)
            ? [new Statement($"{helper.Result.Text} {result} = {{0}} {_draw.Of("+", "*")} {{1}};", _draw.Chance(50) ? [Tamed(other, 2), call] : [call, Tamed(other, 2)], [])]
            : [new Statement($"{helper.Result.Text} {result} = {{0}};", [call], [])];
    }
}
