namespace GradGen.EditorTests;

/// <summary>What somebody sees who types in an editor.</summary>
public class EditorTests
{
    private const string Network = """
        public static partial class Network
        {
            [Differentiable]
            public static Vector<double, N1> Forward(
                Matrix<double, N2, N2> w1, Matrix<double, N2, N2> w2, Matrix<double, N1, N2> w3, [NoDerivative] Vector<double, N2> x)
                => Sigmoid(w3 * Sigmoid(w2 * Sigmoid(w1 * x)));
        }

        """;

    private const string Layer = """
        public static partial class Layer
        {
            [Differentiable]
            public static double Loss(Matrix<double, N3, N2> w, [NoDerivative] Vector<double, N2> x) => Sum(Sigmoid(w * x));

            [GradientOf(nameof(Loss), "w")]
            public static Matrix<double, N3, N2> ByHand(Matrix<double, N3, N2> w, Vector<double, N2> x)
            {
                var a = Sigmoid(w * x);
                return [|a * (1 - a)|] * x.T;
            }
        }
        """;

    private static string Product(string product) => $$"""
        public static class Formula
        {
            public static Matrix<double, N1, N2> Step(Matrix<double, N1, N1> y, Vector<double, N2> delta, Matrix<double, N2, N2> w2)
            {
                var step = [|{{product}}|];
                return step;
            }
        }
        """;

    [Fact]
    public async Task RightProgram_HasNoSquiggle()
    {
        using var editor = new Editor(Network);
        Assert.Empty(await editor.Squiggles());
    }

    [Fact]
    public async Task WrongProduct_IsUnderlined_WithItsShapes()
    {
        using var editor = new Editor(Network + Product("y * w2").Replace("return step", "return delta.T"));
        var (id, span, message) = Assert.Single(await editor.Squiggles());
        Assert.Equal("GRAD1001", id);
        Assert.Equal(editor.Selection, span);
        Assert.Equal("Cannot multiply 1×1 by 2×2: the left side has 1 column, the right side 2 rows.", message);
        Assert.Empty(await editor.LightBulb());
    }

    [Fact]
    public async Task LightBulb_OffersWhatFits_AndWritesIt()
    {
        using var editor = new Editor(Product("delta * w2"));
        var offered = Assert.Single(await editor.LightBulb()); // The others would not be what is returned.
        Assert.Equal("Transpose the left side: 'delta.T * w2'", offered.Title);
        await editor.Apply(offered);
        Assert.Equal(Product("delta.T * w2").Replace("[|", "").Replace("|]", ""), editor.Text);
        Assert.Empty(await editor.Squiggles());
    }

    [Fact]
    public async Task LightBulb_OffersAllThatFit_WhereNothingSaysWhichIsMeant()
    {
        using var editor = new Editor(Product("delta * w2").Replace("return step", "return y * delta.T"));
        Assert.Equal(
            ["Transpose the left side: 'delta.T * w2'", "Swap the sides: 'w2 * delta'", "Swap the sides and transpose the new left one: 'w2.T * delta'"],
            (await editor.LightBulb()).Select(action => action.Title));
    }

    [Fact]
    public async Task GradientByHand_IsGraded_AndMadeRight()
    {
        using var editor = new Editor(Layer);
        var (id, _, message) = Assert.Single(await editor.Squiggles());
        Assert.Equal("GRAD3002", id);
        Assert.Contains("the product is ⊙", message);
        var offered = await editor.LightBulb();
        Assert.Equal(2, offered.Count); // Mend it, or call what is generated.
        await editor.Apply(offered[0]);
        Assert.Contains("return Hadamard(a, 1 - a) * x.T;", editor.Text);
        Assert.Equal("GRAD3012", Assert.Single(await editor.Squiggles()).Id);
    }

    [Fact]
    public async Task MissingPartial_IsWritten_AndTheGradientIsThere()
    {
        using var editor = new Editor(Network.Replace("partial ", "").Replace("Forward(", "[|Forward|](") + "public static class P { public static object M() => 1; }");
        var (id, span, _) = Assert.Single(await editor.Squiggles());
        Assert.Equal(("GRAD0001", editor.Selection), (id, span));
        await editor.Apply(Assert.Single(await editor.LightBulb()));
        Assert.Equal(Network + "public static class P { public static object M() => 1; }", editor.Text);
        Assert.Empty(await editor.Squiggles());
        Assert.Single((await editor.Document.Project.GetCompilationAsync())!.GetTypeByMetadataName("Network")!.GetMembers("ForwardGradient"));
    }

    [Fact]
    public async Task Hover_OverBackward_ShowsTheDerivation()
    {
        using var editor = new Editor(Network + "public static class P { public static void M() { Network.Back$$ward(null!, null!, null!, null!); } }");
        var hover = await editor.Hover();
        Assert.StartsWith("Network.ForwardGradient Network.Backward(", hover);
        foreach (var line in new[] { "z1 = w1·x    2×1", "y  = σ(z3)   1×1", "δ2 = (w3ᵀ·δ3) ⊙ a2 ⊙ (1 − a2)   2×1   ∂w2 = δ2·a1ᵀ   2×2", "∂w1 = δ1·xᵀ" })
        {
            Assert.Contains(line, hover.Replace('\u00A0', ' '));
        }
    }

    [Fact]
    public async Task Hover_OverTheGradientsMember_SaysWhatItIs()
    {
        using var editor = new Editor(Network + "public static class P { public static void M() { _ = Network.Backward(null!, null!, null!, null!).W$$2; } }");
        Assert.StartsWith("Matrix<double, N2, N2> Network.ForwardGradient.W2 { get; init; }", await editor.Hover());
    }

    [Fact]
    public async Task Completion_OffersTheBackwardMethod()
    {
        using var editor = new Editor(Network + "public static class P { public static void M() { Network.$$ } }");
        var offered = await editor.Completion();
        Assert.Contains("Backward", offered);
        Assert.Contains("ForwardGradient", offered);
    }

    [Fact]
    public async Task Completion_OffersTheGradientsMembers()
    {
        using var editor = new Editor(Network + "public static class P { public static void M() { Network.Backward(null!, null!, null!, null!).$$ } }");
        var offered = await editor.Completion();
        Assert.Equal(["Value", "W1", "W2", "W3"], offered.Except(["Deconstruct", "Equals", "GetHashCode", "GetType", "ToString", "==", "!="]));
    }

    [Fact]
    public async Task MethodThatIsBeingTyped_KeepsItsGradient()
    {
        // The member list of what is generated stays while the method is broken.
        using var editor = new Editor(Network.Replace("Sigmoid(w1 * x)", "Sigmoid(w1 * ") + "public static class P { public static void M() { Network.Backward(null!, null!, null!, null!).$$ } }");
        Assert.Contains("W3", await editor.Completion());
    }

    private const string Caller = """
        public static partial class Model
        {
            [Differentiable]
            public static double Loss(double x) => x + [|Curve.Bend(2 * x)|];
        }
        """;

    [Fact]
    public async Task MethodOfAnotherProject_IsMarkedDifferentiable_AndIsCalled()
    {
        using var editor = new Editor(Caller, """
            public static partial class Curve
            {
                [Differentiable] public static double Other(double x) => x;
            }
            public static class Curve2 { }
            public static partial class Curve
            {
                /// <summary>A parabola.</summary>
                public static double Bend(double x) => x * x;
            }
            """);
        Assert.Equal("GRAD2002", Assert.Single(await editor.Squiggles()).Id);
        var titles = (await editor.LightBulb()).ToDictionary(a => a.Title);
        Assert.Contains("Stop the gradient there", titles.Keys);
        await editor.Apply(titles["Mark 'Curve.Bend' [Differentiable]"]);
        Assert.Contains("""
                /// <summary>A parabola.</summary>
                [Differentiable]
                public static double Bend(double x) => x * x;
            """, editor.LibraryText, StringComparison.Ordinal);
        Assert.Empty(await editor.Squiggles());
    }

    [Fact]
    public async Task MethodOfAnotherProject_IsMarked_AndItsTypesBecomePartial()
    {
        using var editor = new Editor(Caller.Replace("Curve.", "Space.Curve."), "public class Space { public static class Curve { public static double Bend(double x) => x * x; } }");
        await editor.Apply((await editor.LightBulb()).Single(a => a.Title.StartsWith("Mark", StringComparison.Ordinal)));
        Assert.Equal("public partial class Space { public static partial class Curve { [Differentiable] public static double Bend(double x) => x * x; } }", editor.LibraryText);
        Assert.Empty(await editor.Squiggles());
    }

    [Theory]
    [InlineData("public static double Bend(double x) { try { return x; } finally { } }", true)]
    [InlineData("public static double Bend(double x) => 1;", true)] // GRAD2005
    [InlineData("public static double Bend(double x, int n = 1) => x;", true)] // GRAD0003
    [InlineData("public static double Bend(double x) => x; public static void BendBackward(double x, double upstream = 1) { }", true)] // GRAD0006
    [InlineData("public static double Bend(double x) => x * x;", false)]
    public async Task MethodOfAnotherProject_IsNotMarked_WhereThatDoesNotHelp(string method, bool isGenerated)
    {
        using var editor = new Editor(Caller, $"public static class Curve {{ {method} }}", isGenerated);
        Assert.Equal("GRAD2002", Assert.Single(await editor.Squiggles()).Id);
        Assert.DoesNotContain(await editor.LightBulb(), a => a.Title.StartsWith("Mark", StringComparison.Ordinal));
    }
}
