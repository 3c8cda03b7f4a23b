using GradGen.Compiler.Reading;

namespace GradGen.Compiler.Emission;

/// <summary>
/// A matrix that is written twice, or written and read, would give a wrong gradient in silence: it is refused. Only what
/// has the same type can be the same matrix.
/// </summary>
internal static class AliasChecks
{
    public const string Helper = "RefuseSame";

    /// <summary>The statements that check, before anything is written; the helper is declared by <see cref="Declare"/>.</summary>
    public static IEnumerable<string> Of(Signatures signatures)
    {
        var model = signatures.Model;
        var written = GradientMembers.Of(model)
            .Where(m => IsMatrix(m.Parameter))
            .Select(m => (Text: signatures.Into + "." + m.Member, m.Parameter.TypeName))
            .ToList();
        if (IsMatrix(model.Result))
        {
            written.Insert(0, (signatures.Into + "." + GradientMembers.Value, model.Result.TypeName));
        }

        var read = model.Parameters.Where(IsMatrix).Select(p => (Text: p.Name, p.TypeName)).ToList();
        if (signatures.UpstreamKind == UpstreamKind.Required)
        {
            read.Add((signatures.Upstream, model.Result.TypeName));
        }

        for (var i = 0; i < written.Count; i++)
        {
            foreach (var other in written.Skip(i + 1).Concat(read).Where(o => o.TypeName == written[i].TypeName))
            {
                yield return $"{model.GradientName}.{Helper}({written[i].Text}, {Literals.Text(written[i].Text)}, "
                    + $"{other.Text}, {Literals.Text(other.Text)});";
            }
        }
    }

    /// <summary>The helper, a member of the gradient's record struct.</summary>
    public static void Declare(CSharpWriter output, Signatures signatures)
    {
        output.Open($"internal static void {Helper}(object? written, string writtenName, object? other, string otherName)")
            .Open("if (written is not null && ReferenceEquals(written, other))")
            .Line("throw new global::System.ArgumentException(")
            .Line("    \"'\" + writtenName + \"' and '\" + otherName + \"' are the same matrix; \"")
            .Line("    + \"each member of the gradient needs a matrix of its own.\",")
            .Line($"    {Literals.Text(signatures.Into)});")
            .Close()
            .Close();
    }

    private static bool IsMatrix(ParameterModel parameter) => parameter.Kind is ParameterKind.Matrix or ParameterKind.Vector;
}
