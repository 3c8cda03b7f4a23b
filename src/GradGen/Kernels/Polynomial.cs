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
        L.MultiplyAdd(L.Constant(c1), x, Horner(square, c0, c2));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x, L square, double c0, double c1, double c2, double c3)
        where L : struct, ILanes<L> =>
        L.MultiplyAdd(Horner(square, c1, c3), x, Horner(square, c0, c2));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x, L square, double c0, double c1, double c2, double c3, double c4)
        where L : struct, ILanes<L> =>
        L.MultiplyAdd(Horner(square, c1, c3), x, Horner(square, c0, c2, c4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x, L square, double c0, double c1, double c2, double c3, double c4, double c5)
        where L : struct, ILanes<L> =>
        L.MultiplyAdd(Horner(square, c1, c3, c5), x, Horner(square, c0, c2, c4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x, L square, double c0, double c1, double c2, double c3, double c4, double c5, double c6)
        where L : struct, ILanes<L> =>
        L.MultiplyAdd(Horner(square, c1, c3, c5), x, Horner(square, c0, c2, c4, c6));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x, L square, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7)
        where L : struct, ILanes<L> =>
        L.MultiplyAdd(Horner(square, c1, c3, c5, c7), x, Horner(square, c0, c2, c4, c6));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x, L square, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7, double c8)
        where L : struct, ILanes<L> =>
        L.MultiplyAdd(Horner(square, c1, c3, c5, c7), x, Horner(square, c0, c2, c4, c6, c8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x, L square, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7, double c8, double c9)
        where L : struct, ILanes<L> =>
        L.MultiplyAdd(Horner(square, c1, c3, c5, c7, c9), x, Horner(square, c0, c2, c4, c6, c8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x, L square, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7, double c8, double c9, double c10)
        where L : struct, ILanes<L> =>
        L.MultiplyAdd(Horner(square, c1, c3, c5, c7, c9), x, Horner(square, c0, c2, c4, c6, c8, c10));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Of<L>(L x, L square, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7, double c8, double c9, double c10, double c11)
        where L : struct, ILanes<L> =>
        L.MultiplyAdd(Horner(square, c1, c3, c5, c7, c9, c11), x, Horner(square, c0, c2, c4, c6, c8, c10));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Horner<L>(L x, double c0, double c1)
        where L : struct, ILanes<L> =>
        L.MultiplyAdd(L.Constant(c1), x, L.Constant(c0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Horner<L>(L x, double c0, double c1, double c2)
        where L : struct, ILanes<L> =>
        L.MultiplyAdd(Horner(x, c1, c2), x, L.Constant(c0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Horner<L>(L x, double c0, double c1, double c2, double c3)
        where L : struct, ILanes<L> =>
        L.MultiplyAdd(Horner(x, c1, c2, c3), x, L.Constant(c0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Horner<L>(L x, double c0, double c1, double c2, double c3, double c4)
        where L : struct, ILanes<L> =>
        L.MultiplyAdd(Horner(x, c1, c2, c3, c4), x, L.Constant(c0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Horner<L>(L x, double c0, double c1, double c2, double c3, double c4, double c5)
        where L : struct, ILanes<L> =>
        L.MultiplyAdd(Horner(x, c1, c2, c3, c4, c5), x, L.Constant(c0));
}
