using System.Collections.Immutable;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Ir;

/// <summary>Calls a method for the <see cref="Interpreter"/>.</summary>
/// <param name="callee">The method and the one that gives its adjoints.</param>
/// <param name="isDerivative">Which of the two.</param>
/// <param name="arguments">The arguments; for the derivative the adjoint of the result follows.</param>
/// <returns>The result; of the derivative an adjoint for each parameter, of which those without one are not looked at.</returns>
internal delegate ImmutableArray<Tensor> CallResolver(Callee callee, bool isDerivative, ImmutableArray<Tensor> arguments);

/// <summary>
/// Runs a function on numbers, in double precision whatever the scalar type: the reference that compiled code must
/// equal up to rounding.
/// </summary>
internal sealed class Interpreter
{
    private readonly Dictionary<Value, Tensor> _values = [];
    private readonly CallResolver? _calls;
    private readonly CancellationToken _cancellation;
    private long _budget = long.MaxValue;

    private Interpreter(CallResolver? calls, CancellationToken cancellation = default) => (_calls, _cancellation) = (calls, cancellation);

    public static ImmutableArray<Tensor> Run(Function function, params Tensor[] arguments) => Run(function, null, arguments);

    /// <summary>Runs a function as long as a budget lasts.</summary>
    /// <param name="function">The function.</param>
    /// <param name="budget">How many operations may be computed; what is left is given back.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="arguments">The arguments.</param>
    /// <exception cref="InterpreterBudgetException">It takes more.</exception>
    public static ImmutableArray<Tensor> Run(Function function, ref long budget, CancellationToken cancellation, params Tensor[] arguments)
    {
        var interpreter = new Interpreter(null, cancellation) { _budget = budget };
        try
        {
            return interpreter.RunBlock(function.Body, [.. arguments]);
        }
        finally
        {
            budget = interpreter._budget;
        }
    }

    /// <summary>Operations that every run takes at least: of what has an element and stands in no region.</summary>
    public static long LeastOperations(Function function)
    {
        var sum = 0L;
        foreach (var instruction in function.Body.Instructions.Where(i => i.Operation is { Expansion: null, Element: not null }))
        {
            var element = instruction.Operation.Element!(new Signature([.. instruction.Operands.Select(o => o.Type)], instruction.Attributes)).Element;
            var each = element is Reduce reduce ? (double)reduce.Extent / SumOfProducts.TimesFaster : OperationsOf(element);
            sum += (long)(instruction.Result.Shape.Count * each);
        }

        return sum;
    }

    /// <summary>Runs a function that calls methods which are not part of it.</summary>
    /// <exception cref="NotSupportedException">There is a call, and <paramref name="calls"/> is null.</exception>
    public static ImmutableArray<Tensor> Run(Function function, CallResolver? calls, params Tensor[] arguments)
    {
        if (arguments.Length != function.Parameters.Length)
        {
            throw new ArgumentException($"{function.Name} takes {function.Parameters.Length} arguments, got {arguments.Length}.");
        }

        return new Interpreter(calls).RunBlock(function.Body, [.. arguments]);
    }

    private ImmutableArray<Tensor> RunBlock(Block block, ImmutableArray<Tensor> arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].Shape != block.Parameters[i].Shape)
            {
                throw new ArgumentException($"Argument {i} is {arguments[i].Shape}, not {block.Parameters[i].Shape}.");
            }

            _values[block.Parameters[i]] = arguments[i];
        }

        foreach (var instruction in block.Instructions)
        {
            var results = Run(instruction);
            for (var i = 0; i < results.Length; i++)
            {
                _values[instruction.Results[i]] = results[i];
            }
        }

        return Get(block.Results);
    }

    private ImmutableArray<Tensor> Run(Instruction instruction)
    {
        var operands = Get(instruction.Operands);
        Spend(1);
        return instruction.Operation switch
        {
            { Expansion: { } expansion } => RunExpansion(instruction, expansion, operands),
            { Element: { } element } => [RunElement(instruction, element, operands)],
            var o when o == ControlFlow.If => RunBlock(instruction.Regions[operands[0].Entries[0] != 0 ? 0 : 1], []),
            var o when o == ControlFlow.Loop => RunLoop(instruction.Regions[0], operands),
            var o when o == ControlFlow.While => RunWhile(instruction.Regions, operands),
            var o when o == Arrays.State => [Tensor.Scalar(0)],
            var o when o == Arrays.Restore => [operands[0]],
            var o when o == Tapes.New => [new TapeTensor(instruction.Result.Shape, [])],
            var o when o == Tapes.Push => [new TapeTensor(instruction.Result.Shape, ((TapeTensor)operands[0]).Items.Add(operands[1]))],
            var o when o == Tapes.At => [((TapeTensor)operands[0]).Items[(int)operands[1].Entries[0]]],
            var o when Arrays.All.Contains(o) => [RunArray(instruction, operands)],
            var o when o == Guards.Throw => throw new ThrownException(),
            var o when Calls.IsCall(o) && _calls is not null => RunCall(instruction, operands),
            var o => throw new NotSupportedException($"'{o}' cannot be run."),
        };
    }

    private static ArrayTensor RunArray(Instruction instruction, ImmutableArray<Tensor> operands)
    {
        var shape = instruction.Result.Shape;
        ArrayTensor Zeros(double count) => new(shape, [.. Enumerable.Repeat(new Tensor(shape, new double[shape.Count]), (int)count)]);
        Tensor Sum(Tensor left, Tensor right) => new(shape, [.. left.Entries.Zip(right.Entries, (l, r) => l + r)]);
        ArrayTensor Replace(Func<Tensor, Tensor> next) => operands[2] is ArrayTensor array && operands[1].Entries[0] is var index
            ? new ArrayTensor(shape, array.Items.SetItem((int)index, next(array.At(index))))
            : throw new ArgumentException("An array is expected.");

        return instruction.Operation switch
        {
            var o when o == Arrays.New => Zeros(operands[0].Entries[0] is >= 0 and var count ? count : throw new OverflowException()),
            var o when o == Arrays.ZerosLike => Zeros(((ArrayTensor)operands[0]).Items.Count),
            var o when Arrays.IsCopy(o) => (ArrayTensor)operands[0],
            var o when o == Arrays.With => Replace(_ => operands[0]),
            var o when o == Arrays.AddAt => Replace(old => Sum(old, operands[0])),
            _ => new ArrayTensor(shape, [.. ((ArrayTensor)operands[0]).Items.Zip(((ArrayTensor)operands[1]).Items, Sum)]),
        };
    }

    private ImmutableArray<Tensor> RunCall(Instruction call, ImmutableArray<Tensor> operands)
    {
        var isDerivative = call.Operation == Calls.DerivativeCall;
        var results = _calls!(call.Attributes.Callee!, isDerivative, operands);
        return isDerivative ? [.. call.Attributes.Integers.Items.Select(i => results[i])] : results;
    }

    private ImmutableArray<Tensor> RunLoop(Block body, ImmutableArray<Tensor> operands)
    {
        ImmutableArray<Tensor> carried = [.. operands.Skip(2)];
        for (var index = operands[0].Entries[0]; index < operands[1].Entries[0]; index++)
        {
            carried = RunBlock(body, [Tensor.Scalar(index), .. carried]);
        }

        return carried;
    }

    private ImmutableArray<Tensor> RunWhile(ImmutableArray<Block> regions, ImmutableArray<Tensor> carried)
    {
        while (true)
        {
            var results = RunBlock(regions[0], carried);
            carried = [.. results.Skip(1)];
            if (results[0].Entries[0] == 0)
            {
                return carried;
            }

            carried = RunBlock(regions[1], carried);
        }
    }

    private void Spend(long operations)
    {
        _budget -= operations;
        if (_budget < 0)
        {
            throw new InterpreterBudgetException();
        }

        _cancellation.ThrowIfCancellationRequested();
    }

    private ImmutableArray<Tensor> RunExpansion(
        Instruction instruction, Func<ImmutableArray<Term>, Attributes, Term> expansion, ImmutableArray<Tensor> operands)
    {
        var builder = new Builder();
        ImmutableArray<Term> parameters = [.. instruction.Operands.Select(o => new Term(builder, builder.Parameter(o.Type, null)))];
        var result = expansion(parameters, instruction.Attributes);
        return Run(builder.Build(instruction.Operation.Name, [result.Value]), ref _budget, _cancellation, [.. operands]);
    }

    private Tensor RunElement(Instruction instruction, Func<Signature, ElementForm> element, ImmutableArray<Tensor> operands)
    {
        var signature = new Signature([.. instruction.Operands.Select(o => o.Type)], instruction.Attributes);
        var form = element(signature);
        var shape = instruction.Result.Shape;
        if (SumOfProducts.Of(form, operands) is { } sum)
        {
            Spend((long)shape.Count * sum.Extent / SumOfProducts.TimesFaster);
            return new Tensor(shape, sum.Run(shape));
        }

        Spend(shape.Count * OperationsOf(form.Element));
        var entries = new double[shape.Count];
        var evaluation = new Evaluation(operands);
        for (var e = 0; e < entries.Length; e++)
        {
            evaluation.Variables["e"] = e;
            evaluation.Variables["i"] = e / shape.Columns;
            evaluation.Variables["j"] = e % shape.Columns;
            entries[e] = evaluation.Evaluate(form.Element);
        }

        return new Tensor(shape, entries);
    }

    private static long OperationsOf(Element element) => element switch
    {
        Call call => 1 + call.Arguments.Sum(OperationsOf),
        Guarded guarded => 1 + Math.Max(OperationsOf(guarded.Then), OperationsOf(guarded.Else)),
        Reduce reduce => reduce.Extent * (1 + OperationsOf(reduce.Body)),
        _ => 1,
    };

    private ImmutableArray<Tensor> Get(ImmutableArray<Value> values) => [.. values.Select(v => _values[v])];

    /// <summary>Evaluates entries given in index notation.</summary>
    private sealed class Evaluation(ImmutableArray<Tensor> operands)
    {
        public Dictionary<string, int> Variables { get; } = [];

        public double Evaluate(Element element) => element switch
        {
            Load load => operands[load.Operand].Entries[
                (At(load.Row) * operands[load.Operand].Shape.Columns) + At(load.Column)],
            LoadEntry load when operands[load.Operand].Shape.IsScalar => operands[load.Operand].Entries[0],
            LoadEntry load => operands[load.Operand].Entries[At(load.Position)],
            LoadArray load => ((ArrayTensor)operands[load.Operand]).At(operands[load.Index].Entries[0]).Entries[Variables["e"]],
            LoadLength load => ((ArrayTensor)operands[load.Operand]).Items.Count,
            Literal literal => literal.Value,
            Call call => call.Function.Evaluate([.. call.Arguments.Select(Evaluate)]),
            Guarded guarded => Evaluate(guarded.Conditions.All(Holds) ? guarded.Then : guarded.Else),
            Reduce reduce => Evaluate(reduce),
            _ => throw new NotSupportedException(element.GetType().Name),
        };

        private double Evaluate(Reduce reduce)
        {
            var sum = 0.0;
            var (best, position) = (double.NaN, 0);
            for (var k = 0; k < reduce.Extent; k++)
            {
                Variables[reduce.Variable] = k;
                var entry = Evaluate(reduce.Body);
                sum += entry;
                var better = reduce.Kind is ReduceKind.Max or ReduceKind.FirstMax ? entry > best : entry < best;
                if (k == 0 || better || (double.IsNaN(entry) && !double.IsNaN(best)))
                {
                    (best, position) = (entry, k);
                }
            }

            return reduce.Kind switch
            {
                ReduceKind.Sum => sum,
                ReduceKind.Max or ReduceKind.Min => best,
                _ => position,
            };
        }

        private bool Holds(Condition condition) => condition.Same is { } same
            ? At(condition.Left) == At(same)
            : At(condition.Left) >= condition.Low && At(condition.Left) < condition.High;

        private int At(Position position) =>
            (position.Variable is { } variable ? Variables[variable] : 0)
            + (position.Operand >= 0 ? (int)operands[position.Operand].Entries[0] : 0)
            + position.Offset;
    }
}

/// <summary>The computation takes more than it may.</summary>
internal sealed class InterpreterBudgetException() : Exception("The computation takes too long.");

/// <summary>The user's method throws here.</summary>
internal sealed class ThrownException() : Exception("The method throws.");
