namespace GradGen.Benchmarks.Plain;

/// <summary>A dual number: a value, and its slope along one direction.</summary>
internal readonly record struct Dual(double Value, double Slope) : IScalar<Dual>
{
    public static implicit operator Dual(double constant) => new(constant, 0);

    public static Dual operator +(Dual a, Dual b) => new(a.Value + b.Value, a.Slope + b.Slope);

    public static Dual operator -(Dual a, Dual b) => new(a.Value - b.Value, a.Slope - b.Slope);

    public static Dual operator *(Dual a, Dual b) => new(a.Value * b.Value, a.Slope * b.Value + a.Value * b.Slope);

    public static Dual operator /(Dual a, Dual b)
    {
        var quotient = a.Value / b.Value;
        return new(quotient, (a.Slope - quotient * b.Slope) / b.Value);
    }

    public static Dual Exp(Dual x)
    {
        var value = Math.Exp(x.Value);
        return new(value, value * x.Slope);
    }

    public static Dual Tanh(Dual x)
    {
        var value = Math.Tanh(x.Value);
        return new(value, (1 - value * value) * x.Slope);
    }

    public static Dual Sin(Dual x) => new(Math.Sin(x.Value), Math.Cos(x.Value) * x.Slope);
}

/// <summary>Gradients with dual numbers: the formula is computed once for each entry, which alone has slope 1.</summary>
internal static class ForwardMode
{
    public static void Gradient<TFormula>(double[] parameters, double[] constants, double[] result)
        where TFormula : struct, IScalarFormula
    {
        var duals = Array.ConvertAll(parameters, parameter => new Dual(parameter, 0));
        for (var i = 0; i < parameters.Length; i++)
        {
            duals[i] = duals[i] with { Slope = 1 };
            (result[0], result[1 + i]) = TFormula.Value<Dual>(duals, constants);
            duals[i] = duals[i] with { Slope = 0 };
        }
    }
}
