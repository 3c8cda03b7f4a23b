using System.Collections.Immutable;
using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Optimization;

/// <summary>Computes once what is written twice, forward and backward. What a region knows is forgotten after it.</summary>
internal sealed class CommonSubexpressions : Rewriter
{
    private readonly Stack<Dictionary<Key, Value>> _known = new([[]]);

    private CommonSubexpressions()
    {
    }

    public static Function Run(Function function) => new CommonSubexpressions().Rewrite(function);

    protected override void EnterRegion() => _known.Push([]);

    protected override void LeaveRegion() => _known.Pop();

    protected override Value Replace(Instruction original, ImmutableArray<Value> operands)
    {
        // Each loop pushes onto its own tape, and arrays are written in place. (Calls, which give several results, do not come here.)
        if (!original.Result.Type.IsTensor || original.Operation == Arrays.State)
        {
            return Builder.Add(original.Operation, operands, original.Attributes);
        }

        var key = new Key(original.Operation, new EquatableArray<int>(operands.Select(o => o.Id)), original.Attributes);
        foreach (var scope in _known)
        {
            if (scope.TryGetValue(key, out var known))
            {
                return known;
            }
        }

        var value = Builder.Add(original.Operation, operands, original.Attributes);
        _known.Peek()[key] = value;
        return value;
    }

    private sealed record Key(Operation Operation, EquatableArray<int> Operands, Attributes Attributes);
}
