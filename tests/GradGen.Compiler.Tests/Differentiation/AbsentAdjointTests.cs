using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Optimization;

namespace GradGen.Compiler.Tests.Differentiation;

/// <summary>What one side of a branch contributes to is absent on the other: its derivative is not computed there.</summary>
public class AbsentAdjointTests
{
    private static readonly TensorType Real = Types.Real;

    [Fact]
    public void DerivativeThatIsInfinite_StandsInTheReverseBranch_WithWhatItReads()
    {
        var function = Guarded(Elementary.Sqrt);
        var gradient = Optimizer.Run(ReverseMode.Run(function, [true, true]));
        Assert.Equal(2, gradient.Count(ControlFlow.If));
        Assert.DoesNotContain(gradient.Body.Instructions, i => i.Operation == Arithmetic.Divide);
        foreach (var (x, y) in new[] { (0.7, 0.4), (-0.7, 0.4) })
        {
            Differences.CheckGradient(function, [Types.Number(x), Types.Number(y)], [true, true]);
            Differences.CheckSecondDerivative(function, [Types.Number(x), Types.Number(y)], [true, true]);
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    public void OtherSide_IsFinite_WithEveryPass(double x)
    {
        foreach (var operation in new[] { Elementary.Sqrt, Elementary.Log, Elementary.Reciprocal, Elementary.ReciprocalSqrt, Elementary.Cbrt })
        {
            var gradient = Verifier.Verify(ReverseMode.Run(Guarded(operation), [true, true]));
            Tensor[] arguments = [Types.Number(x), Types.Number(3), Types.Number(1)];
            Assert.Equal([0.0, 3.0], Interpreter.Run(gradient, arguments).Skip(1).Select(r => r.Entries[0]));
            Differences.CheckPasses(gradient, arguments, operation.Name);
        }
    }

    /// <summary>Of a matrix, too: each entry's derivative is infinite, and the matrix it is multiplied by is not finite.</summary>
    [Fact]
    public void OtherSide_OfAMatrix_IsFinite()
    {
        var function = Program.Of([Types.Of(2, 3), Types.Of(3, 2), Real], (_, p) =>
        {
            var product = (1 / p[0]).MatMul(p[1]);
            return Program.If(p[2].Greater(0), () => product.Sum(), () => p[1].Sum() * p[2]);
        });
        var gradient = Verifier.Verify(ReverseMode.Run(function, [true, true, true]));
        Tensor[] arguments = [new Tensor(Shape.Of(2, 3), new double[6]), Types.Random(Types.Of(3, 2), new Random(1)), Types.Number(-2), Types.Number(1)];
        var results = Interpreter.Run(gradient, arguments);
        Assert.Equal(new double[6], results[1].Entries);
        Assert.Equal([-2, -2, -2, -2, -2, -2.0], results[2].Entries);
        Differences.CheckPasses(gradient, arguments, "a matrix");
    }

    /// <summary>Nothing singular is met: no condition is written, whether the passes run or not.</summary>
    [Fact]
    public void DerivativeThatIsFinite_StandsUnderNoCondition()
    {
        foreach (var operation in new[] { Elementary.Sin, Elementary.Tanh, Elementary.Square, Elementary.Sigmoid })
        {
            Assert.Equal(2, ReverseMode.Run(Guarded(operation), [true, true]).Count(ControlFlow.If));
        }
    }

    /// <summary>x0 at most 0: x1², at 0 shifted; else f(x0)·x1.</summary>
    private static Function Guarded(Operation operation) => Program.Of([Real, Real], (_, p) =>
    {
        var before = p[0].Apply(operation);
        return Program.If(p[0].Greater(0), () => before * p[1], () => 0.5 * (p[1] * p[1]));
    });
}
