using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Tests.Differentiation;

namespace GradGen.Compiler.Tests.Ir;

public class FunctionTests
{
    [Fact]
    public void FunctionsBuiltAlike_AreEqual()
    {
        Assert.Equal(Program.Network(), Program.Network());
        Assert.Equal(Program.Network().GetHashCode(), Program.Network().GetHashCode());
    }

    [Fact]
    public void FunctionsThatDifferInOneThing_AreNotEqual()
    {
        Function[] functions =
        [
            Plus(0.0),
            Plus(-0.0),
            Plus(double.NaN),
            Plus(double.PositiveInfinity),
            Plus(0.1),
            Plus(Math.BitIncrement(0.1)),
            Plus(0.0, name: "h"),
            Plus(0.0, name: "h", role: ValueRole.Adjoint),
            Program.Of([Types.Single], (_, p) => p[0] + 0),
            Program.Of([Types.Of(1, 1)], (_, p) => p[0] + 0),
            Program.Of([Types.Real], (_, p) => p[0] - 0),
            Program.Of([Types.Real], (_, p) => 0 + p[0]),
            Program.Of([Types.Real, Types.Real], (_, p) => p[0] + 0),
            Program.Many([Types.Real], (_, p) => [p[0] + 0, p[0]]),
        ];
        foreach (var first in functions)
        {
            foreach (var second in functions)
            {
                Assert.Equal(first.ToString() == second.ToString(), first.Equals(second));
                Assert.Equal(ReferenceEquals(first, second), first.Equals(second));
            }
        }
    }

    [Fact]
    public void NaN_IsOneLiteral() => Assert.Equal(Plus(double.NaN), Plus(double.NaN));

    [Fact]
    public void Attributes_TellMinusZeroFromZero()
    {
        Assert.NotEqual(new Attributes(0.0), new Attributes(-0.0));
        Assert.Equal(new Attributes(double.NaN), new Attributes(double.NaN));
        Assert.Equal(Attributes.Of(1, 2), Attributes.Of(1, 2));
        Assert.Equal(Attributes.Of(1, 2).GetHashCode(), Attributes.Of(1, 2).GetHashCode());
        Assert.NotEqual(Attributes.Of(1, 2), Attributes.Of(2, 1));
    }

    [Fact]
    public void LiteralOfAFloat_IsWhatAFloatCanHold()
    {
        var function = Program.Of([Types.Single], (_, p) => p[0] * p[0].Literal(0.1));
        Assert.Contains(" #0.10000000149011612 [1]", function.ToString(), StringComparison.Ordinal);
        Assert.Equal(double.PositiveInfinity, function.Body.Instructions[0].Attributes.Number + Literal(1e300));
    }

    [Fact]
    public void OperandsThatDoNotFit_AreReportedByShape()
    {
        var fault = Assert.Throws<ShapeException>(() => Program.Of([Types.Of(2, 3), Types.Of(2, 3)], (_, p) => p[0].MatMul(p[1])));
        Assert.Equal(ShapeErrorKind.InnerSizes, fault.Error.Kind);
        Assert.Equal(
            ShapeErrorKind.ColumnProduct,
            Assert.Throws<ShapeException>(() => Program.Of([Types.Of(2, 1), Types.Of(3, 1)], (_, p) => p[0].MatMul(p[1]))).Error.Kind);
        Assert.Equal(
            ShapeErrorKind.DifferentShapes,
            Assert.Throws<ShapeException>(() => Program.Of([Types.Of(2, 3), Types.Of(3, 2)], (_, p) => p[0] + p[1])).Error.Kind);
        Assert.Equal(
            ShapeErrorKind.NotSquare,
            Assert.Throws<ShapeException>(() => Program.Of([Types.Of(2, 3)], (_, p) => p[0].Apply(ReductionRows.Trace))).Error.Kind);
        Assert.Equal(
            ShapeErrorKind.OutOfRange,
            Assert.Throws<ShapeException>(() => Program.Of([Types.Of(2, 3)], (_, p) => p[0].Apply(Gathers.Row, Attributes.Of(2)))).Error.Kind);
    }

    [Fact]
    public void IntegersDivide_TowardsZero()
    {
        var function = Program.Of([TensorType.Int32, TensorType.Int32], (_, p) => p[0] / p[1]);
        Assert.Equal(-3, Interpreter.Run(function, Types.Number(-7), Types.Number(2))[0].Entries[0]);
        Assert.Throws<DivideByZeroException>(() => Interpreter.Run(function, Types.Number(1), Types.Number(0)));
    }

    [Fact]
    public void Interpreter_RefusesArgumentsOfOtherShapes()
    {
        var function = Program.Of([Types.Of(2, 3)], (_, p) => p[0]);
        Assert.Throws<ArgumentException>(() => Interpreter.Run(function, Types.Number(1)));
        Assert.Throws<ArgumentException>(() => Interpreter.Run(function));
    }

    [Theory]
    [InlineData("cbrt")]
    [InlineData("asinh")]
    [InlineData("acosh")]
    [InlineData("atanh")]
    [InlineData("sigmoid")]
    [InlineData("softplus")]
    [InlineData("expm1")]
    [InlineData("log1p")]
    [InlineData("relu")]
    [InlineData("max")]
    [InlineData("sign")]
    public void NaN_IsPassedOn(string name)
    {
        var row = OperationTable.Find(name)!;
        var function = Program.Of([Types.Real], (_, p) => p[0].Apply(row, [.. Enumerable.Repeat(p[0], row.Arity - 1)]));
        Assert.Equal(name == "sign" ? 0 : double.NaN, Interpreter.Run(function, Types.Number(double.NaN))[0].Entries[0]);
    }

    [Fact]
    public void InverseHyperbolicFunctions_KeepTheirDigitsAtBothEnds()
    {
        foreach (var x in new[] { 1e-300, 1e-10, 1e-3, 1, 30, 1e7, 1e9, 1e200, double.PositiveInfinity })
        {
            Near(Math.Asinh(x), ScalarFunctions.Asinh.Evaluate([x]));
            Near(-Math.Asinh(x), ScalarFunctions.Asinh.Evaluate([-x]));
            Near(Math.Acosh(1 + x), ScalarFunctions.Acosh.Evaluate([1 + x]));
            Near(Math.Cbrt(x), ScalarFunctions.Cbrt.Evaluate([x]));
        }

        static void Near(double expected, double actual) =>
            Assert.True(expected.Equals(actual) || Math.Abs(expected - actual) <= 4e-15 * Math.Abs(expected), $"{expected:R} and {actual:R}");
    }

    private static double Literal(double number) =>
        Program.Of([Types.Single], (_, p) => p[0].Literal(number)).Body.Instructions[0].Attributes.Number;

    private static Function Plus(double number, string? name = null, ValueRole role = ValueRole.Primal) => Program.Of([Types.Real], (_, p) =>
    {
        var sum = p[0] + number;
        Builder.Name(sum.Value, name, role);
        return sum;
    });
}
