using System.Collections.Immutable;
using GradGen.Benchmarks.Harness;
using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Reading;
using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;
using Spectre.Console;

namespace GradGen.Benchmarks.Compiling;

/// <summary>What it costs the compiler to check a gradient before it writes it.</summary>
internal static class CheckCost
{
    private static readonly IReadOnlyList<(string Name, string Method)> Methods =
    [
        ("network of the question", "Vector<double, N1> F(Matrix<double, N2, N2> w1, Matrix<double, N2, N2> w2, Matrix<double, N1, N2> w3, [NoDerivative] Vector<double, N2> x) => Sigmoid(w3 * Sigmoid(w2 * Sigmoid(w1 * x)));"),
        ("network, 784–128–10", "float F(Matrix<float, N128, Pixels> w1, Vector<float, N128> b1, Matrix<float, N10, N128> w2, Vector<float, N10> b2, [NoDerivative] Vector<float, Pixels> x, [NoDerivative] Vector<float, N10> y) => SoftmaxCrossEntropy(w2 * Relu(w1 * x + b1) + b2, y);"),
        ("‖tanh(AB + C)‖², 16×16", "double F(Matrix<double, N16, N16> a, Matrix<double, N16, N16> b, Matrix<double, N16, N16> c) => NormSquared(Tanh(a * b + c));"),
        ("‖tanh(AB + C)‖², 64×64", "double F(Matrix<double, N64, N64> a, Matrix<double, N64, N64> b, Matrix<double, N64, N64> c) => NormSquared(Tanh(a * b + c));"),
        ("‖tanh(AB + C)‖², 256×256", "double F(Matrix<double, N256, N256> a, Matrix<double, N256, N256> b, Matrix<double, N256, N256> c) => NormSquared(Tanh(a * b + c));"),
        ("pendulum, 100 steps", "double F(double x, double v) { for (var i = 0; i < 100; i++) { v -= 0.05 * Math.Sin(x); x += 0.05 * v; } return x; }"),
    ];

    /// <returns>The exit code.</returns>
    public static int Run()
    {
        Screen.Widen();
        var table = Screen.Table(["method", "verdict"], "check ms", "deriving the gradient ms");
        foreach (var (name, method) in Methods)
        {
            var (function, differentiated) = Read(method);
            var gradient = GradientFunction.Run(function, differentiated).Expanded;
            var result = SelfCheck.Run(function, gradient, differentiated);
            for (var i = 0; i < 20; i++)
            {
                SelfCheck.Run(function, gradient, differentiated); // warm
                GradientFunction.Run(function, differentiated);
            }

            var check = Timing.Median(Enumerable.Range(0, 15).Select(_ => Timing.Once(() => SelfCheck.Run(function, gradient, differentiated))));
            var deriving = Timing.Median(Enumerable.Range(0, 15).Select(_ => Timing.Once(() => GradientFunction.Run(function, differentiated))));
            table.AddRow(name.EscapeMarkup(), $"{result.Verdict} {result.Reason}".TrimEnd(), $"{check:N2}", $"{deriving:N2}");
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine("Medians of 15, warm. A verdict is kept: what has not changed is not checked again.");
        return 0;
    }

    private static (Compiler.Ir.Function Function, ImmutableArray<bool> Differentiated) Read(string method)
    {
        var compilation = Drivers.Compilation([$"{Compilations.Usings} [Dimension(784)] public readonly partial struct Pixels : IDimension {{ public static int Size => 784; }} public static partial class C {{ [Differentiable] public static {method} }}"]);
        var symbol = compilation.GetTypeByMetadataName("C")!.GetMembers("F").OfType<IMethodSymbol>().Single();
        var read = ModelReader.Read(symbol, compilation, CancellationToken.None);
        return read.Model is { Function: { } function } model
            ? (function, [.. model.Parameters.Select(p => p.IsDifferentiated)])
            : throw new InvalidOperationException(read.Problems.FirstOrDefault()?.Message ?? method);
    }
}
