using System.Numerics;

namespace GradGen.Benchmarks.Harness;

/// <summary>A result as numbers, part after part.</summary>
internal sealed class Parts
{
    private readonly List<double> _numbers = [];
    private readonly List<int> _lengths = [];

    public double[] Numbers => [.. _numbers];

    public IReadOnlyList<int> Lengths => _lengths;

    public void Add<T>(params ReadOnlySpan<T> part)
        where T : INumberBase<T>
    {
        _lengths.Add(part.Length);
        foreach (var number in part)
        {
            _numbers.Add(double.CreateChecked(number));
        }
    }
}
