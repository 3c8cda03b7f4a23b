using System.Numerics;
using System.Runtime.CompilerServices;
using GradGen.Kernels;
using Xunit.Abstractions;

namespace GradGen.Tests.Kernels;

/// <summary>
/// The derivative Φ(x) + x·φ(x), whose terms cancel near −0.75: its error in units in the last place of the larger term.
/// </summary>
public class GeluSlopeTests(ITestOutputHelper output)
{
    [Fact]
    public void ErrorsOfDouble_AreSmall_BesideTheLargerTerm() =>
        Check<double>(Sweep.Run<Slope, Lanes512<double>, double>, Sweep.Run<Slope, Lanes256<double>, double>, Sweep.Run<Slope, Lanes128<double>, double>, Sweep.Run<Slope, Lanes1<double>, double>);

    [Fact]
    public void ErrorsOfSingle_AreSmall_BesideTheLargerTerm() =>
        Check<float>(Sweep.Run<Slope, Lanes512<float>, float>, Sweep.Run<Slope, Lanes256<float>, float>, Sweep.Run<Slope, Lanes128<float>, float>, Sweep.Run<Slope, Lanes1<float>, float>);

    [Theory]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(0, 0.5)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(double.NaN, double.NaN)]
    public void SpecialValues_AreTheLimits(double x, double expected)
    {
        Assert.Equal(expected, Slope.Of(Lanes512<double>.Constant(x)).Lane(0));
        Assert.Equal(expected, Slope.Of(Lanes256<float>.Constant(x)).Lane(0));
        Assert.Equal(expected, Slope.Of(Lanes1<double>.Constant(x)).Lane(0));
    }

    private void Check<T>(params Func<T[], T[]>[] runs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        var points = Sweep.Points<T>(Slope.Centres);
        var results = runs.Select(run => run(points)).ToArray();
        var (worst, where) = (0.0, T.Zero);
        for (var i = 0; i < points.Length; i++)
        {
            var (reference, larger) = Reference.GeluSlope(double.CreateTruncating(points[i]));
            foreach (var result in results)
            {
                var ulps = Sweep.Ulps(result[i], reference, larger);
                if (ulps > worst)
                    (worst, where) = (ulps, points[i]);
            }
        }

        output.WriteLine($"GeluSlope of {typeof(T).Name}, {points.Length} points, all widths: {worst:F2} ulp of the larger term at {where:R}");
        Assert.InRange(worst, 0, 4);
    }

    public readonly struct Slope : IFunctionUnderTest
    {
        public static double[] Centres => [0, -0.75, -37.5, -38.6, -13, -14.2, 5, 8];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static L Of<L>(L x)
            where L : struct, ILanes<L>
        {
            VectorMath.GeluAndDerivative(x, out var derivative);
            return derivative;
        }

        public static Scaled Reference(double x) => Kernels.Reference.GeluSlope(x).Sum;

        public static double Special(double x) => x;
    }
}
