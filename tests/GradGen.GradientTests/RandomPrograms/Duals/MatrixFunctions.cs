namespace GradGen.GradientTests.RandomPrograms.Duals;

/// <summary>The runtime's functions that make one matrix of others, by their definitions.</summary>
public static partial class MatrixFunctions
{
    public static Matrix<T, TColumns, TRows> Transpose<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => a.T;

    public static Matrix<T, TLeft, TRight> Outer<T, TLeft, TRight>(Vector<T, TLeft> x, Vector<T, TRight> y)
        where T : IFloatingPointIeee754<T>
        where TLeft : struct, IDimension
        where TRight : struct, IDimension => new((i, j) => x[i] * y[j]);

    public static Matrix<T, TColumns, TColumns> Gram<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => a.T * a;

    public static Matrix<T, TRows, TColumns> AddBias<T, TRows, TColumns, TSize>(Matrix<T, TRows, TColumns> a, Vector<T, TSize> bias)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
        where TSize : struct, IDimension => new((i, j) => a[i, j] + bias[i]);

    public static Matrix<T, N1, TColumns> Row<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a, int row)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => new((_, j) => a[row, j]);

    public static Vector<T, TRows> Column<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a, int column)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => new(i => a[i, column]);

    public static Matrix<T, TRows, Plus<TLeft, TRight>> HStack<T, TRows, TLeft, TRightRows, TRight>(
        Matrix<T, TRows, TLeft> left, Matrix<T, TRightRows, TRight> right)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TLeft : struct, IDimension
        where TRightRows : struct, IDimension
        where TRight : struct, IDimension => new((i, j) => j < TLeft.Size ? left[i, j] : right[i, j - TLeft.Size]);

    public static Matrix<T, Plus<TTop, TBottom>, TColumns> VStack<T, TTop, TColumns, TBottom, TBottomColumns>(
        Matrix<T, TTop, TColumns> top, Matrix<T, TBottom, TBottomColumns> bottom)
        where T : IFloatingPointIeee754<T>
        where TTop : struct, IDimension
        where TColumns : struct, IDimension
        where TBottom : struct, IDimension
        where TBottomColumns : struct, IDimension => new((i, j) => i < TTop.Size ? top[i, j] : bottom[i - TTop.Size, j]);

    public static Vector<T, Plus<TTop, TBottom>> VStack<T, TTop, TBottom>(Vector<T, TTop> top, Vector<T, TBottom> bottom)
        where T : IFloatingPointIeee754<T>
        where TTop : struct, IDimension
        where TBottom : struct, IDimension => new(p => p < TTop.Size ? top[p] : bottom[p - TTop.Size]);

    public static Matrix<T, TSize, TSize> DiagonalMatrix<T, TSize>(Vector<T, TSize> x)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension => new((i, j) => i == j ? x[i] : T.Zero);

    public static Vector<T, TRows> Diagonal<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => new(i => a[i, i]);

    public static Vector<T, TRows> RowSum<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => new(i => Sum(Enumerable.Range(0, TColumns.Size).Select(j => a[i, j])));

    public static Matrix<T, N1, TColumns> ColumnSum<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => new((_, j) => Sum(Enumerable.Range(0, TRows.Size).Select(i => a[i, j])));

    // softmax(x)ᵢ = eˣⁱ / Σ eˣʲ
    public static Vector<T, TSize> Softmax<T, TSize>(Vector<T, TSize> x)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension => new(p => T.Exp(x[p]) / Sum(x.Entries.Select(T.Exp)));

    public static Vector<T, TSize> LogSoftmax<T, TSize>(Vector<T, TSize> x)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension => new(p => x[p] - LogSumExp(x));

    private static T Sum<T>(IEnumerable<T> terms)
        where T : IFloatingPointIeee754<T> => terms.Aggregate(T.Zero, (sum, term) => sum + term);
}
