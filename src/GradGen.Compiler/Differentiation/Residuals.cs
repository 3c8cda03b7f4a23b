using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Differentiation;

/// <summary>
/// What a loop's iterations leave for the way back. The reverse iteration needs values of the forward one; each is pushed on
/// a tape, or computed again from what is there, whichever costs less. (Values that no iteration changes are at hand anyway;
/// what turns out not to be read is not pushed: dead code.)
/// </summary>
/// <remarks>
/// <para>The model, in flops of straight code, about 0.3 ns each where one waits for the other. Measured on .NET 10:</para>
/// <list type="bullet">
/// <item>An exponential or logarithm takes 6 ns, a sine 10, a hyperbolic tangent 11: <see cref="ElementaryFunction"/>.</item>
/// <item>
/// To push a double and to read it again takes 2 to 5 ns, with the checks, and its memory is only in the cache while the loop
/// is short: <see cref="SavedByte"/>. So sums and small products are computed again, and functions and larger products saved.
/// </item>
/// <item>What the next iteration starts from, and is on a tape for that, only has to be read: half of it.</item>
/// <item>A method whose derivative is given may do anything: <see cref="CalledMethod"/>.</item>
/// </list>
/// <para>
/// An inner loop that records iterations of its own has to run again in the outer reverse iteration, to record them: its
/// tapes hold one outer iteration at a time, so that a nest keeps the sum of the numbers of iterations, not their product.
/// </para>
/// </remarks>
internal sealed class Residuals
{
    private const double ElementaryFunction = 24;
    private const double SavedByte = 1.5;
    private const double CalledMethod = 100;

    /// <summary>How often a loop is taken to run whose number of iterations is not known.</summary>
    private const int AssumedIterations = 16;

    private readonly Activity _activity;
    private readonly Func<Value, Instruction?> _definitionOf;
    private readonly Dictionary<Instruction, bool> _runsAgain = [];

    private Residuals(Activity activity, Func<Value, Instruction?> definitionOf) => (_activity, _definitionOf) = (activity, definitionOf);

    /// <summary>The values computed in a loop's body that each iteration pushes, in the order of their definitions.</summary>
    /// <param name="loop">A loop that varies, of the function that is differentiated.</param>
    /// <param name="activity">What varies in it.</param>
    /// <param name="definitionOf">The instruction that defines a value.</param>
    public static ImmutableArray<Value> Of(Instruction loop, Activity activity, Func<Value, Instruction?> definitionOf) =>
        new Residuals(activity, definitionOf).Chosen(loop);

    private ImmutableArray<Value> Chosen(Instruction loop)
    {
        var body = loop.Regions[loop.Regions.Length - 1];
        var carried = ControlFlow.Carried(loop);
        var definitions = Definitions(body);
        var needed = Needed(body);
        var chosen = ImmutableArray.CreateBuilder<Value>();
        var isAtHand = new HashSet<Value>(body.Instructions.Where(RunsAgain).SelectMany(i => i.Results).Concat(carried.Parameters[0].Where(needed.Contains)));
        foreach (var instruction in body.Instructions)
        {
            foreach (var value in instruction.Results.Where(needed.Contains))
            {
                var again = new HashSet<Value>();
                Collect(value, again);
                var recomputed = again.Where(definitions.ContainsKey).Select(v => definitions[v]).Distinct().Sum(CostOf)
                    + again.Where(carried.Parameters[0].Contains).Sum(SavingOf);
                var yielded = carried.Yields[0].IndexOf(value);
                var saved = SavingOf(value) / (yielded >= 0 && isAtHand.Contains(carried.Parameters[0][yielded]) ? 2 : 1);
                if (value.Type.IsTensor && saved < recomputed)
                {
                    chosen.Add(value);
                    isAtHand.Add(value);
                }
                else
                {
                    isAtHand.UnionWith(again);
                }
            }
        }

        return chosen.ToImmutable();

        // What has to be there to compute a value again, itself included: values of the body, and carried ones.
        void Collect(Value value, HashSet<Value> again)
        {
            if (isAtHand.Contains(value) || !(definitions.ContainsKey(value) || carried.Parameters[0].Contains(value)) || !again.Add(value))
            {
                return;
            }

            if (definitions.TryGetValue(value, out var definition))
            {
                foreach (var read in ReadBy(definition))
                {
                    Collect(read, again);
                }
            }
        }
    }

    /// <summary>The values that sweeping a block reads, besides adjoints.</summary>
    private HashSet<Value> Needed(Block block) => [.. block.Instructions.Where(i => i.Results.Any(_activity.Has)).SelectMany(Needed)];

    private IEnumerable<Value> Needed(Instruction instruction)
    {
        if (instruction.Operation == ControlFlow.If)
        {
            return instruction.Regions.SelectMany(NeededFromOutside).Concat(instruction.Operands);
        }

        if (ControlFlow.IsLoop(instruction.Operation))
        {
            return RunsAgain(instruction)
                ? ReadBy(instruction)
                : NeededFromOutside(instruction.Regions[0]).Concat(instruction.Operands.Take(2));
        }

        return instruction.Operation == Calls.Call ? instruction.Operands.Concat(instruction.Results.Where(r => !r.Type.IsFloating)) : ReadByPullbacks(instruction);
    }

    /// <summary>Whether a loop has to run again before it is swept: its iterations leave something, or have to be counted.</summary>
    private bool RunsAgain(Instruction instruction)
    {
        if (!_runsAgain.TryGetValue(instruction, out var again))
        {
            _runsAgain[instruction] = again = ControlFlow.IsLoop(instruction.Operation) && instruction.Results.Any(_activity.Has)
                && (instruction.Operation == ControlFlow.While
                    || NeededFromOutside(instruction.Regions[0]).Intersect(instruction.Regions[0].Parameters.Skip(1)).Any()
                    || !Chosen(instruction).IsEmpty);
        }

        return again;
    }

    /// <summary>What has to be known from outside a block to compute again what sweeping it needs; its parameters too.</summary>
    private HashSet<Value> NeededFromOutside(Block block)
    {
        var needed = Needed(block);
        foreach (var instruction in block.Instructions.Reverse().Where(i => i.Results.Any(needed.Contains)))
        {
            needed.UnionWith(ReadBy(instruction));
        }

        needed.ExceptWith(block.Instructions.SelectMany(i => i.Results));
        return needed;
    }

    /// <summary>Which of an instruction's operands and results its pullbacks read: they are written, to see.</summary>
    private HashSet<Value> ReadByPullbacks(Instruction instruction)
    {
        var builder = new Builder();
        Term Of(Value value) => new(builder, value);
        var context = new PullbackContext(
            Of(builder.Parameter(instruction.Result.Type, null)), [.. instruction.Operands.Select(Of)], Of(instruction.Result), instruction.Attributes);
        var written = builder.Region([], none =>
        {
            for (var i = 0; i < instruction.Operands.Length; i++)
            {
                if (_activity.Has(instruction.Operands[i]))
                {
                    _ = instruction.Operation.PullbackOf(i)(context);
                }
            }

            return [];
        });
        return [.. written.Instructions.Where(i => i.Operation != Arrays.ZerosLike).SelectMany(i => i.Operands).Intersect(instruction.Operands.Concat(instruction.Results))];
    }

    private double CostOf(Instruction instruction)
    {
        var cost = Cost.Of(instruction, _definitionOf);
        return cost.Flops + (ElementaryFunction * cost.ElementaryFunctions)
            + (AssumedIterations * (cost.FlopsAnIteration + (ElementaryFunction * cost.FunctionsAnIteration)))
            + (CalledMethod * CallsIn(instruction));
    }

    private static double SavingOf(Value value) =>
        SavedByte * value.Shape.Count * (value.Type.Scalar switch { ScalarType.Float64 => 8, ScalarType.Boolean => 1, _ => 4 });

    private static int CallsIn(Instruction instruction) => Calls.IsCall(instruction.Operation)
        ? 1
        : instruction.Regions.Sum(r => r.Instructions.Sum(CallsIn)) * (ControlFlow.IsLoop(instruction.Operation) ? AssumedIterations : 1);

    private static IEnumerable<Value> ReadBy(Instruction instruction) =>
        instruction.Operands.Concat(instruction.Regions.SelectMany(FreeValues.Of));

    private static Dictionary<Value, Instruction> Definitions(Block body) =>
        body.Instructions.SelectMany(i => i.Results.Select(r => (r, i))).ToDictionary(p => p.r, p => p.i);
}
