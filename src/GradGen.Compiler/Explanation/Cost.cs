using System.Globalization;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Explanation;

/// <summary>What a computation costs: floating-point operations, and exponentials, logarithms and their like apart.</summary>
internal readonly record struct Cost(long Flops, long ElementaryFunctions)
{
    public static Cost operator +(Cost left, Cost right) =>
        new(left.Flops + right.Flops, left.ElementaryFunctions + right.ElementaryFunctions);

    public static Cost operator *(long times, Cost cost) => new(times * cost.Flops, times * cost.ElementaryFunctions);

    /// <summary>The cost of instructions that all have an element: what is emitted.</summary>
    public static Cost Of(IEnumerable<Instruction> instructions) => instructions.Aggregate(default(Cost), (sum, i) => sum + Of(i));

    /// <summary>"25 flops and 5 elementary functions".</summary>
    public override string ToString() => (Flops, ElementaryFunctions) switch
    {
        (_, 0) => Count(Flops, "flop"),
        (0, _) => Count(ElementaryFunctions, "elementary function"),
        _ => Count(Flops, "flop") + " and " + Count(ElementaryFunctions, "elementary function"),
    };

    public static string Count(long count, string what) =>
        count.ToString("#,0", CultureInfo.InvariantCulture) + " " + what + (count == 1 ? "" : "s");

    private static Cost Of(Instruction instruction)
    {
        if (!instruction.Regions.IsEmpty)
        {
            // One of the branches is taken: the dearer one counts. Of a loop, one iteration does.
            return instruction.Regions.Select(r => Of(r.Instructions)).OrderByDescending(c => c.Flops + c.ElementaryFunctions).First();
        }

        if (instruction.Operation.Element is not { } element)
        {
            return default;
        }

        var signature = new Signature([.. instruction.Operands.Select(o => o.Type)], instruction.Attributes);
        return instruction.Result.Shape.Count * Of(element(signature).Element);
    }

    private static Cost Of(Element element) => element switch
    {
        Call call => call.Arguments.Aggregate(Of(call.Function), (sum, argument) => sum + Of(argument)),
        Guarded guarded => Of(guarded.Then),
        // Additions of a sum count; the comparisons of an extreme do not.
        Reduce reduce => (reduce.Extent * Of(reduce.Body)) + new Cost(reduce.Kind == ReduceKind.Sum ? reduce.Extent - 1 : 0, 0),
        _ => default,
    };

    private static Cost Of(ScalarFunction function) => function.Cost switch
    {
        ScalarCost.Flop => new Cost(1, 0),
        ScalarCost.Elementary => new Cost(0, 1),
        _ => default,
    };
}
