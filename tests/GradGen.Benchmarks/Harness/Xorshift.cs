using System.Numerics;

namespace GradGen.Benchmarks.Harness;

/// <summary>The random numbers that the C programs draw, so that all see the same inputs.</summary>
internal sealed class Xorshift
{
    private ulong _state = 88172645463325252;

    /// <summary>A number from −scale to scale.</summary>
    public double Next(double scale)
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return (((_state >> 11) * (1.0 / 9007199254740992.0) * 2) - 1) * scale;
    }

    public Matrix<T, TRows, TColumns> Matrix<T, TRows, TColumns>(double scale)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRows : struct, IDimension
        where TColumns : struct, IDimension
    {
        var matrix = new Matrix<T, TRows, TColumns>();
        Fill(matrix.AsSpan(), scale);
        return matrix;
    }

    public Vector<T, TSize> Vector<T, TSize>(double scale)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TSize : struct, IDimension
    {
        var vector = new Vector<T, TSize>();
        Fill(vector.AsSpan(), scale);
        return vector;
    }

    public void Fill<T>(Span<T> entries, double scale)
        where T : INumberBase<T>
    {
        foreach (ref var entry in entries)
        {
            entry = T.CreateTruncating(Next(scale));
        }
    }
}
