using System.Collections.Immutable;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>Calls of helpers.</summary>
internal sealed partial class MethodWriter
{
    private Expression? Call(Kind kind, int depth)
    {
        var fitting = _helpers.Concat(_scope.Functions)
            .Where(h => h.Result.Form == kind.Form && (h.IsGenericInScalar || !_isGenericInScalar || _scope.Functions.Contains(h)) && !GivesOut(h) && !h.HasEffects && !(h.IsInstance && _hasNoObject)).ToList();
        if (fitting.Count == 0)
        {
            return null;
        }

        return Call(_draw.In(fitting), kind, depth);
    }

    private static bool GivesOut(Method helper) => helper.Parameters.Any(p => p.Modifier is "out " or "ref ");

    /// <param name="helper">The method.</param>
    /// <param name="kind">What its result is to be.</param>
    /// <param name="depth">How deep the arguments may be.</param>
    /// <param name="byReference">What is passed for a parameter by reference.</param>
    private Expression? Call(Method helper, Kind kind, int depth, Func<Parameter, Expression?>? byReference = null)
    {
        if (helper.TypeParameters.IsEmpty && helper.Result != kind)
        {
            return null;
        }

        var sizes = new Dictionary<string, Dimension>();
        if (!Binds(helper, helper.Result.Rows, kind.Rows, sizes) || !Binds(helper, helper.Result.Columns, kind.Columns, sizes))
        {
            return null;
        }

        foreach (var open in helper.TypeParameters)
        {
            sizes.TryAdd(open, AnyDimension());
        }

        Dimension Bound(Dimension dimension) => dimension.Text is { } text && sizes.TryGetValue(text, out var size) ? size : dimension;
        ImmutableArray<Expression> arguments =
        [
            .. helper.Parameters.Select(p => p.Modifier is "out " or "ref " ? byReference?.Invoke(p)!
                : p.Kind.Form == Form.Integer
                ? Integer("({0} % 3)", 0, 2, WriteInteger(1)) is var small && small.Parts[0].Range is { Low: >= 0, High: var high } && high > p.Largest ? small : Limited(p.Largest)
                : Tamed(Write(p.Kind.Resized(Bound), depth - 1), 2)),
        ];
        if (arguments.Contains(null!))
        {
            return null;
        }

        var order = Enumerable.Range(0, arguments.Length).ToList();
        var isNamed = _draw.Chance(10) && arguments.Length > 1 && !GivesOut(helper) && !helper.IsDelegate;
        if (isNamed)
        {
            order.Reverse();
        }

        var list = string.Join(", ", order.Select(i => isNamed ? $"{helper.Parameters[i].Name}: {{{i}}}" : $"{{{i}}}"));
        var typeArguments = helper.IsGenericInScalar ? $"<{string.Join(", ", helper.TypeParameters.Select(p => sizes[p].Text).Prepend("Real"))}>" : "";
        return new Expression(kind, $"{helper.Name}{typeArguments}({list})", arguments)
        {
            Bound = helper.Bound,
            IsShared = helper.IsShared && arguments.Any(a => a.IsShared),
        };
    }

    /// <summary>An integer from 0 to a largest one.</summary>
    private Expression Limited(int largest)
    {
        var fitting = _scope.Of(Kind.Integer).Where(v => v.Range.Low >= 0 && v.Range.High <= largest).ToList();
        if (fitting.Count > 0 && _draw.Chance(80))
        {
            return _draw.Late(fitting).Read();
        }

        var number = _draw.Between(0, largest);
        return Integer(number.ToString(System.Globalization.CultureInfo.InvariantCulture), number, number);
    }

    /// <summary>Whether a helper's dimension can be the given one; an open one is bound to it.</summary>
    private static bool Binds(Method helper, Dimension open, Dimension size, Dictionary<string, Dimension> sizes) =>
        open.Text is null || !helper.TypeParameters.Contains(open.Text) ? open == size
        : sizes.TryAdd(open.Text, size) || sizes[open.Text] == size;
}
