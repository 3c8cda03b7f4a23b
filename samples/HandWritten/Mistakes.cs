using GradGen;
using static GradGen.MatrixFunctions;

namespace HandWritten;

/// <summary>The chain rule of the scalars, applied to matrices.</summary>
public static partial class Question
{
    [Differentiable]
    public static Vector<double, N1> Forward(Matrix<double, N2, N2> w1, Matrix<double, N2, N2> w2, Matrix<double, N1, N2> w3, [NoDerivative] Vector<double, N2> x)
        => Sigmoid(w3 * Sigmoid(w2 * Sigmoid(w1 * x)));

    // GRAD3004 'w3': The factor belongs, transposed, on the other side: up to 'w3' it should be 'w3.T * Prime(w3 * Sigmoid(w2 * Sigmoid(w1 * x)))' (2×1), for δ2 = (w3ᵀ·δ3) ⊙ a2 ⊙ (1 − a2)
    // GRAD3002 'Prime(w2 * Sigmoid(w1 * x))': The factor acts entry by entry: the product is ⊙, not ·: up to 'Prime(w2 * Sigmoid(w1 * x))' it should be 'Hadamard(w3.T * Prime(w3 * Sigmoid(w2 * Sigmoid(w1 * x))), Prime(w2 * Sigmoid(w1 * x)))' (2×1), for δ2 = (w3ᵀ·δ3) ⊙ a2 ⊙ (1 − a2)
    // GRAD3004 'w2': The factor belongs, transposed, on the other side: up to 'w2' it should be 'w2.T * Hadamard(w3.T * Prime(w3 * Sigmoid(w2 * Sigmoid(w1 * x))), Prime(w2 * Sigmoid(w1 * x)))' (2×1), for δ1 = (w2ᵀ·δ2) ⊙ a1 ⊙ (1 − a1)
    // GRAD3002 'Prime(w1 * x)': The factor acts entry by entry: the product is ⊙, not ·: up to 'Prime(w1 * x)' it should be 'Hadamard(w2.T * Hadamard(w3.T * Prime(w3 * Sigmoid(w2 * Sigmoid(w1 * x))), Prime(w2 * Sigmoid(w1 * x))), Prime(w1 * x))' (2×1), for δ1 = (w2ᵀ·δ2) ⊙ a1 ⊙ (1 − a1)
    // GRAD3001 'x': A transpose is missing: up to 'x' it should be 'Hadamard(w2.T * Hadamard(w3.T * Prime(w3 * Sigmoid(w2 * Sigmoid(w1 * x))), Prime(w2 * Sigmoid(w1 * x))), Prime(w1 * x)) * x.T' (2×2), for ∂w1 = δ1·xᵀ
    [GradientOf(nameof(Forward), "w1")]
    public static Matrix<double, N2, N2> First(Matrix<double, N2, N2> w1, Matrix<double, N2, N2> w2, Matrix<double, N1, N2> w3, Vector<double, N2> x)
        => Prime(w3 * Sigmoid(w2 * Sigmoid(w1 * x))) * w3 * Prime(w2 * Sigmoid(w1 * x)) * w2 * Prime(w1 * x) * x;

    // GRAD3004 'w3': The factor belongs, transposed, on the other side: up to 'w3' it should be 'w3.T * Prime(w3 * Sigmoid(w2 * Sigmoid(w1 * x)))' (2×1), for δ2 = (w3ᵀ·δ3) ⊙ a2 ⊙ (1 − a2)
    // GRAD3002 'Prime(w2 * Sigmoid(w1 * x))': The factor acts entry by entry: the product is ⊙, not ·: up to 'Prime(w2 * Sigmoid(w1 * x))' it should be 'Hadamard(w3.T * Prime(w3 * Sigmoid(w2 * Sigmoid(w1 * x))), Prime(w2 * Sigmoid(w1 * x)))' (2×1), for δ2 = (w3ᵀ·δ3) ⊙ a2 ⊙ (1 − a2)
    // GRAD3001 'Sigmoid(w1 * x)': A transpose is missing: up to 'Sigmoid(w1 * x)' it should be 'Hadamard(w3.T * Prime(w3 * Sigmoid(w2 * Sigmoid(w1 * x))), Prime(w2 * Sigmoid(w1 * x))) * Sigmoid(w1 * x).T' (2×2), for ∂w2 = δ2·a1ᵀ
    [GradientOf(nameof(Forward), "w2")]
    public static Matrix<double, N2, N2> Second(Matrix<double, N2, N2> w1, Matrix<double, N2, N2> w2, Matrix<double, N1, N2> w3, Vector<double, N2> x)
        => Prime(w3 * Sigmoid(w2 * Sigmoid(w1 * x))) * w3 * Prime(w2 * Sigmoid(w1 * x)) * Sigmoid(w1 * x);

    private static Vector<double, TSize> Prime<TSize>(Vector<double, TSize> z)
        where TSize : struct, IDimension
        => Hadamard(Sigmoid(z), 1 - Sigmoid(z));
}

/// <summary>A layer's gradient, wrong in as many ways as people find.</summary>
public static partial class Layer
{
    [Differentiable]
    public static double Loss(Matrix<double, N3, N2> w, [NoDerivative] Vector<double, N2> x, [NoDerivative] Vector<double, N3> t) => NormSquared(Sigmoid(w * x) - t);

    // GRAD3002 '2 * (a - t) * Hadamard(a, 1 - a)': The factor acts entry by entry: the product is ⊙, not ·: '2 * (a - t) * Hadamard(a, 1 - a)' should be 'Hadamard(2 * (a - t), Hadamard(a, 1 - a))' (3×1), for δ1 = (t2·z2) ⊙ t1 ⊙ (1 − t1)
    [GradientOf(nameof(Loss), "w")]
    public static Matrix<double, N3, N2> MatrixProduct(Matrix<double, N3, N2> w, Vector<double, N2> x, Vector<double, N3> t)
    {
        var a = Sigmoid(w * x);
        return 2 * (a - t) * Hadamard(a, 1 - a) * x.T;
    }

    // GRAD3005 '2 * (a - t)': The derivative of Sigmoid is missing: '2 * (a - t)' should be 'Hadamard(2 * (a - t), Hadamard(a, 1 - a))' (3×1), for δ1 = (t2·z2) ⊙ t1 ⊙ (1 − t1)
    [GradientOf(nameof(Loss), "w")]
    public static Matrix<double, N3, N2> Factor(Matrix<double, N3, N2> w, Vector<double, N2> x, Vector<double, N3> t)
    {
        var a = Sigmoid(w * x);
        return 2 * (a - t) * x.T;
    }

    // GRAD3006 'Hadamard(z, 1 - z)': The derivative wants the activation, not what goes into it: 'Hadamard(z, 1 - z)' should be 'Hadamard(Sigmoid(z), 1 - Sigmoid(z))' (3×1), for ∂w = δ1·xᵀ
    [GradientOf(nameof(Loss), "w")]
    public static Matrix<double, N3, N2> Activation(Matrix<double, N3, N2> w, Vector<double, N2> x, Vector<double, N3> t)
    {
        var z = w * x;
        return 2 * Hadamard(Sigmoid(z) - t, Hadamard(z, 1 - z)) * x.T;
    }

    // GRAD3007 'Hadamard(a - t, Hadamard(a, 1 - a)) * x.T': The factor 2 is missing: 'Hadamard(a - t, Hadamard(a, 1 - a)) * x.T' should be '2 * (Hadamard(a - t, Hadamard(a, 1 - a)) * x.T)' (3×2), for ∂w = δ1·xᵀ
    [GradientOf(nameof(Loss), "w")]
    public static Matrix<double, N3, N2> Constant(Matrix<double, N3, N2> w, Vector<double, N2> x, Vector<double, N3> t)
    {
        var a = Sigmoid(w * x);
        return Hadamard(a - t, Hadamard(a, 1 - a)) * x.T;
    }

    // GRAD3011 'Matrix<double, N2, N3>': The gradient with respect to 'w' has its shape, 3×2; this returns 2×3
    [GradientOf(nameof(Loss), "w")]
    public static Matrix<double, N2, N3> Layout(Matrix<double, N3, N2> w, Vector<double, N2> x, Vector<double, N3> t)
    {
        var a = Sigmoid(w * x);
        return 2 * x * Hadamard(a - t, Hadamard(a, 1 - a)).T;
    }
}

/// <summary>Products and sums.</summary>
public static partial class Products
{
    [Differentiable]
    public static double Loss(Matrix<double, N2, N2> w, Matrix<double, N2, N2> x) => Sum(Exp(w * x));

    // GRAD3001 'w * Exp(w * x)': A transpose is missing: 'w * Exp(w * x)' should be 'w.T * Exp(w * x)' (2×2), for ∂x = wᵀ·δ1
    [GradientOf(nameof(Loss), "x")]
    public static Matrix<double, N2, N2> Transpose(Matrix<double, N2, N2> w, Matrix<double, N2, N2> x) => w * Exp(w * x);

    // GRAD3003 'Hadamard(Exp(w * x), x.T)': The factor is a matrix of its own: the product is ·, not ⊙: 'Hadamard(Exp(w * x), x.T)' should be 'Exp(w * x) * x.T' (2×2), for ∂w = δ1·xᵀ
    [GradientOf(nameof(Loss), "w")]
    public static Matrix<double, N2, N2> Entrywise(Matrix<double, N2, N2> w, Matrix<double, N2, N2> x) => Hadamard(Exp(w * x), x.T);

    // GRAD3004 'x.T * Exp(w * x)': The factors stand in the wrong order: 'x.T * Exp(w * x)' should be 'Exp(w * x) * x.T' (2×2), for ∂w = δ1·xᵀ
    [GradientOf(nameof(Loss), "w")]
    public static Matrix<double, N2, N2> Order(Matrix<double, N2, N2> w, Matrix<double, N2, N2> x) => x.T * Exp(w * x);

    [Differentiable]
    public static double Form([NoDerivative] Matrix<double, N3, N3> a, Vector<double, N3> x) => QuadraticForm(x, a);

    // GRAD3008 '2 * a * x': The gradient of xᵀ·A·x is (A + Aᵀ)·x, which is 2·A·x only where A is symmetric: '2 * a * x' should be '(a + a.T) * x' (3×1), for ∂x = ȳ·t1 + aᵀ·t2
    [GradientOf(nameof(Form), "x")]
    public static Vector<double, N3> Symmetric(Matrix<double, N3, N3> a, Vector<double, N3> x) => 2 * a * x;

    [Differentiable]
    public static double Biased(Vector<double, N2> b, [NoDerivative] Matrix<double, N2, N5> z) => Sum(Exp(AddBias(z, b)));

    // GRAD3009 'Column(Exp(AddBias(z, b)), 0)': What was spread over rows or columns has the sum over them as its gradient: 'Column(Exp(AddBias(z, b)), 0)' should be 'RowSum(Exp(AddBias(z, b)))' (2×1), for ∂b = δ1·𝟏
    [GradientOf(nameof(Biased), "b")]
    public static Vector<double, N2> OneColumn(Vector<double, N2> b, Matrix<double, N2, N5> z) => Column(Exp(AddBias(z, b)), 0);

    [Differentiable]
    public static double Shared(Matrix<double, N2, N2> w, [NoDerivative] Vector<double, N2> x) => Sum(Exp(w * Exp(w * x)));

    // GRAD3010 'Exp(w * Exp(w * x)) * Exp(w * x).T': 'w' is used 2 times, and its gradient is the sum of as many terms; this has 1 of them; it should be ∂w = δ2·a1ᵀ + δ1·xᵀ
    [GradientOf(nameof(Shared), "w")]
    public static Matrix<double, N2, N2> OneTerm(Matrix<double, N2, N2> w, Vector<double, N2> x) => Exp(w * Exp(w * x)) * Exp(w * x).T;
}
