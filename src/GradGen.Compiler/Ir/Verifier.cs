using System.Collections.Immutable;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Ir;

/// <summary>
/// Checks what every pass must keep: each value is defined before its use and once, types are what the operations'
/// rows say, regions yield what their instruction promises, and pullbacks give adjoints of their operands' types.
/// </summary>
internal static class Verifier
{
    /// <summary>Throws an <see cref="InvalidOperationException"/> that names the first fault and prints the function.</summary>
    public static Function Verify(Function function)
    {
        try
        {
            VerifyBlock(function.Body, []);
        }
        catch (VerificationException fault)
        {
            throw new InvalidOperationException(fault.Message + "\n" + function, fault);
        }

        return function;
    }

    private static void VerifyBlock(Block block, ImmutableHashSet<Value> outer)
    {
        var known = outer.ToBuilder();
        foreach (var parameter in block.Parameters)
        {
            Define(parameter, known);
        }

        foreach (var instruction in block.Instructions)
        {
            foreach (var operand in instruction.Operands)
            {
                Require(known.Contains(operand), $"{operand} is used before it is defined, in {instruction}");
            }

            if (instruction.Regions.IsEmpty)
            {
                VerifyTypes(instruction);
            }
            else
            {
                VerifyRegions(instruction, known.ToImmutable());
            }

            foreach (var result in instruction.Results)
            {
                Define(result, known);
            }
        }

        foreach (var result in block.Results)
        {
            Require(known.Contains(result), $"the result {result} is not defined");
        }
    }

    private static void VerifyTypes(Instruction instruction)
    {
        var operation = instruction.Operation;
        Require(operation.Definition is null, $"'{operation}' is composed and should have been replaced");
        Require(operation.Arity < 0 || operation.Arity == instruction.Operands.Length, $"wrong number of operands: {instruction}");
        Require(instruction.Results.Length == 1, $"one result expected: {instruction}");
        var inferred = Builder.Infer(operation, [.. instruction.Operands.Select(o => o.Type)], instruction.Attributes);
        Require(inferred.Error is null, $"{inferred.Error?.Message} {instruction}");
        Require(inferred.Type == instruction.Result.Type, $"the type is {inferred.Type}: {instruction}");
    }

    private static void VerifyRegions(Instruction instruction, ImmutableHashSet<Value> known)
    {
        foreach (var region in instruction.Regions)
        {
            VerifyBlock(region, known);
        }

        var operands = instruction.Operands;
        if (instruction.Operation == ControlFlow.If)
        {
            Require(instruction.Regions.Length == 2 && Types(operands) is [{ Scalar: ScalarType.Boolean }], $"malformed: {instruction}");
            RequireTypes(instruction, instruction.Regions[0].Results, instruction.Results);
            RequireTypes(instruction, instruction.Regions[1].Results, instruction.Results);
        }
        else if (instruction.Operation == ControlFlow.Loop)
        {
            Require(instruction.Regions.Length == 1 && Types(operands) is [{ Scalar: ScalarType.Int32 }, { Scalar: ScalarType.Int32 }, ..], $"malformed: {instruction}");
            RequireTypes(instruction, [.. operands.Skip(2)], instruction.Results);
            RequireTypes(instruction, [.. instruction.Regions[0].Parameters.Skip(1)], instruction.Results);
            RequireTypes(instruction, instruction.Regions[0].Results, instruction.Results);
        }
        else if (instruction.Operation == ControlFlow.While)
        {
            Require(instruction.Regions.Length == 2 && instruction.Regions[0].Results.Length > 0, $"malformed: {instruction}");
            Require(instruction.Regions[0].Results[0].Type == TensorType.Boolean, $"the condition is not Boolean: {instruction}");
            RequireTypes(instruction, operands, instruction.Results);
            RequireTypes(instruction, [.. instruction.Regions[0].Results.Skip(1)], instruction.Results);
            RequireTypes(instruction, instruction.Regions[1].Results, instruction.Results);
        }
        else
        {
            Require(false, $"'{instruction.Operation}' takes no regions");
        }
    }

    private static ImmutableArray<TensorType> Types(ImmutableArray<Value> values) => [.. values.Select(v => v.Type)];

    private static void RequireTypes(Instruction instruction, ImmutableArray<Value> values, ImmutableArray<Value> results) =>
        Require(Types(values).SequenceEqual(Types(results)), $"types differ between regions and results: {instruction}");

    private static void Define(Value value, ImmutableHashSet<Value>.Builder known) =>
        Require(known.Add(value), $"{value} is defined twice");

    private static void Require(bool holds, string fault)
    {
        if (!holds)
        {
            throw new VerificationException(fault);
        }
    }

    private sealed class VerificationException(string message) : Exception(message);
}
