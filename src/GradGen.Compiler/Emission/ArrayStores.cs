using GradGen.Compiler.Reading;

namespace GradGen.Compiler.Emission;

/// <summary>Gradients of array parameters, where the caller wants them: arrays of the parameters' lengths. A value that is an array.</summary>
internal static class ArrayStores
{
    /// <summary>The gradient flowing in must have the length of the value, which is known once that has been computed.</summary>
    public static string CheckUpstream(int level, string upstream, string value) => new CSharpWriter(level)
        .Open($"if ({upstream}.Length != {value}.Length)")
        .Line("throw new global::System.ArgumentException(")
        .Line($"    $\"{upstream} has {{{upstream}.Length}} elements, the value has {{{value}.Length}}.\", nameof({upstream}));")
        .Close()
        .ToString();

    /// <summary>The array that the value is written to: the one that is there, if it is as long.</summary>
    public static string Created(ParameterModel result, string present, string value, Names names)
    {
        var kept = names.Reserve("kept");
        return $"{present} is {{ }} {kept} && {kept}.Length == {value}.Length ? {kept} : new {result.ElementTypeName}[{value}.Length]";
    }

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

    /// <summary>A span of another length is refused, too.</summary>
    public static void CheckLength(CSharpWriter output, SpanTarget target) => output
        .Open($"if ({target.Name}.Length != {target.Leaf.Name}.Length)")
        .Line("throw new global::System.ArgumentException(")
        .Line($"    $\"{target.Name} has {{{target.Name}.Length}} elements, {target.Leaf.Name.TrimStart('@')} has {{{target.Leaf.Name}.Length}}.\", nameof({target.Name}));")
        .Close();

    /// <summary>Puts a gradient into an array that is there, or adds it; a gradient that is null is zero.</summary>
    public static void Store(CSharpWriter output, ParameterModel parameter, string array, Names names, string? gradient, string accumulate)
    {
        if (parameter.Type.Shape.IsScalar || (gradient is null && NumericsTypes.Of(parameter.ElementTypeName) is not null))
        {
            output.Open($"if (!{accumulate})").Line(parameter.IsSpan ? $"{array}.Clear();" : $"global::System.Array.Clear({array});").Close();
            if (gradient is not null)
            {
                output.Line($"global::GradGen.Kernels.WorkArrays.AddTo({gradient}.AsSpan(), {array});");
            }

            return;
        }

        if (NumericsTypes.Of(parameter.ElementTypeName) is { } type)
        {
            StoreStructs(output, type, array, names, gradient, accumulate);
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

    /// <summary>The elements are structs: each is made of its entries.</summary>
    private static void StoreStructs(CSharpWriter output, NumericsType type, string array, Names names, string? gradient, string accumulate)
    {
        names.OpenBlock();
        var index = names.ReserveInBlock("k");
        var entries = names.ReserveInBlock("entries");
        var element = names.ReserveInBlock("element");
        output.Open($"for (int {index} = 0; {index} < {array}.Length; {index}++)")
            .Line($"global::System.Span<{Literals.Keyword(type.Type.Scalar)}> {entries} = {gradient}.Element({index});")
            .List($"{type.CSharpName} {element} = new(", type.Lines([.. Enumerable.Range(0, type.Shape.Count).Select(e => $"{entries}[{Literals.Integer(e)}]")]), ");")
            .Line($"{array}[{index}] = {accumulate} ? {type.Add($"{array}[{index}]", element)} : {element};")
            .Close();
        names.CloseBlock();
    }
}
