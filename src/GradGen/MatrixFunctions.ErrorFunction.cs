using System.Numerics;

namespace GradGen;

/// <content>The error function and what a normal distribution gates. Φ is the distribution function of the standard normal one.</content>
public static partial class MatrixFunctions
{
    /// <summary>The error function erf x = 2/√π·∫₀ˣ e^(−t²) dt for every entry; Φ(x) is ½ + ½·erf(x/√2).</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("erf")]
    public static Matrix<TScalar, TRows, TColumns> Erf<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        Entrywise.Map(x, static entry => ScalarMath.Erf(entry));

    /// <summary>The error function erf x = 2/√π·∫₀ˣ e^(−t²) dt for every entry; Φ(x) is ½ + ½·erf(x/√2).</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("erf")]
    public static Vector<TScalar, TSize> Erf<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        Entrywise.Map(x, static entry => ScalarMath.Erf(entry));

    /// <summary>The error function erf x = 2/√π·∫₀ˣ e^(−t²) dt; Φ(x) is ½ + ½·erf(x/√2).</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("erf")]
    public static double Erf(double x) => ScalarMath.Erf(x);

    /// <summary>The error function erf x = 2/√π·∫₀ˣ e^(−t²) dt; Φ(x) is ½ + ½·erf(x/√2).</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("erf")]
    public static float Erf(float x) => ScalarMath.Erf(x);

    /// <summary>The complementary error function 1 − erf x for every entry, to full accuracy also where it is almost 0: Φ(x) is ½·erfc(−x/√2).</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("erfc")]
    public static Matrix<TScalar, TRows, TColumns> Erfc<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        Entrywise.Map(x, static entry => ScalarMath.Erfc(entry));

    /// <summary>The complementary error function 1 − erf x for every entry, to full accuracy also where it is almost 0: Φ(x) is ½·erfc(−x/√2).</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("erfc")]
    public static Vector<TScalar, TSize> Erfc<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        Entrywise.Map(x, static entry => ScalarMath.Erfc(entry));

    /// <summary>The complementary error function 1 − erf x, to full accuracy also where it is almost 0: Φ(x) is ½·erfc(−x/√2).</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("erfc")]
    public static double Erfc(double x) => ScalarMath.Erfc(x);

    /// <summary>The complementary error function 1 − erf x, to full accuracy also where it is almost 0: Φ(x) is ½·erfc(−x/√2).</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("erfc")]
    public static float Erfc(float x) => ScalarMath.Erfc(x);

    /// <summary>The Gaussian error linear unit x·Φ(x) for every entry, in the exact form, not the one with a hyperbolic tangent.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("gelu")]
    public static Matrix<TScalar, TRows, TColumns> Gelu<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        Entrywise.Map(x, static entry => ScalarMath.Gelu(entry));

    /// <summary>The Gaussian error linear unit x·Φ(x) for every entry, in the exact form, not the one with a hyperbolic tangent.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("gelu")]
    public static Vector<TScalar, TSize> Gelu<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        Entrywise.Map(x, static entry => ScalarMath.Gelu(entry));

    /// <summary>The Gaussian error linear unit x·Φ(x), in the exact form, not the one with a hyperbolic tangent.</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("gelu")]
    public static double Gelu(double x) => ScalarMath.Gelu(x);

    /// <summary>The Gaussian error linear unit x·Φ(x), in the exact form, not the one with a hyperbolic tangent.</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("gelu")]
    public static float Gelu(float x) => ScalarMath.Gelu(x);

    /// <summary>The derivative Φ(x) + x·φ(x) of <c>Gelu</c> for every entry, with the density φ of the standard normal distribution.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TRows">The number of rows.</typeparam>
    /// <typeparam name="TColumns">The number of columns.</typeparam>
    /// <param name="x">Any matrix.</param>
    /// <returns>A matrix of the same shape.</returns>
    [Operation("geluDerivative")]
    public static Matrix<TScalar, TRows, TColumns> GeluDerivative<TScalar, TRows, TColumns>(Matrix<TScalar, TRows, TColumns> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension =>
        Entrywise.Map(x, static entry => ScalarMath.GeluDerivative(entry));

    /// <summary>The derivative Φ(x) + x·φ(x) of <c>Gelu</c> for every entry, with the density φ of the standard normal distribution.</summary>
    /// <typeparam name="TScalar">The type of the entries: <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TSize">The number of entries.</typeparam>
    /// <param name="x">Any vector.</param>
    /// <returns>A vector of the same shape.</returns>
    [Operation("geluDerivative")]
    public static Vector<TScalar, TSize> GeluDerivative<TScalar, TSize>(Vector<TScalar, TSize> x)
        where TScalar : unmanaged, IFloatingPointIeee754<TScalar>
        where TSize : struct, IDimension =>
        Entrywise.Map(x, static entry => ScalarMath.GeluDerivative(entry));

    /// <summary>The derivative Φ(x) + x·φ(x) of <c>Gelu</c>, with the density φ of the standard normal distribution.</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("geluDerivative")]
    public static double GeluDerivative(double x) => ScalarMath.GeluDerivative(x);

    /// <summary>The derivative Φ(x) + x·φ(x) of <c>Gelu</c>, with the density φ of the standard normal distribution.</summary>
    /// <param name="x">A number.</param>
    /// <returns>The function's value.</returns>
    [Operation("geluDerivative")]
    public static float GeluDerivative(float x) => ScalarMath.GeluDerivative(x);
}
