namespace GradGen.Compiler.Emission;

/// <summary>Gradients of arrays, where the caller wants them: arrays of the same lengths.</summary>
internal static class ArrayStores
{
    /// <summary>An array of another length is refused before anything is written.</summary>
    public static void CheckLength(CSharpWriter output, WrittenPart written, string into, Names names)
    {
        var present = names.Reserve("present");
        var (array, source) = (written.Present.Replace("?.", ".").TrimStart('@'), written.Leaf.Expression);
        output
            .Open($"if ({written.Present} is {{ }} {present} && {present}.Length != {source}.Length)")
            .Line("throw new global::System.ArgumentException(")
            .Line($"    $\"{array} has {{{present}.Length}} elements, {source.TrimStart('@')} has {{{source}.Length}}.\", nameof({into}));")
            .Close();
    }

    /// <summary>Puts a gradient into an array that is there, or adds it; a gradient that is null is zero.</summary>
    public static void Store(CSharpWriter output, WrittenPart written, Names names, string? gradient, string accumulate)
    {
        var (leaf, array) = (written.Leaf, written.Present.Replace("?.", "."));
        if (leaf.Type.Shape.IsScalar)
        {
            output.Open($"if (!{accumulate})").Line($"global::System.Array.Clear({array});").Close();
            if (gradient is not null)
            {
                output.Line($"global::GradGen.Kernels.WorkArrays.AddTo({gradient}.AsSpan(), {array});");
            }

            return;
        }

        names.OpenBlock();
        var index = names.ReserveInBlock("k");
        var element = names.ReserveInBlock("element");
        output.Open($"for (int {index} = 0; {index} < {array}.Length; {index}++)")
            .Line($"{leaf.ElementTypeName} {element} = {array}[{index}] ??= new {leaf.ElementTypeName}();")
            .Open($"if (!{accumulate})").Line($"{element}.Clear();").Close();
        if (gradient is not null)
        {
            output.Line($"global::GradGen.Kernels.WorkArrays.AddTo({gradient}.Element({index}), {element}.AsSpan());");
        }

        output.Close();
        names.CloseBlock();
    }
}
