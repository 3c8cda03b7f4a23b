using static GradGen.MatrixFunctions;

namespace GradGen.Tests;

public class StabilityTests
{
    private const double Infinity = double.PositiveInfinity;

    [Fact]
    public void Sigmoid_SaturatesWithoutNaN()
    {
        Assert.Equal(1.0, Sigmoid(1000.0));
        Assert.Equal(0.0, Sigmoid(-1000.0));
        Assert.Equal(0.5, Sigmoid(0.0));
        Assert.Equal(Math.Exp(-40), Sigmoid(-40.0), 1e-32);
        Assert.Equal(1f, Sigmoid(1000f));
        Assert.Equal(0f, Sigmoid(-1000f));
        Assert.Equal([1, 0], Sigmoid(new Vector<float, N2>([1000, -1000])));
        Assert.True(double.IsNaN(Sigmoid(double.NaN)));
    }

    [Fact]
    public void Softplus_IsExactAtBothEnds()
    {
        Assert.Equal(1000.0, Softplus(1000.0));
        Assert.Equal(0.0, Softplus(-1000.0));
        Assert.Equal(Math.Exp(-40), Softplus(-40.0), 1e-32);
        Assert.Equal(1000f, Softplus(1000f));
        Assert.Equal(Infinity, Softplus(Infinity));
    }

    [Fact]
    public void Erfc_KeepsItsDigits_WhereErfIsOne()
    {
        Assert.Equal(1.0, Erf(20.0));
        Close(5.39586561160790092893499916790534560408827267092e-176, Erfc(20.0));
        Assert.Equal(2.0, Erfc(-20.0));
        Assert.Equal(0f, Erfc(20f));
        Assert.Equal(-1f, Erf(-20f));
        Assert.True(double.IsNaN(Erfc(double.NaN)));
    }

    [Fact]
    public void Gelu_IsExactAtBothEnds()
    {
        Assert.Equal(1000.0, Gelu(1000.0));
        Assert.Equal(0.0, Gelu(-1000.0));
        Close(-4.97676845941742729881279613807055073799097382309e-15, Gelu(-8.0));
        Assert.Equal(1f, GeluDerivative(1000f));
        Assert.Equal(0.0, GeluDerivative(-1000.0));
        Assert.Equal(Infinity, Gelu(Infinity));
    }

    [Fact]
    public void Expm1_AndLog1p_KeepTheirAccuracyNearZero()
    {
        Close(1e-12 + 5e-25, Expm1(1e-12));
        Close(-1e-12 + 5e-25, Expm1(-1e-12));
        Close(1e-12 - 5e-25, Log1p(1e-12));
        Close(-1e-12 - 5e-25, Log1p(-1e-12));
        Assert.Equal(1e-300, Expm1(1e-300));
        Assert.Equal(1e-300, Log1p(1e-300));
        Assert.Equal(1e-6f, Expm1(1e-6f), 1e-12f);
        Assert.Equal(1e-6f, Log1p(1e-6f), 1e-12f);
    }

    [Fact]
    public void Expm1_AndLog1p_AreInverse()
    {
        // d(expm1)/dx·x/expm1 and its inverse stay below 2 for these, so a few ulp in give a few ulp out.
        for (var x = 1e-10; x < 1.5; x *= 1.7)
        {
            Close(x, Log1p(Expm1(x)));
            Close(x, Expm1(Log1p(x)));
            Close(-Math.Min(x, 0.7), Log1p(Expm1(-Math.Min(x, 0.7))));
        }
    }

    [Fact]
    public void Expm1_MatchesItsSeries()
    {
        for (var x = 1.0 / 1024; x <= 0.5; x *= 1.25)
        {
            Close(Series(x), Expm1(x));
            Close(Series(-x), Expm1(-x));
        }

        static double Series(double x)
        {
            // From the smallest term, so that only the last addition rounds noticeably.
            var sum = 0.0;
            for (var n = 25; n >= 1; n--)
                sum = (1 + sum) * x / n;
            return sum;
        }
    }

    [Fact]
    public void Expm1_AndLog1p_AreRightAtTheirEnds()
    {
        Assert.Equal(-1.0, Expm1(double.NegativeInfinity));
        Assert.Equal(Infinity, Expm1(Infinity));
        Assert.Equal(Infinity, Expm1(1000.0));
        Assert.Equal(double.NegativeInfinity, Log1p(-1.0));
        Assert.Equal(Infinity, Log1p(Infinity));
        Assert.True(double.IsNaN(Log1p(-2.0)));
        Assert.Equal(0.0, Expm1(0.0));
        Assert.Equal(0.0, Log1p(0.0));
    }

    [Fact]
    public void LogSumExp_OfLargeEntries_IsFinite()
    {
        Assert.Equal(1000 + Math.Log(2), LogSumExp(new Vector<double, N2>([1000, 1000])), 1e-12);
        Assert.Equal(-1000 + MathF.Log(4), LogSumExp(new Matrix<float, N2, N2>([-1000, -1000, -1000, -1000])), 1e-3f);
        Assert.Equal(-Infinity, LogSumExp(new Vector<double, N2>([-Infinity, -Infinity])));
        Assert.Equal(Infinity, LogSumExp(new Vector<double, N2>([0, Infinity])));
        Assert.Equal(3, LogSumExp(new Vector<double, N2>([3, -Infinity])));
    }

    [Fact]
    public void Softmax_OfLargeEntries_IsFinite()
    {
        Assert.Equal([0.5, 0.5, 0], Softmax(new Vector<double, N3>([1000, 1000, -1000])));
        Assert.Equal([0, -2000], LogSoftmax(new Vector<double, N2>([1000, -1000])));
    }

    [Fact]
    public void CrossEntropies_OfLargeLogits_AreFinite()
    {
        Vector<double, N2> z = [1000, -1000];
        Assert.Equal(2000, SoftmaxCrossEntropy(z, 1));
        Assert.Equal(2000, SoftmaxCrossEntropy(z, new Vector<double, N2>([0, 1])));
        Assert.Equal(0, SoftmaxCrossEntropy(new Vector<double, N2>([0, -Infinity]), new Vector<double, N2>([1, 0])));
        Assert.Equal(1000, BinaryCrossEntropyWithLogits(z, new Vector<double, N2>([0, 1])));
        Assert.Equal(0, BinaryCrossEntropyWithLogits(z, new Vector<double, N2>([1, 0])));
    }

    [Fact]
    public void Norm_OfExtremeEntries_NeitherOverflowsNorVanishes()
    {
        Close(5e200, Norm(new Vector<double, N2>([3e200, 4e200])));
        Close(5e-200, Norm(new Vector<double, N2>([3e-200, 4e-200])));
        Assert.Equal(5e30f, Norm(new Vector<float, N2>([3e30f, 4e30f])), 1e24f);
        Assert.Equal(0, Norm(new Vector<double, N2>()));
        Assert.Equal(Infinity, Norm(new Vector<double, N2>([-Infinity, 1])));
        Assert.True(double.IsNaN(Norm(new Vector<double, N2>([double.NaN, 1]))));
    }

    [Fact]
    public void NaN_IsNotLost()
    {
        Vector<double, N2> x = [double.NaN, 1];
        Vector<double, N2> y = [2, double.NaN];
        Assert.Equal([double.NaN, double.NaN], Max(x, y));
        Assert.Equal([double.NaN, double.NaN], Min(x, y));
        Assert.True(double.IsNaN(MaxEntry(y)));
        Assert.True(double.IsNaN(MinEntry(x)));
        Assert.True(double.IsNaN(Relu(double.NaN)));
        Assert.True(double.IsNaN(LeakyRelu(double.NaN, 0.1)));
    }

    [Fact]
    public void Scalars_BindWithoutTypeArguments_AndAgreeWithEntries()
    {
        Vector<double, N1> x = [0.3];
        Vector<float, N1> y = [0.3f];
        Assert.Equal((double)Sigmoid(x), Sigmoid(0.3));
        Assert.Equal((float)Sigmoid(y), Sigmoid(0.3f));
        Assert.Equal((double)Softplus(x), Softplus(0.3));
        Assert.Equal((float)Softplus(y), Softplus(0.3f));
        Assert.Equal((double)LogSigmoid(x), LogSigmoid(0.3));
        Assert.Equal((float)LogSigmoid(y), LogSigmoid(0.3f));
        Assert.Equal((double)Erf(x), Erf(0.3));
        Assert.Equal((float)Erf(y), Erf(0.3f));
        Assert.Equal((double)Erfc(x), Erfc(0.3));
        Assert.Equal((float)Erfc(y), Erfc(0.3f));
        Assert.Equal((double)Gelu(x), Gelu(0.3));
        Assert.Equal((float)Gelu(y), Gelu(0.3f));
        Assert.Equal((double)GeluDerivative(x), GeluDerivative(0.3));
        Assert.Equal((float)GeluDerivative(y), GeluDerivative(0.3f));
        Assert.Equal((double)SafeSqrt(x), SafeSqrt(0.3));
        Assert.Equal((float)SafeSqrt(y), SafeSqrt(0.3f));
        Assert.Equal((double)Expm1(x), Expm1(0.3));
        Assert.Equal((float)Log1p(y), Log1p(0.3f));
        Assert.Equal((double)Reciprocal(x), Reciprocal(0.3));
        Assert.Equal((float)Reciprocal(y), Reciprocal(0.3f));
        Assert.Equal((double)ReciprocalSqrt(x), ReciprocalSqrt(0.3));
        Assert.Equal((float)ReciprocalSqrt(y), ReciprocalSqrt(0.3f));
        Assert.Equal((double)Square(x), Square(0.3));
        Assert.Equal((float)Square(y), Square(0.3f));
        Assert.Equal((double)Cube(x), Cube(0.3));
        Assert.Equal((float)Cube(y), Cube(0.3f));
        Assert.Equal((double)Relu(-x), Relu(-0.3));
        Assert.Equal((float)Relu(y), Relu(0.3f));
        Assert.Equal((double)LeakyRelu(-x, 0.1), LeakyRelu(-0.3, 0.1));
        Assert.Equal((float)LeakyRelu(-y, 0.1f), LeakyRelu(-0.3f, 0.1f));
        Assert.Equal(0.3, StopGradient(0.3));
        Assert.Equal(0.3f, StopGradient(0.3f));
    }

    private static void Close(double expected, double actual) =>
        Assert.Equal(expected, actual, 1e-15 * Math.Abs(expected));
}
