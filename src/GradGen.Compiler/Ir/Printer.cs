using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace GradGen.Compiler.Ir;

/// <summary>
/// Prints a function completely and one way only: the text is what tests read, and what says whether two functions
/// are equal.
/// </summary>
internal static class Printer
{
    public static string Print(Function function)
    {
        var text = new StringBuilder();
        text.Append("function ").Append(function.Name);
        PrintBlock(text, function.Body, "");
        return text.ToString();
    }

    public static string Print(Instruction instruction)
    {
        var text = new StringBuilder();
        PrintInstruction(text, instruction, "");
        return text.ToString().TrimEnd();
    }

    private static void PrintBlock(StringBuilder text, Block block, string indent)
    {
        text.Append('(').Append(string.Join(", ", block.Parameters.Select(Definition))).Append(") {\n");
        foreach (var instruction in block.Instructions)
        {
            PrintInstruction(text, instruction, indent + "  ");
        }

        text.Append(indent).Append("  yield ").Append(Uses(block.Results)).Append('\n').Append(indent).Append("}\n");
    }

    private static void PrintInstruction(StringBuilder text, Instruction instruction, string indent)
    {
        text.Append(indent)
            .Append(string.Join(", ", instruction.Results.Select(Definition)))
            .Append(instruction.Results.IsEmpty ? "" : " = ")
            .Append(instruction.Operation.Name)
            .Append('(')
            .Append(Uses(instruction.Operands))
            .Append(')');
        if (BitConverter.DoubleToInt64Bits(instruction.Attributes.Number) != 0)
        {
            text.Append(" #").Append(instruction.Attributes.Number.ToString("R", CultureInfo.InvariantCulture));
        }

        if (instruction.Attributes.Integers.Count > 0)
        {
            var integers = instruction.Attributes.Integers.Items.Select(i => i.ToString(CultureInfo.InvariantCulture));
            text.Append(" [").Append(string.Join(", ", integers)).Append(']');
        }

        if (instruction.Attributes.Callee is { } callee)
        {
            text.Append(" {").Append(callee).Append('}');
        }

        if (instruction.Regions.IsEmpty)
        {
            text.Append('\n');
        }

        foreach (var region in instruction.Regions)
        {
            text.Append(' ');
            PrintBlock(text, region, indent);
        }
    }

    private static string Definition(Value value)
    {
        var role = value.Role == ValueRole.Adjoint ? "∂" : "";
        return value + (value.Name is null ? "" : $" '{role}{value.Name}'") + ": " + value.Type;
    }

    private static string Uses(ImmutableArray<Value> values) => string.Join(", ", values);
}
