using System.Runtime.CompilerServices;

namespace GradGen.Benchmarks.ByHand;

internal static class Inlining
{
    public const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
}
