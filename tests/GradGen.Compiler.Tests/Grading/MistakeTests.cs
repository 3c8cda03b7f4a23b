using static GradGen.Compiler.Tests.Grading.Graded;
using static GradGen.Compiler.Tests.Grading.GradingTests;

namespace GradGen.Compiler.Tests.Grading;

/// <summary>GRAD3001–GRAD3004: transposes, the two products, the order. A network whose backward pass is written step by step.</summary>
public class ProductMistakeTests
{
    private static string Backward(
        string d3 = "Hadamard(y, 1 - y)", string d2 = "Hadamard(w3.T * d3, Hadamard(a2, 1 - a2))", string d1 = "Hadamard(w2.T * d2, Hadamard(a1, 1 - a1))",
        string g1 = "d1 * x.T", string g2 = "d2 * a1.T", string g3 = "d3 * a2.T") => Network + $$"""
        [GradientOf(nameof(Forward))]
        public static (Matrix<double, N2, N2> W1, Matrix<double, N2, N2> W2, Matrix<double, N1, N2> W3) Gradient({{Parameters}})
        {
            var a1 = Sigmoid(w1 * x);
            var a2 = Sigmoid(w2 * a1);
            var y = Sigmoid(w3 * a2);
            var d3 = {{d3}};
            var d2 = {{d2}};
            var d1 = {{d1}};
            return ({{g1}}, {{g2}}, {{g3}});
        }
        """;

    [Fact]
    public Task RightOne_IsSilent() => Right(Backward(), "structurally");

    [Fact]
    public Task GRAD3001_TransposeOfAWeight() => Mistakes(Backward(d1: "Hadamard(w2 * d2, Hadamard(a1, 1 - a1))"), "GRAD3001: w2 * d2");

    [Fact]
    public Task GRAD3001_TransposeOfTheInput() => Mistakes(Backward(g1: "d1 * x"), "GRAD3001: d1 * x");

    [Fact]
    public Task GRAD3001_TwoOfThem() => Mistakes(Backward(g1: "d1 * x", g2: "d2 * a1"), "GRAD3001: d1 * x", "GRAD3001: d2 * a1");

    /// <summary>Neither of two mistakes on the way makes the gradient right alone.</summary>
    [Fact]
    public Task SeveralMistakes_OnTheWayToOneGradient() => Mistakes(
        Network + $$"""
        [GradientOf(nameof(Forward), "w1")] public static Matrix<double, N2, N2> Gradient({{Parameters}})
        {
            var a1 = Sigmoid(w1 * x);
            var a2 = Sigmoid(w2 * a1);
            var y = Sigmoid(w3 * a2);
            var d3 = Hadamard(y, 1 - y);
            var d2 = Hadamard(d3 * w3, Hadamard(a2, 1 - a2));
            var d1 = Hadamard(w2 * d2, Hadamard(a1, 1 - a1));
            return d1 * x;
        }
        """, "GRAD3004: d3 * w3", "GRAD3001: w2 * d2", "GRAD3001: d1 * x");

    [Fact]
    public Task LargeShapes_AreGradedAtFewerPoints() => Mistakes(
        """
        [Dimension(784)] public readonly partial struct Pixels : IDimension;
        [Differentiable] static double F(Matrix<float, N128, Pixels> w1, Vector<float, N128> b1, Matrix<float, N10, N128> w2, [NoDerivative] Vector<float, Pixels> x, [NoDerivative] Vector<float, N10> t) =>
            NormSquared(w2 * Tanh(w1 * x + b1) - t);
        [GradientOf(nameof(F), "w1", "b1", "w2")] static (Matrix<float, N128, Pixels>, Vector<float, N128>, Matrix<float, N10, N128>) G(Matrix<float, N128, Pixels> w1, Vector<float, N128> b1, Matrix<float, N10, N128> w2, Vector<float, Pixels> x, Vector<float, N10> t)
        {
            var a = Tanh(w1 * x + b1);
            var r = 2 * (w2 * a - t);
            var d = Hadamard(w2.T * r, 1 - a);
            return (d * x.T, d, r * a.T);
        }
        """, "GRAD3005: a");

    [Fact]
    public async Task GRAD3001_SaysTheFormula() => Assert.Equal(
        ["A transpose is missing: 'w2 * d2' should be 'w2.T * d2' (2×1), for δ1 = (w2ᵀ·δ2) ⊙ a1 ⊙ (1 − a1)"],
        await Messages(Backward(d1: "Hadamard(w2 * d2, Hadamard(a1, 1 - a1))")));

    [Fact]
    public Task GRAD3002_AProductWithThePrime() => Mistakes(Backward(d1: "w2.T * d2 * Hadamard(a1, 1 - a1)"), "GRAD3002: w2.T * d2 * Hadamard(a1, 1 - a1)");

    [Fact]
    public Task GRAD3002_AProductInsideThePrime() => Mistakes(Backward(d2: "Hadamard(w3.T * d3, a2 * (1 - a2))"), "GRAD3002: a2 * (1 - a2)");

    [Fact]
    public Task GRAD3002_AProductThatFits() => Mistakes(
        """
        [Differentiable] static double F(Matrix<double, N2, N2> w, [NoDerivative] Matrix<double, N2, N2> x) => Sum(Tanh(w * x));
        [GradientOf(nameof(F), "w")] static Matrix<double, N2, N2> G(Matrix<double, N2, N2> w, Matrix<double, N2, N2> x)
        {
            var a = Tanh(w * x);
            return (1 - a * a) * x.T;
        }
        """, "GRAD3002: a * a");

    [Fact]
    public Task GRAD3003_AHadamardWithTheWeight() => Mistakes(
        """
        [Differentiable] static double F(Matrix<double, N2, N2> w, Matrix<double, N2, N2> x) => Sum(Tanh(w * x));
        [GradientOf(nameof(F), "w")] static Matrix<double, N2, N2> G(Matrix<double, N2, N2> w, Matrix<double, N2, N2> x)
        {
            var a = Tanh(w * x);
            return Hadamard(1 - Hadamard(a, a), x.T);
        }
        """, "GRAD3003: Hadamard(1 - Hadamard(a, a), x.T)");

    [Fact]
    public Task GRAD3003_AHadamardWithoutTheTranspose() => Mistakes(
        """
        [Differentiable] static double F(Matrix<double, N2, N2> w, Matrix<double, N2, N2> x) => Sum(Tanh(w * x));
        [GradientOf(nameof(F), "x")] static Matrix<double, N2, N2> G(Matrix<double, N2, N2> w, Matrix<double, N2, N2> x)
        {
            var a = Tanh(w * x);
            return Hadamard(w, 1 - Hadamard(a, a));
        }
        """, "GRAD3003: Hadamard(w, 1 - Hadamard(a, a))");

    [Fact]
    public Task GRAD3003_AHadamardOfVectors() => Mistakes(Backward(g1: "Hadamard(d1, x)"), "GRAD3003: Hadamard(d1, x)");

    [Fact]
    public Task GRAD3004_DeltaBeforeTheWeight() => Mistakes(Backward(d2: "Hadamard(d3 * w3, Hadamard(a2, 1 - a2))"), "GRAD3004: d3 * w3");

    [Fact]
    public Task GRAD3004_BothOnTheOtherSide() => Mistakes(
        """
        [Differentiable] static double F(Matrix<double, N2, N3> w, Matrix<double, N3, N2> x) => Sum(Exp(w * x));
        [GradientOf(nameof(F), "w")] static Matrix<double, N2, N3> G(Matrix<double, N2, N3> w, Matrix<double, N3, N2> x) => x.T * Exp(w * x);
        """, "GRAD3004: x.T * Exp(w * x)");

    [Fact]
    public Task GRAD3004_SquareMatrices() => Mistakes(
        """
        [Differentiable] static double F(Matrix<double, N2, N2> w, Matrix<double, N2, N2> x) => Sum(Exp(w * x));
        [GradientOf(nameof(F), "x")] static Matrix<double, N2, N2> G(Matrix<double, N2, N2> w, Matrix<double, N2, N2> x) => Exp(w * x) * w.T;
        """, "GRAD3004: Exp(w * x) * w.T");
}

/// <summary>GRAD3005–GRAD3011: factors, arguments, constants, forms, sums, terms, layout.</summary>
public class FactorMistakeTests
{
    private const string Layer = "[Differentiable] static double F(Matrix<double, N3, N2> w, Vector<double, N3> b, [NoDerivative] Vector<double, N2> x, [NoDerivative] Vector<double, N3> t) => NormSquared(Sigmoid(w * x + b) - t);\n";
    private const string LayerParameters = "Matrix<double, N3, N2> w, Vector<double, N3> b, Vector<double, N2> x, Vector<double, N3> t";

    private static string Of(string gradient) => Layer + $$"""
        [GradientOf(nameof(F), "w")] static Matrix<double, N3, N2> G({{LayerParameters}})
        {
            var z = w * x + b;
            var a = Sigmoid(z);
            var r = a - t;
            return {{gradient}};
        }
        """;

    [Theory]
    [InlineData("Hadamard(2 * r, Hadamard(a, 1 - a)) * x.T")]
    [InlineData("2 * Outer(Hadamard(r, a - Hadamard(a, a)), x)")]
    [InlineData("-2 * Hadamard(t - a, Hadamard(1 - a, a)) * x.T")]
    public Task RightOnes_AreSilent(string gradient) => Right(Of(gradient), "structurally");

    /// <summary>ψ′ from what goes in and from what comes out, transposes that change nothing, and a number on either side.</summary>
    [Theory]
    [InlineData("Hadamard(2 * r, Hadamard(Sigmoid(z), 1 - Sigmoid(z))) * x.T")]
    [InlineData("(x * Hadamard(r, Hadamard(a, 1 - a)).T * 2).T")]
    [InlineData("(Hadamard(r, a) - Hadamard(r, Hadamard(a, a))) * (2 * x.T)")]
    [InlineData("Hadamard(Hadamard(r, 2 * (1 - a)) * x.T, a * Matrix<double, N1, N2>.Ones())")]
    public Task NearMisses_AreRight(string gradient) => Right(Of(gradient));

    [Theory]
    [InlineData("2 * r * x.T", "2 * r")]
    [InlineData("Hadamard(2 * r, a) * x.T", "Hadamard(2 * r, a)")]
    public Task GRAD3005_AFactorOfTheChain(string gradient, string place) => Mistakes(Of(gradient), "GRAD3005: " + place);

    [Fact]
    public Task GRAD3005_TheUpstream() => Mistakes(
        """
        [Differentiable] static Vector<double, N3> F(Matrix<double, N3, N2> w, Vector<double, N2> x) => Exp(w * x);
        [GradientOf(nameof(F), "w")] static Matrix<double, N3, N2> G(Matrix<double, N3, N2> w, Vector<double, N2> x, Vector<double, N3> upstream)
        {
            var ones = 0 * upstream + 1;
            return Exp(w * x) * x.T + 0 * upstream * x.T;
        }
        """, "GRAD3005: Exp(w * x)");

    [Theory]
    [InlineData("Hadamard(2 * r, Hadamard(z, 1 - z)) * x.T", "Hadamard(z, 1 - z)")]
    [InlineData("2 * Hadamard(r, Hadamard(Sigmoid(a), 1 - Sigmoid(a))) * x.T", "Hadamard(Sigmoid(a), 1 - Sigmoid(a))")]
    public Task GRAD3006_TheArgumentOfThePrime(string gradient, string place) => Mistakes(Of(gradient), "GRAD3006: " + place);

    [Fact]
    public Task GRAD3006_AHelperThatWantsTheOther() => Mistakes(
        Network + $$"""
        [GradientOf(nameof(Forward), "w3")] public static Matrix<double, N1, N2> Gradient({{Parameters}})
        {
            var a2 = Sigmoid(w2 * Sigmoid(w1 * x));
            var y = Sigmoid(w3 * a2);
            return Prime(y) * a2.T;
        }
        """, "GRAD3006: Prime(y)");

    [Theory]
    [InlineData("Hadamard(r, Hadamard(a, 1 - a)) * x.T", "Hadamard(r, Hadamard(a, 1 - a)) * x.T")]
    [InlineData("Hadamard(0.5 * r, Hadamard(a, 1 - a)) * x.T", "0.5")]
    [InlineData("2 * Hadamard(t - a, Hadamard(a, 1 - a)) * x.T", "2")]
    [InlineData("6 * Hadamard(r, Hadamard(a, 1 - a)) * x.T", "6 * Hadamard(r, Hadamard(a, 1 - a)) * x.T")]
    public Task GRAD3007_ConstantsAndSigns(string gradient, string place) => Mistakes(Of(gradient), "GRAD3007: " + place);

    [Fact]
    public Task GRAD3007_TheNumberOfEntriesOfAMean() => Mistakes(
        """
        [Differentiable] static double F(Vector<double, N5> x) => Mean(Exp(x));
        [GradientOf(nameof(F), "x")] static Vector<double, N5> G(Vector<double, N5> x) => Exp(x);
        """, "GRAD3007: Exp(x)");

    [Theory]
    [InlineData("2 * a * x")]
    [InlineData("2 * (a * x)")]
    [InlineData("a * x")]
    public async Task GRAD3008_AQuadraticForm(string gradient)
    {
        var members = $$"""
            [Differentiable] static double F([NoDerivative] Matrix<double, N3, N3> a, Vector<double, N3> x) => QuadraticForm(x, a);
            [GradientOf(nameof(F), "x")] static Vector<double, N3> G(Matrix<double, N3, N3> a, Vector<double, N3> x) => {{gradient}};
            """;
        await Mistakes(members, "GRAD3008: " + gradient);
    }

    [Theory]
    [InlineData("(a + a.T) * x")]
    [InlineData("a * x + a.T * x")]
    public Task GRAD3008_RightOnes(string gradient) => Right($$"""
        [Differentiable] static double F([NoDerivative] Matrix<double, N3, N3> a, Vector<double, N3> x) => QuadraticForm(x, a);
        [GradientOf(nameof(F), "x")] static Vector<double, N3> G(Matrix<double, N3, N3> a, Vector<double, N3> x) => {{gradient}};
        """, "structurally");

    private const string Batch = "[Differentiable] static double F(Matrix<double, N2, N3> w, Vector<double, N2> b, [NoDerivative] Matrix<double, N3, N5> x) => Sum(Exp(AddBias(w * x, b)));\n";

    [Theory]
    [InlineData("d", "d")]
    [InlineData("Column(d, 0)", "Column(d, 0)")]
    [InlineData("d * Column(x.T, 0)", null)]
    public async Task GRAD3009_TheSumOverABatch(string gradient, string? place)
    {
        var members = Batch + $$"""
            [GradientOf(nameof(F), "b")] static Vector<double, N2> G(Matrix<double, N2, N3> w, Vector<double, N2> b, Matrix<double, N3, N5> x)
            {
                var d = Exp(AddBias(w * x, b));
                return {{gradient}};
            }
            """;
        if (place is not null)
        {
            await Mistakes(members, "GRAD3009: " + place);
        }
        else
        {
            Assert.Equal("GRAD3005", Assert.Single(await Reported(InClass(members))).Id);
        }
    }

    [Fact]
    public Task GRAD3009_TheSumOverRows() => Mistakes(
        """
        [Differentiable] static double F(Vector<double, N2> a, [NoDerivative] Vector<double, N2> b, [NoDerivative] Matrix<double, N2, N3> w) => Sum(AddBias(w, Hadamard(a, b)));
        [GradientOf(nameof(F), "a")] static Vector<double, N2> G(Vector<double, N2> a, Vector<double, N2> b, Matrix<double, N2, N3> w) => Hadamard(Column(Matrix<double, N2, N3>.Ones(), 0), b);
        """, "GRAD3009: Column(Matrix<double, N2, N3>.Ones(), 0)");

    /// <summary>Sums that are the same.</summary>
    [Theory]
    [InlineData("RowSum(d)")]
    [InlineData("d * Vector<double, N5>.Ones()")]
    [InlineData("ColumnSum(d.T).T")]
    public Task GRAD3009_RightOnes(string gradient) => Right(Batch + $$"""
        [GradientOf(nameof(F), "b")] static Vector<double, N2> G(Matrix<double, N2, N3> w, Vector<double, N2> b, Matrix<double, N3, N5> x)
        {
            var d = Exp(AddBias(w * x, b));
            return {{gradient}};
        }
        """);

    [Theory]
    [InlineData("(Exp(w * Exp(w * x)) * Exp(w * x).T)")]
    [InlineData("Hadamard(w.T * Exp(w * Exp(w * x)), Exp(w * x)) * x.T")]
    public Task GRAD3010_OneTermOfTwo(string gradient) => Mistakes(Shared(gradient), "GRAD3010: " + (gradient.StartsWith('(') ? gradient[1..^1] : gradient));

    [Fact]
    public Task GRAD3010_BothTerms() => Right(Shared("Exp(w * Exp(w * x)) * Exp(w * x).T + Hadamard(w.T * Exp(w * Exp(w * x)), Exp(w * x)) * x.T"), "structurally");

    [Fact]
    public async Task GRAD3010_SaysHowMany() => Assert.StartsWith(
        "'w' is used 2 times, and its gradient is the sum of as many terms; this has 1 of them; it should be ∂w = ",
        Assert.Single(await Messages(Shared("Exp(w * Exp(w * x)) * Exp(w * x).T"))), StringComparison.OrdinalIgnoreCase);

    /// <summary>Three uses, of which two are there.</summary>
    [Fact]
    public Task GRAD3010_TwoTermsOfThree() => Mistakes(
        """
        [Differentiable] static double F(Vector<double, N3> x) => Dot(x, Hadamard(x, x));
        [GradientOf(nameof(F), "x")] static Vector<double, N3> G(Vector<double, N3> x) => Hadamard(x, x) + Hadamard(x, x);
        """, "GRAD3010: Hadamard(x, x) + Hadamard(x, x)");

    [Fact]
    public Task GRAD3010_AllThree() => Right(
        """
        [Differentiable] static double F(Vector<double, N3> x) => Dot(x, Hadamard(x, x));
        [GradientOf(nameof(F), "x")] static Vector<double, N3> G(Vector<double, N3> x) => 3 * Hadamard(x, x);
        """);

    private static string Shared(string gradient) => $$"""
        [Differentiable] static double F(Matrix<double, N2, N2> w, [NoDerivative] Vector<double, N2> x) => Sum(Exp(w * Exp(w * x)));
        [GradientOf(nameof(F), "w")] static Matrix<double, N2, N2> G(Matrix<double, N2, N2> w, Vector<double, N2> x) => {{gradient}};
        """;

    [Fact]
    public Task GRAD3011_TheGradientTransposed() => Mistakes(
        """
        [Differentiable] static double F(Matrix<double, N2, N2> w, [NoDerivative] Vector<double, N2> x) => Sum(Exp(w * x));
        [GradientOf(nameof(F), "w")] static Matrix<double, N2, N2> G(Matrix<double, N2, N2> w, Vector<double, N2> x) => x * Exp(w * x).T;
        """, "GRAD3011: x * Exp(w * x).T");

    [Theory]
    [InlineData("Matrix<double, N3, N2>", "x * Exp(w * x).T")]
    [InlineData("Vector<double, N6>", "new()")]
    public async Task GRAD3011_AnotherShape(string type, string gradient)
    {
        var members = $$"""
            [Differentiable] static double F(Matrix<double, N2, N3> w, [NoDerivative] Vector<double, N3> x) => Sum(Exp(w * x));
            [GradientOf(nameof(F), "w")] static {{type}} G(Matrix<double, N2, N3> w, Vector<double, N3> x) => {{gradient}};
            """;
        var found = Assert.Single(await Reported(InClass(members)));
        await Called(members);
        Assert.Equal("GRAD3011", found.Id);
    }
}
