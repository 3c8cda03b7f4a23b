using GradGen.Compiler.Reading;

namespace GradGen.Compiler.Emission;

/// <summary>
/// A matrix or an object that is written twice, or written and read, would give a wrong gradient in silence: it is refused
/// before anything is written. Only what has the same type can be the same object, so there is one check a type.
/// </summary>
internal static class AliasChecks
{
    /// <summary>So many comparisons are written out; more are a loop, which takes longer than all the arithmetic of a small method.</summary>
    private const int MaximalPairs = 24;

    private const string Runtime = "global::GradGen.Kernels.Aliases.";

    /// <summary>
    /// The statements that check: of the function's parameters only those are looked at that <paramref name="isChecked"/> says.
    /// </summary>
    public static IReadOnlyList<string> Of(Signatures signatures, Func<int, bool> isChecked)
    {
        var model = signatures.Model;
        var written = WrittenParts.Of(signatures).Select(w => (Parameter: w.Leaf, Text: w.Present)).ToList();
        written.Insert(0, (model.Result, signatures.Into + "." + GradientMembers.Value));
        var read = model.Parameters.Where((_, i) => isChecked(i)).Select(p => (Parameter: p, Text: p.Expression)).ToList();
        if (signatures.UpstreamKind == UpstreamKind.Required)
        {
            read.Add((model.Result, signatures.Upstream));
        }

        var (writtenTexts, readTexts) = (
            written.Where(w => IsMatrix(w.Parameter)).Select(w => (Type: w.Parameter.GradientTypeName, w.Text)).ToList(),
            read.Select(r => (Type: r.Parameter.TypeName, r.Text)).ToList());
        foreach (var (parameter, member) in GradientMembers.Of(model))
        {
            writtenTexts.AddRange(Objects(model, parameter.Part, signatures.Into + "." + member, isWritten: true, isChecked));
        }

        readTexts.AddRange(model.Declared.SelectMany(d => Objects(model, d.Part, d.Expression, isWritten: false, isChecked)));
        var checks = new List<string>();
        foreach (var type in writtenTexts.GroupBy(w => w.Type))
        {
            var others = readTexts.Where(r => r.Type == type.Key).ToList();
            if (type.Count() + others.Count > 1)
            {
                List<string> texts = [.. type.Concat(others).Select(m => m.Text)];
                var all = string.Join(", ", texts);
                var call = $"{Runtime}Refuse({Literals.Integer(type.Count())}, {Literals.Text(all.Replace("?.", "."))}, {all});";
                checks.AddRange(Pairs(texts, type.Count()) is { Count: <= MaximalPairs } pairs
                    ? [.. pairs.Select((p, i) => (i == 0 ? "if (" : "    || ") + p + (i < pairs.Count - 1 ? "" : ")")), "{", "    " + call, "}", ""]
                    : [call]);
            }
        }

        return checks;
    }

    /// <summary>
    /// The objects of the user's types that hold numbers, which are assigned where they are. One that holds a matrix besides
    /// is found by that.
    /// </summary>
    private static IEnumerable<(string Type, string Text)> Objects(GradientModel model, PartModel part, string path, bool isWritten, Func<int, bool> isChecked)
    {
        if (part.Making == Making.Leaf || !(isWritten ? part.IsDifferentiated : part.Leaves.Any(isChecked)))
        {
            yield break;
        }

        if (part.IsReference && !part.Leaves.Any(l => model.Parameters[l] is { IsDifferentiated: true } leaf && IsMatrix(leaf)))
        {
            yield return (part.TypeName, path);
        }

        foreach (var inner in part.Members.SelectMany(m => Objects(model, m, path + (part.IsReference && isWritten ? "?." : ".") + m.Name, isWritten, isChecked)))
        {
            yield return inner;
        }
    }

    /// <summary>What is asked of two objects that must not be the same: only what is written may be null.</summary>
    private static IReadOnlyList<string> Pairs(List<string> texts, int written) =>
    [
        .. Enumerable.Range(0, written).SelectMany(i => Enumerable.Range(i + 1, texts.Count - i - 1).Select(j =>
            j < written ? $"{Runtime}AreSame({texts[i]}, {texts[j]})" : $"ReferenceEquals({texts[i]}, {texts[j]})")),
    ];

    private static bool IsMatrix(ParameterModel parameter) => parameter.Kind is ParameterKind.Matrix or ParameterKind.Vector or ParameterKind.Array;
}
