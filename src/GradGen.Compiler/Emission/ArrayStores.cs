using GradGen.Compiler.Reading;

namespace GradGen.Compiler.Emission;

/// <summary>Gradients of array parameters, where the caller wants them: arrays of the parameters' lengths.</summary>
internal static class ArrayStores
{
    /// <summary>An array of another length is refused before anything is written.</summary>
    public static void CheckLength(CSharpWriter output, ParameterModel parameter, string present, string into)
    {
        var (array, name) = (present.Replace("?.", "."), parameter.Expression.TrimStart('@'));
        output
            .Open($"if ({present} is not null && {array}.Length != {parameter.Expression}.Length)")
            .Line("throw new global::System.ArgumentException(")
            .Line($"    $\"{array.TrimStart('@')} has {{{array}.Length}} elements, {name} has {{{parameter.Expression}.Length}}.\", nameof({into}));")
            .Close();
    }

    /// <summary>Puts a gradient into an array that is there, or adds it; a gradient that is null is zero.</summary>
    public static void Store(CSharpWriter output, ParameterModel parameter, string array, Names names, string? gradient, string accumulate)
    {
        if (parameter.Type.Shape.IsScalar || parameter.Numerics is not null)
        {
            output.Open($"if (!{accumulate})").Line($"global::System.Array.Clear({array});").Close();
            if (gradient is not null)
            {
                output.Line($"global::GradGen.Kernels.WorkArrays.AddTo({gradient}.AsSpan(), {parameter.Numerics?.EntriesOf(array) ?? array});");
            }

            return;
        }

        names.OpenBlock();
        var index = names.ReserveInBlock("k");
        var element = names.ReserveInBlock("element");
        output.Open($"for (int {index} = 0; {index} < {array}.Length; {index}++)")
            .Line($"{parameter.ElementTypeName} {element} = {array}[{index}] ??= new {parameter.ElementTypeName}();")
            .Open($"if (!{accumulate})").Line($"{element}.Clear();").Close();
        if (gradient is not null)
        {
            output.Line($"global::GradGen.Kernels.WorkArrays.AddTo({gradient}.Element({index}), {element}.AsSpan());");
        }

        output.Close();
        names.CloseBlock();
    }
}
