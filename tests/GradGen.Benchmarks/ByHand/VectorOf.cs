using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static GradGen.Benchmarks.ByHand.Inlining;

namespace GradGen.Benchmarks.ByHand;

/// <summary>
/// What the elementary functions need of a vector, so that there is one text for all widths. Only for them: a type around
/// the vectors, or a method around every operation, soon uses up what the JIT compiler is willing to inline.
/// </summary>
internal interface IVectorOf<TVector>
    where TVector : struct
{
    static abstract TVector All(double number);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>a·b + c, rounded once.</summary>
    static abstract TVector MulAdd(TVector a, TVector b, TVector c);

    /// <summary>2ⁿ for whole n, given as the sum of n and <see cref="Elementary{T, V}.Shift"/>.</summary>
    static abstract TVector PowerOfTwo(TVector shifted);
}

internal readonly struct Of128 : IVectorOf<Vector128<double>>
{
    [MethodImpl(Inline)]
    public static Vector128<double> All(double number) => Vector128.Create(number);

    [MethodImpl(Inline)]
    public static Vector128<double> Add(Vector128<double> a, Vector128<double> b) => a + b;

    [MethodImpl(Inline)]
    public static Vector128<double> Subtract(Vector128<double> a, Vector128<double> b) => a - b;

    [MethodImpl(Inline)]
    public static Vector128<double> Multiply(Vector128<double> a, Vector128<double> b) => a * b;

    [MethodImpl(Inline)]
    public static Vector128<double> Divide(Vector128<double> a, Vector128<double> b) => a / b;

    [MethodImpl(Inline)]
    public static Vector128<double> MulAdd(Vector128<double> a, Vector128<double> b, Vector128<double> c) => Vector128.FusedMultiplyAdd(a, b, c);

    [MethodImpl(Inline)]
    public static Vector128<double> PowerOfTwo(Vector128<double> shifted) => ((shifted.AsInt64() << 52) + Vector128.Create(1.0).AsInt64()).AsDouble();
}

internal readonly struct Of512 : IVectorOf<Vector512<double>>
{
    [MethodImpl(Inline)]
    public static Vector512<double> All(double number) => Vector512.Create(number);

    [MethodImpl(Inline)]
    public static Vector512<double> Add(Vector512<double> a, Vector512<double> b) => a + b;

    [MethodImpl(Inline)]
    public static Vector512<double> Subtract(Vector512<double> a, Vector512<double> b) => a - b;

    [MethodImpl(Inline)]
    public static Vector512<double> Multiply(Vector512<double> a, Vector512<double> b) => a * b;

    [MethodImpl(Inline)]
    public static Vector512<double> Divide(Vector512<double> a, Vector512<double> b) => a / b;

    [MethodImpl(Inline)]
    public static Vector512<double> MulAdd(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Vector512.FusedMultiplyAdd(a, b, c);

    [MethodImpl(Inline)]
    public static Vector512<double> PowerOfTwo(Vector512<double> shifted) => ((shifted.AsInt64() << 52) + Vector512.Create(1.0).AsInt64()).AsDouble();
}
