using System.Numerics;

namespace GradGen.Benchmarks.ByHand;

/// <summary>Numbers side by side in registers, as many as the type says.</summary>
internal interface ILanes<T> :
    IAdditionOperators<T, T, T>,
    ISubtractionOperators<T, T, T>,
    IMultiplyOperators<T, T, T>,
    IDivisionOperators<T, T, T>
    where T : struct, ILanes<T>
{
    static abstract int Count { get; }

    static abstract T All(double number);

    static abstract T Load(ref readonly double from);

    /// <summary>Loads without reading past the count; the other lanes are 0.</summary>
    static abstract T LoadFirst(ref readonly double from, int count);

    /// <summary>a·b + c, rounded once.</summary>
    static abstract T MulAdd(T a, T b, T c);

    /// <summary>2ⁿ for whole n, given as the sum of n and <see cref="Elementary{T}.Shift"/>.</summary>
    static abstract T PowerOfTwo(T shifted);

    void Store(ref double to);

    void StoreFirst(ref double to, int count);

    double Sum();
}
