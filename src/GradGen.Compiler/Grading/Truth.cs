using System.Collections.Immutable;
using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Explanation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Reading;

namespace GradGen.Compiler.Grading;

/// <summary>The generated gradient of a method, as graphs over its inputs: the parameters, then the upstream.</summary>
internal sealed class Truth
{
    private readonly Dictionary<Value, Node> _nodes = [];
    private readonly Notation _notation;
    private readonly Steps _steps;
    private readonly Function _gradient;
    private ImmutableArray<Node>? _adjoints;

    private Truth(GradientModel model)
    {
        Model = model;
        ImmutableArray<bool> differentiated = [.. model.Parameters.Select(p => p.IsDifferentiated)];
        _gradient = GradientFunction.Run(model.Function!, differentiated).Gradient;
        _steps = Steps.Of(_gradient);
        _notation = new Notation(_gradient, _steps);
        Inputs = [.. _gradient.Parameters.Select((p, i) => _nodes[p] = Node.Input(i, p.Type))];
        foreach (var instruction in _gradient.Body.Instructions.Where(i => i.Results.Length == 1))
        {
            _nodes[instruction.Result] = Node.Apply(instruction.Operation, [.. instruction.Operands.Select(o => _nodes[o])], instruction.Attributes, null);
        }

        var results = _gradient.Results.Skip(1).Select(r => _nodes[r]).ToList();
        ImmutableArray<string> names = [.. model.Parameters.Where(p => p.IsDifferentiated).Select(p => p.Name.TrimStart('@'))];
        Gradients = names.Zip(results, (n, r) => (n, r)).ToDictionary(p => p.n, p => p.r);
        Value = _nodes[_gradient.Results[0]];
    }

    public GradientModel Model { get; }

    /// <summary>The gradient function's parameters: those of the method, then the upstream.</summary>
    public ImmutableArray<Node> Inputs { get; }

    public Node Upstream => Inputs[Inputs.Length - 1];

    /// <summary>The value of the method.</summary>
    public Node Value { get; }

    /// <summary>The gradient with respect to each differentiated parameter.</summary>
    public IReadOnlyDictionary<string, Node> Gradients { get; }

    /// <summary>Every step, the value's first.</summary>
    public IEnumerable<Node> Values => _gradient.Body.Instructions.SelectMany(i => i.Results).Where(_nodes.ContainsKey).Select(r => _nodes[r]);

    /// <summary>The steps of the way back: what is computed from the upstream.</summary>
    public ImmutableArray<Node> Adjoints => _adjoints ??= FindAdjoints();

    /// <summary>Multiplications of one evaluation, roughly.</summary>
    public long Cost => Values.Sum(v => (long)v.Type!.Value.Shape.Count * (v.Row == Operations.Products.MatMul ? Math.Max(v.Operands[0].Shape!.Value.Rows, v.Operands[0].Shape!.Value.Columns) : 8));

    private ImmutableArray<Node> FindAdjoints()
    {
        var found = new HashSet<Node> { Upstream };
        return [.. Values.Where(v => v.Operands.Any(found.Contains) && found.Add(v))];
    }

    /// <summary>Null where the gradient has loops or branches, arrays, or parts of records: it has no one formula.</summary>
    public static Truth? Of(GradientModel model)
    {
        try
        {
            return model.Function is { } function
                && function.Parameters.All(p => p.Type.IsTensor) && function.Results.Length == 1 && function.Results[0].Type.IsTensor
                && function.Body.Instructions.All(i => i.Regions.IsEmpty && i.Results.Length == 1)
                && model.Records.Count == 0
                ? new Truth(model) : null;
        }
        catch (Exception e) when (e is NotSupportedException or KeyNotFoundException)
        {
            return null;
        }
    }

    /// <summary>"δ2 = (w3ᵀ·δ3) ⊙ a2 ⊙ (1 − a2)": the line of the derivation that a value is, or is written into; or null.</summary>
    public string? FormulaOf(Tensor value, Points points)
    {
        var instructions = _gradient.Body.Instructions;
        for (var i = instructions.Length - 1; i >= 0; i--)
        {
            if (_nodes.TryGetValue(instructions[i].Result, out var node) && points.AreEqual(points.ValueOf(node, 0), value))
            {
                var line = instructions[i];
                while (_steps.IsInlined(line.Result) && instructions.FirstOrDefault(u => u.Operands.Contains(line.Result)) is { } user)
                {
                    line = user;
                }

                return $"{_notation.NameOf(line.Result)} = {_notation.Definition(line).Text}";
            }
        }

        return null;
    }

    /// <summary>"∂w1 = δ1·xᵀ".</summary>
    public string FormulaOf(string parameter)
    {
        var index = Gradients.Keys.ToList().IndexOf(parameter);
        var result = _gradient.Results[index + 1];
        var formula = _steps.DefinitionOf(result) is { } definition ? _notation.Definition(definition).Text : _notation.NameOf(result);
        return $"∂{parameter} = {formula}";
    }
}
