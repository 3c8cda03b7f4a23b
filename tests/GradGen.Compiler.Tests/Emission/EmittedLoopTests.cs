using System.Runtime.Loader;
using GradGen.Compiler.Emission;
using GradGen.Compiler.Reading;
using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GradGen.Compiler.Tests.Emission;

/// <summary>Loops that run with the program, from the user's text to compiled code that is called as a user would.</summary>
public class EmittedLoopTests
{
    private const string Users = """
        using System;
        using GradGen;
        using static GradGen.MatrixFunctions;

        public static partial class Model
        {
            [Differentiable]
            public static double Rolled(Matrix<double, N16, N16> w, Vector<double, N16> x, [NoDerivative] int n)
            {
                var sum = 0.0;
                for (var i = 0; i < n; i++)
                {
                    x = Tanh(w * x);
                    for (var j = 0; j < i; j++)
                    {
                        sum += x[j] * x[j];
                    }
                }

                return sum;
            }
        }
        """;

    private const string Driver = """
        using System;
        using GradGen;

        public static class Driver
        {
            private static readonly Matrix<double, N16, N16> W = Matrix<double, N16, N16>.Identity();
            private static readonly Vector<double, N16> X = Vector<double, N16>.Ones();
            private static Model.RolledGradient Into;

            public static void Step(int n) => Model.RolledBackward(W, X, n, ref Into);

            public static double Value() => Into.Value;

            public static Vector<double, N16> Dx() => Into.X;

            public static long Allocated(int n)
            {
                for (var i = 0; i < 100; i++)
                {
                    Step(n);
                }

                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < 100; i++)
                {
                    Step(n);
                }

                return GC.GetAllocatedBytesForCurrentThread() - before;
            }
        }
        """;

    private static readonly Lazy<Type> Compiled = new(Compile);

    [Fact]
    public void OnceWarm_NothingIsAllocated() => Assert.Equal(0, Call<long>("Allocated", 12));

    [Fact]
    public void ExceptionInALoop_LeavesTheGradientAsItWas_AndTheNextCallWorks()
    {
        _ = Call<object?>("Step", 5);
        var (value, dx) = (Call<double>("Value"), Call<Vector<double, N16>>("Dx").AsSpan().ToArray());
        for (var i = 0; i < 100; i++)
        {
            // j reaches 16 in the 18th iteration.
            _ = Assert.Throws<ArgumentOutOfRangeException>(() => Call<object?>("Step", 18));
        }

        Assert.Equal(value, Call<double>("Value"));
        Assert.Equal(dx, Call<Vector<double, N16>>("Dx").AsSpan().ToArray());
        _ = Call<object?>("Step", 5);
        Assert.Equal(value, Call<double>("Value"));
        Assert.Equal(0, Call<long>("Allocated", 12)); // The arrays are back in the pool.
    }

    [Fact]
    public void NoIterations_GiveTheValueBeforeTheLoop_AndNoGradient()
    {
        foreach (var n in new[] { 0, -3 })
        {
            _ = Call<object?>("Step", n);
            Assert.Equal(0, Call<double>("Value"));
            Assert.All(Call<Vector<double, N16>>("Dx").AsSpan().ToArray(), e => Assert.Equal(0, e));
        }
    }

    private static T Call<T>(string method, params object[] arguments) =>
        (T)Generated.Invoke(Compiled.Value.GetMethod(method)!, arguments)!;

    private static Type Compile()
    {
        var compilation = Compilations.Create([Users, Driver], o => o.WithOptimizationLevel(OptimizationLevel.Release));
        var tree = compilation.SyntaxTrees[0];
        var syntax = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single();
        var read = ModelReader.Read(compilation.GetSemanticModel(tree).GetDeclaredSymbol(syntax)!, compilation, CancellationToken.None);
        Assert.Equal([], read.Problems.Select(p => p.Message));
        var source = GradientEmitter.Emit(read.Model!);
        using var image = new MemoryStream();
        var result = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, Compilations.ParseOptions)).Emit(image);
        Assert.Equal([], result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString()));
        image.Position = 0;
        return new AssemblyLoadContext(null).LoadFromStream(image).GetType("Driver")!;
    }
}
