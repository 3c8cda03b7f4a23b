using GradGen.Kernels;

namespace GradGen.Tests.Kernels;

/// <summary>A function of <see cref="VectorMath"/>, with its reference and what Math says for special arguments.</summary>
public interface IFunctionUnderTest
{
    /// <summary>The function in registers.</summary>
    static abstract L Of<L>(L x)
        where L : struct, ILanes<L>;

    /// <summary>The function in higher precision, for finite arguments; NaN where it is not defined.</summary>
    static abstract Scaled Reference(double x);

    /// <summary>The function as Math or its limits have it, for −∞, ∞, NaN and zeros.</summary>
    static abstract double Special(double x);

    /// <summary>The greatest error that is allowed, in units in the last place.</summary>
    static virtual double MostUlps => 4;

    /// <summary>Points around which the sweep is dense.</summary>
    static virtual double[] Centres => [0];
}
