using System.Collections.Immutable;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Ir;

/// <summary>
/// Checks what every pass must keep: each value is defined before its use and once, types are what the operations'
/// rows say, regions take and yield what their instruction promises. (That a pullback gives an adjoint of its
/// operand's type, <see cref="Differentiation.Adjoints"/> checks.)
/// </summary>
internal static class Verifier
{
    /// <summary>Throws an <see cref="InvalidOperationException"/> that names the first fault and prints the function.</summary>
    public static Function Verify(Function function)
    {
        try
        {
            VerifyBlock(function.Body, [], []);
        }
        catch (VerificationException fault)
        {
            throw new InvalidOperationException(fault.Message + "\n" + function, fault);
        }

        return function;
    }

    /// <param name="block">The block.</param>
    /// <param name="outer">What may be used in it.</param>
    /// <param name="defined">What was defined before it, also where it may not be used: in the other arm.</param>
    private static void VerifyBlock(Block block, ImmutableHashSet<Value> outer, HashSet<Value> defined)
    {
        var known = outer.ToBuilder();
        void Define(Value value)
        {
            Require(defined.Add(value), () => $"{value} is defined twice");
            known.Add(value);
        }

        foreach (var parameter in block.Parameters)
        {
            Define(parameter);
        }

        foreach (var instruction in block.Instructions)
        {
            foreach (var operand in instruction.Operands)
            {
                Require(known.Contains(operand), () => $"{operand} is used before it is defined, in {instruction}");
            }

            if (ControlFlow.All.Contains(instruction.Operation) || !instruction.Regions.IsEmpty)
            {
                foreach (var region in instruction.Regions)
                {
                    VerifyBlock(region, known.ToImmutable(), defined);
                }

                VerifyRegions(instruction);
            }
            else
            {
                VerifyTypes(instruction);
            }

            foreach (var result in instruction.Results)
            {
                Define(result);
            }
        }

        foreach (var result in block.Results)
        {
            Require(known.Contains(result), () => $"the result {result} is not defined");
        }
    }

    private static void VerifyTypes(Instruction instruction)
    {
        var operation = instruction.Operation;
        Require(operation.Definition is null, () => $"'{operation}' is composed and should have been replaced");
        Require(operation.Arity < 0 || operation.Arity == instruction.Operands.Length, () => $"wrong number of operands: {instruction}");
        if (operation.ResultTypes is { } resultTypes)
        {
            var types = Inferred(instruction, () => resultTypes(new Signature(Types(instruction.Operands), instruction.Attributes)));
            Require(types.SequenceEqual(Types(instruction.Results)), () => $"the types are {string.Join(", ", types)}: {instruction}");
            return;
        }

        Require(instruction.Results.Length == 1, () => $"one result expected: {instruction}");
        var inferred = Inferred(instruction, () => Builder.Infer(operation, Types(instruction.Operands), instruction.Attributes));
        Require(inferred.Error is null, () => $"{inferred.Error?.Message} {instruction}");
        Require(inferred.Type == instruction.Result.Type, () => $"the type is {inferred.Type}: {instruction}");
    }

    /// <summary>What the row gives; operands that no row could mean are a fault like any other.</summary>
    private static T Inferred<T>(Instruction instruction, Func<T> infer)
    {
        try
        {
            return infer();
        }
        catch (Exception fault) when (fault is InvalidOperationException or IndexOutOfRangeException)
        {
            throw new VerificationException(fault.Message + " " + instruction);
        }
    }

    private static void VerifyRegions(Instruction instruction)
    {
        var operands = Types(instruction.Operands);
        var results = Types(instruction.Results);
        var regions = instruction.Regions;
        void Have(int count) => Require(regions.Length == count, () => $"malformed: {instruction}");
        void Parameters(int region, IEnumerable<TensorType> types) => Same(Types(regions[region].Parameters), types);
        void Yields(int region, IEnumerable<TensorType> types) => Same(Types(regions[region].Results), types);
        void Same(IEnumerable<TensorType> actual, IEnumerable<TensorType> expected) =>
            Require(actual.SequenceEqual(expected), () => $"types differ between regions and results: {instruction}");

        if (instruction.Operation == ControlFlow.If)
        {
            Have(2);
            Same(operands, [TensorType.Boolean]);
            foreach (var arm in new[] { 0, 1 })
            {
                Parameters(arm, []);
                Yields(arm, results);
            }
        }
        else if (instruction.Operation == ControlFlow.Loop)
        {
            Have(1);
            Same(operands, [TensorType.Int32, TensorType.Int32, .. results]);
            Parameters(0, [TensorType.Int32, .. results]);
            Yields(0, results);
        }
        else if (instruction.Operation == ControlFlow.While)
        {
            Have(2);
            Same(operands, results);
            Parameters(0, results);
            Yields(0, [TensorType.Boolean, .. results]);
            Parameters(1, results);
            Yields(1, results);
        }
        else
        {
            Require(false, () => $"'{instruction.Operation}' takes no regions");
        }
    }

    private static ImmutableArray<TensorType> Types(ImmutableArray<Value> values) => [.. values.Select(v => v.Type)];

    /// <param name="holds">What must hold.</param>
    /// <param name="fault">What to say if it does not: printing an instruction costs more than checking it.</param>
    private static void Require(bool holds, Func<string> fault)
    {
        if (!holds)
        {
            throw new VerificationException(fault());
        }
    }

    private sealed class VerificationException(string message) : Exception(message);
}
