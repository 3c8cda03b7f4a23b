using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Optimization;

/// <summary>
/// Two ifs on one condition become one where the second reads what the first gives: a reverse branch, and what stands under
/// its condition because its adjoint is present only there. What only the second read is then no result any more.
/// </summary>
internal sealed class Branches
{
    private readonly Dictionary<Value, Instruction> _definitions;

    private Branches(Function function) => _definitions = Definitions.Of(function);

    public static Function Run(Function function) => new(function.Name, new Branches(function).Merged(function.Body));

    private Block Merged(Block block)
    {
        List<Instruction> instructions = [.. block.Instructions.Select(i => i.Regions.IsEmpty ? i : With(i, [.. i.Regions.Select(Merged)]))];
        var latest = new Dictionary<Value, Instruction>();
        for (var position = 0; position < instructions.Count; position++)
        {
            var second = instructions[position];
            if (Guards.In(second))
            {
                latest.Clear(); // What divides or indexes stays after what asks whether it can.
                continue;
            }

            if (second.Operation != ControlFlow.If || !IsPure(second))
            {
                continue;
            }

            instructions[position] = second = WithoutNot(second);
            if (latest.TryGetValue(second.Operands[0], out var first) && FreeValuesOf(second).Any(first.Results.Contains)
                && Place(instructions, instructions.IndexOf(first), position) is { } place)
            {
                var merged = Merged(first, second);
                instructions[place] = merged;
                _ = instructions.Remove(place == position ? first : second);
                position--;
                second = merged;
            }

            latest[second.Operands[0]] = second;
        }

        return new Block(block.Parameters, [.. instructions], block.Results);
    }

    /// <summary>Where both can stand: the second's place if nothing between reads the first, or the first's if the second reads nothing between.</summary>
    private static int? Place(List<Instruction> instructions, int first, int second)
    {
        var between = instructions.GetRange(first + 1, second - first - 1);
        if (!between.Any(i => ReadBy(i).Any(instructions[first].Results.Contains)))
        {
            return second;
        }

        var defined = new HashSet<Value>(between.SelectMany(i => i.Results));
        return FreeValuesOf(instructions[second]).Any(defined.Contains) ? null : first;
    }

    /// <summary>if (¬c) a else b, as if (c) b else a.</summary>
    private Instruction WithoutNot(Instruction choice) =>
        _definitions.TryGetValue(choice.Operands[0], out var definition) && definition.Operation == Comparisons.Not
            ? new Instruction(ControlFlow.If, definition.Operands, choice.Attributes, choice.Results, [choice.Regions[1], choice.Regions[0]])
            : choice;

    private static Instruction Merged(Instruction first, Instruction second)
    {
        ImmutableArray<Block> regions =
        [
            .. first.Regions.Zip(second.Regions, (one, two) =>
            {
                var given = Enumerable.Range(0, first.Results.Length).ToDictionary(r => first.Results[r], r => one.Results[r]);
                var after = Substituted(two, given);
                return new Block([], one.Instructions.AddRange(after.Instructions), one.Results.AddRange(after.Results));
            }),
        ];
        return new Instruction(ControlFlow.If, first.Operands, first.Attributes, first.Results.AddRange(second.Results), regions);
    }

    private static Block Substituted(Block block, Dictionary<Value, Value> given)
    {
        ImmutableArray<Value> Given(ImmutableArray<Value> values) => [.. values.Select(v => given.TryGetValue(v, out var value) ? value : v)];
        return new Block(
            block.Parameters,
            [.. block.Instructions.Select(i => new Instruction(i.Operation, Given(i.Operands), i.Attributes, i.Results, [.. i.Regions.Select(r => Substituted(r, given))]))],
            Given(block.Results));
    }

    private static Instruction With(Instruction instruction, ImmutableArray<Block> regions) =>
        new(instruction.Operation, instruction.Operands, instruction.Attributes, instruction.Results, regions);

    /// <summary>Whether it may be moved: arrays are written in place, tapes pushed in order, and methods called as the user wrote.</summary>
    private static bool IsPure(Instruction instruction) =>
        instruction.Results.Concat(instruction.Operands).All(v => v.Type.IsTensor) && !Calls.IsCall(instruction.Operation) && instruction.Operation != Guards.Throw
        && instruction.Regions.All(r => r.Instructions.All(IsPure));

    private static IEnumerable<Value> ReadBy(Instruction instruction) => instruction.Operands.Concat(FreeValuesOf(instruction));

    private static IEnumerable<Value> FreeValuesOf(Instruction instruction) => instruction.Regions.SelectMany(FreeValues.Of);
}
