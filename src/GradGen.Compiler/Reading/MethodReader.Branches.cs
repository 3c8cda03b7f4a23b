using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GradGen.Compiler.Reading;

/// <summary>
/// Branches. An if becomes an If whose results are the variables that its branches leave different. Where a branch may
/// return, what follows the statement belongs to the branches that do not: it is read there.
/// </summary>
internal sealed partial class MethodReader
{
    /// <summary>Reads statements one after the other, then <paramref name="next"/>, unless a return came before.</summary>
    private void ReadSequence(ImmutableArray<IOperation> statements, int start, Action next)
    {
        for (var i = start; i < statements.Length; i++)
        {
            var statement = statements[i];
            var following = i + 1;
            while (statement is ILabeledOperation { Operation: { } labeled })
            {
                statement = labeled;
            }

            if (!HasLeft && statement is IBlockOperation or IConditionalOperation or ISwitchOperation or ILoopOperation && MayDivert(statement))
            {
                var ways = 0;
                void Rest()
                {
                    if (++ways > 1 && ++_ways > MaximalWays)
                    {
                        throw new TooManyWaysException();
                    }

                    ReadSequence(statements, following, next);
                }

                switch (statement)
                {
                    case IBlockOperation block:
                        ReadSequence(block.Operations, 0, Rest);
                        break;
                    case IConditionalOperation conditional:
                        ReadIf(conditional, Rest);
                        break;
                    case ISwitchOperation choice:
                        ReadSwitch(choice, Rest);
                        break;
                    case ILoopOperation loop:
                        ReadLoop(loop, Rest);
                        break;
                }

                return;
            }

            ReadStatement(statement);
            if (HasLeft)
            {
                return;
            }
        }

        next();
    }

    /// <summary>Whether a return, a throw, a break or a continue has been read: what stands after it on this way is not.</summary>
    private bool HasLeft => _frame.HasReturned || _frame.HasThrown || _frame.HasJumped;

    /// <summary>Whether control may leave a statement other than at its end: by return, or by a jump out of it.</summary>
    private static bool MayDivert(IOperation statement)
    {
        var inside = new HashSet<ISymbol>(
            statement.DescendantsAndSelf().SelectMany(o => o switch
            {
                ILoopOperation loop => new[] { loop.ContinueLabel, loop.ExitLabel },
                ISwitchOperation choice => [choice.ExitLabel],
                _ => [],
            }), SymbolEqualityComparer.Default);
        return Returns(statement) || statement.Descendants().OfType<IBranchOperation>().Any(jump => !IsEndOfSection(jump) && !inside.Contains(jump.Target));
    }

    private static bool Returns(IOperation statement) =>
        statement.Descendants().Any(d => d is IReturnOperation { Kind: OperationKind.Return } && !IsInFunction(d, statement));

    /// <summary>Whether an operation stands in a lambda or a local function inside another operation.</summary>
    private static bool IsInFunction(IOperation inner, IOperation outer)
    {
        for (var around = inner.Parent; around is not null && around != outer; around = around.Parent)
        {
            if (around is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The break that ends a section of a switch.</summary>
    private static bool IsEndOfSection(IBranchOperation jump) => jump.BranchKind == BranchKind.Break && (
        jump.Parent is ISwitchCaseOperation section ? section.Body[section.Body.Length - 1] == jump
        : jump.Parent is IBlockOperation { Parent: ISwitchCaseOperation } block && block.Operations[block.Operations.Length - 1] == jump);

    /// <summary>An if statement; <paramref name="next"/> is what follows, if a branch may return, else null.</summary>
    private void ReadIf(IConditionalOperation conditional, Action? next) => ReadBranches(
        conditional.Condition.ConstantValue is { HasValue: true, Value: bool constant } ? constant : null,
        () => Asked(ReadExpression(conditional.Condition), conditional.Condition),
        () => ReadBranch(conditional.WhenTrue, next),
        () => ReadBranch(conditional.WhenFalse, next));

    private void ReadBranch(IOperation? statement, Action? next)
    {
        ImmutableArray<IOperation> statements = statement switch
        {
            null => [],
            IBlockOperation block => block.Operations,
            _ => [statement],
        };
        ReadSequence(statements, 0, next ?? (() => { }));
    }

    /// <summary>Two branches on a condition. Each starts from the same variables; they meet in an If's results.</summary>
    private void ReadBranches(bool? constant, Func<Value?> readCondition, Action then, Action otherwise)
    {
        if (constant is { } known)
        {
            (known ? then : otherwise)();
            return;
        }

        var condition = readCondition();
        if (_frame.HasThrown)
        {
            return; // The condition always throws: no branch is reached.
        }

        if (condition is not null && ConstantOf(condition) is { } number)
        {
            (number != 0 ? then : otherwise)();
            return;
        }

        var before = _frame.Variables;
        var thenBranch = ReadRegion(before, then);
        var otherwiseBranch = ReadRegion(before, otherwise);
        _frame.Variables = new Dictionary<ISymbol, Value?>(before, SymbolEqualityComparer.Default);
        if (condition is null || condition.Type != TensorType.Boolean)
        {
            Fail();
            return;
        }

        if (thenBranch.HasThrown || otherwiseBranch.HasThrown)
        {
            if (GoOn(condition, thenBranch, otherwiseBranch) is { } other)
            {
                (_frame.Variables, _frame.HasReturned, _frame.Result) = (other.Variables, other.HasReturned, other.Result);
            }

            return;
        }

        if (thenBranch.HasReturned && otherwiseBranch.HasReturned)
        {
            _frame.HasReturned = true;
            _frame.Result = Join(condition, thenBranch, otherwiseBranch, [(thenBranch.Result, otherwiseBranch.Result)])?[0];
            return;
        }

        if (thenBranch.HasReturned || otherwiseBranch.HasReturned)
        {
            Fail(); // Not every path returns: C# reports it.
            return;
        }

        // Locals of a branch are known to that branch only; a variable to which both give one value has that.
        foreach (var given in thenBranch.Variables.Where(v => otherwiseBranch.Variables.TryGetValue(v.Key, out var other) && other == v.Value))
        {
            _frame.Variables[given.Key] = given.Value;
        }

        List<ISymbol> changed = [.. thenBranch.Variables.Keys.Where(v =>
            otherwiseBranch.Variables.TryGetValue(v, out var other) && other != thenBranch.Variables[v])];
        var results = Join(condition, thenBranch, otherwiseBranch, [.. changed.Select(v => (thenBranch.Variables[v], otherwiseBranch.Variables[v]))]);
        for (var i = 0; i < changed.Count; i++)
        {
            Assign(changed[i], results?[i]);
        }
    }

    /// <summary>
    /// What the pairs are after the branches: the results of an If. Of a bundle, only the members are joined that the
    /// branches leave different. Null if one of them has no value.
    /// </summary>
    private ImmutableArray<Value>? Join(Value condition, Branch then, Branch otherwise, ImmutableArray<(Value? Then, Value? Otherwise)> pairs)
    {
        if (pairs.Any(p => p.Then is null || p.Otherwise is null))
        {
            Fail();
            return null;
        }

        pairs = [.. pairs.Select(p => (Widened(p.Then!, p.Otherwise!, ref then), Widened(p.Otherwise!, p.Then!, ref otherwise)))];
        if (pairs.FirstOrDefault(p => !p.Then!.HasFormOf(p.Otherwise!)) is { Then: not null } different)
        {
            if (different.Then is ReaderValue || different.Otherwise is ReaderValue)
            {
                var what = ((different.Then as ReaderValue) ?? (ReaderValue)different.Otherwise!).Description;
                Report(Diagnostics.Descriptors.NotSupported, _place!, $"{what} that depends on a condition is not supported in a differentiable method");
            }

            Fail();
            return null;
        }

        var leaves = pairs.SelectMany(p => p.Then!.Leaves().Zip(p.Otherwise!.Leaves(), (t, o) => (Then: t, Otherwise: o, IsKept: p.Then is ReaderValue && t == o))).ToList();
        // Names of one array in both branches are names of one array after them.
        ImmutableArray<(Value Then, Value Otherwise)> joined = [.. leaves.Where((l, i) => !l.IsKept && !(l.Then.Type.IsArray && leaves.FindIndex(o => o == l) < i)).Select(l => (l.Then, l.Otherwise))];
        var results = joined.IsEmpty && !Guards.In(then.Block) && !Guards.In(otherwise.Block) ? [] : _builder.AddControlFlow(
            ControlFlow.If,
            [condition],
            [then.Yielding(joined.Select(p => p.Then)), otherwise.Yielding(joined.Select(p => p.Otherwise))],
            [.. joined.Select(p => p.Then.Type)]);
        for (var i = 0; i < results.Length; i++)
        {
            if (_active.Contains(joined[i].Then) || _active.Contains(joined[i].Otherwise))
            {
                _active.Add(results[i]);
            }

            NoteDecision(results[i], [condition, joined[i].Then, joined[i].Otherwise]);
        }

        var next = 0;
        var known = new Dictionary<(Value, Value), Value>();
        var all = new Queue<Value>();
        foreach (var leaf in leaves)
        {
            if (leaf.IsKept || !leaf.Then.Type.IsArray || !known.TryGetValue((leaf.Then, leaf.Otherwise), out var result))
            {
                result = leaf.IsKept ? leaf.Then : known[(leaf.Then, leaf.Otherwise)] = results[next++];
            }

            all.Enqueue(result);
        }

        return [.. pairs.Select(p => p.Then!.Over(all, p.Otherwise))];
    }

    /// <summary>The value of a branch, as a view where the other branch has one over a part of an array.</summary>
    private Value Widened(Value value, Value other, ref Branch branch)
    {
        if (!value.Type.IsArray || value is ReaderValue || other is not Bundle { Form: BundleForm.View })
        {
            return value;
        }

        var view = value;
        var added = _builder.Region([], _ =>
        {
            view = Widened(value);
            return [];
        });
        branch = branch with { Block = new Block(branch.Block.Parameters, branch.Block.Instructions.AddRange(added.Instructions), branch.Block.Results) };
        return view;
    }

    private Branch ReadRegion(Dictionary<ISymbol, Value?> before, Action read)
    {
        var latest = _frame.Latest;
        _frame.Variables = new Dictionary<ISymbol, Value?>(before, SymbolEqualityComparer.Default);
        var block = _builder.Region([], _ =>
        {
            read();
            return [];
        });
        var branch = new Branch(block, _frame.Variables, _frame.HasReturned, _frame.Result, _frame.HasThrown);
        _frame.Latest = latest;
        (_frame.HasReturned, _frame.HasThrown, _frame.HasJumped, _frame.Result) = (false, false, false, null);
        return branch;
    }

    /// <summary>A switch statement: a chain of ifs over its sections, the default one last.</summary>
    private void ReadSwitch(ISwitchOperation choice, Action? next)
    {
        var value = Asked(ReadExpression(choice.Value), choice.Value);
        var sections = choice.Cases.OrderBy(c => c.Clauses.Any(l => l is IDefaultCaseClauseOperation)).ToImmutableArray();

        // A break in the middle of a section goes on with what follows, where that is read on each way, and else to the
        // end of the switch, where the ways meet.
        void Break()
        {
            next?.Invoke();
            _frame.HasJumped |= !_frame.HasReturned && !_frame.HasThrown;
        }

        var outer = _frame.Switches;
        _frame.Switches = outer.SetItem(choice.ExitLabel, WithLoops(_frame.Loops, Break));
        ReadSections(choice, value, sections, 0, next);
        _frame.Switches = outer;
    }

    private void ReadSections(ISwitchOperation choice, Value? value, ImmutableArray<ISwitchCaseOperation> sections, int index, Action? next)
    {
        if (index == sections.Length)
        {
            next?.Invoke();
            return;
        }

        var section = sections[index];
        var isDefault = section.Clauses.Any(c => c is IDefaultCaseClauseOperation);
        ReadBranches(
            isDefault ? true : null,
            () => AnyOf(section.Clauses.Select(c => ReadClause(c, value))),
            () => ReadSection(section, next),
            () => ReadSections(choice, value, sections, index + 1, next));
    }

    private void ReadSection(ISwitchCaseOperation section, Action? next)
    {
        var body = section.Body is [IBlockOperation block] ? block.Operations : section.Body;
        ReadSequence([.. body.Where(s => s is not IBranchOperation jump || !IsEndOfSection(jump))], 0, next ?? (() => { }));
        _frame.HasJumped &= next is not null;
    }

    private Value? ReadClause(ICaseClauseOperation clause, Value? value) => clause switch
    {
        ISingleValueCaseClauseOperation { Value.ConstantValue: { HasValue: true, Value: not null } } single when !IsNaN(single.Value) => CompareWith(value, Comparisons.Equal, ReadExpression(single.Value)),
        IPatternCaseClauseOperation pattern => Guarded(ReadPattern(pattern.Pattern, value), pattern.Guard),
        _ => Refuse(clause, "this 'case'"),
    };

    private Value? ReadSwitchExpression(ISwitchExpressionOperation choice)
    {
        var value = Asked(ReadExpression(choice.Value), choice.Value);
        return ReadArms(choice, value, 0);
    }

    private Value? ReadArms(ISwitchExpressionOperation choice, Value? value, int index)
    {
        if (index == choice.Arms.Length)
        {
            return Throw(); // C# throws where no arm matches.
        }

        var arm = choice.Arms[index];
        var condition = Guarded(ReadPattern(arm.Pattern, value), arm.Guard);
        if (condition is not null && (ConstantOf(condition) ?? (index == choice.Arms.Length - 1 && arm.Guard is null && choice.IsExhaustive ? 1 : null)) is { } known)
        {
            return known != 0 ? ReadExpression(arm.Value) : ReadArms(choice, value, index + 1);
        }

        return ReadChoice(condition, () => ReadExpression(arm.Value), () => ReadArms(choice, value, index + 1));
    }

    /// <summary>What a branch left: its instructions, its variables, and what it returned, or whether it always throws.</summary>
    private sealed record Branch(Block Block, Dictionary<ISymbol, Value?> Variables, bool HasReturned, Value? Result, bool HasThrown)
    {
        public static Block Empty => new([], [], []);

        public Block Yielding(IEnumerable<Value> results) => new(Block.Parameters, Block.Instructions, [.. results]);
    }
}
