using System.Collections.Immutable;
using System.Globalization;
using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Operations;

/// <summary>
/// What a computation costs: floating-point operations, and exponentials, logarithms and their like apart. A loop counts as
/// often as it runs; one that runs with the program, once, apart from all else.
/// </summary>
internal readonly record struct Cost(long Flops, long ElementaryFunctions, long FlopsAnIteration = 0, long FunctionsAnIteration = 0)
{
    private bool HasIterations => FlopsAnIteration > 0 || FunctionsAnIteration > 0;

    public static Cost operator +(Cost left, Cost right) => new(
        left.Flops + right.Flops,
        left.ElementaryFunctions + right.ElementaryFunctions,
        left.FlopsAnIteration + right.FlopsAnIteration,
        left.FunctionsAnIteration + right.FunctionsAnIteration);

    public static Cost operator *(long times, Cost cost) => new(
        times * cost.Flops, times * cost.ElementaryFunctions, times * cost.FlopsAnIteration, times * cost.FunctionsAnIteration);

    /// <summary>The cost of instructions, those of calls left out.</summary>
    /// <param name="instructions">What is computed.</param>
    /// <param name="definitionOf">The instruction that defines a value, to know how often loops run.</param>
    public static Cost Of(IEnumerable<Instruction> instructions, Func<Value, Instruction?> definitionOf) =>
        instructions.Aggregate(default(Cost), (sum, i) => sum + Of(i, definitionOf));

    public static Cost Of(Instruction instruction, Func<Value, Instruction?> definitionOf)
    {
        if (instruction.Operation == ControlFlow.If)
        {
            // One of the branches is taken: the dearer one counts.
            return instruction.Regions.Select(r => Of(r.Instructions, definitionOf)).OrderByDescending(c => c.Together).First();
        }

        if (ControlFlow.IsLoop(instruction.Operation))
        {
            var iteration = instruction.Regions.Aggregate(default(Cost), (sum, r) => sum + Of(r.Instructions, definitionOf));
            return Trips(instruction, definitionOf) is { } trips
                ? trips * iteration
                : new Cost(0, 0, iteration.Flops + iteration.FlopsAnIteration, iteration.ElementaryFunctions + iteration.FunctionsAnIteration);
        }

        if (instruction.Operation.Expansion is { } expansion)
        {
            return OfExpansion(instruction, expansion);
        }

        // Counting and finding one's place is no arithmetic on numbers.
        if (instruction.Operation.Element is not { } element || instruction.Result.Type.Scalar == ScalarType.Int32)
        {
            return default;
        }

        var signature = new Signature([.. instruction.Operands.Select(o => o.Type)], instruction.Attributes);
        return instruction.Result.Shape.Count * Of(element(signature).Element);
    }

    /// <summary>"25 flops and 5 elementary functions", "3 flops plus 2 flops an iteration".</summary>
    public override string ToString() =>
        !HasIterations ? Text(Flops, ElementaryFunctions)
        : (Flops == 0 && ElementaryFunctions == 0 ? "" : Text(Flops, ElementaryFunctions) + " plus ") + Text(FlopsAnIteration, FunctionsAnIteration) + " an iteration";

    public static string Count(long count, string what) =>
        count.ToString("#,0", CultureInfo.InvariantCulture) + " " + what + (count == 1 ? "" : "s");

    private long Together => Flops + ElementaryFunctions + FlopsAnIteration + FunctionsAnIteration;

    private static string Text(long flops, long functions) => (flops, functions) switch
    {
        (_, 0) => Count(flops, "flop"),
        (0, _) => Count(functions, "elementary function"),
        _ => Count(flops, "flop") + " and " + Count(functions, "elementary function"),
    };

    /// <summary>How often a loop runs, where that is known when the program is compiled.</summary>
    private static long? Trips(Instruction loop, Func<Value, Instruction?> definitionOf)
    {
        long? Number(Value value) =>
            definitionOf(value) is { } definition && definition.Operation == Constants.Literal ? (long)definition.Attributes.Number : null;
        return loop.Operation == ControlFlow.Loop && Number(loop.Operands[0]) is { } from && Number(loop.Operands[1]) is { } to
            ? Math.Max(0, to - from)
            : null;
    }

    private static Cost OfExpansion(Instruction instruction, Func<ImmutableArray<Term>, Attributes, Term> expansion)
    {
        var builder = new Builder();
        var result = expansion([.. instruction.Operands.Select(o => new Term(builder, builder.Parameter(o.Type, null)))], instruction.Attributes);
        return Of(builder.Build("expansion", [result.Value]).Body.Instructions, builder.DefinitionOf);
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
