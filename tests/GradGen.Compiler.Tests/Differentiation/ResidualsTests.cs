using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Optimization;

namespace GradGen.Compiler.Tests.Differentiation;

/// <summary>What a loop leaves for the way back, and what is computed again.</summary>
public class ResidualsTests
{
    private static readonly TensorType Real = Types.Real;
    private static readonly TensorType Column = Types.Of(4, 1);

    /// <summary>s ← s·(2x·i + 1): sums and products are cheaper than a tape, what is carried has to be on one.</summary>
    [Fact]
    public void SumsAndProducts_AreComputedAgain()
    {
        var function = Sum(Real, (p, i, s) => s * ((2 * p * i) + 1));
        var gradient = Gradient(function, Types.Number(0.3));
        Assert.Equal(1, gradient.Count(Tapes.Push));
    }

    /// <summary>s ← s·(e^(xi) + 1)</summary>
    [Fact]
    public void Exponential_IsSaved_AndComputedOnce()
    {
        var function = Sum(Real, (p, i, s) => s * ((p * i).Apply(Elementary.Exp) + 1));
        var gradient = Gradient(function, Types.Number(0.3));
        Assert.Equal(1, gradient.Count(Elementary.Exp));
        Assert.Equal(2, gradient.Count(Tapes.Push));
    }

    /// <summary>h ← tanh(W·h): the tanh is what the next iteration starts from, and is on its tape; W·h is not read at all.</summary>
    [Fact]
    public void WhatTheNextIterationStartsFrom_IsReadThere()
    {
        var function = Program.Of([Types.Of(4, 4), Column, TensorType.Int32], (b, p) => Loop(b, p[2], p[1], (_, h) => p[0].MatMul(h).Apply(Elementary.Tanh)));
        var gradient = Gradient(function, Types.Random(Types.Of(4, 4), new Random(1)), Types.Random(Column, new Random(2)));
        Assert.Equal(1, gradient.Count(Elementary.Tanh));
        var bodies = gradient.Body.Instructions.Where(i => i.Operation == ControlFlow.Loop).Select(i => i.Regions[0]).ToList();
        Assert.Equal([1, 0], bodies.Select(b => b.Instructions.Count(i => i.Operation == Tapes.Push)));
        Assert.Equal([1, 2], bodies.Select(b => b.Instructions.Count(i => i.Operation == ProductRows.MatMul)));
    }

    /// <summary>s ← s + tanh(Σ x·j)·s: the inner loop has nothing to record, and its sum is not computed again.</summary>
    [Fact]
    public void InnerLoopThatRecordsNothing_DoesNotRunAgain()
    {
        var function = Program.Of([Real, TensorType.Int32], (b, p) => Loop(b, p[1], p[0].Literal(1), (_, s) =>
            s + (Loop(b, p[1], p[0].Literal(0), (j, z) => z + (p[0] * j)).Apply(Elementary.Tanh) * s)));
        var gradient = Gradient(function, Types.Number(0.3));
        Assert.Equal(1, gradient.Count(Elementary.Tanh));
        Assert.Equal(4, gradient.Count(ControlFlow.Loop));
    }

    [Fact]
    public void InnerLoopThatRecords_RunsAgain_AndItsFunctionsOnceMore()
    {
        var function = Program.Of([Real, TensorType.Int32], (b, p) => Loop(b, p[1], p[0].Literal(1), (i, s) =>
            s + Loop(b, p[1], s, (j, z) => (z * p[0] * i).Apply(Elementary.Sin))));
        var gradient = Gradient(function, Types.Number(0.3));
        Assert.Equal(2, gradient.Count(Elementary.Sin));
        Assert.Equal(1, gradient.Count(Elementary.Cos));
    }

    /// <summary>s ← s + e^(2x)·i, in two loops one inside the other.</summary>
    [Fact]
    public void WhatNoIterationChanges_IsComputedBeforeTheLoops()
    {
        var function = Program.Of([Real, TensorType.Int32], (b, p) => Loop(b, p[1], p[0].Literal(1), (_, s) =>
            Loop(b, p[1], s, (j, z) => z + ((2 * p[0]).Apply(Elementary.Exp) * j))));
        Assert.Contains(Optimizer.Run(function).Body.Instructions, i => i.Operation == Elementary.Exp);
        Assert.DoesNotContain(Optimizer.Run(function, Passes.All & ~Passes.LoopInvariants).Body.Instructions, i => i.Operation == Elementary.Exp);
        var gradient = Gradient(function, Types.Number(0.3));
        Assert.Contains(gradient.Body.Instructions, i => i.Operation == Elementary.Exp);
    }

    /// <summary>What can throw stays where the user wrote it: the loop may not run.</summary>
    [Fact]
    public void WhatCanThrow_IsNotComputedBeforeTheLoop()
    {
        var array = new TensorType(ScalarType.Float64, Shape.Scalar, IsArray: true);
        var function = Program.Of([array, TensorType.Int32], (b, p) => Loop(b, p[1], new Term(b, b.Literal(ScalarType.Float64, 0)), (i, s) =>
            s + p[0].Apply(Arrays.At, new Term(b, b.Literal(ScalarType.Int32, 0)))));
        Assert.DoesNotContain(Optimizer.Run(function).Body.Instructions, i => i.Operation == Arrays.At);
    }

    /// <summary>The gradient as it is optimised, checked for some numbers of iterations.</summary>
    private static Function Gradient(Function function, params Tensor[] arguments)
    {
        foreach (var count in new[] { 0, 1, 4 })
        {
            Differences.CheckGradient(function, [.. arguments, Types.Number(count)], [.. arguments.Select(_ => true), false], 1e-8);
        }

        return GradientFunction.Run(function, [.. arguments.Select(_ => true), false]).Gradient;
    }

    private static Function Sum(TensorType type, Func<Term, Term, Term, Term> next) =>
        Program.Of([type, TensorType.Int32], (b, p) => Loop(b, p[1], p[0].Literal(1), (i, s) => next(p[0], i, s)));

    private static Term Loop(Builder builder, Term count, Term initial, Func<Term, Term, Term> next)
    {
        var zero = builder.Literal(ScalarType.Int32, 0);
        var body = builder.Region([TensorType.Int32, initial.Value.Type], v =>
            [next(new Term(builder, v[0]).Apply(Arithmetic.ToFloat64), new Term(builder, v[1])).Value]);
        return new Term(builder, builder.AddControlFlow(ControlFlow.Loop, [zero, count.Value, initial.Value], [body], [initial.Value.Type])[0]);
    }
}
