using System.Numerics;
using static GradGen.MatrixFunctions;
using static GradGen.Tests.Samples;

namespace GradGen.Tests;

public class MatrixDoubleTests : MatrixFunctionTests<double, N2, N3>;

public class MatrixDoubleTallTests : MatrixFunctionTests<double, N5, Two>;

public class MatrixFloatTests : MatrixFunctionTests<float, N2, N3>;

public class MatrixFloatTallTests : MatrixFunctionTests<float, N5, Two>;

/// <summary>Every function that is not entry by entry, at one shape, against the formula over doubles.</summary>
public abstract class MatrixFunctionTests<TScalar, TRows, TColumns>
    where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
    where TRows : struct, IDimension
    where TColumns : struct, IDimension
{
    private static readonly Matrix<TScalar, TRows, TColumns> A = Matrix<TScalar, TRows, TColumns>(1);
    private static readonly Matrix<TScalar, TRows, TColumns> B = Matrix<TScalar, TRows, TColumns>(2);
    private static readonly Matrix<TScalar, TRows, TRows> S = Matrix<TScalar, TRows, TRows>(3);
    private static readonly Vector<TScalar, TRows> X = Vector<TScalar, TRows>(4);
    private static readonly Vector<TScalar, TRows> Z = Vector<TScalar, TRows>(5);
    private static readonly Vector<TScalar, TColumns> Y = Vector<TScalar, TColumns>(6);

    private static readonly double[] Entries = [.. A.AsSpan().ToArray().Select(Double)];
    private static readonly int M = TRows.Size;
    private static readonly int N = TColumns.Size;

    [Fact]
    public void MatrixProduct_SumsOverTheInnerIndex()
    {
        Equal((i, j) => Sum(N, k => E(A, i, k) * E(B, j, k)), A * B.T);
        Equal(i => Sum(N, k => E(A, i, k) * E(Y, k)), A * Y);
        Equal((i, j) => E(X, i) * E(Y, j), X * Y.T);
    }

    [Fact]
    public void Outer_IsEachEntryTimesEach() => Equal((i, j) => E(X, i) * E(Y, j), Outer(X, Y));

    [Fact]
    public void Dot_SumsProducts()
    {
        Equal(Sum(M, i => E(X, i) * E(Z, i)), Dot(X, Z));
        Equal(Sum(M, i => Sum(N, j => E(A, i, j) * E(B, i, j))), Dot(A, B));
        Equal(Sum(M, i => E(X, i) * E(Z, i)), Dot(X, Z.Reshape<TRows, N1>()));
        Equal(Sum(M, i => E(X, i) * E(Z, i)), Dot(X.Reshape<TRows, N1>(), Z));
    }

    [Fact]
    public void Forms_SumOverBothIndices()
    {
        Equal(Sum(M, i => Sum(M, j => E(X, i) * E(S, i, j) * E(X, j))), QuadraticForm(X, S));
        Equal(Sum(M, i => Sum(N, j => E(X, i) * E(A, i, j) * E(Y, j))), BilinearForm(X, A, Y));
    }

    [Fact]
    public void Gram_IsTheTransposeTimesItself() =>
        Equal((i, j) => Sum(M, k => E(A, k, i) * E(A, k, j)), Gram(A));

    [Fact]
    public void Traces_SumTheDiagonal()
    {
        Equal(Sum(M, i => E(S, i, i)), Trace(S));
        Equal(Sum(M, i => Sum(N, j => E(A, i, j) * E(B, i, j))), TraceOfProduct(A, B.T));
    }

    [Fact]
    public void SumsAndMeans_TakeEveryEntry()
    {
        Equal(Entries.Sum(), MatrixFunctions.Sum(A));
        Equal(Sum(M, i => E(X, i)), MatrixFunctions.Sum(X));
        Equal(Entries.Average(), Mean(A));
        Equal(Sum(M, i => E(X, i)) / M, Mean(X));
        Equal(i => Sum(N, j => E(A, i, j)), RowSum(A));
        Equal((_, j) => Sum(M, i => E(A, i, j)), ColumnSum(A));
    }

    [Fact]
    public void Norms_AreThoseOfTheEntries()
    {
        var ofX = Sum(M, i => E(X, i) * E(X, i));
        Equal(Entries.Sum(x => x * x), NormSquared(A));
        Equal(Math.Sqrt(Entries.Sum(x => x * x)), Norm(A));
        Equal(ofX, NormSquared(X));
        Equal(Math.Sqrt(ofX), Norm(X));
    }

    [Fact]
    public void ExtremeEntries_AreFound()
    {
        Equal(Entries.Max(), MaxEntry(A));
        Equal(Entries.Min(), MinEntry(A));
        Equal(X.Max(Double), MaxEntry(X));
        Equal(X.Min(Double), MinEntry(X));
    }

    [Fact]
    public void Transpose_ExchangesIndices()
    {
        Equal((i, j) => E(A, j, i), Transpose(A));
        Equal((_, j) => E(X, j), Transpose(X));
    }

    [Fact]
    public void AddBias_AddsToEveryColumn() => Equal((i, j) => E(A, i, j) + E(X, i), AddBias(A, X));

    [Fact]
    public void RowAndColumn_AreCopies()
    {
        Equal((_, j) => E(A, 1, j), Row(A, 1));
        Equal(i => E(A, i, 1), Column(A, 1));
    }

    [Fact]
    public void Stacks_HoldBoth()
    {
        var across = HStack(A, S);
        Assert.Equal((M, N + M), (across.Rows, across.Columns));
        Equal((i, j) => j < N ? E(A, i, j) : E(S, i, j - N), across);
        var down = VStack(A.T, S);
        Assert.Equal((N + M, M), (down.Rows, down.Columns));
        Equal((i, j) => i < N ? E(A, j, i) : E(S, i - N, j), down);
        Equal(i => i < M ? E(X, i) : E(Y, i - M), VStack(X, Y));
    }

    [Fact]
    public void Diagonals_GoThereAndBack()
    {
        Equal((i, j) => i == j ? E(X, i) : 0, DiagonalMatrix(X));
        Equal(i => E(S, i, i), Diagonal(S));
    }

    [Fact]
    public void Softmax_AndItsRelatives_FollowTheirFormulas()
    {
        var sum = Sum(M, i => Math.Exp(E(X, i)));
        Equal(i => Math.Exp(E(X, i)) / sum, Softmax(X));
        Equal(i => E(X, i) - Math.Log(sum), LogSoftmax(X));
        Equal(Math.Log(sum), LogSumExp(X));
        Equal(Math.Log(Entries.Sum(Math.Exp)), LogSumExp(A));
    }

    [Fact]
    public void Losses_FollowTheirFormulas()
    {
        var x = X.Reshape<TRows, N1>();
        var z = Z.Reshape<TRows, N1>();
        var squares = Sum(M, i => Math.Pow(E(X, i) - E(Z, i), 2)) / M;
        Equal(squares, MeanSquaredError(X, Z));
        Equal(squares, MeanSquaredError(x, Z));
        Equal(squares, MeanSquaredError(X, z));
        Equal(Sum(M, i => Sum(N, j => Math.Pow(E(A, i, j) - E(B, i, j), 2))) / (M * N), MeanSquaredError(A, B));

        var target = Softmax(Z);
        var log = Math.Log(Sum(M, i => Math.Exp(E(X, i))));
        Equal(-Sum(M, i => E(target, i) * (E(X, i) - log)), SoftmaxCrossEntropy(X, target));
        Equal(log - E(X, 1), SoftmaxCrossEntropy(X, 1));

        var p = Sigmoid(Z);
        var binary = -Sum(M, i => (E(p, i) * Math.Log(S1(E(X, i)))) + ((1 - E(p, i)) * Math.Log(S1(-E(X, i))))) / M;
        Equal(binary, BinaryCrossEntropyWithLogits(X, p));
        Equal(binary, BinaryCrossEntropyWithLogits(x, p));
        Equal(binary, BinaryCrossEntropyWithLogits(X, p.Reshape<TRows, N1>()));
        Equal(binary, BinaryCrossEntropyWithLogits(x, p.Reshape<TRows, N1>()));

        static double S1(double value) => 1 / (1 + Math.Exp(-value));
    }

    private static double E<TR, TC>(Matrix<TScalar, TR, TC> a, int i, int j)
        where TR : struct, IDimension
        where TC : struct, IDimension =>
        Double(a[i, j]);

    private static double E<TS>(Vector<TScalar, TS> x, int i)
        where TS : struct, IDimension =>
        Double(x[i]);

    private static double Sum(int count, Func<int, double> term) => Enumerable.Range(0, count).Sum(term);
}
