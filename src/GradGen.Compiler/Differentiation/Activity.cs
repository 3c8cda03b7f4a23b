using GradGen.Compiler.Ir;
using GradGen.Compiler.Operations;

namespace GradGen.Compiler.Differentiation;

/// <summary>
/// Which values vary with the parameters that are differentiated. Nothing is computed for the adjoint of a value that
/// does not, so that <c>[NoDerivative]</c> costs nothing.
/// </summary>
internal sealed class Activity : Spreading
{
    protected override bool Reaches(Instruction instruction)
    {
        for (var i = 0; i < instruction.Operands.Length; i++)
        {
            if (Has(instruction.Operands[i]) && HasDerivative(instruction, i))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasDerivative(Instruction instruction, int operand) => instruction.Operation == Calls.Call
        ? Calls.HasAdjoint(instruction, operand)
        : instruction.Operation.PullbackOf(operand) != Operation.Zero;
}
