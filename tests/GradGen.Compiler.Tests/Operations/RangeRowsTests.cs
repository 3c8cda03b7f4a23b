using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Tests.Differentiation;

namespace GradGen.Compiler.Tests;

/// <summary>What rows say of the range of their results holds for what they compute.</summary>
public class RangeRowsTests
{
    private static readonly (ValueRange Range, double[] Numbers)[] Kinds =
    [
        (ValueRange.Unknown, [-2, -0.5, 0, 0.25, 3]),
        (new ValueRange(0, double.PositiveInfinity, ZeroPoint.Never), [0.125, 0.5, 3]),
        (new ValueRange(0, double.PositiveInfinity, ZeroPoint.Attained), [0, 0.5, 3]),
        (new ValueRange(0.5, 3, ZeroPoint.Never), [0.5, 1, 3]),
        (new ValueRange(-3, -0.5, ZeroPoint.Never), [-3, -1, -0.5]),
        (new ValueRange(-3, 2, ZeroPoint.Unknown), [-3, 0, 2]),
        (ValueRange.Of(0), [0]),
    ];

    [Fact]
    public void Results_AreInTheRange_AndZeroOnlyWhereItMayBe()
    {
        var tried = new HashSet<string>();
        foreach (var operation in OperationTable.All.Where(o => o.Range is not null && o.Arity > 0))
        {
            foreach (var shape in new[] { Shape.Scalar, Shape.Of(2, 1) })
            {
                foreach (var isOfOne in new[] { false, true })
                {
                    if (FunctionOf(operation, shape, isOfOne) is { } function)
                    {
                        _ = tried.Add(operation.Name);
                        Check(operation, function, shape);
                    }
                }
            }
        }

        Assert.Superset(
            new HashSet<string> { "abs", "add", "clamp", "cos", "cosh", "div", "dot", "exp", "max", "maxEntry", "min", "mul", "neg", "norm", "normSquared", "powi", "relu", "safeSqrt", "sigmoid", "sin", "softmax", "softplus", "sqrt", "square", "sub", "sum", "tanh", "transpose" },
            tried);
    }

    private static void Check(Operation operation, Function function, Shape shape)
    {
        var instruction = function.Body.Instructions.Single(i => i.Operation == operation);
        foreach (var kinds in Combinations(Kinds, function.Parameters.Length))
        {
            var range = operation.Range!(new RangeContext(
                instruction, v => kinds[function.Parameters.IndexOf(v)].Range, (a, b) => a == b, _ => null));
            var (isZero, isDefined) = (false, false);
            foreach (var numbers in Combinations(kinds.SelectMany(k => k.Numbers).Distinct().ToArray(), function.Parameters.Length).Where(n => n.Zip(kinds).All(p => p.Second.Numbers.Contains(p.First))))
            {
                if (operation == Elementary.Clamp && numbers[1] > numbers[2])
                {
                    continue; // There it throws.
                }

                foreach (var entry in Interpreter.Run(function, [.. numbers.Select(n => new Tensor(shape, [.. Enumerable.Repeat(n, shape.Count)]))])[0].Entries.Where(e => !double.IsNaN(e)))
                {
                    var what = $"{operation} of {shape} at {string.Join(", ", numbers)} is {entry}, said to be {range}";
                    Assert.True(range.Low <= entry + 1e-15 && entry <= range.High + 1e-15, what);
                    Assert.False(range.Zero == ZeroPoint.Never && entry == 0, what);
                    (isZero, isDefined) = (isZero || entry == 0, true);
                }
            }

            Assert.True(isZero || !isDefined || !range.TouchesZero, $"{operation} of {shape} is never 0 for {string.Join(", ", kinds.Select(k => k.Range))}");
        }
    }

    /// <summary>The operation on values of a shape, all of them one value or none the same; null where it does not take them.</summary>
    private static Function? FunctionOf(Operation operation, Shape shape, bool isOfOne)
    {
        if (isOfOne && operation.Arity != 2)
        {
            return null;
        }

        var type = new TensorType(ScalarType.Float64, shape);
        var attributes = operation == Elementary.IntegerPower ? Attributes.Of(4) : Attributes.None;
        try
        {
            var function = Program.Of(
                [.. Enumerable.Repeat(type, isOfOne ? 1 : operation.Arity)],
                (_, p) => p[0].Apply(operation, attributes, isOfOne ? [p[0]] : [.. p[1..]]));
            return function.Body.Instructions.Any(i => i.Operation == operation) && function.Results[0].Type.IsFloating ? function : null;
        }
        catch (Exception e) when (e is InvalidOperationException or IndexOutOfRangeException or NotSupportedException or ArgumentException or ShapeException)
        {
            return null;
        }
    }

    private static IEnumerable<ImmutableArray<T>> Combinations<T>(T[] of, int count) => count == 0
        ? [[]]
        : Combinations(of, count - 1).SelectMany(rest => of.Select(one => rest.Add(one)));
}
