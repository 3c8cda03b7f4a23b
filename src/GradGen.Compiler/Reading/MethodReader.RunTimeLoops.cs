using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <summary>
/// Loops whose number of iterations is only known when the program runs: they become a While, or a Loop where the range
/// is known before the first iteration, which carries the variables that its body assigns. A break is a carried
/// Boolean, as it is in unrolled loops.
/// </summary>
internal sealed partial class MethodReader
{
    private void ReadAtRunTime(Loop loop)
    {
        var (condition, exit, goesOn) = (loop.Condition, loop.Operation.ExitLabel, loop.Operation.ContinueLabel);
        var returns = Returns(loop.Operation.Body);
        var canBreak = returns || Breaks(loop);
        if (loop.IsEndless && !canBreak)
        {
            RefuseLoop(loop, "without an end");
            return;
        }

        // A condition that only asks is asked before each iteration. One that comes after the body, or does more, is a
        // variable that the iteration computes for the next.
        var range = canBreak ? null : RangeOf(loop);
        var isComputed = !loop.ConditionIsTop || (!AlwaysHolds(condition) && (Assigned(condition!).Count > 0 || WritesArrays(condition!) || (canBreak && CanThrow(condition!))));
        if (canBreak)
        {
            _frame.Variables[exit] = _builder.Literal(ScalarType.Boolean, 0);
        }

        if (isComputed)
        {
            _frame.Variables[goesOn] = loop.ConditionIsTop ? ReadExpression(condition!) : _builder.Literal(ScalarType.Boolean, 1);
        }

        if (!EnterReturns(loop))
        {
            return;
        }

        List<ISymbol> written = [.. Written(loop.Operation)];
        var assigned = Carried(loop, range?.Index);
        if (canBreak)
        {
            assigned.Add(exit);
        }

        if (returns)
        {
            assigned.AddRange(ReturnSlots);
        }

        if (loop.Walk is not null)
        {
            _frame.Variables[goesOn] = _builder.Literal(ScalarType.Int32, 0);
            if (range is null)
            {
                assigned.Add(goesOn);
            }
        }

        if (isComputed)
        {
            assigned.Add(goesOn);
        }

        var first = range is { } r ? ReadRange(r, loop.Walk) : [];
        var whole = AssignedWhole(loop.Operation);
        var carried = new CarriedSet(assigned, v => _frame.Variables[v] is Bundle { Form: var form }
            && (form == BundleForm.Element || (form != BundleForm.Whole && !whole.Contains(v, SymbolEqualityComparer.Default))));
        if (carried.Variables.Any(c => _frame.Variables[c] is null) || !written.All(w => IsOwnedIn(w, loop.Operation)) || (range is not null && first.Length != 2))
        {
            Fail();
            _frame.HasReturned = true;
            return;
        }

        var (operation, slots, regions) = ReadRegions(loop, range?.Index, carried, canBreak, isComputed);
        if (operation is null)
        {
            Fail();
            _frame.HasReturned = true; // What follows would be read with what the loop left half done.
            return;
        }

        ImmutableArray<Value> initial = [.. slots.Select(s => s.Initial)];
        var results = _builder.AddControlFlow(operation, [.. first, .. initial], regions, [.. initial.Select(v => v.Type)]);
        NoteLoop(results, regions);
        var body = regions[regions.Length - 1];
        for (var j = 0; j < results.Length; j++)
        {
            if (_active.Contains(body.Parameters[body.Parameters.Length - results.Length + j]))
            {
                _active.Add(results[j]);
            }
        }

        Fill(slots, _frame.Variables, results);
        foreach (var carriedOn in carried.Variables.Where(v => v is not IAssemblySymbol and not IModuleSymbol))
        {
            NameAfter(carriedOn switch
            {
                ILabelSymbol label => label.Equals(exit, SymbolEqualityComparer.Default) ? "stopped" : loop.Walk is null ? "goesOn" : "k",
                IMethodSymbol => "result",
                INamedTypeSymbol type when SymbolEqualityComparer.Default.Equals(type, ReturnSlots[0]) => "returned",
                var variable => variable.Name,
            }, _frame.Variables[carriedOn]!);
        }

        _ = _frame.Variables.Remove(exit);
        _ = _frame.Variables.Remove(goesOn);
        if (range is not null)
        {
            _ = _frame.Variables.Remove(range.Index);
        }

        StopWalking(loop);
        ReadAfter(loop);
    }

    /// <summary>
    /// Reads the regions, again for as long as more turns out to be carried, or to vary with what is differentiated: the
    /// conversions that it is used in are judged by that.
    /// </summary>
    private (Operation? Operation, List<Slot> Slots, ImmutableArray<Block> Regions) ReadRegions(
        Loop loop, ISymbol? index, CarriedSet carried, bool canBreak, bool isComputed)
    {
        var before = _frame.Variables;
        var slots = LayOut(carried, before);
        var active = new HashSet<int>(Enumerable.Range(0, slots.Count).Where(j => _active.Contains(slots[j].Initial)));
        var problems = _problems.Count;
        while (true)
        {
            var failed = _failed;
            ImmutableArray<TensorType> types = [.. slots.Select(s => s.Initial.Type)];
            Block? asks = null;
            if (index is null)
            {
                asks = ReadRegion(before, types, slots, active, _ => [ReadGoesOn(loop, canBreak, isComputed), .. Yields(slots, carried, before)]);
            }

            var body = ReadRegion(before, index is null ? types : [TensorType.Int32, .. types], slots, active, parameters =>
            {
                if (index is not null)
                {
                    Builder.Name(parameters[0], loop.Walk is null ? index.Name : "k");
                    _frame.Variables[index] = parameters[0];
                }

                ReadIteration(loop, canBreak);
                if (_frame.HasThrown)
                {
                    _frame.HasThrown = false;
                    _ = RefuseLoop(loop, "whose body always throws");
                    return [null];
                }

                ReadEnd(loop, canBreak, isComputed, isRange: index is not null);
                foreach (var inside in _frame.Variables.Keys.Where(v => !before.ContainsKey(v)).ToList())
                {
                    _ = _frame.Variables.Remove(inside); // The next iteration does not see it.
                }

                foreach (var written in Written(loop.Operation).Where(carried.Names))
                {
                    _ = IsOwnedIn(written, loop.Operation);
                }

                return Yields(slots, carried, before);
            });
            if (_problems.Count > problems)
            {
                return (null, [], []);
            }

            if (!carried.HasGrown)
            {
                if ((index is null && asks is null) || body is null || !body.Results.Select(r => r.Type).SequenceEqual(types))
                {
                    return (null, [], []);
                }

                ImmutableArray<Block> regions = asks is null ? [body] : [asks, body];
                var isKnown = true;
                for (var j = 0; j < types.Length; j++)
                {
                    isKnown &= !_active.Contains(body.Results[j]) || !active.Add(j);
                }

                if (isKnown && !carried.HasGrown)
                {
                    // What no iteration changes is not carried.
                    for (var j = 0; j < types.Length; j++)
                    {
                        if (types[j].IsArray && regions.All(r => r.Results[r.Results.Length - types.Length + j] == r.Parameters[r.Parameters.Length - types.Length + j]))
                        {
                            slots[j].Names.ForEach(n => carried.Drop(n.Variable, n.Part));
                        }
                    }
                }

                if (isKnown && !carried.HasGrown && (MayWriteIn(slots, carried, before, regions) || !carried.HasGrown))
                {
                    return (_problems.Count > problems ? null : index is null ? ControlFlow.While : ControlFlow.Loop, slots, regions);
                }
            }

            if (carried.HasGrown)
            {
                carried.HasGrown = false;
                _failed = failed;
                carried.ToWiden.ForEach(v => before[v] = Widened(before[v]!));
                carried.ToWiden.Clear();
                slots = LayOut(carried, before);
                active = new HashSet<int>(Enumerable.Range(0, slots.Count).Where(j => _active.Contains(slots[j].Initial)));
            }
        }
    }

    /// <summary>A region of a loop, its last parameters in the places of the slots; null where a result has no value.</summary>
    private Block? ReadRegion(
        Dictionary<ISymbol, Value?> before, ImmutableArray<TensorType> types, List<Slot> slots, HashSet<int> active,
        Func<ImmutableArray<Value>, ImmutableArray<Value?>> read)
    {
        ImmutableArray<Value?> results = [];
        var latest = _frame.Latest;
        _frame.Variables = new Dictionary<ISymbol, Value?>(before, SymbolEqualityComparer.Default);
        var block = _builder.Region(types, parameters =>
        {
            var entering = parameters.RemoveRange(0, parameters.Length - slots.Count);
            for (var j = 0; j < slots.Count; j++)
            {
                if (active.Contains(j))
                {
                    _active.Add(entering[j]);
                }
            }

            Fill(slots, before, entering);
            results = read(parameters);
            return [];
        });
        (_frame.Variables, _frame.HasReturned, _frame.HasThrown, _frame.HasJumped, _frame.Latest) = (before, false, false, false, latest);
        return results.Any(r => r is null) ? null : new Block(block.Parameters, block.Instructions, [.. results.Select(r => r!)]);
    }

    /// <summary>The body of an iteration, up to its end or the jump that ends it.</summary>
    private void ReadIteration(Loop loop, bool canBreak)
    {
        var exit = loop.Operation.ExitLabel;
        if (canBreak)
        {
            _frame.Variables[exit] = _builder.Literal(ScalarType.Boolean, 0); // No iteration begins after a break.
        }

        void Break()
        {
            _frame.Variables[exit] = _builder.Literal(ScalarType.Boolean, 1);
            Jump();
        }

        var outer = _frame.Loops;
        _frame.Loops = outer.Push((loop.Operation, Jump, Break));
        ReadElementOf(loop);
        ReadSequence([loop.Operation.Body], 0, () => { });
        _frame.Loops = outer;
        _frame.HasJumped = false;
    }

    /// <summary>What comes after the body, unless it was left by a break.</summary>
    private void ReadEnd(Loop loop, bool canBreak, bool isComputed, bool isRange)
    {
        void ReadOn()
        {
            if (!isRange)
            {
                ReadBottom(loop);
            }

            if (isComputed)
            {
                _frame.Variables[loop.Operation.ContinueLabel] = ReadExpression(loop.Condition!);
            }
        }

        void Stop()
        {
            if (isComputed)
            {
                _frame.Variables[loop.Operation.ContinueLabel] = _builder.Literal(ScalarType.Boolean, 0);
            }
        }

        if (canBreak)
        {
            ReadBranches(null, () => _frame.Variables[loop.Operation.ExitLabel], Stop, ReadOn);
        }
        else
        {
            ReadOn();
        }
    }

    private Value? ReadGoesOn(Loop loop, bool canBreak, bool isComputed)
    {
        var holds = isComputed ? _frame.Variables[loop.Operation.ContinueLabel]
            : loop.Walk is { } walk ? Add(Comparisons.Less, [_frame.Variables[loop.Operation.ContinueLabel]!, walk.Length])
            : AlwaysHolds(loop.Condition) ? null
            : ReadExpression(loop.Condition!);
        if (!canBreak || isComputed)
        {
            return holds; // A break has computed that it does not.
        }

        var stays = Add(Comparisons.Not, [_frame.Variables[loop.Operation.ExitLabel]!]);
        return loop.IsEndless ? stays : holds is null ? null : Add(Comparisons.And, [stays, holds]);
    }

    /// <summary>for (int i = from; i &lt; to; i++), or &lt;=, where neither the body nor what to says changes i or to.</summary>
    private CountedRange? RangeOf(Loop loop)
    {
        if (loop.Walk is not null)
        {
            return new CountedRange(loop.Operation.ContinueLabel, null);
        }

        if (loop.Operation is not IForLoopOperation { Before: [IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [{ } index] }] }] }
            || index.Symbol.Type.SpecialType != SpecialType.System_Int32
            || loop.Condition is not IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual, LeftOperand: ILocalReferenceOperation left } condition
            || !SymbolEqualityComparer.Default.Equals(left.Local, index.Symbol)
            || loop.AtBottom is not [IExpressionStatementOperation { Operation: IIncrementOrDecrementOperation { Kind: OperationKind.Increment, Target: ILocalReferenceOperation counted } }]
            || !SymbolEqualityComparer.Default.Equals(counted.Local, index.Symbol))
        {
            return null;
        }

        var assigned = Assigned(loop.Operation.Body);
        return assigned.Contains(index.Symbol)
            || Assigned(condition.RightOperand).Count > 0
            || (condition.RightOperand.DescendantsAndSelf().Any(o => IsElement(o) || VariableOf(o) is IParameterSymbol { RefKind: not RefKind.None } or ILocalSymbol { RefKind: not RefKind.None }) && WritesArrays(loop.Operation.Body))
            || condition.RightOperand.DescendantsAndSelf().Any(o => IsFunctionCall(o) || ((VariableOf(o) ?? StructOf(o)) is { } v && (IsChanged(o, v, loop.Operation.Body) || SymbolEqualityComparer.Default.Equals(v, index.Symbol))))
            ? null
            : new CountedRange(index.Symbol, condition.RightOperand, condition.OperatorKind == BinaryOperatorKind.LessThanOrEqual);
    }

    /// <summary>Whether what is asked of a variable changes; writing to an array's elements leaves its length.</summary>
    private bool IsChanged(IOperation use, ISymbol variable, IOperation body) =>
        use.Parent is IPropertyReferenceOperation { Property.Name: "Length" }
            ? AssignedWhole(body).Contains(variable, SymbolEqualityComparer.Default)
            : Assigned(body).Contains(variable, SymbolEqualityComparer.Default);

    /// <summary>The first index and the end, or nothing where one has no value.</summary>
    private ImmutableArray<Value> ReadRange(CountedRange range, Walk? walk) =>
        _frame.Variables[range.Index] is { } from && (range.To is null ? walk?.Length : ReadExpression(range.To)) is { } to
            ? [from, range.IncludesTo ? Add(Arithmetic.Add, [to, _builder.Literal(ScalarType.Int32, 1)]) : to]
            : [];

    /// <summary>The variables from outside the loop that it assigns. One without a value yet gets zeros: C# sees to it that they are not read.</summary>
    private List<ISymbol> Carried(Loop loop, ISymbol? index)
    {
        var inside = new HashSet<ISymbol>(LocalsIn(loop.Operation.Body), SymbolEqualityComparer.Default);
        var carried = new List<ISymbol>();
        foreach (var variable in Assigned(loop.Operation))
        {
            if (inside.Contains(variable) || SymbolEqualityComparer.Default.Equals(variable, loop.Walk?.Variable) || SymbolEqualityComparer.Default.Equals(variable, index))
            {
                continue;
            }

            if (!_frame.Variables.ContainsKey(variable) && variable is ILocalSymbol local && ZeroOf(local.Type) is { } zero)
            {
                _frame.Variables[variable] = zero;
            }

            if (_frame.Variables.ContainsKey(variable))
            {
                carried.Add(variable);
            }
        }

        return carried;
    }

    private sealed record CountedRange(ISymbol Index, IOperation? To, bool IncludesTo = false);
}
