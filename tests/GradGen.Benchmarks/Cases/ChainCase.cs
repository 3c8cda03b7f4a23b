using GradGen.Benchmarks.ByHand;
using GradGen.Benchmarks.Harness;
using GradGen.Benchmarks.Plain;
using static GradGen.MatrixFunctions;

namespace GradGen.Benchmarks.Cases;

/// <summary>tr(Aᵀ·(B·C + A)·B) at each size.</summary>
internal static partial class ChainModel
{
    [Differentiable]
    public static double Of3(Matrix<double, N3, N3> a, Matrix<double, N3, N3> b, Matrix<double, N3, N3> c) => Of(a, b, c);

    [Differentiable]
    public static double Of4(Matrix<double, N4, N4> a, Matrix<double, N4, N4> b, Matrix<double, N4, N4> c) => Of(a, b, c);

    [Differentiable]
    public static double Of6(Matrix<double, N6, N6> a, Matrix<double, N6, N6> b, Matrix<double, N6, N6> c) => Of(a, b, c);

    [Differentiable]
    public static double Of8(Matrix<double, N8, N8> a, Matrix<double, N8, N8> b, Matrix<double, N8, N8> c) => Of(a, b, c);

    [Differentiable]
    public static double Of16(Matrix<double, N16, N16> a, Matrix<double, N16, N16> b, Matrix<double, N16, N16> c) => Of(a, b, c);

    public static double Of<N>(Matrix<double, N, N> a, Matrix<double, N, N> b, Matrix<double, N, N> c)
        where N : struct, IDimension => Trace(a.T * (b * c + a) * b);
}

/// <summary>Three square matrices: an input, or a gradient.</summary>
internal readonly record struct Three<N>(Matrix<double, N, N> A, Matrix<double, N, N> B, Matrix<double, N, N> C)
    where N : struct, IDimension;

/// <summary>A gradient, and the same in the type that was generated for one size, over the same matrices.</summary>
internal struct ChainOutput<N, TGradient>(Three<N> slopes, TGradient gradient)
    where N : struct, IDimension
    where TGradient : struct
{
    public readonly Three<N> Slopes = slopes;
    public TGradient Gradient = gradient;
    public double Value;
}

/// <summary>What was generated for one size.</summary>
internal interface IGeneratedChain<N, TGradient>
    where N : struct, IDimension
    where TGradient : struct
{
    static abstract TGradient Over(in Three<N> slopes);

    static abstract void Backward(in Three<N> input, ref TGradient into);

    static abstract double Value(in TGradient gradient);
}

internal sealed class ChainCase<N, TGenerated, TGradient, TByHand> : Case<Three<N>, ChainOutput<N, TGradient>>
    where N : struct, IDimension
    where TGenerated : struct, IGeneratedChain<N, TGradient>
    where TGradient : struct
    where TByHand : struct, IChainByHand<N>
{
    public ChainCase()
        : base($"chain{N.Size}", $"tr(Aᵀ(BC + A)B), {N.Size}×{N.Size}", 1e-9)
    {
        var random = new Xorshift();
        Draw(
            _ => new(random.Matrix<double, N, N>(1), random.Matrix<double, N, N>(1), random.Matrix<double, N, N>(1)),
            Output);
        Add<Generated>(Role.Generated, "GradGen");
        Add<ByHand>(Role.ByHand, "rows in lanes");
        if (N.Size <= 4)
        {
            AddScalar<Formula>(input => ([.. input.A.AsSpan(), .. input.B.AsSpan(), .. input.C.AsSpan()], []));
        }

        AddForward<Own>(Role.OwnForward, "ChainModel.Of");
        AddForward<ByHand>(Role.PlainForward, "rows in lanes");
    }

    protected override void Collect(in ChainOutput<N, TGradient> output, Parts to)
    {
        to.Add(output.Value);
        to.Add<double>(output.Slopes.A.AsSpan());
        to.Add<double>(output.Slopes.B.AsSpan());
        to.Add<double>(output.Slopes.C.AsSpan());
    }

    private static ChainOutput<N, TGradient> Output()
    {
        var slopes = new Three<N>(new(), new(), new());
        return new(slopes, TGenerated.Over(in slopes));
    }

    private struct Generated : IForm<Three<N>, ChainOutput<N, TGradient>>
    {
        public static void Run(in Three<N> input, ref ChainOutput<N, TGradient> output)
        {
            TGenerated.Backward(in input, ref output.Gradient);
            output.Value = TGenerated.Value(in output.Gradient);
        }
    }

    private struct ByHand : IForm<Three<N>, ChainOutput<N, TGradient>>, IForward<Three<N>>
    {
        public static void Run(in Three<N> input, ref ChainOutput<N, TGradient> output) =>
            output.Value = TByHand.Backward(in input, in output.Slopes);

        public static double Run(in Three<N> input) => TByHand.Forward(in input);
    }

    private struct Own : IForward<Three<N>>
    {
        public static double Run(in Three<N> input) => ChainModel.Of(input.A, input.B, input.C);
    }

    private struct Formula : IScalarFormula
    {
        public static T Value<T>(ReadOnlySpan<T> parameters, ReadOnlySpan<double> constants)
            where T : struct, IScalar<T>
        {
            var n = N.Size;
            var a = parameters[..(n * n)];
            var b = parameters.Slice(n * n, n * n);
            var m = SmallMatrices.Product(b, parameters[(2 * n * n)..], n);
            for (var i = 0; i < m.Length; i++)
            {
                m[i] += a[i];
            }

            // tr(Aᵀ·H) is the sum of the products of the entries.
            var h = SmallMatrices.Product<T>(m, b, n);
            var trace = a[0] * h[0];
            for (var i = 1; i < h.Length; i++)
            {
                trace += a[i] * h[i];
            }

            return trace;
        }
    }
}
