namespace GradGen.PackageTests;

/// <summary>Fixes without an editor: <c>dotnet format analyzers</c> over a project with many mistakes.</summary>
public sealed class CommandLineFixTests(PackedFeed feed) : IClassFixture<PackedFeed>
{
    private const string Program = """
        using System;
        using GradGen;

        Matrix<double, N3, N2> w = [[0.3, -0.5], [0.8, 0.2], [-0.4, 0.1]];
        Console.WriteLine(Layer.LossBackward(w, [0.5, -0.25], [0.1, 0.2, 0.3]).W);
        """;

    private const string Declarations = """
        using GradGen;
        using static GradGen.MatrixFunctions;

        [Dimension(12)] public readonly partial struct Pixels;
        [Dimension(5)] public readonly struct Hidden : IDimension;
        [Dimension(3)] public struct Classes;

        public static class Losses
        {
            [Differentiable] public static double First(Matrix<double, Hidden, Pixels> w, [NoDerivative] Vector<double, Pixels> x) => NormSquared(w * x);
            [Differentiable] public static double Second(Matrix<double, Classes, Hidden> w, [NoDerivative] Vector<double, Hidden> x) => Sum(Tanh(w * x));
        }

        public class Model
        {
            [Differentiable] public static double Third(double x) => x * x;
        }
        """;

    private const string Shapes = """
        using GradGen;
        using static GradGen.MatrixFunctions;

        public static class Shapes
        {
            public static Vector<double, N3> P1(Matrix<double, N2, N3> w, Vector<double, N2> d) { var g = w * d; return g; }
            public static Vector<double, N3> P2(Vector<double, N2> d, Matrix<double, N2, N3> w) { var g = Sigmoid(w * d); return g; }
            public static Matrix<double, N2, N3> P3(Matrix<double, N2, N4> a, Matrix<double, N3, N4> b) => a * b;
            public static Matrix<double, N3, N2> P4(Matrix<double, N2, N4> a, Matrix<double, N4, N3> b) { var g = b * a; return g.T; }
            public static Matrix<double, N1, N2> P5(Vector<double, N2> d, Matrix<double, N2, N2> w) => d * w;
            public static Matrix<double, N2, N3> S1(Matrix<double, N2, N3> a, Matrix<double, N3, N2> b) { a += b; return a; }
            public static Matrix<double, N2, N3> S2(Matrix<double, N2, N3> a, Matrix<double, N3, N2> b) => a - b;
            public static Matrix<double, N2, N3> S3(Matrix<double, N2, N3> a, Matrix<double, N3, N2> b) => Hadamard(a, b);
            public static Matrix<double, N3, N2> S4(Matrix<double, N2, N3> a, Matrix<double, N3, N2> b) => Sigmoid(a + b);
            public static double D1(Vector<double, N3> a, Vector<double, N3> b) => a * b;
        }
        """;

    private const string Gradients = """
        using GradGen;
        using static GradGen.MatrixFunctions;

        public static partial class Layer
        {
            [Differentiable]
            public static double Loss(Matrix<double, N3, N2> w, [NoDerivative] Vector<double, N2> x, [NoDerivative] Vector<double, N3> t) => NormSquared(Sigmoid(w * x) - t);

            [GradientOf(nameof(Loss), "w")]
            public static Matrix<double, N3, N2> MatrixProduct(Matrix<double, N3, N2> w, Vector<double, N2> x, Vector<double, N3> t)
            {
                var a = Sigmoid(w * x);
                return 2 * (a - t) * Hadamard(a, 1 - a) * x.T;
            }

            [GradientOf(nameof(Loss), "w")]
            public static Matrix<double, N3, N2> MissingFactor(Matrix<double, N3, N2> w, Vector<double, N2> x, Vector<double, N3> t)
            {
                var a = Sigmoid(w * x);
                return 2 * (a - t) * x.T;
            }

            [GradientOf(nameof(Loss), "w")]
            public static Matrix<double, N3, N2> MissingTwo(Matrix<double, N3, N2> w, Vector<double, N2> x, Vector<double, N3> t)
            {
                var a = Sigmoid(w * x);
                return Hadamard(a - t, Hadamard(a, 1 - a)) * x.T;
            }

            [GradientOf(nameof(Loss), "w")]
            public static Matrix<double, N3, N2> WrongArgument(Matrix<double, N3, N2> w, Vector<double, N2> x, Vector<double, N3> t)
            {
                var z = w * x;
                return Hadamard(2 * (Sigmoid(z) - t), Hadamard(z, 1 - z)) * x.T;
            }
        }
        """;

    [Fact]
    public void TwentyMistakes_AreMended_AndTheProjectBuilds()
    {
        var folder = feed.NewProject("Mistakes", Program);
        File.WriteAllText(Path.Combine(folder, "Declarations.cs"), Declarations);
        File.WriteAllText(Path.Combine(folder, "Shapes.cs"), Shapes);
        File.WriteAllText(Path.Combine(folder, "Gradients.cs"), Gradients);
        _ = DotNet.Run(folder, "restore").Succeeded();

        var list = DotNet.Run(folder, "format", "analyzers", "--severity", "error", "--no-restore", "--verify-no-changes", "--verbosity", "diagnostic");
        Assert.NotEqual(0, list.ExitCode);
        var mistakes = list.Diagnostics.Where(line => line.Contains("error GRAD", StringComparison.Ordinal)).ToList();
        Assert.True(mistakes.Count == 20, list.Output);

        _ = DotNet.Run(folder, "format", "analyzers", "--severity", "error", "--no-restore").Succeeded();
        var build = DotNet.Run(folder, "run").Succeeded();
        Assert.DoesNotContain(build.Diagnostics, line => line.Contains("GRAD", StringComparison.Ordinal));
    }
}
