using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Optimization;

namespace GradGen.Compiler.Explanation;

/// <summary>
/// Which values are steps, with a name and a line of their own, and which are written into the one place that uses
/// them. The derivation and the generated code follow the same division, so that each comment stands over its code.
/// </summary>
internal sealed class Steps
{
    private readonly Dictionary<Value, int> _useCounts;
    private readonly Dictionary<Value, Instruction> _definitions = [];
    private readonly Dictionary<Value, (Instruction User, Block Block)> _users = [];
    private readonly Dictionary<Value, Block> _blocks = [];
    private readonly Dictionary<Value, int> _depths = [];
    private readonly HashSet<Value> _parameters;
    private readonly bool _arithmeticOnly;

    /// <summary>Deeper than anybody reads, and far from what a recursion over formulas could not bear.</summary>
    private const int MaximalDepth = 24;

    private Steps(Function function, bool arithmeticOnly)
    {
        _useCounts = Uses.Count(function);
        _parameters = [.. function.Parameters];
        _arithmeticOnly = arithmeticOnly;
        Visit(function.Body);
    }

    /// <summary>The division of a function whose steps have their names.</summary>
    public static Steps Of(Function function) => new(function, arithmeticOnly: false);

    /// <summary>The division before the steps are named: only arithmetic takes its operands in.</summary>
    public static Steps BeforeNaming(Function function) => new(function, arithmeticOnly: true);

    public Instruction? DefinitionOf(Value value) => _definitions.TryGetValue(value, out var definition) ? definition : null;

    /// <summary>Whether the value is written into its only user rather than being a step.</summary>
    public bool IsInlined(Value value)
    {
        // What the user named is a step. An adjoint is called after its primal, and is one only if it is needed twice.
        if ((value.Name is not null && value.Role == ValueRole.Primal) || DefinitionOf(value) is not { Regions.IsEmpty: true } definition
            || IsMemory(definition) || Calls.IsCall(definition.Operation))
        {
            return false;
        }

        if (IsConstant(definition))
        {
            return true;
        }

        return _useCounts.TryGetValue(value, out var count) && count == 1
            && _users.TryGetValue(value, out var use)
            && use.Block == _blocks[value]
            && DepthOf(value) < MaximalDepth
            && use.User.Regions.IsEmpty
            && (_arithmeticOnly ? use.User.Operation.IsArithmetic : use.User.Operation.ReadsEntriesOnce)
            && (!value.Shape.IsScalar || use.User.Operands.All(o => o.Shape.IsScalar));
    }

    /// <summary>Whether an instruction depends on when it runs: it reads or writes tapes or arrays, but for reading what never changes.</summary>
    private bool IsMemory(Instruction instruction) => Tapes.All.Contains(instruction.Operation)
        || (Arrays.All.Contains(instruction.Operation)
            && !(_parameters.Contains(instruction.Operands[0]) && instruction.Operation != Arrays.State && instruction.Result.Type.IsScalar));

    /// <summary>How often a value is used.</summary>
    public int CountUses(Value value) => _useCounts.TryGetValue(value, out var count) ? count : 0;

    /// <summary>A literal, or a literal in every entry.</summary>
    public bool IsConstant(Value value) => DefinitionOf(value) is { } definition && IsConstant(definition);

    /// <summary>How deeply other values are written into this one's formula. Operands come first, so this needs no recursion.</summary>
    private int DepthOf(Value value) => _depths.TryGetValue(value, out var depth) ? depth : 0;

    private bool IsConstant(Instruction definition) =>
        definition.Operation == Constants.Literal
        || (definition.Operation == Constants.Fill && IsConstant(definition.Operands[0]));

    private void Visit(Block block)
    {
        foreach (var instruction in block.Instructions)
        {
            foreach (var operand in instruction.Operands)
            {
                _users[operand] = (instruction, block);
            }

            foreach (var result in instruction.Results)
            {
                _definitions[result] = instruction;
                _blocks[result] = block;
            }

            foreach (var region in instruction.Regions)
            {
                Visit(region);
            }
        }

        // Now that the users are known: in order, so that each depth is known before it is asked for.
        foreach (var instruction in block.Instructions.Where(i => i.Regions.IsEmpty && !i.Results.IsEmpty))
        {
            _depths[instruction.Result] = 1 + instruction.Operands.Where(IsInlined).Select(DepthOf).DefaultIfEmpty(-1).Max();
        }
    }
}
