using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Tests;

internal static partial class OperationCases
{
    private static IEnumerable<OperationCase> Scalars() =>
    [
        .. Unary(Elementary.Exp, Math.Exp, -2, 2),
        .. Unary(Elementary.Expm1, x => Math.Exp(x) - 1, -2, 2),
        .. Unary(Elementary.Log, Math.Log, 0.3, 4),
        .. Unary(Elementary.Log1p, x => Math.Log(1 + x), -0.6, 3),
        .. Unary(Elementary.Log2, Math.Log2, 0.3, 4),
        .. Unary(Elementary.Log10, Math.Log10, 0.3, 4),
        .. Unary(Elementary.Sin, Math.Sin, -4, 4),
        .. Unary(Elementary.Cos, Math.Cos, -4, 4),
        .. Unary(Elementary.Tan, Math.Tan, -1.2, 1.2),
        .. Unary(Elementary.Asin, Math.Asin, -0.7, 0.7),
        .. Unary(Elementary.Acos, Math.Acos, -0.7, 0.7),
        .. Unary(Elementary.Atan, Math.Atan, -3, 3),
        .. Unary(Elementary.Sinh, Math.Sinh, -2, 2),
        .. Unary(Elementary.Cosh, Math.Cosh, -2, 2),
        .. Unary(Elementary.Tanh, Math.Tanh, -2, 2),
        .. Unary(Elementary.Asinh, Math.Asinh, -3, 3),
        .. Unary(Elementary.Acosh, Math.Acosh, 1.4, 4),
        .. Unary(Elementary.Atanh, Math.Atanh, -0.7, 0.7),
        .. Unary(Elementary.Sqrt, Math.Sqrt, 0.3, 4),
        .. Unary(Elementary.Cbrt, Math.Cbrt, 0.3, 1, bothSigns: true),
        .. Unary(Elementary.Reciprocal, x => 1 / x, 0.4, 2, bothSigns: true),
        .. Unary(Elementary.Square, x => x * x, -2, 2),
        .. Unary(Elementary.Cube, x => x * x * x, -2, 2),
        .. Unary(Elementary.ReciprocalSqrt, x => 1 / Math.Sqrt(x), 0.4, 3),
        .. Unary(Elementary.Sigmoid, x => 1 / (1 + Math.Exp(-x)), -3, 3),
        .. Unary(Elementary.Softplus, x => Math.Log(1 + Math.Exp(x)), -3, 3),
        .. Unary(Elementary.LogSigmoid, x => -Math.Log(1 + Math.Exp(-x)), -3, 3),
        .. Unary(Elementary.Erf, NaiveErf, -2, 2),
        .. Unary(Elementary.Erfc, x => 1 - NaiveErf(x), -2, 2),
        .. Unary(Elementary.Gelu, x => x * NaivePhi(x), -3, 3),
        .. Unary(Elementary.GeluDerivative, x => NaivePhi(x) + (x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI)), -3, 3),
        .. Unary(Elementary.SafeSqrt, Math.Sqrt, 0.3, 4),
        .. Unary(Elementary.Relu, x => x < 0 ? 0 : x, 0.1, 1, bothSigns: true),
        .. Unary(Elementary.Abs, Math.Abs, 0.1, 1, bothSigns: true),
        .. Unary(Elementary.Sign, x => Math.Sign(x), 0.1, 1, bothSigns: true),
        .. Unary(Elementary.Floor, Math.Floor, 1.1, 1.9, bothSigns: true),
        .. Unary(Elementary.Ceiling, Math.Ceiling, 1.1, 1.9, bothSigns: true),
        .. Unary(Elementary.Round, Math.Round, 1.6, 2.4, bothSigns: true),
        .. Unary(Elementary.Truncate, Math.Truncate, 1.1, 1.9, bothSigns: true),
        .. Unary(Elementary.FiniteOrZero, x => x, 0.1, 1, bothSigns: true).Select(c => c with { IsStopped = true }),
        .. Unary(Arithmetic.Negate, x => -x, -1, 1),
        .. Unary(Arithmetic.ToFloat64, x => x, -1, 1),
        .. Unary(Arithmetic.ToInt32, x => (int)x, 1.1, 1.9, bothSigns: true),
        .. Unary(Arithmetic.ToFloat32, x => (float)x, -1, 1).Select(c => c with { Tolerance = 1e-3 }),
        .. Shapes.Select(s => ByEntry(Arithmetic.ToFloat64, x => x[0], Within(s.With(ScalarType.Float32), -1, 1)) with { Tolerance = 1e-6 }),
        .. Shapes.Select(s => ByEntry(Arithmetic.ToFloat32, x => (float)x[0], Within(s.With(ScalarType.Float32), -1, 1)) with { Tolerance = 1e-3 }),
        ByEntry(Arithmetic.ToFloat64, x => x[0], new Operand(Integer, 0, 1)),
        .. Unary(Gathers.StopGradient, x => x, -1, 1).Select(c => c with { IsStopped = true }),
        .. new[] { -3, -1, 0, 1, 2, 3, 4, 5, 7 }.SelectMany(n => Shapes.Select(s => Case(
            Elementary.IntegerPower, [Within(s, 0.5, 1.5) with { BothSigns = true }], t => EntryByEntry(t, x => Math.Pow(x[0], n)), n))),

        .. Binary(Arithmetic.Add, (a, b) => a + b),
        .. Binary(Arithmetic.Subtract, (a, b) => a - b),
        .. Binary(Arithmetic.Multiply, (a, b) => a * b),
        .. Binary(Arithmetic.Divide, (a, b) => a / b, right: (0.4, 2)),
        .. Binary(Arithmetic.Remainder, (a, b) => a - (b * Math.Truncate(a / b)), left: (2.1, 2.3), right: (0.8, 0.95)),
        .. Binary(Elementary.Max, (a, b) => a > b ? a : b).Select(Apart),
        .. Binary(Elementary.Min, (a, b) => a < b ? a : b).Select(Apart),
        .. Binary(Elementary.Atan2, Math.Atan2, left: (0.4, 2), right: (0.4, 2)),
        .. Binary(Elementary.Pow, Math.Pow, left: (0.4, 2), right: (-2, 3)),
        .. Binary(Elementary.LeakyRelu, (x, s) => x > 0 ? x : s * x, left: (0.1, 1)).Select(
            c => c with { Operands = c.Operands.SetItem(0, c.Operands[0] with { BothSigns = true }) }),
        .. Ternary.Select(s => Apart(ByEntry(
            Elementary.Clamp, x => Math.Max(x[1], Math.Min(x[2], x[0])), Signed(s.First), Within(s.Second, -0.4, -0.2), Within(s.Third, 0.2, 0.4)))),
    ];

    /// <summary>2/√π·(x − x³/3 + x⁵/(2!·5) − …), the exponential's series, integrated.</summary>
    private static double NaiveErf(double x)
    {
        double power = x, sum = x;
        for (var n = 1; n < 60; n++)
        {
            power *= -x * x / n;
            sum += power / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }

    private static double NaivePhi(double x) => 0.5 * (1 + NaiveErf(x / Math.Sqrt(2)));

    /// <summary>The shapes of a function of one operand.</summary>
    private static IEnumerable<TensorType> Shapes => [Of(2, 3), Of(3, 2), Of(5, 1), Of(1, 4), Real];

    /// <summary>The shapes of a function of two operands, a scalar on either side of a matrix among them.</summary>
    private static IEnumerable<(TensorType Left, TensorType Right)> Pairs =>
    [
        (Of(2, 3), Of(2, 3)), (Of(3, 2), Of(3, 2)), (Of(5, 1), Of(5, 1)), (Of(1, 4), Of(1, 4)),
        (Real, Real), (Real, Of(3, 2)), (Of(2, 3), Real), (Of(5, 1), Real), (Real, Of(1, 4)),
    ];

    private static IEnumerable<(TensorType First, TensorType Second, TensorType Third)> Ternary =>
    [
        (Of(2, 3), Of(2, 3), Of(2, 3)), (Real, Real, Real), (Of(3, 2), Real, Real), (Of(5, 1), Of(5, 1), Real),
        (Of(1, 4), Real, Of(1, 4)), (Real, Of(2, 3), Of(2, 3)), (Real, Of(3, 2), Real), (Real, Real, Of(2, 3)),
    ];

    private static IEnumerable<OperationCase> Unary(
        Operation operation, Func<double, double> function, double low, double high, bool bothSigns = false) =>
        Shapes.Select(s => ByEntry(operation, x => function(x[0]), Within(s, low, high) with { BothSigns = bothSigns }));

    private static IEnumerable<OperationCase> Binary(
        Operation operation, Func<double, double, double> function, (double Low, double High)? left = null, (double Low, double High)? right = null) =>
        Pairs.Select(s => ByEntry(
            operation,
            x => function(x[0], x[1]),
            Within(s.Left, left?.Low ?? -1, left?.High ?? 1),
            Within(s.Right, right?.Low ?? -1, right?.High ?? 1)));
}
