using System.Collections.Immutable;
using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Optimization;
using GradGen.Compiler.Tests.Differentiation;

namespace GradGen.Compiler.Tests;

/// <summary>What the derivative is where there is none, or where a careless formula gives NaN.</summary>
public class ConventionTests
{
    private const double Infinity = double.PositiveInfinity;

    [Fact]
    public void Relu_IsFlatAtZero() => Expect([0], Elementary.Relu, 0);

    [Fact]
    public void LeakyRelu_HasItsSlopeAtZero() => Expect([0.25, 0], Elementary.LeakyRelu, 0, 0.25);

    [Fact]
    public void Abs_IsFlatAtZero() => Expect([0], Elementary.Abs, 0);

    [Fact]
    public void MaxAndMin_ShareATieEqually()
    {
        Expect([0.5, 0.5], Elementary.Max, 2, 2);
        Expect([0.5, 0.5], Elementary.Min, 2, 2);
    }

    [Fact]
    public void MaxEntryAndMinEntry_GiveATieToTheFirst()
    {
        Expect([0, 1, 0, 0], ReductionRows.MaxEntry, Column(1, 3, 3, 2));
        Expect([0, 1, 0, 0], ReductionRows.MinEntry, Column(1, 0, 0, 0));
    }

    [Fact]
    public void Clamp_PassesThroughAtItsBounds()
    {
        Expect([1, 0, 0], Elementary.Clamp, 1, 1, 2);
        Expect([1, 0, 0], Elementary.Clamp, 2, 1, 2);
        Expect([0, 1, 0], Elementary.Clamp, 0.5, 1, 2);
        Expect([0, 0, 1], Elementary.Clamp, 2.5, 1, 2);
    }

    [Fact]
    public void Sqrt_IsInfinitelySteepAtZero() => Expect([Infinity], Elementary.Sqrt, 0);

    [Fact]
    public void Cbrt_IsInfinitelySteepAtZero() => Expect([Infinity], Elementary.Cbrt, 0);

    [Fact]
    public void Norm_HasTheZeroSubgradientAtZero()
    {
        Expect([0, 0, 0], ReductionRows.Norm, Column(0, 0, 0));
        Expect([0, 0, 0], ReductionRows.Length, Column(0, 0, 0));
    }

    [Fact]
    public void Norm_NeitherOverflowsNorUnderflows()
    {
        Expect([0.6, 0.8], ReductionRows.Norm, Column(3e200, 4e200));
        Expect([0.6, 0.8], ReductionRows.Norm, Column(3e-200, 4e-200));
    }

    [Fact]
    public void Atan2_IsFlatAtTheOrigin() => Expect([0, 0], Elementary.Atan2, 0, 0);

    [Theory]
    [InlineData(2, 0)]
    [InlineData(1, 1)]
    [InlineData(0, 0)]
    [InlineData(-1, double.NegativeInfinity)]
    [InlineData(0.5, Infinity)]
    public void Pow_AtZero_FollowsTheTable(double exponent, double expected)
    {
        Assert.Equal(expected, Derivatives(Elementary.Pow, [Number(0), Number(exponent)])[0]);
        var constant = Program.Of([Types.Real], (_, p) => p[0].Apply(Elementary.Pow, p[0].Literal(exponent)));
        Assert.All(Variants(ReverseMode.Run(constant, [true])), g => Assert.Equal(expected, Interpreter.Run(g, Number(0), Number(1))[1].Entries[0]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(2)]
    public void Pow_AtZero_DoesNotVaryWithANonnegativeExponent(double exponent) =>
        Assert.Equal(0, Derivatives(Elementary.Pow, [Number(0), Number(exponent)])[1]);

    [Fact]
    public void Pow_OfANegativeBase_HasItsDerivative_WhenNobodyDifferentiatesTheExponent()
    {
        var function = Program.Of([Types.Real, Types.Real], (_, p) => p[0].Apply(Elementary.Pow, p[1]));
        var results = Interpreter.Run(ReverseMode.Run(function, [true, false]), Number(-2), Number(3), Number(1));
        Assert.Equal([-8.0, 12.0], results.Select(r => r.Entries[0]));
    }

    [Fact]
    public void Steps_AreFlatEverywhere()
    {
        foreach (var operation in new[] { Elementary.Sign, Elementary.Floor, Elementary.Ceiling, Elementary.Round, Elementary.Truncate })
        {
            Expect([0], operation, 0);
            Expect([0], operation, 1.5);
        }
    }

    [Fact]
    public void Remainder_PassesThroughAtAnIntegerRatio()
    {
        Expect([1, -3], Arithmetic.Remainder, 6, 2);
        Expect([1, 3], Arithmetic.Remainder, -6, 2);
    }

    [Fact]
    public void If_TouchesNothingOfTheArmNotTaken()
    {
        var guarded = Program.Of([Types.Real], (_, p) => Program.If(
            p[0].Greater(0), () => p[0].Apply(Elementary.Sqrt), () => p[0].Literal(0)));
        foreach (var gradient in Variants(ReverseMode.Run(guarded, [true])))
        {
            Assert.Equal([0.0, 0.0], Interpreter.Run(gradient, Number(0), Number(1)).Select(r => r.Entries[0]));
            Assert.Equal([2.0, 0.25], Interpreter.Run(gradient, Number(4), Number(1)).Select(r => r.Entries[0]));
        }
    }

    [Theory]
    [InlineData(1000, 1, 0)]
    [InlineData(-1000, 0, 0)]
    [InlineData(0, 0.5, 0.25)]
    public void Sigmoid_SaturatesWithoutNaN(double x, double value, double derivative) =>
        ExpectWithValue(value, [derivative], Elementary.Sigmoid, [Number(x)]);

    [Theory]
    [InlineData(1000, 1000, 1)]
    [InlineData(-1000, 0, 0)]
    public void Softplus_IsLinearOrZeroFarOut(double x, double value, double derivative) =>
        ExpectWithValue(value, [derivative], Elementary.Softplus, [Number(x)]);

    [Theory]
    [InlineData(1000, 0, 0)]
    [InlineData(-1000, -1000, 1)]
    public void LogSigmoid_IsZeroOrLinearFarOut(double x, double value, double derivative) =>
        ExpectWithValue(value, [derivative], Elementary.LogSigmoid, [Number(x)]);

    [Theory]
    [InlineData(1000, 1000, 1)]
    [InlineData(0, 0, 0.5)]
    [InlineData(-1000, 0, 0)]
    [InlineData(1e300, 1e300, 1)]
    [InlineData(-1e300, 0, 0)]
    public void Gelu_IsLinearOrZeroFarOut(double x, double value, double derivative)
    {
        ExpectWithValue(value, [derivative], Elementary.Gelu, [Number(x)]);
        if (x != 0)
        {
            Expect([0], Elementary.GeluDerivative, x);
        }
    }

    [Theory]
    [InlineData(Infinity, 1, 0)]
    [InlineData(1000, 1, 0)]
    [InlineData(-1000, -1, 0)]
    [InlineData(0, 0, 1.1283791670955126)]
    public void Erf_AndErfc_AreFlatFarOut(double x, double value, double derivative)
    {
        ExpectWithValue(value, [derivative], Elementary.Erf, [Number(x)]);
        ExpectWithValue(1 - value, [-derivative], Elementary.Erfc, [Number(x)]);
    }

    [Fact]
    public void ErrorFunctions_KeepTheirDigitsFarOut()
    {
        Relatively(0.0000220904969985854413727761295823203798477070873992, Value(Elementary.Erfc, [Number(3)]));
        Relatively(5.39586561160790092893499916790534560408827267092e-176, Value(Elementary.Erfc, [Number(20)]));
        Relatively(0.479500122186953462317253346108035471263548424242, Value(Elementary.Erfc, [Number(0.5)]));
        Relatively(1.1283791670955126e-20, Value(Elementary.Erf, [Number(1e-20)]));
        Relatively(-4.97676845941742729881279613807055073799097382309e-15, Value(Elementary.Gelu, [Number(-8)]));

        static void Relatively(double expected, double found) => Assert.InRange(Math.Abs((found / expected) - 1), 0, 2e-15);
    }

    [Fact]
    public void SafeSqrt_HasNoSlopeAtZero() =>
        ExpectWithValue(0, [0], Elementary.SafeSqrt, [Number(0)]);

    [Fact]
    public void SoftmaxFamily_NeitherOverflowsNorUnderflows()
    {
        ExpectWithValue(1000 + Math.Log(2), [0.5, 0.5, 0], LossRows.LogSumExp, [Column(1000, 1000, -1000)]);
        ExpectWithValue(-1000 + Math.Log(2), [0.5, 0.5], LossRows.LogSumExp, [Column(-1000, -1000)]);
        ExpectWithValue(2000, [1, -1], LossRows.SoftmaxCrossEntropyAt, [Column(1000, -1000), new Tensor(Shape.Scalar, [1])]);
    }

    [Fact]
    public void LogSumExp_TakesInfinitelyImprobableEntries()
    {
        ExpectWithValue(3, [0, 1, 0], LossRows.LogSumExp, [Column(-Infinity, 3, -Infinity)]);
        Assert.Equal(-Infinity, Value(LossRows.LogSumExp, [Column(-Infinity, -Infinity)]));
        Assert.Equal(Infinity, Value(LossRows.LogSumExp, [Column(Infinity, 0)]));
    }

    [Fact]
    public void CrossEntropy_TakesZeroTimesTheLogarithmOfZeroAsZero()
    {
        var logits = Column(-Infinity, 2, 2);
        Assert.Equal(Math.Log(2), Value(LossRows.SoftmaxCrossEntropy, [logits, Column(0, 1, 0)]), 1e-15);
        Assert.Equal([0, -0.5, 0.5], Derivatives(LossRows.SoftmaxCrossEntropy, [logits, Column(0, 1, 0)])[..3]);
    }

    [Fact]
    public void BinaryCrossEntropy_IsFiniteForConfidentAnswers() => ExpectWithValue(
        500, [0, -0.5, -500, 500], LossRows.BinaryCrossEntropyWithLogits, [Column(1000, -1000), Column(1, 1)]);

    private static Tensor Number(double value) => Tensor.Scalar(value);

    private static Tensor Column(params double[] entries) => new(Shape.Of(entries.Length, 1), entries);

    private static void Expect(double[] expected, Operation operation, params double[] operands) =>
        Check.Close(expected, Derivatives(operation, [.. operands.Select(Number)]), 1e-15, operation.Name);

    private static void Expect(double[] expected, Operation operation, Tensor operand) =>
        Check.Close(expected, Derivatives(operation, [operand]), 1e-15, operation.Name);

    private static void ExpectWithValue(double value, double[] expected, Operation operation, Tensor[] operands)
    {
        Check.Close(value, Value(operation, operands), 1e-15, operation.Name);
        Check.Close(expected, Derivatives(operation, operands), 1e-15, operation.Name);
    }

    private static Function Function(Operation operation, Tensor[] operands)
    {
        var builder = new Builder();
        ImmutableArray<Value> parameters =
        [
            .. operands.Select((o, i) => builder.Parameter(
                operation == LossRows.SoftmaxCrossEntropyAt && i == 1 ? TensorType.Int32 : new TensorType(ScalarType.Float64, o.Shape), null)),
        ];
        return builder.Build(operation.Name, [builder.Add(operation, parameters)]);
    }

    private static double Value(Operation operation, Tensor[] operands)
    {
        var function = Function(operation, operands);
        var values = Variants(function).Select(f => Interpreter.Run(f, operands)[0].Entries[0]).ToList();
        Assert.All(values, v => Assert.Equal(values[0], v));
        return values[0];
    }

    /// <summary>The entries of all operands' adjoints, one after the other, for an upstream of 1.</summary>
    private static double[] Derivatives(Operation operation, Tensor[] operands)
    {
        var function = Function(operation, operands);
        var gradient = ReverseMode.Run(function, [.. function.Parameters.Select(p => p.Type.IsFloating)]);
        var derivatives = Variants(gradient)
            .Select(g => Interpreter.Run(g, [.. operands, Number(1)]).Skip(1).SelectMany(r => r.Entries).ToArray())
            .ToList();
        Assert.All(derivatives, d => Assert.Equal(derivatives[0], d));
        return derivatives[0];
    }

    /// <summary>The function as it is, optimised, and as it is emitted.</summary>
    private static Function[] Variants(Function function) =>
        [function, Optimizer.Run(function), Optimizer.Run(Expand.Run(Optimizer.Run(function)))];
}
