namespace GradGen.Benchmarks.Harness;

/// <summary>
/// A gradient in the generated type, whose matrices everybody writes to; and, since its numbers cannot be set one by one,
/// room for the value, and for the slope by a parameter that is a number.
/// </summary>
internal struct Output<TGradient>(TGradient gradient)
    where TGradient : struct
{
    public TGradient Gradient = gradient;
    public double Value;
    public double Scalar;
}
