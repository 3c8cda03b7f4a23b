using System.Runtime.CompilerServices;

namespace GradGen;

/// <content>The functions of numbers that <see cref="Math"/> lacks.</content>
public static partial class MatrixFunctions
{
    /// <summary>1/x.</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("recip")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Reciprocal(double x) => 1 / x;

    /// <summary>1/x.</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("recip")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Reciprocal(float x) => 1 / x;

    /// <summary>x².</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("square")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Square(double x) => x * x;

    /// <summary>x².</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("square")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Square(float x) => x * x;

    /// <summary>x³.</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("cube")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Cube(double x) => x * x * x;

    /// <summary>x³.</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("cube")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Cube(float x) => x * x * x;

    /// <summary>√x, whose derivative GradGen takes as 0 where the root is 0, instead of infinite.</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("safeSqrt")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SafeSqrt(double x) => Math.Sqrt(x);

    /// <summary>√x, whose derivative GradGen takes as 0 where the root is 0, instead of infinite.</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("safeSqrt")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SafeSqrt(float x) => MathF.Sqrt(x);

    /// <summary>1/√x.</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("rsqrt")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ReciprocalSqrt(double x) => 1 / Math.Sqrt(x);

    /// <summary>1/√x.</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("rsqrt")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ReciprocalSqrt(float x) => 1 / MathF.Sqrt(x);

    /// <summary>eˣ − 1, to full accuracy also near 0.</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("expm1")]
    public static double Expm1(double x) => ScalarMath.Expm1(x);

    /// <summary>eˣ − 1, to full accuracy also near 0.</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("expm1")]
    public static float Expm1(float x) => ScalarMath.Expm1(x);

    /// <summary>ln(1 + x), to full accuracy also near 0.</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("log1p")]
    public static double Log1p(double x) => ScalarMath.Log1p(x);

    /// <summary>ln(1 + x), to full accuracy also near 0.</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("log1p")]
    public static float Log1p(float x) => ScalarMath.Log1p(x);

    /// <summary>The logistic sigmoid 1 / (1 + e⁻ˣ), in a form that never overflows.</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("sigmoid")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sigmoid(double x) => ScalarMath.Sigmoid(x);

    /// <summary>The logistic sigmoid 1 / (1 + e⁻ˣ), in a form that never overflows.</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("sigmoid")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sigmoid(float x) => ScalarMath.Sigmoid(x);

    /// <summary>ln(1 + eˣ), in a form that never overflows.</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("softplus")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Softplus(double x) => ScalarMath.Softplus(x);

    /// <summary>ln(1 + eˣ), in a form that never overflows.</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("softplus")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Softplus(float x) => ScalarMath.Softplus(x);

    /// <summary>ln(1 / (1 + e⁻ˣ)), in the form that never overflows.</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("logSigmoid")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LogSigmoid(double x) => ScalarMath.LogSigmoid(x);

    /// <summary>ln(1 / (1 + e⁻ˣ)), in the form that never overflows.</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("logSigmoid")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LogSigmoid(float x) => ScalarMath.LogSigmoid(x);

    /// <summary>max(x, 0); a NaN stays one. GradGen takes 0 as the derivative at 0.</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("relu")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Relu(double x) => ScalarMath.Relu(x);

    /// <summary>max(x, 0); a NaN stays one. GradGen takes 0 as the derivative at 0.</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("relu")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Relu(float x) => ScalarMath.Relu(x);

    /// <summary>x where x is above 0 and slope·x elsewhere. GradGen takes the slope as the derivative at 0.</summary>
    /// <param name="x">A number.</param>
    /// <param name="slope">The slope below 0, such as 0.01.</param>
    /// <returns>The function's value.</returns>
    [Operation("leakyRelu")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LeakyRelu(double x, double slope) => ScalarMath.LeakyRelu(x, slope);

    /// <summary>x where x is above 0 and slope·x elsewhere. GradGen takes the slope as the derivative at 0.</summary>
    /// <param name="x">A number.</param>
    /// <param name="slope">The slope below 0, such as 0.01.</param>
    /// <returns>The function's value.</returns>
    [Operation("leakyRelu")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LeakyRelu(float x, float slope) => ScalarMath.LeakyRelu(x, slope);

    /// <summary>The number itself, through which no gradient flows: GradGen treats it as a constant.</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("stopGradient")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double StopGradient(double x) => x;

    /// <summary>The number itself, through which no gradient flows: GradGen treats it as a constant.</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("stopGradient")]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float StopGradient(float x) => x;
}
