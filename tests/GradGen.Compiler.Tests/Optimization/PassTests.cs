using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Optimization;
using GradGen.Compiler.Tests.Differentiation;

namespace GradGen.Compiler.Tests.Optimization;

public class PassTests
{
    private static readonly TensorType Real = Types.Real;

    [Fact]
    public void WhatIsWrittenTwice_IsComputedOnce()
    {
        var function = Program.Of([Real], (_, p) => (p[0].Apply(Elementary.Exp) + 1) * (p[0].Apply(Elementary.Exp) + 1));
        Assert.Equal(["exp", "literal", "add", "mul"], Names(CommonSubexpressions.Run(function)));
    }

    [Fact]
    public void ForwardAndBackward_ShareTheirSteps()
    {
        var function = Program.Of([Real], (_, p) => p[0].Apply(Elementary.Sin) + p[0].Apply(Elementary.Cos));
        var gradient = Optimizer.Run(ReverseMode.Run(function, [true]));
        Assert.Equal(1, gradient.Count(Elementary.Sin));
        Assert.Equal(1, gradient.Count(Elementary.Cos));
    }

    [Fact]
    public void SoftmaxForwardAndBackward_IsExpandedOnce()
    {
        var function = Program.Of([Types.Of(5, 1), TensorType.Int32], (_, p) => p[0].Apply(LossRows.SoftmaxCrossEntropyAt, p[1]));
        var expanded = GradientFunction.Run(function, [true, false]).Expanded;
        Assert.Equal(1, expanded.Count(Elementary.Exp));
        Assert.Equal(1, expanded.Count(ReductionRows.MaxEntry));
    }

    [Fact]
    public void WhatAnArmComputes_IsNotSharedWithTheOtherArmOrAfterIt()
    {
        var function = Program.Of([Real], (_, p) =>
        {
            var chosen = Program.If(p[0].Greater(0), () => p[0].Apply(Elementary.Exp), () => p[0].Apply(Elementary.Exp) * p[0]);
            return chosen + p[0].Apply(Elementary.Exp);
        });
        var shared = Verifier.Verify(CommonSubexpressions.Run(function));
        Assert.Equal(3, shared.Count(Elementary.Exp));
    }

    [Fact]
    public void WhatIsComputedBefore_IsSharedWithTheArms()
    {
        var function = Program.Of([Real], (_, p) =>
        {
            var before = p[0].Apply(Elementary.Exp);
            return before + Program.If(p[0].Greater(0), () => p[0].Apply(Elementary.Exp), () => p[0].Apply(Elementary.Exp) * p[0]);
        });
        Assert.Equal(1, Verifier.Verify(CommonSubexpressions.Run(function)).Count(Elementary.Exp));
    }

    [Fact]
    public void ZeroAndMinusZero_AreNotShared()
    {
        var function = Program.Many([Real], (_, p) => [1 / p[0].Literal(0.0), 1 / p[0].Literal(-0.0)]);
        foreach (var pass in new[] { CommonSubexpressions.Run(function), Optimizer.Run(function) })
        {
            Assert.Equal([double.PositiveInfinity, double.NegativeInfinity], Interpreter.Run(pass, Types.Number(1)).Select(r => r.Entries[0]));
        }
    }

    [Fact]
    public void OperationsThatDifferInAttributes_AreNotShared()
    {
        var function = Program.Of([Types.Of(2, 2), Types.Of(2, 2)], (_, p) =>
            p[0].MatMul(p[1]) + p[0].Apply(ProductRows.MatMul, Attributes.Of(1, 0), p[1]) + p[0].Apply(ProductRows.MatMul, Attributes.Of(0, 1), p[1]));
        Assert.Equal(3, CommonSubexpressions.Run(function).Count(ProductRows.MatMul));
    }

    [Fact]
    public void WhatNoResultDependsOn_IsDropped()
    {
        var function = Program.Of([Real], (_, p) =>
        {
            p[0].Apply(Elementary.Exp).Apply(Elementary.Sin);
            return p[0].Apply(Elementary.Cos);
        });
        Assert.Equal(["cos"], Names(DeadCode.Run(function)));
    }

    [Fact]
    public void ForwardValuesThatNoGradientNeeds_AreDropped()
    {
        var function = Program.Of([Real], (_, p) => p[0].Apply(Elementary.Square));
        var gradient = ReverseMode.Run(function, [true]);
        var onlyAdjoint = new Function("f", new Block(gradient.Parameters, gradient.Body.Instructions, [gradient.Results[1]]));
        Assert.Equal(0, DeadCode.Run(onlyAdjoint).Count(Elementary.Square));
    }

    [Fact]
    public void ChoiceWithAnyResultUsed_IsKept_AndWithNoneDropped()
    {
        Function Choice(bool used) => Program.Many([Real], (b, p) =>
        {
            var first = b.Region([], _ => [p[0].Apply(Elementary.Exp).Value, p[0].Apply(Elementary.Sin).Value]);
            var second = b.Region([], _ => { p[0].Apply(Elementary.Tan); return [p[0].Value, p[0].Value]; });
            var results = b.AddControlFlow(ControlFlow.If, [p[0].Greater(0).Value], [first, second], [Real, Real]);
            return [used ? new Term(b, results[1]) : p[0]];
        });
        var kept = Verifier.Verify(DeadCode.Run(Choice(used: true)));
        Assert.Equal(1, kept.Count(ControlFlow.If));
        Assert.Equal(1, kept.Count(Elementary.Sin));
        Assert.Equal(0, kept.Count(Elementary.Tan));
        Assert.Equal(0, DeadCode.Run(Choice(used: false)).Count());
    }

    [Fact]
    public void Expansion_LeavesOnlyOperationsWithAnElement()
    {
        foreach (var @case in OperationCases.All)
        {
            var expanded = Expand.Run(@case.Function);
            Assert.All(Program.Instructions(expanded.Body), i => Assert.NotNull(i.Operation.Element));
        }
    }

    [Fact]
    public void EntriesOfASum_ArePutIntoTheirMatrixTogether()
    {
        // ∂m of Σ mᵢⱼ·sⱼ over a few entries, one of them twice, and of a product of the whole.
        var function = Program.Of([Types.Of(5, 5), Real], (_, p) =>
        {
            Term At(int row, int column) => p[0].Apply(Gathers.Element, Attributes.Of(row, column));
            return (At(0, 1) * p[1]) + (At(4, 4) * At(2, 3)) + At(0, 1).Apply(Elementary.Sin) + p[0].Apply(ReductionRows.NormSquared);
        });
        ExpectTogether(Optimizer.Run(ReverseMode.Run(function, [true, true])), Gathers.Place, 3);
    }

    [Fact]
    public void EntriesWrittenOneAfterTheOther_ArePutIntoTheirMatrixTogether()
    {
        var function = Program.Of([Real, Real], (_, p) => Enumerable.Range(0, 12)
            .Aggregate(p[0].Literal(2).Fill(Shape.Of(4, 5)), (m, k) => m.Apply(Gathers.WithEntry, Attributes.Of(k * 3 % 4, k * 2 % 5), k == 7 ? p[1] : k * p[0])));
        ExpectTogether(function, Gathers.WithEntry, 12);
    }

    [Fact]
    public void EntriesOfWhatIsReadBetween_StayApart()
    {
        var function = Program.Many([Types.Of(4, 5), Real], (_, p) =>
        {
            var first = p[0].Apply(Gathers.WithEntry, Attributes.Of(1, 1), p[1]);
            return [first.Apply(Gathers.WithEntry, Attributes.Of(1, 2), p[1]), first];
        });
        Assert.Equal(2, EntriesTogether.Run(function).Count(Gathers.WithEntry));
    }

    private static void ExpectTogether(Function function, Operation one, int count)
    {
        Assert.True(function.Count(one) >= count, $"{function.Count(one)} are there");
        var together = Verifier.Verify(EntriesTogether.Run(function));
        Assert.Equal(0, together.Count(one));
        Assert.Equal(1, together.Count(Gathers.Assemble));
        var random = new Random(3);
        Tensor[] arguments = [.. function.Parameters.Select(p => Types.Random(p.Type, random))];
        Check.Close(Interpreter.Run(function, arguments), Interpreter.Run(together, arguments), 1e-14, function.Name);
    }

    [Fact]
    public void NetworkGradient_HasThePinnedCounts()
    {
        var gradient = Optimizer.Run(ReverseMode.Run(Program.Network(), [false, true, true, true]));
        Assert.Equal(3, gradient.Count(Elementary.Sigmoid));
        Assert.Equal(8, gradient.Count(ProductRows.MatMul));
        Assert.Equal(0, gradient.Count(ProductRows.Transpose));
        Assert.Equal(6, gradient.Count(Arithmetic.Multiply));
        Assert.Equal(3, gradient.Count(Arithmetic.Subtract));
        Assert.Equal(21, gradient.Count());
    }

    private static IEnumerable<string> Names(Function function) => function.Body.Instructions.Select(i => i.Operation.Name);
}
