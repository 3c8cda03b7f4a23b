using System.Numerics;
using GradGen.Kernels;
using Xunit.Abstractions;

namespace GradGen.Tests.Kernels;

public class ExpTests(ITestOutputHelper output) : VectorMathTests<ExpUnderTest>(output);

public class Exp2Tests(ITestOutputHelper output) : VectorMathTests<Exp2UnderTest>(output);

public class Expm1Tests(ITestOutputHelper output) : VectorMathTests<Expm1UnderTest>(output);

public class LogTests(ITestOutputHelper output) : VectorMathTests<LogUnderTest>(output);

public class Log1pTests(ITestOutputHelper output) : VectorMathTests<Log1pUnderTest>(output);

public class SinTests(ITestOutputHelper output) : VectorMathTests<SinUnderTest>(output);

public class CosTests(ITestOutputHelper output) : VectorMathTests<CosUnderTest>(output);

public class SineOfBothTests(ITestOutputHelper output) : VectorMathTests<SineOfBothUnderTest>(output);

public class CosineOfBothTests(ITestOutputHelper output) : VectorMathTests<CosineOfBothUnderTest>(output);

public class TanTests(ITestOutputHelper output) : VectorMathTests<TanUnderTest>(output);

public class TanhTests(ITestOutputHelper output) : VectorMathTests<TanhUnderTest>(output);

public class TanhOfBothTests(ITestOutputHelper output) : VectorMathTests<TanhOfBothUnderTest>(output);

public class SigmoidTests(ITestOutputHelper output) : VectorMathTests<SigmoidUnderTest>(output);

public class SigmoidOfBothTests(ITestOutputHelper output) : VectorMathTests<SigmoidOfBothUnderTest>(output);

public class SigmoidSlopeTests(ITestOutputHelper output) : VectorMathTests<SigmoidSlopeUnderTest>(output);

public class SoftplusTests(ITestOutputHelper output) : VectorMathTests<SoftplusUnderTest>(output);

public class SoftplusSlopeTests(ITestOutputHelper output) : VectorMathTests<SoftplusSlopeUnderTest>(output);

public class ErfTests(ITestOutputHelper output) : VectorMathTests<ErfUnderTest>(output);

public class ErfcTests(ITestOutputHelper output) : VectorMathTests<ErfcUnderTest>(output);

public class GeluTests(ITestOutputHelper output) : VectorMathTests<GeluUnderTest>(output);

public class TanhSlopeTests(ITestOutputHelper output) : VectorMathTests<TanhSlopeUnderTest>(output);

/// <summary>Sweeps a function over its whole range at every width, and says how large the error was and where.</summary>
/// <typeparam name="TFunction">The function.</typeparam>
public abstract class VectorMathTests<TFunction>(ITestOutputHelper output)
    where TFunction : struct, IFunctionUnderTest
{
    private static readonly double[] Specials = [double.NegativeInfinity, -0.0, 0.0, double.PositiveInfinity, double.NaN];

    [Fact]
    public void ErrorsOfDouble_StayBelowTheLimit()
    {
        var points = Sweep.Points<double>(TFunction.Centres);
        Check(
            points, Sweep.Run<TFunction, Lanes512<double>, double>(points), Sweep.Run<TFunction, Lanes256<double>, double>(points),
            Sweep.Run<TFunction, Lanes128<double>, double>(points), Sweep.Run<TFunction, Lanes1<double>, double>(points));
    }

    [Fact]
    public void ErrorsOfSingle_StayBelowTheLimit()
    {
        var points = Sweep.Points<float>(TFunction.Centres);
        Check(
            points, Sweep.Run<TFunction, Lanes512<float>, float>(points), Sweep.Run<TFunction, Lanes256<float>, float>(points),
            Sweep.Run<TFunction, Lanes128<float>, float>(points), Sweep.Run<TFunction, Lanes1<float>, float>(points));
    }

    [Fact]
    public void SpecialValues_AreThoseOfMath()
    {
        foreach (var x in Specials)
        {
            Special<Lanes512<double>>(x);
            Special<Lanes512<float>>(x);
            Special<Lanes256<double>>(x);
            Special<Lanes256<float>>(x);
            Special<Lanes128<double>>(x);
            Special<Lanes128<float>>(x);
            Special<Lanes1<double>>(x);
            Special<Lanes1<float>>(x);
        }
    }

    private static void Special<TLanes>(double x)
        where TLanes : struct, ILanes<TLanes>
    {
        // Beside ordinary numbers: no lane disturbs another.
        var lanes = TFunction.Of(TLanes.Constant(0.75).WithLane(TLanes.Count - 1, x));
        var (found, expected) = (lanes.Lane(TLanes.Count - 1), TFunction.Special(x));
        if (TLanes.IsSingle)
            expected = (float)expected;
        Assert.True(
            double.IsNaN(expected) ? double.IsNaN(found) : BitConverter.DoubleToInt64Bits(found) == BitConverter.DoubleToInt64Bits(expected),
            $"{typeof(TLanes)}: of {x}: {found}, not {expected}");
        if (TLanes.Count > 1)
            Assert.Equal(TFunction.Of(TLanes.Constant(0.75)).Lane(0), lanes.Lane(0));
    }

    private void Check<T>(T[] points, params T[][] results)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var worst = new double[results.Length];
        var where = new T[results.Length];
        var different = 0;
        for (var i = 0; i < points.Length; i++)
        {
            var reference = TFunction.Reference(double.CreateTruncating(points[i]));
            var isDifferent = false;
            for (var w = 0; w < results.Length; w++)
            {
                var ulps = Sweep.Ulps(results[w][i], reference);
                isDifferent |= !results[w][i].Equals(results[0][i]);
                if (ulps > worst[w])
                    (worst[w], where[w]) = (ulps, points[i]);
            }

            different += isDifferent ? 1 : 0;
        }

        output.WriteLine(
            $"{typeof(TFunction).Name.Replace("UnderTest", "", StringComparison.Ordinal)} of {typeof(T).Name}, {points.Length} points: "
            + $"{string.Join("; ", worst.Select((u, w) => $"{new[] { 512, 256, 128, 1 }[w]}: {u:F2} ulp at {where[w]:R}"))}; widths differ at {different}");
        Assert.All(worst, u => Assert.InRange(u, 0, TFunction.MostUlps));
    }
}
