using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Tests;

/// <summary>Comparisons of numbers that name the entry that differs.</summary>
internal static class Check
{
    /// <summary>Equal up to a tolerance relative to the greater of 1 and the expected value; infinities and NaN exactly.</summary>
    public static void Close(double expected, double actual, double tolerance, string what)
    {
        if (expected.Equals(actual) || (double.IsFinite(expected) && Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected))))
        {
            return;
        }

        Assert.Fail($"{what}: expected {expected:R}, got {actual:R}, a difference of {actual - expected:G3}.");
    }

    public static void Close(double[] expected, double[] actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Close(expected[i], actual[i], tolerance, $"{what}, entry {i}");
        }
    }

    public static void Close(IReadOnlyList<Tensor> expected, IReadOnlyList<Tensor> actual, double tolerance, string what)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i].Shape, actual[i].Shape);
            Close(expected[i].Entries, actual[i].Entries, tolerance, $"{what}, result {i}");
        }
    }
}
