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
    private readonly Activity _activity = new();
    private readonly Singularity _singularity;
    private readonly ArrayStates _states;
    private readonly Func<Value, Instruction?> _definitionOf;

    private ReverseMode(Function primal, ImmutableArray<bool> differentiated)
    {
        _states = new ArrayStates(primal, _builder);
        var definitions = Definitions.Of(primal);
        _definitionOf = v => definitions.TryGetValue(v, out var definition) ? definition : _builder.DefinitionOf(v);
        _singularity = new Singularity(_definitionOf);
        var map = primal.Parameters.ToDictionary(p => p, p => _builder.Parameter(p.Type, p.Name));
        Parameters = [.. primal.Parameters.Select(p => map[p])];
        foreach (var parameter in primal.Parameters.Concat(Parameters).Where((_, i) => differentiated[i % Parameters.Length]))
        {
            _activity.Add(parameter);
        }

        Extend(primal.Body.Instructions);
        Forward = CopySwept(primal.Body, map);
        _builder.SkipsGuards = true;
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
            adjoints.Add(result, result.Type.IsArray ? mode.ToTerm(upstream).Apply(Arrays.Copy) : mode.ToTerm(upstream), Presence.Always); // What flows into an array is added in place.
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
        foreach (var instruction in instructions.Reverse().Where(i => !i.Results.IsEmpty))
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

        var (upstream, presence) = (adjoints[instruction.Result], adjoints.PresenceOf(instruction.Result));
        Builder.Name(upstream.Value, instruction.Result.Name, ValueRole.Adjoint);
        var context = new PullbackContext(
            upstream, [.. instruction.Operands.Select(ToTerm)], ToTerm(instruction.Result), instruction.Attributes);
        List<int> varied = [.. Enumerable.Range(0, instruction.Operands.Length).Where(i => _activity.Has(instruction.Operands[i]))];
        IEnumerable<(Value Operand, Term Contribution)> Pulled() => varied
            .Select(i => (Operand: instruction.Operands[i], Contribution: instruction.Operation.PullbackOf(i)(context)))
            .Where(p => !p.Contribution.IsZero);
        foreach (var (operand, contribution) in Guarded(instruction, presence, Pulled) ?? Pulled())
        {
            Give(operand, contribution, presence, adjoints);
        }
    }

    /// <summary>
    /// The branch that was taken is computed again inside the reverse branch and swept there: what it needs of its
    /// own values is at hand, and nothing of the other branch is touched (no 0·∞). Outer values that the branches
    /// use get their contributions as the reverse branch's results; what only one branch contributes to is present only there.
    /// </summary>
    private void SweepIf(Instruction instruction, Adjoints adjoints)
    {
        if (!instruction.Results.Any(r => IsReached(r, adjoints)))
        {
            return;
        }

        var upstreams = instruction.Results.Select(r => (Sum: adjoints[r], Presence: adjoints.PresenceOf(r))).ToImmutableArray();
        var restored = _states.Restored(instruction);
        foreach (var array in restored)
        {
            Resemble(array.Value, array.Key);
        }

        ImmutableArray<Value> captured = [.. instruction.Regions.SelectMany(FreeValues.Of).Distinct().Where(_activity.Has)];
        var before = _builder.ValueCount;
        var branches = instruction.Regions.Select(region =>
        {
            ImmutableArray<Presence> presences = [];
            ImmutableArray<Value> flags = [];
            var block = _builder.Region([], _ =>
            {
                var map = new Dictionary<Value, Value>(restored);
                var copies = CopySwept(region, map);
                var inner = new Adjoints();
                Seed(inner, captured, restored, adjoints);
                for (var i = 0; i < region.Results.Length; i++)
                {
                    Give(map.TryGetValue(region.Results[i], out var copy) ? copy : region.Results[i], upstreams[i].Sum, upstreams[i].Presence, inner);
                }

                Sweep(copies, inner);
                Value AsItWas(Value c) => restored.TryGetValue(c, out var array) ? array : c;
                presences = [.. captured.Select(c => inner.PresenceOf(AsItWas(c)))];
                flags = [.. presences.Select(p => p.ToValue(_builder))];
                return [.. captured.Select(c => AdjointOf(AsItWas(c), inner))];
            });
            return (Block: block, Presences: presences, Flags: flags);
        }).ToImmutableArray();

        List<int> reached = [.. Enumerable.Range(0, captured.Length).Where(c => branches.Any(b => !b.Presences[c].IsNever))];
        var presences = reached.ToDictionary(c => c, c => Meet(instruction.Operands[0], branches[0].Presences[c], branches[1].Presences[c], before));
        List<int> flagged = [.. reached.Where(c => presences[c] is null)];
        var results = _builder.AddControlFlow(
            ControlFlow.If,
            instruction.Operands,
            [.. branches.Select(b => new Block(b.Block.Parameters, b.Block.Instructions, [.. reached.Select(c => b.Block.Results[c]), .. flagged.Select(c => b.Flags[c])]))],
            [.. reached.Select(c => captured[c].Type), .. flagged.Select(_ => TensorType.Boolean)]);
        for (var i = 0; i < reached.Count; i++)
        {
            var c = reached[i];
            Gather(captured[c], ToTerm(results[i]), presences[c] ?? Presence.When(results[reached.Count + flagged.IndexOf(c)]), adjoints);
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
            inner.Replace(restored.TryGetValue(array, out var asItWas) ? asItWas : array, outer[array], outer.PresenceOf(array));
        }
    }

    /// <summary>Takes what a region has gathered for a value from outside.</summary>
    private void Gather(Value captured, Term gathered, Presence presence, Adjoints outer)
    {
        if (captured.Type.IsArray)
        {
            outer.Replace(captured, gathered, presence);
        }
        else
        {
            Give(captured, gathered, presence, outer);
        }
    }

    /// <summary>Adds a contribution to a value's adjoint.</summary>
    private void Give(Value value, Term contribution, Presence presence, Adjoints adjoints) =>
        adjoints.Add(value, contribution, _singularity.Has(value) ? presence : Presence.Always);

    /// <summary>Whether an adjoint flows into the value and on to a parameter.</summary>
    private bool IsReached(Value value, Adjoints adjoints) => _activity.Has(value) && !adjoints[value].IsZero;

    private void Extend(ImmutableArray<Instruction> instructions)
    {
        _activity.Extend(instructions);
        _singularity.Extend(instructions);
    }

    /// <summary>Notes that a value stands for another, of which what was found out holds for it too.</summary>
    private void Resemble(Value copy, Value original)
    {
        foreach (var property in new Spreading[] { _activity, _singularity }.Where(p => p.Has(original)))
        {
            property.Add(copy);
        }
    }

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
