namespace GradGen.Tests;

public class ShapeMessagesTests
{
    [Fact]
    public void Multiply_CountsInSingularAndPlural()
    {
        Assert.Equal(
            "Cannot multiply 2×1 by 2×2: the left side has 1 column, the right side 2 rows.",
            ShapeMessages.Multiply(2, 1, 2, 2));
        Assert.Equal(
            "Cannot multiply 2×3 by 1×2: the left side has 3 columns, the right side 1 row.",
            ShapeMessages.Multiply(2, 3, 1, 2));
    }

    [Fact]
    public void MultiplyColumns_OffersWhatFits()
    {
        Assert.Equal(
            "Cannot multiply two column vectors, 2×1 by 2×1: "
            + "Dot (xᵀ·y) gives 1×1, Outer (x·yᵀ) gives 2×2, Hadamard (x ⊙ y) gives 2×1.",
            ShapeMessages.MultiplyColumns(2, 2));
        Assert.Equal(
            "Cannot multiply two column vectors, 2×1 by 3×1: Outer (x·yᵀ) gives 2×3.",
            ShapeMessages.MultiplyColumns(2, 3));
    }

    [Fact]
    public void SameShape_QuotesOperatorsOnly()
    {
        Assert.Equal(
            "'+' needs equal shapes: the left side is 2×1, the right side 1×2.",
            ShapeMessages.SameShape("+", 2, 1, 1, 2));
        Assert.Equal(
            "Hadamard needs equal shapes: the left side is 2×1, the right side 1×2.",
            ShapeMessages.SameShape("Hadamard", 2, 1, 1, 2));
    }

    [Fact]
    public void Article_FollowsTheSound()
    {
        Assert.StartsWith("A 2×8 matrix", ShapeMessages.RowOutOfRange(3, 2, 8));
        Assert.StartsWith("An 8×2 matrix", ShapeMessages.RowOutOfRange(9, 8, 2));
        Assert.StartsWith("An 11×2 matrix", ShapeMessages.RowOutOfRange(20, 11, 2));
        Assert.StartsWith("A 110×2 matrix", ShapeMessages.RowOutOfRange(200, 110, 2));
        Assert.StartsWith("An 800×2 matrix", ShapeMessages.ColumnOutOfRange(200, 800, 2));
    }

    [Fact]
    public void Functions_SayWhatTheyNeed()
    {
        Assert.Equal("Trace needs a square matrix, got 2×3.", ShapeMessages.Square("Trace", 2, 3));
        Assert.Equal(
            "QuadraticForm needs a 2×2 matrix for a vector of 2 entries, got 2×3.",
            ShapeMessages.Form("QuadraticForm", 2, 2, 2, 3));
        Assert.Equal(
            "BilinearForm needs a 2×1 matrix for vectors of 2 and 1 entry, got 2×3.",
            ShapeMessages.Form("BilinearForm", 2, 1, 2, 3));
        Assert.Equal(
            "AddBias needs one entry for each row: the matrix is 2×3 and has 2 rows, the vector has 3 entries.",
            ShapeMessages.LengthMustFit("AddBias", 2, 3, 3));
        Assert.Equal(
            "TraceOfProduct of a 2×3 matrix needs a 3×2 matrix on the right, got 2×3.",
            ShapeMessages.TraceOfProduct(2, 3, 2, 3));
        Assert.Equal(
            "HStack needs equal numbers of rows: the left side is 2×3, the right side 3×3.",
            ShapeMessages.StackRows("HStack", 2, 3, 3, 3));
        Assert.Equal(
            "VStack needs equal numbers of columns: the upper side is 2×3, the lower side 2×2.",
            ShapeMessages.StackColumns("VStack", 2, 3, 2, 2));
        Assert.Equal("Matrix 2×1 takes 2 rows, got 1.", ShapeMessages.RowCount(2, 1, 1));
    }
}
