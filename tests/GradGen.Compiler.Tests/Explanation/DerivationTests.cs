using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Explanation;
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
