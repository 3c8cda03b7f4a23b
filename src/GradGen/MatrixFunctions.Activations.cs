using System.Numerics;

namespace GradGen;

/// <content>The functions between the layers of a network, entry by entry.</content>
public static partial class MatrixFunctions
{
    /// <summary>The logistic sigmoid 1 / (1 + e⁻ˣ) for every entry, in a form that never overflows.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("sigmoid")]
    public static Matrix<TScalar, TRows, TColumns> Sigmoid<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        Entrywise.Map(x, static entry => ScalarMath.Sigmoid(entry));

    /// <summary>The logistic sigmoid 1 / (1 + e⁻ˣ) for every entry, in a form that never overflows.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("sigmoid")]
    public static Vector<TScalar, TSize> Sigmoid<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        Entrywise.Map(x, static entry => ScalarMath.Sigmoid(entry));

    /// <summary>
    /// ln(1 + eˣ) for every entry, as max(x, 0) + ln(1 + e⁻ˣ) with |x| in the exponent, which never overflows.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("softplus")]
    public static Matrix<TScalar, TRows, TColumns> Softplus<TScalar, TRows, TColumns>(
        Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        Entrywise.Map(x, static entry => ScalarMath.Softplus(entry));

    /// <summary>
    /// ln(1 + eˣ) for every entry, as max(x, 0) + ln(1 + e⁻ˣ) with |x| in the exponent, which never overflows.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("softplus")]
    public static Vector<TScalar, TSize> Softplus<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        Entrywise.Map(x, static entry => ScalarMath.Softplus(entry));

    /// <summary>
    /// ln(1 / (1 + e⁻ˣ)) for every entry, as −ln(1 + e⁻ˣ) in the form that never overflows: <c>Log(Sigmoid(x))</c> is −∞ far below 0.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("logSigmoid")]
    public static Matrix<TScalar, TRows, TColumns> LogSigmoid<TScalar, TRows, TColumns>(
        Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        Entrywise.Map(x, static entry => ScalarMath.LogSigmoid(entry));

    /// <summary>
    /// ln(1 / (1 + e⁻ˣ)) for every entry, as −ln(1 + e⁻ˣ) in the form that never overflows: <c>Log(Sigmoid(x))</c> is −∞ far below 0.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("logSigmoid")]
    public static Vector<TScalar, TSize> LogSigmoid<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        Entrywise.Map(x, static entry => ScalarMath.LogSigmoid(entry));

    /// <summary>max(x, 0) for every entry; a NaN stays one. GradGen takes 0 as the derivative at 0.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("relu")]
    public static Matrix<TScalar, TRows, TColumns> Relu<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        Entrywise.Map(x, static entry => ScalarMath.Relu(entry));

    /// <summary>max(x, 0) for every entry; a NaN stays one. GradGen takes 0 as the derivative at 0.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("relu")]
    public static Vector<TScalar, TSize> Relu<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        Entrywise.Map(x, static entry => ScalarMath.Relu(entry));

    /// <summary>
    /// x where x is above 0 and slope·x elsewhere, for every entry. GradGen takes the slope as the derivative at 0.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <param name="slope">The slope below 0, such as 0.01.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("leakyRelu")]
    public static Matrix<TScalar, TRows, TColumns> LeakyRelu<TScalar, TRows, TColumns>(
        Matrix<TScalar, TRows, TColumns> x, TScalar slope)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        Entrywise.MapWith(x, slope, static (entry, slope) => ScalarMath.LeakyRelu(entry, slope));

    /// <summary>
    /// x where x is above 0 and slope·x elsewhere, for every entry. GradGen takes the slope as the derivative at 0.
    /// </summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <param name="slope">The slope below 0, such as 0.01.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("leakyRelu")]
    public static Vector<TScalar, TSize> LeakyRelu<TScalar, TSize>(Vector<TScalar, TSize> x, TScalar slope)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        Entrywise.MapWith(x, slope, static (entry, slope) => ScalarMath.LeakyRelu(entry, slope));

    /// <summary>The matrix itself, through which no gradient flows: GradGen treats it as a constant.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>The same matrix, not a copy.</returns>
    [Operation("stopGradient")]
    public static Matrix<TScalar, TRows, TColumns> StopGradient<TScalar, TRows, TColumns>(
        Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        return x;
    }

    /// <summary>The vector itself, through which no gradient flows: GradGen treats it as a constant.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>The same vector, not a copy.</returns>
    [Operation("stopGradient")]
    public static Vector<TScalar, TSize> StopGradient<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension
    {
        ArgumentNullException.ThrowIfNull(x);
        return x;
    }

    /// <summary>
    /// The value itself, through which no gradient flows, whatever it is: an array or span, a record, a tuple, a struct of
    /// System.Numerics. GradGen treats all the numbers in it as constants.
    /// </summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="x">Any value.</param>
    /// <returns>The same value, not a copy.</returns>
    [Operation("stopGradient")]
    public static T StopGradient<T>(T x)
        where T : allows ref struct => x;
}
