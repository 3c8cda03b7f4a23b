using System.Globalization;
using GradGen.Benchmarks.Harness;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    default:
        return RatioTable.Run(args);
}
