using System.Collections.Immutable;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Ir;

/// <summary>
/// Copies a function instruction by instruction, so that a pass can put something else in an instruction's place. What
/// the copy's values are called and stand for is kept.
/// </summary>
internal abstract class Rewriter
{
    private readonly Dictionary<Value, Value> _map = [];

    protected Builder Builder { get; } = new();

    protected Function Rewrite(Function function)
    {
        foreach (var parameter in function.Parameters)
        {
            var copy = Builder.Parameter(parameter.Type, null);
            Map(parameter, copy);
        }

        foreach (var instruction in function.Body.Instructions)
        {
            Copy(instruction);
        }

        return Builder.Build(function.Name, ResultsOf(function));
    }

    /// <summary>The value in place of an instruction without regions and with one result, whose operands are already the copy's.</summary>
    protected abstract Value Replace(Instruction original, ImmutableArray<Value> operands);

    /// <summary>Whether an instruction has a place in the copy at all.</summary>
    protected virtual bool Keeps(Instruction original) => true;

    /// <summary>Whether control flow goes on giving one of its results: what a loop carries, what the branches of an if yield.</summary>
    protected virtual bool KeepsResult(Instruction controlFlow, int index) => true;

    /// <summary>The only branch of an if that can be taken, whose condition is already the copy's; null if both can.</summary>
    protected virtual Block? OnlyBranch(Instruction choice, Value condition) => null;

    /// <summary>The copy's value in place of one of the results of control flow, and of what a loop carries for it; null if there is none.</summary>
    protected virtual Value? InPlaceOf(Instruction controlFlow, int index) => null;

    /// <summary>Called around a region: what is known inside it is not known after it.</summary>
    protected virtual void EnterRegion()
    {
    }

    protected virtual void LeaveRegion()
    {
    }

    /// <summary>The results of the copy.</summary>
    protected virtual ImmutableArray<Value> ResultsOf(Function function) => Mapped(function.Results);

    protected Value Mapped(Value value) => _map[value];

    private ImmutableArray<Value> Mapped(ImmutableArray<Value> values) => [.. values.Select(Mapped)];

    private void Map(Value original, Value copy)
    {
        _map[original] = copy;
        Builder.Name(copy, original.Name, original.Role);
    }

    private void Map(ImmutableArray<Value> originals, ImmutableArray<Value> copies)
    {
        for (var i = 0; i < originals.Length; i++)
        {
            Map(originals[i], copies[i]);
        }
    }

    private void Copy(Instruction instruction)
    {
        if (!Keeps(instruction))
        {
            return;
        }

        if (instruction.Operation.ResultTypes is not null)
        {
            Map(instruction.Results, Builder.AddMany(instruction.Operation, Mapped(instruction.Operands), instruction.Attributes));
            return;
        }

        if (instruction.Regions.IsEmpty)
        {
            Map(instruction.Result, Replace(instruction, Mapped(instruction.Operands)));
            return;
        }

        if (instruction.Operation == ControlFlow.If && OnlyBranch(instruction, Mapped(instruction.Operands[0])) is { } branch)
        {
            foreach (var inner in branch.Instructions)
            {
                Copy(inner);
            }

            Map(instruction.Results, Mapped(branch.Results));
            return;
        }

        var kept = new HashSet<int>();
        for (var j = 0; j < instruction.Results.Length; j++)
        {
            if (KeepsResult(instruction, j))
            {
                if (InPlaceOf(instruction, j) is { } simpler)
                {
                    foreach (var value in ControlFlow.IsLoop(instruction.Operation) ? ControlFlow.Carried(instruction).Parameters.Select(p => p[j]) : [])
                    {
                        Map(value, simpler);
                    }

                    Map(instruction.Results[j], simpler);
                }
                else
                {
                    kept.Add(j);
                }
            }
        }

        instruction = With(instruction, kept);
        ImmutableArray<Block> regions = [.. instruction.Regions.Select(CopyRegion)];
        Map(instruction.Results, Builder.AddControlFlow(
            instruction.Operation, Mapped(instruction.Operands), regions, [.. instruction.Results.Select(r => r.Type)]));
    }

    /// <summary>The control flow with those of its results that are kept.</summary>
    private static Instruction With(Instruction controlFlow, HashSet<int> kept)
    {
        var count = controlFlow.Results.Length;
        ImmutableArray<Value> Kept(ImmutableArray<Value> values)
        {
            // A loop's range, its index and a condition come before what is carried.
            var first = values.Length - count;
            return [.. values.Where((_, i) => i < first || kept.Contains(i - first))];
        }

        var isLoop = ControlFlow.IsLoop(controlFlow.Operation);
        return kept.Count == count ? controlFlow : new Instruction(
            controlFlow.Operation,
            isLoop ? Kept(controlFlow.Operands) : controlFlow.Operands,
            controlFlow.Attributes,
            Kept(controlFlow.Results),
            [.. controlFlow.Regions.Select(r => new Block(isLoop ? Kept(r.Parameters) : r.Parameters, r.Instructions, Kept(r.Results)))]);
    }

    private Block CopyRegion(Block region)
    {
        EnterRegion();
        var copy = Builder.Region([.. region.Parameters.Select(p => p.Type)], parameters =>
        {
            Map(region.Parameters, parameters);
            foreach (var instruction in region.Instructions)
            {
                Copy(instruction);
            }

            return Mapped(region.Results);
        });
        LeaveRegion();
        return copy;
    }
}
