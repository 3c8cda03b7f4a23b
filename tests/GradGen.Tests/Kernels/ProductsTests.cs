using System.Numerics;
using static GradGen.Kernels.Products;

namespace GradGen.Tests.Kernels;

/// <summary>Every form of product in every kernel, at sizes that have every remainder, against the definition.</summary>
public class ProductsTests
{
    private const int Sampled = 400;

    private static readonly (int M, int K, int N)[] _larger =
    [
        (64, 100, 50), (33, 47, 61), (50, 33, 130), (7, 300, 5), (5, 6, 300), (300, 7, 10), (2, 1100, 3), (9, 2100, 21),
        (129, 65, 66), (10, 128, 64), (1, 300, 200), (200, 300, 1), (200, 1, 300), (3, 40, 127), (40, 257, 48), (16, 16, 16),
        (25, 24, 23), (41, 12, 97), (64, 784, 128),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Products_OfDoubles_AreTheSumsOfTheDefinition(bool accumulate) => AllForms<double>(accumulate, 1.0 / (1L << 53));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Products_OfFloats_AreTheSumsOfTheDefinition(bool accumulate) => AllForms<float>(accumulate, 1.0 / (1L << 24));

    [Fact]
    public void Products_WithAnInfinity_HaveItInItsRowAndNoNaNElsewhere()
    {
        // An entry that two overlapping vectors hold must count once, and its lane must not make 0·∞ elsewhere.
        for (var k = 2; k <= 40; k++)
        {
            for (var place = 0; place < k; place++)
            {
                var a = Enumerable.Repeat(1f, 9 * k).ToArray();
                var ones = Enumerable.Repeat(1f, 9 * k).ToArray();
                a[(4 * k) + place] = float.PositiveInfinity;
                var y = new float[9];
                var c = new float[81];
                MultiplyVector<float>(a, ones.AsSpan(0, k), y, 9, k, false);
                MultiplyTransposed<float>(a, ones, c, 9, k, 9, false);
                for (var i = 0; i < 9; i++)
                {
                    Assert.Equal(i == 4 ? float.PositiveInfinity : k, y[i]);
                    for (var j = 0; j < 9; j++)
                        Assert.Equal(i == 4 ? float.PositiveInfinity : k, c[(i * 9) + j]);
                }
            }
        }
    }

    [Fact]
    public void MultiplyVectorAdd_WhereTheBiasIsTheResult_AddsToIt()
    {
        double[] y = [10, 20];
        MultiplyVectorAdd<double, N2, N3>([1, 2, 3, 4, 5, 6], [1, 1, 1], y, y);
        Assert.Equal([16, 35], y);
    }

    [Fact]
    public void Dimensions_AndNumbers_GiveTheSameBits()
    {
        var random = new Random(5);
        double[] a = Draw(7 * 10, random), b = Draw(10 * 5, random), x = Draw(10, random), bias = Draw(7, random);
        double[] named = Draw(7 * 5, random), counted = [.. named];

        Multiply<double, N7, N10, N5>(a, b, named, true);
        Multiply<double>(a, b, counted, 7, 10, 5, true);
        Assert.Equal(counted, named);
        MultiplyTransposed<double, N7, N10, N5>(a, b, named, true);
        MultiplyTransposed<double>(a, b, counted, 7, 10, 5, true);
        Assert.Equal(counted, named);
        TransposedMultiply<double, N7, N10, N5>(a, b, named, true);
        TransposedMultiply<double>(a, b, counted, 7, 10, 5, true);
        Assert.Equal(counted, named);
        TransposedMultiplyTransposed<double, N7, N10, N5>(a, b, named, true);
        TransposedMultiplyTransposed<double>(a, b, counted, 7, 10, 5, true);
        Assert.Equal(counted, named);
        Outer<double, N7, N5>(bias, x.AsSpan(0, 5), named, true);
        Outer<double>(bias, x.AsSpan(0, 5), counted, 7, 5, true);
        Assert.Equal(counted, named);
        MultiplyVector<double, N7, N10>(a, x, named.AsSpan(0, 7), true);
        MultiplyVector<double>(a, x, counted.AsSpan(0, 7), 7, 10, true);
        Assert.Equal(counted, named);
        MultiplyVectorAdd<double, N7, N10>(a, x, bias, named.AsSpan(0, 7));
        MultiplyVectorAdd<double>(a, x, bias, counted.AsSpan(0, 7), 7, 10);
        Assert.Equal(counted, named);
        TransposedMultiplyVector<double, N7, N10>(a, bias, named.AsSpan(0, 10), true);
        TransposedMultiplyVector<double>(a, bias, counted.AsSpan(0, 10), 7, 10, true);
        Assert.Equal(counted, named);
    }

    [Fact]
    public void Products_OfAnotherType_AreComputedInScalars()
    {
        var c = new Half[9];
        Half[] a = [.. Enumerable.Range(1, 9).Select(i => (Half)i)];
        Multiply<Half, N3, N3, N3>(a, a, c, false);
        Assert.Equal([30, 36, 42, 66, 81, 96, 102, 126, 150], c.Select(h => (int)h));
        MultiplyTransposed<Half, N3, N3, N3>(a, a, c, false);
        Assert.Equal([14, 32, 50, 32, 77, 122, 50, 122, 194], c.Select(h => (int)h));
    }

    [Fact]
    public void Products_OnceWarm_AllocateNothing()
    {
        var random = new Random(6);
        double[] a = Draw(40 * 30, random), b = Draw(30 * 50, random), c = new double[40 * 50];
        All();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            All();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void All()
        {
            Multiply<double>(a, b, c, 40, 30, 50, true);
            MultiplyTransposed<double>(a, b, c, 40, 30, 50, true);
            TransposedMultiply<double>(a, b, c, 40, 30, 50, true);
            TransposedMultiplyTransposed<double>(a, b, c, 40, 30, 50, true);
            MultiplyVector<double>(a, b.AsSpan(0, 30), c.AsSpan(0, 40), 40, 30, true);
            TransposedMultiplyVector<double>(a, b.AsSpan(0, 40), c.AsSpan(0, 30), 40, 30, true);
            Outer<double>(a.AsSpan(0, 40), b.AsSpan(0, 50), c, 40, 50, true);
        }
    }

    [Fact]
    public void Products_OnSeveralThreads_DoNotShareTheirScratch()
    {
        var random = new Random(7);
        double[] a = Draw(24 * 24, random), b = Draw(24 * 24, random), expected = new double[24 * 24];
        MultiplyTransposed<double, N24, N24, N24>(a, b, expected, false);
        var threads = Enumerable.Range(1, 4).Select(seed => new Thread(() =>
        {
            var mine = new Random(seed);
            var other = Draw(24 * 24, mine);
            var c = new double[24 * 24];
            for (var i = 0; i < 2000; i++)
            {
                MultiplyTransposed<double, N24, N24, N24>(a, other, c, false);
                MultiplyTransposed<double, N24, N24, N24>(a, b, c, false);
                if (!c.AsSpan().SequenceEqual(expected))
                    _failed = true;
            }
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        Assert.False(_failed);
    }

    private volatile bool _failed;

    private static double[] Draw(int length, Random random)
        => [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5)];

    private static void AllForms<T>(bool accumulate, double epsilon)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(20251124);
        for (var size = 1; size <= 20; size++)
        {
            Matrices<T>(size, size, size, accumulate, epsilon, random);
            Vectors<T>(size, size, accumulate, epsilon, random);
        }

        for (var i = 0; i < Sampled; i++)
        {
            int m = random.Next(1, 21), k = random.Next(1, 21), n = random.Next(1, 21);
            Matrices<T>(m, k, n, accumulate, epsilon, random);
            Vectors<T>(m, k, accumulate, epsilon, random);
        }

        foreach (var (m, k, n) in _larger)
        {
            Matrices<T>(m, k, n, accumulate, epsilon, random);
            Vectors<T>(m, k, accumulate, epsilon, random);
            Vectors<T>(k, n, accumulate, epsilon, random);
        }
    }

    private static void Matrices<T>(int m, int k, int n, bool accumulate, double epsilon, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var shift = random.Next(16);
        var a = new GuardedEntries<T>(m * k, random, shift);
        var b = new GuardedEntries<T>(k * n, random, shift);
        for (var form = 0; form < 4; form++)
        {
            var (aTransposed, bTransposed) = (form > 1, form % 2 == 1);
            var c = new GuardedEntries<T>(m * n, random, shift);
            var expected = new ReferenceProduct(
                a.ToDoubles(), aTransposed, b.ToDoubles(), bTransposed, accumulate ? c.ToDoubles() : null, m, k, n, epsilon);
            switch (form)
            {
                case 0:
                    Multiply<T>(a.Span, b.Span, c.Span, m, k, n, accumulate);
                    break;
                case 1:
                    MultiplyTransposed<T>(a.Span, b.Span, c.Span, m, k, n, accumulate);
                    break;
                case 2:
                    TransposedMultiply<T>(a.Span, b.Span, c.Span, m, k, n, accumulate);
                    break;
                default:
                    TransposedMultiplyTransposed<T>(a.Span, b.Span, c.Span, m, k, n, accumulate);
                    break;
            }

            expected.AssertClose<T>(c.Span, $"{m}×{k}×{n}, transposed {aTransposed}, {bTransposed}");
            c.AssertGuardsIntact();
        }

        a.AssertGuardsIntact();
        b.AssertGuardsIntact();
    }

    private static void Vectors<T>(int m, int k, bool accumulate, double epsilon, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var shift = random.Next(16);
        var a = new GuardedEntries<T>(m * k, random, shift);
        var x = new GuardedEntries<T>(k, random, shift);
        var y = new GuardedEntries<T>(m, random, shift);
        var bias = new GuardedEntries<T>(m, random, shift);

        var product = new ReferenceProduct(a.ToDoubles(), false, x.ToDoubles(), false, accumulate ? y.ToDoubles() : null, m, k, 1, epsilon);
        MultiplyVector<T>(a.Span, x.Span, y.Span, m, k, accumulate);
        product.AssertClose<T>(y.Span, $"{m}×{k} times a vector");

        var layer = new ReferenceProduct(a.ToDoubles(), false, x.ToDoubles(), false, bias.ToDoubles(), m, k, 1, epsilon);
        MultiplyVectorAdd<T>(a.Span, x.Span, bias.Span, y.Span, m, k);
        layer.AssertClose<T>(y.Span, $"{m}×{k} times a vector and a bias");

        var transposed = new ReferenceProduct(a.ToDoubles(), true, y.ToDoubles(), false, accumulate ? x.ToDoubles() : null, k, m, 1, epsilon);
        TransposedMultiplyVector<T>(a.Span, y.Span, x.Span, m, k, accumulate);
        transposed.AssertClose<T>(x.Span, $"{m}×{k} transposed times a vector");

        var outer = new ReferenceProduct(y.ToDoubles(), false, x.ToDoubles(), false, accumulate ? a.ToDoubles() : null, m, 1, k, epsilon);
        Outer<T>(y.Span, x.Span, a.Span, m, k, accumulate);
        outer.AssertClose<T>(a.Span, $"{m}×{k} outer");

        a.AssertGuardsIntact();
        x.AssertGuardsIntact();
        y.AssertGuardsIntact();
        bias.AssertGuardsIntact();
    }
}
