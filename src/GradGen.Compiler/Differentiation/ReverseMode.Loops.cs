using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Differentiation;

/// <summary>
/// Loops. The forward loop pushes onto tapes what the reverse iterations start from: what it carries, and what
/// <see cref="Residuals"/> says besides; the reverse loop goes back over the iterations, reads that, computes the rest of its
/// body again and sweeps it.
/// </summary>
/// <remarks>
/// Everything between is at hand in the reverse iteration, so that a loop inside is differentiated in the same way there, with
/// tapes of its own that live for one outer iteration.
/// </remarks>
internal sealed partial class ReverseMode
{
    private readonly Dictionary<Instruction, Recorded> _recorded = [];
    private readonly Dictionary<Value, string> _residualNames = [];

    /// <summary>A copy that will be swept: the loops in it, as far as they vary, record their iterations.</summary>
    /// <param name="block">What is copied.</param>
    /// <param name="map">The values in place of others.</param>
    /// <param name="saved">What need not be computed again, by the value that it was: the copy of it is dead code.</param>
    private ImmutableArray<Instruction> CopySwept(Block block, Dictionary<Value, Value> map, Dictionary<Value, Value>? saved = null)
    {
        var copies = ImmutableArray.CreateBuilder<Instruction>();
        foreach (var instruction in _builder.Copied(block))
        {
            var varies = instruction.Results.Any(_activity.Has);
            var states = varies ? _states.Note(instruction, map) : [];
            var copy = ControlFlow.IsLoop(instruction.Operation) && varies
                ? Record(instruction, map)
                : _builder.Copy(instruction, map);
            Extend([copy]);
            copy = saved is null ? copy : WithSaved(copy, instruction, map, saved);
            _states.Keep(copy, states);
            copies.Add(copy);
        }

        return copies.ToImmutable();
    }

    /// <summary>The copy of an instruction with what was saved in the place of its results.</summary>
    private Instruction WithSaved(Instruction copy, Instruction original, Dictionary<Value, Value> map, Dictionary<Value, Value> saved)
    {
        if (!original.Results.Any(saved.ContainsKey))
        {
            return copy;
        }

        ImmutableArray<Value> results = [.. original.Results.Select((r, i) => saved.TryGetValue(r, out var value) ? value : copy.Results[i])];
        for (var i = 0; i < results.Length; i++)
        {
            Resemble(results[i], copy.Results[i]);
            map[original.Results[i]] = results[i];
        }

        var standing = new Instruction(copy.Operation, copy.Operands, copy.Attributes, results, copy.Regions);
        _builder.NoteOrigin(standing, copy);
        if (_recorded.TryGetValue(copy, out var recorded))
        {
            _recorded[standing] = recorded;
        }

        return standing;
    }

    /// <summary>The loop, which besides counts its iterations and pushes what its body reads of the carried values.</summary>
    private Instruction Record(Instruction loop, Dictionary<Value, Value> map)
    {
        var carried = ControlFlow.Carried(loop);
        var isWhile = loop.Operation == ControlFlow.While;
        var body = loop.Regions[loop.Regions.Length - 1];
        if (isWhile && Enumerable.Range(0, loop.Results.Length).Any(j => _activity.Has(loop.Results[j]) && carried.Yields[1][j] != carried.Parameters[1][j]))
        {
            throw new NotSupportedException("A condition that changes what is differentiated cannot be differentiated.");
        }

        var read = new HashSet<Value>(ValuesReadIn(body));
        // An array's length is asked for where its adjoint begins.
        List<int> saved = [.. Enumerable.Range(0, loop.Results.Length)
            .Where(j => read.Contains(carried.Parameters[0][j]) || (loop.Results[j].Type.IsArray && _activity.Has(loop.Results[j])))];
        // What an iteration yields is what the next one starts from, and is on that tape.
        var residuals = Residuals.Of(loop, _activity, _definitionOf);
        bool IsOnTape(int j) => saved.Contains(j) && (!isWhile || carried.Yields[1][j] == carried.Parameters[1][j]);
        var next = residuals.Where(v => carried.Yields[0].IndexOf(v) is var j and >= 0 && IsOnTape(j)).ToDictionary(v => v, v => carried.Yields[0].IndexOf(v));
        ImmutableArray<Value> pushedResiduals = [.. residuals.Where(v => !next.ContainsKey(v))];
        Value TapeOf(TensorType type, string? name)
        {
            var tape = _builder.Add(Tapes.New, [], Tapes.AttributesOf(type));
            Builder.Name(tape, name);
            return tape;
        }

        ImmutableArray<Value> tapes =
        [
            .. saved.Select(j => TapeOf(loop.Results[j].Type, carried.Parameters[0][j].Name ?? loop.Results[j].Name)),
            .. pushedResiduals.Select(v => TapeOf(v.Type, ResidualName(v))),
        ];
        ImmutableArray<Value> counter = isWhile ? [_builder.Literal(ScalarType.Int32, 0)] : [];
        var restored = _states.RestoredInIterations(loop);
        ImmutableArray<Value> states =
        [
            .. restored.GroupBy(a => a.Type.Scalar).Select(_ =>
            {
                var tape = _builder.Add(Tapes.New, [], Tapes.AttributesOf(TensorType.Int32));
                Builder.Name(tape, "states");
                return tape;
            }),
        ];

        Value Mapped(Value value) => map.TryGetValue(value, out var copy) ? copy : value;
        ImmutableArray<TensorType> types = [.. loop.Results.Select(r => r.Type), .. counter.Concat(tapes).Concat(states).Select(v => v.Type)];
        ImmutableArray<TensorType> index = isWhile ? [] : [TensorType.Int32];
        ImmutableArray<Block> regions = [.. loop.Regions.Select(region => _builder.Region([.. region == body ? index : [], .. types], parameters =>
        {
            for (var i = 0; i < region.Parameters.Length; i++)
            {
                map[region.Parameters[i]] = parameters[i];
                Builder.Name(parameters[i], region.Parameters[i].Name, region.Parameters[i].Role);
            }

            var added = parameters.RemoveRange(0, region.Parameters.Length);
            if (region == body)
            {
                ImmutableArray<Value> pushed = [.. saved.Select((j, t) => _builder.Add(
                    Tapes.Push, [added[counter.Length + t], map[carried.Parameters[0][j]]]))];
                var noted = _states.Note(restored, map).Select(n => n.State).Distinct().ToList();
                ImmutableArray<Value> pushedStates = [.. noted.Select((s, t) => _builder.Add(Tapes.Push, [added[counter.Length + tapes.Length + t], s]))];
                ImmutableArray<Value> counted = [.. counter.Select((_, c) => _builder.Add(Arithmetic.Add, [added[c], _builder.Literal(ScalarType.Int32, 1)]))];
                _ = _builder.Copy(region, map);
                foreach (var value in pushedResiduals)
                {
                    Builder.Name(map[value], ResidualName(value));
                }

                pushed = [.. pushed, .. pushedResiduals.Select((v, t) => _builder.Add(Tapes.Push, [added[counter.Length + saved.Count + t], map[v]]))];
                added = [.. counted, .. pushed, .. pushedStates];
            }
            else
            {
                _ = _builder.Copy(region, map);
            }

            return [.. region.Results.Select(Mapped), .. added];
        }))];

        var operands = loop.Operands.Select(Mapped).Concat(counter).Concat(tapes).Concat(states);
        var results = _builder.AddControlFlow(loop.Operation, [.. operands], regions, types);
        for (var j = 0; j < loop.Results.Length; j++)
        {
            Builder.Name(results[j], loop.Results[j].Name, loop.Results[j].Role);
            map[loop.Results[j]] = results[j];
        }

        var copy = _builder.DefinitionOf(results[0])!;
        var afterLoop = results.RemoveRange(0, loop.Results.Length + counter.Length);
        for (var t = 0; t < tapes.Length; t++)
        {
            Builder.Name(afterLoop[t], tapes[t].Name);
        }

        if (isWhile)
        {
            Builder.Name(results[loop.Results.Length], "iterations");
        }

        var extended = next.Values.Distinct().ToDictionary(j => j, j => _builder.Add(Tapes.Push, [afterLoop[saved.IndexOf(j)], results[j]]));
        foreach (var (j, tape) in extended.Select(e => (e.Key, e.Value)))
        {
            Builder.Name(tape, afterLoop[saved.IndexOf(j)].Name);
        }

        _builder.NoteOrigin(copy, loop);
        _recorded[copy] = new Recorded(
            loop, map, isWhile ? results[loop.Results.Length] : null, saved.Zip(afterLoop, (j, tape) => (j, tape)).ToDictionary(p => p.j, p => p.tape),
            restored.ToDictionary(a => a, a => afterLoop[tapes.Length + restored.Select(r => r.Type.Scalar).Distinct().ToList().IndexOf(a.Type.Scalar)]),
            [.. pushedResiduals.Select((v, t) => (v, afterLoop[saved.Count + t], false)), .. next.Select(n => (n.Key, extended[n.Value], true))]);
        return copy;
    }

    private void SweepLoop(Instruction copy, Adjoints adjoints)
    {
        if (!copy.Results.Any(r => IsReached(r, adjoints)))
        {
            return;
        }

        var recorded = _recorded[copy];
        var (loop, outside) = (recorded.Loop, recorded.Map);
        var carried = ControlFlow.Carried(loop);
        var body = loop.Regions[loop.Regions.Length - 1];
        List<int> active = [.. Enumerable.Range(0, loop.Results.Length).Where(j => _activity.Has(copy.Results[j]))];
        ImmutableArray<Value> captured =
        [
            .. FreeValues.Of(body).Select(v => outside.TryGetValue(v, out var value) ? value : v).Distinct().Where(_activity.Has),
        ];
        var restored = _states.Restored(copy);
        var (zero, one) = (_builder.Literal(ScalarType.Int32, 0), _builder.Literal(ScalarType.Int32, 1));
        var from = recorded.Count is null && !IsZero(copy.Operands[0]) ? copy.Operands[0] : null;
        var count = recorded.Count ?? (from is null ? copy.Operands[1] : CountOf(from, copy.Operands[1]));
        ImmutableArray<Value> initial = [.. active.Select(j => AdjointOf(copy.Results[j], adjoints)), .. captured.Select(c => c.Type.IsArray ? AdjointOf(c, adjoints) : ZerosOf(c))];

        // Beside an adjoint whose presence matters the loop carries a flag that says whether anything has flowed in.
        ImmutableArray<Value> carriedOnes = [.. active.Select(j => copy.Results[j]), .. captured];
        List<int> flagged = [.. Enumerable.Range(0, carriedOnes.Length).Where(i => _singularity.Has(carriedOnes[i]))];
        ImmutableArray<Presence> presentAtFirst = [.. flagged.Select(i => i < active.Count || carriedOnes[i].Type.IsArray ? adjoints.PresenceOf(carriedOnes[i]) : Presence.Never)];
        ImmutableArray<Value> flags = [.. presentAtFirst.Select(p => p.ToValue(_builder))];
        var runs = flagged.Count == 0 || _builder.DefinitionOf(count) is { } number && number.Operation == Constants.Literal && number.Attributes.Number > 0
            ? Presence.Always
            : Presence.When(ToTerm(zero).Less(ToTerm(count)).Value);
        var presences = new Dictionary<int, Presence>();

        var region = _builder.Region([TensorType.Int32, .. initial.Concat(flags).Select(v => v.Type)], parameters =>
        {
            Presence PresenceOf(int i) => flagged.IndexOf(i) is var f and >= 0 ? Presence.When(parameters[1 + initial.Length + f]) : Presence.Always;
            Builder.Name(parameters[0], "k");
            var iteration = _builder.Add(Arithmetic.Subtract, [_builder.Add(Arithmetic.Subtract, [count, one]), parameters[0]]);
            var map = outside.ToDictionary(m => m.Key, m => restored.TryGetValue(m.Value, out var asItWas) ? asItWas : m.Value);
            if (recorded.Count is null)
            {
                var index = from is null ? iteration : _builder.Add(Arithmetic.Add, [from, iteration]);
                Builder.Name(index, body.Parameters[0].Name);
                map[body.Parameters[0]] = index;
            }

            var states = _states.Restored(recorded.States.Select(s => (outside.TryGetValue(s.Key, out var array) ? array : s.Key, _builder.Add(Tapes.At, [s.Value, iteration]))));
            foreach (var array in recorded.States.Keys)
            {
                map[array] = states[outside.TryGetValue(array, out var before) ? before : array];
            }

            var asItWas = captured.ToDictionary(c => c, c => states.TryGetValue(c, out var inIteration) ? inIteration : restored.TryGetValue(c, out var before) ? before : c);
            foreach (var array in asItWas.Where(a => a.Key.Type.IsArray))
            {
                Resemble(array.Value, array.Key);
            }

            foreach (var tape in recorded.Tapes.OrderBy(t => t.Key))
            {
                var parameter = carried.Parameters[0][tape.Key];
                var value = _builder.Add(Tapes.At, [tape.Value, iteration]);
                Builder.Name(value, parameter.Name ?? loop.Results[tape.Key].Name);
                Resemble(value, parameter);
                map[parameter] = value;
            }

            var residuals = new Dictionary<Value, Value>();
            foreach (var (value, tape, isNext) in recorded.Residuals)
            {
                residuals[value] = _builder.Add(Tapes.At, [tape, isNext ? _builder.Add(Arithmetic.Add, [iteration, one]) : iteration]);
                Builder.Name(residuals[value], ResidualName(value));
            }

            var copies = CopySwept(body, map, residuals);
            var inner = new Adjoints();
            for (var i = 0; i < captured.Length; i++)
            {
                if (captured[i].Type.IsArray)
                {
                    inner.Replace(asItWas[captured[i]], ToTerm(parameters[1 + active.Count + i]), PresenceOf(active.Count + i));
                }
            }

            for (var a = 0; a < active.Count; a++)
            {
                var next = carried.Yields[0][active[a]];
                Builder.Name(parameters[1 + a], loop.Results[active[a]].Name, ValueRole.Adjoint);
                Give(map.TryGetValue(next, out var value) ? value : next, ToTerm(parameters[1 + a]), PresenceOf(a), inner);
            }

            Sweep(copies, inner);
            Presence NextOf(int i) => i >= active.Count ? inner.PresenceOf(asItWas[carriedOnes[i]])
                : recorded.Tapes.ContainsKey(active[i]) ? inner.PresenceOf(map[carried.Parameters[0][active[i]]])
                : Presence.Never;
            ImmutableArray<Value> nextFlags = [.. flagged.Select(i => i < active.Count || carriedOnes[i].Type.IsArray
                ? NextOf(i).ToValue(_builder)
                : Presence.Either(_builder, PresenceOf(i), NextOf(i)).ToValue(_builder))];
            var unchanging = Unchanging(flagged.Select((_, f) => (parameters[1 + initial.Length + f], presentAtFirst[f], nextFlags[f])));
            for (var f = 0; f < flagged.Count; f++)
            {
                var flag = parameters[1 + initial.Length + f];
                var isSummed = flagged[f] >= active.Count && !carriedOnes[flagged[f]].Type.IsArray;
                if (unchanging.TryGetValue(flag, out var known))
                {
                    nextFlags = nextFlags.SetItem(f, _builder.Literal(ScalarType.Boolean, known ? 1 : 0));
                    presences[flagged[f]] = known ? Presence.Always : Presence.Never;
                }
                else if (isSummed && Known(NextOf(flagged[f]).ToValue(_builder), unchanging) == true)
                {
                    // Present in each iteration, if there is one.
                    presences[flagged[f]] = runs;
                }
            }

            return
            [
                .. active.Select(j => recorded.Tapes.ContainsKey(j) ? AdjointOf(map[carried.Parameters[0][j]], inner) : ZerosOf(loop.Results[j])),
                .. captured.Select((c, i) =>
                {
                    var sum = ToTerm(parameters[1 + active.Count + i]);
                    Builder.Name(sum.Value, c.Name, ValueRole.Adjoint);
                    return c.Type.IsArray ? inner[asItWas[c]].Value : inner[c].IsZero ? sum.Value : (sum + inner[c]).Value;
                }),
                .. nextFlags,
            ];
        });

        var results = _builder.AddControlFlow(
            ControlFlow.Loop, [zero, count, .. initial, .. flags], [region], [.. initial.Concat(flags).Select(v => v.Type)]);
        Presence After(int i) => presences.TryGetValue(i, out var presence) ? presence
            : flagged.IndexOf(i) is var f and >= 0 ? Presence.When(results[initial.Length + f])
            : Presence.Always;
        var operands = ControlFlow.Carried(copy).Initial;
        // First what replaces an adjoint, then what adds to one: an array can be carried and read from outside too.
        for (var i = 0; i < captured.Length; i++)
        {
            Builder.Name(results[active.Count + i], captured[i].Name, ValueRole.Adjoint);
            if (!After(active.Count + i).IsNever)
            {
                Gather(captured[i], ToTerm(results[active.Count + i]), After(active.Count + i), adjoints);
            }
        }

        for (var a = 0; a < active.Count; a++)
        {
            Builder.Name(results[a], loop.Results[active[a]].Name, ValueRole.Adjoint);
            if (_activity.Has(operands[active[a]]) && !After(a).IsNever)
            {
                Give(operands[active[a]], ToTerm(results[a]), After(a), adjoints);
            }
        }
    }

    /// <summary>r1, r2, … for what the user gave no name: code and derivation speak of it in two places.</summary>
    private string ResidualName(Value value)
    {
        if (value.Name is { } name)
        {
            return name;
        }

        if (!_residualNames.TryGetValue(value, out var known))
        {
            _residualNames[value] = known = "r" + (_residualNames.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return known;
    }

    private bool IsZero(Value value) =>
        _builder.DefinitionOf(value) is { } definition && definition.Operation == Constants.Literal && definition.Attributes.Number == 0;

    /// <summary>How many iterations there are from one number to below another.</summary>
    private Value CountOf(Value from, Value to) => ToTerm(from).Less(ToTerm(to)).Choose(ToTerm(to) - ToTerm(from), ToTerm(from).Literal(0)).Value;

    private static IEnumerable<Value> ValuesReadIn(Block block) =>
        block.Instructions.SelectMany(i => i.Operands.Concat(i.Regions.SelectMany(ValuesReadIn))).Concat(block.Results);

    /// <summary>A loop that has recorded its iterations.</summary>
    /// <param name="Loop">The loop that was copied.</param>
    /// <param name="Map">The values in place of those around it.</param>
    /// <param name="Count">The number of iterations; null where the loop's range says it.</param>
    /// <param name="Tapes">The tapes by the number of the carried value, as they are after the loop.</param>
    /// <param name="States">The tapes of the states of arrays from outside, for those that are restored in each iteration.</param>
    /// <param name="Residuals">What is saved of the values computed in an iteration, its tape, and whether it is on it as what the next iteration starts from.</param>
    private sealed record Recorded(
        Instruction Loop,
        Dictionary<Value, Value> Map,
        Value? Count,
        Dictionary<int, Value> Tapes,
        Dictionary<Value, Value> States,
        ImmutableArray<(Value Value, Value Tape, bool IsNext)> Residuals);
}
