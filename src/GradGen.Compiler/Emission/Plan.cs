using GradGen.Compiler.Explanation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Emission;

/// <summary>
/// Decides which values are written into their users, which steps are unrolled and which are loops, and where each value
/// lives: in locals if all that touches it is unrolled, else in a buffer.
/// </summary>
internal sealed partial class Plan
{
    private readonly Function _function;
    private readonly Steps _steps;
    private readonly Dictionary<Value, int> _uses;
    private readonly List<Instruction> _instructions = [];
    private readonly HashSet<Value> _yielded = [];
    private readonly HashSet<Value> _passed = [];
    private readonly HashSet<Value> _inlined = [];
    private readonly HashSet<Instruction> _unrolled = [];
    private readonly HashSet<Value> _inBuffers = [];
    private readonly Dictionary<Value, int> _terms = [];
    private readonly HashSet<Value> _deferred = [];

    private Plan(Function function, ISet<Value> apart)
    {
        _apart = apart;
        _function = function;
        _steps = Steps.Of(function);
        _uses = Optimization.Uses.Count(function);
        Arrays = new ArrayPlaces(function);
        Constants = ConstantEntries.Of(function);
    }

    public Steps Steps => _steps;

    /// <summary>The entries that are numbers.</summary>
    public ConstantEntries Constants { get; }

    /// <param name="function">What is emitted.</param>
    /// <param name="deferrable">The results that the caller has memory for.</param>
    /// <param name="apart">The parameters whose entries do not lie one after the other in memory.</param>
    /// <param name="rows">Whether small matrices may be in vectors row by row.</param>
    public static Plan Of(Function function, ISet<Value> deferrable, ISet<Value> apart, bool rows)
    {
        var plan = new Plan(function, apart);
        plan.Visit(function.Body);
        plan.ChooseInlined();
        plan.ChooseUnrolled();
        plan.ChooseLanes();
        if (rows)
        {
            plan.ChooseRows();
        }

        do
        {
            plan.ChooseBuffers();
        }
        while (plan.ChooseLoops());
        plan.ChooseDeferred(deferrable);
        plan.ChooseRegisters();
        return plan;
    }

    /// <summary>Whether the value is written into its users.</summary>
    public bool IsInlined(Value value) => _inlined.Contains(value);

    /// <summary>Whether the step is straight-line code.</summary>
    public bool IsUnrolled(Instruction instruction) => _unrolled.Contains(instruction);

    /// <summary>Whether the entries are read by index, from the workspace or a parameter's span; else they are locals.</summary>
    public bool IsInBuffer(Value value) => _inBuffers.Contains(value);

    /// <summary>
    /// Whether the value is one result of the function and nothing else, so that its loop can write to where the caller
    /// wants it, after everything that can throw.
    /// </summary>
    public bool IsDeferred(Value value) => _deferred.Contains(value);

    /// <summary>Whether the value is a step of the region and nothing but one of its results.</summary>
    public bool IsYieldOnly(Block region, Value value) =>
        !IsInlined(value)
        && _uses[value] == 1
        && DefinitionOf(value) is { } definition
        && HasEntries(definition)
        && region.Instructions.Contains(definition);

    public Instruction? DefinitionOf(Value value) => _steps.DefinitionOf(value);

    /// <summary>Whether the step computes entries: it is neither control flow nor a tape's, nor a call, nor makes or takes apart an array.</summary>
    public static bool HasEntries(Instruction instruction) =>
        instruction.Regions.IsEmpty && !instruction.Results.IsEmpty && !Calls.IsCall(instruction.Operation) && instruction.Result.Type.IsTensor && instruction.Operation != Tapes.At && instruction.Operation != Operations.Arrays.State
        && (instruction.Operation != Operations.Arrays.At || instruction.Result.Shape.IsScalar);

    /// <summary>Whether anything may throw while it runs: a guard, a method that is called, an index that is known only then.</summary>
    public bool CanThrow => _instructions.Any(i => i.Regions.IsEmpty
        && (!HasEntries(i) || i.Results.Any(r => r.Type.Scalar == ScalarType.Int32) || Reads(i).Any(r => r.AtRunTime)));

    /// <summary>Where the arrays are.</summary>
    public ArrayPlaces Arrays { get; }

    /// <summary>The entry in index notation.</summary>
    public static ElementForm FormOf(Instruction instruction) =>
        instruction.Operation.Element?.Invoke(SignatureOf(instruction))
        ?? throw new NotSupportedException($"'{instruction.Operation}' cannot be emitted.");

    public static Signature SignatureOf(Instruction instruction) =>
        new([.. instruction.Operands.Select(o => o.Type)], instruction.Attributes);

    private void Visit(Block block)
    {
        _yielded.UnionWith(block.Results);
        foreach (var instruction in block.Instructions)
        {
            _instructions.Add(instruction);
            if (Calls.IsCall(instruction.Operation))
            {
                _passed.UnionWith(instruction.Operands.Where(o => !o.Shape.IsScalar));
            }

            foreach (var region in instruction.Regions)
            {
                Visit(region);
            }
        }
    }

    private void ChooseInlined()
    {
        var repeated = new HashSet<Value>();
        foreach (var instruction in _instructions.Where(HasEntries))
        {
            var value = instruction.Result;
            if (_steps.IsInlined(value))
            {
                _inlined.Add(value);
            }
            else if (!_yielded.Contains(value) && !_passed.Contains(value) && (IsMask(value) || (value.Name is null && IsMove(instruction))))
            {
                _inlined.Add(value);
                repeated.Add(value);
            }
        }

        InlineConditions();

        // What is written into several users, or read several times by one, must not take a computation with it.
        foreach (var instruction in _instructions.AsEnumerable().Reverse().Where(i => HasEntries(i) && repeated.Contains(i.Result)))
        {
            foreach (var operand in instruction.Operands.Where(o => IsInlined(o) && !_steps.IsConstant(o)))
            {
                if (IsMask(operand) || IsMove(DefinitionOf(operand)!))
                {
                    repeated.Add(operand);
                }
                else
                {
                    _inlined.Remove(operand);
                }
            }
        }
    }

    /// <summary>Conditions of many entries have no place in a workspace of numbers.</summary>
    private static bool IsMask(Value value) => value.Shape.Count > 1 && !value.Type.IsFloating;

    /// <summary>Whether an entry of the result is just an entry of an operand, at a place known at compile time.</summary>
    private static bool IsMove(Instruction instruction) => FormOf(instruction).Element switch
    {
        Load => true,
        LoadEntry load => load.Position.Operand < 0,
        _ => false,
    };

    private void ChooseUnrolled()
    {
        var sizes = new Dictionary<Value, (int Operations, int Terms)>();
        foreach (var instruction in _instructions)
        {
            var entries = instruction.Results.Where(r => r.Type.IsTensor).Select(r => r.Shape.Count).DefaultIfEmpty(0).Max();
            if (!HasEntries(instruction))
            {
                if (entries <= Limits.UnrolledEntries)
                {
                    _unrolled.Add(instruction);
                }

                continue;
            }

            var size = SizeOf(FormOf(instruction).Element, instruction, sizes);
            sizes[instruction.Result] = size;
            _terms[instruction.Result] = size.Terms;
            if (IsList(FormOf(instruction).Element))
            {
                _unrolled.Add(instruction);
            }
            else if (entries <= Limits.UnrolledEntries
                && (long)entries * size.Operations <= Limits.UnrolledOperations
                && size.Terms <= Limits.UnrolledTerms)
            {
                _unrolled.Add(instruction);
            }
        }

        var steps = _instructions.Where(i => _unrolled.Contains(i) && !i.Results.All(IsInlined)).ToList();
        var statements = steps.Sum(s => s.Results.Sum(r => r.Shape.Count));
        foreach (var step in steps.Where(s => s.Results.Any(r => r.Shape.Count > 1) && !IsList(s)).OrderByDescending(s => s.Results.Max(r => r.Shape.Count)))
        {
            if (statements <= Limits.UnrolledStatements)
            {
                break;
            }

            statements -= step.Results.Sum(r => r.Shape.Count);
            _unrolled.Remove(step);
        }
    }

    /// <summary>
    /// Whether each entry is something else (a matrix made of scalars): a loop would ask for every entry which it is.
    /// </summary>
    private static bool IsList(Element element)
    {
        var length = 0;
        for (; element is Guarded guarded; element = guarded.Else)
        {
            length++;
        }

        return length >= Limits.List;
    }

    private static bool IsList(Instruction instruction) => HasEntries(instruction) && IsList(FormOf(instruction).Element);

    /// <summary>Operations of one entry, and terms of its longest sum, when unrolled with all that is written into it.</summary>
    private (int Operations, int Terms) SizeOf(
        Element element, Instruction instruction, Dictionary<Value, (int Operations, int Terms)> known)
    {
        (int Operations, int Terms) Of(Element e) => SizeOf(e, instruction, known);
        (int Operations, int Terms) OfOperand(int operand) =>
            IsInlined(instruction.Operands[operand]) && known.TryGetValue(instruction.Operands[operand], out var size) ? size : (0, 1);

        switch (element)
        {
            case Load load:
                return OfOperand(load.Operand);
            case LoadEntry load:
                return OfOperand(load.Operand);
            case Call call:
                var arguments = call.Arguments.Select(Of).ToList();
                return (1 + arguments.Sum(a => a.Operations), arguments.Max(a => a.Terms));
            case Guarded guarded:
                var (then, otherwise) = (Of(guarded.Then), Of(guarded.Else));
                return (Math.Max(then.Operations, otherwise.Operations), Math.Max(then.Terms, otherwise.Terms));
            case Reduce reduce:
                var body = Of(reduce.Body);
                // Beyond the limits the exact number does not matter, and must not overflow.
                var operations = ((long)reduce.Extent * (body.Operations + 1)) - 1;
                var terms = (long)reduce.Extent * body.Terms * (reduce.Kind == ReduceKind.Sum ? 1 : Limits.TermsOfComparison);
                return ((int)Math.Min(operations, int.MaxValue / 4), (int)Math.Min(terms, int.MaxValue / 4));
            default:
                return (0, 1);
        }
    }

    private void ChooseBuffers()
    {
        foreach (var parameter in _function.Parameters)
        {
            if (parameter.Type.IsTensor && parameter.Shape.Count > Limits.UnrolledEntries)
            {
                _inBuffers.Add(parameter);
            }
        }

        foreach (var instruction in _instructions)
        {
            foreach (var result in instruction.Results)
            {
                if (result.Type.IsTensor && result.Shape.Count > 1 && !_unrolled.Contains(instruction) && !IsInlined(result))
                {
                    _inBuffers.Add(result);
                }
            }

            if (HasEntries(instruction) && (!IsInlined(instruction.Result) || IsAsked(instruction)))
            {
                foreach (var (value, atRunTime) in Reads(instruction))
                {
                    if (!value.Shape.IsScalar && (atRunTime || (value.Shape.Count > 1 && !_unrolled.Contains(instruction))))
                    {
                        _inBuffers.Add(value);
                    }
                }
            }
        }

        foreach (var loop in _instructions.Where(i => ControlFlow.IsLoop(i.Operation)))
        {
            ChooseScattered(loop);
            KeepTogether(loop);
        }
    }

    /// <summary>The values that a step reads, through what is written into it, and whether at a position known only at run time.</summary>
    public IEnumerable<(Value Value, bool AtRunTime)> Reads(Instruction instruction)
    {
        foreach (var (operand, atRunTime) in Loads(FormOf(instruction).Element))
        {
            var value = instruction.Operands[operand];
            if (!IsInlined(value))
            {
                yield return (value, atRunTime);
            }
            else
            {
                foreach (var read in Reads(DefinitionOf(value)!))
                {
                    yield return (read.Value, read.AtRunTime || atRunTime);
                }
            }
        }
    }

    private static IEnumerable<(int Operand, bool AtRunTime)> Loads(Element element) => element switch
    {
        Load load => [(load.Operand, load.Row.Operand >= 0 || load.Column.Operand >= 0), .. Indices(load.Row, load.Column)],
        LoadEntry load => [(load.Operand, load.Position.Operand >= 0), .. Indices(load.Position)],
        LoadArray load => [(load.Index, false)],
        Call call => call.Arguments.SelectMany(Loads),
        Guarded guarded =>
        [
            .. guarded.Conditions.SelectMany(c => Indices(c.Left, c.Same ?? 0)), .. Loads(guarded.Then), .. Loads(guarded.Else),
        ],
        Reduce reduce => Loads(reduce.Body),
        _ => [],
    };

    private static IEnumerable<(int Operand, bool AtRunTime)> Indices(params Position[] positions) =>
        positions.Where(p => p.Operand >= 0).Select(p => (p.Operand, false));

    /// <summary>
    /// Makes loops of the unrolled steps that read or write memory anyway; whether there were any, so that more values
    /// are in memory now.
    /// </summary>
    private bool ChooseLoops() => _unrolled.RemoveWhere(step =>
        HasEntries(step)
        && !IsList(step)
        && !KnowsEntries(step)
        && !IsInlined(step.Result)
        && Math.Max(step.Result.Shape.Count, _terms[step.Result]) > Limits.UnrolledInMemory
        && (IsInBuffer(step.Result) || Reads(step).Any(r => IsInBuffer(r.Value)))) > 0;

    private void ChooseDeferred(ISet<Value> deferrable)
    {
        var topLevel = new HashSet<Instruction>(_function.Body.Instructions);
        foreach (var result in _function.Results.Where(deferrable.Contains))
        {
            if (IsInBuffer(result)
                && _uses[result] == 1
                && DefinitionOf(result) is { } definition
                && HasEntries(definition)
                && topLevel.Contains(definition)
                && Reads(definition).All(r => !r.AtRunTime))
            {
                _deferred.Add(result);
            }
        }
    }
}
