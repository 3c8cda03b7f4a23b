using System.Globalization;
using GradGen.Benchmarks.Compiling;
using GradGen.Benchmarks.Harness;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;

// [case …] [--times]   ratios of the generated gradients to C and to others
// bdn [case …]         everything in C# through BenchmarkDotNet
// compile [part …]     what compiling costs, for projects whose name has this part
// typing               what a keystroke costs
// check                what it costs to check a gradient before it is written
return args switch
{
    ["bdn", .. var names] => GradientBenchmarks.Run(names),
    ["compile", .. var parts] => CompileCost.Run(parts),
    ["typing"] => TypingCost.Run(),
    ["check"] => CheckCost.Run(),
    _ => RatioTable.Run(args),
};
