using System.Collections.Immutable;
using GradGen.Compiler.Ir;

namespace GradGen.Compiler.Operations;

/// <summary>Conditions and the choices they make, entry by entry. A condition is not differentiated.</summary>
internal static class Comparisons
{
    public static readonly Operation Less = Relation("lt", "<", ScalarFunctions.Less);
    public static readonly Operation LessEqual = Relation("le", "≤", ScalarFunctions.LessEqual);
    public static readonly Operation Equal = Relation("eq", "=", ScalarFunctions.Equal);
    public static readonly Operation NotEqual = Relation("ne", "≠", ScalarFunctions.NotEqual);
    public static readonly Operation And = Relation("and", "∧", ScalarFunctions.And);
    public static readonly Operation Or = Relation("or", "∨", ScalarFunctions.Or);

    public static readonly Operation Not = new("not", 1)
    {
        Infer = s => s[0],
        Element = _ => new ElementForm(true, ScalarFunctions.Not.Of(Entrywise.Entry(0))),
        Pullbacks = [Operation.Zero],
        Write = (o, _) => new Formula("¬" + o[0].In(Binding.Atom), Binding.Power),
        IsArithmetic = true,
        ReadsEntriesOnce = true,
    };

    /// <summary>Whether a number has its sign, as −0 has: what x &lt; 0 does not say.</summary>
    public static readonly Operation IsNegative = new("isNegative", 1)
    {
        Infer = s => s[0].With(ScalarType.Boolean),
        Element = _ => new ElementForm(true, ScalarFunctions.IsNegative.Of(Entrywise.Entry(0))),
        Pullbacks = [Operation.Zero],
        Write = (o, _) => Formula.Function("isNegative", o),
        IsPiecewiseConstant = true,
        ReadsEntriesOnce = true,
    };

    // Ω = c ? A : B      Ā = c ? Ḡ : 0      B̄ = c ? 0 : Ḡ
    public static readonly Operation Choose = new("choose", 3)
    {
        Infer = s =>
        {
            Entrywise.Require(s[0].Scalar == ScalarType.Boolean, "choose", s);
            return Entrywise.SameShape("?:", s with { Operands = [s[0].With(s[1].Scalar), s[1], s[2]] });
        },
        Element = _ => new ElementForm(true, ScalarFunctions.Choose.Of(Entrywise.Entry(0), Entrywise.Entry(1), Entrywise.Entry(2))),
        Pullbacks =
        [
            Operation.Zero,
            p => p[0].Choose(p.Upstream, p.Upstream.Literal(0)),
            p => p[0].Choose(p.Upstream.Literal(0), p.Upstream),
        ],
        Write = (o, s) => new Formula(
            s.Shape(1).IsScalar && o[1].Text == "1" && o[2].Text == "0" ? "[" + o[0].Text + "]"
            : o[2].Text == "0" ? "[" + o[0].Text + "] ⊙ " + o[1].In(Binding.Quotient)
            : "[" + o[0].Text + " ? " + o[1].Text + " : " + o[2].Text + "]",
            o[2].Text == "0" && o[1].Text != "1" ? Binding.Hadamard : Binding.Atom),
        Letter = "a",
        IsArithmetic = true,
        ReadsEntriesOnce = true,
        Simplify = c => c.Instruction.Operands[1] == c.Instruction.Operands[2] ? c[1].Fit(c.Type.Shape)
            : c.Constant(0) is { } known ? c[known != 0 ? 1 : 2].Fit(c.Type.Shape)
            : c.Constant(1) is { } then && c.Constant(2) is { } otherwise && then.Equals(otherwise) ? c[1].Literal(then).Fill(c.Type.Shape)
            : Entrywise.Unfilled(c),
    };

    /// <summary>The runtime's Where: the condition is a matrix, and anything but 0 holds.</summary>
    public static readonly Operation Where = new("where", 3)
    {
        Infer = s => Entrywise.SameShape("Where", s),
        Definition = (o, _) => o[0].Apply(NotEqual, o[0].Literal(0)).Choose(o[1], o[2]),
    };

    /// <summary>The runtime's Greater and Less: 1 where it holds, 0 elsewhere.</summary>
    public static readonly Operation GreaterMask = Mask("Greater", "greater", (a, b) => b.Less(a));

    public static readonly Operation LessMask = Mask("Less", "less", (a, b) => a.Less(b));

    public static readonly ImmutableArray<Operation> All =
        [Less, LessEqual, Equal, NotEqual, And, Or, Not, IsNegative, Choose, Where, GreaterMask, LessMask];

    private static Operation Relation(string name, string symbol, ScalarFunction function) => new(name, 2)
    {
        Infer = s => Entrywise.SameShape(symbol, s, ScalarType.Boolean),
        Element = _ => new ElementForm(true, function.Of(Entrywise.Entry(0), Entrywise.Entry(1))),
        Pullbacks = [Operation.Zero, Operation.Zero],
        Write = (o, _) => new Formula(o[0].In(Binding.Sum) + " " + symbol + " " + o[1].In(Binding.Sum), Binding.Choice),
        IsPiecewiseConstant = true,
        IsArithmetic = true,
        ReadsEntriesOnce = true,
        Simplify = c => c.Type.Shape.IsScalar && c.Constant(0) is { } left && c.Constant(1) is { } right
            ? new Term(c.Builder, c.Builder.Literal(ScalarType.Boolean, function.Evaluate([left, right])))
            : null,
    };

    private static Operation Mask(string function, string name, Func<Term, Term, Term> compare) => new(name, 2)
    {
        Infer = s => Entrywise.SameShape(function, s),
        Definition = (o, _) => compare(o[0], o[1]).Choose(o[0].Literal(1), o[0].Literal(0)),
        IsPiecewiseConstant = true,
    };
}
