namespace GradGen;

/// <summary>A value of a function, and the size of what was added up for it: its rounding is relative to that.</summary>
internal readonly record struct Evaluation(double Value, double Magnitude);

/// <summary>What a scalar type is good for in differences.</summary>
/// <param name="Step">
/// About ε^⅕, where the truncation of a fourth-order difference, h⁴, and its rounding, ε/h, are alike; a power of two, so
/// that moving an entry by it does not round.
/// </param>
/// <param name="Tolerance">How much a gradient may differ, relative to the slope.</param>
/// <param name="Roundoff">The largest relative error of one rounding.</param>
internal sealed record Precision(double Step, double Tolerance, double Roundoff)
{
    public static readonly Precision Double = new(Math.ScaleB(1, -10), 1e-7, Math.ScaleB(1, -53));

    public static readonly Precision Single = new(Math.ScaleB(1, -5), 1e-3, Math.ScaleB(1, -24));

    /// <summary>The smallest step for an entry of size 1, below which it is not moved exactly.</summary>
    public double Smallest => 16 * Roundoff;

    /// <summary>What the roundings in a sum of this size hide of it.</summary>
    public double Hidden(double magnitude) => 16 * Roundoff * magnitude;
}

/// <summary>The values of φ at 0, ±h and ±2h, and what they say about φ′(0).</summary>
internal readonly struct Stencil
{
    private readonly double _valueAtZero, _left2, _left1, _right1, _right2, _magnitude;

    public Stencil(Func<double, Evaluation> function, Evaluation atZero, double step)
    {
        var (left2, left1, right1, right2) = (function(-2 * step), function(-step), function(step), function(2 * step));
        Step = step;
        _valueAtZero = atZero.Value;
        (_left2, _left1, _right1, _right2) = (left2.Value, left1.Value, right1.Value, right2.Value);
        _magnitude = new[] { atZero, left2, left1, right1, right2 }.Max(e => Math.Abs(e.Magnitude));
    }

    public double Step { get; }

    /// <summary>[8(φ(h) − φ(−h)) − (φ(2h) − φ(−2h))] / 12h = φ′(0) + O(h⁴).</summary>
    public double Central => ((8 * (_right1 - _left1)) - (_right2 - _left2)) / (12 * Step);

    /// <summary>[3φ(0) − 4φ(−h) + φ(−2h)] / 2h, the slope to the left.</summary>
    public double Left => ((3 * _valueAtZero) - (4 * _left1) + _left2) / (2 * Step);

    /// <summary>[−3φ(0) + 4φ(h) − φ(2h)] / 2h, the slope to the right.</summary>
    public double Right => ((-3 * _valueAtZero) + (4 * _right1) - _right2) / (2 * Step);

    /// <summary>
    /// How steep φ is around 0: |φ′(0)|, or what it becomes within h where 0 is stationary. Errors are relative to it.
    /// </summary>
    public double Steepness =>
        Math.Max(Math.Abs(Central), Math.Max(Math.Abs(_right1 - _valueAtZero), Math.Abs(_valueAtZero - _left1)) / Step);

    public bool IsFinite => double.IsFinite(Central) && double.IsFinite(_magnitude);

    /// <summary>
    /// How much the slopes disagree: to the left and to the right by h³φ⁗/2 where φ is smooth, those of fourth and second
    /// order by h²φ‴/6; by a part of the jump where φ has a kink. Only one of the two can miss a kink, being 0 for some
    /// place of it.
    /// </summary>
    public double Roughness => Math.Max(Math.Abs(Right - Left), Math.Abs(Central - ((_right1 - _left1) / (2 * Step))));

    /// <summary>
    /// What rounding hides of the slope: noise of deviation σ makes <see cref="Central"/> deviate by 0.95σ/h, and eight
    /// times that is allowed because σ is an estimate, a rough one where φ takes few values. A φ that does not move at all
    /// says only that it moves by less than the rounding of the numbers it is computed from, taken to be 1 where they
    /// cannot be seen: the loss of a saturated network is such.
    /// </summary>
    public double Hidden(double noise, Precision precision)
    {
        var isConstant = _left2 == _valueAtZero && _left1 == _valueAtZero && _right1 == _valueAtZero && _right2 == _valueAtZero;
        var magnitude = isConstant ? Math.Max(1, _magnitude) : _magnitude;
        return ((8 * noise) + (2 * precision.Roundoff * magnitude)) / Step;
    }
}
