using System.Collections.Immutable;
using GradGen.Compiler.Differentiation;
using GradGen.Compiler.Optimization;
using GradGen.Compiler.Reading;
using GradGen.GradientTests.RandomPrograms.Duals;

namespace GradGen.GradientTests.RandomPrograms;

internal delegate double[] ForwardCall(double[][] inputs, int[][] integers);

internal delegate (double[] Value, double[][] Gradients) GradientCall(double[][] inputs, int[][] integers, double[] upstream, bool twice);

internal delegate Dual[] DualCall(Dual[][] inputs, int[][] integers);

/// <summary>What GradGen made of a program, before C# compiles it.</summary>
/// <param name="Program">The program.</param>
/// <param name="Index">Its place in the batch.</param>
/// <param name="Model">What was read.</param>
/// <param name="Passes">The passes under which it was emitted.</param>
/// <param name="Plain">The gradient as differentiated, without any pass.</param>
/// <param name="Expanded">The gradient as emitted.</param>
/// <param name="Generated">The generated file.</param>
internal sealed record GeneratedProgram(
    RandomProgram Program, int Index, GradientModel Model, Passes Passes, GradientFunction Plain, GradientFunction Expanded, string Generated);

/// <summary>A program that runs: itself, its gradient, and over dual numbers.</summary>
/// <param name="Source">What GradGen made of it.</param>
/// <param name="Forward">The program.</param>
/// <param name="Gradient">Its generated gradient; or that written, and added into the same matrices.</param>
/// <param name="Duals">The program over dual numbers.</param>
internal sealed record CompiledProgram(GeneratedProgram Source, ForwardCall Forward, GradientCall Gradient, DualCall Duals)
{
    public RandomProgram Program => Source.Program;

    public ImmutableArray<Leaf> Leaves { get; } = Leaf.Of(Source.Program);

    /// <summary>What is passed as arrays of entries.</summary>
    public IEnumerable<Leaf> Reals => Leaves.Where(l => l.HasEntries);

    public IEnumerable<Leaf> Integers => Leaves.Where(l => !l.HasEntries);
}
