using System.Collections.Immutable;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>Statements that are not loops.</summary>
internal sealed partial class MethodWriter
{
    private const int MostNesting = 4;

    private Kind _result = Kind.Nothing;
    private double _resultBound;
    private bool _resultIsShared;
    private int _returns = 2;
    private int _nesting;
    private HashSet<Variable> _frozen = [];
    private StatementProduction[]? _statements;

    private delegate ImmutableArray<Statement>? WriteStatements(ref int budget);

    private StatementProduction[] Statements => _statements ??=
    [
        new(Features.None, Declare),
        new(Features.None, Declare),
        new(Features.None, Declare),
        new(Features.Assignments, Assign),
        new(Features.Assignments, Assign),
        new(Features.Assignments, AssignCompound),
        new(Features.Assignments, AssignCompound),
        new(Features.Assignments, Increment),
        new(Features.EntryWrites, DeclareOwned),
        new(Features.EntryWrites, WriteEntry),
        new(Features.EntryWrites, WriteEntry),
        new(Features.EntryWrites, WriteEntry),
        new(Features.Branches, WriteIf, HasBlocks: true),
        new(Features.Branches, WriteIf, HasBlocks: true),
        new(Features.Branches, WriteIf, HasBlocks: true),
        new(Features.Branches, DeclareLater, HasBlocks: true),
        new(Features.Switches, WriteSwitch, HasBlocks: true),
        new(Features.EarlyReturns, ReturnEarly),
        new(Features.Jumps, Jump),
        new(Features.Jumps, Jump),
        new(Features.Jumps, Jump),
        new(Features.KnownLoops, KnownLoop, HasBlocks: true),
        new(Features.KnownLoops, KnownLoop, HasBlocks: true),
        new(Features.RunTimeLoops, RunTimeLoop, HasBlocks: true),
        new(Features.RunTimeLoops, RunTimeLoop, HasBlocks: true),
        new(Features.WhileLoops, WhileLoop, HasBlocks: true),
        new(Features.WhileLoops, WhileLoop, HasBlocks: true),
        new(Features.LongLoops, LongLoop, HasBlocks: true),
        new(Features.ArrayWrites, DeclareArray),
        new(Features.ArrayWrites, WriteElement),
        new(Features.ArrayWrites, WriteElement),
        new(Features.ArrayWrites, WriteElement),
        new(Features.ArrayWrites, SwapArrays),
        new(Features.Walks, WriteWalk, HasBlocks: true),
        new(Features.Walks, WriteArrayLoop, HasBlocks: true),
        new(Features.Tuples, DeclareTuple),
        new(Features.Tuples, AssignSeveral),
        new(Features.Records, DeclareRecord),
        new(Features.LocalFunctions, DeclareFunction),
        new(Features.LocalFunctions | Features.OutParameters, CallForEffects),
        new(Features.LocalFunctions, CallForEffects),
        new(Features.OutParameters, CallForEffects),
        new(Features.Lambdas, DeclareDelegate),
        new(Features.Guards, WriteGuard),
        new(Features.Guards, WriteGuard),
        new(Features.Patterns, DeclareByPattern),
    ];

    private bool IsInLoop => _iterations > 1 || _loops > 0;

    private ImmutableArray<Statement> WriteStatement(ref int budget)
    {
        budget--;
        while (true)
        {
            var production = _draw.Of(Statements);
            if (!Has(production.Needs) || (production.HasBlocks && (budget <= 0 || _nesting == MostNesting)))
            {
                continue;
            }

            _nesting++;
            var statements = production.Write(ref budget);
            _nesting--;
            if (statements is { } written)
            {
                return written;
            }
        }
    }

    /// <summary>A block of a few statements; what it declares is not known after it.</summary>
    private Block WriteBlock(ref int budget)
    {
        var rest = budget;
        var block = _scope.Inside(() =>
        {
            var statements = new List<Statement>();
            var count = _draw.Between(1, 3);
            do
            {
                statements.AddRange(WriteStatement(ref rest));
            }
            while (rest > 0 && --count > 0);

            return new Block([.. statements]);
        });
        budget = rest;
        return block;
    }

    private Kind AnyKind() => _draw.Below(10) switch
    {
        < 4 => Kind.Real,
        < 7 => Kind.Vector(AnyDimension()),
        < 9 => Kind.Matrix(AnyDimension(), AnyDimension()),
        _ => Has(Features.Integers) && _draw.Chance(60) ? Kind.Integer : Kind.Boolean,
    };

    private ImmutableArray<Statement>? Declare(ref int budget)
    {
        var value = Tamed(Write(AnyKind(), 3), 4);
        return [Declaration(value, canAssign: true, isOwned: false)];
    }

    private Statement Declaration(Expression value, bool canAssign, bool isOwned)
    {
        if (value.IsShared && value.Kind.IsMatrix && (isOwned || MentionsOwned(value)))
        {
            value = Copy(value);
        }

        var name = _scope.NewName();
        // Over dual numbers a literal has another type: 'var' would not do for numbers.
        var type = value.Kind.Form == Form.Real || _draw.Chance(40) ? value.Kind.Text : "var";
        var template = value.Kind.IsMatrix && value.Template.StartsWith("new ", StringComparison.Ordinal) && type != "var" && _draw.Chance(50) ? "new()" : "{0}";
        _scope.Add(new Variable(name, value.Kind)
        {
            Bound = Math.Max(2, value.Bound),
            Range = (Math.Min(0, value.Range.Low), Math.Max(value.Range.High, 4)),
            CanAssign = canAssign,
            IsOwned = isOwned,
        });
        return new Statement($"{type} {name} = {template};", template == "{0}" ? [value] : [], []);
    }

    /// <summary>A matrix whose entries are written later: another object than any other variable's.</summary>
    private ImmutableArray<Statement>? DeclareOwned(ref int budget)
    {
        var kind = _draw.Chance(60) ? Kind.Vector(AnyDimension()) : Kind.Matrix(AnyDimension(), AnyDimension());
        var value = _draw.Chance(40) ? Of(kind, _draw.Of($"new {kind.Text}()", kind.Text + ".Zeros()", kind.Text + ".Ones()"), 1) : Tamed(WriteMatrix(kind, 2), 4);
        return [Declaration(value, canAssign: true, isOwned: true)];
    }

    private bool MentionsOwned(Expression value) =>
        _scope.Variables.Any(v => v.IsOwned && v.Name == value.Template) || value.Parts.Any(MentionsOwned);

    private Expression Copy(Expression value) => Of(value.Kind, _draw.Of("({0} + {1})", "({0} - {1})"), value.Bound, value, Of(Kind.Real, ProgramPrinter.Literal(0), 0));

    private Variable? Assigned(Func<Variable, bool> condition)
    {
        var variables = _scope.Variables.Where(v => v.CanAssign && v.Walks == 0 && !_frozen.Contains(v) && condition(v)).ToList();
        return variables.Count > 0 ? _draw.Late(variables) : null;
    }

    private ImmutableArray<Statement>? Assign(ref int budget) =>
        Assigned(v => !v.Kind.IsArray) is { } target ? [new Statement(target.Name + " = {0};", [ValueFor(target, 3)], [])] : null;

    private Expression ValueFor(Variable target, int depth)
    {
        var value = Write(target.Kind, depth);
        if (target.Kind.Form == Form.Integer)
        {
            var largest = target.Range.High;
            return value.Range.Low >= target.Range.Low && value.Range.High <= largest ? value
                : value.Range.Low >= 0 ? Integer($"({{0}} % {largest + 1})", 0, largest, value)
                : Limited(largest);
        }

        value = Tamed(value, target.Bound);
        return value.IsShared && value.Kind.IsMatrix && (target.IsOwned || MentionsOwned(value)) ? Copy(value) : value;
    }

    /// <summary>x += …: in a loop what is added is bounded, and what is multiplied by is at most 1.</summary>
    private ImmutableArray<Statement>? AssignCompound(ref int budget)
    {
        if (Assigned(v => v.Kind.Form is Form.Real || v.Kind.IsMatrix) is not { } target)
        {
            return null;
        }

        var isMatrix = target.Kind.IsMatrix;
        switch (_draw.Below(isMatrix ? 4 : 5))
        {
            case 0 or 1:
                var term = Write(isMatrix && _draw.Chance(30) ? Kind.Real : target.Kind, 2);
                term = IsInLoop ? Bounded(term, 0.5) : Tamed(term, 4);
                target.Bound += term.Bound;
                return [new Statement($"{target.Name} {_draw.Of("+=", "-=")} {{0}};", [term], [])];
            case 2:
                return [new Statement($"{target.Name} *= {{0}};", [Bounded(WriteReal(2))], [])];
            case 3:
                return [new Statement($"{target.Name} /= {{0}};", [Inside(WriteReal(1), Domain.Positive)], [])];
            default:
                return !Has(Features.Kinks) || _isGenericInScalar ? null : [new Statement($"{target.Name} %= {{0}};", [Inside(WriteReal(1), Domain.Positive)], [])];
        }
    }

    /// <summary>x++ and x−−, and two variables assigned at once.</summary>
    private ImmutableArray<Statement>? Increment(ref int budget)
    {
        if (_draw.Chance(40) && Assigned(v => v.Kind == Kind.Real || v.Kind.IsMatrix) is { } first && Assigned(v => v.Kind == first.Kind && !v.IsOwned && !first.IsOwned && v != first) is { } second)
        {
            second.Bound = first.Bound = Math.Max(first.Bound, second.Bound);
            return [new Statement($"{first.Name} = {second.Name} = {{0}};", [ValueFor(first, 2)], [])];
        }

        if (_isGenericInScalar || Assigned(v => v.Kind.Form is Form.Real) is not { } target)
        {
            return null;
        }

        target.Bound += 1;
        return [new Statement(_draw.Of("{0}++;", "{0}--;", "++{0};", "--{0};").Replace("{0}", target.Name, StringComparison.Ordinal), [], [])];
    }

    /// <summary>v[i] = …, m[i, j] += …</summary>
    private ImmutableArray<Statement>? WriteEntry(ref int budget)
    {
        var owned = _scope.Variables.Where(v => v.IsOwned && v.Kind.IsMatrix && !_frozen.Contains(v)).ToList();
        if (owned.Count == 0)
        {
            return null;
        }

        var target = _draw.Late(owned);
        var value = _draw.Of("=", "=", "+=", "-=", "*=") is var operation && operation == "=" ? Tamed(WriteReal(2), target.Bound) : Bounded(WriteReal(2), 0.5);
        return target.Kind.Form == Form.Vector
            ? [new Statement($"{target.Name}[{{0}}] {operation} {{1}};", [Index(target.Kind.Rows), value], [])]
            : [new Statement($"{target.Name}[{{0}}, {{1}}] {operation} {{2}};", [Index(target.Kind.Rows), Index(target.Kind.Columns), value], [])];
    }

    private ImmutableArray<Statement>? WriteIf(ref int budget)
    {
        var condition = WriteCondition(1);
        var then = WriteBlock(ref budget);
        return _draw.Below(4) switch
        {
            0 => [new Statement("if ({0})\n[0]", [condition], [then])],
            1 => [new Statement("if ({0})\n[0]\nelse if ({1})\n[1]", [condition, WriteCondition(1)], [then, WriteBlock(ref budget)])],
            2 => [new Statement("if ({0})\n[0]\nelse if ({1})\n[1]\nelse\n[2]", [condition, WriteCondition(1)], [then, WriteBlock(ref budget), WriteBlock(ref budget)])],
            _ => [new Statement("if ({0})\n[0]\nelse\n[1]", [condition], [then, WriteBlock(ref budget)])],
        };
    }

    /// <summary>A variable without a value, which both branches give it.</summary>
    private ImmutableArray<Statement>? DeclareLater(ref int budget)
    {
        var kind = _draw.Of(Kind.Real, Kind.Vector(AnyDimension()));
        var name = _scope.NewName();
        Statement Give() => new(name + " = {0};", [Fresh(Tamed(Write(kind, 2), 4))], []);
        var rest = budget;
        Block Branch() => _scope.Inside(() => new Block(_draw.Chance(50) ? [Give()] : [.. WriteStatement(ref rest), Give()]));
        var statement = new Statement($"{kind.Text} {name};\nif ({{0}})\n[0]\nelse\n[1]", [WriteCondition(1)], [Branch(), Branch()]);
        budget = rest;
        _scope.Add(new Variable(name, kind) { Bound = 4, CanAssign = true });
        return [statement];
    }

    private Expression Fresh(Expression value) => value.IsShared && value.Kind.IsMatrix && MentionsOwned(value) ? Copy(value) : value;

    private ImmutableArray<Statement>? WriteSwitch(ref int budget)
    {
        if (Subject() is not { } value)
        {
            return null;
        }

        var couldBreak = _canBreak;
        _canBreak = Has(Features.Patterns); // In the middle of a section it leaves the switch.
        string[] labels = [_draw.Of("case 0", "case 0 or 1", "case < 1"), $"case {_draw.Of("2", "3", "> 2", "2 or 3")} when {{1}}", "default"];
        if (_draw.Chance(30))
        {
            labels[1] = "case 5:\n    case 2";
        }

        var count = _draw.Chance(80) ? 3 : 2;
        var guard = WriteCondition(0);
        var blocks = ImmutableArray.CreateBuilder<Block>();
        var template = "switch ({0})\n{";
        for (var i = 0; i < count; i++)
        {
            blocks.Add(WriteBlock(ref budget));
            template += $"\n    {labels[i]}:\n        [{i}]\n        break;";
        }

        _canBreak = couldBreak;
        return [new Statement(template + "\n}", labels[1].Contains("{1}", StringComparison.Ordinal) ? [value, guard] : [value], blocks.ToImmutable())];
    }

    private ImmutableArray<Statement>? ReturnEarly(ref int budget)
    {
        if (_returns == 0 || _result == Kind.Nothing)
        {
            return null;
        }

        _returns--;
        var block = new Block([new Statement("return {0};", [Result(Write(_result, 2))], [])]);
        return [new Statement("if ({0})\n[0]", [WriteCondition(1)], [block])];
    }

    private Expression Result(Expression value)
    {
        value = Tamed(value, 10);
        (_resultBound, _resultIsShared) = (Math.Max(_resultBound, value.Bound), _resultIsShared | value.IsShared);
        return value;
    }

    /// <summary>What the method ends with: something of several variables, the last ones above all.</summary>
    private Expression WriteResult()
    {
        var value = Write(_result, 3);
        if (_result != Kind.Real && !_result.IsMatrix)
        {
            return Result(value);
        }

        for (var i = _draw.Below(4); i > 0; i--)
        {
            var variables = _scope.Variables.Where(v => v.Kind == Kind.Real || v.Kind.IsMatrix).ToList();
            if (variables.Count == 0)
            {
                break;
            }

            var one = _draw.Late(variables).Read();
            if (one.Kind != _result && one.Kind.IsMatrix)
            {
                one = Of(Kind.Real, _draw.Of("Sum({0})", "NormSquared({0})", "Mean({0})"), 10, one);
            }

            value = Of(_result, _draw.Of("({0} + {1})", "({0} - {1})"), value.Bound + one.Bound, value, one);
        }

        return Result(value);
    }

    private readonly record struct StatementProduction(Features Needs, WriteStatements Write, bool HasBlocks = false);
}
