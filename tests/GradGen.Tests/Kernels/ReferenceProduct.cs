using System.Numerics;

namespace GradGen.Tests.Kernels;

/// <summary>
/// C = op(A)·op(B) (+ C) as defined, and how far an honest sum may be from it. Products of floats are exact in double;
/// products of doubles are kept with their rounding error, and both are summed with compensation: the reference is off by
/// about one rounding of the result.
/// </summary>
internal sealed class ReferenceProduct
{
    private readonly double[] _value;
    private readonly double[] _bound;

    public ReferenceProduct(
        double[] a, bool aTransposed, double[] b, bool bTransposed, double[]? added, int m, int k, int n, double epsilon)
    {
        _value = new double[m * n];
        _bound = new double[m * n];
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                double sum = added?[(i * n) + j] ?? 0, error = 0, magnitude = Math.Abs(sum);
                for (var p = 0; p < k; p++)
                {
                    var x = a[aTransposed ? (p * m) + i : (i * k) + p];
                    var y = b[bTransposed ? (j * k) + p : (p * n) + j];
                    var product = x * y;
                    error += Math.FusedMultiplyAdd(x, y, -product);
                    var next = sum + product;
                    var shifted = next - sum;
                    error += (sum - (next - shifted)) + (product - shifted);
                    sum = next;
                    magnitude += Math.Abs(product);
                }

                _value[(i * n) + j] = sum + error;
                _bound[(i * n) + j] = (k + 1) * epsilon * magnitude;
            }
        }
    }

    /// <summary>γₙ·Σ|a||b| with n the number of additions: what any order of summing keeps to.</summary>
    public void AssertClose<T>(ReadOnlySpan<T> actual, string what)
        where T : INumber<T>
    {
        Assert.Equal(_value.Length, actual.Length);
        for (var i = 0; i < actual.Length; i++)
        {
            var entry = double.CreateChecked(actual[i]);
            Assert.True(
                Math.Abs(entry - _value[i]) <= _bound[i],
                $"{what}: entry {i} is {entry:R}, not {_value[i]:R}; allowed {_bound[i]:E1}.");
        }
    }
}
