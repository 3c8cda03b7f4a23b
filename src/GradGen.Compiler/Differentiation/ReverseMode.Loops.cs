using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Differentiation;

/// <summary>
/// Loops. The forward loop pushes what it carries onto tapes, a value an iteration; the reverse loop goes back over the
/// iterations, reads what each started from, computes its body again and sweeps it.
/// </summary>
/// <remarks>
/// What it costs: an iteration stores the carried values that its body reads, and no more; the body is computed twice,
/// once forward and once backward. Everything between is at hand in the reverse iteration, so that a loop inside is
/// differentiated in the same way there, with tapes of its own that live for one outer iteration: a nest of depth d
/// computes its innermost body d + 1 times, and stores the sum of the trip counts rather than their product.
/// </remarks>
internal sealed partial class ReverseMode
{
    private readonly Dictionary<Instruction, Recorded> _recorded = [];

    /// <summary>A copy that will be swept: the loops in it, as far as they vary, record their iterations.</summary>
    private ImmutableArray<Instruction> CopySwept(Block block, Dictionary<Value, Value> map)
    {
        var copies = ImmutableArray.CreateBuilder<Instruction>();
        foreach (var instruction in _builder.Copied(block))
        {
            var varies = instruction.Results.Any(_activity.Varies);
            var states = varies ? _states.Note(instruction, map) : [];
            var copy = ControlFlow.IsLoop(instruction.Operation) && varies
                ? Record(instruction, map)
                : _builder.Copy(instruction, map);
            _states.Keep(copy, states);
            _activity.Extend([copy]);
            copies.Add(copy);
        }

        return copies.ToImmutable();
    }

    /// <summary>The loop, which besides counts its iterations and pushes what its body reads of the carried values.</summary>
    private Instruction Record(Instruction loop, Dictionary<Value, Value> map)
    {
        var carried = ControlFlow.Carried(loop);
        var isWhile = loop.Operation == ControlFlow.While;
        var body = loop.Regions[loop.Regions.Length - 1];
        if (isWhile && Enumerable.Range(0, loop.Results.Length).Any(j => _activity.Varies(loop.Results[j]) && carried.Yields[1][j] != carried.Parameters[1][j]))
        {
            throw new NotSupportedException("A condition that changes what is differentiated cannot be differentiated.");
        }

        var read = new HashSet<Value>(ValuesReadIn(body));
        // An array's length is asked for where its adjoint begins.
        List<int> saved = [.. Enumerable.Range(0, loop.Results.Length)
            .Where(j => read.Contains(carried.Parameters[0][j]) || (loop.Results[j].Type.IsArray && _activity.Varies(loop.Results[j])))];
        ImmutableArray<Value> tapes = [.. saved.Select(j =>
        {
            var tape = _builder.Add(Tapes.New, [], Tapes.AttributesOf(loop.Results[j].Type));
            Builder.Name(tape, carried.Parameters[0][j].Name ?? loop.Results[j].Name);
            return tape;
        })];
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
                added = [.. counter.Select((_, c) => _builder.Add(Arithmetic.Add, [added[c], _builder.Literal(ScalarType.Int32, 1)])), .. pushed, .. pushedStates];
            }

            _ = _builder.Copy(region, map);
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

        _builder.NoteOrigin(copy, loop);
        _recorded[copy] = new Recorded(
            loop, map, isWhile ? results[loop.Results.Length] : null, saved.Zip(afterLoop, (j, tape) => (j, tape)).ToDictionary(p => p.j, p => p.tape),
            restored.ToDictionary(a => a, a => afterLoop[tapes.Length + restored.Select(r => r.Type.Scalar).Distinct().ToList().IndexOf(a.Type.Scalar)]));
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
        List<int> active = [.. Enumerable.Range(0, loop.Results.Length).Where(j => _activity.Varies(copy.Results[j]))];
        ImmutableArray<Value> captured =
        [
            .. FreeValues.Of(body).Select(v => outside.TryGetValue(v, out var value) ? value : v).Distinct().Where(_activity.Varies),
        ];
        var restored = _states.Restored(copy);
        var (zero, one) = (_builder.Literal(ScalarType.Int32, 0), _builder.Literal(ScalarType.Int32, 1));
        var from = recorded.Count is null && !IsZero(copy.Operands[0]) ? copy.Operands[0] : null;
        var count = recorded.Count ?? (from is null ? copy.Operands[1] : CountOf(from, copy.Operands[1]));
        ImmutableArray<Value> initial = [.. active.Select(j => AdjointOf(copy.Results[j], adjoints)), .. captured.Select(c => c.Type.IsArray ? AdjointOf(c, adjoints) : ZerosOf(c))];

        var region = _builder.Region([TensorType.Int32, .. initial.Select(v => v.Type)], parameters =>
        {
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
            foreach (var array in asItWas.Values.Where(a => a.Type.IsArray))
            {
                _activity.Add(array);
            }

            foreach (var tape in recorded.Tapes.OrderBy(t => t.Key))
            {
                var parameter = carried.Parameters[0][tape.Key];
                var value = _builder.Add(Tapes.At, [tape.Value, iteration]);
                Builder.Name(value, parameter.Name ?? loop.Results[tape.Key].Name);
                if (_activity.Varies(parameter))
                {
                    _activity.Add(value);
                }

                map[parameter] = value;
            }

            var copies = CopySwept(body, map);
            var inner = new Adjoints();
            for (var i = 0; i < captured.Length; i++)
            {
                if (captured[i].Type.IsArray)
                {
                    inner.Replace(asItWas[captured[i]], ToTerm(parameters[1 + active.Count + i]));
                }
            }

            for (var a = 0; a < active.Count; a++)
            {
                var next = carried.Yields[0][active[a]];
                Builder.Name(parameters[1 + a], loop.Results[active[a]].Name, ValueRole.Adjoint);
                inner.Add(map.TryGetValue(next, out var value) ? value : next, ToTerm(parameters[1 + a]));
            }

            Sweep(copies, inner);
            return
            [
                .. active.Select(j => recorded.Tapes.ContainsKey(j) ? AdjointOf(map[carried.Parameters[0][j]], inner) : ZerosOf(loop.Results[j])),
                .. captured.Select((c, i) =>
                {
                    var sum = ToTerm(parameters[1 + active.Count + i]);
                    Builder.Name(sum.Value, c.Name, ValueRole.Adjoint);
                    return c.Type.IsArray ? inner[asItWas[c]].Value : inner[c].IsZero ? sum.Value : (sum + inner[c]).Value;
                }),
            ];
        });

        var results = _builder.AddControlFlow(ControlFlow.Loop, [zero, count, .. initial], [region], [.. initial.Select(v => v.Type)]);
        var operands = ControlFlow.Carried(copy).Initial;
        // First what replaces an adjoint, then what adds to one: an array can be carried and read from outside too.
        for (var i = 0; i < captured.Length; i++)
        {
            Builder.Name(results[active.Count + i], captured[i].Name, ValueRole.Adjoint);
            Gather(captured[i], ToTerm(results[active.Count + i]), adjoints);
        }

        for (var a = 0; a < active.Count; a++)
        {
            Builder.Name(results[a], loop.Results[active[a]].Name, ValueRole.Adjoint);
            if (_activity.Varies(operands[active[a]]))
            {
                adjoints.Add(operands[active[a]], ToTerm(results[a]));
            }
        }
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
    private sealed record Recorded(
        Instruction Loop, Dictionary<Value, Value> Map, Value? Count, Dictionary<int, Value> Tapes, Dictionary<Value, Value> States);
}
