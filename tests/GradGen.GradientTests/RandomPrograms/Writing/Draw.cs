using CsCheck;

namespace GradGen.GradientTests.RandomPrograms;

/// <summary>Choices from a stream of random numbers.</summary>
/// <param name="pcg">The stream.</param>
internal sealed class Draw(PCG pcg)
{
    public int Below(int count) => (int)pcg.Next((uint)count);

    /// <summary>Both ends included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    public bool Chance(int percent) => Below(100) < percent;

    public T Of<T>(params ReadOnlySpan<T> items) => items[Below(items.Length)];

    public T In<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>Later items more often: a program uses what it has just computed.</summary>
    public T Late<T>(IReadOnlyList<T> items) => items[Math.Max(Below(items.Count), Below(items.Count))];

    /// <summary>A number with few digits, not 0.</summary>
    public double Number(double largest)
    {
        var number = Between(1, (int)(largest * 8)) / 8.0;
        return Chance(25) ? -number : number;
    }
}
