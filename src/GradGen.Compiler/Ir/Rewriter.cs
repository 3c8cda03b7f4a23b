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

        return Builder.Build(function.Name, Mapped(function.Results));
    }

    /// <summary>The value in place of an instruction without regions and with one result, whose operands are already the copy's.</summary>
    protected abstract Value Replace(Instruction original, ImmutableArray<Value> operands);

    /// <summary>Whether an instruction has a place in the copy at all.</summary>
    protected virtual bool Keeps(Instruction original) => true;

    /// <summary>Whether a loop goes on carrying one of its values.</summary>
    protected virtual bool KeepsCarried(Instruction loop, int index) => true;

    /// <summary>Called around a region: what is known inside it is not known after it.</summary>
    protected virtual void EnterRegion()
    {
    }

    protected virtual void LeaveRegion()
    {
    }

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

        if (ControlFlow.IsLoop(instruction.Operation))
        {
            instruction = WithoutUnused(instruction);
        }

        ImmutableArray<Block> regions = [.. instruction.Regions.Select(CopyRegion)];
        Map(instruction.Results, Builder.AddControlFlow(
            instruction.Operation, Mapped(instruction.Operands), regions, [.. instruction.Results.Select(r => r.Type)]));
    }

    /// <summary>The loop with those of its carried values that are kept.</summary>
    private Instruction WithoutUnused(Instruction loop)
    {
        bool[] kept = [.. Enumerable.Range(0, loop.Results.Length).Select(j => KeepsCarried(loop, j))];
        ImmutableArray<Value> Kept(ImmutableArray<Value> values)
        {
            // A loop's range, its index and a condition come before what is carried.
            var first = values.Length - kept.Length;
            return [.. values.Where((_, i) => i < first || kept[i - first])];
        }

        return kept.All(k => k) ? loop : new Instruction(
            loop.Operation,
            Kept(loop.Operands),
            loop.Attributes,
            Kept(loop.Results),
            [.. loop.Regions.Select(r => new Block(Kept(r.Parameters), r.Instructions, Kept(r.Results)))]);
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
