namespace GradGen.GradientTests.RandomPrograms.Duals;

/// <summary>The runtime's functions that make one number of matrices, by their definitions.</summary>
public static partial class MatrixFunctions
{
    public static T Dot<T, TLeftRows, TLeftColumns, TRightRows, TRightColumns>(
        Matrix<T, TLeftRows, TLeftColumns> a, Matrix<T, TRightRows, TRightColumns> b)
        where T : IFloatingPointIeee754<T>
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension => Sum(a.Entries.Zip(b.Entries, (x, y) => x * y));

    public static T QuadraticForm<T, TSize, TRows, TColumns>(Vector<T, TSize> x, Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => Dot(x, a * x);

    public static T BilinearForm<T, TLeft, TRows, TColumns, TRight>(Vector<T, TLeft> x, Matrix<T, TRows, TColumns> a, Vector<T, TRight> y)
        where T : IFloatingPointIeee754<T>
        where TLeft : struct, IDimension
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
        where TRight : struct, IDimension => Dot(x, a * y);

    public static T TraceOfProduct<T, TLeftRows, TLeftColumns, TRightRows, TRightColumns>(
        Matrix<T, TLeftRows, TLeftColumns> a, Matrix<T, TRightRows, TRightColumns> b)
        where T : IFloatingPointIeee754<T>
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension => Trace(a * b);

    public static T Sum<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => Sum(a.Entries);

    public static T Mean<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => Sum(a.Entries) / T.CreateChecked(a.Entries.Length);

    public static T Trace<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => Sum(Enumerable.Range(0, TRows.Size).Select(i => a[i, i]));

    public static T NormSquared<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => Sum(a.Entries.Select(x => x * x));

    /// <summary>√Σx², with the derivative 0 at 0.</summary>
    public static T Norm<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => NormSquared(a) is var squared && squared > T.Zero ? T.Sqrt(squared) : T.Zero;

    /// <summary>The largest entry, the first of equal ones.</summary>
    public static T MaxEntry<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => a.Entries.Aggregate((largest, x) => x > largest ? x : largest);

    public static T MinEntry<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => a.Entries.Aggregate((smallest, x) => x < smallest ? x : smallest);

    // ln Σ eˣ
    public static T LogSumExp<T, TRows, TColumns>(Matrix<T, TRows, TColumns> a)
        where T : IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension => T.Log(Sum(a.Entries.Select(T.Exp)));

    // mean (x − t)²
    public static T MeanSquaredError<T, TLeftRows, TLeftColumns, TRightRows, TRightColumns>(
        Matrix<T, TLeftRows, TLeftColumns> x, Matrix<T, TRightRows, TRightColumns> target)
        where T : IFloatingPointIeee754<T>
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension => NormSquared(x - target) / T.CreateChecked(x.Entries.Length);

    // −Σ tᵢ ln softmax(z)ᵢ
    public static T SoftmaxCrossEntropy<T, TSize, TTargetSize>(Vector<T, TSize> logits, Vector<T, TTargetSize> target)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension
        where TTargetSize : struct, IDimension => -Dot(target, LogSoftmax(logits));

    // −ln softmax(z) at the label
    public static T SoftmaxCrossEntropy<T, TSize>(Vector<T, TSize> logits, int label)
        where T : IFloatingPointIeee754<T>
        where TSize : struct, IDimension => -LogSoftmax(logits)[label];

    // the mean of −t ln σ(z) − (1 − t) ln(1 − σ(z))
    public static T BinaryCrossEntropyWithLogits<T, TLeftRows, TLeftColumns, TRightRows, TRightColumns>(
        Matrix<T, TLeftRows, TLeftColumns> logits, Matrix<T, TRightRows, TRightColumns> target)
        where T : IFloatingPointIeee754<T>
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension =>
        Sum(logits.Entries.Zip(target.Entries, (z, t) => (t * T.Log(T.One + T.Exp(-z))) + ((T.One - t) * T.Log(T.One + T.Exp(z)))))
        / T.CreateChecked(logits.Entries.Length);
}
