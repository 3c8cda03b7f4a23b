using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Grading;

/// <summary>
/// Seeded random points at which expressions are evaluated. A node's value is computed once a point, so that of an edited
/// graph only what the edit reaches is computed again.
/// </summary>
internal sealed class Points
{
    /// <summary>
    /// Values are equal that differ by less than this part of the largest entry: rounding, over a few hundred additions. All is
    /// computed in double precision; what is written in floats has constants that were rounded to floats.
    /// </summary>
    private readonly double _tolerance;

    /// <summary>Multiplications that all evaluations together may take: some tens of milliseconds.</summary>
    public const long Budget = 20_000_000;

    private readonly Tensor[][] _inputs;
    private readonly Dictionary<Node, Tensor?>[] _values;
    private readonly Dictionary<string, Function?> _functions = [];
    private readonly CancellationToken _cancellation;
    private long _spent;

    private Points(Tensor[][] inputs, double tolerance, CancellationToken cancellation)
    {
        (_inputs, _tolerance, _cancellation) = (inputs, tolerance, cancellation);
        _values = [.. inputs.Select(_ => new Dictionary<Node, Tensor?>())];
    }

    public int Count => _inputs.Length;

    public bool IsExhausted => _spent > Budget;

    /// <param name="types">The inputs' types.</param>
    /// <param name="ones">The input that is 1 in every entry, or −1: an upstream that the method does not take.</param>
    /// <param name="count">How many points.</param>
    /// <param name="isPositive">Whether all entries are positive, for functions that want that.</param>
    /// <param name="cancellation">Asked at each evaluation.</param>
    public static Points Draw(ImmutableArray<TensorType> types, int ones, int count, bool isPositive, CancellationToken cancellation)
    {
        var numbers = new SeededNumbers(20261125);
        double Entry(TensorType type) => type.Scalar switch
        {
            ScalarType.Int32 or ScalarType.Boolean => numbers.Next() < 0.5 ? 0 : 1,
            _ => isPositive ? 0.2 + numbers.Next() : (2.4 * numbers.Next()) - 1.2,
        };
        Tensor Input(TensorType type, bool isOne) =>
            new(type.Shape, [.. Enumerable.Range(0, type.Shape.Count).Select(_ => isOne ? 1.0 : Entry(type))]);
        return new Points([.. Enumerable.Range(0, count).Select(_ => types.Select((t, i) => Input(t, i == ones)).ToArray())], types.Any(t => t.Scalar == ScalarType.Float32) ? 1e-5 : 1e-9, cancellation);
    }

    public Tensor[] Inputs(int point) => _inputs[point];

    /// <summary>Whether two nodes have the same shape and entries, at every point.</summary>
    public bool AreEqual(Node left, Node right)
    {
        for (var p = 0; p < Count; p++)
        {
            if (!AreEqual(ValueOf(left, p), ValueOf(right, p)))
            {
                return false;
            }
        }

        return Count > 0;
    }

    public bool AreEqual(Tensor? left, Tensor? right)
    {
        if (left is null || right is null || left.Shape != right.Shape)
        {
            return false;
        }

        var scale = 0.0;
        foreach (var entry in right.Entries)
        {
            scale = Math.Max(scale, Math.Abs(entry));
        }

        for (var e = 0; e < left.Entries.Length; e++)
        {
            // So that NaN is equal to nothing.
            if (!(Math.Abs(left.Entries[e] - right.Entries[e]) <= _tolerance * scale))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The value at a point; null where shapes do not fit, or something cannot be evaluated.</summary>
    public Tensor? ValueOf(Node node, int point)
    {
        var values = _values[point];
        if (values.TryGetValue(node, out var value))
        {
            return value;
        }

        _cancellation.ThrowIfCancellationRequested();
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        value = node.Type is not { IsTensor: true } ? null
            : node.InputIndex >= 0 ? _inputs[point][node.InputIndex]
            : node.IsName ? ValueOf(node.Operands[0], point)
            : Compute(node, [.. node.Operands.Select(o => ValueOf(o, point)!)]);
        return values[node] = value;
    }

    private Tensor? Compute(Node node, ImmutableArray<Tensor> operands)
    {
        if (operands.Any(o => o is null) || IsExhausted)
        {
            return null;
        }

        if (node.Row == Products.MatMul)
        {
            return Product(operands[0], operands[1], node);
        }

        _spent += 8 * (node.Type!.Value.Shape.Count + operands.Sum(o => o.Entries.Length));
        try
        {
            return FunctionOf(node) is { } function ? Interpreter.Run(function, [.. operands])[0] : null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return null; // An index that a random point has out of range, an operation that needs its method.
        }
    }

    /// <summary>A·B, of either side's transpose where the flags say so.</summary>
    private Tensor Product(Tensor left, Tensor right, Node node)
    {
        var shape = node.Type!.Value.Shape;
        var (isLeft, isRight) = (Products.Flag(node.Attributes, 0), Products.Flag(node.Attributes, 1));
        var inner = isLeft ? left.Shape.Rows : left.Shape.Columns;
        _spent += (long)shape.Count * inner;
        var entries = new double[shape.Count];
        for (var i = 0; i < shape.Rows; i++)
        {
            for (var j = 0; j < shape.Columns; j++)
            {
                var sum = 0.0;
                for (var k = 0; k < inner; k++)
                {
                    sum += left.Entries[isLeft ? (k * left.Shape.Columns) + i : (i * left.Shape.Columns) + k]
                        * right.Entries[isRight ? (j * right.Shape.Columns) + k : (k * right.Shape.Columns) + j];
                }

                entries[(i * shape.Columns) + j] = sum;
            }
        }

        return new Tensor(shape, entries);
    }

    private Function? FunctionOf(Node node)
    {
        var key = node.Row!.Name + node.Attributes.Number.ToString("R", System.Globalization.CultureInfo.InvariantCulture) + "["
            + string.Join(",", node.Attributes.Integers.Items) + "](" + string.Join(",", node.Operands.Select(o => o.Type)) + ")";
        if (!_functions.TryGetValue(key, out var function))
        {
            var builder = new Builder();
            ImmutableArray<Value> parameters = [.. node.Operands.Select(o => builder.Parameter(o.Type!.Value, null))];
            _functions[key] = function = builder.Build(node.Row.Name, [builder.Add(node.Row, parameters, node.Attributes)]);
        }

        return function;
    }
}
