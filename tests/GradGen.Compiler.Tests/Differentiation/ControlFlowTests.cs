using System.Collections.Immutable;
using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Explanation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Optimization;

namespace GradGen.Compiler.Tests.Differentiation;

public class ControlFlowTests
{
    private static readonly TensorType Real = Types.Real;
    private static readonly TensorType Matrix = Types.Of(2, 3);

    [Fact]
    public void ValueCapturedByBothArms_GetsTheAdjointOfTheArmTaken()
    {
        var function = Program.Of([Real, Real], (_, p) =>
        {
            var captured = p[0] * p[1];
            return Program.If(p[0].Greater(0), () => captured.Apply(Elementary.Sin) * p[1], () => captured * captured + p[0]) + captured;
        });
        CheckBothWays(function);
    }

    [Fact]
    public void NestedChoices_AreDifferentiated()
    {
        var function = Program.Of([Real, Real], (_, p) =>
        {
            var outer = p[0].Apply(Elementary.Exp);
            return Program.If(
                p[0].Greater(0),
                () =>
                {
                    var middle = outer * p[1];
                    return Program.If(p[1].Greater(0), () => middle * outer, () => middle.Apply(Elementary.Cos));
                },
                () => Program.If(p[1].Greater(0), () => outer, () => p[1] * p[1] * outer));
        });
        foreach (var (x, y) in new[] { (0.7, 0.4), (0.7, -0.4), (-0.7, 0.4), (-0.7, -0.4) })
        {
            Differences.CheckGradient(function, [Types.Number(x), Types.Number(y)], [true, true]);
            Differences.CheckSecondDerivative(function, [Types.Number(x), Types.Number(y)], [true, true]);
        }
    }

    [Fact]
    public void ArmThatYieldsAnOuterValue_PassesTheAdjointOn()
    {
        var function = Program.Of([Real, Real], (_, p) =>
        {
            var outer = p[0] * p[1];
            return Program.If(p[0].Greater(0), () => outer, () => p[1]);
        });
        CheckBothWays(function);
    }

    [Fact]
    public void MatrixChosen_IsDifferentiated()
    {
        var function = Program.Of([Real, Real, Matrix, Types.Of(3, 2)], (_, p) => Program.If(
            p[0].Greater(0), () => p[2].MatMul(p[3]).MatMul(p[2]) * p[1], () => p[3].T + p[0]));
        CheckBothWays(function);
    }

    [Fact]
    public void ChoiceWithSeveralResults_GivesEachItsAdjoint()
    {
        var function = Program.Many([Real, Real], (b, p) =>
        {
            var first = b.Region([], _ => { var s = p[0] * p[1]; return [s.Value, (s * s).Value]; });
            var second = b.Region([], _ => [p[1].Value, p[1].Value]);
            var results = b.AddControlFlow(ControlFlow.If, [p[0].Greater(0).Value], [first, second], [Real, Real]);
            return [new Term(b, results[0]).Apply(Elementary.Sin), new Term(b, results[1]) * p[0]];
        });
        CheckBothWays(function);
    }

    [Fact]
    public void ChoiceOfWhatDoesNotVary_IsNotSwept()
    {
        var function = Program.Of([Real, Real], (_, p) => Program.If(p[1].Greater(0), () => p[1] * p[1], () => p[1]) * p[0]);
        var gradient = ReverseMode.Run(function, [true, false]);
        Assert.Equal(1, gradient.Count(ControlFlow.If));
        Differences.CheckGradient(function, [Types.Number(2), Types.Number(3)], [true, false]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void Loop_IsDifferentiated(int count)
    {
        Differences.CheckGradient(Power(), [Types.Number(1.3), Types.Number(count)], [true, false]);
        Differences.CheckGradient(Nested(), [Types.Random(Types.Of(2, 2), new Random(1)), Types.Random(Types.Of(2, 1), new Random(2)), Types.Number(count)], [true, true, false]);
    }

    [Fact]
    public void While_IsDifferentiated()
    {
        Differences.CheckGradient(Halvings(), [Types.Number(100)], [true]);
        Differences.CheckGradient(Halvings(), [Types.Number(0.5)], [true]);
    }

    [Fact]
    public void LoopThatDoesNotVary_IsNoObstacle()
    {
        var function = Program.Of([Real, TensorType.Int32, Real], (b, p) => Loop(b, p[1], p[0]) * p[2]);
        var gradient = Verifier.Verify(ReverseMode.Run(function, [false, false, true]));
        var results = Interpreter.Run(gradient, Types.Number(2), Types.Number(5), Types.Number(3), Types.Number(1));
        Assert.Equal([96.0, 32.0], results.Select(r => r.Entries[0]));
    }

    [Fact]
    public void Loops_AreRunAndKeptByEveryPass()
    {
        Differences.CheckPasses(Power(), [Types.Number(2), Types.Number(5)], "power");
        Differences.CheckPasses(Power(), [Types.Number(2), Types.Number(0)], "power");
        Differences.CheckPasses(Halvings(), [Types.Number(100)], "halvings");
        Assert.Equal(32, Interpreter.Run(Power(), Types.Number(2), Types.Number(5))[0].Entries[0]);
        Assert.Equal(1, Interpreter.Run(Power(), Types.Number(2), Types.Number(0))[0].Entries[0]);
        Assert.Equal(0.78125, Interpreter.Run(Halvings(), Types.Number(100))[0].Entries[0]);
    }

    [Fact]
    public void Loops_PrintTheirParametersAndKeepTheirNames()
    {
        const string Expected = """
            function f(%0 'x0': f64, %1 'x1': i32) {
              %2: f64 = literal() #1 [0]
              %3: i32 = literal() [2]
              %7 'power': f64 = loop(%3, %1, %2) (%4 'i': i32, %5 'p': f64) {
                %6: f64 = mul(%5, %0)
                yield %6
              }
              yield %7
            }

            """;
        Assert.Equal(Expected, Power().ToString(), ignoreLineEndingDifferences: true);
        Assert.Equal(Expected, Optimizer.Run(Power()).ToString(), ignoreLineEndingDifferences: true);
        Assert.Equal(
            Expected.Replace("%6: f64", "%6 't1': f64", StringComparison.Ordinal),
            Naming.Run(Power()).ToString(),
            ignoreLineEndingDifferences: true);
    }

    /// <summary>x0 to the power x1, a loop.</summary>
    private static Function Power() => Program.Of([Real, TensorType.Int32], (b, p) =>
    {
        var result = Loop(b, p[1], p[0]);
        Builder.Name(result.Value, "power");
        return result;
    });

    private static Term Loop(Builder builder, Term count, Term factor)
    {
        var one = factor.Literal(1);
        var zero = new Term(builder, builder.Literal(ScalarType.Int32, 0));
        var body = builder.Region([TensorType.Int32, Real], v =>
        {
            Builder.Name(v[0], "i");
            Builder.Name(v[1], "p");
            return [(new Term(builder, v[1]) * factor).Value];
        });
        return new Term(builder, builder.AddControlFlow(ControlFlow.Loop, [zero.Value, count.Value, one.Value], [body], [Real])[0]);
    }

    /// <summary>x1 ← tanh(x0·x1), i times in the i-th of x2 iterations that each add its sum, if that is positive, and its square, if not.</summary>
    private static Function Nested() => Program.Of([Types.Of(2, 2), Types.Of(2, 1), TensorType.Int32], (b, p) =>
    {
        var zero = b.Literal(ScalarType.Int32, 0);
        var body = b.Region([TensorType.Int32, Types.Of(2, 1), Real], v =>
        {
            var inner = b.Region([TensorType.Int32, Types.Of(2, 1)], u => [p[0].MatMul(new Term(b, u[1])).Apply(Elementary.Tanh).Value]);
            var x = new Term(b, b.AddControlFlow(ControlFlow.Loop, [zero, v[0], v[1]], [inner], [Types.Of(2, 1)])[0]);
            var sum = x.Sum();
            return [(x + p[1]).Value, (new Term(b, v[2]) + Program.If(sum.Greater(0), () => sum * x.Sum(), () => sum)).Value];
        });
        var results = b.AddControlFlow(ControlFlow.Loop, [zero, p[2].Value, p[1].Value, b.Literal(ScalarType.Float64, 0)], [body], [Types.Of(2, 1), Real]);
        return new Term(b, results[1]) * new Term(b, results[0]).Sum();
    });

    [Fact]
    public void GradientOfALoop_IsNotDifferentiatedAgain_RatherThanWrongly()
    {
        var gradient = ReverseMode.Run(Halvings(), [true]);
        _ = Assert.Throws<NotSupportedException>(() => ReverseMode.Run(gradient, [true, false]));
    }

    /// <summary>x0 halved until it is less than 1.</summary>
    private static Function Halvings() => Program.Of([Real], (b, p) =>
    {
        var condition = b.Region([Real], v => [b.Add(Comparisons.LessEqual, [b.Literal(ScalarType.Float64, 1), v[0]]), v[0]]);
        var body = b.Region([Real], v => [(new Term(b, v[0]) / 2).Value]);
        return new Term(b, b.AddControlFlow(ControlFlow.While, [p[0].Value], [condition, body], [Real])[0]);
    });

    /// <summary>Gradient and second derivative with the first parameter positive and negative.</summary>
    private static void CheckBothWays(Function function)
    {
        ImmutableArray<bool> all = [.. function.Parameters.Select(_ => true)];
        foreach (var sign in new[] { 0.8, -0.8 })
        {
            var random = new Random(3);
            Tensor[] arguments = [Types.Number(sign), .. function.Parameters.Skip(1).Select(p => Types.Random(p.Type, random))];
            Differences.CheckGradient(function, arguments, all);
            Differences.CheckSecondDerivative(function, arguments, all);
            for (var i = 0; i < all.Length; i++)
            {
                Differences.CheckGradient(function, arguments, [.. all.Select((_, j) => i == j)]);
            }
        }
    }
}
