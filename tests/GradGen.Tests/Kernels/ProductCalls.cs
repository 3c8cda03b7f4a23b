using System.Numerics;
using static GradGen.Kernels.Products;

namespace GradGen.Tests.Kernels;

/// <summary>The products of A, m×k, with B and with vectors, for sizes that were chosen before.</summary>
internal interface IProductCalls<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    void Matrices(Span<T> a, bool aTransposed, Span<T> b, bool bTransposed, Span<T> c, bool accumulate);

    void Vector(Span<T> a, Span<T> x, Span<T> y, bool accumulate);

    void VectorAdd(Span<T> a, Span<T> x, Span<T> bias, Span<T> y);

    void TransposedVector(Span<T> a, Span<T> x, Span<T> y, bool accumulate);

    void OuterProduct(Span<T> x, Span<T> y, Span<T> c, bool accumulate);
}

/// <summary>Through the forms that take sizes as numbers.</summary>
internal sealed class CallsByNumber<T>(int m, int k, int n) : IProductCalls<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public void Matrices(Span<T> a, bool aTransposed, Span<T> b, bool bTransposed, Span<T> c, bool accumulate)
    {
        if (aTransposed && bTransposed)
            TransposedMultiplyTransposed<T>(a, b, c, m, k, n, accumulate);
        else if (aTransposed)
            TransposedMultiply<T>(a, b, c, m, k, n, accumulate);
        else if (bTransposed)
            MultiplyTransposed<T>(a, b, c, m, k, n, accumulate);
        else
            Multiply<T>(a, b, c, m, k, n, accumulate);
    }

    public void Vector(Span<T> a, Span<T> x, Span<T> y, bool accumulate) => MultiplyVector<T>(a, x, y, m, k, accumulate);

    public void VectorAdd(Span<T> a, Span<T> x, Span<T> bias, Span<T> y) => MultiplyVectorAdd<T>(a, x, bias, y, m, k);

    public void TransposedVector(Span<T> a, Span<T> x, Span<T> y, bool accumulate)
        => TransposedMultiplyVector<T>(a, x, y, m, k, accumulate);

    public void OuterProduct(Span<T> x, Span<T> y, Span<T> c, bool accumulate) => Outer<T>(x, y, c, m, k, accumulate);
}

/// <summary>Through the forms that take sizes as dimensions.</summary>
internal sealed class CallsByDimension<T, TM, TK, TN> : IProductCalls<T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TM : struct, IDimension
    where TK : struct, IDimension
    where TN : struct, IDimension
{
    public void Matrices(Span<T> a, bool aTransposed, Span<T> b, bool bTransposed, Span<T> c, bool accumulate)
    {
        if (aTransposed && bTransposed)
            TransposedMultiplyTransposed<T, TM, TK, TN>(a, b, c, accumulate);
        else if (aTransposed)
            TransposedMultiply<T, TM, TK, TN>(a, b, c, accumulate);
        else if (bTransposed)
            MultiplyTransposed<T, TM, TK, TN>(a, b, c, accumulate);
        else
            Multiply<T, TM, TK, TN>(a, b, c, accumulate);
    }

    public void Vector(Span<T> a, Span<T> x, Span<T> y, bool accumulate) => MultiplyVector<T, TM, TK>(a, x, y, accumulate);

    public void VectorAdd(Span<T> a, Span<T> x, Span<T> bias, Span<T> y) => MultiplyVectorAdd<T, TM, TK>(a, x, bias, y);

    public void TransposedVector(Span<T> a, Span<T> x, Span<T> y, bool accumulate)
        => TransposedMultiplyVector<T, TM, TK>(a, x, y, accumulate);

    public void OuterProduct(Span<T> x, Span<T> y, Span<T> c, bool accumulate) => Outer<T, TM, TK>(x, y, c, accumulate);
}
