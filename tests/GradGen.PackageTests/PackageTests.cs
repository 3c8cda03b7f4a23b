namespace GradGen.PackageTests;

/// <summary>The package in a fresh project, from nothing but its feed.</summary>
public sealed class PackageTests(PackedFeed feed) : IClassFixture<PackedFeed>
{
    private const string Strict = """
        <Nullable>enable</Nullable>
        <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
        <CheckForOverflowUnderflow>true</CheckForOverflowUnderflow>
        <GenerateDocumentationFile>true</GenerateDocumentationFile>
        <NoWarn>$(NoWarn);CS1591</NoWarn>
        <ImplicitUsings>disable</ImplicitUsings>
        """;

    private const string Network = """
        using System;
        using System.Globalization;
        using GradGen;
        using static GradGen.MatrixFunctions;

        Matrix<double, N2, N2> w1 = [[0.3, -0.5], [0.8, 0.2]];
        Matrix<double, N2, N2> w2 = [[-0.6, 0.4], [0.1, 0.9]];
        Matrix<double, N1, N2> w3 = [[0.7, -1.1]];
        Vector<double, N2> x = [0.5, -0.25];

        var (y, dW1, dW2, dW3) = Network.Backward(w1, w2, w3, x);
        double[] numbers = [y[0], .. dW1.AsSpan(), .. dW2.AsSpan(), .. dW3.AsSpan()];
        Console.WriteLine(string.Join(" ", Array.ConvertAll(numbers, n => n.ToString("R", CultureInfo.InvariantCulture))));

        public static partial class Network
        {
            [Differentiable]
            public static Vector<double, N1> Forward(
                Matrix<double, N2, N2> w1, Matrix<double, N2, N2> w2, Matrix<double, N1, N2> w3, [NoDerivative] Vector<double, N2> x)
                => Sigmoid(w3 * Sigmoid(w2 * Sigmoid(w1 * x)));
        }
        """;

    /// <summary>A record of weights, a loop over an array, an instance method, a struct of System.Numerics, a derivative given by hand.</summary>
    private const string Language = """
        using System;
        using System.Numerics;
        using GradGen;
        using static GradGen.MatrixFunctions;

        Elman model = new([[0.3, -0.5, 0.1], [0.8, 0.2, -0.4]], [[0.1, 0.7], [-0.6, 0.2]], 0.5, "Elman");
        GradGen.Vector<double, N3>[] inputs = [[1, 0.5, -1], [0.2, -0.3, 0.4], [0.9, 0.1, 0.6], [-0.5, 0.7, 0.3]];
        var recurrent = GradientCheck.Compare(
            p => Models.Loss(p.model, p.inputs),
            p => { var g = Models.LossBackward(p.model, p.inputs); return (g.Model, g.Inputs); },
            (model, inputs));
        Oscillator oscillator = new(1.3, 0.2);
        var instance = GradientCheck.Compare(x => oscillator.Final(x, 40), x => oscillator.FinalBackward(x, 40).X, 0.7);
        var numerics = GradientCheck.Compare(
            p => Models.Distance(p.rotation, p.point, new(1, 2, 3)),
            p => { var g = Models.DistanceBackward(p.rotation, p.point, new(1, 2, 3)); return (g.Rotation, g.Point); },
            (rotation: new Quaternion(0.1f, 0.2f, 0.3f, 0.9f), point: new Vector3(0.5f, -1, 2)));
        var name = Models.LossBackward(model, inputs).Model.Name;
        Console.WriteLine($"Model {name}, {Say(recurrent)} {Say(instance)} {Say(numerics)}");

        static string Say(GradientCheckResult result) => result.IsRight ? "right" : result.ToString();

        public sealed record Elman(Matrix<double, N2, N3> W, Matrix<double, N2, N2> U, double Gain, string Name);

        public sealed partial class Oscillator(double frequency, double damping)
        {
            private readonly double _frequency = frequency;
            private readonly double _damping = damping;

            [Differentiable]
            public double Final(double x, [NoDerivative] int steps)
            {
                var (position, velocity) = (x, 0.0);
                for (var i = 0; i < steps; i++)
                {
                    velocity -= 0.05 * (_frequency * Math.Sin(position) + Models.Friction(velocity) * _damping);
                    position += 0.05 * velocity;
                    if (position < -10)
                    {
                        return position;
                    }
                }

                return position;
            }
        }

        public static partial class Models
        {
            [Differentiable]
            public static double Loss(Elman model, GradGen.Vector<double, N3>[] inputs)
            {
                GradGen.Vector<double, N2> state = new();
                var norms = new double[inputs.Length];
                for (var t = 0; t < inputs.Length; t++)
                {
                    state = Tanh(model.W * inputs[t] + model.U * state) * model.Gain;
                    norms[t] = NormSquared(state) + (t > 0 ? norms[t - 1] * norms[t - 1] : 0);
                }

                return norms[^1];
            }

            [Differentiable]
            public static float Distance(Quaternion rotation, Vector3 point, [NoDerivative] Vector3 target) =>
                Vector3.DistanceSquared(Vector3.Transform(point, Quaternion.Normalize(rotation)), target);

            public static double Friction(double velocity)
            {
                try
                {
                    return velocity * Math.Abs(velocity) + velocity;
                }
                finally
                {
                }
            }

            [DerivativeOf(nameof(Friction))]
            public static double FrictionDerivative(double velocity, double upstream) => upstream * (2 * Math.Abs(velocity) + 1);
        }
        """;

    [Fact]
    public void Package_HasLibraryCompilerPartsAndReadme()
    {
        var files = feed.Files();
        Assert.Contains("lib/net10.0/GradGen.dll", files);
        Assert.Contains("lib/net10.0/GradGen.xml", files);
        Assert.Contains("analyzers/dotnet/cs/GradGen.Compiler.dll", files);
        Assert.Contains("analyzers/dotnet/cs/GradGen.CodeFixes.dll", files);
        Assert.Contains("README.md", files);
        Assert.Equal(3, files.Count(f => f.EndsWith(".dll", StringComparison.Ordinal)));
        Assert.True(File.Exists(Path.ChangeExtension(feed.PackagePath, ".snupkg")));
    }

    [Fact]
    public void Network_BuildsInTheStrictestProjectAndRuns()
    {
        var folder = feed.NewProject("Strict", Network, Strict);
        var run = DotNet.Run(folder, "run").Succeeded();
        Assert.Empty(run.Diagnostics);
        AssertGradient(run.Output);
    }

    [Fact]
    public void Language_BuildsInTheStrictestProject_AndItsGradientsAreRight()
    {
        var run = DotNet.Run(feed.NewProject("Language", Language, Strict), "run").Succeeded();
        Assert.Empty(run.Diagnostics);
        Assert.Equal("Model Elman, right right right", run.Output.Trim().Split('\n')[^1].Trim());
    }

    [Fact]
    public void WrongFormula_IsOneErrorAndNothingElse()
    {
        // The formula of the question: every product as it stands there, from left to right.
        var wrong = Network.Replace("double[] numbers", """
            var h1 = Sigmoid(w1 * x);
            var h2 = Sigmoid(w2 * h1);
            var wrong = Slope(w3 * h2) * w3 * Slope(w2 * h1) * w2 * Slope(w1 * x) * x;
            double[] numbers
            """, StringComparison.Ordinal) + """

            public static partial class Program
            {
                private static Vector<double, TSize> Slope<TSize>(Vector<double, TSize> z) where TSize : struct, IDimension =>
                    Hadamard(Sigmoid(z), 1.0 - Sigmoid(z));
            }
            """;
        var build = DotNet.Run(feed.NewProject("Wrong", wrong), "build");
        Assert.NotEqual(0, build.ExitCode);
        var error = Assert.Single(build.Diagnostics, d => d.Contains(": error ", StringComparison.Ordinal));
        Assert.Contains("GRAD1005", error, StringComparison.Ordinal);
        Assert.Contains("is 1×2 by 2×1 and gives 1×1, which does not multiply a 2×2: was a product entry by entry meant?", error, StringComparison.Ordinal);
    }

    [Fact]
    public void WrongShapeInTheNetwork_IsOneError_AndItsCallersStillCompile()
    {
        var wrong = Network.Replace("Sigmoid(w1 * x)", "Sigmoid(w3 * x)", StringComparison.Ordinal);
        var build = DotNet.Run(feed.NewProject("WrongNetwork", wrong), "build");
        var error = Assert.Single(build.Diagnostics, d => d.Contains(": error ", StringComparison.Ordinal));
        Assert.Contains("GRAD1001", error, StringComparison.Ordinal);
    }

    [NativeAotFact]
    public void Network_PublishesWithNativeAotWithoutAWarningAndRuns()
    {
        var folder = feed.NewProject("Native", Network, "<PublishAot>true</PublishAot><InvariantGlobalization>true</InvariantGlobalization>");
        var publish = DotNet.Run(folder, "publish", "--configuration", "Release", "--output", Path.Combine(folder, "out")).Succeeded();
        Assert.Empty(publish.Diagnostics);
        var program = Path.Combine(folder, "out", OperatingSystem.IsWindows() ? "Native.exe" : "Native");
        AssertGradient(DotNet.Execute(program, folder).Succeeded().Output);
    }

    /// <summary>Against central differences of the network written out by hand.</summary>
    private static void AssertGradient(string output)
    {
        var numbers = Array.ConvertAll(
            output.Trim().Split('\n')[^1].Split(' '), n => double.Parse(n, System.Globalization.CultureInfo.InvariantCulture));
        double[] weights = [0.3, -0.5, 0.8, 0.2, -0.6, 0.4, 0.1, 0.9, 0.7, -1.1];
        Assert.Equal(1 + weights.Length, numbers.Length);
        Assert.Equal(ByHand(weights), numbers[0], 1e-15);
        for (var i = 0; i < weights.Length; i++)
        {
            const double h = 1e-3;
            double At(double step) => ByHand([.. weights.Select((w, k) => k == i ? w + step : w)]);
            var difference = ((8 * (At(h) - At(-h))) - (At(2 * h) - At(-2 * h))) / (12 * h);
            Assert.Equal(difference, numbers[1 + i], 1e-12);
        }
    }

    private static double ByHand(double[] w)
    {
        static double Psi(double z) => 1 / (1 + Math.Exp(-z));
        var (h0, h1) = (Psi((w[0] * 0.5) - (w[1] * 0.25)), Psi((w[2] * 0.5) - (w[3] * 0.25)));
        var (g0, g1) = (Psi((w[4] * h0) + (w[5] * h1)), Psi((w[6] * h0) + (w[7] * h1)));
        return Psi((w[8] * g0) + (w[9] * g1));
    }
}
