using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Emission;

/// <summary>
/// Puts values into the layout in which they are read: the right side of A·Bᵀ is read down its columns, once for every row of
/// A. Where a kernel does not see to that, Bᵀ is written down first, and its rows are read.
/// </summary>
internal sealed class Layout : Rewriter
{
    private readonly Dictionary<Value, Value> _transposed = [];
    private int _depth;

    private bool IsInRegion => _depth > 0;

    private Layout()
    {
    }

    public static Function Run(Function function) => new Layout().Rewrite(function);

    protected override void EnterRegion() => _depth++;

    protected override void LeaveRegion() => _depth--;

    protected override Value Replace(Instruction original, ImmutableArray<Value> operands)
    {
        if (original.Operation != Products.MatMul || !Products.Flag(original.Attributes, 1) || !IsSmall(original))
        {
            return Builder.Add(original.Operation, operands, original.Attributes);
        }

        return Builder.Add(Products.MatMul, [operands[0], Transposed(operands[1])], Attributes.Of(Products.Flag(original.Attributes, 0) ? 1 : 0, 0));
    }

    private Value Transposed(Value value)
    {
        // Not one from within a region: it is not there after it.
        if (!_transposed.TryGetValue(value, out var transposed) || IsInRegion)
        {
            transposed = Builder.Add(Products.Transpose, [value]);
            // A name makes it a step of its own.
            Builder.Name(transposed, (value.Role == ValueRole.Adjoint ? "d" : "") + (value.Name ?? "t") + "T");
            if (!IsInRegion)
            {
                _transposed[value] = transposed;
            }
        }

        return transposed;
    }

    private static bool IsSmall(Instruction product)
    {
        var (shape, right) = (product.Result.Shape, product.Operands[1].Shape);
        return shape.Rows > 1 && right.Rows > 1 && right.Columns > 1 && shape.Count * right.Columns < Limits.KernelProducts;
    }
}
