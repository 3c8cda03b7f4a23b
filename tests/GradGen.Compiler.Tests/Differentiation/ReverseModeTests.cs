using System.Collections.Immutable;
using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Explanation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Optimization;

namespace GradGen.Compiler.Tests.Differentiation;

public class ReverseModeTests
{
    private static readonly ImmutableArray<bool> AllOfTheNetwork = [true, true, true, true];

    [Fact]
    public void GradientOfTheNetwork_IsTheDerivative()
    {
        Differences.CheckGradient(Program.Network(), NetworkArguments(), AllOfTheNetwork);
        Differences.CheckGradient(Program.Network(), NetworkArguments(), [false, true, true, true]);
        Differences.CheckSecondDerivative(Program.Network(), NetworkArguments(), AllOfTheNetwork);
    }

    [Fact]
    public void GradientOfTheNetwork_PrintsAsOnPaper()
    {
        var gradient = GradientFunction.Run(Program.Network(), [false, true, true, true]).Gradient;
        Assert.Equal(
            """
            function Network(%0 'x': f64[2×1], %1 'w1': f64[2×2], %2 'w2': f64[2×2], %3 'w3': f64[1×2], %4 '∂y': f64[1×1]) {
              %5 'z1': f64[2×1] = matmul(%1, %0)
              %6 'a1': f64[2×1] = sigmoid(%5)
              %7 'z2': f64[2×1] = matmul(%2, %6)
              %8 'a2': f64[2×1] = sigmoid(%7)
              %9 'z3': f64[1×1] = matmul(%3, %8)
              %10 'y': f64[1×1] = sigmoid(%9)
              %11: f64[1×1] = mul(%4, %10)
              %12: f64 = literal() #1 [0]
              %13: f64[1×1] = sub(%12, %10)
              %14 '∂z3': f64[1×1] = mul(%11, %13)
              %15 '∂w3': f64[1×2] = matmul(%14, %8) [0, 1]
              %16 '∂a2': f64[2×1] = matmul(%3, %14) [1, 0]
              %17: f64[2×1] = mul(%16, %8)
              %18: f64[2×1] = sub(%12, %8)
              %19 '∂z2': f64[2×1] = mul(%17, %18)
              %20 '∂w2': f64[2×2] = matmul(%19, %6) [0, 1]
              %21 '∂a1': f64[2×1] = matmul(%2, %19) [1, 0]
              %22: f64[2×1] = mul(%21, %6)
              %23: f64[2×1] = sub(%12, %6)
              %24 '∂z1': f64[2×1] = mul(%22, %23)
              %25 '∂w1': f64[2×2] = matmul(%24, %0) [0, 1]
              yield %10, %25, %20, %15
            }

            """,
            gradient.ToString(),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void NothingIsComputed_ForAParameterThatIsNotDifferentiated()
    {
        var without = Optimizer.Run(ReverseMode.Run(Program.Network(), [false, true, true, true]));
        var with = Optimizer.Run(ReverseMode.Run(Program.Network(), AllOfTheNetwork));
        var none = ReverseMode.Run(Program.Network(), [false, false, false, false]);
        Assert.Equal(3 + 5, without.Count(ProductRows.MatMul));
        Assert.Equal(3 + 6, with.Count(ProductRows.MatMul));
        Assert.Equal(Program.Network().Count(), none.Count());
    }

    [Fact]
    public void ParameterThatIsItsOwnResult_HasTheUpstreamAsItsAdjoint()
    {
        var function = Program.Many([Types.Of(2, 3)], (_, p) => [p[0], p[0]]);
        Differences.CheckGradient(function, [Types.Random(Types.Of(2, 3), new Random(1))], [true]);
    }

    [Fact]
    public void ParameterThatNothingDependsOn_HasZerosInItsShape()
    {
        var function = Program.Of([Types.Of(2, 3), Types.Real], (_, p) => p[1] * p[1]);
        var results = Interpreter.Run(ReverseMode.Run(function, [true, true]), Types.Random(Types.Of(2, 3), new Random(1)), Types.Number(3), Types.Number(1));
        Assert.Equal(Shape.Of(2, 3), results[1].Shape);
        Assert.All(results[1].Entries, e => Assert.Equal(0, e));
        Assert.Equal(6, results[2].Entries[0]);
    }

    [Fact]
    public void ResultUsedByAnotherResult_GathersBothAdjoints()
    {
        var function = Program.Many([Types.Of(3, 2)], (_, p) =>
        {
            var square = p[0] * p[0];
            return [square, square.Sum(), square.MatMul(p[0].T)];
        });
        Differences.CheckGradient(function, [Types.Random(Types.Of(3, 2), new Random(2))], [true]);
    }

    [Fact]
    public void PullbackOfAnotherShape_FailsLoudly()
    {
        var wrong = new Operation("wrong", 1) { Infer = s => s[0], Pullbacks = [p => p.Upstream.T] };
        var function = Program.Of([Types.Of(2, 3)], (_, p) => p[0].Apply(wrong));
        Assert.Throws<InvalidOperationException>(() => ReverseMode.Run(function, [true]));
    }

    [Fact]
    public void RowWithoutAPullback_FailsLoudly()
    {
        var missing = new Operation("missing", 1) { Infer = s => s[0] };
        var function = Program.Of([Types.Real], (_, p) => p[0].Apply(missing));
        Assert.Throws<NotSupportedException>(() => ReverseMode.Run(function, [true]));
    }

    [Fact]
    public void StepsOfTheNetwork_AreNamedAsOnPaper()
    {
        var named = Naming.Run(Program.Network());
        Assert.Equal(["z1", "a1", "z2", "a2", "z3", "y"], named.Body.Instructions.Select(i => i.Result.Name));
    }

    [Fact]
    public void Naming_KeepsTheUsersNames_AndNumbersWhatIsTaken()
    {
        var function = Program.Of([Types.Real], (_, p) =>
        {
            var h = p[0].Apply(Elementary.Exp);
            var again = h.Apply(Elementary.Sin);
            var y = again.Apply(Elementary.Cos);
            Builder.Name(h.Value, "h");
            Builder.Name(again.Value, "h");
            Builder.Name(y.Value, "y");
            return y.Apply(Elementary.Tanh).Apply(Elementary.Sin);
        });
        Assert.Equal(["h", "h2", "y", "a1", "y2"], Naming.Run(function).Body.Instructions.Select(i => i.Result.Name));
    }

    [Fact]
    public void Naming_ChangesNothingOfTheOriginal()
    {
        var function = Program.Network();
        var text = Printer.Print(function);
        Naming.Run(function);
        Assert.Equal(text, Printer.Print(function));
        Assert.All(function.Body.Instructions, i => Assert.Null(i.Result.Name));
    }

    [Fact]
    public void Differentiation_ChangesNothingOfTheOriginal()
    {
        var function = Program.Network();
        var text = Printer.Print(function);
        GradientFunction.Run(function, AllOfTheNetwork);
        Assert.Equal(text, Printer.Print(function));
    }

    [Fact]
    public void Adjoints_AreCalledAfterTheirPrimals()
    {
        var gradient = GradientFunction.Run(Program.Network(), AllOfTheNetwork).Gradient;
        Assert.Equal(
            ["x", "w1", "w2", "w3"],
            gradient.Results.Skip(1).Select(r => r.Role == ValueRole.Adjoint ? r.Name : null));
    }

    [Fact]
    public void Steps_AreTheNamedValues_AndTheRestIsWrittenIntoTheirFormulas()
    {
        var named = Naming.Run(Program.Of([Types.Of(2, 2), Types.Of(2, 1), Types.Of(2, 1)], (_, p) =>
            (p[0].MatMul(p[1]) + p[2]).Apply(Elementary.Sigmoid)));
        var steps = Steps.Of(named);
        Assert.Equal(["matmul", "add", "sigmoid"], named.Body.Instructions.Select(i => i.Operation.Name));
        Assert.Equal([null, "z1", "y"], named.Body.Instructions.Select(i => i.Result.Name));
        Assert.Equal([true, false, false], named.Body.Instructions.Select(i => steps.IsInlined(i.Result)));
    }

    private static Tensor[] NetworkArguments()
    {
        var random = new Random(1);
        return [.. Program.Network().Parameters.Select(p => Types.Random(p.Type, random))];
    }
}
