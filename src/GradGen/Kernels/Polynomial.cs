using System.Runtime.CompilerServices;

namespace GradGen.Kernels;

/// <summary>
/// Polynomials by their coefficients, the constant one first. Even and odd powers are two chains of multiply-adds, which
/// the processor works on at the same time: one chain of ten takes 40 cycles and leaves it idle.
/// </summary>
internal static class Polynomial
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x, L square, double c0, double c1, double c2)
        where L : struct, ILanes<L> =>
        L.MultiplyAdd(L.Constant(c1), x, L.MultiplyAdd(L.Constant(c2), square, c0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x, L square, double c0, double c1, double c2, double c3)
        where L : struct, ILanes<L> =>
        L.MultiplyAdd(L.MultiplyAdd(L.Constant(c3), square, c1), x, L.MultiplyAdd(L.Constant(c2), square, c0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x, L square, double c0, double c1, double c2, double c3, double c4)
        where L : struct, ILanes<L> =>
        L.MultiplyAdd(L.MultiplyAdd(L.Constant(c3), square, c1), x, L.Horner(L.Constant(c4), square, c2, c0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x, L square, double c0, double c1, double c2, double c3, double c4, double c5)
        where L : struct, ILanes<L> =>
        L.MultiplyAdd(L.Horner(L.Constant(c5), square, c3, c1), x, L.Horner(L.Constant(c4), square, c2, c0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x, L square, double c0, double c1, double c2, double c3, double c4, double c5, double c6)
        where L : struct, ILanes<L> =>
        L.MultiplyAdd(L.Horner(L.Constant(c5), square, c3, c1), x, L.MultiplyAdd(L.Horner(L.Constant(c6), square, c4, c2), square, c0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x, L square, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7)
        where L : struct, ILanes<L> =>
        L.MultiplyAdd(L.MultiplyAdd(L.Horner(L.Constant(c7), square, c5, c3), square, c1), x, L.MultiplyAdd(L.Horner(L.Constant(c6), square, c4, c2), square, c0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x, L square, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7, double c8)
        where L : struct, ILanes<L> =>
        L.MultiplyAdd(L.MultiplyAdd(L.Horner(L.Constant(c7), square, c5, c3), square, c1), x, L.Horner(L.Constant(c8), square, c6, c4, c2, c0));

    /// <remarks>Pairs, then pairs of pairs: one multiplication more than two chains, and two thirds of their time.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x, L square, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7, double c8, double c9)
        where L : struct, ILanes<L>
    {
        var fourth = square * square;
        var low = L.MultiplyAdd(L.MultiplyAdd(L.Constant(c3), x, c2), square, L.MultiplyAdd(L.Constant(c1), x, c0));
        var high = L.MultiplyAdd(L.MultiplyAdd(L.Constant(c7), x, c6), square, L.MultiplyAdd(L.Constant(c5), x, c4));
        return L.MultiplyAdd(L.MultiplyAdd(L.MultiplyAdd(L.Constant(c9), x, c8), fourth, high), fourth, low);
    }
}
