using System.Globalization;
using GradGen.Benchmarks.Compiling;
using GradGen.Benchmarks.Harness;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;

// [case …] [--times]   ratios of the generated gradients to C and to others
// bdn [case …]         everything in C# through BenchmarkDotNet
// compile              what compiling costs
// typing               what a keystroke costs
return args switch
{
    ["bdn", .. var names] => GradientBenchmarks.Run(names),
    ["compile"] => CompileCost.Run(),
    ["typing"] => TypingCost.Run(),
    _ => RatioTable.Run(args),
};
