using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Emission;

/// <summary>
/// Products whose inner sum would walk down a column, one cache line an entry: wᵀ·δ. They are turned around, so that
/// the inner loop goes along a row: for each k, add δₖ times row k of w to the result.
/// </summary>
internal sealed class TurnedProducts(Plan plan, Names names, EntryWriter entries, Action<Instruction, Action<Place>> loops)
{
    /// <summary>Writes the step that way, if it has such a sum; what else the step does comes in a second loop.</summary>
    public bool TryWrite(Instruction instruction, string destination, string assignment)
    {
        var sums = new List<(Instruction Owner, Reduce Sum)>();
        FindSums(instruction, Plan.FormOf(instruction).Element, sums);
        if (sums.Count != 1)
        {
            return false;
        }

        var (owner, sum) = sums[0];
        var isWholeStep = owner == instruction && Plan.FormOf(instruction).Element is Reduce;
        if ((!isWholeStep && assignment != "=") || !IsBetterTurned(owner, sum))
        {
            return false;
        }

        if (assignment == "=")
        {
            entries.Output.Line($"{destination}.Clear();");
        }

        var shape = instruction.Result.Shape;
        void Add(Place place, EntryIndex k) => entries.Output.Statement(
            $"{destination}[{place.Entry(shape)}] += {entries.Term(owner, sum, place, k)};");
        if (shape.Columns == 1)
        {
            entries.Loop(sum.Variable, sum.Extent, k => entries.InnerLoop("i", shape.Rows, [k], i => Add(Place.At(i), k)));
        }
        else
        {
            entries.Loop("i", shape.Rows, i => entries.Loop(sum.Variable, sum.Extent, k =>
                entries.InnerLoop("j", shape.Columns, [i, k], j => Add(Place.Of(i, j), k))));
        }

        if (!isWholeStep)
        {
            loops(instruction, place =>
            {
                var entry = $"{destination}[{place.Entry(shape)}]";
                entries.KnownSum = (owner, entry);
                entries.Output.Statement($"{entry} = {entries.Result(instruction, place)};");
                entries.KnownSum = null;
            });
        }

        return true;
    }

    /// <summary>The sums that a step computes an entry with, at that entry's own place.</summary>
    private void FindSums(Instruction instruction, Element element, List<(Instruction Owner, Reduce Sum)> sums)
    {
        switch (element)
        {
            case Reduce { Kind: ReduceKind.Sum, Extent: > 1 } sum:
                sums.Add((instruction, sum));
                break;
            case Call call:
                foreach (var argument in call.Arguments)
                {
                    FindSums(instruction, argument, sums);
                }

                break;
            case LoadEntry { Position: { Variable: "e", Offset: 0, Operand: < 0 } } load
                when instruction.Operands[load.Operand] is var operand && operand.Shape == instruction.Result.Shape && plan.IsInlined(operand):
                var definition = plan.DefinitionOf(operand)!;
                FindSums(definition, Plan.FormOf(definition).Element, sums);
                break;
        }
    }

    /// <summary>Whether the sum takes long steps through memory, and the result's innermost loop would take short ones.</summary>
    private bool IsBetterTurned(Instruction owner, Reduce sum)
    {
        var shape = owner.Result.Shape;
        var (along, inner) = ("the sum's variable", "the inner loop's");
        var place = shape.Columns == 1
            ? Place.At(EntryIndex.Variable(inner))
            : Place.Of(EntryIndex.Variable("the row"), EntryIndex.Variable(inner));
        var reads = new List<EntryIndex>();
        Probe(owner, sum, place, EntryIndex.Variable(along), reads);
        return shape.Count > 1
            && reads.Any(r => r.StrideOf(along) >= Limits.LargeStride)
            && reads.All(r => r.StrideOf(inner) is 0 or 1 && !r.Terms.Any(t => t.Variable[0] == '('));
    }

    private void Probe(Instruction owner, Reduce sum, Place place, EntryIndex variable, List<EntryIndex> reads)
    {
        var output = entries.Output;
        entries.Output = new CSharpWriter();
        entries.OnSpanRead = (_, index, text) =>
        {
            reads.Add(index);
            return text;
        };
        names.OpenBlock();
        entries.Term(owner, sum, place, variable);
        names.CloseBlock();
        entries.OnSpanRead = null;
        entries.Output = output;
    }
}
