using System.Numerics;

namespace GradGen.Tests.Kernels;

/// <summary>Entries between two guards of NaN, which a read beyond the span carries into a sum and a write beyond it destroys.</summary>
internal sealed class GuardedEntries<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Guard = 64;

    private readonly T[] _all;
    private readonly int _length;
    private readonly int _shift;

    public GuardedEntries(int length, Random random, int shift = 0)
    {
        _all = new T[length + (2 * Guard) + shift];
        _length = length;
        _shift = shift;
        _all.AsSpan().Fill(T.NaN);
        foreach (ref var entry in Span)
            entry = T.CreateTruncating((2 * random.NextDouble()) - 1);
    }

    public Span<T> Span => _all.AsSpan(Guard + _shift, _length);

    public double[] ToDoubles() => [.. Span.ToArray().Select(double.CreateTruncating)];

    public void AssertGuardsIntact()
    {
        Assert.True(_all.AsSpan(0, Guard + _shift).ToArray().All(T.IsNaN), "An entry before the span was written.");
        Assert.True(_all.AsSpan(Guard + _shift + _length).ToArray().All(T.IsNaN), "An entry behind the span was written.");
    }
}
