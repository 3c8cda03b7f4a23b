using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Operations;

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
internal readonly record struct ValueRange(double Low, double High, ZeroPoint Zero)
{
    public static ValueRange Unknown { get; } = new(double.NegativeInfinity, double.PositiveInfinity, ZeroPoint.Unknown);

    public static ValueRange Of(double number) => new(number, number, number == 0 ? ZeroPoint.Attained : ZeroPoint.Never);

    /// <summary>Whether it is a value that is never negative and sometimes 0, where a root has no slope and a logarithm no value.</summary>
    public bool TouchesZero => Low >= 0 && Zero == ZeroPoint.Attained;

    public bool IsPositive => Low >= 0 && Zero == ZeroPoint.Never;

    /// <summary>Of a square, an absolute value, a norm: what is 0 where its operand is, and else positive.</summary>
    public ValueRange Even() => new(0, double.PositiveInfinity, Zero == ZeroPoint.Never ? ZeroPoint.Never : ZeroPoint.Attained);

    public static ValueRange operator +(ValueRange a, ValueRange b) => new(
        a.Low + b.Low, a.High + b.High,
        a.IsPositive && b.Low >= 0 ? ZeroPoint.Never
        : b.IsPositive && a.Low >= 0 ? ZeroPoint.Never
        : a.TouchesZero && b.TouchesZero ? ZeroPoint.Attained
        : ByBounds(a.Low + b.Low, a.High + b.High));

    public static ValueRange operator -(ValueRange a) => new(-a.High, -a.Low, a.Zero);

    public static ValueRange operator *(ValueRange a, ValueRange b)
    {
        double[] corners = [Product(a.Low, b.Low), Product(a.Low, b.High), Product(a.High, b.Low), Product(a.High, b.High)];
        return new(corners.Min(), corners.Max(),
            a.Zero == ZeroPoint.Never && b.Zero == ZeroPoint.Never ? ZeroPoint.Never
            : a.Low >= 0 && b.Low >= 0 && (a.TouchesZero || b.TouchesZero) ? ZeroPoint.Attained
            : ZeroPoint.Unknown);
    }

    public static ValueRange operator /(ValueRange a, ValueRange b) =>
        b.Low > 0 ? a * new ValueRange(1 / b.High, 1 / b.Low, ZeroPoint.Never)
        : b.IsPositive ? a * new ValueRange(0, double.PositiveInfinity, ZeroPoint.Never)
        : Unknown;

    /// <summary>The greater of two.</summary>
    public static ValueRange Greater(ValueRange a, ValueRange b) => new(
        Math.Max(a.Low, b.Low), Math.Max(a.High, b.High),
        a.IsPositive || b.IsPositive ? ZeroPoint.Never
        : (a.Low == 0 && a.High == 0 && b.Low < 0) || (b.Low == 0 && b.High == 0 && a.Low < 0) || (a.TouchesZero && b.TouchesZero) ? ZeroPoint.Attained
        : ZeroPoint.Unknown);

    /// <summary>The range of a function that grows, and is never 0 or 0 only where its argument is.</summary>
    public ValueRange Through(Func<double, double> growing, ZeroPoint zero) => new(growing(Low), growing(High), zero);

    private static ZeroPoint ByBounds(double low, double high) => low > 0 || high < 0 ? ZeroPoint.Never : ZeroPoint.Unknown;

    // 0·∞: a bound that is 0 stays one.
    private static double Product(double a, double b) => a == 0 || b == 0 ? 0 : a * b;
}

/// <summary>What a row's rule of ranges sees.</summary>
/// <param name="Instruction">The instruction.</param>
/// <param name="RangeOf">What is known of a value.</param>
/// <param name="AreSame">Whether two values are the same formula of the same values.</param>
/// <param name="DefinitionOf">The instruction that defines a value, if there is one.</param>
internal sealed record RangeContext(
    Instruction Instruction, Func<Value, ValueRange> RangeOf, Func<Value, Value, bool> AreSame, Func<Value, Instruction?> DefinitionOf)
{
    /// <summary>What is known of an operand.</summary>
    public ValueRange this[int operand] => RangeOf(Instruction.Operands[operand]);

    /// <summary>Whether both operands are the same.</summary>
    public bool IsOfOne => AreSame(Instruction.Operands[0], Instruction.Operands[1]);
}

/// <summary>Ranges that several rows have.</summary>
internal static class RangeRules
{
    /// <summary>The entries are some of its operand's.</summary>
    public static Func<RangeContext, ValueRange> OfOperand { get; } = c => c[0];

    /// <summary>0 where the operand is, else positive.</summary>
    public static Func<RangeContext, ValueRange> Even { get; } = c => c[0].Even();

    /// <summary>A sum of so many of its operand's entries for each of its own.</summary>
    public static Func<RangeContext, ValueRange> Sum { get; } = c =>
        c[0] * ValueRange.Of(Math.Max(1, c.Instruction.Operands[0].Shape.Count / Math.Max(1, c.Instruction.Result.Shape.Count)));

    /// <summary>Bounds that hold whatever the operands are.</summary>
    public static Func<RangeContext, ValueRange> Within(double low, double high, ZeroPoint zero) => _ => new ValueRange(low, high, zero);
}
