using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Optimization;

/// <summary>
/// Computes a product the other way round where nobody reads it but transposed: (A·B)ᵀ = Bᵀ·Aᵀ costs the same, and its
/// readers have the layout that they want.
/// </summary>
internal sealed class Orientation : Rewriter
{
    private readonly HashSet<Value> _turned;

    private Orientation(HashSet<Value> turned) => _turned = turned;

    public static Function Run(Function function)
    {
        var readers = new Dictionary<Value, List<Instruction?>>();
        var definitions = new Dictionary<Value, Instruction>();
        Collect(function.Body, readers, definitions);
        var turned = new HashSet<Value>(definitions.Values
            .Where(d => d.Operation == Products.MatMul && d.Result.Shape is { Rows: > 1, Columns: > 1 } && IsReadTransposed(d.Result))
            .Select(d => d.Result));
        return turned.Count == 0 ? function : DeadCode.Run(new Orientation(turned).Rewrite(function));

        bool IsReadTransposed(Value value) =>
            readers.TryGetValue(value, out var all) && all.All(r => r is not null && (r.Operation == Products.Transpose || IsTransposedIn(r, value)));

        // s·A may be turned with A; ⟨A, Bᵀ⟩ = ⟨Aᵀ, B⟩
        bool IsTransposedIn(Instruction reader, Value value) =>
            reader.Operation == Arithmetic.Multiply ? reader.Operands.Any(o => o.Shape.IsScalar) && IsReadTransposed(reader.Result)
            : reader.Operation == Reductions.Dot && reader.Operands.Any(o =>
                o != value && definitions.TryGetValue(o, out var other) && other.Operation == Products.Transpose && !IsTurnable(other.Operands[0]));

        // What may itself be turned is not there transposed any more.
        bool IsTurnable(Value value) =>
            definitions.TryGetValue(value, out var d) && (d.Operation == Products.MatMul || d.Operation == Arithmetic.Multiply);
    }

    protected override Value Replace(Instruction original, ImmutableArray<Value> operands)
    {
        if (original.Operation == Products.MatMul && _turned.Contains(original.Result))
        {
            return Products.TransposedProduct(Builder, operands[0], operands[1], original.Attributes).Value;
        }

        var turned = original.Operands.IndexOf(original.Operands.FirstOrDefault(_turned.Contains)!);
        if (turned < 0)
        {
            return Builder.Add(original.Operation, operands, original.Attributes);
        }

        if (original.Operation == Products.Transpose)
        {
            return operands[0];
        }

        if (original.Operation == Arithmetic.Multiply)
        {
            _turned.Add(original.Result);
            return Builder.Add(original.Operation, operands, original.Attributes);
        }

        return Builder.Add(Reductions.Dot, operands.SetItem(1 - turned, Builder.DefinitionOf(operands[1 - turned])!.Operands[0]));
    }

    /// <summary>Who reads each value; null stands for the end of a block.</summary>
    private static void Collect(Block block, Dictionary<Value, List<Instruction?>> readers, Dictionary<Value, Instruction> definitions)
    {
        void Add(Value value, Instruction? reader)
        {
            if (!readers.TryGetValue(value, out var all))
            {
                readers[value] = all = [];
            }

            all.Add(reader);
        }

        foreach (var instruction in block.Instructions)
        {
            foreach (var operand in instruction.Operands)
            {
                Add(operand, instruction);
            }

            if (instruction.Regions.IsEmpty && instruction.Results.Length == 1)
            {
                definitions[instruction.Result] = instruction;
            }

            foreach (var region in instruction.Regions)
            {
                Collect(region, readers, definitions);
            }
        }

        foreach (var result in block.Results)
        {
            Add(result, null);
        }
    }
}
