using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

/// <summary>
/// Elementary functions of all lanes of a register at once, for generated code and kernels: without tables, calls or
/// branches (but for sines of huge numbers), so that they are compiled into the loops that use them. Special values are
/// as <see cref="Math"/> has them: NaN, ±∞, ±0, subnormal numbers, and gradual underflow.
/// </summary>
/// <remarks>
/// <para>
/// The greatest errors over all finite numbers, in units in the last place: at most 2.5 for exp, log, sin and cos, and
/// at most 4 for the others; 5 for gelu and its derivative on hardware without fused multiply-adds. The tests sweep every
/// function and say what they found.
/// </para>
/// <para>
/// Polynomials and rational functions are minimax approximations of the relative error, by Remez' exchange algorithm in
/// 45 digits; the error of each in exact arithmetic stands beside it. The logarithm of a <see cref="double"/> uses the
/// constants of fdlibm's.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
[SkipLocalsInit]
public static partial class VectorMath
{
}
