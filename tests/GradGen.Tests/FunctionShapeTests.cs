using static GradGen.MatrixFunctions;

namespace GradGen.Tests;

public class FunctionShapeTests
{
    private static readonly Matrix<double, N2, N3> A = new();
    private static readonly Matrix<double, N3, N2> B = new();
    private static readonly Vector<double, N2> X = new();
    private static readonly Vector<double, N3> Y = new();

    [Fact]
    public void UnequalShapes_AreNamed()
    {
        NamesBothShapes(
            "Hadamard", () => Hadamard(A, B), () => Hadamard(X, Y), () => Hadamard(A, X), () => Hadamard(X, A));
        NamesBothShapes(
            "Divide", () => Divide(A, B), () => Divide(X, Y), () => Divide(A, X), () => Divide(X, A));
        NamesBothShapes(
            "Dot", () => Dot(A, B), () => Dot(X, Y), () => Dot(A, X), () => Dot(X, A));
        NamesBothShapes(
            "Max", () => Max(A, B), () => Max(X, Y), () => Max(A, X), () => Max(X, A));
        NamesBothShapes(
            "Min", () => Min(A, B), () => Min(X, Y), () => Min(A, X), () => Min(X, A));
        NamesBothShapes(
            "Greater", () => Greater(A, B), () => Greater(X, Y), () => Greater(A, X), () => Greater(X, A));
        NamesBothShapes(
            "Less", () => Less(A, B), () => Less(X, Y), () => Less(A, X), () => Less(X, A));
        NamesBothShapes(
            "MeanSquaredError", () => MeanSquaredError(A, B), () => MeanSquaredError(X, Y), () => MeanSquaredError(A, X), () => MeanSquaredError(X, A));
        NamesBothShapes(
            "BinaryCrossEntropyWithLogits",
            () => BinaryCrossEntropyWithLogits(A, B), () => BinaryCrossEntropyWithLogits(X, Y),
            () => BinaryCrossEntropyWithLogits(A, X), () => BinaryCrossEntropyWithLogits(X, A));
    }

    [Fact]
    public void Where_NeedsThreeEqualShapes()
    {
        Says(ShapeMessages.SameShape("Where", 3, 2, 2, 3), () => Where(B, A, A));
        Says(ShapeMessages.SameShape("Where", 2, 3, 3, 2), () => Where(A, A, B));
        Says(ShapeMessages.SameShape("Where", 2, 1, 3, 1), () => Where(X, X, Y));
    }

    [Fact]
    public void Squares_AreNeeded()
    {
        Says("Trace needs a square matrix, got 2×3.", () => Trace(A));
        Says("Diagonal needs a square matrix, got 2×3.", () => Diagonal(A));
    }

    [Fact]
    public void Forms_NeedFittingSizes()
    {
        Says("QuadraticForm needs a 2×2 matrix for a vector of 2 entries, got 2×3.", () => QuadraticForm(X, A));
        Says("BilinearForm needs a 2×2 matrix for vectors of 2 and 2 entries, got 2×3.", () => BilinearForm(X, A, X));
        Says("TraceOfProduct of a 2×3 matrix needs a 3×2 matrix on the right, got 2×3.", () => TraceOfProduct(A, A));
    }

    [Fact]
    public void AddBias_NeedsAnEntryForEachRow() =>
        Says(
            "AddBias needs one entry for each row: the matrix is 2×3 and has 2 rows, the vector has 3 entries.",
            () => AddBias(A, Y));

    [Fact]
    public void Stacks_NeedEqualSides()
    {
        Says("HStack needs equal numbers of rows: the left side is 2×3, the right side 3×2.", () => HStack(A, B));
        Says("VStack needs equal numbers of columns: the upper side is 2×3, the lower side 3×2.", () => VStack(A, B));
    }

    [Fact]
    public void CrossEntropy_NeedsATargetForEachLogit()
    {
        Says(ShapeMessages.SameShape("SoftmaxCrossEntropy", 2, 1, 3, 1), () => SoftmaxCrossEntropy(X, Y));
        Assert.StartsWith(
            "A vector of 2 entries has labels 0..1; label 2 was given.",
            Assert.Throws<ArgumentOutOfRangeException>(() => SoftmaxCrossEntropy(X, 2)).Message);
    }

    [Fact]
    public void RowAndColumn_OutOfRange_AreNamed()
    {
        Assert.StartsWith(
            "A 2×3 matrix has rows 0..1; row 2 was asked for.",
            Assert.Throws<ArgumentOutOfRangeException>(() => Row(A, 2)).Message);
        Assert.StartsWith(
            "A 2×3 matrix has columns 0..2; column 3 was asked for.",
            Assert.Throws<ArgumentOutOfRangeException>(() => Column(A, 3)).Message);
    }

    [Fact]
    public void Clamp_NeedsOrderedBounds() =>
        Assert.Throws<ArgumentException>(() => Clamp(X, 1, 0));

    private static void Says(string message, Action call) =>
        Assert.Equal(message, Assert.Throws<ShapeMismatchException>(call).Message);

    private static void Says(string message, Func<object> call) => Says(message, () => { call(); });

    private static void NamesBothShapes(
        string function, Func<object> ofAB, Func<object> ofXY, Func<object> ofAX, Func<object> ofXA)
    {
        Says(ShapeMessages.SameShape(function, 2, 3, 3, 2), ofAB);
        Says(ShapeMessages.SameShape(function, 2, 1, 3, 1), ofXY);
        Says(ShapeMessages.SameShape(function, 2, 3, 2, 1), ofAX);
        Says(ShapeMessages.SameShape(function, 2, 1, 2, 3), ofXA);
    }
}
