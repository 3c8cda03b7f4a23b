using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Emission;

/// <content>The rows of small matrices, each in a vector of its own.</content>
internal sealed partial class Storage
{
    private readonly Dictionary<Value, IReadOnlyList<string>> _rows = [];
    private readonly HashSet<(Value Value, int Row)> _readRows = [];

    /// <summary>Declares a vector of a row of a value that is in memory.</summary>
    public Func<Value, int, string, string>? LoadRow { get; init; }

    /// <summary>The vector that holds a row, to be read.</summary>
    public string ReadRow(Value value, int row)
    {
        if (!_rows.TryGetValue(value, out var names))
        {
            var isParameter = _plan.DefinitionOf(value) is null;
            var wanted = isParameter ? _parameters[value] : _spans[value];
            _rows[value] = names = _names.Reserve(wanted, [.. Enumerable.Range(0, value.Shape.Rows).Select(r => "Row" + Literals.Integer(r))]);
            if (isParameter)
            {
                _readSpans.Add(value);
            }
        }

        _readRows.Add((value, row));
        return names[row];
    }

    /// <summary>The name of a value, given its span: a parameter's span is called w1Entries.</summary>
    public string WithoutEntries(string span) =>
        _spans.FirstOrDefault(s => s.Value == span).Key is { } value && _parameters.TryGetValue(value, out var parameter) ? parameter : span;

    /// <summary>The vector that holds a row, if anything reads it.</summary>
    public string? RowOf(Value value, int row) => _readRows.Contains((value, row)) ? _rows[value][row] : null;

    /// <summary>Whether anything reads the value in memory.</summary>
    public bool IsSpanRead(Value value) => _readSpans.Contains(PlaceOf(value));

    private bool IsAnyRowRead(Value value) => Enumerable.Range(0, value.Shape.Rows).Any(r => _readRows.Contains((value, r)));

    /// <summary>Lines that load the rows of a parameter that are read.</summary>
    private IEnumerable<string> PreloadRows(Value parameter) => Enumerable.Range(0, parameter.Shape.Rows)
        .Where(row => RowOf(parameter, row) is not null).Select(row => LoadRow!(parameter, row, RowOf(parameter, row)!));
}
