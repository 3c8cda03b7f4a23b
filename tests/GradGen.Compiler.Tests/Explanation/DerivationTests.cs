using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Explanation;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;
using GradGen.Compiler.Reading;
using GradGen.Compiler.Tests.Emission;

namespace GradGen.Compiler.Tests.Explanation;

/// <summary>The derivation as people read it.</summary>
public class DerivationTests
{
    [Fact]
    public void NetworkOfTheQuestion_IsDerivedAsOnPaper()
    {
        var derivation = Derive(Functions.Question());
        Assert.Equal("y = σ(w3·σ(w2·σ(w1·x)))", derivation.Value);
        Assert.Equal(
            """
            z1 = w1·x    2×1
            a1 = σ(z1)   2×1
            z2 = w2·a1   2×1
            a2 = σ(z2)   2×1
            z3 = w3·a2   1×1
            y  = σ(z3)   1×1
            """,
            string.Join("\n", derivation.Forward));
        Assert.Equal("\u0233", derivation.Upstream);
        Assert.Equal(
            """
            δ3 = ȳ ⊙ y ⊙ (1 − y)            1×1   ∂w3 = δ3·a2ᵀ   1×2
            δ2 = (w3ᵀ·δ3) ⊙ a2 ⊙ (1 − a2)   2×1   ∂w2 = δ2·a1ᵀ   2×2
            δ1 = (w2ᵀ·δ2) ⊙ a1 ⊙ (1 − a1)   2×1   ∂w1 = δ1·xᵀ    2×2
            """,
            string.Join("\n", derivation.Backward));
        Assert.Equal(
            "A gradient has the shape of its parameter: ∂w1[i, j] is the derivative with respect to w1[i, j].",
            derivation.Layout);
    }

    [Fact]
    public void Cost_IsCountedFromWhatIsEmitted()
    {
        // Forward: 2·(2 products + 1 sum) twice and once for z3; five sigmoids.
        // Backward: 3 + 2 + 2·4 + 4 + 2·6 + 4.
        var derivation = Derive(Functions.Question());
        Assert.Equal("15 flops and 5 elementary functions", derivation.ForwardCost.ToString());
        Assert.Equal("33 flops", derivation.BackwardCost.ToString());
    }

    [Theory]
    [InlineData(3, 2, 0, 0, "3 flops and 2 elementary functions")]
    [InlineData(0, 0, 0, 0, "0 flops")]
    [InlineData(1, 0, 6, 1, "1 flop plus 6 flops and 1 elementary function an iteration")]
    [InlineData(0, 0, 0, 2, "2 elementary functions an iteration")]
    public void Cost_SaysWhatIsAnIteration(long flops, long functions, long flopsAnIteration, long functionsAnIteration, string text) =>
        Assert.Equal(text, new Cost(flops, functions, flopsAnIteration, functionsAnIteration).ToString());

    /// <summary>200 iterations, each of a product and a sum; as many as the program says; one inside the other.</summary>
    [Fact]
    public void Cost_CountsTheIterationsThatAreKnown()
    {
        Cost Of(Func<Builder, Value, Value> count, Func<Builder, Value, Value>? inner = null)
        {
            var function = Differentiation.Program.Of([Types.Real, TensorType.Int32], (b, p) =>
            {
                Value Loop(Func<Builder, Value, Value> trips, Value initial, Func<Value, Value> next) => b.AddControlFlow(
                    ControlFlow.Loop,
                    [b.Literal(ScalarType.Int32, 0), trips(b, p[1].Value), initial],
                    [b.Region([TensorType.Int32, Types.Real], v => [next(v[1])])],
                    [Types.Real])[0];
                Value Step(Value s) => ((new Term(b, s) * p[0]) + 1).Value;
                return new Term(b, Loop(count, p[0].Value, s => inner is null ? Step(s) : Loop(inner, s, Step)));
            });
            var definitions = Definitions.Of(function);
            return Cost.Of(function.Body.Instructions, v => definitions.TryGetValue(v, out var definition) ? definition : null);
        }

        static Value Known(Builder b, Value n) => b.Literal(ScalarType.Int32, 200);
        static Value Unknown(Builder b, Value n) => n;
        Assert.Equal(new Cost(400, 0), Of(Known));
        Assert.Equal(new Cost(0, 0, 2), Of(Unknown));
        Assert.Equal(new Cost(80_000, 0), Of(Known, Known));
        Assert.Equal(new Cost(0, 0, 400), Of(Unknown, Known));
        Assert.Equal(new Cost(0, 0, 400), Of(Known, Unknown));
    }

    [Fact]
    public void GradientOfABias_StandsBesideTheAdjointThatItIs()
    {
        Assert.Equal(
            """
            δ2 = ȳ·softmax(z2) − ȳ·e[label]   10×1    ∂b2 = δ2       10×1
                                                      ∂w2 = δ2·a1ᵀ   10×128
            δ1 = [0 < z1] ⊙ (w2ᵀ·δ2)          128×1   ∂b1 = δ1       128×1
                                                      ∂w1 = δ1·xᵀ    128×784
            """,
            string.Join("\n", Derive(Functions.Digits()).Backward));
    }

    [Fact]
    public void Choice_IsWrittenAsCases()
    {
        var derivation = Derive(Functions.Choice());
        Assert.Equal("y = sin({ x ⊙ v + w if 0 < xᵀ·v; w ⊘ x otherwise })", derivation.Value);
        Assert.Contains("h  = { x ⊙ v + w if t1; w ⊘ x otherwise }   3×1", derivation.Forward);
    }

    [Fact]
    public void ValueThatIsAParameter_AndParameterWithoutInfluence_AreExplained()
    {
        var derivation = Derive(Functions.Identity());
        Assert.Equal("y = a", derivation.Value);
        Assert.Equal("∂a      = \u0101   3×1\n∂unused = 0   2×1", string.Join("\n", derivation.Backward));
        Assert.Contains("∂a[i] is the derivative of ⟨\u0101, a⟩ with respect to a[i].", derivation.Layout);
    }

    [Fact]
    public void LongFormula_IsCut()
    {
        var m = new MethodUnderTest();
        var x = m.Scalar("x");
        for (var i = 0; i < 5000; i++)
        {
            x = x.Apply(Elementary.Sin) * x;
        }

        Assert.InRange(Derive(m.Returns(x)).Value.Length, 20, 300);
    }

    private static DerivationText Derive(GradientModel model)
    {
        System.Collections.Immutable.ImmutableArray<bool> differentiated = [.. model.Parameters.Select(p => p.IsDifferentiated)];
        var function = GradientFunction.Run(model.Function!, differentiated);
        return Derivation.Of(function.Gradient, function.Expanded, differentiated);
    }
}
