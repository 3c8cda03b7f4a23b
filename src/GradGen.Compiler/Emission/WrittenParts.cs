using GradGen.Compiler.Explanation;
using GradGen.Compiler.Reading;

namespace GradGen.Compiler.Emission;

/// <summary>A matrix or number of the gradient, at the top or inside its records.</summary>
/// <param name="Leaf">What it is the gradient of.</param>
/// <param name="Number">The leaf's number among the function's parameters.</param>
/// <param name="Name">A name for it: ModelW1.</param>
/// <param name="Present">Where it is in what is written to: <c>into.Model?.W1</c>.</param>
internal sealed record WrittenPart(ParameterModel Leaf, int Number, string Name, string Present);

internal static class WrittenParts
{
    /// <summary>In the order of the function's parameters.</summary>
    public static IReadOnlyList<WrittenPart> Of(Signatures signatures) =>
        [.. GradientMembers.Of(signatures.Model).SelectMany(m => Of(signatures.Model, m.Parameter.Part, m.Member, signatures.Into + "." + m.Member))];

    private static IEnumerable<WrittenPart> Of(GradientModel model, PartModel part, string name, string present) => part.Making == Making.Leaf
        ? [new WrittenPart(model.Parameters[part.Leaf], part.Leaf, name, present)]
        : part.Members.Where(m => m.IsDifferentiated).SelectMany(
            m => Of(model, m, name + Notation.Pascal(m.Name), present + (part.IsReference ? "?." : ".") + m.Name));
}
