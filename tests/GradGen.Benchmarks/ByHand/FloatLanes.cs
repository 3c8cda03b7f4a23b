using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static GradGen.Benchmarks.ByHand.Inlining;

namespace GradGen.Benchmarks.ByHand;

/// <summary>Elementary functions of 16 floats, as <see cref="Elementary{T, V}"/> has them for doubles.</summary>
internal static class FloatLanes
{
    private const float Shift = 12582912;

    [MethodImpl(Inline)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        Reduce(x, out var power, out var rest);
        return Vector512.FusedMultiplyAdd(power, rest, power);
    }

    [MethodImpl(Inline)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        // Beyond 10 it is ±1 in float, and the power of two would overflow.
        var limited = Vector512.Max(Vector512.Min(x, Vector512.Create(10f)), Vector512.Create(-10f));
        Reduce(limited + limited, out var power, out var rest);
        var m = Vector512.FusedMultiplyAdd(power, rest, power - Vector512.Create(1f));
        return m / (m + Vector512.Create(2f));
    }

    [MethodImpl(Inline)]
    private static void Reduce(Vector512<float> x, out Vector512<float> power, out Vector512<float> rest)
    {
        var shifted = Add(x, 1.44269504f, Vector512.Create(Shift));
        var n = shifted - Vector512.Create(Shift);
        var r = Add(n, -1.42860677e-6f, Add(n, -0.693145752f, x));
        var p = Add(r, 1f / 5040, Vector512.Create(1f / 720));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 120));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 24));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 6));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 2));
        power = ((shifted.AsInt32() << 23) + Vector512.Create(1f).AsInt32()).AsSingle();
        rest = Vector512.FusedMultiplyAdd(r * r, p, r);
    }

    [MethodImpl(Inline)]
    private static Vector512<float> Add(Vector512<float> x, float factor, Vector512<float> to) =>
        Vector512.FusedMultiplyAdd(x, Vector512.Create(factor), to);
}
