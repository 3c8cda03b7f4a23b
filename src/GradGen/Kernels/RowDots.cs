using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace GradGen.Kernels;

/// <summary>
/// Products of rows with a vector, a row in each lane of the result. Four rows at once: the vector is loaded once for them, and
/// their sums do not wait for each other; then the four registers are added up crosswise.
/// </summary>
internal static class RowDots
{
    /// <summary>Four rows of floats in registers of a width, of which <paramref name="count"/> are there; none gives 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Singles<TLanes, T>(ref T rows, nint stride, int count, ref T vector, int length)
        where TLanes : struct, ILanes<TLanes, float>
        where T : unmanaged
    {
        if (count <= 0)
            return Vector128<float>.Zero;
        Four<TLanes, float>(
            ref Unsafe.As<T, float>(ref rows), stride, count, ref Unsafe.As<T, float>(ref vector), length,
            out var s0, out var s1, out var s2, out var s3);
        return Sums(Folded(s0), Folded(s1), Folded(s2), Folded(s3));
    }

    /// <summary>Four rows of doubles in registers of 256 bits or more, of which <paramref name="count"/> are there; none gives 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Doubles<TLanes, T>(ref T rows, nint stride, int count, ref T vector, int length)
        where TLanes : struct, ILanes<TLanes, double>
        where T : unmanaged
    {
        if (count <= 0)
            return Vector256<double>.Zero;
        Four<TLanes, double>(
            ref Unsafe.As<T, double>(ref rows), stride, count, ref Unsafe.As<T, double>(ref vector), length,
            out var s0, out var s1, out var s2, out var s3);
        return Sums(Halved(s0), Halved(s1), Halved(s2), Halved(s3));
    }

    /// <summary>Two rows of doubles in registers of 128 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Pair<T>(ref T rows, nint stride, int count, ref T vector, int length)
        where T : unmanaged
    {
        ref var row0 = ref Unsafe.As<T, double>(ref rows);
        ref var row1 = ref Unsafe.Add(ref row0, count > 1 ? stride : 0);
        ref var x = ref Unsafe.As<T, double>(ref vector);
        var (s0, s1) = (Vector128<double>.Zero, Vector128<double>.Zero);
        nuint k = 0;
        for (; (int)k + 2 <= length; k += 2)
        {
            var factor = Vector128.LoadUnsafe(ref x, k);
            s0 = Vector128.MultiplyAddEstimate(Vector128.LoadUnsafe(ref row0, k), factor, s0);
            s1 = Vector128.MultiplyAddEstimate(Vector128.LoadUnsafe(ref row1, k), factor, s1);
        }

        if ((int)k < length)
        {
            var factor = Vector128.CreateScalar(Unsafe.Add(ref x, k));
            s0 = Vector128.MultiplyAddEstimate(Vector128.CreateScalar(Unsafe.Add(ref row0, k)), factor, s0);
            s1 = Vector128.MultiplyAddEstimate(Vector128.CreateScalar(Unsafe.Add(ref row1, k)), factor, s1);
        }

        return Sse3.IsSupported ? Sse3.HorizontalAdd(s0, s1)
            : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.AddPairwise(s0, s1)
            : Vector128.Create(Vector128.Sum(s0), Vector128.Sum(s1));
    }

    /// <summary>The products of four rows lane by lane; a row that is not there is the last one that is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four<TLanes, T>(
        ref T row0, nint stride, int count, ref T vector, int length, out TLanes s0, out TLanes s1, out TLanes s2, out TLanes s3)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged
    {
        ref var row1 = ref Unsafe.Add(ref row0, count > 1 ? stride : 0);
        ref var row2 = ref Unsafe.Add(ref row1, count > 2 ? stride : 0);
        ref var row3 = ref Unsafe.Add(ref row2, count > 3 ? stride : 0);
        (s0, s1, s2, s3) = (TLanes.Zero, TLanes.Zero, TLanes.Zero, TLanes.Zero);
        nuint k = 0;
        for (; (int)k + TLanes.Count <= length; k += (nuint)TLanes.Count)
        {
            var factor = TLanes.Load(in vector, k);
            s0 = TLanes.MultiplyAdd(TLanes.Load(in row0, k), factor, s0);
            s1 = TLanes.MultiplyAdd(TLanes.Load(in row1, k), factor, s1);
            s2 = TLanes.MultiplyAdd(TLanes.Load(in row2, k), factor, s2);
            s3 = TLanes.MultiplyAdd(TLanes.Load(in row3, k), factor, s3);
        }

        var left = length - (int)k;
        if (left > 0)
        {
            var factor = TLanes.LoadMasked(in vector, k, left);
            s0 = TLanes.MultiplyAdd(TLanes.LoadMasked(in row0, k, left), factor, s0);
            s1 = TLanes.MultiplyAdd(TLanes.LoadMasked(in row1, k, left), factor, s1);
            s2 = TLanes.MultiplyAdd(TLanes.LoadMasked(in row2, k, left), factor, s2);
            s3 = TLanes.MultiplyAdd(TLanes.LoadMasked(in row3, k, left), factor, s3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Folded<TLanes>(TLanes lanes)
        where TLanes : struct
    {
        if (typeof(TLanes) == typeof(Lanes128<float>))
            return Unsafe.BitCast<TLanes, Vector128<float>>(lanes);
        if (typeof(TLanes) == typeof(Lanes256<float>))
            return Folded(Unsafe.BitCast<TLanes, Vector256<float>>(lanes));
        var all = Unsafe.BitCast<TLanes, Vector512<float>>(lanes);
        return Folded(all.GetLower() + all.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Folded(Vector256<float> lanes) => lanes.GetLower() + lanes.GetUpper();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Halved<TLanes>(TLanes lanes)
        where TLanes : struct
    {
        if (typeof(TLanes) == typeof(Lanes256<double>))
            return Unsafe.BitCast<TLanes, Vector256<double>>(lanes);
        var all = Unsafe.BitCast<TLanes, Vector512<double>>(lanes);
        return all.GetLower() + all.GetUpper();
    }

    /// <summary>The sum of each of four registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Sums(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d) =>
        Sse3.IsSupported ? Sse3.HorizontalAdd(Sse3.HorizontalAdd(a, b), Sse3.HorizontalAdd(c, d))
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.AddPairwise(AdvSimd.Arm64.AddPairwise(a, b), AdvSimd.Arm64.AddPairwise(c, d))
        : Vector128.Create(Vector128.Sum(a), Vector128.Sum(b), Vector128.Sum(c), Vector128.Sum(d));

    /// <summary>The sum of each of four registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Sums(Vector256<double> a, Vector256<double> b, Vector256<double> c, Vector256<double> d)
    {
        if (!Avx.IsSupported)
            return Vector256.Create(Vector256.Sum(a), Vector256.Sum(b), Vector256.Sum(c), Vector256.Sum(d));
        var (low, high) = (Avx.HorizontalAdd(a, b), Avx.HorizontalAdd(c, d));
        return Avx.Permute2x128(low, high, 0x20) + Avx.Permute2x128(low, high, 0x31);
    }
}
