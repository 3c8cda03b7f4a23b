namespace GradGen.GradientTests.RandomPrograms.Duals;

/// <summary>What generic helpers ask of their scalar type, under the name that the framework gives it.</summary>
/// <typeparam name="T">The scalar type.</typeparam>
public interface IFloatingPointIeee754<T>
    where T : IFloatingPointIeee754<T>
{
    static abstract T Zero { get; }

    static abstract T One { get; }

    static abstract T CreateChecked(double number);

    /// <summary>The same value, with no derivative.</summary>
    static abstract T Constant(T x);

    static abstract T operator -(T x);

    static abstract T operator +(T x, T y);

    static abstract T operator -(T x, T y);

    static abstract T operator *(T x, T y);

    static abstract T operator /(T x, T y);

    static abstract bool operator <(T x, T y);

    static abstract bool operator >(T x, T y);

    static abstract bool operator <=(T x, T y);

    static abstract bool operator >=(T x, T y);

    static abstract T Abs(T x);

    static abstract T Max(T x, T y);

    static abstract T Min(T x, T y);

    static abstract T Exp(T x);

    static abstract T Log(T x);

    static abstract T Sqrt(T x);

    static abstract T Sin(T x);

    static abstract T Cos(T x);

    static abstract T Tanh(T x);

    static abstract T Pow(T x, T y);
}
