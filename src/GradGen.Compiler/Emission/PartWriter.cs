using GradGen.Compiler.Explanation;
using GradGen.Compiler.Reading;

namespace GradGen.Compiler.Emission;

/// <summary>
/// Writes how a member of the gradient is made: an object that has all its matrices is kept, and its numbers are assigned;
/// any other is made of the argument, with the matrices that are there already or new ones.
/// </summary>
/// <param name="signatures">The names.</param>
/// <param name="names">For pattern variables.</param>
/// <param name="created">A matrix, given the one that is there.</param>
/// <param name="scalar">The gradient of a leaf that is a number or a struct.</param>
internal sealed class PartWriter(
    Signatures signatures, Names names, Func<ParameterModel, string, string> created, Func<int, Code> scalar)
{
    private GradientModel Model => signatures.Model;

    /// <summary>The lines of the expression.</summary>
    public IReadOnlyList<string> Made(DeclaredModel declared, string member) =>
        Made(declared.Part, signatures.Into + "." + member, declared.Expression, isKept: false);

    /// <summary>What is assigned to the objects that are kept.</summary>
    public IEnumerable<string> Assignments(PartModel part, string present, bool isKept = false)
    {
        isKept |= IsKept(part);
        foreach (var member in part.Members.Where(m => m.IsDifferentiated))
        {
            var path = present + "." + member.Name;
            if (isKept && IsNumber(member))
            {
                yield return $"{path} = {Number(member, path)};";
            }

            foreach (var line in Assignments(member, path, isKept))
            {
                yield return line;
            }
        }
    }

    /// <summary>An object that need not be made again: nothing in it is init-only but matrices, which are written in place.</summary>
    private bool IsKept(PartModel part) => part.Making != Making.Leaf && part.IsReference
        && part.Members.Where(m => m.IsDifferentiated).All(m => IsNumber(m) ? m.IsSettable : m.Making == Making.Leaf || IsKept(m) || HoldsOnlyMatrices(m));

    private bool HoldsOnlyMatrices(PartModel part) => !part.IsReference
        && part.Members.Where(m => m.IsDifferentiated).All(m => !IsNumber(m) && (m.Making == Making.Leaf || IsKept(m) || HoldsOnlyMatrices(m)));

    /// <summary>A leaf that is a value and no object: a number, or a struct of them.</summary>
    private bool IsNumber(PartModel part) => part.Making == Making.Leaf && Model.Parameters[part.Leaf].Kind is ParameterKind.Scalar or ParameterKind.Numerics;

    private IReadOnlyList<string> Made(PartModel part, string present, string source, bool isKept)
    {
        if (part.Making == Making.Leaf)
        {
            return [IsNumber(part) ? isKept ? Before(part, present) : Number(part, present) : created(Model.Parameters[part.Leaf], present)];
        }

        isKept |= IsKept(part);
        var lines = new List<string> { part.Making == Making.With ? source + " with" : $"new {part.TypeName}", "{" };
        foreach (var member in part.Members.Where(m => m.IsDifferentiated))
        {
            var made = Made(member, present + (part.IsReference ? "?." : ".") + member.Name, source + "." + member.Name, isKept);
            lines.Add($"    {member.Name} = {made[0]}" + (made.Count == 1 ? "," : ""));
            lines.AddRange(made.Skip(1).Select((line, i) => "    " + line + (i == made.Count - 2 ? "," : "")));
        }

        lines.AddRange(part.CarriedOver.Select(name => $"    {name} = {source}.{name},"));
        lines.Add("}");
        if (!IsKept(part))
        {
            return lines;
        }

        var kept = present.Contains("?.") ? names.Reserve("kept" + Notation.Pascal(part.Name)) : "";
        return
        [
            $"{present} is {{ {string.Join(", ", Present(part, "").Select(p => p + ": not null"))} }}" + (kept.Length > 0 ? " " + kept : ""),
            $"    ? {(kept.Length > 0 ? kept : present)}",
            .. lines.Select((line, i) => (i == 0 ? "    : " : "    ") + line),
        ];
    }

    /// <summary>The matrices and objects without which an object is not kept.</summary>
    private IEnumerable<string> Present(PartModel part, string path) => part.Members.Where(m => m.IsDifferentiated).SelectMany(m =>
        m.Making == Making.Leaf ? (IsNumber(m) ? [] : [path + m.Name])
        : Present(m, path + m.Name + ".").ToList() is { Count: > 0 } inner ? inner
        : m.IsReference ? [path + m.Name] : Enumerable.Empty<string>());

    /// <summary>A number's gradient, alone or added to what is there.</summary>
    private string Number(PartModel leaf, string present)
    {
        var code = scalar(leaf.Leaf);
        var before = Before(leaf, present) is var text && text == present ? present : "(" + text + ")";
        return NumericsTypes.Of(leaf.TypeName) is { } type
            ? $"{signatures.Accumulate} ? {type.Add(before, code.Text)} : {code}"
            : $"{signatures.Accumulate} ? {before} + {code.In(Code.Additive + 1)} : {code.In(Code.Conditional + 1)}";
    }

    private string Before(PartModel leaf, string present) =>
        !present.Contains("?.") ? present
        : NumericsTypes.Of(leaf.TypeName) is not null ? $"{present} ?? default"
        : $"{present} ?? {Literals.Number(Model.Parameters[leaf.Leaf].Type.Scalar, 0)}";
}
