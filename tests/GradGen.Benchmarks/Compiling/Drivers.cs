using GradGen.Compiler;
using GradGen.Compiler.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GradGen.Benchmarks.Compiling;

internal static class Drivers
{
    /// <summary>The generator as a build runs it.</summary>
    public static GeneratorDriver Create() => CSharpGeneratorDriver.Create([new GradientGenerator().AsSourceGenerator()], parseOptions: Compilations.ParseOptions);

    /// <summary>A release build of the sources.</summary>
    public static CSharpCompilation Compilation(string[] sources) =>
        Compilations.Create(sources, options => options.WithOptimizationLevel(OptimizationLevel.Release));
}
