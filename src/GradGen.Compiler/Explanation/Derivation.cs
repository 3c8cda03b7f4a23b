using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Explanation;

/// <summary>The derivation as people read it.</summary>
/// <param name="Value">The value's formula, down to the parameters.</param>
/// <param name="Forward">The steps forward, each with its shape.</param>
/// <param name="Upstream">What the reverse sweep starts from: ȳ.</param>
/// <param name="Backward">The adjoints, and beside them the gradients.</param>
/// <param name="Layout">How a gradient is laid out; empty where all are scalars.</param>
/// <param name="ForwardCost">The cost of the value.</param>
/// <param name="BackwardCost">The cost of the gradients besides.</param>
internal sealed record DerivationText(
    string Value,
    ImmutableArray<string> Forward,
    string Upstream,
    ImmutableArray<string> Backward,
    string Layout,
    Cost ForwardCost,
    Cost BackwardCost);

/// <summary>Explains a gradient function: what is computed, and by which rule of matrix calculus each gradient comes about.</summary>
internal sealed class Derivation
{
    /// <summary>A longer part of the value's formula is left out.</summary>
    private const int MaximalFormula = 120;

    /// <summary>Longer ones do not stand beside one another.</summary>
    private const int MaximalBeside = 80;

    private readonly Function _gradient;
    private readonly Notation _notation;
    private readonly Steps _steps;
    private readonly List<(Value Parameter, Value Gradient)> _gradients;
    private readonly HashSet<Value> _shown = [];

    private Derivation(Function gradient, ImmutableArray<bool> differentiated)
    {
        _gradient = gradient;
        _steps = Steps.Of(gradient);
        _notation = new Notation(gradient, _steps);
        var parameters = gradient.Parameters.Where((_, i) => i < differentiated.Length && differentiated[i]);
        _gradients = [.. parameters.Zip(gradient.Results.Skip(1), (parameter, result) => (parameter, result))];
    }

    private Value Upstream => _gradient.Parameters[_gradient.Parameters.Length - 1];

    /// <param name="gradient">The gradient as it is explained.</param>
    /// <param name="expanded">The same as it is emitted, whose cost is counted.</param>
    /// <param name="differentiated">Which parameters it has a gradient for.</param>
    public static DerivationText Of(Function gradient, Function expanded, ImmutableArray<bool> differentiated)
    {
        var derivation = new Derivation(gradient, differentiated);
        var (forward, backward) = Phases.Split(gradient);
        var (emittedForward, emittedBackward) = Phases.Split(expanded);
        var definitions = Definitions.Of(expanded);
        Instruction? DefinitionOf(Value value) => definitions.TryGetValue(value, out var definition) ? definition : null;
        return new DerivationText(
            derivation.ValueLine(),
            [.. Columns.Align(AlignNames(derivation.ForwardRows(forward)))],
            derivation._notation.NameOf(derivation.Upstream),
            [.. Columns.Align(AlignNames(AlignNames(derivation.BackwardRows(backward), 0), 2))],
            derivation.Layout(),
            Cost.Of(emittedForward, DefinitionOf),
            Cost.Of(emittedBackward, DefinitionOf));
    }

    private string ValueLine()
    {
        var value = _gradient.Results[0];
        var formula = _notation.WriteOut(value, MaximalFormula).Text;
        return (_steps.DefinitionOf(value) is null ? "y" : _notation.NameOf(value)) + " = " + formula;
    }

    private IReadOnlyList<string[]> ForwardRows(ImmutableArray<Instruction> forward) =>
        [.. StepsOf(forward).Select(s => new[] { Line(s.Instruction, s.Result), s.Instruction.Results[s.Result].Type.ShapeText })];

    /// <summary>A row for each adjoint; a gradient stands beside the adjoint it is made from, or below it.</summary>
    private IReadOnlyList<string[]> BackwardRows(ImmutableArray<Instruction> backward)
    {
        var rows = new List<string[]>();
        AddCopies(rows, Upstream);
        foreach (var (instruction, result) in StepsOf(backward))
        {
            var value = instruction.Results[result];
            if (_gradients.Any(g => g.Gradient == value && IsNamedAfter(value, g.Parameter)))
            {
                AddGradient(rows, Line(instruction, result), value.Type);
                _shown.Add(value);
            }
            else
            {
                rows.Add([Line(instruction, result), value.Type.ShapeText]);
            }

            AddCopies(rows, value);
        }

        foreach (var (parameter, gradient) in _gradients.Where(g => !_shown.Contains(g.Gradient)))
        {
            AddGradient(rows, $"{Notation.GradientOf(parameter)} = {_notation.Write(gradient)}", gradient.Type);
        }

        return rows.Any(row => row.Any(cell => Columns.Width(cell) > MaximalBeside)) ? [.. rows.SelectMany(Below)] : rows;
    }

    /// <summary>A gradient in a line of its own.</summary>
    private static IEnumerable<string[]> Below(string[] row) =>
        row.Length == 2 ? [row] : row[0].Length == 0 ? [[row[2], row[3]]] : [[row[0], row[1]], [row[2], row[3]]];

    /// <summary>Gradients that are the very value: ∂b = δ1.</summary>
    private void AddCopies(List<string[]> rows, Value value)
    {
        foreach (var (parameter, gradient) in _gradients)
        {
            if (gradient == value && !IsNamedAfter(value, parameter))
            {
                AddGradient(rows, $"{Notation.GradientOf(parameter)} = {_notation.NameOf(value)}", value.Type);
                _shown.Add(value);
            }
        }
    }

    private static void AddGradient(List<string[]> rows, string line, TensorType type)
    {
        if (rows.Count > 0 && rows[rows.Count - 1].Length == 2)
        {
            rows[rows.Count - 1] = [.. rows[rows.Count - 1], line, type.ShapeText];
        }
        else
        {
            rows.Add(["", "", line, type.ShapeText]);
        }
    }

    private IEnumerable<(Instruction Instruction, int Result)> StepsOf(ImmutableArray<Instruction> instructions) =>
        from instruction in instructions
        from result in Enumerable.Range(0, instruction.Results.Length)
        where !_steps.IsInlined(instruction.Results[result]) && IsLine(instruction, instruction.Results[result])
        select (instruction, result);

    /// <summary>How a loop counts and what it records are no mathematics.</summary>
    private static bool IsLine(Instruction instruction, Value result) =>
        !result.Type.IsTape && (result.Type.IsFloating || !ControlFlow.IsLoop(instruction.Operation));

    private string Line(Instruction instruction, int result) =>
        $"{_notation.NameOf(instruction.Results[result])} = {_notation.Definition(instruction, result)}";

    private bool IsNamedAfter(Value value, Value parameter) =>
        value != Upstream && value.Role == ValueRole.Adjoint && value.Name == parameter.Name;

    private string Layout()
    {
        var parameter = _gradients.Select(g => g.Parameter).FirstOrDefault(p => !p.Shape.IsScalar);
        if (parameter is null)
        {
            return "";
        }

        var name = parameter.Name!.TrimStart('@') + (parameter.Shape.IsColumn ? "[i]" : "[i, j]");
        var value = _gradient.Results[0].Type is { IsTensor: true, Shape.Count: 1 } ? "" : $" of ⟨{_notation.NameOf(Upstream)}, {ValueName}⟩";
        return $"A gradient has the shape of its parameter: ∂{name} is the derivative{value} with respect to {name}.";
    }

    private string ValueName => _notation.NameOf(_gradient.Results[0]);

    /// <summary>Pads the names before " = " of a column, so that the equals signs stand below one another.</summary>
    private static IReadOnlyList<string[]> AlignNames(IReadOnlyList<string[]> rows, int column = 0)
    {
        static int Split(string cell) => cell.IndexOf(" = ", StringComparison.Ordinal);
        var cells = rows.Where(r => r.Length > column && Split(r[column]) > 0).ToList();
        var width = cells.Count == 0 ? 0 : cells.Max(r => Columns.Width(r[column].Substring(0, Split(r[column]))));
        return
        [
            .. rows.Select(row => row.Length > column && Split(row[column]) is var split and > 0
                ? [.. row.Take(column), Columns.Pad(row[column].Substring(0, split), width) + row[column].Substring(split), .. row.Skip(column + 1)]
                : row),
        ];
    }
}
