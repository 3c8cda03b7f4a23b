using static GradGen.MatrixFunctions;

namespace GradGen.Tests;

/// <summary>Where differences are hard to take, and where there are too many of them.</summary>
public class GradientCheckDifferencesTests
{
    [Theory]
    [InlineData(1e-4)]
    [InlineData(-1e-4)]
    [InlineData(1.3e-3)]
    [InlineData(2.0 / 3 / 1024)]
    [InlineData(-3e-8)]
    [InlineData(0.0)]
    public void KinkNearby_IsSteppedInFrontOf(double distance)
    {
        static double Kinked(double x) => Relu(x) + (x * x);
        static double Slope(double x) => (x > 0 ? 1 : 0) + (2 * x);
        Assert.True(GradientCheck.Compare(Kinked, Slope, distance).IsRight);
        Assert.False(GradientCheck.Compare(Kinked, x => Slope(x) + 1e-3 + (x > 0 ? 0 : 1), distance).IsRight);
        Assert.False(GradientCheck.Compare(Kinked, x => Slope(x) - 1e-3 - (x > 0 ? 1 : 0), distance).IsRight);
    }

    [Fact]
    public void AtAKink_EverySlopeBetweenBothSides_IsRight()
    {
        var x = 0.0;
        foreach (var slope in new[] { -1.0, -0.5, 0, 1 })
            Assert.True(GradientCheck.Compare(p => Math.Abs(p), _ => slope, x).IsRight);
        var wrong = GradientCheck.Compare(p => Math.Abs(p), _ => -1.01, x);
        Assert.Equal("x: gradient -1.01, differences 0, not smooth there, the slope is -1 to the left and 1 to the right", Assert.Single(wrong.Wrong).ToString());
        Assert.Equal(0.01, wrong.Worst.Error, 1e-10);
    }

    [Fact]
    public void KinksNearMostEntries_InFloat_DoNotMatter()
    {
        // Of 12·7 entries of w many move one of 12 units over its kink with a step of 1/32.
        var w = 0.1f * Samples.Matrix<float, N12, N7>(3);
        var x = 0.1f * Samples.Vector<float, N7>(4);
        static Matrix<float, N12, N7> Gradient(Matrix<float, N12, N7> p, Vector<float, N7> x) =>
            Outer(Hadamard(Greater(p * x, new Vector<float, N12>()), 1f + (2f * Relu(p * x))), x);
        GradientCheck.Compare(p => Sum(Relu(p * x)) + Sum(Square(Relu(p * x))), p => Gradient(p, x), w).ThrowIfWrong();
        var wrong = GradientCheck.Compare(p => Sum(Relu(p * x)) + Sum(Square(Relu(p * x))), p => 1.02f * Gradient(p, x), w);
        Assert.True(wrong.Wrong.Count > 30, wrong.ToString());
    }

    [Theory]
    [InlineData(1e-8)]
    [InlineData(1e-4)]
    [InlineData(1e4)]
    public void PoleNearby_IsSteppedInFrontOf(double point)
    {
        Assert.True(GradientCheck.Compare(x => Math.Log(x) + (1 / x), x => (1 / x) - (1 / (x * x)), point).IsRight);
        Assert.False(GradientCheck.Compare(x => Math.Log(x) + (1 / x), x => 1.0001 * ((1 / x) - (1 / (x * x))), point).IsRight);
    }

    [Fact]
    public void SmallEntryBesideALargeOne_IsComparedByItself()
    {
        Vector<double, N2> x = [1e-8, 2];
        GradientCheck.Compare(p => Sum(Log(p)), p => Reciprocal(p), x).ThrowIfWrong();
        var wrong = GradientCheck.Compare(p => Sum(Log(p)), p => new([1 / p[0], 0.51]), x);
        Assert.Equal("x[1]", Assert.Single(wrong.Wrong).Name);
    }

    [Fact]
    public void StationaryPoint_IsRight_AsFarAsRoundingGoes()
    {
        var (x, y) = (0.3, 0.1);
        static double Bowl((double X, double Y) p) => Math.Pow(p.X - 0.3, 2) + Math.Pow(p.Y - 0.1, 2);
        Assert.True(GradientCheck.Compare(Bowl, p => (2 * (p.x - 0.3), 1e-17), (x, y)).IsRight);
        Assert.Equal("y", Assert.Single(GradientCheck.Compare(Bowl, _ => (0, 1e-6), (x, y)).Wrong).Name);
        Assert.True(GradientCheck.Compare(p => 5 + (0 * p), _ => 0, x).IsRight);
        Assert.False(GradientCheck.Compare(p => 5 + (0 * p), _ => 1e-9, x).IsRight);
    }

    [Fact]
    public void EdgeOfTheDomain_IsSaid()
    {
        var x = 0.0;
        var result = GradientCheck.Compare(p => Math.Pow(p, 1.5), p => 1.5 * Math.Sqrt(p), x);
        Assert.Equal("x: gradient 0, the function is not finite on both sides of the point", Assert.Single(result.Wrong).ToString());
    }

    [Fact]
    public void FunctionThatIsNotFinite_IsSaid()
    {
        var x = -1.0;
        Assert.Equal("x: the function's value is NaN at this point", GradientCheck.Compare(p => Math.Sqrt(p), p => 0.5 / Math.Sqrt(p), x).Worst.ToString());
        Matrix<double, N2, N3> w = [[1, 2, 3], [4, 5, 0]];
        var result = GradientCheck.Compare(p => Reciprocal(p), (p, u) => -Divide(u, Square(p)), w);
        Assert.Equal("w: the function's result[1, 2] is Infinity at this point", Assert.Single(result.Wrong).ToString());
    }

    [Fact]
    public void CancellationInTheFunction_IsNotBlamedOnTheGradient()
    {
        // The loss of a network that is sure of the label: ln(1 + 10⁻⁹) and the like, computed from numbers around 20.
        Vector<double, N3> logits = [20.1, -0.3, 1.7];
        GradientCheck.Compare(z => SoftmaxCrossEntropy(z, 0), z => Softmax(z) - new Vector<double, N3>([1, 0, 0]), logits).ThrowIfWrong();
        Vector<float, N3> single = [20.1f, -0.3f, 11.7f];
        GradientCheck.Compare(z => SoftmaxCrossEntropy(z, 0), z => Softmax(z) - new Vector<float, N3>([1, 0, 0]), single).ThrowIfWrong();
        Assert.False(GradientCheck.Compare(z => SoftmaxCrossEntropy(z, 0), z => Softmax(z), logits).IsRight);
        Assert.False(GradientCheck.Compare(z => SoftmaxCrossEntropy(z, 0), z => 1.01 * (Softmax(z) - new Vector<double, N3>([1, 0, 0])), logits).IsRight);
    }

    [Fact]
    public void Noise_IsThatOfTheFunction()
    {
        var random = new Random(7);
        Assert.InRange(Noise.Deviation(x => Math.Exp(3 * x), 1e-6, 1e-3), 0, 1e-15);
        Assert.InRange(Noise.Deviation(x => Math.Exp(3 * x) + (1e-8 * (random.NextDouble() - 0.5)), 1e-6, 1e-3), 1e-9, 1e-8);
        Assert.InRange(Noise.Deviation(x => Math.Exp(3 * x) + 1e6 - 1e6, 1e-12, 1e-3), 1e-11, 1e-10);
        Assert.InRange(Noise.Deviation(x => (float)(5 + x), 1e-9, 1e-3), 5e-8, 5e-7);
        Assert.Equal(0, Noise.Deviation(_ => 1.5, 1e-6, 1e-3));
        Assert.Equal(0, Noise.Deviation(x => Math.Log(x), 1e-6, 1e-3));
    }

    [Fact]
    public void HiddenEntries_AreCounted()
    {
        // In float, 1000 + 10⁻⁶·x hides the slope of x.
        var x = 0.5f;
        var result = GradientCheck.Compare(p => 1000 + (1e-6f * p), _ => 1e-6f, x);
        Assert.Equal((true, 1), (result.IsRight, result.UnseenCount));
        Assert.Contains("1 of them too small to be seen beside the function's rounding", result.ToString(), StringComparison.Ordinal);
        Assert.False(GradientCheck.Compare(p => 1000 + (1e-6f * p), _ => 0.1f, x).IsRight);
    }

    [Fact]
    public void StepAndTolerance_AreThoseOfTheOptions()
    {
        var seen = new List<double>();
        double Cubic(double x)
        {
            seen.Add(x);
            return x * x * x;
        }

        Assert.True(GradientCheck.Compare(Cubic, _ => 3.05, 1.0, new() { Step = 0.25, Tolerance = 0.02 }).IsRight);
        Assert.Equal([0.5, 0.75, 1, 1.25, 1.5], seen.Select(x => Math.Round(x, 6)).Distinct().Order());
        Assert.False(GradientCheck.Compare(Cubic, _ => 3.05, 1.0, new() { Step = 0.25, Tolerance = 0.01 }).IsRight);
    }

    [Fact]
    public void LargePoint_IsCheckedInPart_AndAlongDirections()
    {
        var (w, b) = (Samples.Matrix<double, N50, N40>(1), Samples.Vector<double, N3>(2));
        var evaluations = 0;
        GradientCheckResult Check(Func<Matrix<double, N50, N40>, Matrix<double, N50, N40>> gradient, int maximum) => GradientCheck.Compare(
            p =>
            {
                evaluations++;
                return (NormSquared(p.w) / 2) + Sum(p.b);
            },
            p => (gradient(p.w), Vector<double, N3>.Ones()),
            (w, b),
            new() { MaximumEvaluations = maximum });

        var right = Check(g => g, 400);
        right.ThrowIfWrong();
        Assert.Equal((2003, 97, 2), (right.EntryCount, right.ComparedCount, right.DirectionCount));
        Assert.InRange(evaluations, 380, 440);

        // One entry of 2,000, which no choice of 94 is likely to meet: the directions do.
        static Matrix<double, N50, N40> Off(Matrix<double, N50, N40> g)
        {
            g[37, 31] += 0.01;
            return g;
        }

        var off = Check(Off, 400);
        Assert.Equal(["point along a random direction", "w along a random direction"], off.Wrong.Select(e => e.Name).Order(StringComparer.Ordinal));
        Assert.Equal("w[37, 31]", Assert.Single(Check(Off, 100_000).Wrong).Name);
        Assert.Equal("w[49, 0]", Check(g => NaN(g), 400).Worst.Name);

        static Matrix<double, N50, N40> NaN(Matrix<double, N50, N40> g)
        {
            g[49, 0] = double.NaN;
            return g;
        }
    }

    [Fact]
    public void LargePointInFloat_IsRightAlongDirections()
    {
        var w = Samples.Matrix<float, N50, N40>(1);
        var x = Samples.Vector<float, N40>(2);
        var result = GradientCheck.Compare(p => Sum(Tanh(p * x)), p => Outer(1f - Square(Tanh(p * x)), x), w, new() { MaximumEvaluations = 200 });
        result.ThrowIfWrong();
        Assert.Equal(2, result.DirectionCount);
        Assert.False(GradientCheck.Compare(p => Sum(Tanh(p * x)), _ => new(), w, new() { MaximumEvaluations = 200 }).IsRight);
    }

    [Fact]
    public void ManySmallLeaves_AreCheckedInPart()
    {
        var points = Enumerable.Range(0, 500).Select(i => new System.Numerics.Vector3(i, 1, -i)).ToArray();
        static double Energy(System.Numerics.Vector3[] p) => p.Sum(v => (double)v.Y * v.Y);
        var options = new GradientCheckOptions { MaximumEvaluations = 100 };
        var result = GradientCheck.Compare(Energy, p => [.. p.Select(v => new System.Numerics.Vector3(0, 2 * v.Y, 0))], points, options);
        result.ThrowIfWrong();
        Assert.InRange(result.ComparedCount, 10, 25);
        Assert.Equal(1500, result.EntryCount);
        Assert.NotEmpty(GradientCheck.Compare(Energy, p => [.. p.Select(v => new System.Numerics.Vector3(0, 3 * v.Y, 0))], points, options).Wrong);
    }

    [Fact]
    public void Choice_TakesAllOfSmallLeaves_AndNoMoreThanItMay()
    {
        var chosen = EntryChoice.Choose([1000, 3, 0, 50], 40, new Random(1));
        Assert.Equal([19, 3, 0, 18], chosen.Select(c => c.Length));
        Assert.Equal([0, 1, 2], chosen[1]);
        Assert.All(chosen, c => Assert.Equal(c.Distinct().Order(), c));
        Assert.Equal(chosen, EntryChoice.Choose([1000, 3, 0, 50], 40, new Random(1)));
        Assert.Equal(5, EntryChoice.Choose([.. Enumerable.Repeat(1, 100)], 5, new Random(2)).Sum(c => c.Length));
    }
}
