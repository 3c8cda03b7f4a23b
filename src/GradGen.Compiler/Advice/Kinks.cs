using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Advice;

/// <summary>The functions that have no derivative somewhere, and what GradGen takes there.</summary>
internal static class Kinks
{
    public static string? Of(Operation row) =>
        row == Elementary.Relu ? "has no derivative at 0: GradGen takes 0"
        : row == Elementary.LeakyRelu ? "has no derivative at 0: GradGen takes that of the negative side"
        : row == Elementary.Abs ? "has no derivative at 0: GradGen takes 0"
        : row == Elementary.Max || row == Elementary.Min ? "has no derivative where both are equal: GradGen gives each half"
        : row == Elementary.Clamp ? "has no derivative at its bounds: GradGen takes 1, as inside"
        : row == Reductions.MaxEntry || row == Reductions.MinEntry ? "has no derivative where several entries are equal: GradGen gives all to the first"
        : row == Reductions.Norm ? "has no derivative at 0: GradGen takes 0"
        : null;
}
