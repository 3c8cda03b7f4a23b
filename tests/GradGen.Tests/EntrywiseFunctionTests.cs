using System.Numerics;
using static GradGen.MatrixFunctions;
using static GradGen.Tests.Samples;

namespace GradGen.Tests;

public class EntrywiseDoubleTests : EntrywiseFunctionTests<double, N2, N3>;

public class EntrywiseDoubleColumnTests : EntrywiseFunctionTests<double, N5, N1>;

public class EntrywiseFloatTests : EntrywiseFunctionTests<float, N2, N3>;

public class EntrywiseFloatColumnTests : EntrywiseFunctionTests<float, N5, N1>;

/// <summary>Every function of entries, at one shape, against the formula over doubles.</summary>
public abstract class EntrywiseFunctionTests<TScalar, TRows, TColumns>
    where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
    where TRows : struct, IDimension
    where TColumns : struct, IDimension
{
    private static readonly TScalar Half = TScalar.CreateChecked(0.5);

    private static readonly Matrix<TScalar, TRows, TColumns> A = Matrix<TScalar, TRows, TColumns>(1);
    private static readonly Matrix<TScalar, TRows, TColumns> B = Matrix<TScalar, TRows, TColumns>(2);
    private static readonly Vector<TScalar, TRows> X = Vector<TScalar, TRows>(3);
    private static readonly Vector<TScalar, TRows> Y = Vector<TScalar, TRows>(4);

    [Fact]
    public void Reciprocal_IsOneOverX() => Check(Reciprocal, Reciprocal, x => 1 / x);

    [Fact]
    public void Square_IsXTimesX() => Check(Square, Square, x => x * x);

    [Fact]
    public void Cube_IsTheThirdPower() => Check(Cube, Cube, x => Math.Pow(x, 3));

    [Fact]
    public void Pow_IsThePower() =>
        Check(a => Pow(Square(a), Half * Half), x => Pow(Square(x), Half * Half), x => Math.Pow(x * x, 0.25));

    [Fact]
    public void Sqrt_IsTheRoot() => Check(a => Sqrt(Square(a)), x => Sqrt(Square(x)), Math.Abs);

    [Fact]
    public void SafeSqrt_IsTheRoot() => Check(a => SafeSqrt(Square(a)), x => SafeSqrt(Square(x)), Math.Abs);

    [Fact]
    public void LogSigmoid_IsTheLogarithmOfTheLogisticFunction() => Check(LogSigmoid, LogSigmoid, x => -Math.Log(1 + Math.Exp(-x)));

    [Fact]
    public void ReciprocalSqrt_IsOneOverTheRoot() =>
        Check(a => ReciprocalSqrt(Square(a)), x => ReciprocalSqrt(Square(x)), x => 1 / Math.Abs(x));

    [Fact]
    public void Exp_IsTheExponential() => Check(Exp, Exp, Math.Exp);

    [Fact]
    public void Expm1_IsTheExponentialLessOne() => Check(Expm1, Expm1, x => Math.Exp(x) - 1);

    [Fact]
    public void Log_IsTheLogarithm() => Check(a => Log(Exp(a)), x => Log(Exp(x)), x => x);

    [Fact]
    public void Log1p_IsTheLogarithmOfOneMore() => Check(a => Log1p(Exp(a)), x => Log1p(Exp(x)), x => Math.Log(1 + Math.Exp(x)));

    [Fact]
    public void Sin_IsTheSine() => Check(Sin, Sin, Math.Sin);

    [Fact]
    public void Cos_IsTheCosine() => Check(Cos, Cos, Math.Cos);

    [Fact]
    public void Tan_IsTheTangent() => Check(a => Tan(Half * a), x => Tan(Half * x), x => Math.Tan(x / 2));

    [Fact]
    public void Tanh_IsTheHyperbolicTangent() => Check(Tanh, Tanh, Math.Tanh);

    [Fact]
    public void Sigmoid_IsTheLogisticFunction() => Check(Sigmoid, Sigmoid, x => 1 / (1 + Math.Exp(-x)));

    [Fact]
    public void Softplus_IsTheLogarithmOfOneAndTheExponential() => Check(Softplus, Softplus, x => Math.Log(1 + Math.Exp(x)));

    [Fact]
    public void Erf_IsTheErrorFunction() => Check(Erf, Erf, NaiveErf);

    [Fact]
    public void Erfc_IsItsComplement() => Check(Erfc, Erfc, x => 1 - NaiveErf(x));

    [Fact]
    public void Gelu_IsXTimesTheNormalDistribution() => Check(Gelu, Gelu, x => x * NaivePhi(x));

    [Fact]
    public void GeluDerivative_IsTheDistributionAndXTimesTheDensity() =>
        Check(GeluDerivative, GeluDerivative, x => NaivePhi(x) + (x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI)));

    [Fact]
    public void Relu_KeepsWhatIsPositive() => Check(Relu, Relu, x => x > 0 ? x : 0);

    [Fact]
    public void LeakyRelu_HasItsSlopeBelowZero() =>
        Check(a => LeakyRelu(a, Half), x => LeakyRelu(x, Half), x => x > 0 ? x : x / 2);

    [Fact]
    public void Abs_IsTheMagnitude() => Check(Abs, Abs, Math.Abs);

    [Fact]
    public void Clamp_HoldsBetweenItsBounds() =>
        Check(a => Clamp(a, -Half, TScalar.One), x => Clamp(x, -Half, TScalar.One), x => Math.Clamp(x, -0.5, 1));

    [Fact]
    public void StopGradient_IsTheIdentity()
    {
        Assert.Same(A, StopGradient(A));
        Assert.Same(X, StopGradient(X));
    }

    [Fact]
    public void Hadamard_MultipliesEntries() =>
        Check2(Hadamard, Hadamard, Hadamard, Hadamard, (x, y) => x * y);

    [Fact]
    public void Divide_DividesEntries() =>
        Check2(Divide, Divide, Divide, Divide, (x, y) => x / y);

    [Fact]
    public void Max_TakesTheLarger() =>
        Check2(Max, Max, Max, Max, Math.Max);

    [Fact]
    public void Min_TakesTheSmaller() =>
        Check2(Min, Min, Min, Min, Math.Min);

    [Fact]
    public void Greater_IsOneOrZero() =>
        Check2(Greater, Greater, Greater, Greater, (x, y) => x > y ? 1 : 0);

    [Fact]
    public void Less_IsOneOrZero() =>
        Check2(Less, Less, Less, Less, (x, y) => x < y ? 1 : 0);

    [Fact]
    public void Where_ChoosesByItsCondition()
    {
        var zero = new Matrix<TScalar, TRows, TColumns>();
        Equal((i, j) => Double(A[i, j]) > 0 ? Double(A[i, j]) : Double(B[i, j]), Where(Greater(A, zero), A, B));
        var zeros = new Vector<TScalar, TRows>();
        Equal(i => Double(X[i]) < 0 ? Double(X[i]) : Double(Y[i]), Where(Less(X, zeros), X, Y));
    }

    /// <summary>2/√π·(x − x³/3 + x⁵/(2!·5) − …), the exponential's series, integrated.</summary>
    private static double NaiveErf(double x)
    {
        double power = x, sum = x;
        for (var n = 1; n < 60; n++)
        {
            power *= -x * x / n;
            sum += power / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }

    private static double NaivePhi(double x) => 0.5 * (1 + NaiveErf(x / Math.Sqrt(2)));

    private static void Check(
        Func<Matrix<TScalar, TRows, TColumns>, Matrix<TScalar, TRows, TColumns>> ofMatrix,
        Func<Vector<TScalar, TRows>, Vector<TScalar, TRows>> ofVector,
        Func<double, double> formula)
    {
        Equal((i, j) => formula(Double(A[i, j])), ofMatrix(A));
        Equal(i => formula(Double(X[i])), ofVector(X));
    }

    private static void Check2(
        Func<Matrix<TScalar, TRows, TColumns>, Matrix<TScalar, TRows, TColumns>, Matrix<TScalar, TRows, TColumns>> ofMatrices,
        Func<Vector<TScalar, TRows>, Vector<TScalar, TRows>, Vector<TScalar, TRows>> ofVectors,
        Func<Matrix<TScalar, TRows, N1>, Vector<TScalar, TRows>, Matrix<TScalar, TRows, N1>> ofMatrixAndVector,
        Func<Vector<TScalar, TRows>, Matrix<TScalar, TRows, N1>, Vector<TScalar, TRows>> ofVectorAndMatrix,
        Func<double, double, double> formula)
    {
        var x = X.Reshape<TRows, N1>();
        var y = Y.Reshape<TRows, N1>();
        Equal((i, j) => formula(Double(A[i, j]), Double(B[i, j])), ofMatrices(A, B));
        Equal(i => formula(Double(X[i]), Double(Y[i])), ofVectors(X, Y));
        Equal((i, _) => formula(Double(X[i]), Double(Y[i])), ofMatrixAndVector(x, Y));
        Equal(i => formula(Double(X[i]), Double(Y[i])), ofVectorAndMatrix(X, y));
    }
}
