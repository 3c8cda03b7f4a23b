using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Advice;

/// <summary>The ranges of a function's values, by their rows' rules: of parameters nothing is known.</summary>
internal sealed class Ranges(Matcher matcher)
{
    /// <summary>Rules call each other down to here: no deeper than the stack goes.</summary>
    private const int Deepest = 200;

    private readonly Dictionary<Value, ValueRange> _known = [];

    public ValueRange Of(Value value) => Of(value, 0);

    private ValueRange Of(Value value, int depth)
    {
        if (_known.TryGetValue(value, out var known))
        {
            return known;
        }

        var range = matcher.NumberOf(value) is { } number ? ValueRange.Of(number)
            : matcher.DefinitionOf(value) is { Operation.Range: { } rule } definition && depth < Deepest
            ? rule(new RangeContext(definition, v => Of(v, depth + 1), (a, b) => matcher.AreSame(a, b), matcher.DefinitionOf))
            : ValueRange.Unknown;
        _known[value] = range = double.IsNaN(range.Low) || double.IsNaN(range.High) ? ValueRange.Unknown : range;
        return range;
    }
}
