using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Differentiation;

/// <summary>
/// Which values depend on an operation that can be singular: they can be infinite or NaN, or their adjoints flow on into
/// a derivative that can. Only for these it matters whether an adjoint is 0 or nothing at all: 0·∞ is NaN.
/// </summary>
/// <param name="definitionOf">The instruction that defines a value, to know which operands are constants.</param>
internal sealed class Singularity(Func<Value, Instruction?> definitionOf) : Spreading
{
    /// <summary>Whether the row says so, for these operands.</summary>
    public bool IsSingular(Instruction instruction) => instruction.Operation.IsSingular?.Invoke(i => Constant(instruction.Operands[i])) == true;

    protected override bool Reaches(Instruction instruction) => instruction.Operands.Any(Has) || IsSingular(instruction);

    private double? Constant(Value value) => definitionOf(value) switch
    {
        { } d when d.Operation == Constants.Literal => d.Attributes.Number,
        { } d when d.Operation == Constants.Fill => Constant(d.Operands[0]),
        _ => null,
    };
}
