using System.Globalization;

namespace GradGen;

/// <summary>
/// What GradGen says about shapes. The analyzer and the runtime share this file, so that a mistake has the same
/// words in the editor and in an exception. Pure functions of sizes; nothing here depends on the culture.
/// </summary>
internal static class ShapeMessages
{
    /// <summary><c>2×1</c>.</summary>
    public static string Shape(int rows, int columns) => Number(rows) + "×" + Number(columns);

    public static string Multiply(int leftRows, int leftColumns, int rightRows, int rightColumns) =>
        "Cannot multiply " + Shape(leftRows, leftColumns) + " by " + Shape(rightRows, rightColumns)
        + ": the left side has " + Columns(leftColumns) + ", the right side " + Rows(rightRows) + ".";

    /// <summary>Two columns have no product unless the right one has a single entry; this says what was perhaps meant.</summary>
    public static string MultiplyColumns(int leftSize, int rightSize)
    {
        var equal = leftSize == rightSize;
        return "Cannot multiply two column vectors, " + Shape(leftSize, 1) + " by " + Shape(rightSize, 1) + ": "
            + (equal ? "Dot (xᵀ·y) gives 1×1, " : "")
            + "Outer (x·yᵀ) gives " + Shape(leftSize, rightSize)
            + (equal ? ", Hadamard (x ⊙ y) gives " + Shape(leftSize, 1) : "")
            + ".";
    }

    /// <summary>Here the operator <c>+</c> is put in quotes, a function's name is not.</summary>
    public static string SameShape(
        string operation, int leftRows, int leftColumns, int rightRows, int rightColumns) =>
        Named(operation) + " needs equal shapes: the left side is " + Shape(leftRows, leftColumns)
        + ", the right side " + Shape(rightRows, rightColumns) + ".";

    public static string Square(string function, int rows, int columns) =>
        function + " needs a square matrix, got " + Shape(rows, columns) + ".";

    /// <summary>For the trace of a product, whose factors must be 2×3 by 3×2.</summary>
    public static string TraceOfProduct(int leftRows, int leftColumns, int rightRows, int rightColumns) =>
        "TraceOfProduct of " + A(leftRows, leftColumns) + " matrix needs "
        + A(leftColumns, leftRows) + " matrix on the right, got " + Shape(rightRows, rightColumns) + ".";

    /// <summary>For xᵀAy: A has a row for each entry of x and a column for each entry of y.</summary>
    public static string Form(string function, int leftSize, int rightSize, int rows, int columns) =>
        function + " needs " + A(leftSize, rightSize) + " matrix for "
        + (function == "QuadraticForm"
            ? "a vector of " + Entries(leftSize)
            : "vectors of " + Number(leftSize) + " and " + Entries(rightSize))
        + ", got " + Shape(rows, columns) + ".";

    /// <summary>For a vector that goes along the rows of a matrix.</summary>
    public static string LengthMustFit(string function, int rows, int columns, int size) =>
        function + " needs one entry for each row: the matrix is " + Shape(rows, columns)
        + " and has " + Rows(rows) + ", the vector has " + Entries(size) + ".";

    public static string StackRows(string function, int leftRows, int leftColumns, int rightRows, int rightColumns) =>
        function + " needs equal numbers of rows: the left side is " + Shape(leftRows, leftColumns)
        + ", the right side " + Shape(rightRows, rightColumns) + ".";

    public static string StackColumns(string function, int topRows, int topColumns, int bottomRows, int bottomColumns) =>
        function + " needs equal numbers of columns: the upper side is " + Shape(topRows, topColumns)
        + ", the lower side " + Shape(bottomRows, bottomColumns) + ".";

    public static string Reshape(int fromRows, int fromColumns, int toRows, int toColumns) =>
        "Cannot reshape " + Shape(fromRows, fromColumns) + " to " + Shape(toRows, toColumns) + ": "
        + Entries((long)fromRows * fromColumns) + " do not make "
        + Number((long)toRows * toColumns) + ".";

    public static string ToScalar(int rows, int columns) =>
        "Only a 1×1 matrix is a scalar, got " + Shape(rows, columns) + ".";

    public static string RowOutOfRange(int row, int rows, int columns) =>
        CapitalA(rows, columns) + " matrix has rows 0.." + Number(rows - 1) + "; row " + Number(row) + " was asked for.";

    public static string ColumnOutOfRange(int column, int rows, int columns) =>
        CapitalA(rows, columns) + " matrix has columns 0.." + Number(columns - 1)
        + "; column " + Number(column) + " was asked for.";

    public static string IndexOutOfRange(int index, int size) =>
        "A vector of " + Entries(size) + " has indices 0.." + Number(size - 1)
        + "; index " + Number(index) + " was asked for.";

    public static string LabelOutOfRange(int label, int size) =>
        "A vector of " + Entries(size) + " has labels 0.." + Number(size - 1)
        + "; label " + Number(label) + " was given.";

    public static string BlockOutOfRange(
        int row, int column, int blockRows, int blockColumns, int rows, int columns) =>
        CapitalA(blockRows, blockColumns) + " block at (" + Number(row) + ", " + Number(column)
        + ") does not fit in " + A(rows, columns) + " matrix.";

    public static string SliceOutOfRange(int start, int length, int size) =>
        "A slice of " + Entries(length) + " at " + Number(start)
        + " does not fit in a vector of " + Entries(size) + ".";

    public static string EntryCount(int rows, int columns, int count) =>
        "Matrix " + Shape(rows, columns) + " takes " + Entries((long)rows * columns) + ", got " + Number(count) + ".";

    public static string EntryCount(int size, int count) =>
        "Vector " + Shape(size, 1) + " takes " + Entries(size) + ", got " + Number(count) + ".";

    public static string RowCount(int rows, int columns, int count) =>
        "Matrix " + Shape(rows, columns) + " takes " + Rows(rows) + ", got " + Number(count) + ".";

    /// <summary>Here the row is counted from 0.</summary>
    public static string RowLength(int rows, int columns, int row, int count) =>
        "Matrix " + Shape(rows, columns) + " takes " + Entries(columns) + " in each row, got "
        + Number(count) + " in row " + Number(row) + ".";

    public static string InvalidSize(int rows, int columns) =>
        "A matrix cannot be " + Shape(rows, columns) + ": sizes start at 1.";

    public static string TooLarge(int rows, int columns) =>
        "A matrix cannot be " + Shape(rows, columns) + ": it would have more than 2147483647 entries.";

    private static string Named(string operation) =>
        operation.Length > 0 && char.IsLetter(operation[0]) ? operation : "'" + operation + "'";

    /// <summary><c>a 2×2</c>, and <c>an 8×1</c> where English asks for it.</summary>
    private static string A(int rows, int columns) =>
        (StartsWithVowelSound(rows) ? "an " : "a ") + Shape(rows, columns);

    private static string CapitalA(int rows, int columns) => "A" + A(rows, columns).Substring(1);

    // Eight, eighty, eight hundred…, eleven, eighteen, and their thousands.
    private static bool StartsWithVowelSound(int number)
    {
        var leading = number;
        while (leading >= 1000)
            leading /= 1000;
        return leading is 8 or 11 or 18 or (>= 80 and < 90) or (>= 800 and < 900);
    }

    private static string Rows(int count) => Count(count, "row", "rows");

    private static string Columns(int count) => Count(count, "column", "columns");

    private static string Entries(long count) => Count(count, "entry", "entries");

    private static string Count(long count, string one, string many) => Number(count) + " " + (count == 1 ? one : many);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
