using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace GradGen.Kernels;

/// <summary>Which vectors a row of entries fills on this processor, and how large a tile its registers hold. Constants to the JIT.</summary>
internal static class ProductWidth
{
    /// <summary>Whether there are 32 vector registers, not 16.</summary>
    private static bool ManyRegisters
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.IsHardwareAccelerated || AdvSimd.IsSupported;
    }

    /// <summary>Rows of a tile: 8×3 sums, 3 vectors of B and an entry of A take 28 registers of 32, and 6×2 take 15 of 16.</summary>
    public static int TileRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ManyRegisters ? 8 : 6;
    }

    /// <summary>Vectors in a row of a tile.</summary>
    public static int TileVectors
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ManyRegisters ? 3 : 2;
    }

    /// <summary>Rows of A in a tile of dot products with four rows of B: 6×4 sums and 5 more registers, or 2×4 and 5.</summary>
    public static int DotRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ManyRegisters ? 6 : 2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Fits512<T>(int length) => Vector512.IsHardwareAccelerated && IsFloatOrDouble<T>() && length >= Vector512<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Fits256<T>(int length) => Vector256.IsHardwareAccelerated && IsFloatOrDouble<T>() && length >= Vector256<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Fits128<T>(int length) => Vector128.IsHardwareAccelerated && IsFloatOrDouble<T>() && length >= Vector128<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool FitsPair<T>(int length) => Vector128.IsHardwareAccelerated && typeof(T) == typeof(float) && length >= 2;

    /// <summary>
    /// Entries until a vector of so many is aligned, fewer than it has. The collector may move the array meanwhile: what
    /// follows is then slower, and as right.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint ToAligned<T>(ref T start, int count)
    {
        var address = Unsafe.ByteOffset(ref Unsafe.NullRef<T>(), ref start);
        return (-address & ((count * Unsafe.SizeOf<T>()) - 1)) / Unsafe.SizeOf<T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsFloatOrDouble<T>() => typeof(T) == typeof(float) || typeof(T) == typeof(double);
}
