using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Advice;

/// <summary>A choice entry by entry that a value goes into.</summary>
/// <param name="Mask">What chooses.</param>
/// <param name="IsTrueSide">Whether the value is taken where the mask is not 0.</param>
internal sealed record Choice(Value Mask, bool IsTrueSide);

/// <summary>Which values the program asks about before it uses them: what is tested is no mistake.</summary>
internal sealed class Guarded
{
    private const int LongestPath = 12;

    private readonly Matcher _matcher;
    private readonly Dictionary<Value, List<Instruction>> _uses = [];
    private readonly Dictionary<Instruction, List<Value>> _conditions = [];
    private readonly List<Value> _thrown = [];

    public Guarded(Function function, Matcher matcher)
    {
        _matcher = matcher;
        Visit(function.Body, []);
    }

    /// <summary>Whether the instruction is only reached under a condition that depends on what the value depends on.</summary>
    public bool ByCondition(Instruction instruction, Value value)
    {
        var conditions = _conditions[instruction].Concat(_thrown).ToList();
        return conditions.Count > 0 && LeavesOf([value]) is var leaves && leaves.Overlaps(LeavesOf(conditions));
    }

    /// <summary>The only choice that a result goes into, perhaps through other functions entry by entry, if it depends on what the value depends on.</summary>
    public Choice? ByWhere(Value result, Value value)
    {
        for (var step = 0; step < LongestPath && _uses.TryGetValue(result, out var uses) && uses.Count == 1; step++)
        {
            var use = uses[0];
            if (use.Operation == Comparisons.Choose)
            {
                var side = use.Operands.IndexOf(result);
                return side > 0 && _matcher.DefinitionOf(use.Operands[0]) is { } test && test.Operation == Comparisons.NotEqual
                    && LeavesOf([value]).Overlaps(LeavesOf([test.Operands[0]]))
                    ? new Choice(test.Operands[0], side == 1)
                    : null;
            }

            if (use.Results.Length != 1 || use.Result.Shape != result.Shape || !use.Regions.IsEmpty)
            {
                return null;
            }

            result = use.Result;
        }

        return null;
    }

    /// <summary>The parameters, and the results of branches and loops, that values are computed from.</summary>
    private HashSet<Value> LeavesOf(IEnumerable<Value> values)
    {
        var (leaves, seen, open) = (new HashSet<Value>(), new HashSet<Value>(), new Stack<Value>(values));
        while (open.Count > 0)
        {
            var value = open.Pop();
            if (!seen.Add(value))
            {
                continue;
            }

            if (_matcher.DefinitionOf(value) is { Regions.IsEmpty: true } definition)
            {
                foreach (var operand in definition.Operands)
                {
                    open.Push(operand);
                }
            }
            else
            {
                _ = leaves.Add(value);
            }
        }

        return leaves;
    }

    private void Visit(Block block, List<Value> conditions)
    {
        foreach (var instruction in block.Instructions)
        {
            _conditions[instruction] = conditions;
            foreach (var operand in instruction.Operands.Distinct())
            {
                Use(operand, instruction);
            }

            if (instruction.Operation == ControlFlow.If && Guards.In(instruction))
            {
                _thrown.Add(instruction.Operands[0]);
            }

            foreach (var region in instruction.Regions)
            {
                List<Value> inner = instruction.Operation == ControlFlow.If ? [.. conditions, instruction.Operands[0]]
                    : instruction.Operation == ControlFlow.While ? [.. conditions, instruction.Regions[0].Results[0]]
                    : conditions;
                Visit(region, inner);
                foreach (var result in region.Results)
                {
                    Use(result, instruction);
                }
            }
        }
    }

    private void Use(Value value, Instruction instruction)
    {
        if (!_uses.TryGetValue(value, out var uses))
        {
            _uses[value] = uses = [];
        }

        uses.Add(instruction);
    }
}
