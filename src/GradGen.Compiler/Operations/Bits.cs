using System.Collections.Immutable;
using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Operations;

/// <summary>The bits of integers. Nothing is differentiated here.</summary>
internal static class Bits
{
    public static readonly Operation And = On("bitAnd", "&", 3, (a, b) => a & b);
    public static readonly Operation Or = On("bitOr", "|", 2, (a, b) => a | b);

    // Between & and |: with the precedence of |, and parentheses around what stands beside it.
    public static readonly Operation Xor = On("bitXor", "^", 2, (a, b) => a ^ b, "({0}) ^ ({1})");

    // Between relations and sums.
    public static readonly Operation ShiftLeft = On("shiftLeft", "<<", 5, (a, b) => a << b);
    public static readonly Operation ShiftRight = On("shiftRight", ">>", 5, (a, b) => a >> b);

    public static readonly ImmutableArray<Operation> All = [And, Or, Xor, ShiftLeft, ShiftRight];

    private static Operation On(string name, string symbol, int precedence, Func<int, int, int> function, string? text = null)
    {
        var scalar = new ScalarFunction(
            name, 2, text ?? "{0} " + symbol + " {1}", precedence, ScalarCost.Free, a => function((int)a[0], (int)a[1]));
        return new Operation(name, 2)
        {
            Infer = s =>
            {
                Entrywise.Require(s.Operands.All(o => o == TensorType.Int32), name, s);
                return TensorType.Int32;
            },
            Element = _ => new ElementForm(true, scalar.Of(Entrywise.Entry(0), Entrywise.Entry(1))),
            Pullbacks = [Operation.Zero, Operation.Zero],
            Write = (o, _) => new Formula(o[0].In(Binding.Atom) + " " + symbol + " " + o[1].In(Binding.Atom), Binding.Choice),
            IsPiecewiseConstant = true,
            IsArithmetic = true,
            ReadsEntriesOnce = true,
        };
    }
}
