using System.Numerics;

namespace GradGen;

/// <content>What training makes small.</content>
public static partial class MatrixFunctions
{
    /// <summary>The mean over all entries of (x − t)².</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftRows">The number of rows of the left side.</typeparam>
    /// <typeparam name="TLeftColumns">The number of columns of the left side.</typeparam>
    /// <typeparam name="TRightRows">The number of rows of the right side.</typeparam>
    /// <typeparam name="TRightColumns">The number of columns of the right side.</typeparam>
    /// <param name="x">What was computed.</param>
    /// <param name="target">What was wanted.</param>
    /// <returns>The mean.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("meanSquaredError")]
    public static TScalar MeanSquaredError<TScalar, TLeftRows, TLeftColumns, TRightRows, TRightColumns>(
        Matrix<TScalar, TLeftRows, TLeftColumns> x, Matrix<TScalar, TRightRows, TRightColumns> target)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(target);
        ShapeGuard.Same(nameof(MeanSquaredError), TLeftRows.Size, TLeftColumns.Size, TRightRows.Size, TRightColumns.Size);
        return Losses.MeanSquaredError<TScalar>(x.AsSpan(), target.AsSpan());
    }

    /// <summary>The mean over all entries of (x − t)².</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftRows">The number of rows of the left side.</typeparam>
    /// <typeparam name="TLeftColumns">The number of columns of the left side.</typeparam>
    /// <typeparam name="TRightSize">The number of entries of the right side.</typeparam>
    /// <param name="x">What was computed.</param>
    /// <param name="target">What was wanted.</param>
    /// <returns>The mean.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("meanSquaredError")]
    public static TScalar MeanSquaredError<TScalar, TLeftRows, TLeftColumns, TRightSize>(
        Matrix<TScalar, TLeftRows, TLeftColumns> x, Vector<TScalar, TRightSize> target)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(target);
        ShapeGuard.Same(nameof(MeanSquaredError), TLeftRows.Size, TLeftColumns.Size, TRightSize.Size, 1);
        return Losses.MeanSquaredError<TScalar>(x.AsSpan(), target.AsSpan());
    }

    /// <summary>The mean over all entries of (x − t)².</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftSize">The number of entries of the left side.</typeparam>
    /// <typeparam name="TRightRows">The number of rows of the right side.</typeparam>
    /// <typeparam name="TRightColumns">The number of columns of the right side.</typeparam>
    /// <param name="x">What was computed.</param>
    /// <param name="target">What was wanted.</param>
    /// <returns>The mean.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("meanSquaredError")]
    public static TScalar MeanSquaredError<TScalar, TLeftSize, TRightRows, TRightColumns>(
        Vector<TScalar, TLeftSize> x, Matrix<TScalar, TRightRows, TRightColumns> target)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftSize : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(target);
        ShapeGuard.Same(nameof(MeanSquaredError), TLeftSize.Size, 1, TRightRows.Size, TRightColumns.Size);
        return Losses.MeanSquaredError<TScalar>(x.AsSpan(), target.AsSpan());
    }

    /// <summary>The mean over all entries of (x − t)².</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftSize">The number of entries of the left side.</typeparam>
    /// <typeparam name="TRightSize">The number of entries of the right side.</typeparam>
    /// <param name="x">What was computed.</param>
    /// <param name="target">What was wanted.</param>
    /// <returns>The mean.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("meanSquaredError")]
    public static TScalar MeanSquaredError<TScalar, TLeftSize, TRightSize>(
        Vector<TScalar, TLeftSize> x, Vector<TScalar, TRightSize> target)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftSize : struct, IDimension
        where TRightSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(target);
        ShapeGuard.Same(nameof(MeanSquaredError), TLeftSize.Size, 1, TRightSize.Size, 1);
        return Losses.MeanSquaredError<TScalar>(x.AsSpan(), target.AsSpan());
    }

    /// <summary>The cross entropy between a target and the softmax of the logits, −⟨t, log-softmax(z)⟩.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries of the logits.</typeparam>
    /// <typeparam name="TTargetSize">The number of entries of the target.</typeparam>
    /// <param name="logits">The vector that a softmax would be taken of.</param>
    /// <param name="target">The wanted probabilities, whose sum is 1. An entry of 0 adds 0, whatever its logit.</param>
    /// <returns>The cross entropy.</returns>
    /// <exception cref="ShapeMismatchException">The sizes differ.</exception>
    [Operation("softmaxCrossEntropy")]
    public static TScalar SoftmaxCrossEntropy<TScalar, TSize, TTargetSize>(
        Vector<TScalar, TSize> logits, Vector<TScalar, TTargetSize> target)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension
        where TTargetSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(target);
        ShapeGuard.Same(nameof(SoftmaxCrossEntropy), TSize.Size, 1, TTargetSize.Size, 1);
        return Losses.SoftmaxCrossEntropy<TScalar>(logits.AsSpan(), target.AsSpan());
    }

    /// <summary>
    /// The cross entropy of the softmax of the logits where one answer is right, −log-softmax(z) at the label.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="logits">The vector that a softmax would be taken of.</param>
    /// <param name="label">The place of the right answer, counted from 0.</param>
    /// <returns>The cross entropy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such entry.</exception>
    [Operation("softmaxCrossEntropyAt")]
    public static TScalar SoftmaxCrossEntropy<TScalar, TSize>(Vector<TScalar, TSize> logits, int label)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(logits);
        if ((uint)label >= (uint)TSize.Size)
            throw new ArgumentOutOfRangeException(nameof(label), ShapeMessages.LabelOutOfRange(label, TSize.Size));
        return Losses.SoftmaxCrossEntropy<TScalar>(logits.AsSpan(), label);
    }

    /// <summary>
    /// The mean over all entries of the cross entropy between t and the sigmoid of z, max(z, 0) − z·t + ln(1 + e⁻ˣ)
    /// with x = |z|, which never overflows.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftRows">The number of rows of the left side.</typeparam>
    /// <typeparam name="TLeftColumns">The number of columns of the left side.</typeparam>
    /// <typeparam name="TRightRows">The number of rows of the right side.</typeparam>
    /// <typeparam name="TRightColumns">The number of columns of the right side.</typeparam>
    /// <param name="logits">The entries z that a sigmoid would be taken of.</param>
    /// <param name="target">The wanted probabilities, from 0 to 1.</param>
    /// <returns>The mean.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("binaryCrossEntropyWithLogits")]
    public static TScalar BinaryCrossEntropyWithLogits<TScalar, TLeftRows, TLeftColumns, TRightRows, TRightColumns>(
        Matrix<TScalar, TLeftRows, TLeftColumns> logits, Matrix<TScalar, TRightRows, TRightColumns> target)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(target);
        ShapeGuard.Same(nameof(BinaryCrossEntropyWithLogits), TLeftRows.Size, TLeftColumns.Size, TRightRows.Size, TRightColumns.Size);
        return Losses.BinaryCrossEntropyWithLogits<TScalar>(logits.AsSpan(), target.AsSpan());
    }

    /// <summary>
    /// The mean over all entries of the cross entropy between t and the sigmoid of z, max(z, 0) − z·t + ln(1 + e⁻ˣ)
    /// with x = |z|, which never overflows.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftRows">The number of rows of the left side.</typeparam>
    /// <typeparam name="TLeftColumns">The number of columns of the left side.</typeparam>
    /// <typeparam name="TRightSize">The number of entries of the right side.</typeparam>
    /// <param name="logits">The entries z that a sigmoid would be taken of.</param>
    /// <param name="target">The wanted probabilities, from 0 to 1.</param>
    /// <returns>The mean.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("binaryCrossEntropyWithLogits")]
    public static TScalar BinaryCrossEntropyWithLogits<TScalar, TLeftRows, TLeftColumns, TRightSize>(
        Matrix<TScalar, TLeftRows, TLeftColumns> logits, Vector<TScalar, TRightSize> target)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftRows : struct, IDimension
        where TLeftColumns : struct, IDimension
        where TRightSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(target);
        ShapeGuard.Same(nameof(BinaryCrossEntropyWithLogits), TLeftRows.Size, TLeftColumns.Size, TRightSize.Size, 1);
        return Losses.BinaryCrossEntropyWithLogits<TScalar>(logits.AsSpan(), target.AsSpan());
    }

    /// <summary>
    /// The mean over all entries of the cross entropy between t and the sigmoid of z, max(z, 0) − z·t + ln(1 + e⁻ˣ)
    /// with x = |z|, which never overflows.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftSize">The number of entries of the left side.</typeparam>
    /// <typeparam name="TRightRows">The number of rows of the right side.</typeparam>
    /// <typeparam name="TRightColumns">The number of columns of the right side.</typeparam>
    /// <param name="logits">The entries z that a sigmoid would be taken of.</param>
    /// <param name="target">The wanted probabilities, from 0 to 1.</param>
    /// <returns>The mean.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("binaryCrossEntropyWithLogits")]
    public static TScalar BinaryCrossEntropyWithLogits<TScalar, TLeftSize, TRightRows, TRightColumns>(
        Vector<TScalar, TLeftSize> logits, Matrix<TScalar, TRightRows, TRightColumns> target)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftSize : struct, IDimension
        where TRightRows : struct, IDimension
        where TRightColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(target);
        ShapeGuard.Same(nameof(BinaryCrossEntropyWithLogits), TLeftSize.Size, 1, TRightRows.Size, TRightColumns.Size);
        return Losses.BinaryCrossEntropyWithLogits<TScalar>(logits.AsSpan(), target.AsSpan());
    }

    /// <summary>
    /// The mean over all entries of the cross entropy between t and the sigmoid of z, max(z, 0) − z·t + ln(1 + e⁻ˣ)
    /// with x = |z|, which never overflows.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TLeftSize">The number of entries of the left side.</typeparam>
    /// <typeparam name="TRightSize">The number of entries of the right side.</typeparam>
    /// <param name="logits">The entries z that a sigmoid would be taken of.</param>
    /// <param name="target">The wanted probabilities, from 0 to 1.</param>
    /// <returns>The mean.</returns>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    [Operation("binaryCrossEntropyWithLogits")]
    public static TScalar BinaryCrossEntropyWithLogits<TScalar, TLeftSize, TRightSize>(
        Vector<TScalar, TLeftSize> logits, Vector<TScalar, TRightSize> target)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TLeftSize : struct, IDimension
        where TRightSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(target);
        ShapeGuard.Same(nameof(BinaryCrossEntropyWithLogits), TLeftSize.Size, 1, TRightSize.Size, 1);
        return Losses.BinaryCrossEntropyWithLogits<TScalar>(logits.AsSpan(), target.AsSpan());
    }
}
