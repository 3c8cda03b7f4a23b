namespace GradGen.GradientTests.RandomPrograms.Duals;

/// <summary>
/// A dual number v + v̇·ε with ε² = 0: a value, and its derivative along the one direction that a run follows. Written
/// from the textbook, and from nothing of the compiler.
/// </summary>
/// <param name="value">The value v.</param>
/// <param name="tangent">The derivative v̇.</param>
public readonly struct Dual(double value, double tangent) : IFloatingPointIeee754<Dual>
{
    public double Value { get; } = value;

    public double Tangent { get; } = tangent;

    public static Dual Zero => 0;

    public static Dual One => 1;

    public static implicit operator Dual(double number) => new(number, 0);

    public static Dual CreateChecked(double number) => number;

    public static Dual Constant(Dual x) => new(x.Value, 0);

    public static Dual operator +(Dual x) => x;

    public static Dual operator -(Dual x) => new(-x.Value, -x.Tangent);

    public static Dual operator ++(Dual x) => x + 1;

    public static Dual operator --(Dual x) => x - 1;

    public static Dual operator +(Dual x, Dual y) => new(x.Value + y.Value, x.Tangent + y.Tangent);

    public static Dual operator -(Dual x, Dual y) => new(x.Value - y.Value, x.Tangent - y.Tangent);

    public static Dual operator *(Dual x, Dual y) => new(x.Value * y.Value, (x.Tangent * y.Value) + (x.Value * y.Tangent));

    public static Dual operator /(Dual x, Dual y) =>
        new(x.Value / y.Value, ((x.Tangent * y.Value) - (x.Value * y.Tangent)) / (y.Value * y.Value));

    /// <summary>x − ⌊x/y⌋₀·y, the quotient's integer part taken as constant.</summary>
    public static Dual operator %(Dual x, Dual y)
    {
        var quotient = x.Value / y.Value;
        Kinks.Meet(quotient, System.Math.Round(quotient));
        return new(x.Value % y.Value, x.Tangent - (System.Math.Truncate(quotient) * y.Tangent));
    }

    public static bool operator <(Dual x, Dual y) => Kinks.Compare(x, y) < 0;

    public static bool operator >(Dual x, Dual y) => Kinks.Compare(x, y) > 0;

    public static bool operator <=(Dual x, Dual y) => Kinks.Compare(x, y) <= 0;

    public static bool operator >=(Dual x, Dual y) => Kinks.Compare(x, y) >= 0;

    public static bool operator ==(Dual x, Dual y) => Kinks.Compare(x, y) == 0;

    public static bool operator !=(Dual x, Dual y) => Kinks.Compare(x, y) != 0;

    /// <summary>f(x), f′(x) being <paramref name="slope"/>.</summary>
    public Dual Chain(double function, double slope) => new(function, Tangent == 0 ? 0 : slope * Tangent);

    public static Dual Abs(Dual x) => x > 0 ? x : x < 0 ? -x : new(System.Math.Abs(x.Value), 0);

    public static Dual Max(Dual x, Dual y) => x > y ? x : y > x ? y : (x + y) / 2;

    public static Dual Min(Dual x, Dual y) => x < y ? x : y < x ? y : (x + y) / 2;

    public static Dual Exp(Dual x) => x.Chain(System.Math.Exp(x.Value), System.Math.Exp(x.Value));

    public static Dual Log(Dual x) => x.Chain(System.Math.Log(x.Value), 1 / x.Value);

    public static Dual Sqrt(Dual x) => x.Chain(System.Math.Sqrt(x.Value), 0.5 / System.Math.Sqrt(x.Value));

    public static Dual Sin(Dual x) => x.Chain(System.Math.Sin(x.Value), System.Math.Cos(x.Value));

    public static Dual Cos(Dual x) => x.Chain(System.Math.Cos(x.Value), -System.Math.Sin(x.Value));

    public static Dual Tanh(Dual x) => x.Chain(System.Math.Tanh(x.Value), 1 / System.Math.Pow(System.Math.Cosh(x.Value), 2));

    /// <summary>xʸ: y·xʸ⁻¹·ẋ + xʸ·ln x·ẏ, a term being 0 where its direction is.</summary>
    public static Dual Pow(Dual x, Dual y)
    {
        var power = System.Math.Pow(x.Value, y.Value);
        var byBase = x.Tangent == 0 || y.Value == 0 ? 0 : y.Value * System.Math.Pow(x.Value, y.Value - 1) * x.Tangent;
        var byExponent = y.Tangent == 0 ? 0 : power * System.Math.Log(x.Value) * y.Tangent;
        return new(power, byBase + byExponent);
    }

    public override bool Equals(object? obj) => obj is Dual other && Value.Equals(other.Value) && Tangent.Equals(other.Tangent);

    public override int GetHashCode() => HashCode.Combine(Value, Tangent);

    public override string ToString() => FormattableString.Invariant($"{Value:R} + {Tangent:R}ε");
}
