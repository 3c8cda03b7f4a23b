using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Differentiation;

/// <summary>
/// Reverse-mode differentiation: from f(x…) to the function (x…, ȳ) → (y, x̄…), the value and the vector–Jacobian
/// product. The result is an ordinary function, so that it can be optimised, emitted, run, explained, and
/// differentiated again.
/// </summary>
internal sealed partial class ReverseMode
{
    private readonly Builder _builder = new();
    private readonly Activity _activity;
    private readonly ArrayStates _states;

    private ReverseMode(Function primal, ImmutableArray<bool> differentiated)
    {
        _states = new ArrayStates(primal, _builder);
        var map = primal.Parameters.ToDictionary(p => p, p => _builder.Parameter(p.Type, p.Name));
        Parameters = [.. primal.Parameters.Select(p => map[p])];
        _activity = Activity.Analyze(
            primal.Body.Instructions, primal.Parameters.Concat(Parameters).Where((_, i) => differentiated[i % Parameters.Length]));
        Forward = CopySwept(primal.Body, map);
        Results = [.. primal.Results.Select(r => map[r])];
        // On the way back an array is brought back to earlier states: what is given is a copy.
        Values = [.. Results.Select(r => r.Type.IsArray ? ToTerm(r).Apply(Arrays.Copy).Value : r)];
    }

    private ImmutableArray<Value> Parameters { get; }

    private ImmutableArray<Instruction> Forward { get; }

    private ImmutableArray<Value> Results { get; }

    private ImmutableArray<Value> Values { get; }

    /// <summary>
    /// The value and gradient of <paramref name="primal"/>: its parameters, then an adjoint for each result; its
    /// results, then the adjoint of each parameter that <paramref name="differentiated"/> marks, in its shape.
    /// </summary>
    /// <exception cref="NotSupportedException">
    /// The function is a gradient that has no pullback yet: of a loop, whose tapes have none; of a call whose derivative was
    /// given, which has no derivative itself.
    /// </exception>
    public static Function Run(Function primal, ImmutableArray<bool> differentiated)
    {
        if (Has(primal.Body, Tapes.New))
        {
            throw new NotSupportedException($"'{primal.Name}' keeps tapes: the gradient of a loop cannot be differentiated again yet.");
        }

        if (Has(primal.Body, Calls.DerivativeCall))
        {
            throw new NotSupportedException($"'{primal.Name}' calls a derivative that was given: what that is differentiated to is not known.");
        }

        var mode = new ReverseMode(primal, differentiated);
        var adjoints = new Adjoints();
        foreach (var result in mode.Results)
        {
            var upstream = mode._builder.Parameter(result.Type, result.Name);
            upstream.Role = ValueRole.Adjoint;
            adjoints.Add(result, result.Type.IsArray ? mode.ToTerm(upstream).Apply(Arrays.Copy) : mode.ToTerm(upstream)); // What flows into an array is added in place.
        }

        mode.Sweep(mode.Forward, adjoints);
        var gradients = mode.Parameters.Where((_, i) => differentiated[i]).Select(p => mode.AdjointOf(p, adjoints));
        return mode._builder.Build(primal.Name, [.. mode.Values, .. gradients]);
    }

    private static bool Has(Block block, Operation operation) =>
        block.Instructions.Any(i => i.Operation == operation || i.Regions.Any(r => Has(r, operation)));

    /// <summary>From the last instruction to the first: each result's adjoint flows into the operands that vary.</summary>
    private void Sweep(ImmutableArray<Instruction> instructions, Adjoints adjoints)
    {
        foreach (var instruction in instructions.Reverse())
        {
            if (instruction.Operation == ControlFlow.If)
            {
                SweepIf(instruction, adjoints);
            }
            else if (ControlFlow.IsLoop(instruction.Operation))
            {
                SweepLoop(instruction, adjoints);
            }
            else if (instruction.Operation == Calls.Call)
            {
                SweepCall(instruction, adjoints);
            }
            else
            {
                SweepOperation(instruction, adjoints);
            }
        }
    }

    private void SweepOperation(Instruction instruction, Adjoints adjoints)
    {
        if (!IsReached(instruction.Result, adjoints))
        {
            return;
        }

        var upstream = adjoints[instruction.Result];
        Builder.Name(upstream.Value, instruction.Result.Name, ValueRole.Adjoint);
        var context = new PullbackContext(
            upstream, [.. instruction.Operands.Select(ToTerm)], ToTerm(instruction.Result), instruction.Attributes);
        for (var i = 0; i < instruction.Operands.Length; i++)
        {
            if (_activity.Varies(instruction.Operands[i]))
            {
                adjoints.Add(instruction.Operands[i], instruction.Operation.PullbackOf(i)(context));
            }
        }
    }

    /// <summary>
    /// The branch that was taken is computed again inside the reverse branch and swept there: what it needs of its
    /// own values is at hand, and nothing of the other branch is touched (no 0·∞). Outer values that the branches
    /// use get their contributions as the reverse branch's results.
    /// </summary>
    private void SweepIf(Instruction instruction, Adjoints adjoints)
    {
        if (!instruction.Results.Any(r => IsReached(r, adjoints)))
        {
            return;
        }

        var upstreams = instruction.Results.Select(r => adjoints[r]).ToImmutableArray();
        var restored = _states.Restored(instruction);
        foreach (var array in restored.Where(r => _activity.Varies(r.Key)))
        {
            _activity.Add(array.Value);
        }

        ImmutableArray<Value> captured = [.. instruction.Regions.SelectMany(FreeValues.Of).Distinct().Where(_activity.Varies)];
        ImmutableArray<Block> regions = [.. instruction.Regions.Select(region => _builder.Region([], _ =>
        {
            var map = new Dictionary<Value, Value>(restored);
            var copies = CopySwept(region, map);
            var inner = new Adjoints();
            Seed(inner, captured, restored, adjoints);
            for (var i = 0; i < region.Results.Length; i++)
            {
                inner.Add(map.TryGetValue(region.Results[i], out var copy) ? copy : region.Results[i], upstreams[i]);
            }

            Sweep(copies, inner);
            return [.. captured.Select(c => AdjointOf(restored.TryGetValue(c, out var asItWas) ? asItWas : c, inner))];
        }))];
        var results = _builder.AddControlFlow(ControlFlow.If, instruction.Operands, regions, [.. captured.Select(c => c.Type)]);
        for (var i = 0; i < captured.Length; i++)
        {
            Gather(captured[i], ToTerm(results[i]), adjoints);
        }
    }

    /// <summary>
    /// What has been gathered for an array goes into a region, which adds to it: an array of the region's own would have
    /// to be added as a whole, though only one of its elements may be touched.
    /// </summary>
    private static void Seed(Adjoints inner, ImmutableArray<Value> captured, Dictionary<Value, Value> restored, Adjoints outer)
    {
        foreach (var array in captured.Where(c => c.Type.IsArray && !outer[c].IsZero))
        {
            inner.Replace(restored.TryGetValue(array, out var asItWas) ? asItWas : array, outer[array]);
        }
    }

    /// <summary>Takes what a region has gathered for a value from outside.</summary>
    private static void Gather(Value captured, Term gathered, Adjoints outer)
    {
        if (captured.Type.IsArray)
        {
            outer.Replace(captured, gathered);
        }
        else
        {
            outer.Add(captured, gathered);
        }
    }

    /// <summary>Whether an adjoint flows into the value and on to a parameter.</summary>
    private bool IsReached(Value value, Adjoints adjoints) => _activity.Varies(value) && !adjoints[value].IsZero;

    /// <summary>The adjoint as a value of its own, zeros if nothing flowed in.</summary>
    private Value AdjointOf(Value value, Adjoints adjoints)
    {
        if (adjoints[value] is { IsZero: false } adjoint)
        {
            Builder.Name(adjoint.Value, value.Name, ValueRole.Adjoint);
            return adjoint.Value;
        }

        return ZerosOf(value);
    }

    private Value ZerosOf(Value value) => value.Type.IsArray ? ToTerm(value).Apply(Arrays.ZerosLike).Value : ToTerm(_builder.Literal(value.Type.Scalar, 0)).Fill(value.Shape).Value;

    private Term ToTerm(Value value) => new(_builder, value);
}
