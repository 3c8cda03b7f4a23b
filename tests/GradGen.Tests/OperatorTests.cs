using static GradGen.MatrixFunctions;

namespace GradGen.Tests;

public class OperatorTests
{
    private static readonly Matrix<double, N2, N3> A = [[1, 2, 3], [4, 5, 6]];
    private static readonly Vector<double, N3> X = [1, -1, 2];

    [Fact]
    public void ScalarOperators_ActEntryByEntry()
    {
        Assert.Equal([2, 4, 6, 8, 10, 12], (2 * A).AsSpan().ToArray());
        Assert.Equal([2, 4, 6, 8, 10, 12], (A * 2.0).AsSpan().ToArray());
        Assert.Equal([0.5, 1, 1.5, 2, 2.5, 3], (A / 2.0).AsSpan().ToArray());
        Assert.Equal([60, 30, 20, 15, 12, 10], (60.0 / A).AsSpan().ToArray());
        Assert.Equal([2, 3, 4, 5, 6, 7], (A + 1.0).AsSpan().ToArray());
        Assert.Equal([2, 3, 4, 5, 6, 7], (1.0 + A).AsSpan().ToArray());
        Assert.Equal([0, 1, 2, 3, 4, 5], (A - 1.0).AsSpan().ToArray());
        Assert.Equal([0, -1, -2, -3, -4, -5], (1.0 - A).AsSpan().ToArray());
        Assert.Equal([-1, -2, -3, -4, -5, -6], (-A).AsSpan().ToArray());

        Assert.Equal([2, -2, 4], 2.0 * X);
        Assert.Equal([2, -2, 4], X * 2.0);
        Assert.Equal([0.5, -0.5, 1], X / 2.0);
        Assert.Equal([2, -2, 1], 2.0 / X);
        Assert.Equal([2, 0, 3], X + 1.0);
        Assert.Equal([2, 0, 3], 1.0 + X);
        Assert.Equal([0, -2, 1], X - 1.0);
        Assert.Equal([0, 2, -1], 1.0 - X);
        Assert.Equal([-1, 1, -2], -X);
    }

    [Fact]
    public void Product_TakesItsShapeFromItsOperands()
    {
        Matrix<double, N3, N1> b = [[1], [-1], [2]];
        Matrix<double, N2, N1> ab = A * b;
        Assert.Equal([5, 11], ab.AsSpan().ToArray());
        Vector<double, N2> ax = A * X;
        Assert.Equal([5, 11], ax);
        Matrix<double, N3, N2> xb = X * new Matrix<double, N1, N2>([10, 20]);
        Assert.Equal([10, 20, -10, -20, 20, 40], xb.AsSpan().ToArray());
        Vector<double, N3> xs = X * new Vector<double, N1>([3]);
        Assert.Equal([3, -3, 6], xs);
    }

    [Fact]
    public void Product_OfLargerMatrices_IsTheSumOverTheInnerIndex()
    {
        var a = Matrix<float, N5, N7>.Random(new Random(1), 1);
        var b = Matrix<float, N7, N4>.Random(new Random(2), 1);
        var c = a * b;
        for (var i = 0; i < 5; i++)
        {
            for (var j = 0; j < 4; j++)
                Assert.Equal(Enumerable.Range(0, 7).Sum(k => (double)a[i, k] * b[k, j]), c[i, j], 1e-5);
        }
    }

    [Fact]
    public void SumsAndDifferences_AcceptEveryPairing()
    {
        Matrix<double, N3, N1> column = [[10], [20], [30]];
        Assert.Equal([2, 4, 6, 8, 10, 12], (A + A).AsSpan().ToArray());
        Assert.Equal([0, 0, 0, 0, 0, 0], (A - A).AsSpan().ToArray());
        Vector<double, N3> left = X + column;
        Assert.Equal([11, 19, 32], left);
        Matrix<double, N3, N1> right = column + X;
        Assert.Equal([11, 19, 32], right.AsSpan().ToArray());
        Assert.Equal([9, 21, 28], (column - X).AsSpan().ToArray());
        Assert.Equal([-9, -21, -28], X - column);
        Assert.Equal([2, -2, 4], X + X);
        Assert.Equal([0, 0, 0], X - X);
    }

    [Fact]
    public void CompoundAssignment_Works()
    {
        var a = A.Clone();
        a += A;
        a -= 2.0 * A;
        Assert.Equal(0, Norm(a));
    }

    [Fact]
    public void Sizes_NotNames_Decide()
    {
        Matrix<double, N1, Two> named = [[10, 20]];
        Assert.Equal([90, 120, 150], (named * A).AsSpan().ToArray());
        Matrix<double, Two, N3> b = [[1, 1, 1], [1, 1, 1]];
        Matrix<double, N2, N3> sum = A + b;
        Assert.Equal(27, Sum(sum));
        Matrix<double, Two, N3> other = b + A;
        Assert.Equal(27, Sum(other));
        Assert.Equal(21, Dot(A, b));
    }

    [Fact]
    public void SeedNetwork_ReadsAsOnPaper()
    {
        Matrix<double, N2, N2> w1 = [[0.1, 0.2], [0.3, 0.4]];
        Matrix<double, N2, N2> w2 = [[0.5, 0.6], [0.7, 0.8]];
        Matrix<double, N1, N2> w3 = [[0.9, 1.0]];
        Vector<double, N2> x = [1, 2];
        Vector<double, N1> y = Sigmoid(w3 * Sigmoid(w2 * Sigmoid(w1 * x)));

        static double S(double z) => 1 / (1 + Math.Exp(-z));
        var (a, b) = (S(0.5), S(1.1));
        var (c, d) = (S((0.5 * a) + (0.6 * b)), S((0.7 * a) + (0.8 * b)));
        Assert.Equal(S((0.9 * c) + d), (double)y, 1e-15);
    }

    [Fact]
    public void WrongProduct_SaysBothShapes()
    {
        Matrix<double, N2, N1> d = new();
        Matrix<double, N2, N2> w = new();
        Assert.Equal(
            "Cannot multiply 2×1 by 2×2: the left side has 1 column, the right side 2 rows.",
            Assert.Throws<ShapeMismatchException>(() => d * w).Message);
        Assert.Equal(
            "Cannot multiply 2×2 by 3×1: the left side has 2 columns, the right side 3 rows.",
            Assert.Throws<ShapeMismatchException>(() => w * X).Message);
        Assert.Equal(
            "Cannot multiply 3×1 by 2×2: the left side has 1 column, the right side 2 rows.",
            Assert.Throws<ShapeMismatchException>(() => X * w).Message);
        Assert.Equal(
            ShapeMessages.MultiplyColumns(3, 3),
            Assert.Throws<ShapeMismatchException>(() => X * X).Message);
    }

    [Fact]
    public void WrongSum_SaysBothShapes()
    {
        Assert.Equal(
            "'+' needs equal shapes: the left side is 2×3, the right side 3×2.",
            Assert.Throws<ShapeMismatchException>(() => A + A.T).Message);
        Assert.Equal(
            "'-' needs equal shapes: the left side is 3×1, the right side 1×3.",
            Assert.Throws<ShapeMismatchException>(() => X - X.T).Message);
        Assert.Throws<ShapeMismatchException>(() => A - X);
        Assert.Throws<ShapeMismatchException>(() => X + new Vector<double, N2>());
    }
}
