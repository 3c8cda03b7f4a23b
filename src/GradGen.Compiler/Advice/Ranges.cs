using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Advice;

/// <summary>Whether a value that is never negative can be 0.</summary>
internal enum ZeroPoint
{
    /// <summary>Nothing is known.</summary>
    Unknown,

    /// <summary>It is 0 for some arguments, by its form: a square, an absolute value, a sum of these.</summary>
    Attained,

    /// <summary>It never is.</summary>
    Never,
}

/// <summary>What is known of all entries of a value: bounds that hold, and whether 0 is among them.</summary>
internal readonly record struct Range(double Low, double High, ZeroPoint Zero)
{
    public static Range Unknown { get; } = new(double.NegativeInfinity, double.PositiveInfinity, ZeroPoint.Unknown);

    public static Range Of(double number) => new(number, number, number == 0 ? ZeroPoint.Attained : ZeroPoint.Never);

    /// <summary>Whether it is a value that is never negative and sometimes 0, where a root has no slope and a logarithm no value.</summary>
    public bool TouchesZero => Low >= 0 && Zero == ZeroPoint.Attained;

    public bool IsPositive => Low >= 0 && Zero == ZeroPoint.Never;

    public static Range operator +(Range a, Range b) => new(
        a.Low + b.Low, a.High + b.High,
        a.IsPositive && b.Low >= 0 ? ZeroPoint.Never
        : b.IsPositive && a.Low >= 0 ? ZeroPoint.Never
        : a.TouchesZero && b.TouchesZero ? ZeroPoint.Attained
        : ByBounds(a.Low + b.Low, a.High + b.High));

    public static Range operator -(Range a) => new(-a.High, -a.Low, a.Zero);

    public static Range operator *(Range a, Range b)
    {
        double[] corners = [Product(a.Low, b.Low), Product(a.Low, b.High), Product(a.High, b.Low), Product(a.High, b.High)];
        return new(corners.Min(), corners.Max(),
            a.Zero == ZeroPoint.Never && b.Zero == ZeroPoint.Never ? ZeroPoint.Never
            : a.Low >= 0 && b.Low >= 0 && (a.TouchesZero || b.TouchesZero) ? ZeroPoint.Attained
            : ZeroPoint.Unknown);
    }

    /// <summary>The range of a function that grows, and is never 0 or 0 only where its argument is.</summary>
    public Range Through(Func<double, double> growing, ZeroPoint zero) => new(growing(Low), growing(High), zero);

    private static ZeroPoint ByBounds(double low, double high) => low > 0 || high < 0 ? ZeroPoint.Never : ZeroPoint.Unknown;

    // 0·∞: a bound that is 0 stays one.
    private static double Product(double a, double b) => a == 0 || b == 0 ? 0 : a * b;
}

/// <summary>The ranges of a function's values, from its operations alone: of parameters nothing is known.</summary>
internal sealed class Ranges(Matcher matcher)
{
    private const int Deepest = 200;

    private readonly Dictionary<Value, Range> _known = [];

    public Range Of(Value value) => Of(value, 0);

    private Range Of(Value value, int depth)
    {
        if (_known.TryGetValue(value, out var known))
        {
            return known;
        }

        var range = matcher.NumberOf(value) is { } number ? Range.Of(number)
            : matcher.DefinitionOf(value) is { Regions.IsEmpty: true } definition && depth < Deepest ? Of(definition, i => Of(definition.Operands[i], depth + 1))
            : Range.Unknown;
        _known[value] = range = double.IsNaN(range.Low) || double.IsNaN(range.High) ? Range.Unknown : range;
        return range;
    }

    private Range Of(Instruction instruction, Func<int, Range> operand)
    {
        var row = instruction.Operation;
        if (row == Elementary.Exp || row == Elementary.Cosh)
        {
            return row == Elementary.Exp ? operand(0).Through(Math.Exp, ZeroPoint.Never) : new(1, double.PositiveInfinity, ZeroPoint.Never);
        }

        if (row == Elementary.Sigmoid || row == Losses.Softmax)
        {
            return new(0, 1, ZeroPoint.Never);
        }

        if (row == Elementary.Softplus)
        {
            return new(0, double.PositiveInfinity, ZeroPoint.Never);
        }

        if (row == Elementary.Tanh || row == Elementary.Sin || row == Elementary.Cos)
        {
            return new(-1, 1, ZeroPoint.Unknown);
        }

        if (row == Elementary.Square || row == Elementary.Abs || row == Reductions.NormSquared || row == Reductions.Norm || row == Reductions.Length
            || (row == Elementary.IntegerPower && instruction.Attributes[0] % 2 == 0 && instruction.Attributes[0] > 0))
        {
            return Even(operand(0));
        }

        if ((row == Arithmetic.Multiply || row == Reductions.Dot) && matcher.AreSame(instruction.Operands[0], instruction.Operands[1]))
        {
            return Even(operand(0));
        }

        if (row == Elementary.Relu)
        {
            var x = operand(0);
            return x.IsPositive ? x : new(Math.Max(0, x.Low), Math.Max(0, x.High), ZeroPoint.Attained);
        }

        if (row == Elementary.Sqrt || row == Elementary.SafeSqrt)
        {
            var x = operand(0);
            return x.Low >= 0 ? x.Through(Math.Sqrt, x.Zero) : new(0, double.PositiveInfinity, ZeroPoint.Unknown);
        }

        if (row == Elementary.Max || row == Elementary.Min)
        {
            var (a, b) = (operand(0), operand(1));
            return row == Elementary.Max ? Greater(a, b) : -Greater(-a, -b);
        }

        if (row == Elementary.Clamp)
        {
            return -Greater(-Greater(operand(0), operand(1)), -operand(2));
        }

        if (row == Arithmetic.Add)
        {
            return operand(0) + operand(1);
        }

        if (row == Arithmetic.Subtract)
        {
            return IsShift(instruction) ? new(double.NegativeInfinity, 0, ZeroPoint.Attained) : operand(0) + -operand(1);
        }

        if (row == Arithmetic.Negate)
        {
            return -operand(0);
        }

        if (row == Arithmetic.Multiply)
        {
            return operand(0) * operand(1);
        }

        if (row == Arithmetic.Divide)
        {
            var (a, b) = (operand(0), operand(1));
            return b.Low > 0 ? a * new Range(1 / b.High, 1 / b.Low, ZeroPoint.Never)
                : b.IsPositive ? a * new Range(0, double.PositiveInfinity, ZeroPoint.Never)
                : Range.Unknown;
        }

        if (row == Reductions.Sum || row == Reductions.RowSum || row == Reductions.ColumnSum)
        {
            return operand(0) * Range.Of(Math.Max(1, instruction.Operands[0].Shape.Count / Math.Max(1, instruction.Result.Shape.Count)));
        }

        if (row == Reductions.Dot)
        {
            return operand(0) * operand(1) * Range.Of(Math.Max(1, instruction.Operands[0].Shape.Count));
        }

        return PassesOn(row) ? operand(0) : Range.Unknown;
    }

    private static Range Even(Range x) => new(0, double.PositiveInfinity, x.Zero == ZeroPoint.Never ? ZeroPoint.Never : ZeroPoint.Attained);

    private static Range Greater(Range a, Range b) => new(
        Math.Max(a.Low, b.Low), Math.Max(a.High, b.High),
        a.IsPositive || b.IsPositive ? ZeroPoint.Never
        : (a.Low == 0 && a.High == 0 && b.Low < 0) || (b.Low == 0 && b.High == 0 && a.Low < 0) || (a.TouchesZero && b.TouchesZero) ? ZeroPoint.Attained
        : ZeroPoint.Unknown);

    /// <summary>x − max x, the shift that keeps exponents low.</summary>
    private bool IsShift(Instruction difference) =>
        matcher.DefinitionOf(difference.Operands[1]) is { } greatest
        && (greatest.Operation == Reductions.MaxEntry || greatest.Operation == Losses.LogSumExp)
        && matcher.AreSame(greatest.Operands[0], difference.Operands[0]);

    private static bool PassesOn(Operation row) =>
        row == Products.Transpose || row == Gathers.Reshape || row == Gathers.StopGradient || row == Gathers.ToScalar || row == Gathers.Element
        || row == Gathers.EntryAt || row == Gathers.Row || row == Gathers.Column || row == Gathers.Block || row == Gathers.Diagonal
        || row == Gathers.RepeatColumn || row == Gathers.RepeatRow || row == Constants.Fill || row == Arithmetic.ToFloat64 || row == Arithmetic.ToFloat32
        || row == Reductions.MaxEntry || row == Reductions.MinEntry;
}
