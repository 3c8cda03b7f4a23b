using GradGen.Compiler.Explanation;
using GradGen.Compiler.Reading;

namespace GradGen.Compiler.Emission;

/// <summary>The members of the gradient's record struct: a differentiated parameter's name in PascalCase.</summary>
internal static class GradientMembers
{
    public const string Value = "Value";

    /// <summary>What every record struct has; a member of that name would clash.</summary>
    private static readonly string[] Reserved =
    [
        Value, "Equals", "GetHashCode", "ToString", "GetType", "Deconstruct", "PrintMembers", "MemberwiseClone",
        "ReferenceEquals", "Finalize", "Clone", "EqualityContract",
    ];

    /// <summary>The type of a member: that of the parameter; of a span an array, because a span cannot be a member.</summary>
    public static string TypeOf(GradientModel model, DeclaredModel declared) =>
        declared.Part.Making == Making.Leaf ? model.Parameters[declared.Part.Leaf].GradientTypeName : declared.TypeName;

    /// <summary>The member of each differentiated parameter, in the parameters' order.</summary>
    public static IReadOnlyList<(DeclaredModel Parameter, string Member)> Of(GradientModel model)
    {
        var taken = new HashSet<string>(Reserved) { model.GradientName };
        var members = new List<(DeclaredModel, string)>();
        foreach (var parameter in model.Declared.Where(p => p.Part.IsDifferentiated))
        {
            var member = Notation.Pascal(parameter.Name);
            while (!taken.Add(member))
            {
                member += "Gradient";
            }

            members.Add((parameter, member));
        }

        return members;
    }
}
