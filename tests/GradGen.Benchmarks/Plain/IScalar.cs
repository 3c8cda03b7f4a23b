using System.Numerics;

namespace GradGen.Benchmarks.Plain;

/// <summary>A number that can be differentiated, as users write it who have no compiler for that.</summary>
internal interface IScalar<T> :
    IAdditionOperators<T, T, T>,
    ISubtractionOperators<T, T, T>,
    IMultiplyOperators<T, T, T>,
    IDivisionOperators<T, T, T>
    where T : struct, IScalar<T>
{
    static abstract implicit operator T(double constant);

    static abstract T Exp(T x);

    static abstract T Tanh(T x);

    static abstract T Sin(T x);
}

/// <summary>A formula over such numbers.</summary>
internal interface IScalarFormula
{
    static abstract T Value<T>(ReadOnlySpan<T> parameters, ReadOnlySpan<double> constants)
        where T : struct, IScalar<T>;
}

/// <summary>Computes the value and the gradient of a formula, into one array.</summary>
internal delegate void ScalarGradient(double[] parameters, double[] constants, double[] result);
