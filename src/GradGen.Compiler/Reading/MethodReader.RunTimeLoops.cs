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
        var isComputed = !loop.ConditionIsTop || (!AlwaysHolds(condition) && (Assigned(condition!).Count > 0 || (canBreak && CanThrow(condition!))));
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
        var carried = Carried(loop, range?.Index);
        if (canBreak)
        {
            carried.Add(exit);
        }

        if (returns)
        {
            carried.AddRange(ReturnSlots);
        }

        if (loop.Walk is not null)
        {
            _frame.Variables[goesOn] = _builder.Literal(ScalarType.Int32, 0);
            if (range is null)
            {
                carried.Add(goesOn);
            }
        }

        if (isComputed)
        {
            carried.Add(goesOn);
        }

        var walked = _walked.Count;
        if (loop.Walk is { } walk)
        {
            _walked.Add(walk.Array);
        }

        if (carried.Any(c => _frame.Variables[c] is null) || !written.All(w => IsOwnedIn(w, loop.Operation)))
        {
            _walked.RemoveRange(walked, _walked.Count - walked);
            Fail();
            _frame.HasReturned = true;
            return;
        }

        var first = range is { } r ? ReadRange(r, loop.Walk) : [];
        var (operation, regions) = ReadRegions(loop, range?.Index, carried, canBreak, isComputed);
        _walked.RemoveRange(walked, _walked.Count - walked);
        if (operation is null || (range is not null && first.Length != 2))
        {
            Fail();
            _frame.HasReturned = true; // What follows would be read with what the loop left half done.
            return;
        }

        ImmutableArray<Value> initial = [.. carried.SelectMany(c => _frame.Variables[c]!.Leaves())];
        var results = _builder.AddControlFlow(operation, [.. first, .. initial], regions, [.. initial.Select(v => v.Type)]);
        var body = regions[regions.Length - 1];
        for (var j = 0; j < results.Length; j++)
        {
            if (_active.Contains(body.Parameters[body.Parameters.Length - results.Length + j]))
            {
                _active.Add(results[j]);
            }
        }

        var leaves = new Queue<Value>(results);
        foreach (var carriedOn in carried)
        {
            var value = _frame.Variables[carriedOn]!.Over(leaves, _frame.Variables[carriedOn]);
            _frame.Variables[carriedOn] = value;
            NameAfter(carriedOn switch
            {
                ILabelSymbol label => label.Equals(exit, SymbolEqualityComparer.Default) ? "stopped" : loop.Walk is null ? "goesOn" : "k",
                IMethodSymbol => "result",
                INamedTypeSymbol type when SymbolEqualityComparer.Default.Equals(type, ReturnSlots[0]) => "returned",
                var variable => variable.Name,
            }, value);
        }

        _ = _frame.Variables.Remove(exit);
        _ = _frame.Variables.Remove(goesOn);
        if (range is not null)
        {
            _ = _frame.Variables.Remove(range.Index);
        }

        ReadAfter(loop);
    }

    /// <summary>
    /// Reads the regions, again for as long as more of the carried values turn out to vary with what is differentiated:
    /// the conversions that they are used in are judged by that; and for as long as one is not what the loop began with
    /// where that is of account.
    /// </summary>
    private (Operation? Operation, ImmutableArray<Block> Regions) ReadRegions(
        Loop loop, ISymbol? index, List<ISymbol> carried, bool canBreak, bool isComputed)
    {
        var before = _frame.Variables;
        ImmutableArray<Value> entering = [.. carried.SelectMany(c => before[c]!.Leaves())];
        ImmutableArray<TensorType> types = [.. entering.Select(v => v.Type)];
        var active = new HashSet<int>(Enumerable.Range(0, entering.Length).Where(j => _active.Contains(entering[j])));
        ImmutableArray<Block> regions = [];
        var problems = _problems.Count;
        for (var isKnown = false; !isKnown;)
        {
            _sourcesChanged = false;
            Block? asks = null;
            if (index is null)
            {
                asks = ReadRegion(before, types, carried, active, _ => [ReadGoesOn(loop, canBreak, isComputed), .. LeavesOf(before, carried)]);
            }

            var body = ReadRegion(before, index is null ? types : [TensorType.Int32, .. types], carried, active, parameters =>
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

                foreach (var written in Written(loop.Operation).Where(w => carried.Contains(w, SymbolEqualityComparer.Default)))
                {
                    _ = IsOwnedIn(written, loop.Operation);
                }

                return LeavesOf(before, carried);
            });
            if ((index is null && asks is null) || body is null || _problems.Count > problems
                || !body.Results.Select(r => r.Type).SequenceEqual(types))
            {
                return (null, []);
            }

            regions = asks is null ? [body] : [asks, body];
            isKnown = !_sourcesChanged;
            for (var j = 0; j < types.Length; j++)
            {
                isKnown &= !_active.Contains(body.Results[j]) || !active.Add(j);
            }
        }

        return (index is null ? ControlFlow.While : ControlFlow.Loop, regions);
    }

    /// <summary>Whether a carried record is the caller's own before the loop, and at the end of an iteration is not.</summary>
    private bool _sourcesChanged;

    /// <summary>What the carried variables consist of at the end of an iteration; null where that is not what it was before.</summary>
    private ImmutableArray<Value?> LeavesOf(Dictionary<ISymbol, Value?> before, List<ISymbol> carried)
    {
        var leaves = ImmutableArray.CreateBuilder<Value?>();
        foreach (var variable in carried)
        {
            if (_frame.Variables[variable] is { } value && (value is not ReaderValue || value.HasFormOf(before[variable]!)))
            {
                leaves.AddRange(value.Leaves());
                if (before[variable]!.Sharing(value) is var common && common != before[variable])
                {
                    (before[variable], _sourcesChanged) = (common, true);
                }

                continue;
            }

            if (_frame.Variables[variable] is ReaderValue part)
            {
                Report(Diagnostics.Descriptors.NotSupported, _place!, $"{part.Description} that a loop puts in the place of another is not supported in a differentiable method");
            }

            leaves.Add(null);
        }

        return leaves.ToImmutable();
    }

    /// <summary>A region of a loop, its last parameters in the variables' places; null where a result has no value.</summary>
    private Block? ReadRegion(
        Dictionary<ISymbol, Value?> before, ImmutableArray<TensorType> types, List<ISymbol> carried, HashSet<int> active,
        Func<ImmutableArray<Value>, ImmutableArray<Value?>> read)
    {
        ImmutableArray<Value?> results = [];
        _frame.Variables = new Dictionary<ISymbol, Value?>(before, SymbolEqualityComparer.Default);
        var block = _builder.Region(types, parameters =>
        {
            var entering = carried.Sum(c => before[c]!.Leaves().Count());
            var leaves = new Queue<Value>(parameters.Skip(parameters.Length - entering));
            for (var j = 0; j < entering; j++)
            {
                if (active.Contains(j))
                {
                    _active.Add(parameters[parameters.Length - entering + j]);
                }
            }

            foreach (var variable in carried)
            {
                _frame.Variables[variable] = before[variable]!.Over(leaves, before[variable]);
            }

            results = read(parameters);
            return [];
        });
        (_frame.Variables, _frame.HasReturned, _frame.HasThrown, _frame.HasJumped) = (before, false, false, false);
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
        var inside = new HashSet<ISymbol>(
            loop.Operation.Body.DescendantsAndSelf().Select(d => d switch
            {
                IVariableDeclaratorOperation declarator => declarator.Symbol,
                ILocalReferenceOperation { IsDeclaration: true } declared => declared.Local,
                _ => null,
            }).OfType<ILocalSymbol>(), SymbolEqualityComparer.Default);
        var carried = new List<ISymbol>();
        foreach (var variable in Assigned(loop.Operation))
        {
            if (inside.Contains(variable) || SymbolEqualityComparer.Default.Equals(variable, index))
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
